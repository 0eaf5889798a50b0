"""Every fast read, one file a screen or report: plain row tuples from one query each."""
