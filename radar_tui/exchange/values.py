"""What stands in a cell: dates in the ways of the exports, numbers, amounts, and words of a closed set."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.days import iso, read_moment
from radar_tui.domain.money import parse_money
from radar_tui.exchange.tables.table_file import NO_VALUE, FileCell, Shown, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

MOST = 10**15
NOTHING = frozenset({"", "-", "–", "—", "n/a", "null", "none", "(empty)", "(none)"})
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?:[ ,T]+(.*))?\Z", re.DOTALL)


def order_said(texts: Iterable[str]) -> tuple[str, str]:
    """A date that can only be day first, and one that can only be month first, of what stands in the cells; "" for
    none. The days of both up to 12 say nothing."""
    day = month = ""
    for each in texts:
        found = _NUMBERS.match(each)
        if found is None or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second or "." in each[:3]:
            # With dots nobody writes the month first.
            day = day or each
        elif second > 12 >= first:
            month = month or each
    return day, month


def is_ambiguous(words: str) -> bool:
    """Whether a date's day and month could be swapped."""
    found = _NUMBERS.match(words)
    return bool(found and len(found[1]) <= 2 and found[1].lstrip("0") != found[2].lstrip("0"))


def could_be_either(words: str) -> bool | None:
    """Whether both figures of a date before its year could be a month; None for one that is not written so."""
    found = _NUMBERS.match(words)
    return None if found is None or len(found[1]) > 2 else max(int(found[1]), int(found[2])) <= 12


class Moments:
    """How one file writes its days and moments; `naive` says whether one of them had no zone of its own."""

    def __init__(self, *, day_first: bool, zone: tzinfo, swapped: bool = False, epoch: int = 0) -> None:
        """`zone` is that of moments without one; with `swapped` what stands as a real date has its day and month
        changed; `epoch` is added to days that stand as numbers."""
        self.day_first, self.zone, self.swapped, self.epoch = day_first, zone, swapped, epoch
        self.naive = False

    def text(self, cell: FileCell) -> str:
        """A moment as it is stored. A day alone is its noon in UTC: that day on every laptop. Raises ValueError."""
        found = self._read(cell)
        if not 1970 <= found.year <= 2200:
            raise ValueError(f"the year {found.year} is none of ours")
        if not isinstance(found, datetime):
            return f"{found.isoformat()}T12:00:00.000Z"
        if found.tzinfo is None:
            self.naive = True
            found = found.replace(tzinfo=self.zone)
        return iso(found)

    def day(self, cell: FileCell) -> str:
        """The day, as it is stored, that stands in a cell; of a moment the day written there. Raises ValueError."""
        found = self._read(cell)
        if not 1900 <= found.year <= 2200:
            raise ValueError(f"the year {found.year} is none of ours")
        return f"{found:%Y-%m-%d}"

    def _read(self, cell: FileCell) -> datetime | date:
        if isinstance(cell, date):
            return _swapped(cell) if self.swapped else cell
        if isinstance(cell, str):
            cell = text(cell)
            if _SERIAL.match(cell):
                return self._counted(float(cell.replace(",", ".")))
            found = read_moment(cell, day_first=self.day_first)
            return _swapped(found) if self.swapped and is_iso(cell) else found
        if isinstance(cell, float) and 20_000 <= cell < 80_000:
            return self._counted(cell)
        return read_moment(text(cell), day_first=self.day_first)

    def _counted(self, days: float) -> datetime | date:
        """Spreadsheets count days from 30 December 1899; the time of day is the fraction."""
        at = _FIRST_DAY + timedelta(days=int(days) + self.epoch, seconds=round(days % 1 * 86_400))
        return at if days % 1 else at.date()


_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 -- a zone is given where it is read
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?\Z", re.ASCII)


def is_iso(words: str) -> bool:
    """Whether a text begins with a day that can only be read in one way, year first."""
    return bool(re.match(r"\d{4}-\d\d-\d\d", words))


def _swapped(found: datetime | date) -> datetime | date:
    if found.day > 12:
        raise ValueError(f"{found:%Y-%m-%d} has no month {found.day}: its day and month were never swapped")
    return found.replace(month=found.day, day=found.month)


