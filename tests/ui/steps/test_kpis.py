"""KPIs: target, newest reading, worst and best, in either direction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.kpis import Pane, tally
from tests.ui.steps.standing import app_on, opened, screen_of, step, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.store.store import Store

STEPS = [step("kpis"), step("summary")]


def measure(store: Store, world: World, name: str, values: Sequence[tuple[date, float]], **more: Any) -> None:
    """A measure with its readings."""
    row = store.measure.save(
        Measure(id=new_id(), customer_id=world.customer, name=name, **{"perspective": "internal", **more})
    )
    with store.transaction() as connection:
        for day, value in values:
            reading = Reading(id=new_id(), measure_id=row.id, as_of=day, value=value)
            connection.execute(
                "INSERT INTO reading (id, measure_id, as_of, value) VALUES (:id, :measure_id, :as_of, :value)",
                reading.columns(),
            )


NOVEMBER, OCTOBER, LONG_AGO = date(2026, 11, 30), date(2026, 10, 31), date(2024, 10, 31)


@pytest.fixture
def world(store: Store) -> World:
    world = build(store)
    measure(
        store, world, "First reply", [(OCTOBER, 11), (NOVEMBER, 15.5)], unit="h", worst=48, best=4, target=12
    )
    measure(store, world, "On time", [(NOVEMBER, 97)], unit="%", target=95, perspective="customer")
    measure(store, world, "Old one", [(LONG_AGO, 3)], perspective="learning")
    measure(store, world, "Never read", [], perspective="financial", target=5)
    return world


async def test_each_with_target_and_newest_reading(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(160, 45)) as pilot:
        await opened(pilot, visit, Pane)
        text = shown(pilot.app)
        assert "1 of 2 KPIs on target" in text
        reply = next(line.split() for line in text.splitlines() if "First reply" in line and "30 Nov" in line)
        assert reply[-10:] == ["12", "15.5", "h", "lost", "▁█", "11", "30", "Nov", "48", "4"]
        assert "!" in reply, "fewer hours are better, so 15.5 misses 12"
        on_time = next(line for line in text.splitlines() if "On time" in line)
        assert "!" not in on_time
        assert (
            text.index("Financial") < text.index("Customer") < text.index("Internal") < text.index("Learning")
        )
        assert tally(screen_of(pilot).book, STEPS[0]).words == "1/2"


async def test_worst_and_best_stand_below_where_there_is_no_room(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        for _ in range(2):
            await pilot.press("down")
        assert "First reply: worst 48, best 4 h" in shown(pilot.app)
        assert "Last readings: 11; 15.5" in " ".join(
            line.split("│")[-1].strip() for line in shown(pilot.app).splitlines()
        )
        await pilot.press("end")
        assert "too old to count" in " ".join(
            line.split("│")[-1].strip() for line in shown(pilot.app).splitlines()
        )
        assert pane.table.current is not None


async def test_none_says_what_the_place_is_for(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        assert "No KPIs of this customer yet." in shown(pilot.app)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    measure(store, world, text, [(NOVEMBER, 3)], unit=text)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(160, 45)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert f"{text}: worst 0, best 100 {text}" in shown(pilot.app)


async def test_a_reading_on_the_spot_is_on_the_disk_and_taken_back_by_one_key(
    store: Store, world: World
) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(next(key for key, row in pane.measures.items() if row.name == "First reply"))
        await pilot.press("r", *"about", "enter")
        assert "number" in shown(pilot.app)
        for _ in range(5):
            await pilot.press("backspace")
        await pilot.press(*"9,5", "enter")
        await pilot.pause()
        row = next(line.split() for line in shown(pilot.app).splitlines() if "First reply" in line)
        assert row[3:7] == ["12", "9.5", "h", "reached"] or "reached" in row
        assert store.row("SELECT value FROM reading ORDER BY id DESC LIMIT 1")[0] == 9.5
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert store.row("SELECT count(*) FROM reading WHERE value = 9.5")[0] == 0
        assert "lost" in shown(pilot.app)


async def test_what_radar_computes_is_not_shown_to_the_customer(store: Store, world: World) -> None:
    measure(store, world, "Recommendation", [(NOVEMBER, 30)])
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        assert "Recommendation" not in shown(pilot.app)


async def test_all_readings_over_time_and_where_the_figures_come_from(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(next(key for key, row in pane.measures.items() if row.name == "First reply"))
        await pilot.press("h")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        assert "First reply (h)" in shown(pilot.app)
        assert "15.5" in shown(pilot.app)
        await pilot.press("escape", "i")
        await pilot.pause()
        assert "it crossed its target" in " ".join(shown(pilot.app).split())
