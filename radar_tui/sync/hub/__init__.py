"""The hub as an append-only log of objects in a folder or a bucket."""
