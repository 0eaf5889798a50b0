"""The action plan: whose, in which state, done and taken back, and what an action came to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.action import Action
from radar_tui.domain.scorecard import Measure
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.actions.screen import ActionsScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.row_table import RowTable


def planned(store: Store) -> World:
    """Train the night shift (late, Anneli's), one done by me that was to raise a measure, one of ourselves."""
    world = build(store)
    me = store.local.settings().me
    store.measure.add(
        Measure(
            id="m", customer_id=world.customer, perspective="internal", name="First reply", worst=48, best=4
        )
    )
    for day, value in ((date(2026, 9, 1), 26), (date(2026, 11, 1), 15), (date(2026, 12, 1), 48)):
        store.measure.read("m", day, value)
    store.action.save_all(
        [
            Action(id="d", customer_id=world.customer, title="A second desk", owner_id=me, status="done",
                   done_on=date(2026, 10, 1), measure_id="m", expected_gain=20),
            Action(id="u", customer_id=world.customer, title="Unread yet", owner_id=me, status="done",
                   done_on=date(2026, 12, 2), measure_id="m"),
            Action(id="o", title="Écrire le guide", owner_id=me, due_on=date(2027, 1, 15)),
        ]
    )  # fmt: skip
    return world


def point_at(table: RowTable, key: str) -> None:
    """Put the cursor on the row with this key."""
    rows = [table.row_at(index) for index in range(table.count)]
    table.cursor = next(index for index, row in enumerate(rows) if row is not None and row.key == key)


async def at_plan(pilot: Pilot[None]) -> ActionsScreen:
    screen = ActionsScreen()
    pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def titles(pilot: Pilot[None], *keys: str) -> list[str]:
    """What is listed after some keys."""
    await pilot.press(*keys)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ActionsScreen)
    return [row.title for row in screen._found.values()]


async def test_open_ones_of_everybody_first_then_by_state_and_owner(store: Store) -> None:
    planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_plan(pilot)
        assert await titles(pilot) == ["Train the night shift", "Écrire le guide"]
        assert "!!" in shown(app)
        assert await titles(pilot, "s") == ["Train the night shift"]
        assert await titles(pilot, "s") == ["Unread yet", "A second desk"]
        assert await titles(pilot, "s") == []
        assert "No actions here" in shown(app)
        assert len(await titles(pilot, "s")) == 4
        assert await titles(pilot, "o") == ["Écrire le guide", "Unread yet", "A second desk"]
        assert "mine" in shown(app)
        assert await titles(pilot, "o") == ["Train the night shift"]
        assert "Anneli Strand's" in shown(app)
        assert len(await titles(pilot, "o", "s")) == 2


async def test_letters_filter_whatever_their_accents(store: Store) -> None:
    planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await at_plan(pilot)
        assert await titles(pilot, "slash", *"ecrire") == ["Écrire le guide"]
        assert await titles(pilot, "enter", "escape") == ["Train the night shift", "Écrire le guide"]
        assert app.screen is screen
        assert await titles(pilot, "slash", *"aurora") == ["Train the night shift"]


async def test_expected_against_actual_once_the_measure_is_read_again(store: Store) -> None:
    planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 30)) as pilot:
        screen = await at_plan(pilot)
        await titles(pilot, "s", "s")
        point_at(screen.table, "d")
        await pilot.pause()
        text = shown(app)
        # 26 hours until it was done, 15 hours at the next reading: 50 and 75 points.
        assert "to raise First reply by 20; came to +25, 50 → 75 on 1 Nov" in text
        assert next(line for line in text.splitlines() if "A second desk" in line).split()[-2:] == [
            "+20",
            "+25",
        ]
        point_at(screen.table, "u")
        await pilot.pause()
        assert "to raise First reply; not read since" in shown(app)


async def test_done_and_dropped_are_one_key_and_taken_back(store: Store) -> None:
    world = planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_plan(pilot)
        await titles(pilot, "space")
        done = store.action.get(world.action)
        assert (done.status, done.done_on) == ("done", app.today)
        await titles(pilot, "ctrl+z")
        assert store.action.get(world.action).status == "open"
        await titles(pilot, "home", "x")
        assert store.action.get(world.action).status == "dropped"


async def test_the_palette_leads_there_and_enter_to_the_customer(store: Store) -> None:
    planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"action plan")
        await pilot.pause(0.3)
        await pilot.press("down", "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ActionsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CustomerScreen)


async def test_the_customer_shows_what_its_actions_came_to(store: Store) -> None:
    world = planned(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        line = next(line for line in shown(app).splitlines() if "A second desk" in line)
    assert "First reply" in line
    assert line.split()[-2:] == ["+20", "+25"]
