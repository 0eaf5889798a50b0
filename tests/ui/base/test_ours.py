"""What the app asks of the screen in front: every screen answers, and in no word that the app does not know."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import Screen

import radar_tui.ui
from radar_tui.checklists.nps import nps_words
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.ours import Ours, may_search
from radar_tui.ui.steps.handing_over.entered import Asking
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from tests.ui.world import introduce

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store


def screens() -> Iterator[type[Screen[object]]]:
    """Every class of a screen in ui, those that are only built upon too."""
    for module in pkgutil.walk_packages(radar_tui.ui.__path__, "radar_tui.ui."):
        importlib.import_module(module.name)
    known: list[type[Screen[object]]] = [Screen]
    for screen in known:
        known += [below for below in screen.__subclasses__() if below not in known]
    return (screen for screen in known if screen.__module__.startswith("radar_tui.ui."))


def test_every_screen_is_one_of_ours() -> None:
    found = set(screens())
    assert len(found) > 25
    assert {screen.__name__ for screen in found if not issubclass(screen, Ours)} == set()


def test_no_screen_answers_what_nobody_asks() -> None:
    """A guard under another name would guard nothing."""
    answers = {
        (screen.__name__, name)
        for screen in screens()
        for name, value in vars(screen).items()
        if isinstance(value, bool) and not name.startswith("_") and not hasattr(Screen, name)
    }
    assert answers
    assert {(screen, name) for screen, name in answers if not hasattr(Ours, name)} == set()


def test_who_keeps_what() -> None:
    ours = [screen for screen in screens() if issubclass(screen, Ours)]
    assert {screen.__name__ for screen in ours if screen.handed_over} == {"HandedOverScreen"}
    assert {screen.__name__ for screen in ours if screen.keeps_digits} == {"HandedOverScreen", "VisitScreen"}


async def test_nothing_of_ours_opens_while_the_customer_holds_the_laptop(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(
            HandedOverScreen(Asking("Paolo", "Toller", nps_words("en"), ("recommend",)), lambda *_: True)
        )
        await pilot.pause()
        actions = {binding.action.split("(")[0] for binding in app.BINDINGS if isinstance(binding, Binding)}
        assert len(actions) > 4
        assert {action for action in actions if app.check_action(action, ())} == set()
        assert not may_search(app.screen)
        app.tell("Synced.")
        assert not app._notifications
