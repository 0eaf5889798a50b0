"""Databases made to do harm: bytes changed at random, schemas and values by a hand that knows SQLite. Every command and
every screen says in words what it cannot read, changes nothing of it, and ends."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from radar_tui.domain.text import one_line
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from tests.hostile import alone, command, in_words, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of a process as Linux has them")

WORDS: tuple[object, ...] = (
    None, b"", b"\xff\x00bytes", 2**63 - 1, -(2**63), 0, -1, 10**12, 1e308, float("inf"), -float("inf"), 0.1, "",
    "x" * 70_000, "\x1b[2J\x1b]0;x\x07", "\0", "a\0b", "[/]", "9999-12-31", "0001-01-01", "2026-02-30", "-4713-11-24",
    "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00Z", "2026-12-03T10:00:00", "never",
    "2026-W49-4", "20261203", "{", "[" * 20_000, "null", "NaN", "1e999", '{"id": null}', "[]", "9" * 5000, "\u202eevil",
    "nobody", " ", "\n", "²", "٣", "True", "-0", "EUR\n", "zz",
)  # fmt: skip
"""What stands in cells that no Radar wrote."""
NO_TEXT = ("c328", "eda080", "ff", "61e2", "f4908080")
"""Bytes that are no UTF-8: a broken pair, half a character, a letter cut off, one beyond the last."""


def _sound(folder: Path) -> Path:
    """A small territory with a row of everything, visits of every checklist and a hub with conflicts."""
    from tests.ui import hub
    from tests.ui.every_place import visits_of
    from tests.ui.world import build

    path = folder / "sound.db"
    with Store.open(path) as store:
        world = build(store)
        visits_of(store, world.customer)
        hub.with_everything(store)
        store.connection.execute("PRAGMA journal_mode = DELETE")
    return path


@pytest.fixture(scope="module")
def sound() -> Iterator[bytes]:
    folder = Path(tempfile.mkdtemp(prefix="radar-", dir=memory()))
    yield _sound(folder).read_bytes()
    shutil.rmtree(folder)


def memory() -> Path | None:
    return Path("/dev/shm") if Path("/dev/shm").is_dir() else None


# Bytes


def flipped(chance: random.Random, raw: bytearray) -> bytes:
    """A few bytes anywhere."""
    for _ in range(chance.choice((1, 3, 30, 300))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def head(chance: random.Random, raw: bytearray) -> bytes:
    """A few bytes of the header: page size, versions, cookies, free pages, encoding."""
    for _ in range(chance.choice((1, 2, 8))):
        raw[chance.randrange(100)] = chance.choice((0, 1, 2, 3, 255, chance.randrange(256)))
    return bytes(raw)


def pages(chance: random.Random, raw: bytearray) -> bytes:
    """Whole pages of zeros, of noise, of other pages; heads of pages."""
    for _ in range(chance.choice((1, 2, 5))):
        at, other = (4096 * chance.randrange(len(raw) // 4096) for _ in range(2))
        way = chance.randrange(4)
        if way == 0:
            raw[at : at + 4096] = bytes(4096)
        elif way == 1:
            raw[at : at + 4096] = chance.randbytes(4096)
        elif way == 2:
            raw[at : at + 4096] = raw[other : other + 4096]
        else:
            start = at or 100
            raw[start : start + 12] = chance.randbytes(12)
    return bytes(raw)


def cut(chance: random.Random, raw: bytearray) -> bytes:
    """Ended too early, at a page or in it, or too late."""
    end = chance.choice(
        (0, 1, 15, 16, 99, 100, 512, 4096, 8192, len(raw) // 2, len(raw) - 1, len(raw) - 4096)
    )
    return (
        bytes(raw[:end]) if chance.random() < 0.8 else bytes(raw) + chance.randbytes(chance.randrange(9000))
    )


def other(chance: random.Random, raw: bytearray) -> bytes:
    """No database at all, or one that somebody encrypted."""
    return chance.choice(
        (
            b"Dear customer,\n" * 900,
            chance.randbytes(len(raw)),
            b"SQLite format 3\0" + chance.randbytes(len(raw) - 16),
            b"PK\x03\x04" + chance.randbytes(5000),
            b"\x89PNG\r\n\x1a\n" + bytes(5000),
            bytes(len(raw)),
            bytes(raw[:100]),
            b"\xef\xbb\xbf" + bytes(raw),
            bytes(raw).replace(b"\n", b"\r\n"),
            bytes(raw).decode("latin-1").encode("utf-8"),
        )
    )


# By a hand that knows SQLite


@contextlib.contextmanager
def unruled(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to which no rule of the tables holds; afterwards the file says again that they do."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA writable_schema = ON")
        kept = made.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
        ).fetchall()
        triggers = made.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            made.execute(f"DROP TRIGGER {name}")
        for name, sql in kept:
            if sql.rstrip().endswith("STRICT"):
                loose = re.sub(
                    r"(TEXT|INTEGER|REAL) (PRIMARY KEY )?NOT NULL", r"\1 \2", sql.rstrip()[: -len("STRICT")]
                )
                made.execute(
                    "UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'", [loose, name]
                )
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA ignore_check_constraints = ON")
        yield made
        made.execute("PRAGMA writable_schema = ON")
        for name, sql in kept:
            made.execute("UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'", [sql, name])
        for (sql,) in triggers:
            with contextlib.suppress(sqlite3.Error):
                made.execute(sql)


def values(chance: random.Random, path: Path) -> None:
    """Cells of any table hold what no rule allows."""
    with unruled(path) as made:
        for _ in range(chance.choice((1, 1, 2, 5, 40))):
            table = chance.choice(
                (*SYNCED, "local", "customer_due", "touched", "checklist", "visit", "conflict")
            )
            columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
            column = chance.choice(columns)
            where = chance.choice(("1", "rowid % 2 = 0", "rowid = (SELECT min(rowid) FROM {table})")).format(
                table=table
            )
            if table in ("customer_due", "touched"):
                where = "1"
            if chance.random() < 0.15:
                sql = f"CAST(x'{chance.choice(NO_TEXT)}' AS TEXT)"
                with contextlib.suppress(sqlite3.Error):
                    made.execute(f"UPDATE {table} SET {column} = {sql} WHERE {where}")
                continue
            value = chance.choice(WORDS)
            with contextlib.suppress(sqlite3.Error):
                made.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", [value])


def local(chance: random.Random, path: Path) -> None:
    """What this file says of itself: settings, hub, places in the log."""
    with unruled(path) as made:
        keys = [row[0] for row in made.execute("SELECT key FROM local")]
        from dataclasses import fields

        from radar_tui.settings import Settings

        keys += [field.name for field in fields(Settings)]
        for _ in range(chance.choice((1, 4, 20))):
            made.execute(
                "INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)",
                [
                    chance.choice(keys),
                    chance.choice((*WORDS, "999999999999", "-1", "../..", "/", "s3://", "file:///")),
                ],
            )


def definitions(chance: random.Random, path: Path) -> None:
    """A checklist that a visit has pinned, changed as JSON or no JSON at all."""
    import json

    with unruled(path) as made:
        for id, text in made.execute("SELECT id, definition FROM checklist").fetchall():
            if chance.random() < 0.3:
                end = chance.randrange(len(text))
                text = chance.choice(
                    (text[:end], "{}", "[]", "null", "[" * 9000, text[:end] + "\0" + text[end:], "")
                )
            else:
                told = json.loads(text)
                for _ in range(chance.choice((1, 3, 9))):
                    _spoil(chance, told)
                text = json.dumps(told)
            made.execute("UPDATE checklist SET definition = ? WHERE id = ?", [text, id])


def _spoil(chance: random.Random, told: Any) -> None:
    """Something in a JSON value, at any depth, is something else."""
    while isinstance(told, dict | list) and told:
        key = chance.choice(list(told)) if isinstance(told, dict) else chance.randrange(len(told))
        inner = told[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            told = inner
            continue
        way = chance.randrange(4)
        if way == 0:
            del told[key]
        elif way == 1 and isinstance(told, list):
            told.append(inner)
        else:
            words: list[Any] = [word for word in WORDS if not isinstance(word, bytes)]
            told[key] = chance.choice((*words, {}, [], [None], {"en": 1}, "visit", "nps", "choice"))
        return


SCHEMAS: tuple[str, ...] = (
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO elsewhere",
    "ALTER TABLE {table} RENAME COLUMN {column} TO elsewhere",
    "ALTER TABLE {table} ADD COLUMN more TEXT DEFAULT '[/]'",
    "DROP TABLE {table}; CREATE VIEW {table} AS SELECT 1 AS id, 2 AS name",
    "DROP TABLE {table}; CREATE TABLE {table} (id)",
    "DROP TABLE {table}; CREATE VIEW {table} AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
    "SELECT id, id AS {column} FROM n LIMIT 3",
    "DROP TABLE {table}; CREATE VIEW {table} AS SELECT * FROM {table}",
    "CREATE TRIGGER evil AFTER INSERT ON {table} BEGIN DELETE FROM customer; END",
    "CREATE TRIGGER evil AFTER UPDATE ON local BEGIN SELECT raise(ABORT, '[/]\x1b[2J'); END",
    "CREATE TRIGGER evil BEFORE INSERT ON local BEGIN SELECT raise(FAIL, 'no'); END",
    "CREATE INDEX evil ON {table}(abs({column}))",
    "DROP TABLE customer_due",
    "DROP TABLE _sqlite_migrations",
    "DELETE FROM _sqlite_migrations",
    "UPDATE _sqlite_migrations SET name = 'later' WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)",
    "UPDATE _sqlite_migrations SET name = NULL",
    "UPDATE _sqlite_migrations SET name = x'ff', migration_set = 'radar'",
    "DELETE FROM _sqlite_migrations WHERE rowid > 3",
    "DELETE FROM _sqlite_migrations WHERE rowid % 2",
    "DELETE FROM customer; DELETE FROM contact",
    "DELETE FROM {table}",
    "DELETE FROM checklist",
    "DELETE FROM local",
    "DELETE FROM colleague",
    "DELETE FROM market",
    "PRAGMA user_version = 2147483647; PRAGMA application_id = -1",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = '{table}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = CAST(x'ff' AS TEXT) WHERE name = '{table}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 99999 WHERE name = '{table}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = '{table}'",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'index'",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = '{table}'",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = 'x' WHERE name = '{table}'",
    "PRAGMA encoding = 'UTF-16'; VACUUM",
    "PRAGMA page_size = 65536; VACUUM",
    "PRAGMA auto_vacuum = 1; VACUUM",
)


def schema(chance: random.Random, path: Path) -> None:
    """Tables, columns, triggers and migrations are not as Radar made them."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as made:
        table = chance.choice((*SYNCED, "local", "touched", "search_text", "quarter_count"))
        columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")] or ["id"]
        statements = chance.choice(SCHEMAS).format(table=table, column=chance.choice(columns))
        for statement in statements.split("; ") if "BEGIN" not in statements else [statements]:
            with contextlib.suppress(sqlite3.Error):
                made.execute(statement)


