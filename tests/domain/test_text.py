"""Whatever is typed or imported is data: it neither moves the cursor nor loses a letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.text import block, figure, fold, one_line, plural, short_figure


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme [/x]", "Acme [/x]"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\r\nb\nc\td", "a b c d"),
        ("bell\x07 del\x7f c1\x9b", "bell␇ del␡ c1\ufffd"),
        ("abc\u202edef", "abcdef"),
        ("a\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069b", "ab"),
        ("שלום 👩‍🔧", "שלום 👩‍🔧"),
        ("half\ud800", "half?"),
        ("a\u2028b\u2029c\rd", "a b c d"),
        ("\x80 \x9f \xa0", "\ufffd \ufffd \xa0"),
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
    ("value", "words", "short"),
    [
        (99.95, "99.95", "99.95"),
        (1240, "1,240", "1,240"),
        (-0.00001, "0", "0"),
        (0.004, "0.004", "0.004"),
        (1234.56, "1,234.56", "1,234.6"),
        (12345.678, "12,345.68", "12,346"),
        (-123456, "-123,456", "-123k"),
        (1234567, "1,234,567", "1.23M"),
        (1, "1", "1"),
        (1.2345, "1.23", "1.23"),
        (-123.45, "-123.45", "-123.45"),
        (1e6, "1,000,000", "1M"),
        (1e9, "1,000,000,000", "1G"),
        (1e12, "1,000,000,000,000", "1T"),
        (-999_999.6, "-999,999.6", "-1M"),
        (999_999_999_999, "999,999,999,999", "1T"),
        (999_999_999_999_999, "999,999,999,999,999", "1e+15"),
        (1e15, "1e+15", "1e+15"),
        (1e16, "1e+16", "1e+16"),
        (float("-inf"), "-inf", "-inf"),
    ],
)
def test_a_reading_is_told_as_it_was_written(value: float, words: str, short: str) -> None:
    assert (figure(value), short_figure(value)) == (words, short)


@given(st.floats())
def test_a_short_figure_fits(value: float) -> None:
    assert 0 < len(short_figure(value)) <= 7


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("muller", "Müller"), ("sodra", "SÖDRA"), ("strasse", "Straße"), ("aurora", "Aurora")],
)
def test_folding_forgives_case_and_accents(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)
