"""A visit begun by mistake: discarded and taken up again, or gone on with as another one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.checklists.loader import shipped
from radar_tui.domain.question import Question
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.place import CustomerAt, VisitAt, VisitTo
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.ourselves.screen import OurselvesScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.screens.visit.start import ChooseChecklist
from tests.ui.steps.standing import on_disk, step, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from radar_tui.domain.visit import Visit
    from radar_tui.store.store import Store

READY = Question.model_validate(
    {"key": "ready", "ask": "Ready?", "type": "yes/no", "flag": "no", "action": "Get ready"}
)
OTHER = """
key = "other"
version = 1
title = "Other visit"

[[steps]]
key = "second"
kind = "questions"
title = "Second"
questions = [ { key = "more", ask = "More?", type = "yes/no" },
              { key = "ready", ask = "Ready?", type = "yes/no", flag = "no", action = "Get ready" } ]
"""


@pytest.fixture(autouse=True)
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a checklist of one's own."""
    folder = tmp_path / "checklists"
    folder.mkdir()
    (folder / "other.toml").write_text(OTHER, encoding="utf-8")
    monkeypatch.setattr(paths, "user_checklists", lambda: folder)
    return folder


@pytest.fixture
def visit(store: Store, world: World) -> str:
    """Under way, with an answer, a finding and somebody in the room."""
    only = Question.model_validate({"key": "only", "ask": "Only here?", "type": "yes/no"})
    id = visit_with(
        store, world.customer, [step("people"), step("questions", READY, only), step("integrity")]
    )
    store.answer.answer(id, READY, "no")
    store.answer.answer(id, only, "yes")
    store.finding.grade(id, world.item, "unserviceable")
    return id


def row(store: Store, id: str) -> Visit:
    """The visit as another process reads it."""
    with on_disk(store) as other:
        return other.visit.get(id)


def said(pilot: Pilot[None]) -> str:
    """The newest notice."""
    return [notice.message for notice in pilot.app._notifications][-1]


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_discarding_says_what_goes_and_ctrl_z_brings_it_back(
    store: Store, world: World, visit: str
) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("ctrl+d")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        text = " ".join(shown(app).split())
        assert "Discard this visit to Aurora Tissue?" in text
        assert "2 answers, 1 finding, 1 line, 1 action: all of it goes." in text
        await pilot.press("escape")
        await settle(pilot)
        assert row(store, visit).status == "in progress"
        await pilot.press("ctrl+d", "enter")
        await settle(pilot)
        assert isinstance(app.screen, RadarScreen)
        assert said(pilot) == "Visit discarded. ctrl+z takes it back."
        assert row(store, visit).discarded
        assert "▶ Aurora" not in shown(app)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert row(store, visit).status == "in progress"
        assert "▶ Aurora" in shown(app)
        with on_disk(store) as other:
            assert other.finding.graded(visit) == (1, 1)


async def test_it_is_told_what_is_planned_again_and_what_stays(store: Store, world: World) -> None:
    service = next(one for one in shipped() if one.key == "service")
    planned = store.visit.get(world.planned)
    visit = store.visit.start(world.customer, store.checklist.pin(service), planned.brm_id, planned=planned)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit.id))
        await settle(pilot)
        await pilot.press("ctrl+d")
        await settle(pilot)
        text = " ".join(shown(app).replace("│", " ").split())
        assert "Nothing hangs on it yet. Planned for 9 Dec again." in text
        assert "What was changed of tickets and readings stays." in text
        assert "brings everything back." in text
        await pilot.press("enter")
        await settle(pilot)
    [again] = store.visit.planned(world.customer)
    assert (again.planned_on, again.checklist_id) == (date(2026, 12, 9), planned.checklist_id)


async def test_what_the_customer_sealed_is_said_before_anything_is_asked(
    store: Store, world: World, visit: str
) -> None:
    store.response.seal(
        customer_id=world.customer, contact_id=world.contact, visit_id=visit, question="recommend", score=9
    )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        for key in ("ctrl+d", "ctrl+k"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, VisitScreen)
            assert [one.title for one in app._notifications][-1] == (
                "The customer has sealed answers on this visit: it stays."
            )


async def test_from_the_visits_of_a_customer_it_is_taken_up_again(
    store: Store, world: World, visit: str
) -> None:
    store.leaving.discard(visit)
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.open(CustomerAt(world.customer, "visits", visit))
        await settle(pilot)
        assert "discarded" in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        assert "It comes back with 2 answers, 1 finding, 1 line, 1 action." in " ".join(shown(app).split())
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, CustomerScreen)
        assert row(store, visit).discarded
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert row(store, visit).status == "in progress"


