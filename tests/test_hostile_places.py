"""What stands where a database should be, and terminals that no screen was drawn for: real processes, in words."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
import termios
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.errors import RadarError
from radar_tui.files import refuse_no_file
from radar_tui.store.file.check import faults
from radar_tui.store.lists.brief import brief, lines
from radar_tui.store.store import Store
from radar_tui.sync import joining
from tests.fresh import NOW
from tests.hostile import command, in_words
from tests.ui.world import build

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal


def in_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file")


PLACES: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "text": lambda path: path.write_text("Dear customer,\n" * 300),
    "noise": lambda path: path.write_bytes(os.urandom(9000)),
    "zeros": lambda path: path.write_bytes(bytes(9000)),
    "cut": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(30)),
    "link to itself": lambda path: path.symlink_to(path),
    "link to nowhere": lambda path: path.symlink_to(path.parent / "none" / "none.db"),
    "link to zeros": lambda path: path.symlink_to("/dev/zero"),
    "in a file": in_a_file,
}


@pytest.mark.parametrize("what", PLACES)
def test_what_is_no_database_is_named_by_every_command(tmp_path: Path, what: str) -> None:
    path = tmp_path / "inner" / "radar.db"
    path.parent.mkdir()
    PLACES[what](path)
    for words in (
        "due",
        "check",
        "check --repair",
        "backup",
        "restore",
        "sync",
        "export xlsx",
        "scorecard --all",
    ):
        said = command(*words.split(), "--db", str(path))
        assert in_words(said) == []
        assert said.code == 1, words
        assert len(said.text.splitlines()) <= 2


NO_FILES = [" ", ":memory:", "./:memory:", ":memory:?cache=shared", "file:x.db", "file:x.db?mode=memory"]


@pytest.mark.parametrize("name", [*NO_FILES, "/dev/null", "/dev/zero", "."])
def test_a_name_that_is_no_file_is_refused_wherever_a_database_is_opened_or_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "home")
    with Store.open(tmp_path / "team.db") as store:
        joining.create(store, str(tmp_path / "hub"))
        kept = str(store.backup.make())
    for words in (
        ["due"],
        ["check"],
        ["demo", "--no-open"],
        ["restore"],
        ["restore", kept],
        ["hub", "join", str(tmp_path / "hub")],
        ["hub", "create", str(tmp_path / "other")],
    ):
        said = command(*words, "--db", name)
        assert in_words(said) == []
        assert said.code == 1, words
        assert "Name a file" in said.text
    with pytest.raises(RadarError, match=r"is no name of a file|is a folder|is not a file"):
        Store.open(Path(name))
    assert list((tmp_path / "home").iterdir()) == []


def test_a_socket_is_no_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / "s"))
        assert "is not a file" in command("due", "--db", str(tmp_path / "s")).text


@pytest.mark.parametrize(
    "name", ["NUL", "con", "C:/team/nul.db", "COM1", "CONOUT$", "radar.db:stream", "aux .db"]
)
def test_a_device_of_windows_is_no_file(name: str) -> None:
    with pytest.raises(RadarError, match="is no name of a file"):
        refuse_no_file(name, windows=True)
    refuse_no_file("C:/nulls/console.db", windows=True)


def test_the_app_says_so_too(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    path.symlink_to(path)
    with Terminal(
        [sys.executable, "-m", "radar_tui", "--db", str(path)], env={"HOME": str(tmp_path)}
    ) as terminal:
        terminal.wait_for(lambda rows: "leads back to itself" in "".join(rows), 30)
        assert terminal.wait(20) == 1


def resized(terminal: Terminal, cols: int, rows: int) -> None:
    """As when somebody pulls at the window; what it shows is not looked at before it is large enough."""
    fcntl.ioctl(terminal._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"TERM": "dumb", "COLORTERM": ""}],
    ids=lambda environment: next(iter(environment)),
)
def test_a_terminal_made_tiny_and_large_again(
    store: Store, tmp_path: Path, environment: dict[str, str]
) -> None:
    build(store)
    command = [sys.executable, "-m", "radar_tui", "--db", str(store.path)]
    with Terminal(command, rows=24, cols=80, env={"HOME": str(tmp_path), **environment}) as terminal:
        terminal.wait_for("Aurora Tissue", 30)
        for cols, rows, keys in (
            (1, 1, "2345"), (12, 4, "1b"), (3, 40, "\x1b"), (200, 2, "\r"), (39, 9, "piost"), (5, 5, "\x1b/a\x1b"),
        ):  # fmt: skip
            resized(terminal, cols, rows)
            terminal.send(keys)
            terminal.last_change(quiet=0.3, timeout=2)
            assert terminal.is_alive()
        resized(terminal, 80, 24)
        # What the keys opened lies on top of one another.
        for _ in range(9):
            terminal.send("\x1b")
            terminal.last_change(quiet=0.3, timeout=2)
        terminal.send("1")
        terminal.wait_for("Reason to visit", 20)
        terminal.press("ctrl+q")
        assert terminal.wait(20) == 0


def test_a_clock_that_was_put_back_loses_nothing(store: Store) -> None:
    """A year between two visits, backwards: the later one in the clock's eyes counts, and every list can be read."""
    world = build(store)
    for days in (0, -400, -399):
        store.clock = lambda days=days: NOW + timedelta(days=days)  # type: ignore[misc]
        pinned = store.checklist.pin(shipped()[0])
        visit = store.visit.start(world.customer, pinned, None)
        store.visit.complete(visit.id)
        store.backup.make()
        today = store.clock().date()
        assert store.radar.page(today, 0, 9)
        assert lines(brief(store, world.customer, today), 80, 24)
        assert store.visit.get(visit.id).status == "completed"
    assert faults(store) == []
    seen = store.row("SELECT last_seen, due_on FROM customer_due WHERE customer_id = ?", [world.customer])
    assert seen[0] == NOW.date().isoformat()
