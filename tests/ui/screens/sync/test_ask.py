"""A sync that asks, the log, an entry, and undoing it: on two real laptops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.sync import engine
from radar_tui.sync.asking import Asks, Loss, SyncAnswers
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.sync.ask import AskScreen, about_sync
from radar_tui.ui.screens.sync.entry import EntryScreen
from radar_tui.ui.screens.sync.log import LogScreen
from tests.sync.pair import EIGHT, Pair, count
from tests.ui.every_place import settle
from tests.ui.world import introduce, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

SIZE = (80, 24)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """The first has deleted eight customers and sent that."""
    made = Pair(tmp_path)
    introduce(made.two)
    engine.sync(made.two)
    engine.sync(made.one)
    made.one.local.put("me", made.two.local.get("me"))
    made.delete(made.one, *EIGHT)
    engine.sync(made.one)
    yield made
    made.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await settle(pilot)


async def told(pilot: Pilot[None], words: str) -> None:
    """Until it is said."""
    for _ in range(200):
        if any(words in note.title + note.message for note in pilot.app._notifications):
            return
        await pilot.pause(0.05)
    raise AssertionError([note.message for note in pilot.app._notifications])


async def test_a_sync_asks_and_takes_it_when_told(pair: Pair) -> None:
    app = RadarApp(pair.two)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "s")
        assert isinstance(app.screen, AskScreen)
        text = shown(app)
        assert "What Marta Ricci did would take much away here. Nothing of it was taken." in text
        assert "320 contacts" in text
        assert "Customer 00, Customer 01" in text
        assert "t take it" in text
        assert "esc not now" in text
        await press(pilot, "enter", "m", "u")
        assert count(pair.two, "customer") == 12, "no other key answers"
        await press(pilot, "l")
        assert isinstance(app.screen, EntryScreen)
        assert "Customer Customer 00 taken back" in shown(app)
        assert "undo" not in shown(app), "it is not taken here"
        await press(pilot, "escape", "escape")
        assert count(pair.two, "customer") == 12
        assert "would take 336 rows away here" in " ".join(shown(app).split())
        await press(pilot, "a", "t")
        assert "took 336 changes from the hub" in shown(app)
    assert count(pair.two, "customer") == 4


async def test_who_works_elsewhere_is_told_and_not_asked(pair: Pair) -> None:
    app = RadarApp(pair.two)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5")
        app.syncing.start("sync")
        await press(pilot, "1")
        assert not isinstance(app.screen, AskScreen)
        [note] = app._notifications
        assert "5 Sync, then a" in note.message
    assert count(pair.two, "customer") == 12


async def test_an_entry_is_undone_from_the_log(pair: Pair) -> None:
    engine.sync(pair.two, answers=SyncAnswers(take=True))
    app = RadarApp(pair.two)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "l")
        assert isinstance(app.screen, LogScreen)
        assert "Customer 00: 1 customer taken back, 40 contacts taken back" in " ".join(shown(app).split())
        await press(pilot, "enter")
        assert "336 changes" in shown(app)
        await press(pilot, "end")
        assert "Visit" in shown(app)
        await press(pilot, "u")
        text = shown(app)
        assert "Undo entry 3 for everybody?" in text
        assert "comes back" in text
        await press(pilot, "escape")
        assert count(pair.two, "customer") == 4
        await press(pilot, "u", "u")
        assert count(pair.two, "customer") == 12
        await told(pilot, "Entry 3 is undone here")
        await press(pilot, "u")
        await told(pilot, "Entry 3 is undone already")
    engine.sync(pair.two)
    engine.sync(pair.one)
    assert (count(pair.one, "customer"), count(pair.one, "contact")) == (12, 480)


def test_rows_that_nobody_noted_have_two_answers() -> None:
    question = about_sync(Asks("unnoted", [Loss("answer", 41, ("41 answers of Aurora Tissue",))]))
    assert question.answers == ("team", "mine")
    assert question.rows[0].cells == ["differs", "41 answers", "41 answers of Aurora Tissue"]
