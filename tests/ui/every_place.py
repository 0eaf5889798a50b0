"""A walk through every screen, step and panel of the app, as a BRM would come there."""

from __future__ import annotations

import csv
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from textual.worker import WorkerCancelled

from radar_tui.checklists.loader import shipped
from radar_tui.errors import RadarError
from radar_tui.exchange.options import Options
from radar_tui.store.lists.conflict import open_rows
from radar_tui.sync.progress import SyncProgress
from radar_tui.sync.session import SyncResult
from radar_tui.ui.forms.customer import counterpart_form
from radar_tui.ui.frame.syncing import Syncing
from radar_tui.ui.screens.actions.screen import ActionsScreen
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.customer.screen import TABS as CUSTOMER_TABS
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.exchange.imports import ImportsScreen
from radar_tui.ui.screens.ourselves.screen import TABS as OUR_TABS
from radar_tui.ui.screens.reports.settings import report_settings_form
from radar_tui.ui.screens.settings.intro import intro_screen
from radar_tui.ui.screens.settings.screen import settings_form
from radar_tui.ui.screens.visit.going import start_visit
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui import hub

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from textual.pilot import Pilot

    from radar_tui.store.store import Store
    from radar_tui.ui.app import RadarApp

MODES = {"1": "radar", "2": "follow-ups", "3": "company", "4": "ourselves", "5": "sync"}
PARTS = ("screens", "visits")
HAVE_FORMS = ("people", "items", "streams", "visits", "opportunities", "actions")


def visits_of(store: Store, customer_id: str) -> dict[str, str]:
    """A visit in progress for each checklist that ships, by its key."""
    me = store.local.settings().me or None
    return {
        checklist.key: store.visit.start(
            None if checklist.occasion == "self-check" else customer_id,
            store.checklist.pin(checklist),
            me,
            occasion=checklist.occasion,
        ).id
        for checklist in shipped()
    }


async def walk(
    pilot: Pilot[None],
    customer_id: str,
    other_id: str,
    visits: dict[str, str],
    parts: Collection[str] = PARTS,
) -> AsyncIterator[str]:
    """Yields the name of each place while it stands there. Writes the step at which a visit stands, and a hub
    with conflicts; it decides one of them.

    `visits` are visits in progress by the key of their checklist; the customer `other_id` has none. `parts` are those
    to go through: a test that walks twice shares them among the cores.
    """
    await settle(pilot)
    if "screens" in parts:
        async for name in _main_screens(pilot):
            yield name
        async for name in _customer(pilot, customer_id, other_id):
            yield name
    for key, visit_id in visits.items() if "visits" in parts else ():
        async for name in _visit(pilot, key, visit_id):
            yield name


async def settle(pilot: Pilot[None]) -> None:
    """Until what a key set off is painted, reading beside the screen included."""
    await pilot.pause()
    for _ in range(9):
        reading = [one for one in pilot.app.workers if one.group != "default" and not one.is_finished]
        if not reading:
            await pilot.pause()  # a screen that is just being built reads once it is mounted
            if not any(one.group != "default" and not one.is_finished for one in pilot.app.workers):
                break
        for worker in reading:
            # A newer reading of the same list cancels one that is still at work.
            with suppress(WorkerCancelled):
                await worker.wait()
    await pilot.pause()
    await pilot.pause()  # a scroll bar that came moves the columns once more


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


async def _closed(pilot: Pilot[None]) -> None:
    """Close what stands over the place we were at."""
    pilot.app.pop_screen()
    await settle(pilot)


async def _main_screens(pilot: Pilot[None]) -> AsyncIterator[str]:
    app = cast("RadarApp", pilot.app)
    for key, name in MODES.items():
        await _press(pilot, key)
        yield name
        await _press(pilot, "question_mark")
        yield f"keys of {name}"
        await _press(pilot, "escape")
        if name == "ourselves":
            for tab in OUR_TABS:
                await _press(pilot, tab.key)
                yield f"ourselves, {tab.name}"
                if tab.name in ("promises", "wants", "colleagues", "parts"):
                    await _press(pilot, "n")
                    yield f"ourselves, {tab.name}, new"
                    await _closed(pilot)
                elif tab.name == "checks":
                    async for place in _histories(pilot, tab.key):
                        yield place
            await _press(pilot, "enter")
            yield "checklist"
            await _press(pilot, "escape")
        elif name == "follow-ups":
            await _press(pilot, "enter")
            yield "follow-ups, opened"
            async for place in _follow_up(pilot):
                yield place
            for key, words in (("c", "closed"), ("s", "stories"), ("t", "queue")):
                await _press(pilot, key)
                yield f"follow-ups, {words}"
        elif name == "company":
            await _press(pilot, "n")
            yield "company, new benchmark"
            await _closed(pilot)
            async for place in _company(pilot):
                yield place
        elif name == "sync":
            async for place in _sync(pilot):
                yield place
    await _press(pilot, "1", "slash")
    yield "radar, filter"
    await _press(pilot, "slash")
    yield "search, empty"
    await _press(pilot, "a")
    yield "search"
    await _press(pilot, "escape", "escape", "n")
    yield "new customer"
    await _closed(pilot)
    await _press(pilot, "x")
    yield "export of the calendar"
    await _closed(pilot)
    app.push_screen(intro_screen(app))
    await settle(pilot)
    yield "intro"
    await _closed(pilot)
    app.push_screen(settings_form(app))
    await settle(pilot)
    yield "settings"
    await _closed(pilot)
    app.push_screen(report_settings_form(app))
    await settle(pilot)
    yield "settings of reports"
    await _closed(pilot)
    await _press(pilot, "ctrl+p")
    yield "palette"
    await _closed(pilot)


