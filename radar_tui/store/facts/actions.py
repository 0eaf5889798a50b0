"""What an action is, in SQL over an action `a`."""

from __future__ import annotations

OPEN_ACTION = "a.status = 'open'"
"""Somebody still has to do it; it is late from the day after `a.due_on` on."""
DONE_ACTION = "a.status = 'done'"
