"""One visit, step by step."""
