"""Every answer is followed up."""
