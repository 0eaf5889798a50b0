"""A checklist: steps and questions, as data."""
