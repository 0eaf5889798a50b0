"""A fresh copy of the sample, as if its last day were today."""

from __future__ import annotations

import json
import os
from contextlib import closing, suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui import paths
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.files import refuse_no_file
from radar_tui.store.connection import Connection
from radar_tui.store.ids import fact_id
from radar_tui.store.schema.counted import COUNT_AGAIN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

LAST_DAY = "sample_last_day"
_IS_DEMO = "demo"
_MOST_AT_ONCE = 9
_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
# Dates whose names do not end in _on or _at. `customer_due` is counted again instead of moved.
_OTHER_DATES = frozenset({"as_of", "needed_by", "at"})


# A visit and how much was answered on it: the sample has one in progress itself.
_UNDER_WAY = """
SELECT v.id, (SELECT count(*) FROM answer WHERE visit_id = v.id) + (SELECT count(*) FROM finding WHERE visit_id = v.id)
    + (SELECT count(*) FROM response WHERE visit_id = v.id), coalesce(c.name, 'ourselves')
FROM visit v LEFT JOIN customer c ON c.id = v.customer_id WHERE v.status = 'in progress' ORDER BY v.started_at DESC"""


def fresh(target: Path | None, clock: Callable[[], datetime], *, force: bool = False) -> Path:
    """Make a demo file and return its path: `target`, or the first of our demo names that no Radar has open.

    Raises RadarError if `target` holds anything but an earlier demo: a database is never overwritten. So it does for a
    demo in which somebody is on a visit, unless `force`.
    """
    if target is not None:
        return _made(target, clock, force=force)
    usual = paths.demo_database()
    names = [usual, *(usual.with_stem(f"{usual.stem}-{n}") for n in range(2, _MOST_AT_ONCE + 1))]
    for name in names[:-1]:
        try:
            return _made(name, clock, force=force)
        except _Taken:
            continue
    return _made(names[-1], clock, force=force)


class _Taken(RadarError):
    """The file is in use, or is not ours to overwrite."""


def _made(target: Path, clock: Callable[[], datetime], *, force: bool) -> Path:
    source = paths.sample()
    if not source.exists():
        raise RadarError(
            "The sample is not part of this installation.",
            "Install Radar again: pip install --force-reinstall radar-tui",
        )
    refuse_no_file(target)
    target = target.expanduser().resolve()
    _free(target, force=force)
    incoming = target.with_name(f"{target.name}.{os.getpid()}.incoming")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_and_move(source, incoming, clock)
        os.replace(incoming, target)
    except OSError as error:
        raise RadarError(
            f"The demo could not be written to {target.parent}: {error.strerror or error}.",
            "Name another file: radar demo --db FILE",
        ) from error
    finally:
        for name in ("", "-wal", "-shm"):
            with suppress(OSError):
                incoming.with_name(incoming.name + name).unlink(missing_ok=True)
    return target


def _copy_and_move(source: Path, incoming: Path, clock: Callable[[], datetime]) -> None:
    from radar_tui.store.file.backup import copy_private
    from radar_tui.store.file.opening import opened

    copy_private(source, incoming)
    with closing(Connection(incoming, opened(incoming, clock), clock)) as db:
        move_to(db, clock().date())
        with db.transaction() as connection:
            begun = json.dumps([[row[0], row[1]] for row in connection.execute(_UNDER_WAY)])
            connection.execute("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", [_IS_DEMO, begun])


def _free(target: Path, *, force: bool) -> None:
    """Raise unless nothing or only an earlier demo stands at `target` that nobody has open, nor is on a visit in, or
    `force`."""
    if not target.exists():
        return
    import sqlite3

    from radar_tui.store.file.accepting import read_only
    from radar_tui.store.file.backup import close_others_out

    try:
        with closing(read_only(target)) as connection:
            ours = connection.execute("SELECT value FROM local WHERE key = ?", [_IS_DEMO]).fetchone()
            under_way = connection.execute(_UNDER_WAY).fetchall() if ours else []
    except sqlite3.DatabaseError:
        ours = None
    if not ours:
        raise _Taken(f"{target.name} is not a demo, and is not overwritten.", "Name another file with --db.")
    try:
        close_others_out(target)
    except RadarError as error:
        raise _Taken(
            f"{target.name} is open in another Radar.", "Close it there, or name another file: --db"
        ) from error
    begun = json.loads(ours[0])
    mine = [name for id, answers, name in under_way if begun == 1 or [id, answers] not in begun]
    if mine and not force:
        raise RadarError(
            f"The demo has a visit in progress, to {one_line(mine[0])}: a fresh copy would replace it.",
            f"Go on with it: radar --db {target}. A fresh copy all the same: radar demo --force",
        )


def move_to(db: Connection, today: date) -> None:
    """Move every date of a sample by whole weeks, so that weekdays stay and its last day is `today` or at most six days
    ago, in one transaction.

    What is counted beside the rows is counted again. Raises RadarError if the file is no sample.
    """
    found = db.row("SELECT value FROM local WHERE key = ?", [LAST_DAY])
    if found is None:
        raise RadarError(f"{db.path.name} is not the sample.", "Install Radar again.")
    last = date.fromisoformat(found[0])
    days = (today - last).days // 7 * 7
    with db.transaction() as connection:
        for table, columns in date_columns(connection).items():
            changes = ", ".join(f"{column} = {_moved(column)}" for column in columns)
            connection.execute(f"UPDATE main.{table} SET {changes}", {"days": f"{days:+d} days"})  # noqa: S608
        # What was answered to a question for a date.
        connection.execute(
            f"UPDATE main.answer SET value = {_moved('value')} WHERE value GLOB '{_DATE}'",  # noqa: S608
            {"days": f"{days:+d} days"},
        )
        _name_scorecards_again(connection)
        for statement in COUNT_AGAIN:
            connection.execute(statement)
        connection.execute(
            "UPDATE local SET value = ? WHERE key = ?",
            [(last + timedelta(days)).isoformat(), LAST_DAY],
        )


def date_columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table that hold a date or a moment as ISO text, by the names the schema gives them."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND c.type = 'TEXT' AND t.name NOT LIKE '\\_%' ESCAPE '\\' "
        "AND t.name NOT IN ('customer_due', 'quarter_count') ORDER BY t.name, c.cid"
    ):
        if column.endswith(("_on", "_at")) or column in _OTHER_DATES:
            found.setdefault(table, []).append(column)
    return found


def _moved(column: str) -> str:
    """A day stays a day, a moment keeps its time of day; what is no date (NULL, a typo) stays as it is."""
    return (
        f"CASE WHEN {column} GLOB '{_DATE}' THEN date({column}, :days) "
        f"WHEN {column} GLOB '{_DATE}T*' THEN strftime('%Y-%m-%dT%H:%M:%fZ', {column}, :days) ELSE {column} END"
    )


def _name_scorecards_again(connection: sqlite3.Connection) -> None:
    """The id of a scorecard is made of customer and date, so that today's meets itself."""
    cards = connection.execute("SELECT id, customer_id, as_of FROM scorecard").fetchall()
    # Through names that no card has, since a moved card may take the name that another still holds.
    connection.executemany(
        "UPDATE main.scorecard SET id = 'moving ' || id WHERE id = ?", [(card[0],) for card in cards]
    )
    connection.executemany(
        "UPDATE main.scorecard SET id = ? WHERE id = ?",
        [(fact_id("scorecard", card[1], card[2]), f"moving {card[0]}") for card in cards],
    )
