"""The base of every row that is edited or travels."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints


def iso(moment: datetime) -> str:
    """A moment as UTC ISO-8601 with milliseconds, e.g. `2026-12-03T10:42:07.000Z`; sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment


Moment = Annotated[datetime, AfterValidator(_aware), PlainSerializer(iso, return_type=str)]
Day = Annotated[date, PlainSerializer(date.isoformat, return_type=str)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Row(BaseModel):
    """One row of one table: frozen, no unknown columns, `id` a UUID as text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str

    def columns(self) -> dict[str, object]:
        """Column name to SQLite value (text, integer, real or None)."""
        return self.model_dump()
