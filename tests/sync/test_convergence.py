"""Whatever laptops do and in whatever order: in the end all databases are equal, and no written word is lost.

48 schedules in the ordinary suite, one in forty of what is played before a release: RADAR_SCHEDULES=2000 plays so many,
RADAR_SCHEDULES_FROM=100 others. Half of them around a hub where every laptop appends, a quarter in a folder with a
keeper, a quarter where each laptop has a copy of that folder of its own.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from radar_tui.sync import base, sync_folder
from radar_tui.sync.engine import STEPS
from tests.sync.laptops import TAKEN_BACK, WORDS, Laptop, World, new_base
from tests.sync.replicas import Replicas

if TYPE_CHECKING:
    from radar_tui.store.store import Store

SCHEDULES = int(os.environ.get("RADAR_SCHEDULES", "48"))
FROM = int(os.environ.get("RADAR_SCHEDULES_FROM", "0"))
PARTS = 8
"""Tests that the schedules are divided into, so that all cores play."""
MOST_LAPTOPS = 5
tables = st.sampled_from(sorted(WORDS))
places = st.integers(0, 10**6)
statuses = st.sampled_from(["prospect", "active", "former"])
choices = st.sampled_from(["mine", "theirs", "a third"])
OPEN_STEPS = ("pulled", "intended", "put")
"""Moments of a sync at which the live file is not locked, so that editing goes on."""


_bring_up = base._bring_up


def _brought_up(path: Path) -> None:
    """A new base is a copy of one that was made before."""
    if path.exists():
        _bring_up(path)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(new_base())


class Laptops(RuleBasedStateMachine):
    """3–5 laptops around one hub."""

    played: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        # Memory where there is one: thousands of files that nobody reads twice.
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="radar-", dir=memory if memory.is_dir() else None))
        self.world = World(self.folder)
        self.backups: dict[int, tuple[Path, int]] = {}
        # The same schedule does the same again, also where the names of devices decide over an order.
        self.environment = pytest.MonkeyPatch()
        devices = (hashlib.sha256(str(number).encode()).hexdigest()[:32] for number in itertools.count())
        self.environment.setattr(sync_folder, "new_id", lambda: next(devices))
        self.environment.setattr(base, "_bring_up", _brought_up)

    @initialize(count=st.integers(3, 4), many=st.integers(2, 6))
    def start(self, count: int, many: int) -> None:
        first = self.world.add()
        for table in ("market", "customer", "contact", "stream", "item", "visit"):
            for _ in range(many // 2):
                first.insert(table, lambda ids: ids[many % len(ids)])
        first.sync()
        for _ in range(count - 1):
            self.world.add()

    def at(self, place: int) -> Laptop:
        return self.world.laptops[place % len(self.world.laptops)]

    def some_row(self, laptop: Laptop, table: str, place: int) -> str | None:
        ids = laptop.ids(table)
        return ids[place % len(ids)] if ids else None

    @rule(who=places, table=tables, place=places, same=st.booleans())
    def insert(self, who: int, table: str, place: int, same: bool) -> None:
        self.at(who).insert(table, lambda ids: ids[place % len(ids)], same=same)

    @rule(who=places, table=tables, place=places, which=st.integers(1, 7))
    def edit(self, who: int, table: str, place: int, which: int) -> None:
        self._edit(self.at(who), table, place, which)

    def _edit(self, laptop: Laptop, table: str, place: int, which: int, through: Store | None = None) -> None:
        id = self.some_row(laptop, table, place)
        columns = [column for bit, column in enumerate(WORDS[table]) if which >> bit & 1]
        if id is not None and columns:
            laptop.edit(table, id, columns, through=through)

    @rule(
        first=places,
        second=places,
        table=tables,
        place=places,
        which=st.integers(1, 7),
        other=st.integers(1, 7),
    )
    def edit_on_both_sides(
        self, first: int, second: int, table: str, place: int, which: int, other: int
    ) -> None:
        for who, columns in ((first, which), (second, other)):
            self._edit(self.at(who), table, place, columns)

    @rule(who=places, place=places, archived=st.sampled_from([None, "2026-12-03T09:00:00.000Z"]))
    def archive(self, who: int, place: int, archived: str | None) -> None:
        if id := self.some_row(self.at(who), "customer", place):
            self.at(who).set("customer", id, "archived_at", archived)

    @rule(
        who=places, place=places, status=st.sampled_from(["planned", "completed", "in progress", "cancelled"])
    )
    def move_visit(self, who: int, place: int, status: str) -> None:
        laptop = self.at(who)
        if id := self.some_row(laptop, "visit", place):
            with laptop.store.transaction() as connection:
                connection.execute(
                    "UPDATE visit SET status = ?, completed_at = ? WHERE id = ?",
                    [status, "2026-12-03T09:00:00.000Z" if status == "completed" else None, id],
                )

    @rule(who=places, table=st.sampled_from(TAKEN_BACK), place=places)
    def take_back(self, who: int, table: str, place: int) -> None:
        if id := self.some_row(self.at(who), table, place):
            self.at(who).remove(table, id)

    @rule(who=places)
    def sync(self, who: int) -> None:
        self.at(who).try_to_sync()

    @rule(who=places, step=st.sampled_from(STEPS))
    def crash(self, who: int, step: str) -> None:
        self.at(who).crash_in_sync(step)

    @rule(who=places, other=places, step=st.sampled_from(("pulled", "intended")))
    def race(self, who: int, other: int, step: str) -> None:
        """Another laptop syncs whole while this one is about to write."""
        racing, raced = self.at(who), [False]
        if self.at(other) is racing:
            return

        def at(reached: str) -> None:
            if reached == step and not raced[0]:
                raced[0] = True
                self.at(other).try_to_sync()

        racing.try_to_sync(at)

    @rule(who=places, table=tables, place=places, which=st.integers(1, 7), step=st.sampled_from(OPEN_STEPS))
    def edit_during_sync(self, who: int, table: str, place: int, which: int, step: str) -> None:
        laptop, edited = self.at(who), [False]

        def at(reached: str) -> None:
            if reached == step and not edited[0]:
                edited[0] = True
                with laptop.store.again() as through:
                    self._edit(laptop, table, place, which, through)

        laptop.try_to_sync(at)

    @rule(who=places)
    def back_up(self, who: int) -> None:
        laptop = self.at(who)
        self.backups[laptop.number] = laptop.back_up()

    @precondition(lambda self: self.backups)
    @rule(who=places)
    def restore(self, who: int) -> None:
        number = sorted(self.backups)[who % len(self.backups)]
        self.world.laptops[number].restore(self.backups.pop(number))

    @precondition(lambda self: len(self.world.laptops) < MOST_LAPTOPS)
    @rule(who=places)
    def copy(self, who: int) -> None:
        self.at(who).copy()

    # What is decided, and values that come again

    @rule(who=places, place=places, status=statuses)
    def say(self, who: int, place: int, status: str) -> None:
        if id := self.some_row(self.at(who), "customer", place):
            self.at(who).say(id, status)

    @rule(who=places, place=places, choice=choices)
    def decide(self, who: int, place: int, choice: str) -> None:
        self.at(who).decide(place, choice)

    @rule(who=places, other=places, place=places, choice=choices)
    def say_two_at_once(self, who: int, other: int, place: int, choice: str) -> None:
        """The same two statuses over the same third, as perhaps once before."""
        one, two = self.at(who), self.at(other)
        if one is two or not (id := self.some_row(one, "customer", place)):
            return
        one.say(id, "active")
        for laptop in (one, two, one, two):
            laptop.try_to_sync()
        one.say(id, "prospect")
        two.say(id, "former")
        for laptop in (one, two, one):
            laptop.try_to_sync()
        two.decide(place, choice)

    @rule(who=places, place=places)
    def take_all_back(self, who: int, place: int) -> None:
        if id := self.some_row(self.at(who), "customer", place):
            self.at(who).take_all_back(id)

    # Restores at a bad moment

    @rule(who=places, other=places, place=places)
    def restore_what_was_sent(self, who: int, other: int, place: int) -> None:
        """A backup from before a colleague's edit and an own one of the same customer; both were sent."""
        one, two = self.at(who), self.at(other)
        contact = self.some_row(one, "contact", place)
        if one is two or contact is None:
            return
        customer = one.store.row("SELECT customer_id FROM contact WHERE id = ?", [contact])[0]
        backup = one.back_up()
        two.edit("customer", customer, ["notes"])
        for laptop in (two, one):
            laptop.try_to_sync()
        one.edit("contact", contact, ["phone"])
        one.try_to_sync()
        one.restore(backup)
        for laptop in (two, one):
            laptop.try_to_sync()

    @rule(who=places, table=tables, place=places, which=st.integers(1, 7), step=st.sampled_from(OPEN_STEPS))
    def restore_after_a_crash(self, who: int, table: str, place: int, which: int, step: str) -> None:
        laptop = self.at(who)
        backup = laptop.back_up()
        self._edit(laptop, table, place, which)
        laptop.crash_in_sync(step)
        laptop.restore(backup)

    # Damage

    @rule(who=places, table=tables, index=st.booleans(), from_backup=st.booleans())
    def tear(self, who: int, table: str, index: bool, from_backup: bool) -> None:
        self.at(who).tear(f"sqlite_autoindex_{table}_1" if index else table, from_backup=from_backup)

    @precondition(lambda self: len(self.world.laptops) < MOST_LAPTOPS)
    @rule(who=places, pieces=st.integers(2, 20), table=tables, place=places, every=st.integers(1, 3))
    def copy_slowly(self, who: int, pieces: int, table: str, place: int, every: int) -> None:
        laptop, turn = self.at(who), [0]

        def meanwhile() -> None:
            turn[0] += 1
            if turn[0] % every == 0:
                laptop.insert(table, lambda ids: ids[place % len(ids)])
                self._edit(laptop, table, place, 7)
                laptop.try_to_sync()

        laptop.store.connection.execute("PRAGMA wal_autocheckpoint = 10")
        if twin := laptop.copied_slowly(pieces, meanwhile):
            twin.look_after()

    def teardown(self) -> None:
        try:
            if self.world.laptops:
                self.world.settle()
                self.world.check()
        finally:
            self.played += self.world.played
            self.played["schedules"] += 1
            self.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            self.environment.undo()


