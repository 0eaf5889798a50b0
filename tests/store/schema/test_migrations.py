"""From every released schema to this one, and back to where it was when that fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.file import backup
from radar_tui.store.file.check import faults
from radar_tui.store.schema import migrations
from radar_tui.store.store import Store
from tests.sync import newer

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

NOON = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)
SCHEMAS = Path(__file__).parents[1] / "schemas"
ROWS = (
    "INSERT INTO market (id, name) VALUES ('m', 'Tissue')",
    "INSERT INTO customer (id, name, market_id) VALUES ('c', 'Aurora', 'm')",
    "INSERT INTO contact (id, customer_id, name) VALUES ('p', 'c', 'Paolo Conti')",
    "INSERT INTO local (key, value) VALUES ('me', 'b')",
)


def clock() -> datetime:
    return NOON


def schema(connection: sqlite3.Connection) -> str:
    """The schema of a file as SQL, without what SQLite makes by itself."""
    return "".join(
        f"{row[0]};\n"
        for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        if "sqlite_sequence" not in row[0]
    )


def released(path: Path, last: str) -> Path:
    """A file with rows in it, as the Radar whose newest migration was `last` left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((SCHEMAS / f"{last}.sql").read_text(encoding="utf-8"))
        for name in migrations.NAMES[: migrations.NAMES.index(last) + 1]:
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('radar', ?, '2026')",
                [name],
            )
        for statement in ROWS:
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def add_step(monkeypatch: pytest.MonkeyPatch, step: Callable[[Database], None]) -> None:
    """As if this version had one migration more."""
    monkeypatch.setattr(migrations, "ALL", (*migrations.ALL, step))
    monkeypatch.setattr(migrations, "NAMES", (*migrations.NAMES, step.__name__))


