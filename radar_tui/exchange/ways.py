"""How a file writes its dates and numbers: what in it says so, or that somebody must say it. Nothing is guessed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from radar_tui.errors import RadarError
from radar_tui.exchange import values
from radar_tui.exchange.tables.table_file import Unclear
from radar_tui.store.rows.imports import stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import tzinfo

    from radar_tui.exchange.fields import Type
    from radar_tui.exchange.options import Dates, Decimal
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.exchange.tables.table_file import FileCell, TableFile

_NAMES = {",": "comma", ".": "point"}


class OpenedFile(NamedTuple):
    """A file whose headings are known; its rows are looked through as often as asked."""

    source: TableFile
    head: int
    found: Recognised
    progress: Callable[[str, float], None]
    cancelled: Callable[[], bool]

    def texts(self, types: Collection[Type], words: str) -> Iterator[str]:
        """The texts in the columns of these types. Raises Cancelled."""
        return (cell.strip() for cell in self.cells(types, words) if isinstance(cell, str))

    def cells(self, types: Collection[Type], words: str) -> Iterator[FileCell]:
        """The cells in the columns of these types that hold something. Raises Cancelled."""
        places = [
            place for one in self.found.fields if one.type in types for place in self.found.places[one.name]
        ]
        for count, (line, cells) in enumerate(self.source.rows() if places else ()):
            if not count % 5000:
                self.progress(words, self.source.read())
                if self.cancelled():
                    raise stopped()
            if line > self.head:
                for place in places:
                    if place < len(cells) and (cell := cells[place]) not in ("", None):
                        yield cell


class Order(NamedTuple):
    """Whether the day comes first, whether real dates have day and month swapped, and how we know."""

    day_first: bool
    swapped: bool
    said: str


def order(look: OpenedFile, said: Dates | None) -> Order:
    """How the dates are meant. Raises Unclear where nothing in the file says it, or where Excel swapped some."""
    days: set[str] = set()
    real: set[str] = set()
    for cell in look.cells(("day", "moment"), "looking at the dates"):
        if isinstance(cell, date):
            real.add(f"{cell:%Y-%m-%d}")
        elif isinstance(cell, str):
            # A cut off time of day would keep the pattern from fitting.
            first = cell.strip()[:10].split(" ")[0]
            (real if values.is_iso(first) else days).add(first)
    day, month = values.order_said(sorted(days))
    if said is None and real and _was_swapped(real, days):
        raise Unclear(
            f"Excel seems to have read some dates month-first: {day or month} stayed a text, "
            f"{min(real)} became a date.",
            "dates",
            [
                ("swapped", "put them back"),
                ("day-first" if day else "month-first", "take them as they stand"),
            ],
        )
    if said == "swapped":
        return Order(not month, True, "those that Excel swapped are put back, as you said")
    if said is not None:
        return Order(said == "day-first", False, f"{said.replace('-', ' ')}, as you said")
    choices = [("day-first", ""), ("month-first", "")]
    if day and month:
        raise Unclear(
            f"Some dates begin with the day ({day}), others with the month ({month}); the others become bad rows.",
            "dates", choices,
        )  # fmt: skip
    if day or month:
        return Order(bool(day), False, f"{'day' if day else 'month'} first, as {day or month} shows")
    if unclear := next((one for one in sorted(days) if values.is_ambiguous(one)), ""):
        raise Unclear(f"The dates can be read in two ways, e.g. {unclear}.", "dates", choices)
    return Order(True, False, "")


def _was_swapped(real: Collection[str], days: Collection[str]) -> bool:
    """Excel reads 5/10 as its own language writes it, and leaves 13/10 a text: then no real date has a day beyond 12,
    and no text has both below 13."""
    either = [values.could_be_either(one) for one in days]
    return False in either and True not in either and all(int(one[8:10]) <= 12 for one in real)


def zone_named(name: str) -> tzinfo:
    """`Europe/Rome`, `UTC` or `+02:00`. Raises RadarError for a zone that nobody has."""
    if found := re.fullmatch(r"([+-])(\d{1,2})(?::?(\d\d))?", name.strip()):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    with suppress(ValueError, OSError, KeyError):
        return ZoneInfo(name.strip())
    raise RadarError(
        f"There is no time zone “{name}”.", "Nothing was imported. Say e.g. Europe/Rome, UTC or +02:00."
    )


def own_zone() -> str:
    """The name of this laptop's zone; its offset where it has no name that others know."""
    places = [os.environ.get("TZ", "").removeprefix(":")]
    with suppress(OSError):
        places.append(os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2])
    for name in places:
        with suppress(ValueError, OSError, KeyError):
            if name:
                return ZoneInfo(name).key
    from babel.localtime import get_localzone

    return getattr(get_localzone(), "key", None) or f"{datetime.now().astimezone():%z}"


def decimal_mark(look: OpenedFile, said: Decimal | None) -> tuple[str, str]:
    """What stands before decimals, and how we know. Raises Unclear where nothing in the file says it.

    Amounts need none: a third digit behind a mark always belongs to thousands there.
    """
    texts = {text[:40] for text in look.texts(("number", "whole"), "looking at the numbers")}
    unclear = next((one for one in sorted(texts) if values.could_be_thousands(one)), "")
    if not unclear:
        return look.source.decimal, ""
    if said is not None:
        return said, f"decimal {_NAMES[said]}, as you said: {unclear} is {_meant(unclear, said)}"
    if "measure" in look.found.ids:
        return ".", "decimal point, as Radar writes them"
    shown = {mark: one for one in sorted(texts, reverse=True) if (mark := values.mark_shown(one))}
    if len(shown) == 1:
        [(mark, example)] = shown.items()
        return mark, f"decimal {_NAMES[mark]}, as {example} shows"
    if not shown and look.source.decimal == ",":
        return ",", f"decimal comma, as goes with semicolons: {unclear} is {_meant(unclear, ',')}"
    raise Unclear(
        f"The numbers can be read in two ways, e.g. {unclear}.",
        "decimal",
        [(",", f"{unclear} is {_meant(unclear, ',')}"), (".", f"{unclear} is {_meant(unclear, '.')}")],
    )


def _meant(words: str, mark: Decimal) -> str:
    """`1234` or `1.234`."""
    return f"{values.number(words, mark):g}"
