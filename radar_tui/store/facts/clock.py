"""What is known of the time without asking this laptop's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radar_tui.store.connection import Connection

HUB_TIME = "hub_time"
"""Where `local` keeps when the newest entry of others that was taken from the hub was written."""
WIDEST = timedelta(hours=14)
"""So much earlier than in UTC a day begins where it begins first."""

_MOMENTS = """
WITH running AS (SELECT id FROM visit WHERE status = 'in progress')
SELECT max(max(coalesce(started_at, '')), max(coalesce(completed_at, '')),
    coalesce((SELECT max(answered_at) FROM answer WHERE visit_id IN running), ''),
    coalesce((SELECT max(found_at) FROM finding WHERE visit_id IN running), '')) FROM visit"""
_DAYS = """
SELECT max(asked_on) FROM response WHERE question = ? AND voided_at IS NULL"""


def moments_known(db: Connection) -> list[datetime]:
    """When the newest visit, answer, verdict and response of this file were made, and the newest entry of its hub."""
    texts = [db.row(_MOMENTS)[0], *db.row("SELECT max(value) FROM local WHERE key = ?", [HUB_TIME])]
    days = [db.row(_DAYS, [question])[0] for question in ("recommend", "retain")]
    begun = [
        datetime.combine(date.fromisoformat(day), time(), UTC) - WIDEST for day in days if day is not None
    ]
    return [*begun, *(moment for text in texts if text and (moment := _moment(text)) is not None)]


def _moment(text: str) -> datetime | None:
    """A moment as it is stored; None for what another program wrote there."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
