"""Laptops with real files that edit, decide, sync, crash, restore, are copied and damaged. What must be true of all
that they wrote stands in `oracle`."""

from __future__ import annotations

import contextlib
import functools
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.domain.days import iso
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.asking import Asks, SyncAnswers
from radar_tui.sync.base import Base
from radar_tui.sync.merge import Shape
from tests.fresh import NOW, fresh
from tests.sync import harm, oracle
from tests.sync.oracle import Removed, Written

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.sync.session import SyncResult
    from tests.sync.replicas import Replicas

WORDS: dict[str, tuple[str, ...]] = {
    "market": ("name",),
    "customer": ("name", "notes", "city"),
    "contact": ("name", "phone", "email"),
    "stream": ("name", "note"),
    "item": ("tag", "model"),
    "visit": ("summary",),
    "answer": ("value", "note"),
    "opportunity": ("title",),
    "opportunity_line": ("description",),
    "response": ("verbatim", "void_reason"),
}
"""The text columns in which every written word is unlike any other, so that none can get lost unseen."""

PARENTS: dict[str, dict[str, str]] = {
    "market": {},
    "customer": {"market_id": "market"},
    "contact": {"customer_id": "customer"},
    "stream": {"customer_id": "customer"},
    "item": {"customer_id": "customer", "stream_id": "stream"},
    "visit": {"customer_id": "customer"},
    "answer": {"visit_id": "visit"},
    "opportunity": {"customer_id": "customer", "stream_id": "stream"},
    "opportunity_line": {"opportunity_id": "opportunity", "item_id": "item"},
    "response": {"contact_id": "contact"},
}
OPTIONAL = frozenset({"market_id", "stream_id", "item_id"})
TAKEN_BACK = ("answer", "opportunity_line", "stream", "item", "market", "opportunity")


class Crash(BaseException):
    """The power is gone: nothing that would tidy up may be relied on."""


@dataclass
class World:
    """All laptops of a test, their hub, and every word that any of them ever wrote."""

    folder: Path
    laptops: list[Laptop] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    forgiven: set[Written] = field(default_factory=set)
    """What was given up knowingly before anybody else had it: by a restore, or with a file that was damaged."""
    said: dict[str, str] = field(default_factory=lambda: {"": "active"})
    """The status of a customer that was written together with a word."""
    mixed: set[str] = field(default_factory=set)
    """Customers of which word and status came to stand apart, as a merge by fields may do."""
    count: int = 0
    keeper: int | None = None
    """The number of the laptop that keeps the log, where the hub lies in a folder that a cloud copies."""
    replicas: Replicas | None = None
    """Where every laptop has a copy of that folder of its own."""
    played: Counter[str] = field(default_factory=Counter)

    @property
    def hub(self) -> str:
        """Its folder, or the keeper's copy of it."""
        return self.hub_of(self.keeper or 0)

    def hub_of(self, number: int) -> str:
        return str((self.replicas.folder(number) if self.replicas else self.folder) / "hub")

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}."

    def add(self) -> Laptop:
        laptop = Laptop(self, len(self.laptops))
        self.laptops.append(laptop)
        if self.replicas:
            self.replicas.add()
            self.replicas.deliver()
        if laptop.number == 0:
            joining.create(laptop.store, self.hub)
        else:
            joining.join(laptop.store, self.hub_of(laptop.number))
        return laptop

    def settle(self) -> None:
        """Sync all until nobody has anything new."""
        for laptop in self.laptops:
            laptop.look_after()
        for _ in range(8 if self.keeper is None else 24):
            moved = 0
            for laptop in self.laptops:
                if self.replicas:
                    moved += self.replicas.deliver()
                moved += laptop.moved_by_a_sync()
            if not moved:
                return
        raise AssertionError("the laptops never come to rest")

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.store.close()

    def check(self) -> None:
        """All databases are equal and sound, and no word is lost. Call after `settle`."""
        first = self.laptops[0]
        contents = first.content()
        for laptop in self.laptops:
            assert laptop.content() == contents, f"laptop {laptop.number} differs"
            assert laptop.store.touched.count() == 0
            assert laptop.store.rows("PRAGMA foreign_key_check") == []
            assert laptop.store.row("PRAGMA integrity_check")[0] == "ok"
            assert laptop.device not in {other.device for other in self.laptops if other is not laptop}
        assert audit.verify(first.store, full=True) == []
        lost = oracle.lost(self)
        assert not lost, "\n".join(lost)


