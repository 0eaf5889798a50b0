"""Whatever the disk does, on whatever screen: it is said in words, and the app goes on. Our own faults end in words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from tests.benchmarks.terminal import Terminal
from tests.ui.world import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

STEPS: dict[str, tuple[int, str]] = {
    step.kind: (number, step.key) for number in (0, 1) for step in shipped()[number].steps
}


class Faulty(Store):
    """A store whose stick can be pulled out."""

    pulled = False

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        self._reach()
        return super().rows(sql, parameters)

    def row(self, sql: str, parameters: Any = ()) -> Any:
        self._reach()
        return super().row(sql, parameters)

    def transaction(self) -> Any:
        if self.pulled:
            raise SaveFailed("The disk is gone.", "Put it back.")
        return super().transaction()

    def _reach(self) -> None:
        if self.pulled:
            raise RadarError(
                "The database could not be read (disk I/O error).", "`radar check` looks closer."
            )


@pytest.fixture
def faulty(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Faulty]:
    store = Faulty.open(tmp_path / "radar.db", clock=clock)
    assert isinstance(store, Faulty)
    with store:
        yield store


@pytest.mark.parametrize("kind", STEPS)
async def test_a_visit_opened_or_stepped_through_while_the_disk_is_gone(faulty: Faulty, kind: str) -> None:
    world = build(faulty)
    number, key = STEPS[kind]
    visit = faulty.visit.start(world.customer, faulty.checklist.pin(shipped()[number]), None)
    faulty.visit.set_step(visit.id, key)
    app = RadarApp(faulty)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        faulty.pulled = True
        app.push_screen(VisitScreen(visit.id))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen), "there is nothing to show of the visit"
        faulty.pulled = False
        app.push_screen(VisitScreen(visit.id))
        await pilot.pause()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, VisitScreen)
        faulty.pulled = True
        await pilot.press("pagedown", "pageup", "down")
        await pilot.pause()
        assert screen.pane.step.kind == kind, "the step that stood there stays"
        assert any("could not be read" in one.title for one in app._notifications)


async def test_looking_again_while_the_disk_is_gone(faulty: Faulty) -> None:
    build(faulty)
    app = RadarApp(faulty)
    async with app.run_test() as pilot:
        await pilot.pause()
        faulty.pulled = True
        app.call_later(app._look_again)
        await pilot.pause()
        app.call_later(app._look_again)
        await pilot.pause()
        said = [one.title for one in app._notifications if "could not be read" in one.title]
        assert len(said) == 1, "once, not every two seconds"
        faulty.pulled = False
        await pilot.press("down")
        assert app.is_running


PLACES = {
    "key": "RadarScreen.action_brief = boom",
    "handler": "RadarScreen.action_brief = lambda self: self.call_later(boom)",
    "timer": "RadarScreen.action_brief = lambda self: self.app.set_timer(0.01, boom)",
    "compose": "BriefScreen.compose = boom",
    "paint": """
paint = RowTable.render_line
RowTable.render_line = lambda self, y: boom() if hasattr(self, "bad") else paint(self, y)
def bad(self):
    self.table.bad = True
    self.table.refresh()
RadarScreen.action_brief = bad
""",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_fault_of_ours_ends_in_words_and_leaves_the_terminal_as_it_was(tmp_path: Path, place: str) -> None:
    file = tmp_path / "radar.db"
    with Store.open(file) as store:
        build(store)
    code = f"""
import sys
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.widgets.row_table import RowTable
def boom(*_):
    raise ValueError("[red]boom")
{PLACES[place]}
from radar_tui.cli.main import main
sys.exit(main(["--db", {str(file)!r}]))
"""
    shell = (
        f'stty -a >{tmp_path}/before; "$0" -c "$1"; echo "code $?"; stty -a >{tmp_path}/after; echo the end'
    )
    with Terminal(["sh", "-c", shell, sys.executable, code], env={"HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("Reason to visit", 30)
        terminal.last_change()
        terminal.press("b")
        terminal.wait_for("the end", 30)
        shown = "\n".join(terminal.screen())
    assert "Radar had to stop. Everything it showed as saved is in the database." in shown
    assert "code 1" in shown
    assert "Traceback" not in shown
    assert "errors shown" not in shown
    told = (tmp_path / "radar.db.crash.txt").read_text(encoding="utf-8")
    assert "builtins.ValueError" in told
    assert "[red]" not in told
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


async def test_a_name_that_the_disk_did_not_take_is_not_taken_for_known(faulty: Faulty) -> None:
    app = RadarApp(faulty)
    async with app.run_test() as pilot:
        await pilot.pause()
        faulty.pulled = True
        await pilot.press("A", "tab", "B", "enter")
        await pilot.pause()
        assert app.settings.me == "", "no colleague of this id is in the file"
        assert app.screen.is_modal, "what was typed still stands there"
        faulty.pulled = False
        await pilot.press("enter")
        await pilot.pause()
        assert faulty.colleague.get(app.settings.me).name == "A"
