"""Laptops with real files that edit, sync, crash, restore and are copied; and what must be true of all they wrote."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from radar_tui.domain.row import iso
from radar_tui.store.ids import fact_id
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from tests.fresh import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.sync.session import Result

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


@dataclass(frozen=True)
class Written:
    """`word` was put into a field over `seen`, by `laptop`, as its `moment`th event."""

    laptop: int
    moment: int
    table: str
    id: str
    column: str
    word: str
    seen: str | None


@dataclass(frozen=True)
class Removed:
    """A row was taken back by somebody who saw these words in it."""

    table: str
    id: str
    seen: frozenset[str]


@dataclass
class World:
    """All laptops of a test, their hub, and every word that any of them ever wrote."""

    folder: Path
    laptops: list[Laptop] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    forgiven: set[Written] = field(default_factory=set)
    count: int = 0
    keeper: int | None = None
    """The number of the laptop that keeps the log, where the hub lies in a folder that a cloud copies."""

    @property
    def hub(self) -> str:
        return str(self.folder / "hub")

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}."

    def add(self) -> Laptop:
        laptop = Laptop(self, len(self.laptops))
        self.laptops.append(laptop)
        if laptop.number == 0:
            joining.create(laptop.store, self.hub)
        else:
            joining.join(laptop.store, self.hub)
        return laptop

    def settle(self) -> None:
        """Sync all until nobody has anything new."""
        for _ in range(8 if self.keeper is None else 24):
            moved = 0
            for laptop in self.laptops:
                result = laptop.sync()
                moved += result.pulled + result.pushed + result.waiting
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
        standing = {
            (table, row["id"], column): row[column]
            for table, columns in WORDS.items()
            for row in first.store.rows(f"SELECT * FROM {table}")
            for column in columns
        }
        kept = " ".join(
            f"{row['mine']} {row['kept']}" for row in first.store.rows("SELECT mine, kept FROM conflict")
        )
        for one in self.written:
            if one in self.forgiven or standing.get((one.table, one.id, one.column)) == one.word:
                continue
            assert self._superseded(one) or json.dumps(one.word)[1:-1] in kept, f"lost: {one}"

    def _superseded(self, one: Written) -> bool:
        where = (one.table, one.id, one.column)
        return any(
            (other.table, other.id, other.column) == where and other.seen == one.word
            for other in self.written
        ) or any((other.table, other.id) == where[:2] and one.word in other.seen for other in self.removed)


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
        self.store = self._open()

    def _open(self) -> Store:
        return Store.open(self.folder / "radar.db", clock=lambda: NOW)

    @property
    def device(self) -> str:
        return str(json.loads((self.folder / "radar.db.sync" / "device.json").read_text())["device"])

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: [tuple(row) for row in self.store.rows(f"SELECT * FROM {table} ORDER BY id")]
            for table in SYNCED
        }

    # Editing

    def ids(self, table: str) -> list[str]:
        return [row[0] for row in self.store.rows(f"SELECT id FROM {table} ORDER BY id")]

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
        if self.store.row(f"SELECT 1 FROM {table} WHERE id = ?", [id]):
            return False
        words = {column: self.world.word() for column in WORDS[table]}
        row |= {"id": id} | words
        with self.store.transaction() as connection:
            connection.execute(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",
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
            before = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [id]).fetchone()
            if before is None:
                return
            words = {column: self.world.word() for column in columns}
            changes = ", ".join(f"{column} = ?" for column in words)
            connection.execute(f"UPDATE {table} SET {changes} WHERE id = ?", [*words.values(), id])
        for column, word in words.items():
            self._wrote(table, id, column, word, before[column])

    def set(self, table: str, id: str, column: str, value: object) -> None:
        with self.store.transaction() as connection:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [value, id])

    def remove(self, table: str, id: str) -> bool:
        """Take a row back, if nothing refers to it here."""
        row = self.store.row(f"SELECT * FROM {table} WHERE id = ?", [id])
        for child, parents in PARENTS.items():
            for column, parent in parents.items():
                if parent == table and self.store.row(f"SELECT 1 FROM {child} WHERE {column} = ?", [id]):
                    return False
        with self.store.transaction() as connection:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", [id])
        seen = frozenset(str(row[column]) for column in WORDS[table])
        self.world.removed.append(Removed(table, id, seen))
        return True

    # Syncing, and what may happen to a laptop

    def sync(self, at: Callable[[str], None] = lambda step: None) -> Result:
        if self.number == self.world.keeper:
            return engine.keep(self.store, at=at)
        return engine.sync(self.store, at=at)

    def crash_in_sync(self, step: str) -> bool:
        """Sync until `step`, and go on from the files as they were at that moment. Whether it came to that."""
        disk = self.folder.with_name(f"{self.folder.name}.disk")

        def at(reached: str) -> None:
            if reached == step:
                shutil.copytree(self.folder, disk, ignore=shutil.ignore_patterns("*-shm", "*.backups"))
                raise Crash

        try:
            self.sync(at)
        except Crash:
            pass
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
        """Put the copy in place; what was written here since is given up knowingly."""
        copy, moment = backup
        self.store.close()
        for journal in ("-wal", "-shm"):
            (self.folder / f"radar.db{journal}").unlink(missing_ok=True)
        shutil.copy(copy, self.folder / "radar.db")
        self.store = self._open()
        self.world.forgiven |= {
            w for w in self.world.written if w.laptop == self.number and w.moment > moment
        }

    def copy(self) -> Laptop:
        """The same files on another machine."""
        self.store.close()
        twin = Laptop(self.world, len(self.world.laptops), copied_from=self.folder)
        self.store = self._open()
        self.world.laptops.append(twin)
        return twin


def _empty(folder: Path) -> Path:
    """A new database, made once."""
    made = folder / "empty.db"
    if not made.exists():
        Store.open(made, clock=lambda: NOW).close()
    return made
