"""Figures on one time axis: numbers where their day and value are, nothing that only colour says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from radar_tui.domain.text import figure
from radar_tui.ui.base.glyphs import ASCII
from radar_tui.ui.widgets.time_axis import LABEL, SCALE, AxisMarks, Lane, TimeAxis, number

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)


def text(axis: TimeAxis, width: int, rows: int) -> list[str]:
    return ["".join(part for part, _ in line).rstrip() for line in axis.lines(width, rows)]


def axis(*points: tuple[date, float], change: str = "", marks: AxisMarks | None = None) -> TimeAxis:
    return TimeAxis([Lane("Recommend", points, 0, 10, change)], FIRST, LAST, marks)


def test_the_height_of_a_number_is_its_value_and_dots_join_them() -> None:
    lines = text(axis((FIRST, 10), (date(2025, 12, 31), 5), (LAST, 0)), 80, 5)
    left = LABEL + SCALE
    assert lines[0].startswith("Recommend     10  10 ···")
    assert "5" in lines[2][left + 28 : left + 34]
    assert lines[4].endswith("0")
    assert lines[4].startswith(" " * LABEL)
    assert "·" in lines[1]


def test_one_line_alone_is_numbers_in_order() -> None:
    (line, months) = text(axis((FIRST, 9), (date(2026, 1, 1), 7.5), (LAST, 8)), 80, 1)
    assert [word for word in line.split() if word.strip("·")] == ["Recommend", "9", "7.5", "8"]
    assert months.split() == ["Jan", "2025", "Jul", "2025", "Jan", "2026", "Jul", "2026"]


def test_the_newest_stands_where_two_have_no_room() -> None:
    lines = text(axis((LAST - timedelta(days=1), 3), (LAST, 8)), 80, 1)
    assert lines[0].split() == ["Recommend", "8"]


def test_an_arrow_only_where_one_is_given() -> None:
    assert text(axis((LAST, 3), change="↓"), 80, 2)[0].startswith("Recommend ↓ ")
    assert not {"↑", "↓"} & set("".join(text(axis((LAST, 3)), 80, 2)))


def test_marks_stand_on_their_day() -> None:
    lines = text(axis((LAST, 3), marks=AxisMarks("Visits", [(FIRST, "✓"), (LAST, "–")])), 80, 1)
    assert lines[1].startswith("Visits")
    assert lines[1][LABEL + SCALE] == "✓"
    assert lines[1].endswith("–")


def test_nothing_yet_is_said() -> None:
    assert "nothing yet" in text(axis(), 80, 3)[1]


def test_the_table_has_every_day_the_newest_first() -> None:
    two = TimeAxis(
        [Lane("Recommend", [(FIRST, 9), (LAST, 3)], 0, 10), Lane("Card", [(LAST, 58)], 0, 100)],
        FIRST, LAST, AxisMarks("Visits", [(date(2026, 2, 3), "✓")]),
    )  # fmt: skip
    rows = ["".join(part for part, _ in line).split() for line in two.table()]
    assert rows == [
        ["Day", "Recommend", "Card", "Visits"],
        ["31", "Dec", "2026", "3", "58"],
        ["3", "Feb", "2026", "✓"],
        ["1", "Jan", "2025", "9"],
    ]


def test_without_glyphs_only_plain_letters() -> None:
    lines = axis((FIRST, 9), (LAST, 3)).lines(80, 5, ASCII)
    assert "".join(part for line in lines for part, _ in line).isascii()


@pytest.mark.parametrize(
    ("value", "words"), [(8, "8"), (7.5, "7.5"), (9.96, "10"), (-2.5, "-2.5"), (1240, "1,240"), (0.04, "0")]
)
def test_numbers(value: float, words: str) -> None:
    assert number(value) in (words, f"{words}.0")


def test_a_figure_that_is_read_keeps_its_decimals_and_its_column() -> None:
    """99.95 % is not 100 %, and a billion moves no column."""
    lane = Lane("Value", [(FIRST, 99.95), (LAST, 1e12)], 4, 1e12, words=figure)
    both = AxisMarks("Visits", [(FIRST, "✓"), (FIRST, "–")])
    plot = TimeAxis([lane, Lane("Score", [(FIRST, 7), (LAST, 8)], 0, 100)], FIRST, LAST, both)
    text = ["".join(part for part, _ in line) for line in plot.lines(80, 5)]
    assert "99.95" in "".join(text)
    assert text[0].rstrip().endswith("1T")
    assert text[0].startswith("Value         1T  ")
    table = ["".join(part for part, _ in line) for line in plot.table()]
    assert [line.index("Score") + 5 for line in table[:1]] == [len(line.rstrip()) for line in table[1:2]]
    assert "99.95" in table[2]
    assert table[2].endswith("✓ –")


@given(
    st.lists(st.tuples(DAYS, st.floats(-1e9, 1e9)), max_size=30),
    DAYS,
    DAYS,
    st.integers(20, 200),
    st.integers(1, 8),
)
def test_it_always_fits(
    points: list[tuple[date, float]], one: date, other: date, width: int, rows: int
) -> None:
    plot = TimeAxis([Lane("A", sorted(points), 0, 10)] * 2, min(one, other), max(one, other))
    lines = plot.lines(width, rows)
    assert len(lines) == plot.height(rows)
    assert all(
        cell_len("".join(part for part, _ in line)) <= max(width, 8 + LABEL + SCALE + 20) for line in lines
    )
    assert plot.height(plot.rows_in(30)) <= 30
