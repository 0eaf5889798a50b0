"""A whole visit with the keyboard, everything in the file: refurbishment in 90 keystrokes, service review in 60."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.opportunity import Part
from radar_tui.domain.promise import Promise
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.scorecard import Measure
from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.opportunity import PartKind

MOST_KEYS = 90
MOST_REVIEW_KEYS = 60
PRICES: tuple[tuple[PartKind, int], ...] = (
    ("replacement", 124_000),
    ("spares", 43_000),
    ("housing", 310_000),
)


@pytest.fixture
def plant(store: Store) -> Store:
    """A customer with twelve items, a decision maker, a price list and three promises."""
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
    store.local.save(replace(store.local.settings(), me=me.id, company="Toller Refurbishing"))
    customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
    for name, role in (
        ("Paolo Conti", "decision maker"),
        ("Lucia Ferri", "user"),
        ("Ugo Neri", "influencer"),
    ):
        store.contact.save(
            Contact.model_validate(
                {"id": new_id(), "customer_id": customer.id, "name": name, "role": role, "language": "it"}
            )
        )
    for index in range(12):
        store.item.save(Item(id=new_id(), customer_id=customer.id, tag=f"W-{index + 10:03}", model="RX-40"))
    for kind, price in PRICES:
        store.part.save(
            Part(
                id=new_id(),
                sku=f"RX-40-{kind}",
                name=f"RX-40 {kind}",
                model="RX-40",
                kind=kind,
                unit_price=price,
            )
        )
    for title in ("Spares within five days", "A person answers", "Report before the visit"):
        store.promise.save(Promise(id=new_id(), title=title, made_on=date(2026, 1, 1)))
    return store


class Counted:
    """A pilot that counts keys; free text is typed but not counted."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
            await self.pilot.pause()

    async def write(self, text: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.pilot.pause()

    def step(self) -> str:
        screen = cast("VisitScreen", self.pilot.app.screen)
        return screen.book.checklist.steps[screen.here].kind


async def test_a_full_visit_takes_at_most_90_keystrokes(plant: Store) -> None:
    app = RadarApp(plant)
    async with app.run_test(size=(100, 30)) as pilot:
        hand = Counted(pilot)
        await pilot.pause()
        await hand.press("v", "enter")
        assert isinstance(app.screen, VisitScreen)
        await hand.press("y", "y", "1", "]")
        assert hand.step() == "people"
        await hand.press("space", "]")
        assert hand.step() == "integrity"
        await hand.press(*"ssdusudsssss", "]")
        assert hand.step() == "replacements"
        await hand.press("a", "a", "]")
        assert hand.step() == "spares"
        await hand.press("a", "q", "]")
        assert hand.step() == "new_streams"
        before = hand.keys
        await hand.press("n")
        await hand.write("Tissue line 3")
        await hand.press("tab", "tab", "1", "2", "5", "tab", "1", "tab", "1", "0", "enter")
        assert hand.keys - before <= 12
        await hand.press("]")
        assert hand.step() == "promises"
        await hand.press("y", "y", "n", "]")
        assert hand.step() == "nps"
        await hand.press("enter", "enter")
        assert isinstance(app.screen, HandedOverScreen)
        await hand.press("9", "enter", "enter", "7", "enter", "enter", "ctrl+g", "ctrl+r")
        assert isinstance(app.screen, VisitScreen)
        await hand.press("]")
        assert hand.step() == "actions"
        for title in ("Send the quote", "Call about the seals"):
            await hand.press("n")
            await hand.write(title)
            await hand.press("enter")
        await hand.press("]")
        assert hand.step() == "next_visit"
        await hand.press("enter", "]")
        assert hand.step() == "summary"
        await hand.press("c")
        await pilot.pause()
        await hand.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen), "the visit is completed and we are where it was started"
        print(f"{hand.keys} keystrokes")
        assert hand.keys <= MOST_KEYS, hand.keys
    everything_is_in_the_file(plant)


def everything_is_in_the_file(store: Store) -> None:
    """What the visit above leaves behind."""
    completed, planned = store.visit.where(order="status")
    assert (completed.status, planned.status) == ("completed", "planned")
    assert planned.planned_on is not None
    assert 0 < (planned.planned_on - store.clock().date()).days <= 90
    assert store.finding.counted(completed.id) == {"serviceable": 8, "deteriorating": 2, "unserviceable": 2}
    assert [row.decision for row in store.opportunity.lines_of(completed.id, "replacement")] == ["agreed"] * 2
    spares = store.opportunity.lines_of(completed.id, "spares")
    assert [row.decision for row in spares] == ["agreed", "to quote"]
    assert all(row.needed_by is not None for row in spares)
    stages = {row.kind: (row.stage, row.probability) for row in store.opportunity.where()}
    assert stages == {"replacement": ("won", 100), "spares": ("quoted", 60), "new stream": ("idea", 50)}
    (offer,) = store.opportunity.new_streams(completed.id)
    assert (offer.widgets, offer.housings, offer.spares) == (125, 1, 13)
    assert offer.value == 125 * 124_000 + 310_000 + 13 * 124_000
    responses = {row.question: row.score for row in store.response.where()}
    assert responses == {"recommend": 9, "retain": 7}
    assert sorted(row.play for row in store.follow_up.where()) == ["learn", "nudge"]
    assert {row.title for row in store.action.where()} >= {"Send the quote", "Call about the seals"}
    (due,) = store.rows("SELECT last_seen, planned_on FROM customer_due")
    assert tuple(due) == (store.clock().date().isoformat(), planned.planned_on.isoformat())


