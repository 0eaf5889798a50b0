"""What is gathered when Radar has to end: forms, lines, answers that the disk has not taken, a choice without enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.checklists.loader import shipped
from radar_tui.checklists.nps import nps_words
from radar_tui.leaving import Draft, Typed, keep_drafts, kept_drafts
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.drafts import DraftsScreen, gathered
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.handing_over.entered import Asking
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


async def test_a_form_with_what_it_is_about(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        assert gathered(app) == []
        await pilot.press("e", *"!x")
        await pilot.pause()
        (draft,) = gathered(app)
        assert (draft.title, draft.where) == ("Customer", "Aurora Tissue")
        assert [(one.name, one.label) for one in draft.typed] == [("name", "Name")]
        assert draft.typed[0].text.endswith("!x")


async def test_answers_that_the_disk_has_not_taken(store: Store) -> None:
    world = build(store)
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), None)
    step = next(step.key for step in shipped()[0].steps if step.kind == "integrity")
    store.visit.set_step(visit.id, step)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit.id))
        await pilot.pause()
        await pilot.pause()
        store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("u")
        await pilot.pause()
        (draft,) = gathered(app)
        store.connection.execute("PRAGMA query_only = OFF")
    assert draft.title == "Not saved yet"
    assert draft.typed[0].words == "unserviceable"
    assert draft.typed[0].label


async def test_a_choice_of_a_customer_without_enter(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        asking = Asking("Paolo", "Toller", nps_words("en"), ("recommend",))
        app.push_screen(HandedOverScreen(asking, lambda *_: True))
        await pilot.pause()
        await pilot.press("9")
        await pilot.pause()
        assert [(one.label, one.words) for draft in gathered(app) for one in draft.typed] == [
            ("Paolo, recommend", "9")
        ]


async def test_they_are_offered_until_they_are_thrown_away(store: Store) -> None:
    build(store)
    draft = Draft("New contact", "[red]A[/]", "", (Typed("name", "Name", "Róssi", "Róssi"),))
    keep_drafts(store.path, [draft])
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, DraftsScreen)
        assert "New contact · [red]A[/]" in shown(app)
        assert "Róssi" in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert kept_drafts(store.path) == [draft]
        await pilot.press("x")
        await pilot.pause()
        assert not isinstance(app.screen, DraftsScreen)
    assert kept_drafts(store.path) == []