class CloudLaptops(Laptops):
    """The same in a folder that a cloud copies: one of them is the keeper, and now and then another."""

    def __init__(self) -> None:
        super().__init__()
        self.environment.setenv("OneDrive", str(self.folder))
        self.world.keeper = 0

    @rule(who=places)
    def take_over(self, who: int) -> None:
        self.at(who).take_over()


class FarLaptops(CloudLaptops):
    """And each of them sees its own copy of that folder, where files arrive late, in part and in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.replicas = self.world.replicas = Replicas(self.folder / "cloud")

    @rule(place=places, part=st.sampled_from([0.0, 0.5, 0.99, 1.0, 1.0, 1.0]))
    def arrive(self, place: int, part: float) -> None:
        if moves := self.replicas.moves():
            self.replicas.make(moves[place % len(moves)], part=part)

    @rule(who=places)
    def connect(self, who: int) -> None:
        """One machine gives and gets all that is there at this moment."""
        for up in (True, False):
            for move in self.replicas.moves():
                if (move.machine, move.up) == (self.at(who).number, up):
                    self.replicas.make(move)


SHARES: dict[type[Laptops], float] = {Laptops: 1 / 2, CloudLaptops: 1 / 4, FarLaptops: 1 / 4}


@pytest.mark.parametrize(
    ("kind", "part"),
    [(kind, part) for kind, share in SHARES.items() for part in range(int(PARTS * share))],
    ids=lambda value: value.__name__ if isinstance(value, type) else value,
)
def test_in_the_end_all_are_equal_and_no_word_is_lost(kind: type[Laptops], part: int) -> None:
    played: Counter[str] = Counter()

    class Machine(kind):  # type: ignore[misc, valid-type]
        """With the figures of this test."""

    Machine.played = played
    run_state_machine_as_test(
        seed(FROM + part)(Machine),
        settings=settings(
            max_examples=max(1, SCHEDULES // PARTS),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            database=None,
        ),
    )
    print(kind.__name__, part, dict(played))
