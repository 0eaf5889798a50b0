"""What of a file was not read, in one line: nothing is left out in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from radar_tui.domain.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = re.compile(
    r"(?:(?:grand|sub)[ -]?total|totals?|sum|count|average|totale(?: generale)?|totali|somma|conteggio|media|"
    r"gesamt(?:summe|ergebnis)?|summe|zwischensumme|anzahl|durchschnitt|total g[eé]n[eé]ral|somme|nombre|moyenne|"
    r"total general|suma|recuento)"
    r"(?: *[:=]| *\(.*| *[\d.,]+)?",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[\d.,%'’ €$£-]+(?: ?\w{1,12})?")


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row adds others up: it begins with such a word, and figures are all that follows."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and bool(_TOTAL.fullmatch(filled[0])) and all(map(_FIGURES.fullmatch, filled[1:]))


@dataclass(slots=True)
class NotRead:
    """Of one table: other sheets, lines above its headings, the lines of these; then what the rows turn out to be."""

    sheets: list[str]
    above: list[int]
    headings: tuple[int, ...]
    blank: int = 0
    hidden: int = 0
    totals: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    nameless: set[int] = field(default_factory=set)

    def words(self, columns: Sequence[str]) -> str:
        """`sheet November, 2 hidden rows, columns Comment, Status`; `nothing` where all was read."""
        found = list(self.sheets)
        if self.above:
            found.append(f"{_lines(self.above)} above the headings")
        if self.hidden:
            found.append(plural(self.hidden, "hidden row"))
        if self.blank:
            found.append(plural(self.blank, "empty row"))
        for lines, what in (
            (self.totals, "a total"),
            (self.again, "the headings again"),
            (self.below, "below the list"),
        ):
            if lines:
                found.append(f"{_lines(lines)} ({what})")
        if self.nameless:
            found.append(f"columns without a heading ({', '.join(map(_letter, sorted(self.nameless)[:5]))})")
        if columns:
            few = [" ".join(name.split())[:40] for name in columns[:12]]
            more = f" and {len(columns) - 12} more" if len(columns) > 12 else ""
            found.append(f"column{'s' if len(columns) > 1 else ''} {', '.join(few)}{more}")
        return "; ".join(found) or "nothing"


def _lines(lines: Sequence[int]) -> str:
    few = ", ".join(map(str, lines[:5])) + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")
    return f"line{'s' if len(lines) > 1 else ''} {few}"


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
