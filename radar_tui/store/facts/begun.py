"""Which visit is under way, and which was begun by mistake: whoever shows either asks here."""

from __future__ import annotations


def in_progress_since(customer: str) -> str:
    """SQL: the day on this laptop on which the newest visit under way to the customer of this id began; else NULL."""
    return (
        f"(SELECT date(max(bv.started_at), 'localtime') FROM visit bv WHERE bv.customer_id = {customer} "  # noqa: S608
        "AND bv.status = 'in progress')"
    )


def discarded(visit: str) -> str:
    """SQL: whether a visit was begun by mistake, as `Visit.discarded` says it."""
    return f"({visit}.status = 'cancelled' AND {visit}.started_at IS NOT NULL)"


def standing(visit: str) -> str:
    """SQL: the status of a visit in the word for who reads it, as `Visit.standing` says it."""
    return f"iif({discarded(visit)}, 'discarded', {visit}.status)"


def called_off(visit: str) -> str:
    """SQL: whether a planned visit was cancelled before it began: nobody looks for it in a list of what was held."""
    return f"({visit}.status = 'cancelled' AND {visit}.started_at IS NULL)"
