"""What a ticket says of us, in SQL over a ticket `t`."""

from __future__ import annotations

RATED_AT = "coalesce(t.closed_at, t.opened_at)"
"""The moment by which it was rated: the customer says whether they are satisfied when it is closed."""
SATISFIED = "t.satisfied = 1"
NOT_SATISFIED = "t.satisfied = 0"
NOT_RATED = "t.satisfied IS NULL"


OPEN_TICKET = "t.closed_at IS NULL"


def open_at(moment: str) -> str:
    """SQL: whether a ticket that had been opened by a stored moment was open then."""
    return f"({OPEN_TICKET} OR t.closed_at > {moment})"


WAITING = f"{NOT_SATISFIED} AND t.followed_up_on IS NULL"
"""Not satisfied, and nobody has followed it through: we owe them an answer, however long ago it was."""


def closed_after(moment: str) -> str:
    """SQL: whether it was closed after a stored moment."""
    return f"t.closed_at > {moment}"


RESOLVED = (
    f"{NOT_SATISFIED} AND t.closed_at IS NOT NULL AND t.followed_up_by IS NOT NULL AND t.followed_up_on <= :today "
    "AND trim(t.outcome) <> '' AND t.shown_on IS NULL"
)
"""Followed through by somebody on a day with an outcome, and not yet shown to those who were not satisfied."""