BYTES: tuple[Callable[[random.Random, bytearray], bytes], ...] = (flipped, head, pages, cut, other)
HANDS: tuple[Callable[[random.Random, Path], None], ...] = (
    values,
    values,
    values,
    local,
    definitions,
    schema,
    schema,
)
JOURNALS = ("-wal", "-journal", "-shm")


def made(seed: int, sound: bytes, path: Path) -> str:
    """Puts the hostile database of `seed` at `path`; says what kind it is."""
    chance = random.Random(seed)
    number = seed % (len(BYTES) + len(HANDS))
    path.write_bytes(sound)
    if number < len(BYTES):
        path.write_bytes(BYTES[number](chance, bytearray(sound)))
    else:
        HANDS[number - len(BYTES)](chance, path)
    if chance.random() < 0.15:
        journal = path.with_name(path.name + chance.choice(JOURNALS))
        journal.write_bytes(
            chance.choice((b"", chance.randbytes(5000), sound[:9000], b"\x37\x7f\x06\x82" + bytes(4000)))
        )
    return (*BYTES, *HANDS)[number].__name__


COMMANDS = (
    "due", "due --json --all", "brief aurora", "nps --json", "nps --by market", "nps --by quarter --csv",
    "nps --by owner", "nps --by role", "scorecard", "scorecard aurora --json", "scorecard --all", "check", "log",
    "hub status", "restore --list", "export xlsx -o {folder}/a.xlsx", "export csv customers -o -",
    "export ics -o {folder}/a.ics", "export vcf -o {folder}/a.vcf", "sync", "log aurora --json",
    "report visit aurora --text", "report service aurora --text", "report customer aurora -o {folder}/c.pdf",
    "report company -o {folder}/d.pdf", "report visit aurora -o {folder}/v.pdf", "import {folder}/in.csv", "backup",
    "check --repair", "check", "restore",
)  # fmt: skip