ERRORS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#N/D",
        "#RIF!",
        "#VALORE!",
        "#NOME?",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#¡REF!",
        "#¡VALOR!",
        "#¿NOMBRE?",
        "#¡DIV/0!",
        "#¡NUM!",
        "########",
    ]
)
"""What Excel shows instead of a value, in our five languages."""


def fault(cell: FileCell) -> str:
    """Why a cell holds no value at all; "" for one that may."""
    if not isinstance(cell, str) or not cell.startswith("#"):
        return ""
    if cell == NO_VALUE:
        return (
            "the result of the formula was never stored; open the file in Excel, save it and import it again"
        )
    return f"{cell} is an error of the spreadsheet" if cell.strip().upper() in ERRORS else ""


def number(cell: FileCell, decimal: str) -> float:
    """A finite number; `1.234` and `1,234` go by `decimal`, every other way of writing says itself what it means."""
    if isinstance(cell, int | float):
        found = float(cell)
    else:
        words = re.sub(r"[\s'’%]", "", text(cell)).replace("−", "-")
        marks = [letter for letter in words if letter in ".,"]
        if len(set(marks)) == 2:
            decimal = marks[-1]
        elif len(marks) > 1:
            decimal = "." if marks[0] == "," else ","
        elif marks and len(words.rpartition(marks[0])[2]) != 3:
            decimal = marks[0]
        words = words.replace("," if decimal == "." else ".", "").replace(decimal, ".")
        if not re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", words, re.ASCII):
            raise ValueError(f"“{_short(text(cell))}” is no number")
        found = float(words)
    if not abs(found) <= 1e12:
        raise ValueError(f"“{_short(text(cell))}” is too large")
    return found


_EITHER = re.compile(r"[+\-−]?[1-9]\d{0,2}([.,])\d{3}\Z")


def could_be_thousands(words: str) -> bool:
    """Whether the mark in `1.234` may stand before thousands or before decimals."""
    return bool(_EITHER.match(re.sub(r"[\s'’%]", "", words)))


def mark_shown(words: str) -> str:
    """What stands before decimals in a number that can only be read in one way; "" where it says nothing."""
    plain = re.sub(r"[\s'’%]", "", words)
    marks = [letter for letter in plain if letter in ".,"]
    if not marks or _EITHER.match(plain) or not re.fullmatch(r"[+\-−]?[\d.,]+", plain):
        return ""
    if len(set(marks)) == 2 or len(marks) == 1:
        return marks[-1]
    return "." if marks[0] == "," else ","


def whole(cell: FileCell, decimal: str) -> int:
    """A whole number. Raises ValueError."""
    found = number(cell, decimal)
    if not found.is_integer():
        raise ValueError(f"“{_short(text(cell))}” is no whole number")
    return int(found)


def amount(cell: FileCell, currency: str) -> int:
    """Minor units of an amount written in major ones. Raises ValueError."""
    if isinstance(cell, int | float):
        cell = f"{cell:.2f}".removesuffix(".00")
    try:
        return parse_money(text(cell), currency)
    except ValueError:
        raise ValueError(f"“{_short(text(cell))}” is no amount") from None


_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E[+-]\d{2,3}\Z", re.IGNORECASE)


def name_text(cell: FileCell) -> str:
    """A cell of a column of names and numbers that identify, on one line. Raises ValueError for what a spreadsheet made
    of one: digits it rounded off, a day."""
    if isinstance(cell, date):
        raise ValueError(f"{cell:%Y-%m-%d} is a date; the spreadsheet may have made it of something else")
    if isinstance(cell, float) and not isinstance(cell, Shown) and abs(cell) >= 1e15:
        raise ValueError(
            f"of {cell:.0f} a spreadsheet keeps 15 digits only; make the column text and enter it again"
        )
    words = " ".join(text(cell).split())
    if _SCIENTIFIC.match(words):
        raise ValueError(
            f"“{words}” is shortened by the spreadsheet; make the column text and enter it again"
        )
    return words


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
