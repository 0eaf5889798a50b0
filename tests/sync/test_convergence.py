"""Whatever laptops do and in whatever order: in the end all databases are equal, and no written word is lost.

40 schedules in the ordinary suite; RADAR_SCHEDULES=2000 plays more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from radar_tui.sync.engine import STEPS
from tests.sync.laptops import TAKEN_BACK, WORDS, Laptop, World

if TYPE_CHECKING:
    from radar_tui.store.store import Store

SCHEDULES = int(os.environ.get("RADAR_SCHEDULES", "40"))
MOST_LAPTOPS = 5
tables = st.sampled_from(sorted(WORDS))
places = st.integers(0, 10**6)
OPEN_STEPS = ("pulled", "intended", "put")
"""Moments of a sync at which the live file is not locked, so that editing goes on."""


class Laptops(RuleBasedStateMachine):
    """3–5 laptops around one hub."""

    def __init__(self) -> None:
        super().__init__()
        # Memory where there is one: thousands of files that nobody reads twice.
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="radar-", dir=memory if memory.is_dir() else None))
        self.world = World(self.folder)
        self.backups: dict[int, tuple[Path, int]] = {}

    @initialize(count=st.integers(3, 4), seed=st.integers(2, 6))
    def start(self, count: int, seed: int) -> None:
        first = self.world.add()
        for table in ("market", "customer", "contact", "stream", "item", "visit"):
            for _ in range(seed // 2):
                first.insert(table, lambda ids: ids[seed % len(ids)])
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
        self.at(who).sync()

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
                self.at(other).sync()

        racing.sync(at)

    @rule(who=places, table=tables, place=places, which=st.integers(1, 7), step=st.sampled_from(OPEN_STEPS))
    def edit_during_sync(self, who: int, table: str, place: int, which: int, step: str) -> None:
        laptop, edited = self.at(who), [False]

        def at(reached: str) -> None:
            if reached == step and not edited[0]:
                edited[0] = True
                with laptop.store.again() as through:
                    self._edit(laptop, table, place, which, through)

        laptop.sync(at)

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

    def teardown(self) -> None:
        try:
            if self.world.laptops:
                self.world.settle()
                self.world.check()
        finally:
            self.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)


Laptops.TestCase.settings = settings(
    max_examples=SCHEDULES,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    derandomize=SCHEDULES <= 100,
)
TestConvergence = Laptops.TestCase
