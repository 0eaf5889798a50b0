"""Reports: read, saved, set."""
