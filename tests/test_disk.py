"""A disk that takes no more, one that can only be read and a file that another process holds: real processes, real
disks of their own, a real limit, a real lock.

The answer stays on the screen marked unsaved, is tried again, and nothing is written in halves.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.file.check import faults
from radar_tui.store.schema.migrations import NAMES
from radar_tui.store.store import Store
from radar_tui.sync import joining
from tests.hostile import alone, can_only_be_read, command, in_words, own_disk
from tests.test_kill import asked, painted, prepared
from tests.ui.every_place import visits_of
from tests.ui.world import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


# A disk of its own: a small one that is full to the last byte, or one that can only be read


NO_DISK = ["a process may not mount a disk of its own here"]


@contextlib.contextmanager
def no_room(disk: Path, left: int) -> Iterator[None]:
    """All of a disk is taken but for `left` bytes."""
    filler, free = disk / "filler", os.statvfs(disk)
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for _ in range((free.f_bavail * free.f_frsize - left) // 4096):
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


def content(file: Path) -> list[str]:
    """All that is in a database, which is whole; but for the zone of the laptop, which opening it notes."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return [
            line
            for line in connection.iterdump()
            if not line.startswith("INSERT INTO \"local\" VALUES('zone'")
        ]


def names(disk: Path) -> set[str]:
    own = {"radar.db-wal", "radar.db-shm", "filler"}
    return {
        str(file.relative_to(disk)) for file in disk.rglob("*") if file.name not in own and file.is_file()
    }


WRITERS = (
    "backup", "restore", "scorecard --all", "import {0}/../parts.csv", "import {0}/../parts.csv --rejects {0}/bad.csv",
    "export xlsx -o {0}/a.xlsx", "export csv -o {0}/tables", "export ics -o {0}/a.ics", "export vcf -o {0}/a.vcf",
    "report visit aurora -o {0}/v.pdf", "report company -o {0}/c.pdf", "sync", "hub join {0}/../hub", "check --repair",
)  # fmt: skip


def without_room(top: Path) -> list[str]:
    disk, wrong = top / "disk", []
    disk.mkdir()
    (top / "parts.csv").write_text("Sku,Name,Price\n" + "".join(f"S{n},Part {n},{n}\n" for n in range(3000)))
    file = disk / "radar.db"
    with Store.open(top / "made.db") as store:
        build(store)
        visits_of(store, store.customer.where()[0].id)
        hub = top / "hub"
        joining.create(store, str(hub))
        store.connection.execute("PRAGMA journal_mode = DELETE")
    if not own_disk(disk, "6m"):
        return NO_DISK
    for left, commands in ((0, WRITERS[:3]), (60_000, WRITERS)):
        for words in commands:
            for made in top.glob("made.db*"):
                place = disk / made.name.replace("made", "radar")
                shutil.rmtree(place, ignore_errors=True)
                (shutil.copytree if made.is_dir() else shutil.copy)(made, place)
            if words == "restore":
                assert command("backup", "--db", str(file)).code == 0
            before, there = content(file), names(disk)
            with no_room(disk, left):
                said = command(*words.format(disk).split(), "--db", str(file))
                wrong += [f"{words}, {left} left: {one}" for one in in_words(said)]
                if said.code == 0 and left == 0:
                    wrong.append(f"{words} says it went well: {said.text}")
                if said.code and (more := names(disk) - there - {"radar.db.sync/lock.db"}):
                    wrong.append(f"{words}, {left} left, leaves {more}")
                if "damaged" in said.text:
                    wrong.append(f"{words}, {left} left: {said.text}")
            if said.code and content(file) != before:
                wrong.append(f"{words}, {left} left, changed something: {said.text}")
            again = command(*words.format(disk).split(), "--db", str(file))
            if said.code and again.code and "hub already" not in again.text:
                wrong.append(f"{words}, with room again: {again.text}")
            for made in disk.iterdir():
                shutil.rmtree(made) if made.is_dir() else made.unlink()
    return wrong


def test_on_a_disk_without_room_every_command_ends_in_words_and_leaves_all_as_it_was(tmp_path: Path) -> None:
    played(lambda: without_room(tmp_path), tmp_path)


def played(play: Callable[[], list[str]], folder: Path) -> None:
    """In a process with a disk of its own; skipped where none may be mounted."""
    if (wrong := alone(play, folder)) == NO_DISK:
        pytest.skip(NO_DISK[0])
    assert not wrong