BEFORE_CHANGES = "import {folder}/in.csv"


def play(path: Path, seed: int, *, app: bool, share: float = 1) -> list[str]:
    """A share of the commands, and a walk through the app, with this file."""
    chance = random.Random(seed)
    folder, wrong = path.parent, []
    (folder / "in.csv").write_text("Company,City\nLario,Como\nAurora Tissue,Lucca\n", encoding="utf-8")
    for words in COMMANDS:
        if words == BEFORE_CHANGES and app:
            wrong += [f"app: {one}" for one in walk(path)]
        if chance.random() > (share / 3 if words.startswith("report") else share):
            continue
        said = command(*words.format(folder=folder).split(), "--db", str(path))
        if words.endswith("-o -"):  # a pipe gets the text of others as it is
            said.text = one_line(said.text)
        wrong += [f"{words}: {one}" for one in in_words(said)]
    return wrong


def walk(path: Path) -> list[str]:
    """Through the main screens, a customer, a visit and a search of the app: what ended it, or it could not finish."""
    from radar_tui.errors import RadarError
    from radar_tui.ui.app import RadarApp

    found: list[str] = []

    fault, ends = RadarApp.fault, RadarApp._handle_exception

    def beside(app: RadarApp, error: Exception) -> RadarError:
        if not app.store.blamed(error):
            found.append("".join(traceback.format_exception(error)[-5:]))
        return fault(app, error)

    def ended(app: RadarApp, error: Exception) -> None:
        cause = getattr(error, "error", error)  # of a worker that failed
        if app.store.blamed(cause):
            over.set()
            return
        if not isinstance(cause, RadarError):
            found.append("".join(traceback.format_exception(cause)[-5:]))
        ends(app, error)

    async def keys(store: Store) -> None:
        from radar_tui.ui.screens.visit.screen import VisitScreen
        from tests.ui.every_place import settle

        app = RadarApp(store)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            for key in KEYS:
                await pilot.press(key)
                await settle(pilot)
            visits = []
            with contextlib.suppress(RadarError):
                visits = [
                    row[0] for row in store.rows("SELECT id FROM visit WHERE status = 'in progress' LIMIT 1")
                ]
            for visit in visits:
                app.push_screen(VisitScreen(visit))
                await settle(pilot)
                for _ in range(11):
                    await pilot.press("pagedown")
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                    await pilot.pause()

    async def until_over(store: Store) -> None:
        walking, ending = asyncio.ensure_future(keys(store)), asyncio.ensure_future(over.wait())
        await asyncio.wait((walking, ending), return_when=asyncio.FIRST_COMPLETED)
        if walking.done():
            walking.result()

    over = asyncio.Event()
    try:
        with (
            patch.object(RadarApp, "fault", beside),
            patch.object(RadarApp, "_handle_exception", ended),
            Store.open(path) as store,
        ):
            asyncio.run(until_over(store))
    except RadarError:
        pass
    except Exception:
        if not found:
            raise
    return found


KEYS = (
    "escape", "2", "enter", "escape", "3", "4", "p", "5", "1", "b", "escape", "enter", "p", "i", "s", "v", "t", "o",
    "k", "escape", "escape", "slash", "a", "escape",
)  # fmt: skip


@pytest.mark.parametrize("seed", seeds(16))
def test_a_hostile_database_is_said_in_words(sound: bytes, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "radar.db"
    kind = made(seed, sound, path)
    assert not alone(lambda: play(path, seed, app=seed % 7 == 5, share=0.4), tmp_path), kind
