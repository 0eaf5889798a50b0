"""Amounts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.money import money, parse_money, plain_money


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (124_000, "EUR", "€ 1,240"),
        (1_250, "EUR", "€ 12.50"),
        (5, "USD", "$ 0.05"),
        (0, "EUR", "€ 0"),
        (-300, "EUR", "−€ 3"),
        (-1_240, "JPY", "−¥ 1,240"),
        (1_240, "JPY", "¥ 1,240"),
        (123_456_789, "SEK", "SEK 1,234,567.89"),
        (5_000, "GBP", "£ 50"),
        *((1_240, code, f"{code} 1,240") for code in ("KRW", "VND", "CLP", "ISK")),
    ],
)
def test_an_amount_reads_as_people_write_it(amount: int, currency: str, words: str) -> None:
    assert money(amount, currency) == words


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1240", 124_000),
        ("1,240", 124_000),
        ("1.240", 124_000),
        ("1.240,50", 124_050),
        ("1,240.5", 124_050),
        ("1 240,50", 124_050),
        ("1\u00a0240\u202f", 124_000),
        ("1'240.-", 124_000),
        ("1’240.50", 124_050),
        ("€ 12.5", 1_250),
        ("12,50 €", 1_250),
        ("EUR 12", 1_200),
        ("1,234,567.89", 123_456_789),
        (".5", 50),
        ("-0.50", -50),
        ("−€ 3", -300),
        ("€ -3", -300),
        ("007", 700),
    ],
)
def test_what_people_type_is_understood(text: str, amount: int) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "€",
        "abc",
        "12abc4",
        "1e5",
        "1.2.3",
        "1,24,0",
        "1.2345",
        "12-5",
        "--3",
        "²",
        "1,240.501",
        "٣",
        "=1+1",
        "9" * 5000,
    ],
)
def test_what_could_be_misread_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match="an amount"):
        parse_money(text)


def test_a_currency_without_cents_takes_whole_amounts_only() -> None:
    assert parse_money("1,240", "JPY") == 1_240
    with pytest.raises(ValueError, match="JPY has none"):
        parse_money("12.5", "JPY")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "SEK", "CHF", "USD"]))
def test_what_is_shown_may_be_typed_back(amount: int, currency: str) -> None:
    assert parse_money(money(amount, currency), currency) == amount
    assert parse_money(plain_money(amount, currency), currency) == amount


def test_a_field_begins_with_the_plain_amount() -> None:
    plain = [plain_money(amount, "EUR") for amount in (0, 5, 124_000, -1_250)]
    assert plain == ["0", "0.05", "1240", "-12.50"]
    assert plain_money(-1_240, "JPY") == "-1240"


def test_an_amount_has_thirteen_digits_at_most() -> None:
    assert parse_money("9" * 13) == 10**15 - 100
    with pytest.raises(ValueError, match="an amount"):
        parse_money("9" * 14)
