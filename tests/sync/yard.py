"""A hub with real entries of two laptops that can be broken and mended again, and entries made by an evil hand."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import shutil
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.store.schema.touched import SYNCED
from radar_tui.sync.base import SCHEMA, Base
from radar_tui.sync.hub.entry import Entry, Header, pack, unpack
from radar_tui.sync.live import Live
from radar_tui.sync.sync_folder import SyncFolder
from tests.sync.laptops import Laptop, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARTA, PAUL = 0, 1
"""Marta's laptop has taken entry 3 and has edits of her own; Paul wrote the entries 4, 5 and 6 since."""
HEAD, NEWEST = 3, 6

Cell = str | int | float | bytes | None
UNSAID = object()
"""A field that a changeset says nothing about."""


class Yard:
    """Puts the same world up again for every test, at the same place: a copied laptop would be known as one."""

    def __init__(self, build: Callable[[World], World] | None = None) -> None:
        memory = Path("/dev/shm")
        self.top = Path(tempfile.mkdtemp(prefix="radar-", dir=memory if memory.is_dir() else None))
        self.now, self.first = self.top / "now", self.top / "first"
        self.now.mkdir()
        self._world = (build or _built)(World(self.now))
        self._world.close()
        shutil.copytree(self.now, self.first)

    @contextlib.contextmanager
    def world(self) -> Iterator[World]:
        """The world as it was built."""
        shutil.rmtree(self.now)
        shutil.copytree(self.first, self.now)
        world = World(self.now)
        world.written = list(self._world.written)
        world.removed = list(self._world.removed)
        world.count = self._world.count
        world.keeper = self._world.keeper
        for built in self._world.laptops:
            laptop = copy.copy(built)
            laptop.world = world
            laptop.store = laptop._open()
            world.laptops.append(laptop)
        try:
            yield world
        finally:
            world.close()

    def mend_hub(self) -> None:
        """The hub as it was built: brought back from a copy."""
        shutil.rmtree(self.now / "hub", ignore_errors=True)
        shutil.copytree(self.first / "hub", self.now / "hub")

    def close(self) -> None:
        shutil.rmtree(self.top, ignore_errors=True)


def _built(world: World) -> World:
    marta = world.add()
    _fill(marta)
    marta.sync()
    paul = world.add()
    paul.edit("customer", paul.ids("customer")[0], ["notes"])
    paul.sync()
    marta.sync()
    assert (Live(marta.store).head()[0], len(list((Path(world.hub) / "log").iterdir()))) == (
        HEAD - 1,
        HEAD - 1,
    )
    marta.edit("item", marta.ids("item")[0], ["tag"])
    marta.sync()
    for table in ("contact", "answer", "customer"):
        paul.insert(table, lambda ids: ids[0])
        paul.edit("customer", paul.ids("customer")[0], ["city"])
        paul.sync()
    marta.edit("customer", marta.ids("customer")[0], ["name", "city"])
    marta.insert("visit", lambda ids: ids[0])
    assert len(list((Path(world.hub) / "log").iterdir())) == NEWEST
    assert Live(marta.store).head()[0] == HEAD
    return world


def _fill(laptop: Laptop) -> None:
    for table in (
        "market",
        "customer",
        "contact",
        "stream",
        "item",
        "visit",
        "answer",
        "opportunity",
        "response",
    ):
        for _ in range(2):
            laptop.insert(table, lambda ids: ids[0])


# What must not change


def state(laptop: Laptop) -> dict[str, object]:
    """All that a refused sync must leave alone: rows, what is touched, the place in the log of file and base."""
    store = laptop.store
    found: dict[str, object] = dict(laptop.content())
    found["touched"] = [tuple(row) for row in store.rows("SELECT * FROM touched ORDER BY tbl, key")]
    found["live head"] = Live(store).head()
    with contextlib.closing(Base(SyncFolder(store.path).base)) as base:
        found["base head"] = (base.hub, base.head, base.digest)
        found["base"] = {table: list(base.stream(table)) for table in SYNCED}
    return found


# Objects of a hub


def log(world: World, seq: int) -> Path:
    return Path(world.hub) / "log" / f"{seq:010d}"


def entry(world: World, seq: int) -> Entry:
    return unpack(log(world, seq).read_bytes(), f"entry {seq}")


def forged(world: World, body: bytes, place: int = HEAD + 1, **lies: object) -> bytes:
    """An entry with a right seal and a right place on the log, but for `lies` in its header."""
    before = entry(world, place - 1)
    told = {
        "hub": before.header.hub,
        "seq": place,
        "parent": before.digest,
        "device": "evil",
        "author": "Eve",
        "schema": SCHEMA,
        "time": "2026-12-03T09:00:00.000Z",
        "size": 0,
        **lies,
    }
    return pack(Header(**told), body)  # type: ignore[arg-type]


def sealed(raw: bytes) -> bytes:
    """`raw` with the seal that belongs to it."""
    return raw + hashlib.sha256(raw).digest()


# Changesets by hand: sqlite.org/session/changeset.html, file sqlite3session.c, "CHANGESET FORMAT"


def table(
    name: str | bytes, columns: int, *changes: bytes, kind: bytes = b"T", keys: tuple[int, ...] = (0,)
) -> bytes:
    flags = bytes(int(place in keys) for place in range(columns))
    raw = name if isinstance(name, bytes) else name.encode()
    return kind + _varint(columns) + flags + raw + b"\0" + b"".join(changes)


def added(*row: object) -> bytes:
    return bytes((18, 0)) + _record(row)


def gone(*row: object) -> bytes:
    return bytes((9, 0)) + _record(row)


def changed(old: tuple[object, ...], new: tuple[object, ...]) -> bytes:
    return bytes((23, 0)) + _record(old) + _record(new)


def _record(row: tuple[object, ...]) -> bytes:
    return b"".join(_cell(value) for value in row)


def _cell(value: object) -> bytes:
    if value is UNSAID:
        return b"\x00"
    if value is None:
        return b"\x05"
    if isinstance(value, int):
        return b"\x01" + struct.pack(">q", value)
    if isinstance(value, float):
        return b"\x02" + struct.pack(">d", value)
    if isinstance(value, Raw):
        return b"\x03" + _varint(len(value.text)) + value.text
    if isinstance(value, str):
        return _cell(Raw(value.encode()))
    assert isinstance(value, bytes)
    return b"\x04" + _varint(len(value)) + value


class Raw:
    """Text by its bytes, which need not be UTF-8."""

    def __init__(self, text: bytes) -> None:
        self.text = text


def _varint(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))
