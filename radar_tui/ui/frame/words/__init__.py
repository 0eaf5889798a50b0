"""The words of what several screens show."""
