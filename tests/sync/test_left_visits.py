"""A visit that is discarded on one laptop while the other goes on with it: nothing is lost, and both read the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.checklist import Checklist
from radar_tui.domain.integrity import Item
from radar_tui.domain.visit import Visit
from radar_tui.sync import audit, engine
from tests.sync.pair import Pair, count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from radar_tui.store.store import Store

OCCASIONS = ("attendee", "finding", "opportunity", "opportunity_line")
CHECKLIST = Checklist.model_validate(
    {"key": "one", "version": 1, "title": "One", "steps": [{"key": "p", "kind": "people", "title": "People"}]}
)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two laptops on which one and the same planned visit is in progress."""
    pair = Pair(tmp_path)
    one = pair.one
    one.item.save(Item(id="w", customer_id="c0", tag="W-1", model="RX-40"))
    planned = Visit(
        id="v", customer_id="c0", checklist_id=one.checklist.pin(CHECKLIST), planned_on=date(2026, 12, 1)
    )
    one.visit.start("c0", planned.checklist_id, None, planned=one.visit.save(planned))
    one.finding.grade("v", "w", "deteriorating")
    settle(pair)
    yield pair
    pair.close()


def settle(pair: Pair) -> None:
    for store in (pair.one, pair.two, pair.one):
        engine.sync(store)


def read(store: Store) -> list[int]:
    return [count(store, table) for table in OCCASIONS]


def same(pair: Pair) -> None:
    assert read(pair.one) == read(pair.two)
    for store in (pair.one, pair.two):
        assert store.touched.count() == 0
        assert audit.verify(store, full=True) == []
    everything = "SELECT id, status, planned_on FROM visit ORDER BY id"
    assert [tuple(row) for row in pair.one.rows(everything)] == [
        tuple(row) for row in pair.two.rows(everything)
    ]


def test_it_goes_and_comes_back_on_both(pair: Pair) -> None:
    before = read(pair.one)
    pair.one.leaving.discard("v")
    settle(pair)
    same(pair)
    assert read(pair.two) == [0, 0, 0, 0]
    assert pair.two.visit.planned("c0")[-1].planned_on == date(2026, 12, 1)
    pair.two.leaving.restore("v")
    settle(pair)
    same(pair)
    assert read(pair.one) == before
    assert [one.id for one in pair.one.visit.planned("c0")] == ["v0"]


def test_what_the_other_still_added_goes_and_comes_with_it(pair: Pair) -> None:
    pair.one.leaving.discard("v")
    pair.two.finding.grade("v", "w", "unserviceable")
    settle(pair)
    same(pair)
    assert read(pair.one) == [0, 0, 0, 0]
    pair.one.leaving.restore("v")
    settle(pair)
    same(pair)
    assert [row.verdict for row in pair.one.finding.report("v")] == ["unserviceable"]
    assert [row.decision for row in pair.two.opportunity.lines_of("v", "replacement")] == ["to quote"]


def test_whoever_discards_it_it_is_planned_again_once(pair: Pair) -> None:
    for store in (pair.one, pair.two):
        store.leaving.discard("v")
    settle(pair)
    same(pair)
    assert count(pair.one, "conflict") == 0
    assert sum(one.planned_on is not None for one in pair.one.visit.planned("c0")) == 1


def test_that_the_other_completed_it_is_asked_about(pair: Pair) -> None:
    pair.two.visit.complete("v", "All seen.")
    engine.sync(pair.two)
    pair.one.leaving.discard("v")
    settle(pair)
    same(pair)
    told = pair.one.rows("SELECT kept, mine FROM conflict WHERE tbl = 'visit' AND col = 'status'")
    assert [tuple(row) for row in told] == [('"completed"', '"cancelled"')]
    assert read(pair.one)[1] == 1


def test_what_the_customer_sealed_meanwhile_counts(pair: Pair) -> None:
    pair.one.leaving.discard("v")
    pair.two.response.seal(customer_id="c0", contact_id="p0-00", visit_id="v", question="recommend", score=3)
    settle(pair)
    same(pair)
    assert count(pair.one, "response") == count(pair.one, "follow_up") == 1
    assert pair.one.response.answers("c0", date(2026, 12, 3)) == 1


def test_another_checklist_travels_with_what_it_changed(pair: Pair) -> None:
    question = {"key": "ready", "ask": "Ready?", "type": "yes/no", "flag": "no", "action": "Get ready"}
    step = {"key": "q", "kind": "questions", "title": "Q", "questions": [question]}
    two = Checklist.model_validate({"key": "two", "version": 1, "title": "Two", "steps": [step]})
    pair.one.leaving.follow("v", two)
    pair.one.answer.answer("v", "ready", "no")
    settle(pair)
    pair.two.leaving.follow("v", CHECKLIST)
    settle(pair)
    same(pair)
    assert pair.one.checklist.of_visit(pair.one.visit.get("v")).key == "one"
    assert count(pair.one, "action") == count(pair.two, "action") == 0
    assert count(pair.one, "answer") == 1
