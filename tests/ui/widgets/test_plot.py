"""The plot of a score by quarter: in its place, in any size, readable without colour."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.nps import NpsCounts, interval, nps
from radar_tui.ui.base.glyphs import ASCII
from radar_tui.ui.widgets.plot import FOOT, PLAIN, PlotMarks, PlotPoint, drawn, spark


def point(place: int, counts: NpsCounts) -> PlotPoint:
    low, high = interval(counts) or (0.0, 0.0)
    return PlotPoint(f"Q{place % 4 + 1}", str(2024 + place // 4), nps(counts), low, high, counts.n)


several = st.lists(st.builds(NpsCounts, *[st.integers(0, 30)] * 3), max_size=12).map(
    lambda found: [point(place, counts) for place, counts in enumerate(found)]
)


@given(several, st.integers(11, 90), st.integers(7, 40), st.sampled_from([PlotMarks(), PLAIN]))
def test_it_fits_any_size(points: list[PlotPoint], width: int, height: int, marks: PlotMarks) -> None:
    lines = drawn(points, width, height, marks)
    assert len(lines) <= height
    assert all(len(line) <= width for line in lines)
    if marks is PLAIN:
        assert all(line.replace("−", "-").isascii() for line in lines)


def test_a_score_stands_between_the_ends_of_its_interval() -> None:
    lines = drawn([point(0, NpsCounts(10, 5, 5)), point(1, NpsCounts(2, 1, 0))], 20, 20, PlotMarks())
    for column, mark in ((9, "●"), (16, "○")):
        letters = "".join(line.ljust(20)[column] for line in lines[:-FOOT])
        shape = letters.strip(" ┄")
        assert (shape[0], shape[-1]) == ("┬", "┴")
        assert shape.count(mark) == 1
        assert set(shape[1:-1]) <= {"│", mark}
    assert lines[-3].split() == ["Q1", "Q2"]
    assert lines[-2].split() == ["2024"]
    assert lines[-1].split() == ["n", "20", "3"]


def test_a_better_score_stands_higher() -> None:
    lines = drawn([point(0, NpsCounts(10, 5, 5)), point(1, NpsCounts(18, 1, 1))], 20, 20, PlotMarks())
    rows = {line.index("●"): row for row, line in enumerate(lines) if "●" in line}
    assert rows[max(rows)] < rows[min(rows)]


def test_the_newest_quarters_stand_where_not_all_fit() -> None:
    points = [point(place, NpsCounts(place + 1, 0, 0)) for place in range(12)]
    assert drawn(points, 22, 12, PlotMarks())[-1].split() == ["n", "10", "11", "12"]


def test_nobody_has_answered() -> None:
    assert (
        drawn([], 40, 12, PlotMarks())
        == drawn([point(0, NpsCounts(0, 0, 0))], 40, 12, PlotMarks())
        == (["", "No answers yet."])
    )


@pytest.mark.parametrize(
    ("values", "letters"),
    [([], ""), ([3], "▅"), ([2, 2], "▅▅"), ([0, 50, 100], "▁▅█"), ([1, float("inf"), 2], "▁–█"),
     ([-1.7e308, 1.7e308], "▁█")],
)  # fmt: skip
def test_a_few_values_in_one_line(values: list[float], letters: str) -> None:
    assert spark(values) == letters
    assert spark(values, ASCII).isascii()


@pytest.mark.parametrize(
    "module", ["radar_tui.ui.screens.company.screen", "radar_tui.ui.screens.radar.screen"]
)
def test_it_is_not_loaded_before_a_plot_is_shown(module: str) -> None:
    code = f"import sys, {module}; sys.exit('radar_tui.ui.widgets.plot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
