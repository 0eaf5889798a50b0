"""The visit screen: saving before painting, what the disk refuses, undo, leaving and resuming."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.relationship import Colleague
from radar_tui.store.ids import new_id
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.integrity import Pane
from radar_tui.ui.steps.summary import Pane as SummaryPane
from radar_tui.ui.widgets.key_bar import KeyBar
from tests.ui.painted import painted
from tests.ui.steps.standing import app_on, opened, step, visit_with
from tests.ui.world import HOSTILE, shown, some_hostile

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.checklist import Step
    from radar_tui.store.store import Store


@pytest.fixture
def visit(store: Store) -> str:
    """A visit at its integrity report of three items."""
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
    store.local.save(replace(store.local.settings(), me=me.id, company="Toller"))
    customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue"))
    for index in range(3):
        store.item.save(Item(id=new_id(), customer_id=customer.id, tag=f"W-{index}", model="RX-40"))
    steps: list[Step] = [
        step("integrity"),
        step("replacements"),
        step("spares"),
        step("new_streams"),
        step("summary"),
    ]
    return visit_with(store, customer.id, steps)


def verdicts(store: Store, visit_id: str) -> list[str | None]:
    return [row.verdict for row in store.finding.report(visit_id)]


async def test_one_key_an_item_and_the_cursor_moves_on(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("s", "d", "u")
        await pilot.pause()
        assert verdicts(store, visit) == ["serviceable", "deteriorating", "unserviceable"]
        assert pane.table.cursor == 2
        assert "3 of 3 items graded" in painted(pilot.app)
        assert "1 replacement" in painted(pilot.app)
        assert "✓ saved 10:42:07" in painted(pilot.app)


async def test_undo_takes_back_one_key_at_a_time(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("u", "a")
        assert verdicts(store, visit) == ["unserviceable", "serviceable", "serviceable"]
        await pilot.press("ctrl+z")
        assert verdicts(store, visit) == ["unserviceable", None, None]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert verdicts(store, visit) == [None, None, None]
        assert store.opportunity.where() == []
        await pilot.press("ctrl+z")
        await pilot.pause()
        await pilot.pause(0.1)
        assert "Nothing to take back" in painted(pilot.app)


async def test_what_another_program_locks_out_stays_on_screen_and_is_written_later(
    store: Store, visit: str
) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        with closing(sqlite3.connect(store.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("s", "d")
            await pilot.pause()
            assert verdicts(store, visit) == [None, None, None]
            screen = painted(pilot.app)
            assert "2 answers unsaved" in screen
            assert "! serviceable" in screen
            assert "! deteriorating" in screen
            assert "saved 10:42" not in screen
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(pilot.app.screen, VisitScreen), (
                "nobody leaves with answers that are not on the disk"
            )
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert pilot.app.is_running
            other.execute("ROLLBACK")
        await pilot.pause(1.4)
        assert verdicts(store, visit)[:2] == ["serviceable", "deteriorating"]
        assert "unsaved" not in painted(pilot.app)
        assert "✓ saved" in painted(pilot.app)


async def test_a_full_disk_is_said_and_the_answer_is_kept(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        pages = store.row("PRAGMA page_count")[0]
        store.row(f"PRAGMA max_page_count = {pages}")
        notes = "long enough for a page of its own " * 1000
        with store.transaction() as connection:
            connection.execute("UPDATE customer SET notes = ''")
        await pilot.press("s", "up", "n")
        await pilot.pause()
        for letter in notes[:1]:
            await pilot.press(letter)
        pilot.app.screen.query_one("#field-note").value = notes  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert "The disk is full" in painted(pilot.app)
        assert "1 answer unsaved" in painted(pilot.app)
        store.row("PRAGMA max_page_count = 1000000")
        await pilot.pause(1.4)
        assert store.finding.where()[0].note.strip() == notes.strip()


async def test_a_click_on_a_key_of_the_step_does_what_the_key_does(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, Pane)
        last = painted(pilot.app).splitlines()[-1]
        await pilot.click(KeyBar, offset=(last.index("rest serviceable"), 1))
        await pilot.pause()
        assert verdicts(store, visit) == ["serviceable"] * 3


async def test_leaving_and_coming_back_resumes_at_the_step_and_the_item(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("right_square_bracket", "left_square_bracket", "s", "escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, VisitScreen)
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert pane.table.cursor == 1


async def test_page_down_changes_the_step_too_and_the_ends_hold(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("pageup")
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        assert pilot.app.screen.query(SummaryPane)
        assert store.visit.get(visit).current_step == "summary"


async def test_digits_do_not_leave_a_visit(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("3", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)


async def test_a_note_is_on_the_item_just_graded_and_its_letters_are_no_verdicts(
    store: Store, visit: str
) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", *"sad", "tab", "d", "enter")
        await pilot.press("down", "u", "n", *"sad", "enter")
        await pilot.pause()
        first, second, *rest = store.finding.report(visit)
        assert (first.verdict, first.note) == ("deteriorating", "sad"), "a verdict is asked for with the note"
        assert (second.verdict, second.note) == ("unserviceable", "sad"), "the cursor had moved on"
        assert not [row for row in rest if row.verdict or row.note]


async def test_a_new_stream_shows_its_value_while_it_is_typed(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("pagedown", "pagedown", "pagedown", "n")
        await pilot.press(*"Line", "tab", "tab", "5", "0")
        await pilot.pause()
        assert "Value: no price for it in the price list" in painted(pilot.app)
        await pilot.press("x", "enter")
        await pilot.pause()
        assert "Widgets: a number" in painted(pilot.app)
        await pilot.press("backspace", "enter")
        await pilot.pause()
        (offer,) = store.opportunity.new_streams(visit)
        assert (offer.name, offer.widgets, offer.housings, offer.spares) == ("Line", 50, 1, 5)


@pytest.mark.parametrize(
    "text", [HOSTILE[name] for name in some_hostile(__name__)], ids=some_hostile(__name__)
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_text_is_painted_as_it_is_in_every_step_of_lines(
    store: Store, visit: str, text: str, size: tuple[int, int]
) -> None:
    customer = store.customer.where()[0]
    store.customer.save(customer.model_copy(update={"name": text}))
    for item in store.item.where():
        store.item.save(item.model_copy(update={"tag": text, "model": text}))
    async with app_on(store).run_test(size=size) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("d", "u", "s")
        for finding in store.finding.where():
            store.finding.note(visit, finding.item_id, text)
        await hostile_steps(pilot, text)
        assert pilot.app.is_running


async def hostile_steps(pilot: Pilot[None], text: str) -> None:
    """Go through all steps; the beginning of the text stands there, and no control character."""
    begin = {"\x1b": "␛"}.get(text[0], text[0])
    for _ in range(5):
        await pilot.pause()
        screen = shown(pilot.app)
        assert begin in screen or text.startswith("\u202e")
        assert not any(ord(letter) < 32 and letter != "\n" for letter in screen)
        await pilot.press("pagedown")