async def _histories(pilot: Pilot[None], checks: str) -> AsyncIterator[str]:
    """What Ourselves shows over time, and where its figures come from."""
    for tab in ("p", checks):
        for keys in ("h", "t"):
            await _press(pilot, *([tab] if keys == "h" else []), keys)
            yield f"ourselves, {tab}, over time, {keys}"
        await _closed(pilot)
    await _press(pilot, "i")
    yield "ourselves, about"
    await _closed(pilot)


async def _reports(pilot: Pilot[None]) -> AsyncIterator[str]:
    """The review of the customer, how to save it, and what the customer keeps of a visit."""
    for tab, keys in (("o", ()), ("t", ("down", "down", "down"))):
        await _press(pilot, tab, *keys, "r")
        yield f"customer, report from {tab}"
        if tab == "o":
            await _press(pilot, "s")
            yield "customer, report, save"
            await _closed(pilot)
            await _press(pilot, "i")
            yield "customer, report, about"
            await _closed(pilot)
        await _closed(pilot)
    await _press(pilot, "o")


async def _follow_up(pilot: Pilot[None]) -> AsyncIterator[str]:
    """One follow-up at each of its steps, with its forms; back to the list from it. Takes all its steps."""
    app = cast("RadarApp", pilot.app)
    if len(app.screen_stack) == 1:
        return
    await _press(pilot, "question_mark")
    yield "keys of a follow-up"
    await _press(pilot, "escape")
    for key in "cwfkgdxe":
        here = len(app.screen_stack)
        await _press(pilot, key)
        yield f"follow-up, {key}"
        if len(app.screen_stack) > here:
            await _press(pilot, *("xx" if key != "e" else ""), "enter")
            if len(app.screen_stack) > here:
                await _closed(pilot)
            yield f"follow-up, {key}, saved"
    await _closed(pilot)


async def _sync(pilot: Pilot[None]) -> AsyncIterator[str]:
    """The Sync screen without a hub and with one, in every state; from here on the file has a hub."""
    app = cast("RadarApp", pilot.app)
    for key, what in (("c", "create a hub"), ("j", "join a hub"), ("f", "import a file")):
        await _press(pilot, key)
        yield f"sync, {what}"
        await _closed(pilot)
    async for name in _import(pilot):
        yield name
    hub.with_everything(app.store)
    app.reload()
    await settle(pilot)
    yield "sync, with a hub"
    await _press(pilot, "j")
    yield "sync, join again"
    await _closed(pilot)
    syncing, words = app.syncing, hub.words_of_people(app.store)
    syncing.running = "sync"
    syncing.moved(SyncProgress(words, 3, 12))
    await settle(pilot)
    yield "sync, at work"
    syncing.ended(
        Syncing.Ended(SyncResult(pushed=14, pulled=3, conflicts=1, copied=True), None, cancelled=False)
    )
    await settle(pilot)
    yield "sync, done"
    syncing.ended(Syncing.Ended(None, RadarError(words, words), cancelled=False))
    await settle(pilot)
    yield "sync, failed"
    table = app.screen.query_one(RowTable)
    for place in range(len(open_rows(app.store))):
        table.cursor = place
        await _press(pilot, "enter")
        yield f"conflict {place}"
        if place == 0:
            await _press(pilot, "e")
            yield "conflict, edit"
            await _closed(pilot)
            await _press(pilot, "m")
            yield "conflict, one decided"
            await _press(pilot, "question_mark")
            yield "keys of a conflict"
            await _press(pilot, "escape")
        await _press(pilot, "escape")


async def _import(pilot: Pilot[None]) -> AsyncIterator[str]:
    """A file with a good row and a bad one, whose cells and headings are the words of people."""
    app = cast("RadarApp", pilot.app)
    words, file = hub.words_of_people(app.store), app.store.path.with_name("import.csv")
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(
            [["Part number", "Name", "Price", words], ["1", words, "1", ""], ["2", words, words, ""]]
        )
    app.push_screen(ImportsScreen(Options(file)))
    for key, name in (
        ("", "bad rows"),
        ("p", "first rows"),
        ("g", "good ones"),
        ("escape", "bad rows again"),
    ):
        await _press(pilot, *([key] if key else []))
        yield f"import, {name}"
    await _closed(pilot)


