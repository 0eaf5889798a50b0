"""Rows that come from a file: matched with those that are there by what makes them the same, written in one go."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.text import fold
from radar_tui.errors import Cancelled
from radar_tui.store.connection import save_failed
from radar_tui.store.ids import fact_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from radar_tui.store.connection import Connection

NaturalKey = tuple[str, ...]
Staged = tuple[object, ...]
"""Line, id, then a value a column; None where the file says nothing."""
BATCH = 2000
_NATURAL: dict[str, tuple[str, ...]] = {
    "customer": ("name",),
    "contact": ("customer_id", "name"),
    "colleague": ("name",),
    "item": ("customer_id", "tag"),
    "part": ("sku",),
    "ticket": ("customer_id", "reference"),
    "reading": ("measure_id", "as_of"),
    "market": ("name",),
    "stream": ("customer_id", "name"),
    "measure": ("customer_id", "name"),
}
"""What makes a row of each table the same; names and tags are compared without case and accents."""
_AS_IS = frozenset({"customer_id", "measure_id", "reference", "as_of"})
_STEPS_BETWEEN_LOOKS = 20_000


class ImportColumn(NamedTuple):
    """`clears`: an empty cell empties it. `only_new`: it is for new rows, those that are there keep theirs."""

    name: str
    clears: bool = False
    only_new: bool = False


class ImportCounts(NamedTuple):
    """How many rows are new, changed, and already there as they are."""

    new: int
    changed: int
    same: int


class TicketThere(NamedTuple):
    """A ticket that is there already, by what tells it from another of the same reference."""

    id: str
    customer: str
    subject: str
    opened_at: str


def same(name: str) -> str:
    """A name for comparing: no case, no accents, single spaces."""
    return " ".join(fold(name).split())


class Imports:
    """Finds rows again and writes those of one file."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self._columns: list[ImportColumn] = []

    def known(self, table: str) -> tuple[dict[NaturalKey, list[str]], set[str]]:
        """Ids by what makes a row the same, and all ids."""
        columns = _NATURAL[table]
        rows = self.db.rows(f"SELECT id, {', '.join(columns)} FROM {table} ORDER BY id")  # noqa: S608
        found: dict[NaturalKey, list[str]] = {}
        for row in rows:
            found.setdefault(natural(table, row[1:]), []).append(row[0])
        return found, {row[0] for row in rows}

    def tickets_called(self, reference: str) -> list[TicketThere]:
        """The tickets with this reference, of whatever customer."""
        rows = self.db.rows(
            "SELECT t.id, c.name, t.subject, t.opened_at FROM main.ticket t JOIN main.customer c "
            "ON c.id = t.customer_id WHERE t.reference = ? ORDER BY t.id",
            [reference],
        )
        return [TicketThere(*row) for row in rows]

    def emails(self) -> dict[str, str]:
        """The e-mail of every contact, by id."""
        return dict(map(tuple, self.db.rows("SELECT id, email FROM contact")))

    def stage(
        self, columns: Sequence[ImportColumn], rows: Iterable[Staged], cancelled: Callable[[], bool]
    ) -> None:
        """Keep rows beside the database, in no file of ours; those staged before are forgotten."""
        self._columns = list(columns)
        names = ", ".join(f"c{place}" for place in range(len(columns)))
        connection = self.db.connection
        try:
            connection.execute("DROP TABLE IF EXISTS temp.staged")
            connection.execute(f"CREATE TEMP TABLE staged (line INTEGER PRIMARY KEY, id TEXT, {names})")
            connection.execute("BEGIN")
            try:
                insert = f"INSERT INTO temp.staged VALUES ({', '.join('?' * (len(columns) + 2))})"  # noqa: S608
                connection.executemany(insert, _until(rows, cancelled))
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise save_failed(error) from error

    def count(self, table: str) -> ImportCounts:
        """What writing what is staged would do."""
        there, changed = self.db.row(
            f"SELECT count(*), coalesce(sum({self._differs()}), 0) "  # noqa: S608 -- our own words only
            f"FROM temp.staged s JOIN main.{table} t ON t.id = s.id"
        )
        rows = self.db.row("SELECT count(*) FROM temp.staged")[0]
        return ImportCounts(rows - there, changed, there - changed)

    def write(
        self,
        table: str,
        on_the_way: Iterable[tuple[str, str, str | None, str]],
        cancelled: Callable[[], bool],
        before_commit: Callable[[], None],
    ) -> None:
        """Write what is staged, all or nothing. `on_the_way` are markets and streams (table, id, customer_id, name)
        that the rows refer to. Raises RadarError, Cancelled among them, with nothing written."""
        names = [column.name for column in self._columns]
        given = {row["name"]: row["dflt_value"] for row in self.db.rows(f"PRAGMA main.table_info({table})")}
        fresh = [
            f"coalesce(s.c{place}, {given[column.name]})" if given[column.name] is not None else f"s.c{place}"
            for place, column in enumerate(self._columns)
        ]
        values = ", ".join(
            f"{column.name} = s.c{place}"
            if column.clears
            else f"{column.name} = coalesce(s.c{place}, t.{column.name})"
            for place, column in enumerate(self._columns)
            if not column.only_new
        )
        with self.db.transaction() as connection:
            with self._stoppable(connection, cancelled):
                _put_on_the_way(connection, on_the_way)
                connection.execute(
                    f"UPDATE main.{table} AS t SET {values} FROM temp.staged s "  # noqa: S608
                    f"WHERE s.id = t.id AND ({self._differs()})"
                )
                connection.execute(
                    f"INSERT INTO main.{table} (id, {', '.join(names)}) SELECT s.id, {', '.join(fresh)} "  # noqa: S608
                    "FROM temp.staged s WHERE true ORDER BY s.line ON CONFLICT (id) DO NOTHING"
                )
            before_commit()

    def _differs(self) -> str:
        return " OR ".join(
            f"t.{column.name} IS NOT s.c{place}"
            if column.clears
            else f"(s.c{place} IS NOT NULL AND t.{column.name} IS NOT s.c{place})"
            for place, column in enumerate(self._columns)
            if not column.only_new
        )

    @contextmanager
    def _stoppable(self, connection: sqlite3.Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
        connection.set_progress_handler(lambda: int(cancelled()), _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if cancelled():
                raise stopped() from error
            raise
        finally:
            connection.set_progress_handler(None, 0)


def _put_on_the_way(
    connection: sqlite3.Connection, on_the_way: Iterable[tuple[str, str, str | None, str]]
) -> None:
    for kind, id, customer_id, name in on_the_way:
        row = {"id": id, "name": name} | ({} if customer_id is None else {"customer_id": customer_id})
        connection.execute(
            f"INSERT INTO main.{kind} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "  # noqa: S608
            "ON CONFLICT (id) DO NOTHING",
            [*row.values()],
        )


def natural(table: str, values: Sequence[object]) -> NaturalKey:
    """What makes a row of `table` the same, out of the values of its natural columns."""
    return tuple(
        str(value) if name in _AS_IS else same(str(value))
        for name, value in zip(_NATURAL[table], values, strict=True)
    )


def natural_id(table: str, key: NaturalKey) -> str:
    """The id of a new row: two laptops that import the same file make the same rows."""
    return fact_id(table, *key)


def stopped() -> Cancelled:
    """What is said of an import that was stopped."""
    return Cancelled("Stopped: nothing was changed.")


def _until(rows: Iterable[Staged], cancelled: Callable[[], bool]) -> Iterator[Staged]:
    for count, row in enumerate(rows):
        if not count % BATCH and cancelled():
            raise stopped()
        yield row
