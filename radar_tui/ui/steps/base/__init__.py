"""What steps of every kind share: saving before painting, lists, one line to type."""
