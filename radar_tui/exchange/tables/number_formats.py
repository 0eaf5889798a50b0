"""What the cell of a workbook shows of its number, where that is more than the number: zeros before it, a percent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TIMED, DAY = "h", "d"
"""Of a cell that shows a moment, or a day alone: midnight is either."""
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: DAY,
    15: DAY,
    16: DAY,
    17: DAY,
    22: TIMED,
    48: "##0.0E+0",
}
"""Of the formats that a workbook does not write down, those that show something else than their number."""
_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?]+)|(E[+-])|(.)', re.DOTALL)


@lru_cache(500)
def _pieces(code: str) -> tuple[str, ...] | None:
    """The first section of a format as literal texts and runs of `0#?`, or what it stands for as a whole; None for one
    of days, fractions or decimals."""
    pieces = _PIECE.findall(code.split(";")[0])
    if any(power for *_, power, _ in pieces):
        return ("E+",)
    if any(other == "%" for *_, other in pieces):
        return ("%",)
    if any(other and other not in " -()+:$€£¥" for *_, other in pieces):
        return None
    return tuple(digits or "".join((quoted, escaped, other)) for quoted, escaped, digits, _, other in pieces)


def odd_ones(codes: Mapping[int, str], styles: Sequence[int]) -> dict[int, str]:
    """By style, where its format shows more than its number: the format's code, or TIMED or DAY for one of dates.
    `codes` are those that the workbook writes down, `styles` the formats' numbers in the order of the styles."""
    known = BUILT_IN | dict(codes)
    found = {style: known.get(number, "General") for style, number in enumerate(styles)}
    dates = {style: kind for style, code in found.items() if (kind := _of_dates(code))}
    return {
        style: code for style, code in found.items() if style not in dates and not _is_plain(code)
    } | dates


def _of_dates(code: str) -> str:
    if code in (TIMED, DAY):
        return code
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    return "" if not {"y", "d"} & set(letters) else TIMED if "h" in letters else DAY


def _is_plain(code: str) -> bool:
    pieces = _pieces(code)
    if pieces is None:
        return True
    return pieces not in (("E+",), ("%",)) and not _pads(pieces)


def _pads(pieces: tuple[str, ...]) -> bool:
    zeros = "".join(piece for piece in pieces if piece.strip("0#?") == "").count("0")
    letters = any(letter.isalnum() for piece in pieces if piece.strip("0#?") for letter in piece)
    return zeros > 1 or letters


def shown(value: float, code: str) -> tuple[float, str] | None:
    """What a number column and what a text column take of the cell; None where that is the number itself."""
    pieces = _pieces(code)
    if pieces == ("%",):
        hundredfold = round(value * 100, 10)
        return hundredfold, f"{hundredfold:.10g}%"
    if pieces == ("E+",):
        return value, f"{value:.2E}"
    if pieces is None or not _pads(pieces) or not value.is_integer() or value < 0:
        return None
    return value, _filled(str(int(value)), pieces)


def _filled(digits: str, pieces: tuple[str, ...]) -> str:
    """The digits put into the places from the right; what is left over stands before the first place."""
    made: list[str] = []
    places = [place for place, piece in enumerate(pieces) if piece and not piece.strip("0#?")]
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if place not in places:
            made.append(piece)
            continue
        many = len(digits) if place == places[0] else len(piece)
        own, digits = digits[-many:] if many else "", digits[:-many] if many else digits
        made.append(own.rjust(piece.count("0"), "0"))
    return "".join(reversed(made)).strip()