@pytest.fixture
def served(plant: Store) -> Store:
    """The same customer buys a service: tickets, one "not satisfied" followed through and one not, and a KPI."""
    (customer,) = plant.customer.where()
    plant.customer.change(customer, customer.model_copy(update={"kind": "service"}))
    now = plant.clock()
    for reference, days, satisfied, followed in (
        ("A-1", 30, False, None),
        ("A-2", 40, False, now.date()),
        ("A-3", 9, None, None),
    ):
        plant.ticket.save(
            Ticket(
                id=new_id(), customer_id=customer.id, reference=reference, subject=f"Pump {reference}",
                opened_at=now - timedelta(days=days), closed_at=now - timedelta(days=days - 2), satisfied=satisfied,
                followed_up_on=followed,
            )
        )  # fmt: skip
    plant.measure.save(
        Measure(id=new_id(), customer_id=customer.id, name="First reply", perspective="internal", unit="h",
                worst=48, best=4, target=12)
    )  # fmt: skip
    return plant


async def test_a_service_review_takes_at_most_60_keystrokes(served: Store) -> None:
    app = RadarApp(served)
    async with app.run_test(size=(100, 30)) as pilot:
        hand = Counted(pilot)
        await pilot.pause()
        await hand.press("v", "enter")
        assert isinstance(app.screen, VisitScreen)
        assert hand.step() == "questions"
        await hand.press("y", "y", "down", "down", "1", "4", "]")
        assert hand.step() == "people"
        await hand.press("space", "]")
        assert hand.step() == "tickets"
        await hand.press("t", "t", "]")
        assert hand.step() == "feedback"
        await hand.press("space", "space", "up", "a")
        await hand.press("e", "tab", "tab")
        await hand.write("new seal")
        await hand.press("enter", "]")
        assert hand.step() == "kpis"
        await hand.press("r")
        await hand.write("9.5")
        await hand.press("enter", "]")
        assert hand.step() == "promises"
        await hand.press("y", "y", "n", "]")
        assert hand.step() == "nps"
        await hand.press("enter", "enter")
        assert isinstance(app.screen, HandedOverScreen)
        await hand.press("9", "enter", "enter", "7", "enter", "enter", "ctrl+g", "ctrl+r", "]")
        assert hand.step() == "actions"
        await hand.press("n")
        await hand.write("Call about the seals")
        await hand.press("enter", "]")
        assert hand.step() == "next_visit"
        await hand.press("enter", "]")
        assert hand.step() == "summary"
        await hand.press("c")
        await pilot.pause()
        await hand.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen), "the visit is completed and we are where it was started"
        print(f"{hand.keys} keystrokes")
        assert hand.keys <= MOST_REVIEW_KEYS, hand.keys
    the_review_is_in_the_file(served)


def the_review_is_in_the_file(store: Store) -> None:
    """What the service review above leaves behind, read by another connection."""
    today = store.clock().date()
    with Store.open(store.path, clock=store.clock) as read:
        completed, planned = read.visit.where(order="status")
        assert (completed.status, planned.status) == ("completed", "planned")
        assert {row.question for row in read.answer.where()} >= {
            "tickets_read",
            "loops_closed",
            "ahead",
            "relationship",
        }
        tickets = {row.reference: row for row in read.ticket.where()}
        assert {key: row.shown_on for key, row in tickets.items()} == {
            "A-1": today,
            "A-2": today,
            "A-3": None,
        }
        assert sorted(row.outcome for row in tickets.values()) == ["", "", "new seal"]
        assert [tuple(row) for row in read.rows("SELECT as_of, value FROM reading")] == [
            (today.isoformat(), 9.5)
        ]
        titles = {row.title for row in read.action.where("visit_id = ?", [completed.id])}
        assert titles >= {"Follow through: Pump A-1", "Call about the seals"}
        assert {row.question: row.score for row in read.response.where()} == {"recommend": 9, "retain": 7}
        assert len(read.rows("SELECT 1 FROM promise_check")) == 3
        assert len(read.rows("SELECT 1 FROM attendee")) == 1
