"""Lines, decisions and new streams on a real file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.company import Filters
from radar_tui.domain.opportunity import Opportunity, OpportunityLine
from radar_tui.domain.row import MOST
from radar_tui.errors import RadarError
from radar_tui.store.facts.derived import known
from radar_tui.store.lists.company_value import found_on_visits
from radar_tui.store.lists.customer import CustomerLists

if TYPE_CHECKING:
    from radar_tui.domain.opportunity import Decision, OpportunityKind
    from tests.store.conftest import Plant


def spares(plant: Plant, *items: str) -> list[str]:
    """Grade items deteriorating; the ids of their lines."""
    for item in items:
        plant.store.finding.grade(plant.visit.id, item, "deteriorating")
    return [line.id for line in plant.store.opportunity.lines_of(plant.visit.id, "spares")]


def only(plant: Plant) -> Opportunity:
    [opportunity] = plant.store.opportunity.where()
    return opportunity


@pytest.mark.parametrize(
    ("first", "second", "stage", "probability"),
    [
        ("to quote", "agreed", "quoted", 60),
        ("declined", "to quote", "idea", 50),
        ("agreed", "agreed", "won", 100),
        ("agreed", "declined", "won", 100),
        ("declined", "declined", "lost", 0),
    ],
)
def test_stage_and_probability_follow_the_decisions(
    plant: Plant, first: Decision, second: Decision, stage: str, probability: int
) -> None:
    one, two = spares(plant, "W-1", "W-2")
    plant.store.opportunity.set_decision(one, first)
    plant.store.opportunity.set_decision(two, second)
    assert (only(plant).stage, only(plant).probability) == (stage, probability)


def test_a_new_line_opens_what_was_won(plant: Plant) -> None:
    [line] = spares(plant, "W-1")
    plant.store.opportunity.set_decision(line, "agreed")
    spares(plant, "W-2")
    assert only(plant).stage == "quoted"


def test_what_was_quoted_stays_quoted_and_a_probability_given_stays(plant: Plant) -> None:
    [line] = spares(plant, "W-1")
    plant.store.opportunity.save(only(plant).model_copy(update={"stage": "quoted", "probability": 80}))
    plant.store.opportunity.set_quantity(line, 5)
    assert (only(plant).stage, only(plant).probability) == ("quoted", 80)
    plant.store.opportunity.set_decision(line, "agreed")
    assert (only(plant).stage, only(plant).probability) == ("won", 100)


def test_found_today_counts_what_was_not_declined(plant: Plant) -> None:
    assert plant.store.opportunity.found_today(plant.visit.id) == {}
    one, _ = spares(plant, "W-1", "W-2")
    plant.store.finding.grade(plant.visit.id, "W-3", "unserviceable")
    plant.store.opportunity.set_decision(one, "declined")
    assert plant.store.opportunity.found_today(plant.visit.id) == {
        "spares": (1, 43_000),
        "replacement": (1, 0),
    }


def test_a_part_added_by_hand_keeps_the_opportunity(plant: Plant) -> None:
    spares(plant, "W-1")
    added = plant.store.opportunity.add_line(plant.visit.id, "spares", "set", 4)
    plant.store.finding.grade(plant.visit.id, "W-1", "serviceable")
    [line] = plant.store.opportunity.lines_of(plant.visit.id, "spares")
    assert (line.id, line.quantity, line.value, line.tag) == (added, 4, 172_000, "")
    plant.store.opportunity.remove_line(added)
    assert plant.store.opportunity.where() == []


def test_an_opportunity_made_by_hand_outlives_its_last_line(plant: Plant) -> None:
    business = plant.store.opportunity
    business.save(Opportunity(id="o", customer_id="aurora", kind="service", title="Inspection contract"))
    business.save_line(OpportunityLine(id="l", opportunity_id="o", unit_price=100))
    business.remove_line("l")
    assert only(plant).id == "o"


def stream(plant: Plant, widgets: int = 125) -> str:
    return plant.store.opportunity.new_stream(
        plant.visit.id, "Tissue line 3", model="RX-40", widgets=widgets, housings=1, percent=10
    )


def test_a_new_stream_is_worth_its_widgets_housing_and_spares(plant: Plant) -> None:
    id = stream(plant)
    [offer] = plant.store.opportunity.new_streams(plant.visit.id)
    worth = (125 + 13) * 124_000 + 310_000
    assert (offer.opportunity_id, offer.name, offer.model) == (id, "Tissue line 3", "RX-40")
    assert (offer.widgets, offer.housings, offer.spares, offer.spares_percent) == (125, 1, 13, 10)
    assert (offer.value, offer.currency, offer.stage) == (worth, "EUR", "idea")
    assert plant.store.opportunity.found_today(plant.visit.id) == {"new stream": (1, worth)}
    assert plant.store.opportunity.new_stream_value("RX-40", 125, 1, 10) == worth
    [planned] = plant.store.stream.where()
    assert (planned.name, planned.status, planned.id) == ("Tissue line 3", "planned", only(plant).stream_id)


def test_changing_a_new_stream_keeps_decisions_and_agreed_prices(plant: Plant) -> None:
    id, business = stream(plant), plant.store.opportunity
    for line in business.lines_of(plant.visit.id, "new stream"):
        changed = business.lines.get(line.id).model_copy(update={"decision": "agreed"})
        if line.quantity == 125:
            changed = changed.model_copy(update={"unit_price": 100_000})
        business.save_line(changed)
    assert only(plant).stage == "won"
    business.change_new_stream(id, "Line 3", model="RX-40", widgets=100, housings=0, percent=10)
    [offer] = business.new_streams(plant.visit.id)
    assert (offer.name, offer.widgets, offer.housings, offer.spares) == ("Line 3", 100, 0, 10)
    assert offer.value == 100 * 100_000 + 10 * 124_000
    assert offer.stage == "won"
    assert [row.name for row in plant.store.stream.where()] == ["Line 3"]


def test_another_model_has_other_prices(plant: Plant) -> None:
    id = stream(plant)
    plant.store.opportunity.change_new_stream(id, "Line 3", model="RX-60", widgets=2, housings=1, percent=0)
    [offer] = plant.store.opportunity.new_streams(plant.visit.id)
    assert (offer.model, offer.value) == ("RX-60", 0)


def test_a_new_stream_taken_back_leaves_nothing(plant: Plant) -> None:
    plant.store.opportunity.drop_new_stream(stream(plant))
    counted = "SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM opportunity_line), (SELECT count(*) FROM stream)"
    assert tuple(plant.store.row(counted.format("opportunity"))) == (0, 0, 0)


def test_a_new_stream_is_noted_all_or_none(plant: Plant) -> None:
    with pytest.raises(ValueError, match="quantity"):
        stream(plant, widgets=2_000_000)
    assert plant.store.opportunity.where() == []
    assert plant.store.stream.where() == []


def test_a_new_stream_stands_again_as_it_stood(plant: Plant) -> None:
    id = stream(plant)
    business = plant.store.opportunity
    before = business.stream_as_it_stands(id)
    business.change_new_stream(id, "Other", model="RX-60", widgets=1, housings=0, percent=0)
    business.put_stream_back(before)
    assert business.stream_as_it_stands(id) == before
    assert [row.name for row in plant.store.stream.where()] == [before.opportunities[0].title]


def test_a_price_in_another_currency_is_left_open(plant: Plant) -> None:
    business = plant.store.opportunity
    business.add_line(plant.visit.id, "spares", "franc", 2)
    [line] = business.lines_of(plant.visit.id, "spares")
    assert (line.currency, line.unit_price) == ("EUR", 0)


def test_lines_stay_in_the_currency_that_they_began_in(plant: Plant) -> None:
    spares(plant, "W-1")
    aurora = plant.store.customer.get("aurora")
    plant.store.customer.save(aurora.model_copy(update={"currency": "CHF"}))
    spares(plant, "W-2")
    lines = plant.store.opportunity.lines_of(plant.visit.id, "spares")
    assert {(line.currency, line.unit_price) for line in lines} == {("EUR", 43_000)}


def test_no_line_is_worth_more_than_the_database_can_add_up(plant: Plant) -> None:
    [line] = spares(plant, "W-1")
    business = plant.store.opportunity
    dear = business.lines.get(line).model_copy(update={"unit_price": MOST // 1000})
    business.save_line(dear)
    business.set_quantity(line, 1000)
    with pytest.raises(RadarError, match="more than a line can hold"):
        business.set_quantity(line, 1001)
    with pytest.raises(RadarError, match="more than a line can hold"):
        business.set_quantity(line, 2_000_000)
    assert business.lines.get(line).quantity == 1000
    assert business.found_today(plant.visit.id)["spares"] == (1, MOST)


def standing(plant: Plant, visit: str, kind: OpportunityKind = "spares") -> list[tuple[str, Decision, bool]]:
    """The lines on a visit: item, decision, and whether each is from before."""
    rows = plant.store.opportunity.lines_of(visit, kind)
    return [(row.tag, row.decision, row.since is not None) for row in rows]


def deteriorating(plant: Plant, days_ago: int, item: str = "W-1") -> tuple[str, str]:
    """An earlier visit that found an item so, and the line that it made."""
    visit = plant.earlier_visit(days_ago)
    plant.store.finding.grade(visit.id, item, "deteriorating")
    [line] = plant.store.opportunity.lines_of(visit.id, "spares")
    return visit.id, line.id


def test_what_is_still_to_quote_is_carried_to_the_next_visit_and_not_doubled(plant: Plant) -> None:
    july, line = deteriorating(plant, 140)
    assert standing(plant, plant.visit.id) == []
    spares(plant, "W-1", "W-2")
    assert standing(plant, plant.visit.id) == [("W-1", "to quote", True), ("W-2", "to quote", False)]
    assert plant.store.opportunity.found_today(plant.visit.id) == {"spares": (1, 43_000)}
    # Decided today, it stays where it was found, and is read on both visits.
    plant.store.opportunity.set_decision(line, "agreed")
    assert plant.store.opportunity.lines.get(line).decided_on == plant.store.clock().date()
    assert standing(plant, plant.visit.id)[0] == ("W-1", "agreed", True)
    plant.store.opportunity.set_decision(line, "declined")
    assert standing(plant, plant.visit.id)[0] == ("W-1", "declined", True)
    plant.store.opportunity.set_decision(line, "agreed")
    assert standing(plant, july) == [("W-1", "agreed", False)]
    plant.store.finding.grade(plant.visit.id, "W-1", "serviceable")
    assert standing(plant, plant.visit.id) == [("W-2", "to quote", False)]


def test_what_was_answered_is_asked_for_anew(plant: Plant) -> None:
    then = date(2026, 8, 1)
    _, declined = deteriorating(plant, 140, "W-1")
    _, agreed = deteriorating(plant, 139, "W-2")
    _, left = deteriorating(plant, 138, "W-3")
    lines = plant.store.opportunity.lines
    lines.save(lines.get(declined).decided("declined", then))
    lines.save(lines.get(agreed).decided("agreed", then))
    lines.save(lines.get(left).decided("to quote", then))
    late = plant.store.opportunity.lines.where("item_id = 'W-2'")[0]
    plant.store.opportunity.change_line(late, late.model_copy(update={"needed_by": date(2027, 1, 8)}))
    refitted = plant.store.item.get("W-3")
    plant.store.item.save(refitted.model_copy(update={"refurbished_on": date(2026, 9, 1)}))
    spares(plant, "W-1", "W-2", "W-3")
    # Declined, agreed and not there yet, and of an item that was another one.
    assert standing(plant, plant.visit.id) == [
        ("W-1", "to quote", False),
        ("W-2", "agreed", True),
        ("W-3", "to quote", False),
    ]


def test_a_part_that_is_still_to_quote_is_not_added_twice(plant: Plant) -> None:
    earlier = plant.earlier_visit(100)
    plant.store.opportunity.add_line(earlier.id, "spares", "any", 4)
    assert standing(plant, plant.visit.id) == [("", "to quote", True)]
    with pytest.raises(RadarError, match="Bolts stands here already"):
        plant.store.opportunity.add_line(plant.visit.id, "spares", "any", 2)


def test_a_decision_taken_back_leaves_line_and_opportunity_as_they_were(plant: Plant) -> None:
    one, _ = spares(plant, "W-1", "W-2")
    before = plant.store.opportunity.set_decision(one, "agreed")
    assert (only(plant).stage, only(plant).probability) == ("quoted", 60)
    plant.store.opportunity.put_line_back(before)
    assert (only(plant).stage, only(plant).probability) == ("idea", 50)
    assert plant.store.opportunity.lines.get(one).decided_on is None


def test_only_what_was_agreed_is_won(plant: Plant) -> None:
    one, two = spares(plant, "W-1", "W-2")
    plant.store.opportunity.set_quantity(two, 3)
    plant.store.opportunity.set_decision(one, "agreed")
    plant.store.opportunity.save(only(plant).model_copy(update={"stage": "won", "probability": 100}))
    plant.store.customer.save(plant.store.customer.get("aurora").model_copy(update={"annual_value": 430_000}))
    today, lists = plant.store.clock().date(), CustomerLists(plant.store, "aurora")
    assert lists.pipeline() == {"won": [(1, 43_000, "EUR")], "quoted": [(1, 129_000, "EUR")]}
    [row] = lists.opportunities(0, 9)
    assert (row.value, row.open) == (43_000, 129_000)
    assert known(plant.store, "orders", "aurora", today, 365).value == 10
    [quarter] = found_on_visits(plant.store, today, Filters())
    assert (quarter.won, quarter.value) == (43_000, 172_000)
