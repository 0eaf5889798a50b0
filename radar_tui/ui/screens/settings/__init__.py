"""Settings, the first start, the keys."""
