"""Several figures on one time axis, drawn as text: each point is its own number, so nothing needs colour."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.days import day_words, month_words
from radar_tui.domain.text import short_figure
from radar_tui.ui.base.glyphs import UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Part
    from radar_tui.ui.widgets.sheet import SheetLine

LABEL = 12
SCALE = 6
HIGHEST = 14
"""A lane taller than this shows no more."""
_APART = 9


class Lane(NamedTuple):
    """A figure over time: (day, value) with the oldest first, on a scale from `low` (bottom) to `high` (top).

    `change` stands beside the label: ↑ or ↓ where a change is significant, else nothing. `words` says a value in the
    table, where there is room for all of it; in the plot it then keeps as many of its figures as seven cells hold.
    """

    label: str
    points: Sequence[tuple[date, float]]
    low: float
    high: float
    change: str = ""
    words: Callable[[float], str] | None = None


class AxisMarks(NamedTuple):
    """Things that happened: (day, glyph)."""

    label: str
    marks: Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Lanes above each other, marks, and the axis under them, from `since` until `until`."""

    lanes: Sequence[Lane]
    since: date
    until: date
    marks: AxisMarks | None = None

    def height(self, rows: int) -> int:
        """How many lines it takes with lanes of `rows` lines each."""
        return len(self.lanes) * rows + (len(self.lanes) - 1) * (rows > 1) + bool(self.marks) + 1

    def rows_in(self, height: int) -> int:
        """How tall the lanes may be in so many lines, at least 1."""
        fitting = [rows for rows in range(1, HIGHEST + 1) if self.height(rows) <= height]
        return fitting[-1] if fitting else 1

    def lines(self, width: int, rows: int, glyphs: Glyphs = UNICODE) -> list[SheetLine]:
        """The plot, `width` cells wide, each lane `rows` lines high."""
        across = max(8, width - LABEL - SCALE)
        found: list[SheetLine] = []
        for place, lane in enumerate(self.lanes):
            if place and rows > 1:
                found.append([])
            found += self._lane(lane, across, rows, glyphs)
        if self.marks is not None:
            cells = [" "] * across
            for day, glyph in self.marks.marks:
                if self.since <= day <= self.until:
                    cells[self._column(day, across)] = glyph
            found.append([(f"{self.marks.label:<{LABEL + SCALE}}", "muted"), ("".join(cells), "")])
        found.append([(" " * (LABEL + SCALE), ""), (self._axis(across), "muted")])
        return found

    def table(self) -> list[SheetLine]:
        """The same as a table, the newest first: a day and what each figure was then."""
        days = {day for lane in self.lanes for day, _ in lane.points}
        marks: dict[date, str] = {}
        for day, glyph in self.marks.marks if self.marks else ():
            marks[day] = f"{marks[day]} {glyph}" if day in marks else glyph
        days |= set(marks)
        # The last of a day counts, as it does in the plot.
        texts = [{day: (lane.words or number)(value) for day, value in lane.points} for lane in self.lanes]
        heads = [lane.label for lane in self.lanes]
        wide = [
            max(9, len(head), *map(len, found.values())) for head, found in zip(heads, texts, strict=True)
        ]
        first: SheetLine = [(f"{'Day':<{LABEL}}", "label")]
        first += [(f"  {head:>{cells}}", "label") for head, cells in zip(heads, wide, strict=True)]
        if self.marks:
            first.append((f"  {self.marks.label}", "label"))
        lines = [first]
        for day in sorted(days, reverse=True):
            if not self.since <= day <= self.until:
                continue
            row: SheetLine = [(f"{day_words(day):<{LABEL}}", "muted")]
            row += [
                (f"  {found.get(day, ''):>{cells}}", "") for found, cells in zip(texts, wide, strict=True)
            ]
            if self.marks:
                row.append((f"  {marks.get(day, '')}", ""))
            lines.append(row)
        return lines

    def _column(self, day: date, across: int) -> int:
        span = max(1, (self.until - self.since).days)
        return round((across - 1) * (day - self.since).days / span)

    def _lane(self, lane: Lane, across: int, rows: int, glyphs: Glyphs) -> list[SheetLine]:
        grid = [[" "] * across for _ in range(rows)]
        points = [(day, value) for day, value in lane.points if self.since <= day <= self.until]
        places = [(self._column(day, across), _row(value, lane, rows)) for day, value in points]
        taken = [[False] * across for _ in range(rows)]
        # The newest number stands in any case; an older one gives way where both have no room.
        for (column, row), (_, value) in reversed(list(zip(places, points, strict=True))):
            text = (short_figure(value) if lane.words else number(value))[:across]
            start = max(0, min(column - len(text) // 2, across - len(text)))
            around = range(max(0, start - 1), min(across, start + len(text) + 1))
            if not any(taken[row][cell] for cell in around):
                for cell, letter in enumerate(text, start):
                    grid[row][cell], taken[row][cell] = letter, True
        _join(grid, taken, places, glyphs)
        label = f"{lane.label} {lane.change}".rstrip()
        lines: list[SheetLine] = []
        for row in range(rows):
            name = f"{label if row == 0 else '':<{LABEL}}"
            scale = lane.high if row == 0 else lane.low if row == rows - 1 else None
            # One line alone has no height to read a scale from.
            text = "" if scale is None or rows == 1 else f"{scale:g}"
            if len(text) > SCALE - 2:
                text = short_figure(scale or 0)[:SCALE]
            parts: list[Part] = [(name, "muted"), (f"{text:>{SCALE - 2}}  "[:SCALE], "muted")]
            lines.append([*parts, *_styled(grid[row], taken[row])])
        if not points:
            lines[rows // 2] = [*lines[rows // 2][:2], (f"{glyphs.none}  nothing yet", "muted")]
        return lines

    def _axis(self, across: int) -> str:
        """Months where there is room for them: every one, every third, each half year or each year."""
        months = [
            (year, month)
            for year in range(self.since.year, self.until.year + 1)
            for month in range(1, 13)
            if self.since <= self.since.replace(year=year, month=month, day=1) <= self.until
        ]
        step = next((step for step in (1, 3, 6) if len(months) / step * _APART <= across), 12)
        text = [" "] * across
        free = 0
        for year, month in months:
            column = self._column(self.since.replace(year=year, month=month, day=1), across)
            words = month_words(self.since.replace(year=year, month=month, day=1))
            if (month - 1) % step == 0 and free <= column <= across - len(words):
                text[column : column + len(words)] = words
                free = column + _APART
        return "".join(text)


def number(value: float) -> str:
    """`8`, `7.5`, `58`, `1,240`: a decimal only where the number is small and has one."""
    if abs(value) < 10 and round(value, 1) != round(value):
        return f"{value:.1f}"
    return f"{value:,.0f}"


def _row(value: float, lane: Lane, rows: int) -> int:
    span = lane.high - lane.low
    share = (value - lane.low) / span if span else 1.0
    return round((rows - 1) * (1 - min(1.0, max(0.0, share))))


def _join(
    grid: list[list[str]], taken: list[list[bool]], places: Sequence[tuple[int, int]], glyphs: Glyphs
) -> None:
    """Dots from point to point."""
    for (left, start), (right, end) in pairwise(places):
        for column in range(left + 1, right):
            row = round(start + (end - start) * (column - left) / (right - left))
            near = range(max(0, column - 1), min(len(grid[row]), column + 2))
            if not any(taken[row][cell] for cell in near):
                grid[row][column] = glyphs.fine


def _styled(cells: Sequence[str], taken: Sequence[bool]) -> list[Part]:
    """Numbers stand out from the dots between them."""
    parts: list[Part] = []
    for letter, is_number in zip(cells, taken, strict=True):
        style = "strong" if is_number else "muted"
        if parts and parts[-1][1] == style:
            parts[-1] = (parts[-1][0] + letter, style)
        else:
            parts.append((letter, style))
    return parts
