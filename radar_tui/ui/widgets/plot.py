"""A score by quarter with its interval, drawn with letters: readable without colour, as wide as there is room."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from radar_tui.domain.nps import FEW, signed
from radar_tui.ui.base.glyphs import UNICODE, Glyphs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.geometry import Size

AXIS, STEP, WIDEST, FOOT = 6, 5, 9, 3
"""Cells left of the plot, least and most cells a quarter, and lines below it."""


class PlotPoint(NamedTuple):
    """One quarter: its words in two parts (`Q3`, `2026`), score, both ends of the interval, answers."""

    quarter: str
    year: str
    score: float | None
    low: float
    high: float
    n: int


class PlotMarks(NamedTuple):
    """The letters it is drawn with: a score, one of few answers, the interval, its ends, the axis, zero."""

    score: str = "●"
    few: str = "○"
    line: str = "│"
    top: str = "┬"
    bottom: str = "┴"
    axis: str = "┤"
    zero: str = "┄"


PLAIN = PlotMarks("O", "o", "|", "-", "-", "|", ".")


SPARKS, PLAIN_SPARKS = "▁▂▃▄▅▆▇█", "_.,-~+*#"


def spark(values: Sequence[float], glyphs: Glyphs = UNICODE) -> str:
    """One letter a value, from the lowest to the highest of them; where all are the same, all in the middle. What is no
    number (an import may bring infinity) has no height."""
    letters = SPARKS if glyphs is UNICODE else PLAIN_SPARKS
    known = [value for value in values if isfinite(value)]
    low, high = min(known, default=0), max(known, default=0)

    def letter(value: float) -> str:
        if not isfinite(value):
            return glyphs.none
        # Halved, so that the span of any two numbers is a number.
        share = (value / 2 - low / 2) / (high / 2 - low / 2) if low < high else 0.5
        return letters[round(share * (len(letters) - 1))]

    return "".join(map(letter, values))


class Plot(Widget, can_focus=True):
    """One question; the newest quarters that fit stand in it, the scale is what their intervals need."""

    COMPONENT_CLASSES = {"plot--muted", "plot--strong"}
    DEFAULT_CSS = """
    Plot { height: 1fr; width: 1fr; padding: 0 1; background: $background; }
    Plot > .plot--muted { color: $muted; }
    Plot > .plot--strong { text-style: bold; }
    """

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = title
        self._points: Sequence[PlotPoint] = ()
        self._other: Sequence[PlotPoint] = ()
        self._lines: tuple[Size | None, list[str]] = (None, [])

    @property
    def glyphs(self) -> Glyphs:
        return getattr(self.app, "glyphs", UNICODE)

    def show(self, points: Sequence[PlotPoint], other: Sequence[PlotPoint] = ()) -> None:
        """Show these quarters, the oldest first, on a scale that a plot the `other` one shares."""
        self._points, self._other, self._lines = points, other, (None, [])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        size = self.size
        if self._lines[0] != size:
            marks = PlotMarks() if self.glyphs is UNICODE else PLAIN
            self._lines = size, drawn(self._points, size.width, size.height - 1, marks, self._other)
        text = self.title if y == 0 else self._lines[1][y - 1] if y - 1 < len(self._lines[1]) else ""
        foot = y >= size.height - FOOT + 1
        name = "plot--strong" if y == 0 else "plot--muted" if foot else ""
        style = self.rich_style
        if name:
            style += self.get_component_rich_style(name, partial=True)
        return Strip([Segment(text, style)]).adjust_cell_length(size.width, self.rich_style)


def drawn(
    points: Sequence[PlotPoint], width: int, height: int, marks: PlotMarks, other: Sequence[PlotPoint] = ()
) -> list[str]:
    """The lines of the plot, `height` of them, each at most `width` cells; its scale has room for the `other` one."""
    newest = -max(1, (width - AXIS) // STEP)
    shown = list(points)[newest:]
    step = max(STEP, min(WIDEST, (width - AXIS) // max(1, len(shown))))
    rows = height - FOOT
    known = [point for point in shown if point.score is not None]
    if rows < 3 or not known:
        return ["", "No answers yet."[:width]] if not known else []
    bottom, top = _scale([*known, *(point for point in list(other)[newest:] if point.score is not None)])

    def row_of(value: float) -> int:
        return round((top - value) / (top - bottom) * (rows - 1))

    grid = [[" "] * (step * len(shown)) for _ in range(rows)]
    if bottom < 0 < top:
        grid[row_of(0)] = [marks.zero] * (step * len(shown))
    for place, point in enumerate(shown):
        if point.score is not None:
            _draw(grid, place * step + step // 2, point, row_of, marks)
    labels = _labels(bottom, top, row_of)
    lines = [
        f"{signed(labels[row]) if row in labels else '':>{AXIS - 2}}{marks.axis if row in labels else marks.line} "
        + "".join(cells)
        for row, cells in enumerate(grid)
    ]
    return [*(line.rstrip() for line in lines), *_feet(shown, step)]


def _labels(bottom: float, top: float, row_of: Callable[[float], int]) -> dict[int, float]:
    """What stands beside the axis by row: both ends, zero, and the middle where it is not at zero's elbow."""
    labels = {row_of(value): value for value in (top, bottom)}
    for value in (0.0, (top + bottom) / 2):
        if bottom < value < top and all(abs(row_of(value) - row) > 1 for row in labels):
            labels[row_of(value)] = value
    return labels


def _draw(
    grid: list[list[str]], column: int, point: PlotPoint, place: Callable[[float], int], marks: PlotMarks
) -> None:
    first, last = place(point.high), place(point.low)
    for row in range(first, last + 1):
        grid[row][column] = marks.line
    grid[first][column], grid[last][column] = marks.top, marks.bottom
    grid[place(point.score or 0)][column] = marks.few if point.n < FEW else marks.score


def _scale(known: Sequence[PlotPoint]) -> tuple[float, float]:
    """The ends of the axis, in whole twenties, so that the middle is a whole ten."""
    low, high = min(point.low for point in known), max(point.high for point in known)
    bottom, top = 20 * (low // 20), -20 * (-high // 20)
    return max(-100.0, bottom), min(100.0, max(top, bottom + 20))


def _feet(shown: Sequence[PlotPoint], step: int) -> list[str]:
    """Quarter, year where it begins, and how many answered."""
    years = [
        point.year if place == 0 or point.year != shown[place - 1].year else ""
        for place, point in enumerate(shown)
    ]
    rows = [
        ("", [point.quarter for point in shown]),
        ("", years),
        ("n", [_short(point.n) for point in shown]),
    ]
    return [
        f"{head:>{AXIS - 2}}  " + "".join(f"{word:^{step}}" for word in words).rstrip()
        for head, words in rows
    ]


def _short(n: int) -> str:
    """A count in at most four cells: `93`, `1.2k`, `48k`."""
    return str(n) if n < 1000 else f"{n / 1000:.1f}k" if n < 9950 else f"{n / 1000:.0f}k"
