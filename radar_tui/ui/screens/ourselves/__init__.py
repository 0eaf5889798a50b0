"""Promises, self-checks, observation days."""
