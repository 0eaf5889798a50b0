"""Keys typed faster than the app answers do what they would do one by one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from radar_tui.ui.app import RadarApp
from radar_tui.ui.base import key_order
from radar_tui.ui.base.key_order import KeyHandled, KeysInOrder
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from tests.ui.steps.standing import burst
from tests.ui.world import build

if TYPE_CHECKING:
    import pytest
    from textual.app import ComposeResult
    from textual.message import Message
    from textual.pilot import Pilot

    from radar_tui.store.store import Store


class Opener(Widget, can_focus=True):
    """`n` opens a screen to type into, `d` takes this widget away, every other letter is noted."""

    BINDINGS = [
        ("n", "open", "open"),
        ("d", "go", "go"),
        *((letter, f"note('{letter}')", "note") for letter in "xyz"),
    ]

    def action_open(self) -> None:
        # As long as loading a screen for the first time may take on a slow machine.
        time.sleep(0.7)
        self.app.push_screen(Typing())

    def action_go(self) -> None:
        self.remove()

    def action_note(self, letter: str) -> None:
        cast("Typist", self.app).noted += letter


class Typing(Screen[None]):
    """One field."""

    def compose(self) -> ComposeResult:
        yield Vertical(Input())


class Typist(KeysInOrder):
    """An app with nothing but keys."""

    def __init__(self) -> None:
        super().__init__()
        self.noted = ""

    def compose(self) -> ComposeResult:
        yield Opener()

    def on_mount(self) -> None:
        self.query_one(Opener).focus()


async def settled(pilot: Pilot[None]) -> None:
    for _ in range(10):
        await pilot.pause(0.02)


async def test_letters_behind_a_key_that_opens_a_screen_go_into_its_field() -> None:
    async with Typist().run_test() as pilot:
        await pilot.pause()
        await burst(pilot, "xnxyz")
        await settled(pilot)
        assert cast("Typist", pilot.app).noted == "x"
        assert pilot.app.screen.query_one(Input).value == "xyz"


async def test_keys_behind_a_widget_that_went_away_still_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[Message] = []
    whole = Opener.post_message

    def losing(self: Opener, message: Message) -> bool:
        if isinstance(message, KeyHandled) and not lost:
            lost.append(message)
            return True
        return whole(self, message)

    monkeypatch.setattr(Opener, "post_message", losing)
    monkeypatch.setattr(key_order, "LOST_SECONDS", 0.02)
    async with Typist().run_test() as pilot:
        await pilot.pause()
        await burst(pilot, "xyz")
        await settled(pilot)
        assert lost
        assert cast("Typist", pilot.app).noted == "xyz"


async def test_a_held_key_is_counted_every_time() -> None:
    async with Typist().run_test() as pilot:
        await pilot.pause()
        await burst(pilot, "xyz" * 100)
        await settled(pilot)
        assert cast("Typist", pilot.app).noted == "xyz" * 100


async def test_a_visit_is_started_and_answered_in_one_breath(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await burst(pilot, "v⏎yy1")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitScreen)
        answers = store.answer.where("visit_id = ?", [screen.visit_id])
        assert [row.value for row in answers] == ["yes", "yes", "whole"]


async def test_a_step_is_left_before_the_next_key_is_read(store: Store) -> None:
    world = build(store)
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await burst(pilot, "v⏎]] ]s")
        await settled(pilot)
        assert store.finding.of(world.planned, world.item) is None, "s was typed on the step after it"
        assert store.visit.get(world.planned).current_step == "replacements"


async def test_a_new_customer_typed_in_one_breath(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await burst(pilot, "nvbn Borealis 12⏎")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CustomerScreen)
        assert store.customer.where("name = 'vbn Borealis 12'")