LOOKERS = (
    "due", "brief aurora", "check", "nps", "scorecard", "export csv customers -o {}.csv", "export xlsx -o {}.xlsx",
    "report company -o {}.pdf",
)  # fmt: skip
FIRST_SCHEMA = Path(__file__).parent / "store" / "schemas" / f"{NAMES[0]}.sql"


def only_read(top: Path) -> list[str]:
    disk, wrong = top / "disk", []
    disk.mkdir()
    if not own_disk(disk, "6m"):
        return NO_DISK
    file = disk / "radar.db"
    with Store.open(file) as store:
        build(store)
        before = store.backup.make().read_bytes()
    (top / "parts.csv").write_text("Sku,Name,Price\nS,Part,1\n")
    waiting = disk / "waiting.db"
    with Store.open(file) as store:
        # As a power cut leaves it: what was answered last stands in the journal only.
        store.connection.execute("PRAGMA wal_autocheckpoint = 0")
        store.customer.save(Customer(id="b", name="Borealis"))
        for name in ("", "-wal"):
            shutil.copy(f"{file}{name}", f"{waiting}{name}")
    older = disk / "older.db"
    with contextlib.closing(sqlite3.connect(older)) as connection:
        connection.executescript(FIRST_SCHEMA.read_text(encoding="utf-8"))
        connection.executescript(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            f"VALUES ('radar', '{NAMES[0]}', '2026'); INSERT INTO customer (id, name) VALUES ('c', 'Corus');"
        )
    assert can_only_be_read(disk)
    for place in (file, waiting, older):
        for words in LOOKERS:
            made = top / f"made-{place.stem}"
            said = command(*words.format(made).split(), "--db", str(place))
            wrong += [f"{words}: {one}" for one in in_words(said)]
            if said.code and "aurora" not in words:
                wrong.append(f"{place.name}: {words} ends with {said.code} and says: {said.text}")
            if "can only be read" not in said.text:
                wrong.append(f"{place.name}: {words} does not say that nothing is saved")
    made = top / "made-waiting.csv"
    if not made.exists() or "Borealis" not in made.read_text(encoding="utf-8-sig"):
        wrong.append("what stands in the journal was not seen")
    with Store.open(top / "other.db") as other:
        joining.create(other, str(top / "hub"))
    for words in ("hub status", *(words for words in WRITERS if words != "check --repair")):
        said = command(*words.format(disk).split(), "--db", str(file))
        wrong += [f"{words}: {one}" for one in in_words(said)]
        if said.code == 0 or not re.search("(?i)read-only|only be read|no backup", said.text):
            wrong.append(f"{words} ends with {said.code} and says: {said.text}")
    backup = next((disk / "radar.db.backups").iterdir())
    assert backup.read_bytes() == before
    # What can be read can be taken elsewhere.
    elsewhere = ("restore", str(backup), "--db", str(top / "elsewhere.db"))
    wrong += [said.text for said in (command(*elsewhere), command("due", *elsewhere[2:])) if said.code]
    return wrong


def test_of_a_disk_that_can_only_be_read_it_is_said_and_a_backup_goes_elsewhere(tmp_path: Path) -> None:
    played(lambda: only_read(tmp_path), tmp_path)


def waits_for_room(top: Path) -> list[str]:
    disk = top / "disk"
    disk.mkdir()
    if not own_disk(disk, "3m"):
        return NO_DISK
    file = disk / "radar.db"
    with at_the_items(file, disk) as terminal:
        terminal.press("s")
        terminal.wait_for(lambda lines: saved(lines) == {"W-010": "serviceable"})
        with no_room(disk, 0):
            # The journal has room left of what it held before; then it needs more.
            for _ in range(8):
                terminal.press("u", "up")
                terminal.wait_for("unserviceable", 20)
            terminal.press("down", "d")
            terminal.wait_for("unsaved", 20)
            terminal.wait_for("The disk is full", 20)
            assert "Traceback" not in "\n".join(terminal.screen())
        terminal.wait_for(
            lambda lines: "unsaved" not in "\n".join(lines) and "deteriorating" in str(saved(lines)), 20
        )
        shown = saved(terminal.screen())
        assert findings(file) == shown
    no_fault(file)
    return []


def test_on_a_disk_without_room_an_answer_waits_on_the_screen(tmp_path: Path) -> None:
    played(lambda: waits_for_room(tmp_path), tmp_path)