async def test_a_self_check_is_discarded_and_taken_up_at_ourselves(store: Store, world: World) -> None:
    visit = visit_with(store, None, [step("questions", READY)])
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        await pilot.press("ctrl+d", "enter")
        await settle(pilot)
        assert isinstance(app.screen, OurselvesScreen)
        assert row(store, visit).discarded
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert row(store, visit).status == "in progress"
        store.leaving.discard(visit)
        await pilot.press("s")
        await settle(pilot)
        assert "discarded" in shown(app)


async def test_over_a_page_without_undo_it_is_said_where_it_comes_back(
    store: Store, world: World, visit: str
) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        await pilot.press("ctrl+d", "enter")
        await settle(pilot)
        assert said(pilot) == "Visit discarded; enter on it under Visits takes it up again."


async def test_another_radar_discards_it_while_one_looks(store: Store, world: World, visit: str) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit, "questions"))
        await settle(pilot)
        with on_disk(store) as other:
            other.leaving.discard(visit)
        await pilot.press("y")
        await settle(pilot)
        assert "discarded, to read" in shown(app)
        assert [one.title for one in app._notifications][-1] == (
            "This visit is discarded: nothing was changed."
        )


# Another checklist


async def test_another_checklist_keeps_what_both_ask(store: Store, world: World, visit: str) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit, "questions"))
        await settle(pilot)
        await pilot.press("ctrl+k")
        await settle(pilot)
        chooser = app.screen
        assert isinstance(chooser, ChooseChecklist)
        titles = [str(one.title) for one in chooser.offered.checklists]
        assert "Test visit" not in titles
        await pilot.press(*["down"] * titles.index("Other visit"))
        await settle(pilot)
        assert (
            "1 answer put aside: “Only here?”. Kept, though it has no step for it: 1 finding, 1 line, 1 action."
        ) in " ".join(shown(app).replace("│", " ").split())
        await pilot.press("enter")
        await settle(pilot)
        assert "Aurora Tissue  Other visit" in shown(app)
        assert said(pilot) == "Goes on as Other visit. ctrl+z takes it back."
        assert "1 of 2 answered" in shown(app)
        with on_disk(store) as other:
            assert other.checklist.of_visit(other.visit.get(visit)).key == "other"
            assert [one.title for one in other.action.where("visit_id = ?", [visit])] == ["Get ready"]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert "Aurora Tissue  Test visit" in shown(app)
        assert row(store, visit).checklist_id == store.visit.get(visit).checklist_id
        with on_disk(store) as other:
            assert other.checklist.of_visit(other.visit.get(visit)).key == "test"


async def test_esc_changes_no_checklist(store: Store, world: World, visit: str) -> None:
    before, app = store.visit.get(visit), RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        await pilot.press("ctrl+k", "escape")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert store.visit.get(visit) == before


async def test_what_is_over_is_neither_discarded_nor_changed(store: Store, world: World, visit: str) -> None:
    store.visit.complete(visit)
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        assert "ctrl+d" not in shown(app)
        await pilot.press("ctrl+d", "ctrl+k")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)


async def test_the_palette_has_both(store: Store, world: World, visit: str) -> None:
    from radar_tui.ui.commands import RadarCommands

    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        words = {command.words: command for command in RadarCommands(app.screen).commands()}
        assert "Go on with another checklist: what both ask stays answered" in words
        await words["Discard this visit: it was begun by mistake"].run()  # type: ignore[misc]
        await settle(pilot)
        assert isinstance(app.screen, ConfirmScreen)


# A planned one beside it


async def test_enter_on_a_planned_visit_never_opens_another(store: Store, world: World, visit: str) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.open(CustomerAt(world.customer, "visits", world.planned))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        text = " ".join(shown(app).split())
        assert "Start the planned one, too?" in text
        assert "Another visit is in progress here: Test visit, since 3 Dec." in text
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, CustomerScreen)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ChooseChecklist)
        await pilot.press("enter")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, VisitScreen)
        assert screen.visit_id == world.planned
    assert {row(store, id).status for id in (visit, world.planned)} == {"in progress"}


async def test_the_one_that_another_radar_started_meanwhile_goes_on(
    store: Store, world: World, visit: str
) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open(VisitTo(world.customer, world.planned))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        with on_disk(store) as other:
            later = other.visit.start(world.customer, store.visit.get(visit).checklist_id, None)
            other.visit.save(later.model_copy(update={"started_at": store.clock().replace(hour=23)}))
        await pilot.press("enter")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, VisitScreen)
        assert screen.visit_id == later.id
    assert row(store, world.planned).status == "planned"


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    visit = visit_with(store, world.customer, [step("questions", READY)])
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open(VisitAt(visit))
        await settle(pilot)
        for key in ("ctrl+k", "escape", "ctrl+d", "enter", "ctrl+z"):
            await pilot.press(key)
            await settle(pilot)
            assert "\x1b" not in shown(app)
