"""A verdict and the business that follows from it, in one transaction on a real file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from radar_tui.domain.integrity import Verdict
    from tests.store.conftest import Plant


def lines(plant: Plant) -> dict[str, list[tuple[str, int, int, str]]]:
    """Kind to its lines on the visit: tag, quantity, unit price, decision."""
    found = {
        kind: plant.store.opportunity.lines_of(plant.visit.id, kind) for kind in ("replacement", "spares")
    }
    return {
        kind: [(row.tag, row.quantity, row.unit_price, row.decision) for row in rows]
        for kind, rows in found.items()
        if rows
    }


def opportunities(plant: Plant) -> int:
    return int(plant.store.row("SELECT count(*) FROM opportunity")[0])


def test_a_verdict_is_on_the_disk_when_it_returns(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "serviceable", note="seat worn")
    with Store.open(plant.store.path) as other:
        found = other.finding.get(fact_id("finding", plant.visit.id, "W-1"))
    assert (found.verdict, found.note, found.found_at) == ("serviceable", "seat worn", plant.store.clock())


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("serviceable", {}),
        ("not inspected", {}),
        ("unserviceable", {"replacement": [("W-1", 1, 124_000, "to quote")]}),
        ("deteriorating", {"spares": [("W-1", 1, 43_000, "to quote")]}),
    ],
)
def test_the_verdict_makes_the_line(
    plant: Plant, verdict: Verdict, expected: dict[str, list[tuple[str, int, int, str]]]
) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", verdict)
    assert lines(plant) == expected
    assert opportunities(plant) == len(expected)


@pytest.mark.parametrize("item", ["W-3", "W-4"])
def test_without_a_price_in_the_customers_currency_there_is_none(plant: Plant, item: str) -> None:
    plant.store.finding.grade(plant.visit.id, item, "unserviceable")
    assert lines(plant) == {"replacement": [(item, 1, 0, "to quote")]}


def test_spares_are_needed_before_the_next_visit(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "deteriorating")
    [line] = plant.store.opportunity.lines_of(plant.visit.id, "spares")
    assert line.needed_by == date(2026, 12, 3) + timedelta(days=83)


def test_another_verdict_moves_the_line(plant: Plant) -> None:
    for verdict in ("unserviceable", "deteriorating"):
        plant.store.finding.grade(plant.visit.id, "W-1", verdict)
    assert list(lines(plant)) == ["spares"]
    assert opportunities(plant) == 1


def test_a_verdict_taken_back_leaves_nothing(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "unserviceable")
    plant.store.finding.grade(plant.visit.id, "W-1", None)
    assert lines(plant) == {}
    assert opportunities(plant) == 0
    assert plant.store.finding.graded(plant.visit.id) == (0, 4)


def test_the_same_verdict_again_keeps_what_the_customer_decided(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "deteriorating", note="seat worn")
    [line] = plant.store.opportunity.lines_of(plant.visit.id, "spares")
    plant.store.opportunity.set_quantity(line.id, 3)
    plant.store.opportunity.set_decision(line.id, "agreed")
    plant.store.finding.grade(plant.visit.id, "W-1", "deteriorating")
    assert lines(plant) == {"spares": [("W-1", 3, 43_000, "agreed")]}
    found = plant.store.finding.of(plant.visit.id, "W-1")
    assert found is not None
    assert found.note == "seat worn"


def test_one_item_leaves_the_lines_of_the_others(plant: Plant) -> None:
    for item in ("W-1", "W-2"):
        plant.store.finding.grade(plant.visit.id, item, "unserviceable")
    plant.store.finding.grade(plant.visit.id, "W-1", "serviceable")
    assert lines(plant) == {"replacement": [("W-2", 1, 124_000, "to quote")]}


def test_undo_brings_back_note_quantity_and_decision(plant: Plant) -> None:
    findings, business = plant.store.finding, plant.store.opportunity
    findings.grade(plant.visit.id, "W-1", "unserviceable", note="cracked")
    [line] = business.lines_of(plant.visit.id, "replacement")
    business.set_quantity(line.id, 2)
    business.set_decision(line.id, "agreed")
    before = findings.of(plant.visit.id, "W-1"), lines(plant), business.where()
    for verdict in ("serviceable", "deteriorating", None):
        undo = findings.grade(plant.visit.id, "W-1", verdict)
        findings.put_back(undo)
        assert (findings.of(plant.visit.id, "W-1"), lines(plant), business.where()) == before


def test_undo_of_the_first_verdict_leaves_nothing(plant: Plant) -> None:
    plant.store.finding.put_back(plant.store.finding.grade(plant.visit.id, "W-1", "unserviceable"))
    assert plant.store.finding.graded(plant.visit.id) == (0, 4)
    assert opportunities(plant) == 0


def test_the_rest_is_serviceable_and_comes_back_at_once(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "unserviceable")
    undo = plant.store.finding.grade_rest(plant.visit.id, ["W-1", "W-2", "W-3", "W-4"], "serviceable")
    assert plant.store.finding.counted(plant.visit.id) == {"serviceable": 3, "unserviceable": 1}
    plant.store.finding.put_back(*undo)
    assert plant.store.finding.counted(plant.visit.id) == {"unserviceable": 1}
    assert list(lines(plant)) == ["replacement"]


def test_the_rest_is_graded_all_or_none(plant: Plant) -> None:
    with pytest.raises(Exception, match="refused"):
        plant.store.finding.grade_rest(plant.visit.id, ["W-1", "no such item"], "serviceable")
    assert plant.store.finding.graded(plant.visit.id) == (0, 4)


def test_the_report_shows_the_verdicts_of_earlier_visits(plant: Plant) -> None:
    verdicts: list[Verdict] = ["serviceable", "serviceable", "deteriorating", "serviceable", "deteriorating"]
    for days_ago, verdict in zip((450, 360, 270, 180, 90), verdicts, strict=True):
        visit, clock = plant.earlier_visit(days_ago), plant.store.clock
        plant.at(clock() - timedelta(days=days_ago))
        plant.store.finding.grade(visit.id, "W-2", verdict)
        plant.store.clock = clock
    plant.store.finding.grade(plant.visit.id, "W-2", "unserviceable", note="cracked")
    report = plant.store.finding.report(plant.visit.id)
    assert [row.tag for row in report] == ["W-1", "W-2", "W-3", "W-4"]
    assert report[1].history == tuple(verdicts[1:])
    assert (report[1].verdict, report[1].note) == ("unserviceable", "cracked")
    assert (report[0].verdict, report[0].history, report[0].found_at) == (None, (), None)


def test_a_retired_item_is_not_reported(plant: Plant) -> None:
    item = plant.store.item.get("W-1")
    plant.store.item.save(item.model_copy(update={"retired_on": date(2026, 1, 1)}))
    assert [row.tag for row in plant.store.finding.report(plant.visit.id)] == ["W-2", "W-3", "W-4"]
    assert plant.store.finding.graded(plant.visit.id) == (0, 3)


def test_the_report_costs_one_query(plant: Plant) -> None:
    asked: list[str] = []
    plant.store.rows("SELECT 1")
    plant.store.connection.set_trace_callback(asked.append)
    plant.store.finding.report(plant.visit.id)
    assert len([sql for sql in asked if not sql.startswith("PRAGMA")]) == 1


def test_a_note_on_an_item_without_a_verdict_is_refused_in_words(plant: Plant) -> None:
    with pytest.raises(RadarError, match="no verdict any more"):
        plant.store.finding.note(plant.visit.id, "W-1", "cracked")