class Laptop:
    """One laptop: a database file with what sync keeps beside it, in a folder of its own."""

    def __init__(self, world: World, number: int, copied_from: Path | None = None) -> None:
        self.world, self.number = world, number
        self.folder = world.folder / f"laptop{number}"
        if copied_from is None:
            self.folder.mkdir()
            shutil.copy(_empty(world.folder), self.folder / "radar.db")
        else:
            shutil.copytree(copied_from, self.folder)
        self.moments = 0
        self.damaged = False
        """Whether its file may have lost something that it does not know of."""
        self.store = self._open()

    def _open(self) -> Store:
        path = self.folder / "radar.db"
        return Store.open(path if path.exists() else fresh(path), clock=lambda: NOW)

    @property
    def device(self) -> str:
        return str(json.loads((self.folder / "radar.db.sync" / "device.json").read_text())["device"])

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: [tuple(row) for row in self.store.rows(f"SELECT * FROM main.{table} ORDER BY id")]
            for table in SYNCED
        }

    # Editing

    def ids(self, table: str) -> list[str]:
        return [row[0] for row in self.store.rows(f"SELECT id FROM main.{table} ORDER BY id")]

    def _wrote(self, table: str, id: str, column: str, word: str, seen: str | None) -> None:
        self.moments += 1
        self.world.written.append(Written(self.number, self.moments, table, id, column, word, seen))

    def insert(self, table: str, pick: Callable[[list[str]], str], *, same: bool = False) -> bool:
        """A new row with parents picked from those that are here; `same` gives it a key that others may make too."""
        row: dict[str, object] = {}
        for column, parent in PARENTS[table].items():
            ids = self.ids(parent)
            if not ids and column not in OPTIONAL:
                return False
            row[column] = pick([*ids, ""]) if column in OPTIONAL else pick(ids)
            row[column] = row[column] or None
        row |= self._rest(table)
        made_of = [str(value) for column, value in row.items() if column in PARENTS[table]]
        id = fact_id(table, *made_of) if same else fact_id(table, self.world.word())
        if self.store.row(f"SELECT 1 FROM main.{table} WHERE id = ?", [id]):
            return False
        words = {column: self.world.word() for column in WORDS[table]}
        row |= {"id": id} | words
        with self.store.transaction() as connection:
            connection.execute(
                f"INSERT INTO main.{table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",
                list(row.values()),
            )
        for column, word in words.items():
            self._wrote(table, id, column, word, None)
        return True

    def _rest(self, table: str) -> dict[str, object]:
        """What else a row must have."""
        if table == "visit":
            with self.store.transaction() as connection:
                connection.execute(
                    "INSERT INTO checklist (id, key, version, title, definition) VALUES ('c', 'k', 1, 't', '{}') "
                    "ON CONFLICT DO NOTHING"
                )
            return {"checklist_id": "c"}
        if table == "answer":
            return {"question": "q", "answered_at": iso(NOW)}
        if table == "opportunity":
            return {"kind": "spares"}
        if table == "response":
            customer = self.store.row("SELECT id FROM customer LIMIT 1")[0]
            return {"customer_id": customer, "question": "retain", "score": 7, "asked_on": "2026-12-03"}
        return {}

    def edit(self, table: str, id: str, columns: list[str], *, through: Store | None = None) -> None:
        """New words over those that stand there."""
        store = through or self.store
        with store.transaction() as connection:
            before = connection.execute(f"SELECT * FROM main.{table} WHERE id = ?", [id]).fetchone()
            if before is None:
                return
            words = {column: self.world.word() for column in columns}
            changes = ", ".join(f"{column} = ?" for column in words)
            connection.execute(f"UPDATE main.{table} SET {changes} WHERE id = ?", [*words.values(), id])
        for column, word in words.items():
            self._wrote(table, id, column, word, before[column])

    def set(self, table: str, id: str, column: str, value: object) -> None:
        with self.store.transaction() as connection:
            connection.execute(f"UPDATE main.{table} SET {column} = ? WHERE id = ?", [value, id])

    def remove(self, table: str, id: str) -> bool:
        """Take a row back, if nothing refers to it here."""
        for child, parents in PARENTS.items():
            for column, parent in parents.items():
                if parent == table and self.store.row(f"SELECT 1 FROM main.{child} WHERE {column} = ?", [id]):
                    return False
        with self.store.transaction() as connection:
            self._remove(connection, table, id)
        return True

    def _remove(self, connection: sqlite3.Connection, table: str, id: str) -> None:
        row = connection.execute(f"SELECT * FROM main.{table} WHERE id = ?", [id]).fetchone()
        connection.execute(f"DELETE FROM main.{table} WHERE id = ?", [id])
        seen = {str(row[column]) for column in WORDS[table]}
        if table == "customer":
            seen.add(row["country"])
        self.world.removed.append(Removed(table, id, frozenset(seen)))

    def say(self, id: str, status: str) -> None:
        """Another status for a customer. Values like these come again, so a word is written with it that does not."""
        with self.store.transaction() as connection:
            row = connection.execute("SELECT status, country FROM customer WHERE id = ?", [id]).fetchone()
            if row is None or row["status"] == status:
                return
            word = self.world.word()
            connection.execute("UPDATE customer SET status = ?, country = ? WHERE id = ?", [status, word, id])
        self.world.said[word] = status
        self._wrote("customer", id, "country", word, row["country"])

    def take_all_back(self, customer: str) -> None:
        """A customer with everything that hangs on it is taken back, children first."""
        children = Shape.of(self.store.connection).children
        keys = [("customer", customer)]
        for table, id in keys:
            for child, column in children[table]:
                found = self.store.rows(f"SELECT id FROM main.{child} WHERE {column} = ?", [id])
                keys += [(child, row[0]) for row in found if (child, row[0]) not in keys]
        with self.store.transaction() as connection:
            for table, id in sorted(keys, key=lambda key: -SYNCED.index(key[0])):
                self._remove(connection, table, id)

    def decide(self, place: int, choice: str) -> None:
        """Decide an open conflict about a field: `mine`, `theirs`, or a third word. Of a status and its word both are
        decided alike."""
        found = self.store.rows(
            "SELECT * FROM conflict WHERE resolution IS NULL AND col IS NOT NULL ORDER BY id"
        )
        if not found:
            return
        one = found[place % len(found)]
        with contextlib.suppress(RadarError):
            if one["col"] in oracle.TOLD and one["tbl"] == "customer":
                self._decide_status(one, [row for row in found if oracle.together(row, one)], choice)
            else:
                self._decide(one, choice)

    def _decide(self, conflict: sqlite3.Row, choice: str) -> None:
        table, id, column = conflict["tbl"], conflict["key"], conflict["col"]
        before = self.store.row(f"SELECT * FROM main.{table} WHERE id = ?", [id])
        if choice == "theirs" or column not in WORDS.get(table, ()):
            self.store.conflict.keep_theirs([conflict["id"]])
            return
        if choice == "mine":
            self.store.conflict.take_mine([conflict["id"]])
        else:
            self.store.conflict.edit(conflict["id"], {column: self.world.word()})
        # With a column comes all that belongs to it.
        after = self.store.row(f"SELECT * FROM main.{table} WHERE id = ?", [id])
        for written in WORDS[table]:
            if after[written] != before[written]:
                self._wrote(table, id, written, after[written], before[written])

    def _decide_status(self, one: sqlite3.Row, pair: list[sqlite3.Row], choice: str) -> None:
        ids = [row["id"] for row in pair]
        words = [json.loads(row["mine"]) for row in pair if row["col"] == "country"]
        if choice != "mine" or len(words) != 1:
            self.store.conflict.keep_theirs(ids)
            return
        before = self.store.row("SELECT country FROM customer WHERE id = ?", [one["key"]])
        self.store.conflict.take_mine(ids)
        self._wrote("customer", one["key"], "country", words[0], before[0])

    # Syncing, and what may happen to a laptop

    def sync(self, at: Callable[[str], None] = lambda step: None) -> SyncResult:
        """Sync; a large take is answered with yes, and where a file has lost rows the team's are taken."""
        self.world.played["syncs"] += 1
        sync = engine.keep if self.number == self.world.keeper else engine.sync
        answers = SyncAnswers(unnoted="team" if self.damaged else "ask")
        try:
            try:
                result = sync(self.store, answers=answers, at=at)
                asked = any("--yes" in refused for refused in result.refused)
            except Asks as question:
                if question.kind != "take":
                    raise
                asked = True
            if not asked:
                return result
            self.world.played["asked"] += 1
            return sync(self.store, answers=replace(answers, take=True), at=at)
        finally:
            self._see_what_is_mixed()

    def moved_by_a_sync(self) -> int:
        """How much a sync took and gave, or still has to give."""
        try:
            result = self.sync()
        except RadarError:
            if not self.damaged:
                raise
            self.start_over()
            return 1
        return result.pulled + result.pushed + result.waiting

    def _see_what_is_mixed(self) -> None:
        with contextlib.suppress(sqlite3.DatabaseError):
            for id, status, word in self.store.connection.execute("SELECT id, status, country FROM customer"):
                if self.world.said.get(word) != status:
                    self.world.mixed.add(id)

    def try_to_sync(self, at: Callable[[str], None] = lambda step: None) -> bool:
        """Sync, and where the folder has not all arrived or the file is damaged, do what the user is told: wait for the
        one, bring back a backup for the other. Whether the sync went through."""
        try:
            self.sync(at)
        except RadarError:
            self.world.played["refused"] += 1
            if self.damaged:
                self.start_over()
            elif self.world.replicas is None or not self.world.replicas.moves():
                raise
            return False
        return True

    def take_over(self) -> None:
        """Become the keeper, once everything has arrived everywhere."""
        if self.world.replicas:
            self.world.replicas.deliver()
        engine.keep(self.store, take_over=True, answers=SyncAnswers(take=True))
        self.world.keeper = self.number
        if self.world.replicas:
            self.world.replicas.deliver()

    def crash_in_sync(self, step: str) -> bool:
        """Sync until `step`, and go on from the files as they were at that moment. Whether it came to that."""
        disk = self.folder.with_name(f"{self.folder.name}.disk")

        def at(reached: str) -> None:
            if reached == step:
                shutil.copytree(self.folder, disk, ignore=shutil.ignore_patterns("*-shm", "*.backups"))
                raise Crash

        try:
            self.try_to_sync(at)
        except Crash:
            self.world.played["kills"] += 1
        else:
            return False
        finally:
            self.store.close()
            if disk.exists():
                shutil.rmtree(self.folder)
                disk.rename(self.folder)
            self.store = self._open()
        return True

    def back_up(self) -> tuple[Path, int]:
        """A copy of the database file, and the moment it is of."""
        copy = self.folder / f"copy{self.world.count}.db"
        self.world.count += 1
        self.store.connection.execute("VACUUM INTO ?", [str(copy)])
        return copy, self.moments

    def restore(self, backup: tuple[Path, int]) -> None:
        """Put the copy in place; what was written here since, and not sent, is given up knowingly."""
        copy, moment = backup
        self.world.played["restores"] += 1
        self._give_up(moment)
        self._put_in_place(copy)

    def _put_in_place(self, copy: Path) -> None:
        self.store.close()
        for journal in ("-wal", "-shm"):
            (self.folder / f"radar.db{journal}").unlink(missing_ok=True)
        shutil.copy(copy, self.folder / "radar.db")
        self.store = self._open()

    def _give_up(self, moment: int) -> None:
        sent = oracle.words_in_the_log(Path(self.world.hub))
        self.world.forgiven |= {
            one
            for one in self.world.written
            if one.laptop == self.number and one.moment > moment and one.word not in sent
        }

    def copy(self) -> Laptop:
        """The same files on another machine."""
        self.store.close()
        twin = self._twin()
        self.store = self._open()
        return twin

    def _twin(self) -> Laptop:
        world, number = self.world, len(self.world.laptops)
        twin = Laptop(world, number, copied_from=self.folder)
        twin.damaged = self.damaged
        world.played["clones"] += 1
        world.laptops.append(twin)
        if world.replicas:
            world.replicas.copy_of(self.number)
            # The folder has the same path there.
            with twin.store.transaction() as connection:
                connection.execute(
                    "UPDATE local SET value = ? WHERE key = 'hub_address'", [world.hub_of(number)]
                )
        return twin

    # Damage

    def tear(self, name: str, *, from_backup: bool = False) -> None:
        """Half of the last leaf of a table or an index is gone when everything is compared; `from_backup`: in a copy
        that SQLite made of the damaged file, which is sound again."""
        self.store.close()
        self._give_up(0)
        self.world.played["torn"] += harm.halve(self.store.path, name) > 0
        self.damaged = True
        self.store = self._open()
        if from_backup:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._put_in_place(self.back_up()[0])
        self.look_after()

    def compare_next_time(self) -> None:
        with contextlib.suppress(RadarError), self.store.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO local (key, value) VALUES ('sync_full', '1')")

    def copied_slowly(self, pieces: int, meanwhile: Callable[[], object]) -> Laptop | None:
        """A twin of a file that was copied while it was written to; None if it cannot even be opened."""
        folder = self.folder.with_name("slow")
        shutil.copytree(
            self.folder, folder, ignore=shutil.ignore_patterns("radar.db", "radar.db-*", "*.backups")
        )
        harm.copied_slowly(self.store.path, folder / "radar.db", meanwhile, pieces)
        kept, self.folder = self.folder, folder
        try:
            twin = self._twin()
        except RadarError:
            shutil.rmtree(self.world.folder / f"laptop{len(self.world.laptops)}")
            return None
        finally:
            self.folder = kept
            shutil.rmtree(folder)
        twin.damaged = True
        self.world.played["torn"] += 1
        return twin

    def start_over(self) -> None:
        """What is left to do with a damaged file: an empty one takes its place and joins."""
        self._give_up(0)
        self.world.played["started over"] += 1
        self._put_in_place(_empty(self.world.folder))
        self.damaged = False
        if self.world.replicas:
            self.world.replicas.deliver()
        joining.join(self.store, self.world.hub_of(self.number))

    def look_after(self) -> None:
        """A damaged file compares everything; if it is not sound, it is given up."""
        if self.damaged:
            self.compare_next_time()
            self.try_to_sync()
        if self.damaged and not self.is_sound():
            self.start_over()

    def is_sound(self) -> bool:
        with contextlib.suppress(RadarError):
            return bool(self.store.row("PRAGMA integrity_check")[0] == "ok")
        return False


def _empty(folder: Path) -> Path:
    """A new database."""
    made = folder / "empty.db"
    if not made.exists():
        made.write_bytes(_new_database())
    return made


@functools.cache
def _new_database() -> bytes:
    """Made once: its schema takes longer than many a schedule."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        Store.open(file, clock=lambda: NOW).close()
        return file.read_bytes()


@functools.cache
def new_base() -> bytes:
    """The same of a base file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "base.db"
        Base(file).close()
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        return file.read_bytes()
