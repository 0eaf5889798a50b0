"""A disk that takes no more and a file that another process holds: real processes, a real limit, a real lock.

The answer stays on the screen marked unsaved, is tried again, and nothing is written in halves.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.check import faults
from radar_tui.store.store import Store
from tests.test_kill import asked, painted, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("resource", reason="needs Linux")
import resource

from tests.benchmarks.terminal import Terminal

pytestmark = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux")

VERDICTS = ("serviceable", "deteriorating", "unserviceable", "not inspected")


@contextlib.contextmanager
def at_the_items(file: Path, home: Path) -> Iterator[Terminal]:
    """Radar on the integrity report of a visit, in a terminal of its own."""
    prepared(file)
    command = [sys.executable, "-m", "radar_tui", "--db", str(file)]
    with Terminal(command, rows=30, cols=100, env={"HOME": str(home)}) as terminal:
        terminal.wait_for("Aurora Tissue", 30)
        terminal.last_change()
        terminal.press("v")
        terminal.wait_for("W-010", 30)
        terminal.last_change()
        yield terminal


def findings(file: Path) -> dict[str, str]:
    return dict(asked(file, "SELECT i.tag, f.verdict FROM finding f JOIN item i ON i.id = f.item_id"))


def saved(lines: list[str]) -> dict[str, str]:
    """What stands on the screen as saved; what is not has a mark before it."""
    return painted([line for line in lines if " ! " not in line], VERDICTS)


def no_fault(file: Path) -> None:
    with Store.open(file) as store:
        assert faults(store) == []


def test_on_a_full_disk_an_answer_waits_on_the_screen_and_is_kept_once_there_is_room(tmp_path: Path) -> None:
    file = tmp_path / "radar.db"
    with at_the_items(file, tmp_path) as terminal:
        terminal.press("s")
        terminal.wait_for(lambda lines: saved(lines) == {"W-010": "serviceable"})
        free = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
        # No file may grow, nor the journal that is there be written: what a full disk says.
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, free[1]))
        terminal.press("u")
        terminal.wait_for("! unserviceable", 20)
        terminal.wait_for("1 answer unsaved", 20)
        assert findings(file) == {"W-010": "serviceable"}
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, free)
        terminal.wait_for(
            lambda lines: saved(lines) == {"W-010": "serviceable", "W-011": "unserviceable"}, 20
        )
        assert findings(file) == {"W-010": "serviceable", "W-011": "unserviceable"}
    no_fault(file)


def test_a_file_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "radar.db"
    with at_the_items(file, tmp_path) as terminal, contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("d")
        terminal.wait_for("Another program is writing", 20)
        terminal.wait_for("! deteriorating", 20)
        assert findings(file) == {}
        other.rollback()
        terminal.wait_for(lambda lines: saved(lines) == {"W-010": "deteriorating"}, 20)
        assert findings(file) == {"W-010": "deteriorating"}
    no_fault(file)
