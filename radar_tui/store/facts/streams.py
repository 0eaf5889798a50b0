"""Which process streams a customer plans, in SQL over a stream `s`."""

from __future__ import annotations

PLANNED = "s.status = 'planned'"
"""It has not started yet."""
