"""A report to the customer as plain text for an e-mail: lines that read in any letters, however wide the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.text import block, one_line
from radar_tui.errors import RadarError
from radar_tui.reports.document import (
    Facts,
    Heading,
    Paragraph,
    Plots,
    ReportFigures,
    ReportTable,
    VerdictCell,
)
from radar_tui.reports.words import ReportWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from radar_tui.reports.document import Block, Report, ReportCell, ReportColumn

IN_ORDER = "serviceable"
MOST_ROWS = 20
"""Of one list; the report itself has them all."""


def email_text(report: Report) -> str:
    """The text, in the report's language. What is in order is counted, not listed; drawings stay in the PDF.

    Raises RadarError for a report that is not for customers.
    """
    if report.internal:
        raise RadarError("This report is for your own house.", "A visit can be told by e-mail.")
    colon = ReportWords(report.language)("colon")
    parts = [[one_line(words) for words in (report.title, report.subject, report.line)]]
    heading = ""
    for one in report.blocks:
        if isinstance(one, Heading):
            heading = one.words
        elif lines := list(_lines(one, colon)):
            if heading or isinstance(one, Paragraph) or len(parts) == 1:
                parts.append([heading.upper()] if heading else [])
            parts[-1] += lines
            heading = ""
    return block("\n\n".join("\n".join(part) for part in parts) + "\n")


def _lines(block_: Block, colon: str) -> Iterator[str]:
    match block_:
        case Paragraph():
            yield block_.words
        case Facts():
            for label, words in block_.rows:
                yield (
                    f"{one_line(label)} {one_line(words)}"
                    if label.endswith(".")
                    else f"{one_line(label)}{colon}{one_line(words)}"
                )
        case ReportFigures():
            yield ", ".join(
                f"{figure} {what.words}" if isinstance(what, VerdictCell) else f"{what}{colon}{figure}"
                for figure, what in block_.rows
            )
        case ReportTable():
            rows = [
                row
                for row in block_.rows
                if not any(isinstance(cell, VerdictCell) and cell.verdict == IN_ORDER for cell in row)
            ]
            for row in rows[:MOST_ROWS]:
                yield f"- {' · '.join(_cells(block_.columns, row))}"
            if len(rows) > MOST_ROWS:
                yield "- …"
            if total := " ".join(cell for cell in block_.total if cell):
                yield total
        case Plots():
            for plot in block_.plots:
                if plot.points:
                    target = f" ({plot.target_words})" if plot.target_words else ""
                    yield f"- {one_line(plot.title)}{colon}{plot.points[-1][2]}{target}"


def _cells(columns: Sequence[ReportColumn], row: Sequence[ReportCell]) -> Iterator[str]:
    """What stands in a row; a number or a day says what it is, as no heading stands over it."""
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, VerdictCell):
            yield cell.words
        elif isinstance(cell, str) and cell not in ("", "–"):
            says = column.right and any(letter.isdigit() for letter in cell)
            yield f"{column.title} {one_line(cell)}" if says else one_line(cell)
