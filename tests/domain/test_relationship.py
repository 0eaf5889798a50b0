"""Who knows whom: one formula, empty pairs first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.relationship import (
    Colleague,
    Counterpart,
    Link,
    counterpart_for,
    counterpart_map,
    coverage,
    function_grid,
    to_introduce,
    unknown_functions,
)
from radar_tui.errors import RadarError

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
    assert coverage([link(), link(contact_id="d"), link(contact_id="e", met_on=TODAY)], TODAY) == (1, 3)


def test_of_two_rows_of_one_pair_the_one_that_met_last_stands() -> None:
    rows = [link(), link(met_on=YESTERDAY), link(met_on=TODAY), link(met_on=TOMORROW)]
    for links in (rows, rows[::-1]):
        assert counterpart_map(links, TODAY) == [link(met_on=TODAY)]


def test_whom_we_have_not_seen_for_longest_comes_first() -> None:
    known = [link(contact_id=id, met_on=day) for id, day in (("c", TODAY), ("a", None), ("b", YESTERDAY))]
    assert [one.contact_id for one in counterpart_map(known, TODAY)] == ["a", "b", "c"]
    planned = [link(contact_id="b", met_on=TOMORROW), link(contact_id="c", met_on=None)]
    assert [one.contact_id for one in counterpart_map(planned, TODAY)] == ["b", "c"]


@settings(max_examples=50)
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


BO = Colleague(id="1", name="Bo", function="Receivables")
CY = Colleague(id="3", name="Cy", function="workshop")
GONE = Colleague(id="2", name="Al", function="quality", left_on=TODAY)


def pair(colleague: str, met_on: date | None = None) -> Counterpart:
    return Counterpart(id=f"{colleague}{met_on}", contact_id="c", colleague_id=colleague, met_on=met_on)


@pytest.mark.parametrize(
    ("pairs", "next_one"),
    [
        ([], BO),  # whoever fits
        ([pair("3")], CY),  # a counterpart first
        ([pair("3", TOMORROW)], CY),
        ([pair("1", TODAY), pair("3")], CY),
        ([pair("2")], BO),  # who left is no counterpart
        ([pair("2", TODAY)], BO),
    ],
)
def test_whom_to_introduce(pairs: list[Counterpart], next_one: Colleague) -> None:
    assert to_introduce("Zoe", "payables", pairs, [BO, GONE, CY], TODAY) == next_one


@pytest.mark.parametrize(
    ("function", "pairs", "said"),
    [
        ("payables", [pair("1", TODAY)], "Zoe knows Bo already."),
        ("payables", [pair("1", YESTERDAY), pair("1"), pair("3", TODAY)], "Zoe knows Bo, Cy already."),
        ("choir", [], "Nobody of ours fits choir."),
        ("", [], "Nobody of ours fits Zoe."),
    ],
)
def test_nobody_to_introduce(function: str, pairs: list[Counterpart], said: str) -> None:
    with pytest.raises(RadarError) as raised:
        to_introduce("Zoe", function, pairs, [BO, GONE, CY], TODAY)
    assert raised.value.message == said


def test_the_widest_gaps_of_a_map() -> None:
    links = [link(), link(function="Production", left_on=TODAY), link(function="choir")]
    assert unknown_functions(links, [BO, GONE, CY], TODAY) == ["maintenance", "production", "quality"]
    assert unknown_functions([], [GONE, BO], TODAY) == ["payables"]
    assert BO.direct_contact is False


def test_functions_of_theirs_by_ours() -> None:
    links = [
        link(met_on=TODAY, our_function="Receivables", function=" Payables"),
        link(contact_id="d", our_function="receivables"),
        link(contact_id="d", colleague_id="p", our_function="sales", met_on=TODAY),
        link(contact_id="e", colleague_id=None, function="it"),
        link(contact_id="f", colleague_id="q", colleague_left_on=TODAY, function="it"),
        link(contact_id="g", colleague_id=None, function="quality"),
    ]
    grid = function_grid(links, TODAY)
    assert grid.theirs == ["it", "quality", "payables"], "where nobody is known first"
    assert grid.ours == ["receivables", "sales"]
    assert grid.pairs == {("payables", "receivables"): (1, 2), ("payables", "sales"): (1, 1)}
    assert grid.nobody == {"it": 2, "quality": 1}
