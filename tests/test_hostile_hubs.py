"""Hubs made to do harm: entries changed, forged, misnumbered, huge or in other formats, names, links and pipes. A sync,
a newcomer and every command about the hub end in words; nothing of this laptop is lost, and with the hub brought back
it goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import sqlite3
import sys
import zlib
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from radar_tui.sync.base import SCHEMA
from radar_tui.sync.hub.entry import MAGIC, Header, pack, unpack
from tests.hostile import alone, command, in_words, seeds
from tests.sync import yard
from tests.sync.yard import HEAD, NEWEST, UNSAID, Raw, Yard, added, changed, gone, sealed, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of a process as Linux has them")

CELLS: tuple[object, ...] = (
    None, UNSAID, b"", b"\xff\0", 0, -1, 7, 2**63 - 1, -(2**63), 0.5, float("inf"), float("nan"), "", "x" * 100_000,
    Raw(b"\xc3\x28"), Raw(b"\xed\xa0\x80"), "\0", "\x1b[2J", "[/]", "\u202e", "9999-12-31", "0001-01-01", "never",
    "2026-02-30", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "completed", "recommend", "{", "[]", "evil",
)  # fmt: skip
NAMES: tuple[str | bytes, ...] = (
    "desktop.ini", "0000000004 (conflicted copy)", "0000000004.part", "\n", "\x1b[2J", "x" * 255, "..a", "CON",
    b"\xff\xfe", "\u202e4000000000", "99999999999999999999", "0000000000", "-000000001", "0x00000004", "٠٠٠٠٠٠٠٠٠٤",
    "0000000004\n", " 0000000004", "0000000004.conflict", "9999999999", "0000000009", ".radar-0123456789abcdef.part",
)  # fmt: skip


@pytest.fixture(scope="module")
def built() -> Iterator[Yard]:
    made = Yard()
    yield made
    made.close()


class Hub:
    """The hub's folder in evil hands."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self.place, self.chance = place, chance

    def log(self, seq: int) -> Path:
        return self.place / "log" / f"{seq:010d}"

    @property
    def any(self) -> Path:
        """One of its objects; mostly one that is not read yet."""
        objects = [self.log(seq) for seq in range(1, NEWEST + 1)] + [self.place / "hub.json"]
        return self.chance.choice((*objects, *[self.log(seq) for seq in range(HEAD + 1, NEWEST + 1)] * 3))

    def forge(self, body: bytes, seq: int, **lies: object) -> bytes:
        """An entry in its place on the log but for `lies`."""
        before = unpack(self.log(seq - 1).read_bytes(), "entry")
        told: dict[str, object] = (
            asdict(before.header) | {"seq": seq, "parent": before.digest, "nonce": ""} | lies
        )
        return pack(Header(**told), body)  # type: ignore[arg-type]

    def end_with(self, seq: int) -> None:
        """No entry behind `seq`, so that what stands there is the head."""
        for later in range(seq + 1, NEWEST + 1):
            self.log(later).unlink(missing_ok=True)


