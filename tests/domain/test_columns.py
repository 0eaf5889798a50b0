"""Text fitted to terminal cells, whatever letters it is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.columns import clipped, fitted, width, wrapped


def test_widths() -> None:
    assert width("Aurora") == 6
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert width("😀") == 2
    # Marks and joiners take none: the first of the marks, a variation, a joiner, a tone mark that combines.
    assert width("e\u0300") == width("❤\ufe0f") == width("a\u200d") == width("a\u302e") == 1


def test_cut_and_padded() -> None:
    assert fitted("Aurora Tissue", 8) == "Aurora…".ljust(8)
    assert fitted("Aurora", 8) == "Aurora  "
    assert fitted("7", 3, right=True) == "  7"
    assert fitted("日本製紙", 6) == "日本… "
    assert clipped("Aurora", 0) == ""
    assert clipped("Aurora", 1) == "…"
    assert clipped("Aurora", 6) == "Aurora"
    assert clipped("x" * 100, 100) == "x" * 100


def test_wrapped_at_spaces() -> None:
    assert wrapped("one two three", 8, 3) == ["one two", "three"]
    assert wrapped("one two three four", 8, 2) == ["one two", "three f…"]
    assert wrapped("x" * 30, 8, 2) == ["xxxxxxx…"]
    assert wrapped("", 8, 2) == []
    assert wrapped("one two three", 7, 3) == ["one two", "three"]
    assert wrapped("one two", 4, 1) == ["one…"]


@given(st.text(), st.integers(1, 40))
def test_exactly_so_many_cells(text: str, cells: int) -> None:
    shown = fitted(text, cells)
    assert width(shown) == cells
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in shown)


@given(st.text(min_size=1), st.integers(4, 30), st.integers(1, 4))
def test_never_more_lines_than_asked(text: str, cells: int, most: int) -> None:
    lines = wrapped(text, cells, most)
    assert len(lines) <= most
    assert all(width(line) <= cells for line in lines)
