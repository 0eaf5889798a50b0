"""Keys of rows: new ones sort by time, facts that two laptops could both create meet themselves."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

_FACTS = uuid.UUID("5b1f9c1e-7a0d-5c55-9d5b-2f3a5c0e7d11")


def new_id() -> str:
    """A new UUIDv7 as text."""
    import uuid_utils

    return str(uuid_utils.uuid7())


def made_at(id: str) -> datetime | None:
    """When a key of `new_id` was made, in UTC; None for another key. RFC 9562, 5.7: 48 bits of milliseconds."""
    try:
        known = uuid.UUID(id)
        return datetime.fromtimestamp((known.int >> 80) / 1000, UTC) if known.version == 7 else None
    except (ValueError, OverflowError):  # OverflowError: after the year 9999
        return None


def fact_id(table: str, *same: str | None) -> str:
    """The UUIDv5 of what makes a row the same fact, e.g. `fact_id("finding", visit_id, item_id)`."""
    return str(uuid.uuid5(_FACTS, "\x1f".join([table, *(part or "" for part in same)])))
