"""The base of every row that is edited or travels."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from radar_tui.domain.days import iso

FIRST_YEAR, LAST_YEAR = 1900, 2200
LAST_DAY = date(LAST_YEAR, 12, 31)
"""Of any day or moment: beyond them nothing of ours happens, and there is room to count days on either side."""
MOST = 10**15
"""Of any number or amount in minor units: 9,000 of them still add up within SQLite's 64 bits."""


def of_our_years(day: date) -> date:
    """The same day. Raises ValueError for one of another age."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


MOST_TYPED = 10**12
"""Beyond any quantity; SQLite holds it with room for sums."""


def read_number(text: str) -> float:
    """What was typed, its decimals after a point or a comma. Raises ValueError with what is expected there."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise ValueError("a number, e.g. 90") from None
    if not abs(number) <= MOST_TYPED:
        raise ValueError("a smaller number")
    return number


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    of_our_years(moment)
    of_our_years(moment.astimezone(UTC))
    return moment


Moment = Annotated[datetime, AfterValidator(_aware), PlainSerializer(iso, return_type=str)]
Day = Annotated[date, AfterValidator(of_our_years), PlainSerializer(date.isoformat, return_type=str)]
Number = Annotated[float, Field(ge=-MOST, le=MOST)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Row(BaseModel):
    """One row of one table: frozen, no unknown columns, `id` a UUID as text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str

    def columns(self) -> dict[str, object]:
        """Column name to SQLite value (text, integer, real or None)."""
        return self.model_dump()
