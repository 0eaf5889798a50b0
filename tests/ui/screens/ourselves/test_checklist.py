"""The Checklist screen: every step and question to read, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.checklists.loader import parse, shipped
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.ourselves.checklist import ChecklistScreen, lines
from radar_tui.ui.screens.ourselves.screen import OurselvesScreen
from tests.ui.world import introduce, shown, strips_of

if TYPE_CHECKING:
    from radar_tui.store.store import Store

HOSTILE = """
key = "odd"
version = 3
title = "[red]x[/] \\u001b[31m"

[[steps]]
key = "ask"
kind = "questions"
title = "[/]"

[[steps.questions]]
key = "one"
type = "yes/no"
ask = "[@click=app.quit]q[/] 株式会社"
required = true
"""


async def test_enter_on_a_checklist_reads_it_and_esc_goes_back(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "k", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ChecklistScreen)
        assert "Refurbishment visit" in shown(app).splitlines()[0]
        assert "Before you go in" in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, OurselvesScreen)


async def test_odd_words_are_painted_as_they_are(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ChecklistScreen(parse(HOSTILE, "odd.toml")))
        await pilot.pause()
        text = shown(app)
        for words in (
            "[red]x[/] ␛[31m",
            "version 3, 1 step",
            "1  [/]",
            "yes/no      [@click=app.quit]q[/] 株式会社 *",
        ):
            assert words in text, words
        assert not any(ord(letter) < 32 for strip in strips_of(app) for letter in strip.text)


def test_every_shipped_question_stands_there_whole() -> None:
    for checklist in shipped():
        text = " ".join("".join(words for words, _ in line) for line in lines(checklist, 200))
        for step in checklist.steps:
            assert str(step.title) in text
            for question in step.questions:
                assert str(question.ask) in text
