"""The service review that the customer keeps: as of the day of the visit, and nothing of our own measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.domain.service import Ticket
from radar_tui.domain.translation import kept
from radar_tui.errors import RadarError
from radar_tui.reports.document import Plots
from radar_tui.reports.kinds import kind_of, made, newest
from radar_tui.reports.service import axis
from radar_tui.store.ids import new_id
from radar_tui.store.rows.measure import Readings
from tests.reports.read import pages_of
from tests.ui.world import HOSTILE, build

if TYPE_CHECKING:
    from radar_tui.domain.visit import Visit
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


def reviewed(store: Store, text: str = "") -> Visit:
    """A service review ten days ago, with tickets before and after it, and three measures."""
    world = build(store)
    service = next(one for one in shipped() if one.key == "service")
    now = store.clock
    store.clock = lambda: now() - timedelta(days=10)
    visit = store.visit.complete(
        store.visit.start(world.customer, store.checklist.pin(service), store.local.settings().me).id
    )
    store.clock = now
    for reference, opened, closed, satisfied in (
        ("T-1", 100, 95, True), ("T-2", 60, 20, False), ("T-3", 30, 5, None), ("T-4", 4, None, None),
    ):  # fmt: skip
        store.ticket.save(
            Ticket(
                id=new_id(), customer_id=world.customer, reference=reference, subject=text or f"Late {reference}",
                opened_at=now() - timedelta(days=opened), satisfied=satisfied, comment=text or "Nobody called.",
                closed_at=None if closed is None else now() - timedelta(days=closed),
            )
        )  # fmt: skip
    for perspective, name, theirs in (
        ("internal", "First reply", True),
        ("customer", "Churn risk", False),
        ("financial", "Our margin", False),
        ("customer", "Retention", True),
    ):
        measure = store.measure.save(
            Measure(
                id=new_id(), customer_id=world.customer, perspective=perspective, name=name, unit=text or "hours",
                worst=48, best=4, target=12, for_customer=theirs,
            )
        )  # fmt: skip
        for days, value in ((90, 30.0), (40, 14.5), (1, 99.0)):
            Readings(store).save(
                Reading(id=new_id(), measure_id=measure.id, as_of=TODAY - timedelta(days=days), value=value)
            )
    return visit


def test_a_measure_is_called_as_they_call_it(store: Store) -> None:
    visit = reviewed(store)
    store.local.save(replace(store.local.settings(), language="it"))
    [measure] = store.measure.where("name = 'First reply'")
    store.measure.save(measure.model_copy(update={"translations": kept({"it": "Prima risposta"})}))
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    assert "Prima risposta" in text
    assert "First reply" not in text


def test_it_stands_as_of_the_day_of_the_visit(store: Store) -> None:
    visit = reviewed(store)
    assert kind_of(store, visit) == "service"
    assert newest(store, visit.customer_id or "", "service").id == visit.id
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    for words in (
        "Service review Aurora Tissue Visit of 23 November 2026", "3 (0) Opened 2 (0) Closed 1 (0) Open now",
        "22.5 (–) Days to resolve (median)", "From 14 Jul 2026 to 23 Nov 2026", "1 / 2 satisfied",
        "T-2 4 Oct 2026 Late T-2 “Nobody called.” not followed up yet: we owe you an answer",
        "First reply hours", "target 12", "14.5", "T-3 Late T-3 3 Nov 2026 open",
    ):  # fmt: skip
        assert words in text, f"{words!r} is not in {text!r}"
    for words in ("T-4", "Churn risk", "Our margin", "Retention", "99"):
        assert words not in text, f"{words!r} is in {text!r}"


def test_what_was_done_about_a_ticket_after_the_visit_is_not_told_as_of_it(store: Store) -> None:
    visit = reviewed(store)
    [unhappy] = store.ticket.where("satisfied = 0")
    day = visit.day(store.clock())
    for followed_up_on, told in ((day, True), (day + timedelta(days=1), False)):
        done = {"followed_up_on": followed_up_on, "outcome": "One desk now"}
        store.ticket.save(unhappy.model_copy(update=done))
        text = " ".join(pages_of(store, made(store, "visit", visit.id)))
        assert ("One desk now" in text) is told
        assert ("not followed up yet" in text) is not told


def test_the_nature_of_the_tickets_is_told(store: Store) -> None:
    visit = reviewed(store)
    ticket = store.ticket.where("reference = 'T-2'")[0]
    sorts = {"kind": "service request", "category": "spares", "priority": "urgent"}
    store.ticket.save(ticket.model_copy(update=sorts))
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    assert (
        "Kind tickets 2 · service requests 1 Category other 2 · spares 1 Priority normal 2 · urgent 1" in text
    )
    store.local.save(replace(store.local.settings(), language="de"))
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    assert (
        "Art Tickets 2 · Serviceanfragen 1 Kategorie sonstige 2 · spares 1 Priorität normal 2 · dringend 1"
        in text
    )


def test_a_plot_is_filled_and_says_when_less_is_better(store: Store) -> None:
    visit = reviewed(store)
    [plots] = [each for each in made(store, "visit", visit.id).blocks if isinstance(each, Plots)]
    [first] = plots.plots
    assert (first.low, first.high, first.note, first.target) == (10, 35, "hours · less is better", 12)
    assert [value for _, value, _ in first.points] == [30.0, 14.5]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([87.9, 90.2], (87, 91)), ([5.0], (4.8, 5.2)), ([0.0], (0, 0.5)), ([-3, 12], (-5, 15)),
        ([1_204, 1_950, 2_000], (1000, 2200)),
    ],
)  # fmt: skip
def test_the_ends_of_an_axis_are_round(values: list[float], ends: tuple[float, float]) -> None:
    assert axis(values) == pytest.approx(ends)


def test_what_there_is_is_named_where_a_kind_is_missing(store: Store) -> None:
    visit = reviewed(store)
    customer = visit.customer_id or ""
    for other in store.visit.begun(customer):
        if other.id != visit.id:
            store.visit.save(other.model_copy(update={"status": "cancelled"}))
    with pytest.raises(RadarError, match="were service reviews"):
        newest(store, customer, "visit")
    store.visit.save(visit.model_copy(update={"status": "cancelled"}))
    with pytest.raises(RadarError, match="No visit has taken place"):
        newest(store, customer, "visit")


def test_what_begins_with_internal_stays_ours(store: Store) -> None:
    visit = reviewed(store, "Internal: they are slow payers")
    unhappy = store.ticket.where("reference = 'T-2'")[0]
    done = {"outcome": "internal: paid at last", "followed_up_on": TODAY - timedelta(days=12)}
    store.ticket.save(unhappy.model_copy(update=done))
    told = " ".join(pages_of(store, made(store, "visit", visit.id)))
    assert "T-2" in told
    assert "slow payers" not in told.replace("First reply Internal: they are slow payers", "")
    assert "paid at last" not in told


def test_any_text_is_text(store: Store) -> None:
    visit = reviewed(store, f"#panic() {HOSTILE['escapes']} {HOSTILE['markup']} $x$ {HOSTILE['rtl']}")
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    assert "#panic()" in text
    assert "[red]x[/]" in text


def test_a_checklist_about_items_and_service_has_both(store: Store) -> None:
    visit = reviewed(store)
    both = {one.key: one for one in shipped()}
    checklist = both["service"].model_copy(
        update={"key": "both", "steps": (*both["service"].steps, both["refurbishment"].step("integrity"))}
    )
    visit = store.visit.save(visit.model_copy(update={"checklist_id": store.checklist.pin(checklist)}))
    assert kind_of(store, visit) == "visit"
    text = " ".join(pages_of(store, made(store, "visit", visit.id)))
    for words in ("Page 1 of 2", "3 (0) Opened", "First reply hours", "What we promise you"):
        assert text.count(words) == 1
