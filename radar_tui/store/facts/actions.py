"""What an action is, in SQL over an action `a`."""

from __future__ import annotations

OPEN_ACTION = "a.status = 'open'"
"""Somebody still has to do it; it is late from the day after `a.due_on` on."""
DONE_ACTION = "a.status = 'done'"
AGREED = "a.visit_id IS NOT NULL AND substr(a.id, 15, 1) <> '5'"
"""The customer heard that we would: it was agreed on a visit. What an answer raised there has a key made of that answer
(UUID version 5) and is our own affair."""
