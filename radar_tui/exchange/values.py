"""What stands in a cell: dates in the ways of the exports, numbers, amounts, and words of a closed set."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from radar_tui.domain.days import iso, read_moment
from radar_tui.domain.money import parse_money
from radar_tui.exchange.table_file import FileCell, text

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 10**15
NOTHING = frozenset({"", "-", "–", "—", "n/a", "null", "none", "(empty)", "(none)"})
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?:[ ,T]+(.*))?\Z", re.DOTALL)


def order_said(texts: Iterable[str]) -> tuple[str, str]:
    """A date that can only be day first, and one that can only be month first, of what stands in the cells; "" for
    none. The days of both up to 12 say nothing."""
    day = month = ""
    for each in texts:
        numbers = _NUMBERS.match(each)
        if numbers is None or len(numbers[1]) > 2:
            continue
        first, second = int(numbers[1]), int(numbers[2])
        if first > 12 >= second or "." in each[:3]:
            # With dots nobody writes the month first.
            day = day or each
        elif second > 12 >= first:
            month = month or each
    return day, month


def is_ambiguous(words: str) -> bool:
    """Whether a date's day and month could be swapped."""
    numbers = _NUMBERS.match(words)
    return bool(numbers and len(numbers[1]) <= 2 and numbers[1].lstrip("0") != numbers[2].lstrip("0"))


def moment(cell: FileCell, *, day_first: bool) -> datetime:
    """An aware moment; one without a zone is one of this laptop's. Raises ValueError."""
    if isinstance(cell, datetime):
        when = cell
    elif isinstance(cell, date):
        when = datetime.combine(cell, time())
    else:
        when = read_moment(text(cell), day_first=day_first)
    if not 1970 <= when.year <= 2200:
        raise ValueError(f"the year {when.year} is none of ours")
    return when if when.tzinfo else when.astimezone()


def moment_text(cell: FileCell, *, day_first: bool) -> str:
    """The same as it is stored."""
    return iso(moment(cell, day_first=day_first))


def day_text(cell: FileCell, *, day_first: bool) -> str:
    """The day, as it is stored, that stands in a cell; of a moment the day written there."""
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        day = read_moment(text(cell), day_first=day_first).date()
    if not 1900 <= day.year <= 2200:
        raise ValueError(f"the year {day.year} is none of ours")
    return day.isoformat()


def number(cell: FileCell, decimal: str) -> float:
    """A finite number; `1.234` and `1,234` go by `decimal`, every other way of writing says itself what it means."""
    if isinstance(cell, int | float):
        value = float(cell)
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
        value = float(words)
    if not abs(value) <= 1e12:
        raise ValueError(f"“{_short(text(cell))}” is too large")
    return value


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
    value = number(cell, decimal)
    if not value.is_integer():
        raise ValueError(f"“{_short(text(cell))}” is no whole number")
    return int(value)


def amount(cell: FileCell, currency: str) -> int:
    """Minor units of an amount written in major ones. Raises ValueError."""
    if isinstance(cell, int | float):
        cell = f"{cell:.2f}".removesuffix(".00")
    try:
        return parse_money(text(cell), currency)
    except ValueError:
        raise ValueError(f"“{_short(text(cell))}” is no amount") from None


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
