"""Actions: a title is enough, done, dropped, edited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.scorecard import Measure
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.actions import Pane, tally
from radar_tui.ui.steps.base.step import StepPane
from tests.ui.steps.standing import app_on, burst, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.domain.action import Action
    from radar_tui.domain.checklist import StepKind
    from radar_tui.store.store import Store

STEPS = [step("actions"), step("summary")]


@pytest.fixture
def visit(store: Store, world: World) -> str:
    return visit_with(store, world.customer, STEPS)


def agreed(store: Store, visit: str) -> list[Action]:
    with on_disk(store) as other:
        return other.action.where("visit_id = ?", [visit])


async def test_a_title_and_enter_are_enough(store: Store, world: World, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("n")
        await typed(pilot, "Send the seat drawings")
        await pilot.press("enter")
        await pilot.pause()
        [row] = agreed(store, visit)
        assert (row.title, row.owner_id, row.due_on, row.status, row.customer_id) == (
            "Send the seat drawings",
            store.local.settings().me,
            date(2026, 12, 17),
            "open",
            world.customer,
        )
        assert pane.table.current is not None
        assert pane.table.current.key == row.id
        assert tally(screen_of(pilot).book, STEPS[0]).words == "1"


async def test_a_title_typed_fast_is_whole_and_changes_nothing_else(
    store: Store, world: World, visit: str
) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await burst(pilot, "nxray the seats, e.g. now⏎")
        await pilot.pause()
        assert [row.title for row in agreed(store, visit)] == ["xray the seats, e.g. now"]
        with on_disk(store) as other:
            assert other.action.get(world.action).status == "open"


async def test_the_customers_open_actions_stand_there_too(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        row = next(line for line in shown(pilot.app).splitlines() if "Train the nigh" in line)
        assert "!!" in row, "it was due two days ago"
        assert "1 open, 0 agreed today" in shown(pilot.app)


async def test_done_dropped_and_open_again(store: Store, world: World, visit: str) -> None:
    def status() -> tuple[str, date | None]:
        with on_disk(store) as other:
            row = other.action.get(world.action)
            return row.status, row.done_on

    row = store.action.get(world.action).model_copy(update={"visit_id": visit})
    store.action.save(row)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space")
        assert status() == ("done", date(2026, 12, 3))
        await pilot.press("space")
        assert status() == ("open", None)
        await pilot.press("x")
        assert status() == ("dropped", None)
        assert "dropped:" in shown(pilot.app)
        await pilot.press("ctrl+z", "ctrl+z")
        assert status() == ("done", date(2026, 12, 3))


async def test_an_action_is_edited_with_owner_and_measure(store: Store, world: World, visit: str) -> None:
    measure = Measure(id=new_id(), customer_id=world.customer, perspective="internal", name="First reply")
    store.measure.save(measure)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("e")
        await typed(pilot, "!")
        await pilot.press("tab", "right", "tab", "tab", "f", "tab", "8", "enter")
        await pilot.pause()
        with on_disk(store) as other:
            row = other.action.get(world.action)
            assert row.title == "Train the night shift!"
            assert (row.measure_id, row.expected_gain) == (measure.id, 8)
            assert row.owner_id != world.colleague


async def test_undo_takes_a_new_action_away(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "a", "enter")
        await pilot.pause()
        assert len(agreed(store, visit)) == 1
        await pilot.press("ctrl+z")
        assert agreed(store, visit) == []


async def test_an_action_needs_a_title(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "space", "enter")
        await pilot.pause()
        assert agreed(store, visit) == []
        assert "We will: needed." in shown(pilot.app)


async def test_a_self_check_has_actions_of_its_own(store: Store, world: World) -> None:
    visit = visit_with(store, None, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "Press n to agree on the first one." in shown(pilot.app)
        await pilot.press("space", "x", "e", "n", "a", "enter")
        await pilot.pause()
        [row] = agreed(store, visit)
        assert row.customer_id is None


async def test_a_completed_visit_is_not_changed(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "space")
        await pilot.pause()
        assert agreed(store, visit) == []
        assert len(pilot.app.screen_stack) == 2


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is_and_kept_whole(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert text in shown(pilot.app)
        await pilot.press("e", "enter")
        await pilot.pause()
        with on_disk(store) as other:
            assert other.action.get(world.action).title == text.strip()


@pytest.mark.parametrize(
    ("kind", "dead", "fills"), [("actions", "drop", "new action"), ("integrity", "verdict", "found on site")]
)
async def test_an_empty_step_offers_only_the_key_that_fills_it(
    store: Store, world: World, kind: StepKind, dead: str, fills: str
) -> None:
    customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue"))
    visit = visit_with(store, customer.id, [step(kind)])
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, StepPane)
        footer = shown(pilot.app).splitlines()[-1]
        assert fills in footer
        assert dead not in footer
