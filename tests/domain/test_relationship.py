"""Who knows whom: one formula, empty pairs first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.relationship import (
    Colleague,
    Link,
    counterpart_for,
    counterpart_map,
    coverage,
    function_grid,
)

TODAY = date(2026, 12, 3)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
DAYS = st.sampled_from([None, YESTERDAY, TODAY, TOMORROW])


def link(**known: object) -> Link:
    return Link(**{"contact_id": "c", "contact": "Zoe", "function": "payables", "colleague_id": "o", **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "bond"),
    [
        ({"colleague_id": None}, "nobody"),
        ({}, "not met"),
        ({"met_on": TODAY}, "met"),
        ({"met_on": TOMORROW}, "not met"),
        ({"met_on": YESTERDAY, "colleague_left_on": TODAY}, "nobody"),
        ({"met_on": YESTERDAY, "colleague_left_on": TOMORROW}, "met"),
    ],
)
def test_how_a_pair_stands(known: dict[str, object], bond: str) -> None:
    assert link(**known).bond(TODAY) == bond


def test_who_left_does_not_count() -> None:
    links = [link(met_on=TODAY), link(contact_id="d"), link(contact_id="e", met_on=TODAY, left_on=TODAY)]
    assert coverage(links, TODAY) == (1, 2)
    assert coverage([], TODAY) == (0, 0)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            link,
            contact_id=st.sampled_from("abc"),
            colleague_id=st.sampled_from([None, "o", "p"]),
            left_on=st.none(),
            colleague_left_on=DAYS,
            met_on=DAYS,
        )
    )
)
def test_the_map_shows_everybody_the_empty_pairs_first(links: list[Link]) -> None:
    shown = counterpart_map(links, TODAY)
    bonds = [one.bond(TODAY) for one in shown]
    assert bonds == sorted(bonds, key=("nobody", "not met", "met").index)
    assert {one.contact_id for one in shown} == {one.contact_id for one in links}
    assert len({(one.contact_id, one.colleague_id) for one in shown}) == len(shown)
    # Two rows of one pair (made on two laptops) may differ in their day: the map shows one of them.
    if len({(one.contact_id, one.colleague_id) for one in links}) == len(links):
        assert coverage(shown, TODAY) == coverage(links, TODAY)


def test_their_payables_our_receivables() -> None:
    ours = [
        Colleague(id="1", name="Bo", function="Receivables"),
        Colleague(id="2", name="Al", function="receivables", left_on=TODAY),
        Colleague(id="3", name="Cy", function="workshop"),
    ]
    found = counterpart_for(" Payables", ours, TODAY)
    assert found is not None
    assert found.name == "Bo"
    assert counterpart_for("", ours, TODAY) is None
    assert counterpart_for("choir", ours, TODAY) is None


def test_functions_of_theirs_by_ours() -> None:
    links = [
        link(met_on=TODAY, our_function="Receivables", function=" Payables"),
        link(contact_id="d", our_function="receivables"),
        link(contact_id="d", colleague_id="p", our_function="sales", met_on=TODAY),
        link(contact_id="e", colleague_id=None, function="it"),
        link(contact_id="f", colleague_id="q", colleague_left_on=TODAY, function="it"),
    ]
    grid = function_grid(links, TODAY)
    assert grid.theirs == ["it", "payables"], "where nobody is known first"
    assert grid.ours == ["receivables", "sales"]
    assert grid.pairs == {("payables", "receivables"): (1, 2), ("payables", "sales"): (1, 1)}
    assert grid.nobody == {"it": 2}
