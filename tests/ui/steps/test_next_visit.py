"""The next visit: proposed, moved by key or typed, planned once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.days import read_day
from radar_tui.ui.steps.next_visit import Pane, tally, usual_weekday
from tests.ui.steps.standing import app_on, burst, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store

STEPS = [step("next_visit"), step("summary")]
TODAY = date(2026, 12, 3)
PROPOSED = date(2027, 2, 25)
"""A Thursday like this one, within the 90 days that end on 3 March."""


@pytest.fixture
def world(store: Store) -> World:
    """Seen before on Thursdays only; nothing planned."""
    world = build(store)
    planned = store.visit.get(world.planned)
    store.visit.save(planned.model_copy(update={"status": "cancelled"}))
    for place, row in enumerate(store.visit.where("status = 'completed'", order="completed_at")):
        day = store.clock() - timedelta(days=84 * (place + 1))
        store.visit.save(row.model_copy(update={"completed_at": day}))
    return world


@pytest.fixture
def visit(store: Store, world: World) -> str:
    return visit_with(store, world.customer, STEPS)


def planned(store: Store) -> list[date | None]:
    """What another process reads."""
    with on_disk(store) as other:
        return [row.planned_on for row in other.visit.where("status = 'planned'")]


async def test_the_day_comes_from_cadence_and_weekday(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert pane.day == PROPOSED
        text = shown(pilot.app)
        assert "Thursday 25 February 2027" in text
        assert "in 84 days" in text
        assert "within the cadence of 90 days" in text
        assert "3 of the last 3 visits were on a Thursday" in text
        assert planned(store) == [], "looking plans nothing"


async def test_after_an_observation_day_comes_a_visit(store: Store, world: World, visit: str) -> None:
    here = store.visit.get(visit)
    store.visit.save(here.model_copy(update={"occasion": "observation day"}))
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter")
        with on_disk(store) as other:
            [row] = other.visit.where("status = 'planned'")
            assert (row.occasion, row.checklist_id) == (
                "customer visit",
                store.visit.get(world.visit).checklist_id,
            )


async def test_enter_plans_and_the_radar_shows_it(store: Store, world: World, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter", "enter")
        assert planned(store) == [PROPOSED]
        assert "planned for Thursday 25 February" in shown(pilot.app)
        assert tally(screen_of(pilot).book, STEPS[0]).words == "25 Feb 2027"
        with on_disk(store) as other:
            assert other.radar.page(TODAY)[0].planned_on == PROPOSED
            row = other.visit.where("status = 'planned'")[0]
            assert (row.customer_id, row.brm_id) == (world.customer, store.local.settings().me)


async def test_another_day_moves_the_same_visit(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter", "plus", "right", "enter")
        assert planned(store) == [PROPOSED + timedelta(days=8)]
        await pilot.press("minus", "left", "up", "down", "enter")
        assert planned(store) == [PROPOSED]


async def test_the_visit_that_was_planned_already_is_moved(store: Store, world: World) -> None:
    row = store.visit.get(world.planned)
    store.visit.save(row.model_copy(update={"status": "planned", "planned_on": date(2027, 1, 7)}))
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert pane.day == date(2027, 1, 7)
        await pilot.press("plus", "enter")
        assert planned(store) == [date(2027, 1, 8)]


async def test_discarding_the_visit_puts_the_planned_one_back(store: Store, world: World) -> None:
    row = store.visit.get(world.planned)
    store.visit.save(row.model_copy(update={"status": "planned", "planned_on": date(2027, 1, 7)}))
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("plus", "enter", "plus", "enter")
        assert planned(store) == [date(2027, 1, 9)]
        await pilot.press("ctrl+d", "enter")
        await pilot.pause()
        assert planned(store) == [date(2027, 1, 7)]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert planned(store) == [date(2027, 1, 9)]


async def test_undo(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter", "plus", "enter", "ctrl+z")
        assert planned(store) == [PROPOSED]
        await pilot.press("ctrl+z")
        assert planned(store) == []


async def test_a_date_is_typed_and_planned_at_once(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await typed(pilot, "4.3")
        await pilot.press("enter")
        assert planned(store) == [date(2027, 3, 4)]
        assert "1 day after the cadence of 90 days ends" in shown(pilot.app)


async def test_a_date_typed_fast_is_whole(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await burst(pilot, "2027-03-04⏎")
        assert planned(store) == [date(2027, 3, 4)]


@pytest.mark.parametrize("text", ["3.12.2026", "31.2", "2020-01-01", "soon", "1.1.2201"])
async def test_a_day_that_cannot_be_is_said(store: Store, visit: str, text: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("e")
        await typed(pilot, text)
        await pilot.press("enter")
        assert planned(store) == []
        assert screen_of(pilot).focused is not None
        assert not pane.may_leave()


async def test_never_before_tomorrow(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press(*["left"] * 20)
        assert pane.day == TODAY + timedelta(days=1)
        assert "in 1 day\n" in shown(pilot.app)


async def test_a_self_check_is_planned_too(store: Store, world: World) -> None:
    visit = visit_with(store, None, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "no earlier visit to go by" in shown(pilot.app)
        await pilot.press("enter")
        with on_disk(store) as other:
            [row] = other.visit.where("status = 'planned'")
            assert (row.customer_id, row.occasion) == (None, "self-check")


async def test_a_completed_visit_plans_nothing(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter", "4")
        assert planned(store) == []


@pytest.mark.parametrize("name", ["markup", "escapes", "long"])
async def test_hostile_text_around_it(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4.3", date(2027, 3, 4)),
        ("4.3.", date(2027, 3, 4)),
        ("31/12", date(2026, 12, 31)),
        ("4 Mar", date(2027, 3, 4)),
        ("2027-03-04", date(2027, 3, 4)),
        ("3.12", date(2027, 12, 3)),
    ],
)
def test_a_day_without_its_year_is_the_next_one(text: str, day: date) -> None:
    assert read_day(text, TODAY, "after") == day


def test_the_usual_weekday_is_the_most_frequent_then_the_newest() -> None:
    assert usual_weekday([date(2026, 12, 3), date(2026, 9, 1), date(2026, 6, 2)]) == 1
    assert usual_weekday([date(2026, 12, 3), date(2026, 9, 1)]) == 3
