"""`kill -9` at every named moment of a sync and at any other, while the user goes on typing: the database is whole, no
word is lost, and the next sync goes on until all laptops are equal.

Real processes, started anew and not forked; the next ones start while a test is at work.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from radar_tui.store.connection import SaveFailed
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.engine import STEPS
from tests.fresh import NOW
from tests.sync import yard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sync.laptops import Laptop, World

ROOT = Path(__file__).parents[2]
RANDOM_KILLS = 4
ONLY_KEEPERS = ("kept",)
"""Moments that an ordinary sync does not come to; `test_outbox.py` ends the keeper there."""


class Spare:
    """Processes that have loaded everything and wait for their work."""

    def __init__(self) -> None:
        self._waiting = [self._start()]

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.sync.killed"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextlib.contextmanager
    def at_work(
        self, action: str, database: Path, hub: str, step: str = ""
    ) -> Iterator[subprocess.Popen[str]]:
        process = self._waiting.pop()
        self._waiting.append(self._start())
        try:
            said(process.stdin).write(f"{action}\t{database}\t{hub}\t{step}\n")
            said(process.stdin).flush()
            assert said(process.stdout).readline() == "go\n"
            yield process
        finally:
            ended(process)

    def close(self) -> None:
        for process in self._waiting:
            ended(process)


def said(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def ended(process: subprocess.Popen[str]) -> str:
    """Kill it as a power cut would; what it had to complain about."""
    process.kill()
    complaint = process.communicate()[1]
    assert "Traceback" not in complaint, complaint
    return complaint


@pytest.fixture(scope="module")
def spare() -> Iterator[Spare]:
    made = Spare()
    yield made
    made.close()


def types(laptop: Laptop) -> None:
    """One more edit by the user, whose app has the same database open; told as unsaved if the file is locked."""
    with contextlib.suppress(SaveFailed):
        laptop.edit("customer", laptop.ids("customer")[0], ["notes"])
    with contextlib.suppress(SaveFailed):
        laptop.edit("item", laptop.ids("item")[0], ["tag", "model"])


def goes_on(world: World) -> None:
    for laptop in world.laptops:
        assert laptop.store.row("PRAGMA integrity_check")[0] == "ok"
    world.settle()
    world.check()


@pytest.mark.parametrize("step", [step for step in STEPS if step not in ONLY_KEEPERS])
def test_a_sync_killed_at_a_named_moment(world: World, spare: Spare, step: str) -> None:
    marta = world.laptops[yard.MARTA]
    with spare.at_work("sync", marta.store.path, world.hub, step) as process:
        assert said(process.stdout).readline() == f"{step}\n"
        types(marta)
        ended(process)
    types(marta)
    goes_on(world)


def test_a_sync_killed_over_and_over(world: World, spare: Spare) -> None:
    marta, paul = world.laptops
    for step in ("pulled", "put"):
        with spare.at_work("sync", marta.store.path, world.hub, step) as process:
            assert said(process.stdout).readline() == f"{step}\n"
            types(marta)
            ended(process)
        types(paul)
        paul.sync()
    goes_on(world)


@pytest.mark.parametrize("seed", range(RANDOM_KILLS))
def test_a_sync_killed_at_any_moment(world: World, spare: Spare, seed: int) -> None:
    marta, dice = world.laptops[yard.MARTA], random.Random(seed)
    with spare.at_work("sync", marta.store.path, world.hub) as process:
        until = time.monotonic() + dice.uniform(0, 0.08)
        while time.monotonic() < until:
            types(marta)
        ended(process)
    types(marta)
    goes_on(world)


def test_a_sync_ends_although_the_user_never_stops_typing(world: World) -> None:
    """What is changed after it began to send goes with the next one, not as an entry for every word."""
    marta, entries = world.laptops[yard.MARTA], yard.NEWEST + 1

    def at(step: str) -> None:
        if step in ("pulled", "intended", "put", "moved"):
            with marta.store.again() as app:
                marta.edit("customer", marta.ids("customer")[0], ["notes"], through=app)

    assert marta.sync(at).head == entries
    assert marta.store.touched.count() == 1
    goes_on(world)


@pytest.mark.parametrize("step", ["based", "joined", "put"])
def test_a_join_killed_at_a_named_moment(world: World, spare: Spare, step: str) -> None:
    with newcomer(world) as store:
        with spare.at_work("join", store.path, world.hub, step) as process:
            assert said(process.stdout).readline() == f"{step}\n"
            ended(process)
        assert store.row("PRAGMA integrity_check")[0] == "ok"
        if step == "based":
            joining.join(store, world.hub)
        engine.sync(store)
        goes_on(world)
        engine.sync(store)
        assert audit.verify(store, full=True) == []
        assert audit.status(store).unsynced == 0
        paul = world.laptops[yard.PAUL]
        assert paul.store.row("SELECT name FROM market WHERE id = 'own'")[0] == "Newcomer"
        assert audit.status(store).head == audit.status(paul.store).head


@contextlib.contextmanager
def newcomer(world: World) -> Iterator[Store]:
    """A laptop without a hub, with a row of its own."""
    with Store.open(world.folder / "empty.db", clock=lambda: NOW) as store:
        with store.transaction() as connection:
            connection.execute("INSERT INTO market (id, name) VALUES ('own', 'Newcomer')")
        yield store


@pytest.mark.parametrize("step", ["founded", "joined", "put"])
def test_a_founding_killed_at_a_named_moment(world: World, spare: Spare, step: str) -> None:
    hub = str(world.folder / "new hub")
    with newcomer(world) as store:
        with spare.at_work("create", store.path, hub, step) as process:
            assert said(process.stdout).readline() == f"{step}\n"
            ended(process)
        assert store.row("PRAGMA integrity_check")[0] == "ok"
        if step == "founded":
            joining.join(store, hub)
        engine.sync(store)
        assert audit.verify(store, full=True) == []
        status = audit.status(store)
        assert (status.entries, status.head, status.unsynced) == (1, 1, 0)
