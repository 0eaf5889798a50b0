"""Whatever is typed or imported is data: it neither moves the cursor nor loses a letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.text import block, fold, one_line, plural


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme [/x]", "Acme [/x]"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\r\nb\nc\td", "a b c d"),
        ("bell\x07 del\x7f c1\x9b", "bell␇ del␡ c1\ufffd"),
        ("abc\u202edef", "abcdef"),
        ("שלום 👩‍🔧", "שלום 👩‍🔧"),
        ("half\ud800", "half?"),
        ("a\u2028b", "a b"),
    ],
)
def test_one_line_shows_controls_and_keeps_the_rest(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_block_keeps_its_line_breaks() -> None:
    assert block("a\r\nb\rc\n\td\x1b") == "a\nb\nc\n    d␛"


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_that_steers_a_terminal_survives(text: str) -> None:
    line = one_line(text)
    assert not [letter for letter in line if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [letter for letter in block(text) if unicodedata.category(letter) == "Cc" and letter != "\n"]
    assert one_line(line) == line


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_letters_digits_and_signs_stay(text: str) -> None:
    assert one_line(text) == text == block(text)


def test_counts_in_words() -> None:
    assert [plural(0, "item"), plural(1, "item"), plural(1_240, "item")] == [
        "0 items",
        "1 item",
        "1,240 items",
    ]
    assert plural(2, "opportunity", "opportunities") == "2 opportunities"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("muller", "Müller"), ("sodra", "SÖDRA"), ("strasse", "Straße"), ("aurora", "Aurora")],
)
def test_folding_forgives_case_and_accents(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)
