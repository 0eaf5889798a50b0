"""Cells fit exactly and stay data."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from radar_tui.ui.widgets.cells import fitted, parts_of


def text_of(parts: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in parts)


@given(st.text(max_size=60), st.integers(1, 40), st.booleans())
def test_any_text_fits_exactly(text: str, width: int, right: bool) -> None:
    assert cell_len(text_of(fitted(text, width, right=right))) == width


@given(
    st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["", "muted"])), max_size=4), st.integers(1, 30)
)
def test_several_parts_fit_exactly(parts: list[tuple[str, str]], width: int) -> None:
    assert cell_len(text_of(fitted(parts, width))) == width


@given(st.text(max_size=60))
def test_no_control_character_is_left(text: str) -> None:
    painted = text_of(parts_of(text))
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in painted)


def test_markup_stays_as_typed() -> None:
    assert text_of(fitted("[red]x[/]", 9)) == "[red]x[/]"


def test_numbers_stand_right_and_what_is_cut_says_so() -> None:
    assert text_of(fitted("42", 5, right=True)) == "   42"
    assert text_of(fitted("Nordhavn Logistics", 8)) == "Nordhav…"
