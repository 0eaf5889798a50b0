"""What several readers of plain rows share: days out of text, and the order of contacts."""

from __future__ import annotations

from datetime import date, datetime
from typing import overload

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError

ROLE_ORDER = "CASE role WHEN 'decision maker' THEN 0 WHEN 'influencer' THEN 1 WHEN 'user' THEN 2 ELSE 3 END"
"""SQL to order contacts by: decision makers first. No other table has a `role`."""


def stored_day(text: str | None) -> date | None:
    """A stored day, or the UTC day of a stored moment. Raises RadarError for what is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except (ValueError, TypeError) as error:
        raise _no_day(text) from error


def stored_moment(text: str) -> datetime:
    """A stored moment. Raises RadarError for what is none, or could not be shown in every time zone."""
    try:
        moment = datetime.fromisoformat(text)
        moment.astimezone()
    except (ValueError, TypeError, OverflowError) as error:
        raise _no_day(text) from error
    return moment


def local_moment(text: str) -> datetime:
    """A stored moment in this laptop's time zone. Raises RadarError for what is none."""
    return stored_moment(text).astimezone()


def _no_day(text: object) -> RadarError:
    # No form and no import lets such a one through: another program wrote it.
    return RadarError(
        f"A date in this database cannot be read: “{one_line(str(text)[:40])}”.",
        "`radar check` names its row.",
    )


@overload
def local_day(text: str) -> date: ...
@overload
def local_day(text: str | None) -> date | None: ...
def local_day(text: str | None) -> date | None:
    """The day on this laptop of a stored moment."""
    return local_moment(text).date() if text else None
