"""Cards from rows: what Radar computes itself, manual readings, snapshots, and what changed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.customer import Contact
from radar_tui.domain.opportunity import Opportunity, OpportunityLine
from radar_tui.domain.promise import Promise, PromiseCheck
from radar_tui.domain.relationship import Counterpart
from radar_tui.domain.response import Response
from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.domain.service import Ticket
from radar_tui.errors import RadarError
from radar_tui.store.facts.card import default_id
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.rows.measure import Readings
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.store.rows.scorecard import Scorecards

if TYPE_CHECKING:
    from radar_tui.domain.card import Measured
    from radar_tui.store.store import Store
    from tests.store.conftest import Plant

TODAY = date(2026, 12, 3)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def of(store: Store, name: str, day: date = TODAY) -> Measured:
    return next(each for each in store.measure.measured("aurora", day) if each.name == name)


def manual(store: Store, name: str = "Margin", **more: float) -> Measure:
    return store.measure.add(
        Measure.model_validate(
            {"id": name, "customer_id": "aurora", "perspective": "financial", "name": name, **more}
        )
    )


def answer(store: Store, contact: str, score: int, day: date, voided: bool = False) -> Response:
    row = Response(
        id=new_id(), customer_id="aurora", contact_id=contact, question="recommend", score=score, asked_on=day,
        voided_at=store.clock() if voided else None, void_reason="typo" if voided else "",
    )  # fmt: skip
    with store.transaction() as connection:
        columns = row.columns()
        connection.execute(
            f"INSERT INTO response ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)})",
            columns,
        )
    return row


def won(store: Store, euros: int, expected: date | None, currency: str = "EUR", stage: str = "won") -> None:
    order = store.opportunity.save(
        Opportunity.model_validate(
            {"id": new_id(), "customer_id": "aurora", "kind": "spares", "title": "Spares", "stage": stage,
             "currency": currency, "expected_on": expected}
        )
    )  # fmt: skip
    for decision in ("agreed" if stage == "won" else "to quote", "declined"):
        store.opportunity.lines.save(
            OpportunityLine.model_validate(
                {"id": new_id(), "opportunity_id": order.id, "unit_price": euros * 100, "decision": decision}
            )
        )


def test_orders_won_in_a_year_against_the_value_of_a_year(plant: Plant) -> None:
    store = plant.store
    assert of(store, "Orders won").state(TODAY) == "missing"
    customer = store.customer.get("aurora")
    store.customer.save(customer.model_copy(update={"annual_value": 10_000_00}))
    assert of(store, "Orders won").value == 0
    won(store, 500, ago(364))
    won(store, 9_000, ago(365))
    won(store, 9_000, ago(1), currency="CHF")
    won(store, 9_000, ago(1), stage="quoted")
    won(store, 9_000, None)
    found = of(store, "Orders won")
    assert (found.value, found.score(TODAY), found.n) == (5, 20, 1)
    assert of(store, "Orders won", ago(10)).n == 2


def test_the_newest_answer_of_a_decision_maker_who_is_still_there(plant: Plant) -> None:
    store = plant.store
    store.contact.save(
        Contact(id="di", customer_id="aurora", name="Di", role="decision maker", left_on=ago(1))
    )
    answer(store, "bo", 10, ago(1))
    answer(store, "di", 10, ago(2))
    answer(store, "ada", 10, ago(3), voided=True)
    answer(store, "ada", 9, ago(100))
    answer(store, "ada", 6, ago(50))
    found = of(store, "Recommendation")
    assert (found.value, found.as_of) == (60, ago(50))
    assert of(store, "Recommendation", ago(51)).value == 90
    assert of(store, "Retention").state(TODAY) == "missing"
    late = ago(-400)
    assert of(store, "Recommendation", late).state(late) == "stale"
    assert "Recommendation" in store.scorecard.computed("aurora", late).card.stale


def test_of_two_answers_of_one_day_the_lower_counts(plant: Plant) -> None:
    store = plant.store
    store.contact.save(Contact(id="di", customer_id="aurora", name="Di", role="decision maker"))
    answer(store, "di", 9, TODAY)
    answer(store, "ada", 7, TODAY)
    assert of(store, "Recommendation").value == 70


def test_voiding_an_answer_moves_the_card_at_once(plant: Plant) -> None:
    store = plant.store
    given = answer(store, "ada", 3, TODAY)
    before = store.scorecard.computed("aurora", TODAY).card
    store.response.void(given.id, "pressed by mistake")
    after = store.scorecard.computed("aurora", TODAY).card
    assert before.perspectives["customer"] == 30
    assert after.perspectives["customer"] is None


def test_the_share_of_promises_kept(plant: Plant) -> None:
    store = plant.store
    store.promise.save(Promise(id="p", title="On time", made_on=ago(900)))
    for days, kept in ((500, False), (200, True), (100, False), (50, True), (20, None)):
        visit = plant.earlier_visit(days)
        PromiseChecks(store).save(PromiseCheck(id=new_id(), promise_id="p", visit_id=visit.id, kept=kept))
    found = of(store, "Promises kept")
    assert found.value == pytest.approx(200 / 3)
    assert (found.n, found.as_of) == (3, ago(50))


def test_the_median_ticket_resolution(plant: Plant) -> None:
    store = plant.store
    customer = store.customer.get("aurora")
    assert "Ticket resolution" not in {each.name for each in store.measure.of_customer("aurora")}
    store.customer.save(customer.model_copy(update={"kind": "service"}))
    assert of(store, "Ticket resolution").state(TODAY) == "missing"
    for open_days, closed_ago in ((1, 10), (7.5, 20), (3, 300), (90, 400)):
        closed = store.clock() - timedelta(days=closed_ago)
        store.ticket.save(
            Ticket(
                id=new_id(),
                customer_id="aurora",
                opened_at=closed - timedelta(days=open_days),
                closed_at=closed,
            )
        )
    store.ticket.save(Ticket(id=new_id(), customer_id="aurora", opened_at=store.clock()))
    found = of(store, "Ticket resolution")
    assert found.value == pytest.approx(3, abs=1e-4)
    assert (found.n, found.as_of) == (3, ago(10))


def test_counterparts_that_have_met(plant: Plant) -> None:
    store = plant.store
    assert of(store, "Counterparts known").value == 0
    for contact, met in (("ada", ago(30)), ("bo", None), ("cy", ago(500))):
        store.counterpart.save(Counterpart(id=new_id(), contact_id=contact, colleague_id="marta", met_on=met))
    found = of(store, "Counterparts known")
    assert (found.value, found.n) == (50, 2)
    assert of(store, "Counterparts known", ago(31)).value == 0


def test_an_observation_day_within_a_year(plant: Plant) -> None:
    store = plant.store
    visit = plant.earlier_visit(40)
    assert of(store, "Observation day").score(TODAY) == 0
    store.visit.save(visit.model_copy(update={"occasion": "observation day"}))
    assert of(store, "Observation day").score(TODAY) == 100
    assert of(store, "Observation day", ago(-330)).score(ago(-330)) == 0


def test_days_begin_at_midnight_where_the_laptop_is(plant: Plant) -> None:
    store = plant.store
    # Half past midnight in Rome is still the day before in London.
    visit = plant.earlier_visit(1).model_copy(
        update={
            "occasion": "observation day",
            "completed_at": datetime(2026, 12, 2, 23, 30, tzinfo=UTC),
            "completed_on": None,
        }
    )
    store.visit.save(visit)
    assert of(store, "Observation day", ago(1)).value == 0
    assert of(store, "Observation day", TODAY).value == 1


def test_no_reading_stands_in_for_what_radar_computes(plant: Plant) -> None:
    """Not before the first answer, and not after the last one was voided."""
    store = plant.store
    row = store.measure.write_down("aurora", default_id("aurora", "recommend"))
    store.measure.read(row.id, ago(5), 42)
    assert of(store, "Recommendation").state(TODAY) == "missing"
    answer(store, "ada", 9, ago(50))
    assert of(store, "Recommendation").value == 90
    (given,) = store.response.where()
    store.response.void(given.id, "wrong key")
    assert of(store, "Recommendation").state(TODAY) == "missing"
    assert store.measure.history("aurora", of(store, "Recommendation"), TODAY) == []
    store.scorecard.snapshot("aurora", TODAY)
    assert [reading.value for reading in Readings(store).where()] == [42]


def test_two_readings_of_one_day_both_stand_and_the_newer_counts(plant: Plant) -> None:
    store = plant.store
    margin = manual(store)
    assert store.measure.read(margin.id, TODAY, 40).others == 0
    assert store.measure.read(margin.id, TODAY, 55).others == 1
    assert store.measure.read(margin.id, TODAY, 55).others == 1
    store.measure.read(margin.id, ago(-1), 99)
    assert [reading.value for reading in Readings(store).where("as_of = ?", [TODAY.isoformat()])] == [40, 55]
    assert of(store, "Margin").value == 55
    assert [point.value for point in store.measure.history("aurora", of(store, "Margin"), TODAY)] == [
        40,
        55,
        99,
    ]


def test_old_readings_are_named_and_do_not_count(plant: Plant) -> None:
    store = plant.store
    margin = manual(store, valid_days=60)
    store.measure.read(margin.id, ago(60), 80)
    assert of(store, "Margin").score(TODAY) == 80
    tomorrow = ago(-1)
    assert of(store, "Margin", tomorrow).score(tomorrow) is None
    assert store.scorecard.computed("aurora", tomorrow).card.stale == ("Margin",)


def test_names_of_computed_measures_are_reserved(plant: Plant) -> None:
    with pytest.raises(RadarError, match="Radar computes “Retention” itself"):
        manual(plant.store, "retention")
    manual(plant.store)
    with pytest.raises(RadarError, match="already"):
        manual(plant.store, "MARGIN")


def test_a_default_becomes_the_same_row_on_every_laptop(plant: Plant) -> None:
    store = plant.store
    id = of(store, "Promises kept").id
    assert store.measure.find(id) is None
    row = store.measure.write_down("aurora", id)
    assert (row.id, row.weight) == (default_id("aurora", "promises"), 10)
    assert store.measure.write_down("aurora", id) == row
    assert [each.stored for each in store.measure.of_customer("aurora") if each.id == id] == [True]
    # Another laptop's row of another id does not count it twice.
    store.measure.save(row.model_copy(update={"id": "zz"}))
    assert [each.id for each in store.measure.of_customer("aurora") if each.key == "promises"] == [row.id]


def test_a_scale_for_all_customers_of_a_kind(plant: Plant) -> None:
    store = plant.store
    aurora = store.customer.get("aurora")
    for id, kind in (("borealis", "product"), ("velden", "both"), ("gone", "product")):
        archived = store.clock() if id == "gone" else None
        store.customer.save(
            aurora.model_copy(update={"id": id, "name": id, "kind": kind, "archived_at": archived})
        )
    margin = manual(store, weight=3)
    store.measure.read(margin.id, TODAY, 50)
    edited = store.measure.change(margin, margin.model_copy(update={"weight": 7, "best": 40}))
    assert store.measure.set_for_kind(edited, "product") == 2
    promises = store.measure.write_down("aurora", default_id("aurora", "promises"))
    store.measure.set_for_kind(promises.model_copy(update={"weight": 0}), "product")
    assert weights(store, "aurora") == weights(store, "borealis") == (7, 0)
    assert weights(store, "velden") == (None, 10)
    assert [reading.value for reading in Readings(store).where()] == [50]


def weights(store: Store, customer: str) -> tuple[float | None, float | None]:
    """Of “Margin” and “Promises kept”."""
    found = {each.name: each.weight for each in store.measure.of_customer(customer)}
    return found.get("Margin"), found.get("Promises kept")


def test_a_scale_of_a_kind_reaches_customers_added_later(plant: Plant) -> None:
    store = plant.store
    margin = manual(store, weight=7)
    store.measure.set_for_kind(margin, "product")
    promises = store.measure.write_down("aurora", default_id("aurora", "promises"))
    store.measure.set_for_kind(promises.model_copy(update={"weight": 3}), "product")
    aurora = store.customer.get("aurora")
    store.customer.save(aurora.model_copy(update={"id": "later", "name": "Later"}))
    store.customer.save(aurora.model_copy(update={"id": "service", "name": "S", "kind": "service"}))
    assert weights(store, "later") == (7, 3)
    assert weights(store, "service") == (None, 10)
    (theirs,) = [each for each in store.measure.of_customer("later") if each.name == "Margin"]
    assert not theirs.stored
    row = store.measure.write_down("later", theirs.id)
    store.measure.read(row.id, TODAY, 40)
    assert [each.value for each in store.measure.measured("later", TODAY) if each.name == "Margin"] == [40]
    store.measure.edit(row, row.model_copy(update={"weight": 1}))
    assert weights(store, "later") == (1, 3)
    assert weights(store, "aurora") == (7, 3)


def test_completing_a_visit_stores_the_card_in_the_same_transaction(plant: Plant) -> None:
    store = plant.store
    store.visit.complete(plant.visit.id)
    (card,) = store.scorecard.where()
    assert (card.id, card.as_of) == (fact_id("scorecard", "aurora", "2026-12-03"), TODAY)
    assert (card.value, card.learning, card.customer_view) == (None, 0, None)


def test_a_card_that_cannot_be_stored_leaves_the_visit_open(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = plant.store

    def refuse(self: Scorecards, customer_id: str, day: date) -> None:
        raise RadarError("The disk is full.", "")

    monkeypatch.setattr(Scorecards, "snapshot", refuse)
    with pytest.raises(RadarError):
        store.visit.complete(plant.visit.id)
    assert store.visit.get(plant.visit.id).status == "in progress"


def test_a_visit_to_ourselves_has_no_card(plant: Plant) -> None:
    visit = plant.store.visit.start(None, "checklist", "marta", occasion="self-check")
    plant.store.visit.complete(visit.id)
    assert plant.store.scorecard.where() == []


def test_the_same_day_again_is_one_snapshot(plant: Plant) -> None:
    store = plant.store
    margin = manual(store)
    store.scorecard.snapshot("aurora", TODAY)
    store.measure.read(margin.id, TODAY, 70)
    assert store.scorecard.snapshot_all(TODAY) == 1
    (card,) = store.scorecard.where()
    assert card.financial == 70


def test_what_changed_since_the_last_snapshot_and_why(plant: Plant) -> None:
    store = plant.store
    margin = manual(store, weight=45)
    assert store.scorecard.computed("aurora", TODAY).changed is None
    store.measure.read(margin.id, ago(30), 20)
    store.scorecard.snapshot("aurora", ago(30))
    store.measure.read(margin.id, TODAY, 80)
    store.scorecard.snapshot("aurora", TODAY)
    found = store.scorecard.computed("aurora", TODAY).changed
    assert found is not None
    assert (found.since, found.before, found.rest) == (ago(30), 15, 0)
    (change,) = found.measures
    assert (change.name, change.before, change.now) == ("Margin", 20, 80)
    assert change.points + found.shift == pytest.approx(45)
    # A reading of before that day that came only now is said apart.
    Readings(store).save(Reading(id=new_id(), measure_id=margin.id, as_of=ago(30), value=60))
    later = store.scorecard.computed("aurora", TODAY).changed
    assert later is not None
    assert later.rest == pytest.approx(30)
    assert later.before + later.rest + later.shift + sum(c.points for c in later.measures) == pytest.approx(
        60
    )


def test_the_history_of_a_computed_measure_is_its_value_on_the_days_it_moved(plant: Plant) -> None:
    store = plant.store
    for days, score in ((400, 9), (100, 6), (20, 8)):
        answer(store, "ada", score, ago(days))
    points = store.measure.history("aurora", of(store, "Recommendation"), TODAY)
    assert points == [(ago(400), 90), (ago(100), 60), (ago(20), 80)]


def test_no_query_of_a_card_looks_at_every_customer(plant: Plant) -> None:
    from radar_tui.store.facts import derived
    from radar_tui.store.facts.answers import DECISION_MAKERS

    asked = {"customer": "aurora", "question": "retain", "day": "d", "until": "u"}
    span = {**asked, "ids": '["aurora"]', "since": '{"aurora": "s"}', "from": '{"aurora": "f"}'}
    queries = [
        derived._ORDERS, DECISION_MAKERS, derived._PROMISES, derived._TICKETS, derived._COUNTERPARTS,
        derived._OBSERVATION, *derived._DAYS.values(),
    ]  # fmt: skip
    for query in queries:
        plan = [row[3] for row in plant.store.rows(f"EXPLAIN QUERY PLAN {query}", span)]
        whole = [step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
        assert not set(whole) - {"SCAN given"}, (query, plan)


# Killed

GOING = """
import sys
from datetime import date, timedelta
from pathlib import Path
from radar_tui.domain.action import Action
from radar_tui.store.ids import new_id
from radar_tui.store.facts.card import default_id
from radar_tui.store.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(10_000):
    day = date(2020, 1, 1) + timedelta(days=turn)
    visit = store.visit.start("aurora", "checklist", "marta")
    store.visit.complete(visit.id)
    print("visit", visit.id, flush=True)
    with store.transaction():
        measure = store.measure.write_down("aurora", default_id("aurora", "recommend"))
        store.measure.read(measure.id, day, turn)
    print("reading", turn, flush=True)
    with store.transaction():
        measure = store.measure.write_down("borealis", default_id("borealis", "promises"))
        action = store.action.save(Action(id=new_id(), title="x", measure_id=measure.id, customer_id="borealis"))
    print("action", action.id, flush=True)
    store.scorecard.snapshot_all(day)
    print("all", day, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_what_was_said_to_be_saved_is_there(plant: Plant, seed: int) -> None:
    path = plant.store.path
    plant.store.visit.save(plant.visit.model_copy(update={"status": "cancelled"}))
    aurora = plant.store.customer.get("aurora")
    plant.store.customer.save(aurora.model_copy(update={"id": "borealis", "name": "Borealis"}))
    plant.store.close()
    process = subprocess.Popen([sys.executable, "-c", GOING, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.01, 0.4))
    process.send_signal(signal.SIGKILL)
    said = [line.split() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    with closing(sqlite3.connect(path)) as connection:

        def one(sql: str, *values: str) -> Any:
            return connection.execute(sql, values).fetchone()[0]

        assert one("PRAGMA integrity_check") == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for kind, what in said:
            if kind == "visit":
                assert one("SELECT status FROM visit WHERE id = ?", what) == "completed"
            elif kind == "reading":
                assert one("SELECT count(*) FROM reading WHERE value = ?", what) == 1
            elif kind == "action":
                assert one("SELECT count(*) FROM action WHERE id = ?", what) == 1
            else:
                assert one("SELECT count(*) FROM scorecard WHERE as_of = ?", what) == 2
        # A visit is completed with its card or not at all; everybody's cards are there or nobody's.
        completed = one("SELECT count(*) FROM visit WHERE status = 'completed'")
        today = "SELECT count(*) FROM scorecard WHERE as_of > '2025'"
        assert (completed > 0) == (one(today) == 1)
        days = connection.execute("SELECT count(*) FROM scorecard WHERE as_of < '2025' GROUP BY as_of")
        assert {count for (count,) in days} <= {2}
