"""The balanced value of a customer."""
