"""What several readers of plain rows share: days out of text, and the order of contacts."""

from __future__ import annotations

from datetime import date, datetime
from typing import overload

ROLE_ORDER = "CASE role WHEN 'decision maker' THEN 0 WHEN 'influencer' THEN 1 WHEN 'user' THEN 2 ELSE 3 END"
"""SQL to order contacts by: decision makers first. No other table has a `role`."""


def stored_day(text: str | None) -> date | None:
    """A stored day, or the UTC day of a stored moment."""
    return date.fromisoformat(text[:10]) if text else None


def local_moment(text: str) -> datetime:
    """A stored moment in this laptop's time zone."""
    return datetime.fromisoformat(text).astimezone()


@overload
def local_day(text: str) -> date: ...
@overload
def local_day(text: str | None) -> date | None: ...
def local_day(text: str | None) -> date | None:
    """The day on this laptop of a stored moment."""
    return local_moment(text).date() if text else None