def flipped(hub: Hub) -> None:
    """A few bytes anywhere in an object."""
    place, chance = hub.any, hub.chance
    raw = bytearray(place.read_bytes())
    for _ in range(chance.choice((1, 5, 50))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    place.write_bytes(raw)


def cut(hub: Hub) -> None:
    """Ended too early or too late."""
    place, chance = hub.any, hub.chance
    raw = place.read_bytes()
    place.write_bytes(
        raw[: chance.randrange(len(raw))]
        if chance.random() < 0.7
        else raw + chance.randbytes(chance.choice((1, 9000)))
    )


def resealed(hub: Hub) -> None:
    """Bytes changed behind a seal that is right: header, length, packed body."""
    chance, seq = hub.chance, hub.chance.randint(HEAD + 1, NEWEST)
    raw = bytearray(hub.log(seq).read_bytes()[:-32])
    for _ in range(chance.choice((1, 1, 4))):
        raw[chance.randrange(len(MAGIC) - 1, len(raw))] = chance.randrange(256)
    hub.log(seq).write_bytes(sealed(bytes(raw)))


def mutated(hub: Hub) -> None:
    """A changeset with bytes changed, cut or doubled, in an entry that is whole."""
    chance, seq = hub.chance, hub.chance.randint(HEAD + 1, NEWEST)
    body = bytearray(unpack(hub.log(seq).read_bytes(), "entry").body)
    way = chance.randrange(4)
    if way == 0:
        del body[chance.randrange(len(body)) :]
    elif way == 1:
        body = body * 2
    else:
        for _ in range(chance.choice((1, 3, 20))):
            body[chance.randrange(len(body))] = chance.choice(
                (0, 1, 2, 3, 4, 5, 127, 128, 255, chance.randrange(256))
            )
    hub.end_with(seq)
    hub.log(seq).write_bytes(hub.forge(bytes(body), seq))


def rows(hub: Hub) -> None:
    """Changes by hand: of any table, with any cells, of rows that are there or not."""
    chance, seq = hub.chance, hub.chance.randint(HEAD + 1, NEWEST)
    columns = _columns()
    parts = []
    for _ in range(chance.choice((1, 1, 3))):
        name = chance.choice((*SYNCED, "local", "sqlite_master", "customer; --"))
        wide = len(columns.get(name, ("a", "b"))) + chance.choice((0, 0, 0, 0, 1, -1))
        row = [_fit(chance, columns, name, at) for at in range(wide)]
        key = (
            chance.choice(("evil", "evil2", *CELLS))
            if chance.random() < 0.2
            else f"evil{chance.randrange(9)}"
        )
        row[:1] = [key]
        way = chance.randrange(6)
        if way == 0:
            change = gone(*row)
        elif way == 1:
            change = changed((key, *row[1:]), (UNSAID, *reversed(row[1:])))
        else:
            change = added(*row)
        parts.append(table(name, max(1, wide), change))
    hub.end_with(seq)
    hub.log(seq).write_bytes(hub.forge(b"".join(parts), seq))


def _columns() -> dict[str, list[tuple[str, str, object]]]:
    with closing(sqlite3.connect(":memory:")) as made:
        from sqlite_utils import Database

        from radar_tui.store.schema.migrations import migrations

        migrations().apply(Database(made, execute_plugins=False))
        return {
            name: [(row[1], row[2], row[4]) for row in made.execute(f"PRAGMA table_info({name})")]
            for name in SYNCED
        }


def _fit(
    chance: random.Random, columns: dict[str, list[tuple[str, str, object]]], name: str, at: int
) -> object:
    """Mostly what the column takes, so that it is not always the first cell that is refused."""
    if name not in columns or at >= len(columns[name]) or chance.random() < 0.15:
        return chance.choice(CELLS)
    column, type, default = columns[name][at]
    if isinstance(default, str):
        return int(default) if default.lstrip("-").isdigit() else default.strip("'")
    if column.endswith(("_on", "_at", "as_of")):
        return chance.choice(
            ("2026-12-01", "2026-12-01T09:00:00.000Z", "9999-12-31", "0001-01-01T00:00:00.000Z", "x")
        )
    if column.endswith("_id") or column in ("stream_id",):
        return None
    return {"INTEGER": 7, "REAL": 0.5}.get(
        type, chance.choice(("recover", "recommend", "financial", "spares", "open"))
    )


def header(hub: Hub) -> None:
    """A header that lies."""
    chance, seq = hub.chance, hub.chance.randint(HEAD + 1, NEWEST)
    old = unpack(hub.log(seq).read_bytes(), "entry")
    told: dict[str, object] = asdict(old.header)
    for _ in range(chance.choice((1, 1, 3))):
        words: list[object] = [
            "", "x" * 60_000, "\x1b[2J", "\ud800", "\0", None, [], {}, -1, 0, 2**31, 2**63, 2**70, 1.5, True,
            "evil/1/" + "0" * 64,
            SCHEMA - 1, SCHEMA + 1, seq + 1, "9999-12-31T23:59:59Z", "[/]", float("nan"),
        ]  # fmt: skip
        told[chance.choice([*told, "more"])] = chance.choice(words)
    text = json.dumps(told, separators=(",", ":")).encode()
    if chance.random() < 0.1:
        text = chance.choice(
            (b"[" * 60_000, b"", b"{}", b"\xff" * 9, text * 2, b'{"seq":' + b"9" * 6000 + b"}")
        )
    packed = MAGIC + len(text).to_bytes(4, "big") + text + zlib.compress(old.body)
    hub.log(seq).write_bytes(sealed(packed))


def packing(hub: Hub) -> None:
    """A body that is packed in another way, not at all, or into very little."""
    import bz2
    import gzip
    import lzma

    chance, seq = hub.chance, hub.chance.randint(HEAD + 1, NEWEST)
    old = unpack(hub.log(seq).read_bytes(), "entry")
    size = chance.choice((len(old.body), len(old.body) + 1, 0, 10**8, 2**40))
    bomb = zlib.compressobj(9)
    zeros = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(chance.choice((1, 120)))) + bomb.flush()
    body = chance.choice(
        (
            gzip.compress(old.body), bz2.compress(old.body), lzma.compress(old.body), old.body, b"", zeros,
            zlib.compress(old.body, wbits=-15), zlib.compress(old.body) * 2, zlib.compress(old.body)[:-3],
        )
    )  # fmt: skip
    text = json.dumps(asdict(old.header) | {"size": size}, separators=(",", ":")).encode()
    hub.log(seq).write_bytes(sealed(MAGIC + len(text).to_bytes(4, "big") + text + body))


