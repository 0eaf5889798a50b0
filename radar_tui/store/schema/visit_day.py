"""The day of a visit, in SQL: said here once, for the triggers and for every list (store/facts/seen.py)."""

from __future__ import annotations


def visit_day(visit: str = "") -> str:
    """The day on the wall where a visit was completed, stored with it and the same on every laptop; of one completed
    before that was stored, the day on this laptop. NULL if it was never completed."""
    v = f"{visit}." if visit else ""
    return f"coalesce({v}completed_on, date({v}completed_at, 'localtime'))"


def held_on(visit: str = "") -> str:
    """The visit day, or the day on this laptop on which a visit under way began. NULL for one that nobody began."""
    v = f"{visit}." if visit else ""
    return f"coalesce({v}completed_on, date(coalesce({v}completed_at, {v}started_at), 'localtime'))"
