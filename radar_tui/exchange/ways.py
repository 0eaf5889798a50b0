"""How a file writes its dates and numbers: what in it says so, or that somebody must say it. Nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.exchange import values
from radar_tui.store.rows.imports import stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from radar_tui.exchange.fields import Type
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.exchange.table_file import TableFile

Dates = Literal["day-first", "month-first"]
Decimal = Literal[",", "."]
_NAMES = {",": "comma", ".": "point"}


class DatesUnclear(RadarError):
    """Day and month of the dates could be swapped: somebody must say which comes first."""


class NumbersUnclear(RadarError):
    """1.234 could be a thousand or one and a bit: somebody must say what stands before decimals."""


class OpenedFile(NamedTuple):
    """A file whose headings are known; its rows are looked through as often as asked."""

    source: TableFile
    head: int
    found: Recognised
    progress: Callable[[str, float], None]
    cancelled: Callable[[], bool]

    def texts(self, types: Collection[Type], words: str) -> Iterator[str]:
        """The texts in the columns of these types. Raises Cancelled."""
        places = [
            place
            for field in self.found.fields
            if field.type in types
            for place in self.found.places[field.name]
        ]
        for count, (line, cells) in enumerate(self.source.rows() if places else ()):
            if not count % 5000:
                self.progress(words, self.source.read())
                if self.cancelled():
                    raise stopped()
            if line > self.head:
                for place in places:
                    if place < len(cells) and isinstance(cell := cells[place], str):
                        yield cell.strip()


def order(look: OpenedFile, said: Dates | None) -> tuple[bool, str]:
    """Whether the day comes first, and how we know. Raises DatesUnclear where nothing in the file says it."""
    if said is not None:
        return said == "day-first", f"{said.replace('-', ' ')}, as you said"
    # A cut off time of day would keep the pattern from fitting.
    days = {text[:10].split(" ")[0] for text in look.texts(("day", "moment"), "looking at the dates")}
    day, month = values.order_said(sorted(days))
    if day and month:
        raise DatesUnclear(
            f"Some dates begin with the day ({day}), others with the month ({month}).",
            "Say which holds: --dates day-first or --dates month-first. The others become bad rows.",
        )
    if day or month:
        return bool(day), f"{'day' if day else 'month'} first, as {day or month} shows"
    if unclear := next((words for words in sorted(days) if values.is_ambiguous(words)), ""):
        raise DatesUnclear(
            f"The dates can be read in two ways, e.g. {unclear}.",
            "Say which: --dates day-first or --dates month-first",
        )
    return True, ""


def decimal_mark(look: OpenedFile, said: Decimal | None) -> tuple[str, str]:
    """What stands before decimals, and how we know. Raises NumbersUnclear where nothing in the file says it.

    Amounts need none: a third digit behind a mark always belongs to thousands there.
    """
    texts = {text[:40] for text in look.texts(("number", "whole"), "looking at the numbers")}
    unclear = next((words for words in sorted(texts) if values.could_be_thousands(words)), "")
    if not unclear:
        return look.source.decimal, ""
    if said is not None:
        return said, f"decimal {_NAMES[said]}, as you said: {unclear} is {_meant(unclear, said)}"
    if "measure" in look.found.ids:
        return ".", "decimal point, as Radar writes them"
    shown = {mark: words for words in sorted(texts, reverse=True) if (mark := values.mark_shown(words))}
    if len(shown) == 1:
        [(mark, example)] = shown.items()
        return mark, f"decimal {_NAMES[mark]}, as {example} shows"
    if not shown and look.source.decimal == ",":
        return ",", f"decimal comma, as goes with semicolons: {unclear} is {_meant(unclear, ',')}"
    raise NumbersUnclear(
        f"The numbers can be read in two ways, e.g. {unclear}.",
        "Say what stands before decimals: --decimal , or --decimal .",
    )


def _meant(words: str, mark: Decimal) -> str:
    """`1234` or `1.234`."""
    return f"{values.number(words, mark):g}"
