"""Tickets since the last visit: what the table holds, counted by kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.tickets import Pane, tally
from tests.ui.steps.standing import app_on, opened, screen_of, step, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.store.store import Store

STEPS = [step("tickets"), step("summary")]


def ticket(
    store: Store, world: World, subject: str, opened: int, closed: int | None = None, **more: Any
) -> None:
    """A ticket opened and closed that many days ago; the last visit was 142 days ago."""
    now = store.clock()
    store.ticket.save(
        Ticket(
            id=new_id(),
            customer_id=world.customer,
            subject=subject,
            opened_at=now - timedelta(days=opened),
            closed_at=None if closed is None else now - timedelta(days=closed),
            **more,
        )
    )


async def test_open_ones_and_those_since_the_last_visit(store: Store, world: World) -> None:
    ticket(store, world, "Closed long ago", 300, 200)
    ticket(store, world, "Open for ages", 300)
    ticket(store, world, "Closed since", 200, 100)
    ticket(store, world, "Urgent one", 3, kind="service request", priority="urgent")
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("t")
        text = shown(pilot.app)
        assert "Closed long ago" not in text
        assert text.index("Urgent one") < text.index("Open for ages") < text.index("Closed since")
        assert "tickets: 1 open, 1 closed" in text
        assert "service request: 1 open, 0 closed" in text
        assert tally(screen_of(pilot).book, STEPS[0]).words == "2 open"


async def test_the_ticket_under_the_cursor_stands_below_in_full(store: Store, world: World) -> None:
    subject = "Late reply in April, and the spare part that came did not fit the pump either"
    ticket(store, world, subject, 3, reference="T-7")
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("t")
        text = " ".join(line.split("│")[-1].strip() for line in shown(pilot.app).splitlines())
        assert f"Ticket T-7, normal: {subject}" in text


async def test_none_says_what_the_place_is_for(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        assert "No tickets or service requests since the last visit" in shown(pilot.app)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    ticket(store, world, text, 3, reference=text, category=text, comment=text)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        await pilot.press("t")
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert f"Ticket {text}, normal: {text}" in shown(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_the_figures_stand_against_the_period_before(
    store: Store, world: World, size: tuple[int, int]
) -> None:
    """The last visit was 142 days ago, so the period before began 284 days ago."""
    ticket(store, world, "Before", 200, 190)
    ticket(store, world, "Before, slow", 280, 250)
    ticket(store, world, "Quick", 20, 19, category="delivery", priority="high")
    ticket(store, world, "Pump trips", 60, 20, category="delivery", satisfied=False)
    ticket(store, world, "Still open", 10, category="billing")
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=size) as pilot:
        await opened(pilot, visit, Pane)
        text = [line.split("│")[-1].split() for line in shown(pilot.app).splitlines()]
        assert ["Opened", "3", "2"] in text
        assert ["Closed", "2", "2"] in text
        assert ["Open", "now", "1", "0"] in text
        assert ["Time", "to", "resolve", "20.5", "d", "20.0", "d", "n", "2"] in text
        assert ["By", "category", "delivery", "2", "billing", "1"] in text
        await pilot.press("end")
        await pilot.pause()
        assert "Pump trips" in shown(pilot.app)
        assert "took 40 days, not satisfied" in shown(pilot.app)
        await pilot.press("i")
        await pilot.pause()
        assert "Median days from opened to closed" in shown(pilot.app)


async def test_page_down_goes_on_to_the_next_step_from_the_figures_too(store: Store, world: World) -> None:
    ticket(store, world, "Quick", 20, 19)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("pagedown")
        await pilot.pause()
        assert store.visit.get(visit).current_step == STEPS[1].key


async def test_the_screen_never_waits_for_all_tickets_of_a_customer(store: Store, world: World) -> None:
    """What looks at every ticket runs on the connection of a worker."""
    ticket(store, world, "Pump trips", 60, 20, satisfied=False)
    visit = visit_with(store, world.customer, [step("tickets"), step("feedback"), step("summary")])
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("t", "]", "space", "]")
        await pilot.pause()
        assert "0 open, 1 closed since the last visit" in shown(pilot.app)
        assert "0 satisfied, 1 not, last year" in shown(pilot.app)
    slow = [
        sql for sql in asked if "FROM ticket" in sql and "satisfied = 0" not in sql and "json_each" not in sql
    ]
    assert [sql for sql in slow if "customer_id =" in sql] == []