@pytest.mark.parametrize("name", migrations.NAMES)
def test_a_released_migration_is_never_edited(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this fails, take the edit back and append a migration. (For a new one: write its schema to the file.)"""
    count = migrations.NAMES.index(name) + 1
    monkeypatch.setattr(migrations, "ALL", migrations.ALL[:count])
    monkeypatch.setattr(migrations, "NAMES", migrations.NAMES[:count])
    with Store.open(tmp_path / "radar.db", clock=clock) as store:
        assert schema(store.connection) == (SCHEMAS / f"{name}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", migrations.NAMES)
def test_every_released_schema_is_brought_here(tmp_path: Path, name: str) -> None:
    path = released(tmp_path / "radar.db", name)
    with Store.open(path, clock=clock) as store:
        assert faults(store) == []
        assert store.row("SELECT name FROM customer")[0] == "Aurora"
        applied = [row[0] for row in store.rows("SELECT name FROM _sqlite_migrations ORDER BY rowid")]
    assert applied == list(migrations.NAMES)
    assert len(backup.good_backups(path)) == (0 if name == migrations.NAMES[-1] else 1)


@pytest.mark.parametrize("name", [None, *migrations.NAMES])
def test_one_synced_table_more_changes_no_released_migration(tmp_path: Path, name: str | None) -> None:
    path = tmp_path / "radar.db"
    if name is not None:
        released(path, name)
    triggers = "SELECT name FROM sqlite_master WHERE name GLOB 'touched_hobby_*' ORDER BY name"
    expected = [["touched_hobby_added"], ["touched_hobby_changed"], ["touched_hobby_gone"]]
    assert newer.act(path, ["rows", triggers]) == [expected]


def test_a_backup_is_made_before_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second_step(db: Database) -> None:
        db.execute("ALTER TABLE customer ADD COLUMN vat TEXT NOT NULL DEFAULT ''")

    path = released(tmp_path / "radar.db", migrations.NAMES[-1])
    add_step(monkeypatch, second_step)
    with Store.open(path, clock=clock) as store:
        assert store.row("SELECT name, vat FROM customer")["vat"] == ""
        assert store.row("PRAGMA foreign_keys")[0] == 1
        assert store.row("PRAGMA busy_timeout")[0] == 400
    [before] = backup.good_backups(path)
    with closing(sqlite3.connect(before)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(customer)")]
        assert "vat" not in columns
        assert connection.execute("SELECT name FROM customer").fetchone()[0] == "Aurora"
    Store.open(path, clock=clock).close()
    assert backup.good_backups(path) == [before]


def test_a_table_may_be_rebuilt_without_losing_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second_step(db: Database) -> None:
        db.execute("CREATE TABLE fresh (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, code TEXT) STRICT")
        db.execute("INSERT INTO fresh SELECT id, name, '' FROM market")
        db.execute("DROP TABLE market")
        db.execute("ALTER TABLE fresh RENAME TO market")

    path = released(tmp_path / "radar.db", migrations.NAMES[-1])
    add_step(monkeypatch, second_step)
    with Store.open(path, clock=clock) as store:
        assert tuple(
            store.row("SELECT m.id, m.code, c.name FROM customer c JOIN market m ON m.id = c.market_id")
        ) == (
            "m",
            "",
            "Aurora",
        )
        assert store.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("how", ["error", "orphans"])
def test_a_failed_migration_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def second_step(db: Database) -> None:
        db.execute("CREATE TABLE half_way (id TEXT)")

    def third_step(db: Database) -> None:
        db.execute("DELETE FROM customer")
        if how == "error":
            db.execute("INSERT INTO nowhere VALUES (1)")

    path = released(tmp_path / "radar.db", migrations.NAMES[-1])
    with closing(sqlite3.connect(path)) as connection:
        before = schema(connection)
    with monkeypatch.context() as patch:
        add_step(patch, second_step)
        add_step(patch, third_step)
        patch.setattr(migrations, "NAMES", (*migrations.NAMES, "second_step", "third_step"))
        with pytest.raises(RadarError, match="Nothing in it was changed"):
            Store.open(path, clock=clock)
    with Store.open(path, clock=clock) as store:
        assert schema(store.connection) == before
        assert store.row("SELECT name FROM customer")[0] == "Aurora"
        assert faults(store) == []


def test_no_migration_without_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second_step(db: Database) -> None:
        db.execute("CREATE TABLE too_early (id TEXT)")

    path = released(tmp_path / "radar.db", migrations.NAMES[-1])
    (tmp_path / "radar.db.backups").write_text("no folder")
    add_step(monkeypatch, second_step)
    with pytest.raises(RadarError, match="No backup could be written"):
        Store.open(path, clock=clock)
    with closing(sqlite3.connect(path)) as connection:
        assert "too_early" not in schema(connection)


def test_every_table_is_strict_with_a_text_key(tmp_path: Path) -> None:
    with Store.open(tmp_path / "radar.db", clock=clock) as store:
        tables = store.rows(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
            "AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
        )
        assert len(tables) >= 30
        assert [row["name"] for row in tables if not row["strict"]] == []
        for table in tables:
            keys = store.rows(
                'SELECT type, "notnull" FROM pragma_table_info(?) WHERE pk > 0', [table["name"]]
            )
            assert {tuple(key) for key in keys} == {("TEXT", 1)}, table["name"]


def test_every_foreign_key_has_an_index(tmp_path: Path) -> None:
    """Without one, archiving or merging a parent reads every child."""
    with Store.open(tmp_path / "radar.db", clock=clock) as store:
        keys = store.rows(
            'SELECT t.name AS tbl, k."from" AS col FROM sqlite_master t, pragma_foreign_key_list(t.name) k '
            "WHERE t.type = 'table'"
        )
        indexed = {
            (row[0], row[1])
            for row in store.rows(
                "SELECT t.name, c.name FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c "
                "WHERE t.type = 'table' AND c.seqno = 0"
            )
        }
    assert len(keys) > 30
    assert {(row["tbl"], row["col"]) for row in keys} - indexed == set()
