"""Everything by a word."""
