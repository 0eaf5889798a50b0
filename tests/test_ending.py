"""The system ends Radar while somebody types: real signals, a real terminal, one that is closed.

The terminal is as it was before, what was typed is offered at the next start, and a form takes it in again.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from radar_tui.leaving import kept_drafts
from radar_tui.store.store import Store
from tests.ui.world import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal

CODE = """
import os, sys
from radar_tui.cli.main import main
open(sys.argv[1] + ".pid", "w").write(str(os.getpid()))
sys.exit(main(["--db", sys.argv[1]]))
"""
SHELL = '{before} stty -a >"$2.before"; "$0" -c "$1" "$2"; echo "code $?"; stty -a >"$2.after"; echo the end'


class Recorded(Terminal):
    """A terminal that remembers all that was sent to it."""

    sent = b""

    def _show(self, arrival: tuple[float, bytes]) -> None:
        self.sent += arrival[1]
        super()._show(arrival)


@pytest.fixture(autouse=True)
def hang_up() -> Iterator[None]:
    """Whoever started the tests may ignore it (`nohup`), and so would all that they start."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "radar.db"
    with Store.open(path) as store:
        build(store)
    return path


def started(file: Path, before: str = "") -> Recorded:
    shell = SHELL.format(before=before)
    home = {"HOME": str(file.parent), "XDG_STATE_HOME": str(file.parent / "state")}
    return Recorded(["sh", "-c", shell, sys.executable, CODE, str(file)], env=home)


def typing(terminal: Terminal) -> None:
    """A new customer is half typed."""
    terminal.wait_for("Reason to visit", 40)
    terminal.last_change()
    terminal.press("n")
    terminal.wait_for("New customer", 20)
    terminal.last_change()
    terminal.send("Nuova Cartiera")
    terminal.wait_for("Nuova Cartiera", 20)


def end(file: Path, number: int) -> None:
    os.kill(int(file.with_name("radar.db.pid").read_text()), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_and_loses_no_text(file: Path, number: int) -> None:
    with started(file) as terminal:
        typing(terminal)
        end(file, number)
        terminal.wait_for("the end", 30)
        shown = "\n".join(terminal.screen())
        assert f"code {128 + number}" in shown
        assert "Traceback" not in shown
        assert terminal.sent.count(b"\x1b[?1049h") == terminal.sent.count(b"\x1b[?1049l") == 1
        assert terminal.sent.rstrip().endswith(b"the end")
    assert file.with_name("radar.db.before").read_text() == file.with_name("radar.db.after").read_text()
    assert [one.text for draft in kept_drafts(file) for one in draft.typed] == ["Nuova Cartiera"]
    with started(file) as terminal:
        terminal.wait_for("You were typing when Radar was ended", 40)
        terminal.wait_for("Nuova Cartiera", 10)
        terminal.last_change()
        terminal.press("escape")
        terminal.wait_for("Reason to visit", 20)
        terminal.last_change()
        terminal.press("n")
        terminal.wait_for("f2 puts in what was typed before", 20)
        terminal.send("\x1bOQ")
        terminal.wait_for("Nuova Cartiera", 20)
        terminal.last_change()
        terminal.press("enter")
        terminal.wait_for(lambda lines: not any("New customer" in line for line in lines), 20)
        terminal.last_change()
        terminal.press("ctrl+q")
        terminal.wait_for("code 0", 20)
    assert kept_drafts(file) == []
    with Store.open(file) as store:
        assert [one.name for one in store.customer.where("name LIKE 'Nuova%'")] == ["Nuova Cartiera"]


def test_a_closed_terminal_ends_radar_and_loses_no_text(file: Path) -> None:
    with started(file) as terminal:
        typing(terminal)
        pid = int(file.with_name("radar.db.pid").read_text())
        os.close(terminal._fd)
        until = time.monotonic() + 30
        while time.monotonic() < until and os.path.exists(f"/proc/{pid}"):
            time.sleep(0.05)
        assert not os.path.exists(f"/proc/{pid}")
        terminal._fd = os.open(os.devnull, os.O_RDWR)
    assert [one.text for draft in kept_drafts(file) for one in draft.typed] == ["Nuova Cartiera"]


def test_what_whoever_started_radar_ignores_is_ignored(file: Path) -> None:
    with started(file, "trap '' HUP;") as terminal:
        typing(terminal)
        end(file, signal.SIGHUP)
        terminal.send(" due")
        terminal.wait_for("Nuova Cartiera due", 20)
        end(file, signal.SIGKILL)  # else it outlives the terminal, as asked


def test_text_is_kept_when_a_fault_of_ours_ends_radar(file: Path) -> None:
    code = CODE.replace(
        "open(sys",
        "from radar_tui.ui.frame import form\nform.FormScreen.action_save = lambda self: 1 / 0\nopen(sys",
    )
    with Recorded([sys.executable, "-c", code, str(file)], env={"HOME": str(file.parent)}) as terminal:
        typing(terminal)
        terminal.press("enter")
        terminal.wait_for("Radar had to stop", 20)
        assert terminal.wait(20) == 1
    assert [one.text for draft in kept_drafts(file) for one in draft.typed] == ["Nuova Cartiera"]
