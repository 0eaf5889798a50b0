"""One key says that a note, an action or a line is ours, in every step that has any; the word says it by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.action import Action
from radar_tui.domain.integrity import Item
from radar_tui.domain.promise import Want
from radar_tui.domain.question import Question
from radar_tui.store.ids import new_id
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.base.step import StepPane
from tests.ui.every_place import settle
from tests.ui.steps.standing import app_on, opened, step, typed, visit_with
from tests.ui.world import World, shown

if TYPE_CHECKING:
    from radar_tui.store.rows.table import Table
    from radar_tui.store.store import Store

ASKED = Question.model_validate({"key": "seen", "ask": "Seen?", "type": "yes/no"})
STEPS = [
    step("questions", ASKED, key="questions"), step("integrity"), step("replacements"), step("new_streams"),
    step("promises"), step("actions"), step("people"), step("next_visit"), step("summary"),
]  # fmt: skip


@dataclass
class Standing:
    """A visit with a note, a line or an action to mark in the step of each kind."""

    visit: str
    rows: dict[str, tuple[Table[Any], str]]


@pytest.fixture
def standing(store: Store, world: World) -> Standing:
    visit = visit_with(store, world.customer, STEPS)
    answer = store.answer.answer(visit, ASKED, "yes", note="words").answer
    store.finding.grade(visit, world.item, "serviceable", "words")
    [finding] = store.finding.where("visit_id = ?", [visit])
    line = store.opportunity.add_line(visit, "replacement", world.part, 1)
    stream = store.opportunity.new_stream(visit, "words", model="RX-40", widgets=1, housings=1, percent=0)
    checks = PromiseChecks(store)
    checks.put(visit, world.promise, True, "words")
    check = checks.of(visit, world.promise)
    assert check is not None
    store.action.delete(world.action)
    action = store.action.save(Action(id=new_id(), customer_id=world.customer, visit_id=visit, title="words"))
    return Standing(
        visit,
        {
            "questions": (store.answer, answer.id), "integrity": (store.finding, finding.id),
            "replacements": (store.opportunity.lines, line), "new_streams": (store.opportunity, stream),
            "promises": (checks, check.id), "actions": (store.action, action.id),
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["questions", "integrity", "replacements", "new_streams", "promises", "actions"]
)
async def test_the_key_marks_and_takes_the_mark_off(store: Store, standing: Standing, kind: str) -> None:
    table, id = standing.rows[kind]
    store.visit.set_step(standing.visit, kind)
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        pane = await opened(pilot, standing.visit, StepPane)
        if kind == "questions":
            pane.query_one("StepTable").focus()
            await pilot.press("up")
        for key, ours in (("ctrl+o", True), ("ctrl+z", None), ("ctrl+o", True), ("ctrl+o", False)):
            await pilot.press(key)
            await settle(pilot)
            assert table.get(id).ours is ours, (key, ours)
            words = shown(pilot.app).replace("ctrl+o ours", "")
            assert bool(re.search(r"\bours words|\bours Seat", words)) is (ours is True), words


@pytest.mark.parametrize("kind", ["people", "next_visit", "summary"])
async def test_where_nothing_can_be_ours_the_key_is_not_offered(
    store: Store, standing: Standing, kind: str
) -> None:
    store.visit.set_step(standing.visit, kind)
    async with app_on(store).run_test(size=(160, 45)) as pilot:
        await opened(pilot, standing.visit, StepPane)
        await pilot.press("ctrl+o")
        assert isinstance(pilot.app.screen, VisitScreen)
        assert "ctrl+o" not in shown(pilot.app)


async def test_what_begins_with_the_word_is_marked_and_that_is_said(store: Store, standing: Standing) -> None:
    store.visit.set_step(standing.visit, "actions")
    async with app_on(store).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, standing.visit, StepPane)
        await pilot.press("n")
        await settle(pilot)
        await typed(pilot, "intern: ask for the discount")
        await pilot.press("enter")
        await settle(pilot)
        assert "customers do not read it" in " ".join(shown(pilot.app).split())
        [made] = store.action.where("title LIKE 'intern:%'")
        assert made.ours is True
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert store.action.get(made.id).ours is False
        await pilot.press("e", "end", "x", "enter")
        await settle(pilot)
        assert store.action.get(made.id).ours is False, "who said that it is not is not asked again"


async def test_a_note_that_begins_with_the_word_is_marked(store: Store, standing: Standing) -> None:
    for kind, keys in (("questions", ("up", "ctrl+n")), ("promises", ("ctrl+n",))):
        table, id = standing.rows[kind]
        store.visit.set_step(standing.visit, kind)
        async with app_on(store).run_test(size=(120, 36)) as pilot:
            await opened(pilot, standing.visit, StepPane)
            await pilot.press(*keys, *["backspace"] * 5)
            await typed(pilot, "Interno: x")
            await pilot.press("enter")
            await settle(pilot)
            row = table.get(id)
            assert (row.note, row.ours) == ("Interno: x", True), kind
            await pilot.press("ctrl+z")
            await settle(pilot)
            assert (table.get(id).note, table.get(id).ours) == ("words", None), kind


async def test_a_want_is_marked(store: Store, world: World, standing: Standing) -> None:
    want = store.want.save(
        Want(id=new_id(), customer_id=world.customer, visit_id=standing.visit, title="A discount")
    )
    store.visit.set_step(standing.visit, "promises")
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, standing.visit, StepPane)
        await pilot.press("end", "ctrl+o")
        await settle(pilot)
        assert store.want.get(want.id).ours is True


async def test_the_note_just_written_is_marked_though_the_cursor_went_on(
    store: Store, world: World, standing: Standing
) -> None:
    table, id = standing.rows["integrity"]
    store.finding.grade(standing.visit, world.item, None)
    store.item.save(Item(id=new_id(), customer_id=world.customer, tag="ZZ-9"))
    store.visit.set_step(standing.visit, "integrity")
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, standing.visit, StepPane)
        await pilot.press("home", "d", "n")
        await settle(pilot)
        assert "ctrl+o afterwards: ours" in shown(pilot.app)
        await typed(pilot, "they skimp on grease")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert (table.get(id).note, table.get(id).ours) == ("they skimp on grease", True)