def numbers(hub: Hub) -> None:
    """Entries under the numbers of others, twice, missing, far off."""
    chance = hub.chance
    one, other = (hub.log(chance.randint(1, NEWEST)) for _ in range(2))
    way = chance.randrange(5)
    if way == 0 and one != other:
        raw = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(raw)
    elif way == 1:
        one.unlink()
    elif way == 2:
        other.write_bytes(one.read_bytes())
    elif way == 3:
        shutil.copy(one, hub.log(chance.choice((0, NEWEST + 1, NEWEST + 2, 10**9, 9_999_999_999))))
    else:
        for seq in range(chance.randint(1, NEWEST), NEWEST + 1):
            hub.log(seq).unlink()


def names(hub: Hub) -> None:
    """Strangers, conflicted copies and names that are none, with what an entry holds or with nonsense."""
    chance = hub.chance
    for name in chance.sample(NAMES, 4):
        folder = hub.place / chance.choice(("", "log", "log", "snapshot", "outbox", "outbox/evil"))
        folder.mkdir(parents=True, exist_ok=True)
        place = os.path.join(os.fsencode(folder), os.fsencode(name))
        raw = chance.choice(
            (b"", hub.log(4).read_bytes() if hub.log(4).is_file() else b"", chance.randbytes(3000))
        )
        with suppress(OSError), open(place, "wb") as file:
            file.write(raw)


def kinds(hub: Hub) -> None:
    """Links, pipes, sockets, devices, folders and files without end where an object or a folder should be."""
    chance = hub.chance
    place = chance.choice((hub.any, hub.any, hub.place / "log", hub.place / "snapshot", hub.place / "outbox"))
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    way = chance.randrange(7)
    if way == 0:
        place.symlink_to(
            chance.choice(("/dev/zero", "/etc/passwd", "/nowhere", place, "/", "../..", hub.log(1)))
        )
    elif way == 1:
        os.mkfifo(place)
    elif way == 2:
        with closing(socket.socket(socket.AF_UNIX)) as made, suppress(OSError):
            made.bind(str(place))
    elif way == 3:
        place.mkdir()
        (place / "inner").write_bytes(b"x")
    elif way == 4:
        with place.open("wb") as file:
            file.truncate(chance.choice((2**31, 2**33)))
    elif way == 5:
        place.write_bytes(b"not a folder")


