"""The checklists that Radar ships, as data, and their loader."""
