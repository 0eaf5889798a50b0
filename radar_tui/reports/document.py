"""What a report consists of: blocks of plain data, that `typeset` draws as a PDF and `as_text` as lines.

Texts are data all the way: they reach typst as JSON and are never parsed as its markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from radar_tui.domain.text import block

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_WORD = 24
"""Letters after which a word may be broken: a longer one would run over the edge of its column."""


@dataclass(frozen=True, slots=True)
class VerdictHistory:
    """A cell with verdicts, the oldest first."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictCell:
    """A cell with a verdict and its name in the report's language; what needs attention stands out."""

    verdict: str
    words: str


ReportCell = str | VerdictHistory | VerdictCell


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    words: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `muted` for what explains; `leads` for one that is never parted from what stands below."""

    words: str
    muted: bool = False
    leads: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what stands beside them."""

    rows: Sequence[tuple[str, str]]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """A few large figures side by side: (figure, what it counts), with the mark of a verdict where it counts one."""

    rows: Sequence[tuple[str, str | VerdictCell]]
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """`grow` shares the width that is left; without it a column is as wide as its longest cell, a `narrow` one as
    its longest word."""

    title: str
    right: bool = False
    grow: int = 0
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows under a header that comes again on every page; `total` is a last row in strong letters."""

    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[ReportCell]]
    total: Sequence[str] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars side by side for each label; series are told apart by filling, not by colour."""

    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[int]]]
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class ReportPlot:
    """One measure over time: points are (day number, value, value in words); `ends` the first and last day in words.

    `low` and `high` are the ends of the axis, `target` a dashed line.
    """

    title: str
    points: Sequence[tuple[int, float, str]]
    ends: tuple[str, str]
    low: float
    high: float
    low_words: str
    high_words: str
    target: float | None = None
    target_words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plots:
    """Small plots, two in a row."""

    plots: Sequence[ReportPlot]
    kind: Literal["plots"] = "plots"


@dataclass(frozen=True, slots=True)
class Interval:
    """A score −100 to 100 between the ends of its interval, against a benchmark if one is known."""

    name: str
    score: float | None
    low: float | None
    high: float | None
    words: str
    benchmark: float | None = None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Scores under each other on one axis."""

    rows: Sequence[Interval]
    kind: Literal["intervals"] = "intervals"


Block = Heading | Paragraph | Facts | ReportFigures | ReportTable | Bars | Plots | Intervals


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `name` is its template, `internal` the words that stand on every page of what is not for customers.

    `page` is how a page says its number, with {n} and {of}.
    """

    name: str
    title: str
    subject: str
    line: str
    language: str
    page: str
    blocks: Sequence[Block]
    internal: str = ""


def breakable(text: str) -> str:
    """`text` with control characters as pictures, and places to break in words that fit no column."""
    clean = block(text)
    if len(clean) <= LONGEST_WORD:
        return clean
    return "".join(_broken(word) for word in _words(clean))


def _words(text: str) -> list[str]:
    import re

    return re.split(r"(\s+)", text)


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    # A combining mark or a joiner stays with the letter before it.
    from unicodedata import combining

    made: list[str] = []
    since = 0
    for letter in word:
        if since >= LONGEST_WORD // 2 and not combining(letter) and letter.isalnum():
            made.append("\u200b")
            since = 0
        made.append(letter)
        since += 1
    return "".join(made)
