"""How far the figures and codes of a customer, a contact and a benchmark go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from radar_tui.domain.customer import Benchmark, Contact, Customer

if TYPE_CHECKING:
    from collections.abc import Callable

CUSTOMER = partial(Customer, id="c", name="Aurora")
CONTACT = partial(Contact, id="p", customer_id="c", name="Paolo")
BENCHMARK = partial(Benchmark, id="b", market_id="m", nps=24.0, source="s", year=2026)


def test_how_a_customer_begins() -> None:
    assert (CUSTOMER().cadence_days, CUSTOMER().annual_value) == (90, 0)


@pytest.mark.parametrize(
    ("row", "column", "allowed", "refused"),
    [
        (CUSTOMER, "cadence_days", (1, 999), (0, 1000)),
        (CUSTOMER, "annual_value", (0, 10**15), (-1,)),
        (BENCHMARK, "nps", (-100, 100), (-100.1, 100.1)),
        (BENCHMARK, "year", (1990, 2200), (1989, 2201)),
        (CUSTOMER, "currency", ("EUR", "USD"), ("EU", "EURO", "E1R", "")),
        (CONTACT, "language", ("it", "de"), ("ita", "i", "1t", "")),
    ],
)
def test_how_far_a_value_goes(
    row: Callable[..., object], column: str, allowed: tuple[object, ...], refused: tuple[object, ...]
) -> None:
    for value in allowed:
        assert getattr(row(**{column: value}), column) == value
    for value in refused:
        with pytest.raises(ValidationError, match=column):
            row(**{column: value})


def test_codes_are_written_one_way() -> None:
    assert CUSTOMER(currency="eur").currency == "EUR"
    assert CONTACT(language="IT").language == "it"
