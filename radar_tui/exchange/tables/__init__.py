"""The kinds of file that hold a table, read as their users see them."""
