"""Our promises in the customer's eyes, and what they ask for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.promise import Promise, Want
from radar_tui.store.ids import new_id
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.ui.steps.promises import Pane, tally
from tests.ui.steps.standing import app_on, burst, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.store.store import Store

STEPS = [step("promises"), step("summary")]


@pytest.fixture
def world(store: Store) -> World:
    """Two promises in force, one retired, one want from before."""
    world = build(store)
    for title, retired in (("A name on every call", None), ("Old one", date(2026, 5, 1))):
        store.promise.save(Promise(id=new_id(), title=title, made_on=date(2026, 2, 1), retired_on=retired))
    store.want.save(
        Want(id=new_id(), customer_id=world.customer, visit_id=world.visit, title="A 24 h hotline")
    )
    return world


@pytest.fixture
def visit(store: Store, world: World) -> str:
    return visit_with(store, world.customer, STEPS)


def said(store: Store, visit: str) -> dict[str, tuple[bool | None, str]]:
    """Promise to what was noted, as another process reads it."""
    with on_disk(store) as other:
        titles = {row.id: row.title for row in other.promise.where()}
        rows = PromiseChecks(other).where("visit_id = ?", [visit])
        return {titles[row.promise_id]: (row.kept, row.note) for row in rows}


def wants(store: Store, visit: str) -> list[str]:
    with on_disk(store) as other:
        return [row.title for row in other.want.where("visit_id = ?", [visit])]


async def test_one_key_a_promise(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "Old one" not in shown(pilot.app)
        assert "0 of 2 promises checked" in shown(pilot.app)
        await pilot.press("y", "n")
        assert said(store, visit) == {"Spares in 48 hours": (True, ""), "A name on every call": (False, "")}
        assert tally(screen_of(pilot).book, STEPS[0]).done
        await pilot.press("home", "x")
        assert said(store, visit)["Spares in 48 hours"] == (None, "")
        assert pane.table.cursor == 1


async def test_what_they_said_before_is_shown(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        row = next(line for line in shown(pilot.app).splitlines() if "Spares in 48 hours" in line)
        assert "kept" in row


async def test_a_note_keeps_the_verdict(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "up", "ctrl+n")
        await typed(pilot, "late in June")
        await pilot.press("enter")
        assert said(store, visit)["Spares in 48 hours"] == (False, "late in June")
        await pilot.press("home", "y")
        assert said(store, visit)["Spares in 48 hours"] == (True, "late in June")


async def test_taking_back_and_undo(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "up", "y", "ctrl+z")
        assert said(store, visit) == {"Spares in 48 hours": (False, "")}
        await pilot.press("home", "backspace")
        assert said(store, visit) == {}
        await pilot.press("ctrl+z")
        assert said(store, visit) == {"Spares in 48 hours": (False, "")}


@pytest.mark.parametrize("key", ["w", "plus"])
async def test_what_they_ask_for_is_one_line(store: Store, world: World, visit: str, key: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press(key)
        await typed(pilot, "Faster quotes")
        await pilot.press("enter")
        assert wants(store, visit) == ["Faster quotes"]
        with on_disk(store) as other:
            row = other.want.where("visit_id = ?", [visit])[0]
            assert (row.customer_id, row.decision) == (world.customer, "open")
        assert "1 want" in shown(pilot.app)
        await pilot.press("e")
        await typed(pilot, " please")
        await pilot.press("enter")
        assert wants(store, visit) == ["Faster quotes please"]
        await pilot.press("backspace")
        assert wants(store, visit) == []
        await pilot.press("ctrl+z")
        assert wants(store, visit) == ["Faster quotes please"]


async def test_a_want_typed_fast_is_whole_and_answers_nothing(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await burst(pilot, "wnew yard, xray⏎")
        assert wants(store, visit) == ["new yard, xray"]
        assert said(store, visit) == {}


async def test_what_they_asked_for_before_is_not_taken_away(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "A 24 h hotline" in shown(pilot.app)
        await pilot.press("end", "backspace")
        assert pane._want() is not None
        with on_disk(store) as other:
            assert len(other.want.where()) == 1
        assert "kept" not in shown(pilot.app).splitlines()[-1], "a want is not kept or broken"


async def test_it_resumes_at_the_first_promise_not_asked(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("y")
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        promise = pane._promise()
        assert promise is not None
        assert promise.title == "A name on every call"


async def test_without_promises_one_is_made_on_the_spot(store: Store, world: World) -> None:
    store.promise.save_all(
        row.model_copy(update={"retired_on": date(2026, 1, 2)}) for row in store.promise.where()
    )
    store.want.save_all(row.model_copy(update={"decision": "parked"}) for row in store.want.where())
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "Press a to make one" in shown(pilot.app)
        await pilot.press("y", "ctrl+n", "backspace", "w")
        await typed(pilot, "Hope")
        await pilot.press("enter")
        await pilot.pause()
        assert wants(store, visit) == ["Hope"]
        await pilot.press("a")
        await typed(pilot, "Same day")
        await pilot.press("enter")
        await pilot.pause()
        assert [row.title for row in store.promise.in_force(date(2026, 12, 3))] == ["Same day"]
        pane.table.action_jump(0)
        # Made a moment ago: nobody can have kept it yet.
        await pilot.press("y", "x", "ctrl+n")
        assert "made today" in shown(pilot.app)
        assert said(store, visit) == {}
        assert not tally(screen_of(pilot).book, STEPS[0]).done


async def test_a_completed_visit_is_not_changed(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("y", "w", "backspace")
        assert not pane.ask_line.is_open
        assert said(store, visit) == {}


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    visit = visit_with(store, world.customer, STEPS)
    PromiseChecks(store).put(visit, world.promise, False, text)
    store.want.save(Want(id=new_id(), customer_id=world.customer, visit_id=visit, title=text, note=text))
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("end", "ctrl+n", "enter", "home", "ctrl+n", "enter")
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert shown(pilot.app).count(text) >= 4
        with on_disk(store) as other:
            assert PromiseChecks(other).where("visit_id = ?", [visit])[0].note == text.strip()


async def test_a_want_is_served_tied_or_parked_with_the_reason(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("w")
        await typed(pilot, "Kit boxes")
        await pilot.press("enter")
        await pilot.pause()
        [made] = store.want.where("visit_id = ?", [visit])
        pane.table.go_to(made.id)
        await pilot.press("t")
        assert store.want.get(made.id).promise_id == next(iter(pane.promises))
        await pilot.press("t", "t")
        assert store.want.get(made.id).promise_id is None, "after the last one comes none"
        await pilot.press("s")
        assert store.want.get(made.id).decision == "served"
        await pilot.press("ctrl+z")
        assert store.want.get(made.id).decision == "open"
        await pilot.press("p", "enter")
        assert "Say why it is parked" in shown(pilot.app)
        await typed(pilot, "no box fits")
        await pilot.press("enter")
        await pilot.pause()
        with on_disk(store) as other:
            row = other.want.get(made.id)
        assert (row.decision, row.note) == ("parked", "no box fits")


async def test_a_want_from_before_that_is_decided_stays_in_view_to_think_again(
    store: Store, visit: str
) -> None:
    [want] = store.want.where()
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(want.id)
        await pilot.press("s")
        assert store.want.get(want.id).decision == "served"
        assert any("A 24 h hotline" in line and "served" in line for line in shown(pilot.app).splitlines())
        await pilot.press("s")
        assert store.want.get(want.id).decision == "open", "the same key on the same row"
        await pilot.press("p", *"no", "enter")
        await pilot.pause()
        assert any("A 24 h hotline" in line and "parked" in line for line in shown(pilot.app).splitlines())


async def test_what_a_sync_noted_meanwhile_stays(store: Store, world: World, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.action_jump(0)
        [title] = [row.title for row in pane.promises.values()][:1]
        with on_disk(store) as other:
            PromiseChecks(other).put(visit, next(iter(pane.promises)), None, "said to Bo")
        await pilot.press("y")
        assert said(store, visit)[title] == (True, "said to Bo")


async def test_i_says_where_the_figures_come_from(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("i")
        await pilot.pause()
        assert "Where each figure comes from" in shown(pilot.app)
        await pilot.press("escape", "w", "i")
        await pilot.pause()
        assert "Where each" not in shown(pilot.app), "while one types it is a letter"