async def _customer(pilot: Pilot[None], customer_id: str, other_id: str) -> AsyncIterator[str]:
    app = cast("RadarApp", pilot.app)
    app.push_screen(CustomerScreen(customer_id))
    await settle(pilot)
    for tab in CUSTOMER_TABS:
        await _press(pilot, tab.key)
        yield f"customer, {tab.name}"
        if tab.name == "people":
            await _press(pilot, "w")
            yield "customer, who knows whom"
            await _press(pilot, "t")
            yield "customer, who knows whom, by function"
            await _press(pilot, "i")
            yield "customer, who knows whom, about"
            await _press(pilot, "escape", "escape")
        if tab.name not in HAVE_FORMS:
            continue
        await _press(pilot, "n")
        yield f"customer, {tab.name}, new"
        await _closed(pilot)
        here = len(app.screen_stack)
        await _press(pilot, "e")
        if len(app.screen_stack) > here:
            yield f"customer, {tab.name}, edit"
            await _closed(pilot)
    async for name in _scorecard(pilot):
        yield name
    async for name in _reports(pilot):
        yield name
    await _press(pilot, "ctrl+d")
    yield "customer, archive?"
    await _closed(pilot)
    contact = app.store.contact.where("customer_id = ?", [customer_id])[0]
    app.push_screen(counterpart_form(app, contact))
    await settle(pilot)
    yield "counterpart"
    await _closed(pilot)
    await _closed(pilot)
    app.push_screen(BriefScreen(customer_id))
    await settle(pilot)
    yield "brief"
    await _closed(pilot)
    start_visit(app, other_id)
    await settle(pilot)
    yield "start a visit"
    await _closed(pilot)


async def _scorecard(pilot: Pilot[None]) -> AsyncIterator[str]:
    """The card with its forms and histories, from the customer, and the action plan."""
    app = cast("RadarApp", pilot.app)
    await _press(pilot, CUSTOMER_TABS[0].key, "k")
    yield "scorecard"
    card = app.screen
    for key, name in (("n", "new measure"), ("e", "edit"), ("r", "reading"), ("a", "action")):
        await _press(pilot, key)
        for _ in range(card.query_one(RowTable).count):
            if app.screen is card:  # what Radar computes takes no reading
                await _press(pilot, "down", key)
        if app.screen is card:
            continue
        yield f"scorecard, {name}"
        await _closed(pilot)
    for key, name in (("enter", "a measure"), ("h", "the customer")):
        await _press(pilot, key)
        yield f"over time, {name}"
        await _press(pilot, "t")
        yield f"over time, {name}, as a table"
        await _closed(pilot)
    await _closed(pilot)
    app.push_screen(ActionsScreen())
    await settle(pilot)
    yield "actions"
    await _press(pilot, "slash")
    yield "actions, filter"
    await _press(pilot, "escape", "n")
    yield "actions, new"
    await _closed(pilot)
    await _closed(pilot)


async def _visit(pilot: Pilot[None], key: str, visit_id: str) -> AsyncIterator[str]:
    app = cast("RadarApp", pilot.app)
    steps = app.store.checklist.of_visit(app.store.visit.get(visit_id)).steps
    app.store.visit.set_step(visit_id, steps[0].key)
    app.push_screen(VisitScreen(visit_id))
    await settle(pilot)
    for step in steps:
        yield f"{key}, {step.key}"
        if step.kind == "summary":
            here = len(app.screen_stack)
            await _press(pilot, "m")
            if len(app.screen_stack) > here:
                await settle(pilot)
                yield f"{key}, as text for an e-mail"
                await _closed(pilot)
            await _press(pilot, "c")
            yield f"{key}, complete?"
            await _closed(pilot)
        elif step.kind == "nps" and key == "refurbishment":
            async for name in _handed_over(pilot):
                yield name
        elif step.kind in ("new_streams", "people", "actions"):
            here = len(app.screen_stack)
            await _press(pilot, "n")
            yield f"{key}, {step.key}, new"
            if len(app.screen_stack) > here:
                await _closed(pilot)
            else:
                await _press(pilot, "escape")
        await _press(pilot, "pagedown")
    await _closed(pilot)


async def _handed_over(pilot: Pilot[None]) -> AsyncIterator[str]:
    await _press(pilot, "enter")
    yield "before handing over"
    await _press(pilot, "enter")
    if not isinstance(pilot.app.screen, HandedOverScreen):
        await _press(pilot, "o", "enter")
    assert isinstance(pilot.app.screen, HandedOverScreen)
    yield "handed over"
    await _press(pilot, "7")
    yield "handed over, chosen"
    await _closed(pilot)


async def _company(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Its tabs, what they change to and what opens from them."""
    for keys, place in (
        ("i", "about"),
        ("slash", "filter"),
        ("k", "markets"),
        ("enter", "benchmarks"),
        ("g", "BRMs"),
        ("g", "roles"),
        ("g", "markets again"),
        ("q", "plot"),
        ("t", "quarters"),
        ("l", "levers"),
        ("o", "other levers"),
        ("f", "value"),
        ("enter", "visits"),
    ):
        await _press(pilot, keys)
        yield f"company, {place}"
        if place in ("about", "filter", "benchmarks", "visits"):
            await _press(pilot, "escape")
