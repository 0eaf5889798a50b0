"""The hub, and conflicts to look at."""
