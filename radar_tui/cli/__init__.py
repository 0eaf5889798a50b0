"""The command line: `radar` and every command after it."""
