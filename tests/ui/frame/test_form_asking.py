"""A form asks before it takes what is hardly ever meant: a day ahead that has passed, and none of something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.place import FollowUpAt, VisitAt
from radar_tui.ui.forms import business, customer, ourselves
from radar_tui.ui.forms import visit as visits
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.steps.actions import action_form
from radar_tui.ui.widgets.fields import TextField
from tests.ui.steps.standing import step, visit_with
from tests.ui.world import World, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from radar_tui.store.store import Store

GONE, NONE = "3 Nov was 30 days ago", "0 is none at all"
FORMS: dict[str, tuple[Callable[[RadarApp, World], FormScreen], str, str]] = {
    "plan a visit": (lambda app, world: visits.planned_visit_form(app, world.customer, None), "planned_on", GONE),
    "a planned visit": (
        lambda app, world: visits.planned_visit_form(app, world.customer, app.store.visit.get(world.planned)),
        "planned_on", GONE,
    ),
    "an action": (
        lambda app, world: business.action_form(app, world.customer, app.store.action.get(world.action)),
        "due_on", GONE,
    ),
    "an action of a visit": (
        lambda app, world: action_form(app, app.store.action.get(world.action), lambda row: row.id),
        "due_on", GONE,
    ),
    "its gain": (
        lambda app, world: business.action_form(app, world.customer, app.store.action.get(world.action)),
        "expected_gain", NONE,
    ),
    "an opportunity": (
        lambda app, world: business.opportunity_form(app, world.customer, app.store.opportunity.get(world.opportunity)),
        "expected_on", GONE,
    ),
    "a part": (lambda app, world: ourselves.part_form(app, app.store.part.get(world.part)), "unit_price", NONE),
    "a customer": (
        lambda app, world: customer.customer_form(app, app.store.customer.get(world.customer)), "annual_value", NONE,
    ),
}  # fmt: skip


async def put(pilot: Pilot[None], field: str, text: str) -> None:
    """Type a text into a field, then enter."""
    pilot.app.screen.query_one(f"#field-{field}", TextField).value = text
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def asked_once(pilot: Pilot[None], field: str, words: str) -> None:
    """It is asked about, with the cursor there, and taken with the second enter."""
    await put(pilot, field, "0" if words is NONE else "3 nov 2026")
    assert isinstance(pilot.app.screen, FormScreen)
    assert f"{words}. enter again takes it." in " ".join(shown(pilot.app).split())
    assert pilot.app.focused is pilot.app.screen.query_one(f"#field-{field}")
    await pilot.press("enter")
    await pilot.pause()
    assert not isinstance(pilot.app.screen, FormScreen)


@pytest.mark.parametrize("name", FORMS)
async def test_it_is_asked_about_and_taken_with_the_second_enter(
    store: Store, world: World, name: str
) -> None:
    made, field, words = FORMS[name]
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.push_screen(made(app, world))
        await pilot.pause()
        await asked_once(pilot, field, words)


async def test_an_observation_day_in_the_past_is_asked_about(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.push_screen(visits.observation_form(app))
        await pilot.pause()
        app.screen.query_one("#field-customer", TextField).value = "Aurora"
        await asked_once(pilot, "planned_on", GONE)


async def test_the_next_step_of_a_follow_up_in_the_past_is_asked_about(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.open(FollowUpAt(world.follow_up))
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await asked_once(pilot, "due_on", GONE)


@pytest.mark.parametrize(("field", "words"), [("quantity", NONE), ("needed_by", GONE), ("unit_price", NONE)])
async def test_a_line_of_a_visit_is_asked_about(store: Store, world: World, field: str, words: str) -> None:
    visit = visit_with(store, world.customer, [step("spares")])
    store.finding.grade(visit, world.item, "deteriorating")
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.open(VisitAt(visit))
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await asked_once(pilot, field, words)


@pytest.mark.parametrize("field", ["widgets", "housings"])
async def test_a_stream_of_none_is_asked_about(store: Store, world: World, field: str) -> None:
    visit = visit_with(store, world.customer, [step("new_streams")])
    store.opportunity.new_stream(visit, "Line 3", model="RX-40", widgets=4, housings=1, percent=50)
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.open(VisitAt(visit))
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await asked_once(pilot, field, NONE)


async def test_another_day_is_asked_about_anew_and_what_stood_there_is_not(
    store: Store, world: World
) -> None:
    app = RadarApp(store)
    action = store.action.get(world.action)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.push_screen(business.action_form(app, world.customer, action))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, FormScreen), (
            "the day that stood there has passed, and is left as it is"
        )
        app.push_screen(business.action_form(app, world.customer, action))
        await pilot.pause()
        await put(pilot, "due_on", "3 nov 2026")
        await put(pilot, "due_on", "4 nov 2026")
        assert isinstance(app.screen, FormScreen)
        assert "4 Nov was 29 days ago. enter again takes it." in shown(app)
        await put(pilot, "due_on", "4 dec 2026")
        assert not isinstance(app.screen, FormScreen)
    assert store.action.get(world.action).due_on is not None
