"""Feedback: verdicts counted, and what became of every "not satisfied"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.feedback import Pane, tally
from tests.ui.steps.standing import app_on, opened, screen_of, step, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.store.store import Store

STEPS = [step("feedback"), step("summary")]


def ticket(store: Store, world: World, subject: str, days: int, satisfied: bool | None, **more: Any) -> None:
    """A ticket opened that many days ago with its verdict."""
    moment = store.clock() - timedelta(days=days)
    store.ticket.save(
        Ticket(
            id=new_id(), customer_id=world.customer, subject=subject, opened_at=moment, closed_at=moment,
            satisfied=satisfied, **more,
        )
    )  # fmt: skip


@pytest.fixture
def world(store: Store) -> World:
    world = build(store)
    today = store.clock().date()
    ticket(store, world, "Fine", 20, True)
    ticket(store, world, "Nobody said", 20, None)
    ticket(store, world, "Waiting", 30, False, comment="twice late")
    ticket(
        store, world, "Followed", 40, False, followed_up_by=world.colleague, followed_up_on=today, outcome="New gasket",
        shown_on=today,
    )  # fmt: skip
    ticket(store, world, "Old and done", 500, False, followed_up_on=today - timedelta(days=480))
    ticket(store, world, "Old and open", 500, False)
    return world


async def test_every_not_satisfied_with_its_follow_through(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(160, 45)) as pilot:
        await opened(pilot, visit, Pane)
        text = shown(pilot.app)
        assert "1 satisfied, 2 not, 1 silent" in text
        assert "Fine" not in text
        assert "Old and done" not in text
        assert "Old and open" in text, "what nobody followed through never leaves the list"
        followed = next(line for line in text.splitlines() if "Followed  " in line)
        assert "Anneli Strand" in followed
        assert "New gasket" in followed
        waiting = next(line for line in text.splitlines() if "Waiting" in line)
        assert "!" in waiting
        assert "nobody yet" in waiting
        assert tally(screen_of(pilot).book, STEPS[0]).words == "2 open"


async def test_the_row_under_the_cursor_stands_below_in_full(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        text = " ".join(line.split("│")[-1].strip() for line in shown(pilot.app).splitlines())
        assert "not shown yet. Waiting. “twice late”. no outcome yet" in " ".join(text.split())


async def test_none_says_what_the_place_is_for(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(120, 30)) as pilot:
        await opened(pilot, visit, Pane)
        assert "Here stands what became of each one" in shown(pilot.app)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    ticket(
        store,
        world,
        text,
        3,
        False,
        comment=text,
        outcome=text,
        reference=text,
        followed_up_by=world.colleague,
    )
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(160, 45)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert shown(pilot.app).count(text) >= 4


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_seen_by_the_decision_maker_is_one_key_marked_and_taken_back(
    store: Store, world: World, size: tuple[int, int]
) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=size) as pilot:
        pane = await opened(pilot, visit, Pane)
        first = pane.table.current
        assert first is not None
        await pilot.press("space")
        await pilot.pause()
        assert store.ticket.get(first.key).shown_on == store.clock().date()
        assert pane.table.current != first
        assert "!✓ Waiting" in shown(pilot.app), "also where there is no room for the day"
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert store.ticket.get(first.key).shown_on is None


async def test_one_that_nobody_followed_through_becomes_one_action(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("a", "a")
        await pilot.pause()
        assert "action agreed" in next(line for line in shown(pilot.app).splitlines() if "Waiting" in line)
        [action] = store.action.where("title LIKE 'Follow through: %'")
        assert action.ours is None
        assert (action.visit_id, action.customer_id) == (visit, world.customer)
        assert action.owner_id is not None
        assert action.due_on is not None
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert store.action.where("title LIKE 'Follow through: %'") == []


async def test_the_follow_through_is_written_down_on_the_spot(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert pane.table.current is not None
        id = pane.table.current.key
        await pilot.press("e", "tab", "tab", *"fixed", "enter")
        await pilot.pause()
    row = store.ticket.get(id)
    assert row.outcome == "fixed"
    assert row.followed_up_on == store.clock().date()
    assert row.followed_up_by is not None


async def test_where_the_figures_come_from(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("i")
        await pilot.pause()
        assert "silent: nobody said" in " ".join(shown(pilot.app).split())


async def test_what_was_internal_about_a_ticket_is_ours_as_an_action_too(store: Store, world: World) -> None:
    opened_at = store.clock() - timedelta(days=1)
    store.ticket.save(
        Ticket(id=new_id(), customer_id=world.customer, subject="internal: they want money", satisfied=False,
               opened_at=opened_at, closed_at=store.clock())
    )  # fmt: skip
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(next(row.key for row in pane.table.rows() if "they want money" in str(row.cells)))
        await pilot.press("a")
        await pilot.pause()
        [action] = store.action.where("title LIKE 'Follow through: internal%'")
        assert action.ours is True
