"""What is to be imported, and what somebody said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.exchange.fields import Kind

Dates = Literal["day-first", "month-first", "swapped"]
Decimal = Literal[",", "."]
Hidden = Literal["take", "leave"]
SameName = Literal["same", "others"]


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be imported, and what the user said about it."""

    path: Path
    kind: Kind | None = None
    customer_column: str = ""
    customer_id: str | None = None
    dates: Dates | None = None
    rejects: Path | None = None
    own_headings: Path | None = None
    decimal: Decimal | None = None
    sheet: str = ""
    encoding: str = ""
    zone: str = ""
    zone_for_team: bool = False
    hidden: Hidden | None = None
    satisfied_from: int | None = None
    same_name: SameName | None = None
