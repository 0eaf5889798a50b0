"""What business is worth, and what a new stream needs."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from radar_tui.domain.opportunity import (
    PROBABILITY,
    Decision,
    Opportunity,
    OpportunityLine,
    Part,
    needed_by,
    new_stream_lines,
    spares_percent,
    stage_of,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 12, 3)
PART = partial(Part, id="p", sku="RV-1", name="Valve")
BUSINESS = partial(Opportunity, id="o", customer_id="c", kind="spares", title="Spares")
LINE = partial(OpportunityLine, id="l", opportunity_id="o")
decisions = st.sampled_from(["to quote", "agreed", "declined"])


@pytest.mark.parametrize(
    ("decisions", "stage", "probability"),
    [
        ([], "idea", 50),
        (["to quote"], "idea", 50),
        (["agreed", "to quote", "declined"], "quoted", 60),
        (["to quote", "declined"], "idea", 50),
        (["agreed", "declined"], "won", 100),
        (["declined", "declined"], "lost", 0),
    ],
)
def test_the_decisions_make_the_stage(decisions: list[Decision], stage: str, probability: int) -> None:
    found = stage_of(decisions)
    assert found == stage
    assert PROBABILITY[found] == probability


def test_a_quote_is_likelier_than_an_idea() -> None:
    assert PROBABILITY["quoted"] == 60


@pytest.mark.parametrize(
    ("row", "column", "begins", "most"),
    [
        (PART, "unit_price", 0, 10**15),
        (PART, "lead_days", 0, 999),
        (BUSINESS, "probability", 50, 100),
        (LINE, "quantity", 1, 1_000_000),
        (LINE, "unit_price", 0, 10**15),
    ],
)
def test_how_a_number_begins_and_how_far_it_goes(
    row: Callable[..., object], column: str, begins: int, most: int
) -> None:
    assert getattr(row(), column) == begins
    for allowed in (0, most):
        assert getattr(row(**{column: allowed}), column) == allowed
    for refused in (-1, most + 1):
        with pytest.raises(ValidationError, match=column):
            row(**{column: refused})


def test_a_line_is_worth_no_more_than_can_be_added_up() -> None:
    assert value([(2, LINE(quantity=2, unit_price=10**15 // 2).unit_price, "agreed")]) == 10**15
    with pytest.raises(ValidationError, match="more than any business"):
        LINE(quantity=2, unit_price=10**15 // 2 + 1)
    line = LINE(quantity=2, unit_price=10**15 // 2)
    assert OpportunityLine.model_validate(line.columns()) == line


def test_declined_lines_are_worth_nothing() -> None:
    assert value([(2, 43_000, "to quote"), (1, 124_000, "agreed"), (9, 99_900, "declined")]) == 210_000
    assert value([]) == 0


def test_a_new_stream_of_125_widgets() -> None:
    lines = new_stream_lines(125, 1, 10)
    assert [(line.kind, line.quantity) for line in lines] == [
        ("replacement", 125),
        ("housing", 1),
        ("spares", 13),
    ]


def test_what_is_not_needed_has_no_line() -> None:
    assert [line.kind for line in new_stream_lines(4, 0, 0)] == ["replacement"]
    assert new_stream_lines(0, 0, 10) == []


@pytest.mark.parametrize(
    ("widgets", "spares", "percent"),
    [
        *[(125, 13, 10), (10, 1, 10), (15, 2, 10), (3, 1, 10), (100, 7, 7), (4, 0, 0)],
        # Roundest first: 30 before 25 before 21; 1,000 % is the most.
        *[(10, 3, 30), (20, 5, 25), (1, 10, 910), (4, 40, 980), (1, 11, 0)],
    ],
)
def test_the_share_of_spares_reads_as_it_was_typed(widgets: int, spares: int, percent: int) -> None:
    assert spares_percent(widgets, spares) == percent


@given(st.integers(1, 5000), st.integers(0, 100))
def test_the_share_of_spares_makes_the_same_spares_again(widgets: int, percent: int) -> None:
    quantities = {line.kind: line.quantity for line in new_stream_lines(widgets, 0, percent)}
    spares = quantities.get("spares", 0)
    again = {
        line.kind: line.quantity for line in new_stream_lines(widgets, 0, spares_percent(widgets, spares))
    }
    assert again.get("spares", 0) == spares
    assert spares * 100 >= widgets * percent > (spares - 1) * 100


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 10**7), decisions)))
def test_agreeing_or_declining_moves_the_value_one_way(lines: list[tuple[int, int, Decision]]) -> None:
    agreed = value((quantity, price, "agreed") for quantity, price, _ in lines)
    declined = value((quantity, price, "declined") for quantity, price, _ in lines)
    assert declined == 0 <= value(lines) == value(lines[::-1]) <= agreed


@pytest.mark.parametrize(
    ("lead", "cadence", "days"),
    [
        (12, 90, 83),  # a week before the cadence ends
        (120, 90, 120),  # no sooner than it can be there
        (0, 3, 1),  # never today
    ],
)
def test_spares_are_there_before_the_next_visit(lead: int, cadence: int, days: int) -> None:
    assert needed_by(TODAY, lead, cadence) == TODAY + timedelta(days=days)
