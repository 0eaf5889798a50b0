"""A report as lines: never wider than there is room, whatever the texts are; and words that may be broken."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.columns import width
from radar_tui.domain.text import block
from radar_tui.reports.as_text import lines
from radar_tui.reports.document import (
    LONGEST_WORD,
    Bars,
    Facts,
    Heading,
    Interval,
    Intervals,
    Paragraph,
    Plots,
    Report,
    ReportColumn,
    ReportFigures,
    ReportPlot,
    ReportTable,
    VerdictCell,
    VerdictHistory,
    breakable,
)

TEXT = st.one_of(
    st.text(max_size=60), st.sampled_from(["株式会社" * 9, "x" * 300, "a b " * 80, "\x1b[31m[/]\n\t", ""])
)


def report_of(text: str) -> Report:
    """A report with every kind of block, in words of the test's choice."""
    columns = [
        ReportColumn(text, grow=1),
        ReportColumn("History"),
        ReportColumn("Today"),
        ReportColumn("n", right=True),
    ]
    row = (
        text,
        VerdictHistory(("serviceable", "unserviceable", "else")),
        VerdictCell("deteriorating", text),
        "1,240",
    )
    plot = ReportPlot(text, [(1, 2.0, "2"), (9, 3.5, text)], ("a", "b"), 0, 10, "0", "10", 5, text, text)
    return Report(
        name="visit", title=text, subject=text, line=text, language="en", page="{n}", internal=text,
        blocks=[
            Heading(text), Paragraph(text), Facts([(text, text), ("", "")]), ReportFigures([("12", text)]),
            ReportTable(columns, [row] * 3, (text, "", "", "3")), ReportTable(columns, []), Bars([text], [(text, [3])]),
            Plots([plot]), Intervals([Interval(text, 1.0, -5.0, 7.0, text)]),
        ],
    )  # fmt: skip


@settings(max_examples=30)
@given(TEXT, st.integers(30, 160))
def test_no_line_of_a_list_is_wider_than_there_is_room(text: str, cells: int) -> None:
    for line in lines(report_of(text), cells):
        words = "".join(part for part, _ in line)
        assert "\x1b" not in words
        assert "\n" not in words
        # What stands beside a figure or a plot is cut by the sheet, as everywhere.
        if len(line) == 1:
            assert width(words) <= cells


def test_what_it_reads_like() -> None:
    said = ["".join(part for part, _ in line) for line in lines(report_of("Ab"), 60)]
    assert said[0] == "Ab"
    assert "Ab  su-      Ab     1,240" in said
    assert "12  Ab" in said


def test_a_narrow_column_has_its_heading_on_several_lines() -> None:
    table = ReportTable(
        [ReportColumn("Item"), ReportColumn("12\u00a0Sept 2025", narrow=True), ReportColumn("Note")],
        [["a", "s", "b"]],
    )
    report = replace(report_of("Ab"), blocks=[table])
    said = ["".join(part for part, _ in line) for line in lines(report, 60)][3:]
    assert said == ["Item  12 Sept  Note", "      2025", "a     s        b"]


@settings(max_examples=50)
@given(TEXT)
def test_breaking_changes_no_letter(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == block(text).replace("\u200b", "")
    if text.isalnum():
        assert max(map(len, broken.split("\u200b")), default=0) <= 2 * LONGEST_WORD
