"""The customers, the most overdue first."""
