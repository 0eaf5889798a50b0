"""What stands in each report, read back out of the PDF."""