def charter(hub: Hub) -> None:
    """hub.json by another hand."""
    chance, place = hub.chance, hub.place / "hub.json"
    told = json.loads(place.read_bytes())
    words: list[object] = [
        None,
        "",
        "x" * 10_000,
        "\x1b[2J",
        "\ud800",
        -1,
        0,
        2,
        2**70,
        1.5,
        [],
        {},
        ["\x1b"],
        True,
        "another",
    ]
    for _ in range(chance.choice((1, 2))):
        told[chance.choice([*told, "more"])] = chance.choice(words)
    raw = json.dumps(told).encode()
    if chance.random() < 0.3:
        raw = chance.choice(
            (b"", b"null", b"[" * 90_000, b"\xff\xfe{}", raw.decode().encode("utf-16"), raw[:-1], b"{}" * 9)
        )
    place.write_bytes(raw)


def snapshots(hub: Hub) -> None:
    """What a newcomer would begin with: a database that is none, of other rows, or with bytes changed."""
    chance = hub.chance
    seq = chance.choice((1, 3, NEWEST, NEWEST + 5))
    before = unpack(hub.log(min(seq, NEWEST)).read_bytes(), "entry")
    body = bytearray(
        (hub.place.parent / "empty.db").read_bytes() if chance.random() < 0.8 else chance.randbytes(9000)
    )
    for _ in range(chance.choice((0, 1, 30))):
        body[chance.randrange(len(body))] = chance.randrange(256)
    told: dict[str, object] = asdict(before.header) | {"seq": seq, "parent": before.digest, "nonce": ""}
    (hub.place / "snapshot").mkdir(exist_ok=True)
    (hub.place / "snapshot" / f"{seq:010d}").write_bytes(pack(Header(**told), bytes(body)))  # type: ignore[arg-type]


WAYS: tuple[Callable[[Hub], None], ...] = (
    flipped, cut, resealed, mutated, mutated, rows, rows, header, packing, numbers, names, kinds, charter, snapshots,
)  # fmt: skip
COMMANDS = (
    "hub status",
    "sync",
    "sync --json",
    "hub verify --full",
    "log",
    "log --json",
    "hub keep",
    "check",
)


def play(built: Yard, seed: int) -> list[str]:
    """One hub of Marta's team in evil hands: what she and a newcomer read, and what is left of her file."""
    with built.world() as world:
        marta = world.laptops[yard.MARTA].store
        path, before = marta.path, yard.state(world.laptops[yard.MARTA])
    hub = Hub(Path(world.hub), random.Random(seed))
    way = WAYS[seed % len(WAYS)]
    way(hub)
    wrong, codes = [], {}
    new = path.with_name("new.db")
    for words in COMMANDS:
        said = command(*words.split(), "--db", str(path))
        codes[words] = said.code
        wrong += [f"{words}: {one}" for one in in_words(said)]
    sound = said.code == 0 or "cannot be read" in said.text
    said = command("hub", "join", world.hub, "--db", str(new))
    wrong += [f"join: {one}" for one in in_words(said)]
    if said.code == 0:
        said = command("check", "--db", str(new))
        wrong += [f"check after join: {one}" for one in in_words(said)]
        if (
            said.code and "cannot be read" not in said.text
        ):  # a row that the tables take and our models do not
            wrong.append(f"the newcomer's file is not sound: {said.text}")
    if not sound:
        wrong.append(f"the file is not sound: {command('check', '--db', str(path)).text}")
    if codes["sync"]:
        with Store.open(path) as store:
            laptop = world.laptops[yard.MARTA]
            laptop.store = store
            if yard.state(laptop) != before:
                wrong.append("a sync that was refused changed something")
        shutil.rmtree(world.hub, ignore_errors=True)
        built.mend_hub()
        said = command("sync", "--db", str(path))
        if (
            said.code and "cannot be read" not in said.text
        ):  # a row that the tables take and our models do not
            wrong.append(f"with the hub brought back: {said.text}")
    return [f"{way.__name__}: {one}" for one in wrong]


@pytest.mark.parametrize("seed", seeds(len(WAYS)))
def test_a_hostile_hub_is_said_in_words(built: Yard, tmp_path: Path, seed: int) -> None:
    assert not alone(lambda: play(built, seed), tmp_path)
