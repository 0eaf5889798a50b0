"""Rows of each noun: read as models, saved, and the rules that go with them."""
