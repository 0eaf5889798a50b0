"""A report as lines to read before it leaves the laptop: parts of text with the name of their style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.columns import clipped, fitted, width, wrapped
from radar_tui.domain.integrity import GLYPHS
from radar_tui.domain.text import one_line
from radar_tui.reports.document import (
    Bars,
    Facts,
    Heading,
    Intervals,
    Paragraph,
    Plots,
    ReportFigures,
    ReportTable,
    VerdictCell,
    VerdictHistory,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.reports.document import Block, Report, ReportCell

Part = tuple[str, str]
Line = list[Part]
WIDEST, NARROWEST, GAP = 100, 4, 2
MOST_LINES = 3
"""Of one cell; the PDF has all of it."""


def lines(report: Report, cells: int) -> list[Line]:
    """What stands under the title of the report, in lines of at most `cells`."""
    made: list[Line] = [[(clipped(report.subject, cells), "strong")]]
    if report.line:
        made.append([(clipped(report.line, cells), "muted")])
    made.append([])
    for block in report.blocks:
        made += _block(block, cells)
    return made


def _block(block: Block, cells: int) -> list[Line]:
    match block:
        case Heading():
            return [[], [(clipped(block.words, cells), "strong")]]
        case Paragraph():
            style = "muted" if block.muted else ""
            return [[(line, style)] for line in wrapped(block.words, cells, 40)]
        case Facts():
            room = min(cells // 3, max((width(label) for label, _ in block.rows), default=0) + GAP)
            return [line for label, words in block.rows for line in _fact(label, words, room, cells)]
        case ReportFigures():
            room = max(width(figure) for figure, _ in block.rows)
            return [_figure(figure, words, room) for figure, words in block.rows]
        case ReportTable():
            return _table(block, cells)
        case Bars():
            columns = [("", False, 0), *((name, True, 0) for name, _ in block.series)]
            rows = [
                [label, *(f"{values[place]}" for _, values in block.series)]
                for place, label in enumerate(block.labels)
            ]
            return _rows(columns, rows, cells)
        case Plots():
            return [_plot(plot.title, plot.note, plot.points, plot.target_words) for plot in block.plots]
        case Intervals():
            return _rows(
                [("", False, 1), ("", True, 0)], [[row.name, row.words] for row in block.rows], cells
            )


def _fact(label: str, words: str, room: int, cells: int) -> list[Line]:
    parts = wrapped(words, cells - room, 40) or [""]
    return [
        [(fitted(label if place == 0 else "", room), "muted"), (part, "")] for place, part in enumerate(parts)
    ]


def _figure(figure: str, words: str | VerdictCell, room: int) -> Line:
    said = words if isinstance(words, str) else words.words
    return [(fitted(figure, room, right=True), "strong"), (f"  {one_line(said)}", "muted")]


def _plot(title: str, note: str, points: Sequence[tuple[int, float, str]], target: str) -> Line:
    values = one_line(" ".join(words for _, _, words in points[-8:]))
    about = one_line("  ".join(part for part in (note, target) if part))
    return [(f"{one_line(title)}  ", ""), (values, "strong"), (f"  {about}", "muted")]


def _table(table: ReportTable, cells: int) -> list[Line]:
    # The heading of a narrow column stands on several lines: it is as wide as the longest of its words.
    columns = [
        (column.title.replace(" ", "\n") if column.narrow else column.title, column.right, column.grow)
        for column in table.columns
    ]
    return _rows(columns, [[_said(cell) for cell in row] for row in table.rows], cells, table.total)


def _said(cell: ReportCell) -> str:
    if isinstance(cell, VerdictHistory):
        return "".join(GLYPHS.get(mark, "-") for mark in cell.marks)
    return cell.words if isinstance(cell, VerdictCell) else cell


def _rows(
    columns: Sequence[tuple[str, bool, int]],
    rows: Sequence[Sequence[str]],
    cells: int,
    total: Sequence[str] = (),
) -> list[Line]:
    wide = _widths([title for title, _, _ in columns], [*rows, *([total] if total else [])], cells)
    made: list[Line] = []

    def add(row: Sequence[str], style: str) -> None:
        parts = [wrapped(text, room, MOST_LINES) or [""] for text, room in zip(row, wide, strict=True)]
        for place in range(max(map(len, parts))):
            words = (" " * GAP).join(
                fitted(part[place] if place < len(part) else "", room, right=right)
                for part, room, (_, right, _) in zip(parts, wide, columns, strict=True)
            )
            made.append([(words.rstrip(), style)])

    if any(title for title, _, _ in columns):
        add([title for title, _, _ in columns], "label")
    for row in rows:
        add(row, "")
    if total:
        add(total, "strong")
    return made


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]], cells: int) -> list[int]:
    """As wide as the longest cell; the widest columns give first where there is not enough room."""
    wide = [
        min(WIDEST, max(*map(width, title.split("\n")), *(width(row[place][:200]) for row in rows), 1))
        for place, title in enumerate(titles)
    ] if rows else [max(map(width, title.split("\n"))) for title in titles]  # fmt: skip
    room = cells - GAP * (len(titles) - 1)
    while sum(wide) > room and max(wide) > NARROWEST:
        wide[wide.index(max(wide))] -= 1
    return wide
