"""A visit that stands at a step, for tests of one kind of step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual import events
from textual.keys import _character_to_key

from radar_tui.domain.checklist import Checklist, Step, Words
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.visit.screen import VisitScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

    from radar_tui.domain.checklist import StepKind
    from radar_tui.domain.question import Question
    from radar_tui.domain.visit import Occasion
    from radar_tui.ui.steps.base.step import StepPane

P = TypeVar("P", bound="StepPane")


def step(kind: StepKind, *questions: Question, key: str = "", each: str | None = None) -> Step:
    """A step of a checklist, its key that of its kind."""
    return Step.model_validate(
        {"key": key or kind, "kind": kind, "title": kind.capitalize(), "each": each, "questions": questions}
    )


def visit_with(store: Store, customer_id: str | None, steps: Sequence[Step]) -> str:
    """The id of a visit in progress that follows a checklist of these steps."""
    occasion: Occasion = "customer visit" if customer_id else "self-check"
    checklist = Checklist(
        key="test", version=1, title=Words("Test visit"), occasion=occasion, steps=tuple(steps)
    )
    me = store.local.settings().me or None
    return store.visit.start(customer_id, store.checklist.pin(checklist), me, occasion=occasion).id


async def opened(pilot: Pilot[None], visit_id: str, pane: type[P]) -> P:
    """Open the visit; the pane of the step it stands at, once all that is read beside it is there."""
    await pilot.pause()
    pilot.app.push_screen(VisitScreen(visit_id))
    await pilot.pause()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return pilot.app.screen.query_one(pane)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text letter by letter."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))


async def burst(pilot: Pilot[None], text: str) -> None:
    """Letters faster than the app answers them; `⏎` is enter."""
    for letter in text:
        event = events.Key("enter", "\r") if letter == "⏎" else events.Key(_character_to_key(letter), letter)
        pilot.app.post_message(event)
    await pilot.pause(0.05)
    await pilot.pause()


def app_on(store: Store) -> RadarApp:
    """The app on a store."""
    return RadarApp(store)


def screen_of(pilot: Pilot[None]) -> VisitScreen:
    """The visit on screen."""
    return cast("VisitScreen", pilot.app.screen)


def on_disk(store: Store) -> Store:
    """A second connection: what another process reads now."""
    return Store.open(store.path, clock=store.clock)
