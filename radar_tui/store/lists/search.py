"""Search over everything that was typed, with SQLite's FTS5: names before notes, each ranked by how well it matches.

The index is made when somebody searches first, and from then on reads again what the triggers noted
(store/schema/search_sources.py). It holds the texts, so that a row that is gone can be taken out.
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.store.facts.begun import discarded
from radar_tui.store.reading import never
from radar_tui.store.rows.local import Local
from radar_tui.store.schema.search_sources import SOURCES, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.store.connection import Connection

READY = "search"
"""The key in `local` that says that the index is there; empty while it is being made."""
PLACE = "search_place"
"""The key in `local` for the table and the row up to which the index is made."""
MOST = 200
"""How many are shown, the best first."""
MOST_RANKED = 3_000
"""How many of the newest matches are ranked: two letters may match a million notes."""
MOST_WORDS = 8
_LONGEST = 60
_PIECE = 2_000
WORD = re.compile(r"\w+")
_TITLE_COUNTS = 8.0

_INDEX = """CREATE VIRTUAL TABLE search_text
    USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"""
_PLACES = """CREATE TABLE search_place (
    number INTEGER PRIMARY KEY, tbl TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (tbl, key)) STRICT"""


class SearchHit(NamedTuple):
    """A row that holds all words: its table and id, what it is called, its words, whose it is, and the visit it was
    noted on.

    `off` says in a word why it does not count any more (archived, left, voided); "" for what stands.
    """

    table: str
    key: str
    kind: str
    title: str
    body: str
    customer_id: str | None
    customer: str
    when: str
    off: str
    visit_id: str | None


def expression(words: str) -> str:
    """What is typed as an FTS5 expression: every word, the last ones too, may go on. Nothing typed is syntax."""
    words_in = WORD.findall(words)[:MOST_WORDS]
    return " ".join(f'"{word[:_LONGEST]}"*' for word in words_in)


class Search:
    """The index of one store. Reading and writing it belong in a worker with its own store."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    @property
    def ready(self) -> bool:
        """Whether the index is there."""
        return bool(Local(self.db).get(READY))

    @property
    def able(self) -> bool:
        """Whether this Python's SQLite has what an index that is there was made with."""
        try:
            self.db.connection.execute("SELECT 1 FROM search_text LIMIT 0")
        except sqlite3.OperationalError as error:
            return "no such module" not in str(error)
        return True

    @property
    def behind(self) -> int:
        """How many rows have changed since the index was last brought up to date."""
        return int(self.db.row("SELECT count(*) FROM search_stale")[0])

    def make(self, stop: Callable[[], bool] = never) -> None:
        """Index every row, a few thousand a transaction, so that answers are saved in between, until `stop` says so.

        It goes on where one that was stopped or killed, or is under way in another Radar, has come to; what changes
        meanwhile is noted, and read by `refresh`. Raises RadarError if this SQLite cannot search.
        """
        if not self.able:
            raise cannot_search()
        going_on = True
        while going_on and not stop():
            with self.db.transaction() as connection:
                going_on = not self.ready and self._go_on(connection)

    def _go_on(self, connection: sqlite3.Connection) -> bool:
        """Index the next piece, from the place kept in `local`; False once that was the last."""
        table, _, after = Local(self.db).get(PLACE).partition(" ")
        if table not in SOURCES:
            self._begin(connection)
            table, after = next(iter(SOURCES)), "-1"
        last = self._add_piece(connection, table, int(after))
        if last is None:
            tables = [*SOURCES, ""]
            table, last = tables[tables.index(table) + 1], -1
        if table:
            connection.execute("REPLACE INTO local (key, value) VALUES (?, ?)", [PLACE, f"{table} {last}"])
        else:
            connection.execute("DELETE FROM local WHERE key = ?", [PLACE])
            connection.execute("UPDATE local SET value = '1' WHERE key = ?", [READY])
        return bool(table)

    def _begin(self, connection: sqlite3.Connection) -> None:
        self._drop(connection)
        connection.execute(_PLACES)
        try:
            connection.execute(_INDEX)
        except sqlite3.OperationalError as error:
            raise cannot_search() from error
        connection.execute("INSERT INTO local (key, value) VALUES (?, '')", [READY])

    def _add_piece(self, connection: sqlite3.Connection, table: str, after: int) -> int | None:
        """Index the next rows of a table; returns the last of them, None when there are no more."""
        last = connection.execute(
            f"SELECT max(rowid) FROM (SELECT rowid FROM main.{table} WHERE rowid > ? ORDER BY rowid LIMIT {_PIECE})",  # noqa: S608
            [after],
        ).fetchone()[0]
        if last is not None:
            rows = f"{texts(table)} AND x.rowid > ? AND x.rowid <= ?"
            self._add(connection, table, rows, [after, last])
        return None if last is None else int(last)

    def forget(self) -> None:
        """Drop the index; the next search makes it again."""
        with self.db.transaction() as connection:
            self._drop(connection)

    def _drop(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM local WHERE key IN (?, ?)", [READY, PLACE])
        connection.execute("DELETE FROM search_stale")
        connection.execute("DROP TABLE IF EXISTS search_text")
        connection.execute("DROP TABLE IF EXISTS search_place")

    def _add(
        self, connection: sqlite3.Connection, table: str, rows: str, values: Sequence[object] = ()
    ) -> None:
        last = connection.execute("SELECT coalesce(max(number), 0) FROM search_place").fetchone()[0]
        # Another Radar may be making the index too.
        connection.execute(
            f"INSERT INTO search_place (tbl, key) SELECT '{table}', id FROM ({rows}) WHERE 1 "  # noqa: S608
            "ON CONFLICT DO NOTHING",
            values,
        )
        # The texts once more, by the numbers just given.
        source = SOURCES[table]
        connection.execute(
            "INSERT INTO search_text (rowid, title, body) "  # noqa: S608
            f"SELECT p.number, {source.title}, trim({source.body}, char(10)) FROM search_place p "
            f"JOIN main.{table} x ON x.id = p.key WHERE p.number > ?",
            [last],
        )

    def refresh(self, stop: Callable[[], bool] = never) -> None:
        """Read again what has changed, a few thousand rows a transaction. Raises RadarError if this SQLite cannot."""
        if not self.able:
            raise cannot_search()
        while not stop():
            with self.db.transaction() as connection:
                stale = connection.execute("SELECT tbl, key FROM search_stale LIMIT ?", [_PIECE]).fetchall()
                by_table: dict[str, list[str]] = {}
                for table, key in stale:
                    by_table.setdefault(table, []).append(key)
                for table, keys in by_table.items():
                    self._again(connection, table, json.dumps(keys))
            if len(stale) < _PIECE:
                return

    def _again(self, connection: sqlite3.Connection, table: str, keys: str) -> None:
        these = "SELECT value FROM json_each(?)"
        old = f"SELECT number FROM search_place WHERE tbl = '{table}' AND key IN ({these})"  # noqa: S608
        connection.execute(f"DELETE FROM search_text WHERE rowid IN ({old})", [keys])  # noqa: S608
        connection.execute(f"DELETE FROM search_place WHERE number IN ({old})", [keys])  # noqa: S608
        if table in SOURCES:
            self._add(
                connection,
                table,
                f"{texts(table)} AND x.id IN ({these})",
                [keys],
            )
        connection.execute(
            f"DELETE FROM search_stale WHERE tbl = ? AND key IN ({these})",  # noqa: S608
            [table, keys],
        )

    # Looking

    def find(self, words: str) -> list[SearchHit]:
        """At most MOST rows that hold every word, names before notes. Raises RadarError if the index is not there."""
        wanted = expression(words)
        if not wanted:
            return []
        try:
            ranked = self._ranked(f"title : ({wanted})")
            ranked |= self._ranked(wanted)
        except sqlite3.DatabaseError as error:
            raise cannot_search() from error
        best = sorted(ranked, key=lambda number: (ranked[number], -number))[:MOST]
        return self._told(best)

    def _ranked(self, wanted: str) -> dict[int, float]:
        rows = self.db.connection.execute(
            f"SELECT rowid, bm25(search_text, {_TITLE_COUNTS}, 1.0) FROM search_text WHERE search_text MATCH ? "  # noqa: S608
            "ORDER BY rowid DESC LIMIT ?",
            [wanted, MOST_RANKED],
        )
        return {row[0]: row[1] for row in rows}

    def _told(self, numbers: list[int]) -> list[SearchHit]:
        places = self.db.rows(
            "SELECT p.number, p.tbl, p.key FROM json_each(?) j JOIN search_place p ON p.number = j.value",
            [json.dumps(numbers)],
        )
        by_table: dict[str, list[str]] = {}
        for _, table, key in places:
            by_table.setdefault(table, []).append(key)
        told = {
            (table, row[0]): SearchHit(table, row[0], SOURCES[table].kind, *tuple(row)[1:])
            for table, keys in by_table.items()
            for row in self.db.rows(_told_sql(table), [json.dumps(keys)])
        }
        keys = {number: (table, key) for number, table, key in places}
        # What was taken back since the index was read is not there any more.
        return [told[keys[number]] for number in numbers if number in keys and keys[number] in told]

    def wrong(self) -> int:
        """How many rows the index has otherwise than the tables do, leaving out those it knows to be behind on."""
        stored = "SELECT p.tbl, p.key, t.title, t.body FROM search_place p JOIN search_text t ON t.rowid = p.number"
        held = {(row[0], row[1]): (row[2], row[3]) for row in self.db.rows(stored)}
        behind = {tuple(row) for row in self.db.rows("SELECT tbl, key FROM search_stale")}
        wanted = {
            (table, row[0]): (row[1], row[2]) for table in SOURCES for row in self.db.rows(texts(table))
        }
        return sum(held.get(key) != wanted.get(key) for key in (held.keys() | wanted.keys()) - behind)


_OFF = {
    "customer": "CASE WHEN x.archived_at IS NOT NULL THEN 'archived' ELSE '' END",
    "contact": "CASE WHEN x.left_on IS NOT NULL THEN 'left' ELSE '' END",
    "colleague": "CASE WHEN x.left_on IS NOT NULL THEN 'left' ELSE '' END",
    "item": "CASE WHEN x.retired_on IS NOT NULL THEN 'retired' ELSE '' END",
    "response": "CASE WHEN x.voided_at IS NOT NULL THEN 'voided' ELSE '' END",
    "follow_up": "CASE WHEN EXISTS (SELECT 1 FROM response r WHERE r.id = x.response_id AND r.voided_at IS NOT NULL)"
    " THEN 'voided' ELSE '' END",
    "visit": f"iif({discarded('x')}, 'discarded', '')",
    "promise": "CASE WHEN x.retired_on IS NOT NULL THEN 'retired' ELSE '' END",
    "part": "CASE WHEN x.archived_at IS NOT NULL THEN 'archived' ELSE '' END",
}


_NOTED_ON = ("answer", "finding", "promise_check", "want")
_VISITS = {"visit": "x.id", **dict.fromkeys(_NOTED_ON, "x.visit_id")}


def _told_sql(table: str) -> str:
    source = SOURCES[table]
    # What belongs to an archived customer counts no more either.
    own = f"nullif({_OFF[table]}, ''), " if table in _OFF else ""
    off = f"coalesce({own}CASE WHEN c.archived_at IS NOT NULL THEN 'archived' END, '')"
    return (
        f"SELECT x.id, {source.title}, trim({source.body}, char(10)), c.id, coalesce(c.name, ''), "  # noqa: S608
        f"coalesce({source.when}, ''), {off}, {_VISITS.get(table, 'NULL')} FROM {table} x "
        f"LEFT JOIN customer c ON c.id = {source.place} WHERE x.id IN (SELECT value FROM json_each(?))"
    )


def cannot_search() -> RadarError:
    return RadarError(
        "This Python's SQLite cannot search (it lacks FTS5), or its index is damaged.",
        "All else works. radar check says more; / still filters each list.",
    )
