"""Whether a file is whole: its pages, its references, what is computed from rows, and the rules that keep it so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.text import one_line, plural
from radar_tui.errors import RadarError
from radar_tui.store.connection import damaged, is_damage, quoted, read_failed
from radar_tui.store.file.aside import unreadable
from radar_tui.store.file.backup import Backups
from radar_tui.store.lists.search import Search
from radar_tui.store.rows.models import row_models
from radar_tui.store.schema.counted import (
    COUNT_AGAIN,
    DUE_COLUMNS,
    DUE_OF_CUSTOMERS,
    QUARTER_COLUMNS,
    QUARTERS_OF_RESPONSES,
)
from radar_tui.store.schema.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from radar_tui.domain.row import Row
    from radar_tui.store.connection import Connection

_MOST_NAMED, _MOST_ROWS = 5, 100
_ANOTHER = "Another program wrote there. A backup from before: radar restore --list"
_ASIDE = "It is left out of lists and figures. To put it aside, kept whole: radar check --repair"


class Fault(NamedTuple):
    """Something wrong with a file, in words; `hint` says what helps, `repairable` whether `repair` does, `aside`
    whether `put_aside` (aside.py) does."""

    words: str
    hint: str
    repairable: bool = False
    aside: bool = False


def faults(db: Connection) -> list[Fault]:
    """Everything that is wrong with the file, the gravest first; empty if it is sound."""
    try:
        pages, refusing = _pages(db)
        if any(not fault.repairable for fault in pages):
            return pages
        return [
            *pages,
            *_references(db),
            *_schema(db.connection),
            *_due(db),
            *_quarters(db),
            *_search(db),
            *_rows(db, refusing),
        ]
    except RadarError as error:
        return [Fault(error.message, error.hint)]


def unsound(path: Path) -> RadarError | None:
    """What stands in the file that no Radar wrote, as an error in words; None if nothing is found.

    Looks at every page and at every rule of the tables, so only after something went wrong.
    """
    # SQLite leaves the rules of tables aside where it may only read.
    place = f"{path.resolve().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=1)) as connection:
            said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            if said == "ok":
                said = next((fault.words for fault in _schema(connection) if not fault.repairable), "")
    except sqlite3.DatabaseError as error:
        return damaged(path) if is_damage(error) else None
    except UnicodeDecodeError:
        return damaged(path)
    if not said:
        return None
    return RadarError(
        f"{path.name} is damaged, or another program wrote into it ({one_line(said)}).",
        f"The last good backup comes back with: radar restore --db {quoted(path)}",
    )


def left_out(db: Connection) -> str:
    """What could not be looked at here, in words; "" if nothing was left out.

    The index of a Python with FTS5 says nothing to one without; the rows are as sound as ever.
    """
    if Search(db).able:
        return ""
    return (
        "Not looked at: the search. This Python's SQLite lacks FTS5; where it does not, the search goes on."
    )


def repair(db: Connection) -> None:
    """Put right what can be computed again: indexes, triggers, due dates, quarters, the search. A backup is made first.

    Raises RadarError, with nothing changed, if that backup fails; rows are never touched.
    """
    Backups(db).make()
    with db.everything(), db.transaction() as connection:
        if not Touched(db).trusted():
            Touched(db).set_up_again()
        for kind, name, sql in _expected():
            if kind in ("index", "trigger"):
                # Names come from our own migrations.
                connection.execute(f"DROP {kind} IF EXISTS {name}")
                connection.execute(sql)
        connection.execute("REINDEX")
        for statement in COUNT_AGAIN:
            connection.execute(statement)
    search = Search(db)
    if search.ready and search.able:
        search.forget()
        search.make()


def _pages(db: Connection) -> tuple[list[Fault], set[str]]:
    """What is wrong with pages and indexes, and the tables with a row that breaks a rule of the table itself."""
    said = [str(row[0]) for row in db.rows("PRAGMA integrity_check(100)")]
    refusing = {line.rpartition(" ")[2] for line in said if line.startswith("CHECK constraint failed in ")}
    if refusing:
        # Those rows are named one by one; whether there is more is asked without the rules.
        db.connection.execute("PRAGMA ignore_check_constraints = ON")
        said = [str(row[0]) for row in db.rows("PRAGMA integrity_check(100)")]
        db.connection.execute("PRAGMA ignore_check_constraints = OFF")
    if said == ["ok"]:
        return [], refusing
    # An index, customer_due included, can be made again from the rows; a lost page of rows cannot.
    if all("index" in line.lower() and "malformed" not in line for line in said):
        words = f"An index does not match its rows ({said[0]})."
        return [Fault(words, "Put right by: radar check --repair", True)], refusing
    return [
        Fault(
            f"The file is damaged: {one_line(line)}",
            "The last good backup comes back with: radar restore. The damaged file is kept beside it.",
        )
        for line in said[:_MOST_NAMED]
    ], refusing


def _references(db: Connection) -> list[Fault]:
    counted = db.rows(
        'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2'
    )
    return [
        Fault(
            f"{plural(row[2], 'row')} of {row[0].replace('_', ' ')} {'points' if row[2] == 1 else 'point'} to a "
            f"{row[1].replace('_', ' ')} that is not there.",
            "Another program changed this file. Put them aside: radar check --repair. A backup from before: radar "
            "restore --list",
            aside=True,
        )
        for row in counted
    ]


def _expected() -> list[tuple[str, str, str]]:
    """Kind, name and SQL of everything that the migrations make."""
    from sqlite_utils import Database

    from radar_tui.store.schema.migrations import migrations

    with closing(sqlite3.connect(":memory:")) as scratch:
        migrations().apply(Database(scratch, execute_plugins=False))
        return _made(scratch)


def _made(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    )
    return [(row[0], row[1], row[2]) for row in found]


def _schema(connection: sqlite3.Connection) -> list[Fault]:
    there = {(kind, name): sql for kind, name, sql in _made(connection)}
    expected = {(kind, name): sql for kind, name, sql in _expected()}
    found = []
    for (kind, name), sql in expected.items():
        if there.get((kind, name)) == sql:
            continue
        state = "is not as Radar made it" if (kind, name) in there else "is missing"
        if kind == "table":
            found.append(Fault(f"The table {name} {state}.", "See the backups: radar restore --list"))
        else:
            found.append(Fault(f"The {kind} {name} {state}.", "Put right by: radar check --repair", True))
    found += [
        Fault(
            f"The trigger {one_line(name)} is not of Radar and may change rows on its own.",
            "Ask who put it there; see the backups: radar restore --list",
        )
        for kind, name in there
        if kind == "trigger" and (kind, name) not in expected
    ]
    return found


def _due(db: Connection) -> list[Fault]:
    stored = f"SELECT {DUE_COLUMNS} FROM customer_due"  # noqa: S608 -- our own words only
    wrong = _differing(db, "count(DISTINCT customer_id)", stored, DUE_OF_CUSTOMERS)
    return _counted_wrong(
        wrong, f"The due date of {plural(wrong, 'customer')} does not follow from the visits."
    )


def _quarters(db: Connection) -> list[Fault]:
    stored = f"SELECT {QUARTER_COLUMNS} FROM quarter_count"  # noqa: S608 -- our own words only
    wrong = _differing(db, "count(*)", stored, QUARTERS_OF_RESPONSES)
    return _counted_wrong(wrong, "The answers counted by quarter do not follow from the responses.")


def _differing(db: Connection, count: str, stored: str, computed: str) -> int:
    """How much of what is stored differs from what is computed from the rows."""
    sql = (
        f"SELECT {count} FROM (SELECT * FROM ({stored} EXCEPT {computed}) "  # noqa: S608 -- our own words only
        f"UNION ALL SELECT * FROM ({computed} EXCEPT {stored}))"
    )
    return int(db.row(sql)[0])


def _search(db: Connection) -> list[Fault]:
    search = Search(db)
    wrong = search.wrong() if search.ready and search.able else 0
    return _counted_wrong(
        wrong, f"The search does not know {plural(wrong, 'row')} as {'it is' if wrong == 1 else 'they are'}."
    )


def _counted_wrong(wrong: int, words: str) -> list[Fault]:
    return [Fault(words, "Put right by: radar check --repair", True)] if wrong else []


def _rows(db: Connection, refusing: set[str]) -> list[Fault]:
    """Rows that no screen reads: those that break a rule, of the others what their model refuses, and what only the
    tables `refusing` it know to be wrong."""
    broken = unreadable(db)
    found = [
        Fault(f"{row.name} cannot be read: {row.why}.", _ASIDE, aside=True) for row in broken[:_MOST_ROWS]
    ]
    if more := len(broken) - len(found):
        found.append(Fault(f"{plural(more, 'more row')} cannot be read.", _ASIDE, aside=True))
    told = {(row.table, row.key) for row in broken}
    refusing -= {row.table for row in broken}
    for table, model in row_models().items():
        bad = [
            id
            for row in _stored(db, table)
            if (table, id := row["id"]) not in told and not _reads(model, row)
        ]
        if bad:
            named = ", ".join(one_line(str(id)) for id in bad[:_MOST_NAMED])
            found.append(
                Fault(
                    f"{plural(len(bad), 'row')} of {table.replace('_', ' ')} cannot be read: {named}",
                    _ANOTHER,
                )
            )
    found += [
        Fault(f"A row of {table.replace('_', ' ')} breaks a rule of its table.", _ANOTHER)
        for table in sorted(refusing)
    ]
    return found


def _stored(db: Connection, table: str) -> Iterator[sqlite3.Row]:
    """All rows of a table; of text that is no UTF-8 the odd bytes stay, as halves of characters."""
    with closing(db.connection.cursor()) as cursor:
        before = db.connection.text_factory
        db.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            yield from cursor.execute(f"SELECT * FROM main.{table}")  # noqa: S608
        except sqlite3.DatabaseError as error:
            raise read_failed(db.path, error) from error
        finally:
            db.connection.text_factory = before


def _reads(model: type[Row], row: sqlite3.Row) -> bool:
    from pydantic import ValidationError

    try:
        model.model_validate(dict(row))
        for value in tuple(row):
            if isinstance(value, str) and not value.isascii():
                value.encode()  # half a character stands for a byte that is no text
    except (ValidationError, UnicodeEncodeError):
        return False
    return True
