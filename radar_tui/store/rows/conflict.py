"""Conflicts as rows: what is open, in words, and deciding it. Deciding is a change like any other: it travels."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.changes import (
    NOTHING,
    Columns,
    all_shown,
    column_words,
    row_words,
)
from radar_tui.domain.conflict import Conflict, Resolution
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.decision import model_of, parsed, validated
from radar_tui.store.rows.finding import Findings
from radar_tui.store.rows.names import Names
from radar_tui.store.rows.opportunity import Opportunities
from radar_tui.store.rows.table import Table
from radar_tui.store.schema.touched import PLACE_OF, SYNCED, RowKey, Touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

MOST_SHOWN = 500
SEALED = frozenset({"response"})
"""What nobody may write a third value into: one of the two was said."""


class OpenConflict(NamedTuple):
    """One open conflict of a row, its values as people read them.

    `words` names the field ("annual value"), "the whole row" for one about the row itself. `kept` is what stands now;
    `changed_since` says that somebody changed it after the two met. `author` wrote `mine`; `at` is local.
    """

    id: str
    kind: str
    column: str | None
    words: str
    base: str
    kept: str
    mine: str
    author: str
    device: str
    at: datetime
    entry: int
    changed_since: bool


class ConflictRow(NamedTuple):
    """The open conflicts of one row: `Aurora Tissue`, `Item W-014`. `customer` is empty for rows of none."""

    table: str
    key: str
    customer_id: str | None
    customer: str
    words: str
    conflicts: tuple[OpenConflict, ...]


class Conflicts(Table[Conflict]):
    """The `conflict` table."""

    name = "conflict"
    model = Conflict

    def open_count(self) -> int:
        """How many conflicts nobody has decided yet."""
        return int(self.db.row("SELECT count(*) FROM conflict WHERE resolution IS NULL")[0])

    def open_rows(self, limit: int = MOST_SHOWN) -> list[ConflictRow]:
        """The open conflicts, by row, in the order of customers and rows; of the newest `limit` conflicts."""
        newest = self.where("resolution IS NULL AND tbl <> 'conflict'", [], f"at DESC, id LIMIT {int(limit)}")
        of_row: dict[RowKey, list[Conflict]] = {}
        for conflict in newest:
            of_row.setdefault((conflict.tbl, conflict.key), []).append(conflict)
        names = Names(self.db)
        customers = self._customers(of_row)
        rows = []
        for key, conflicts in of_row.items():
            current = self._current(key)
            columns = current or next((each for c in conflicts if (each := _whole(c)) is not None), {})
            conflicts.sort(key=lambda each: (each.col or "", each.at, each.id))
            told = tuple(_in_words(each, current, columns, names) for each in conflicts)
            words = row_words(key[0], columns, names.name, names.today)
            rows.append(ConflictRow(*key, *customers[key], words, told))
        rows.sort(key=lambda row: (row.customer == "", row.customer.casefold(), row.words, row.key))
        return rows

    def together(self, ids: Iterable[str]) -> list[str]:
        """These conflicts and those that are decided with them: what follows from a score goes the way of the score, so
        that no answer is followed up as if it had been another."""
        several = list(dict.fromkeys(ids))
        duties = [
            fact_id("follow_up", conflict.key)
            for conflict in map(self.get, several)
            if (conflict.tbl, conflict.col) == ("response", "score")
        ]
        for duty in duties:
            same = "tbl = 'follow_up' AND key = ? AND col IN ('play', 'due_at') AND resolution IS NULL"
            several += [conflict.id for conflict in self.where(same, [duty]) if conflict.id not in several]
        return several

    def keep_theirs(self, ids: Iterable[str]) -> None:
        """What stands stays; nobody is asked again. Raises RadarError if one was decided meanwhile."""
        with self.db.transaction() as connection:
            for conflict in self._undecided(self.together(ids)):
                self._decide(connection, conflict, "kept theirs")

    def take_mine(self, ids: Iterable[str]) -> None:
        """Write `mine` into the rows: a field, a whole row that is not there, or nothing in place of a row that I took
        back. Of a row that is there only what mine had changed is written, so that what others wrote in it stays.

        Raises RadarError, with nothing changed, if one was decided meanwhile or the database refuses it.
        """
        with self.db.transaction() as connection:
            conflicts = self._undecided(self.together(ids))
            of_row: dict[RowKey, list[Conflict]] = {}
            for conflict in conflicts:
                of_row.setdefault((conflict.tbl, conflict.key), []).append(conflict)
            removed = [key for key, found in of_row.items() if _takes_back(found)]
            for key in sorted(
                of_row.keys() - set(removed), key=lambda key: (PLACE_OF.get(key[0], -1), key[1])
            ):
                self._write(connection, key, _mine(of_row[key], self._current(key)))
            for key in sorted(removed, key=lambda key: (-PLACE_OF.get(key[0], -1), key[1])):
                self._write(connection, key, None)
            for conflict in conflicts:
                self._decide(connection, conflict, "took mine")

    def edit(self, id: str, text: str) -> None:
        """Write a third value into the field of a conflict, as typed: `€ 12.50`, `3 Dec 2026`, `yes`, a word.

        Raises RadarError, with nothing changed, if the field cannot hold it, and for a conflict about a whole row.
        """
        with self.db.transaction() as connection:
            [conflict] = self._undecided([id])
            if conflict.tbl in SEALED:
                raise RadarError("What a customer answered is sealed: keep theirs or take mine.", "")
            if conflict.col is None:
                raise RadarError(
                    "This is about a whole row: keep theirs or take mine.", "Then edit the row itself."
                )
            current = self._current((conflict.tbl, conflict.key))
            if current is None:
                raise _gone(conflict.tbl)
            names = Names(self.db)
            value = parsed(
                conflict.tbl,
                conflict.col,
                text,
                today=names.today,
                currency=names.currency(conflict.tbl, current),
                asked=names.asked(conflict.tbl, conflict.col, current),
            )
            self._write(connection, (conflict.tbl, conflict.key), {conflict.col: value})
            self._decide(connection, conflict, "edited")

    def standing(self, ids: Iterable[str]) -> dict[RowKey, dict[str, Any] | None]:
        """The rows of these conflicts as they stand, for `ask_again`: before a decision and after it."""
        keys: dict[RowKey, None] = {}
        for conflict in map(self.get, ids):
            keys[conflict.tbl, conflict.key] = None
            keys |= dict.fromkeys(self._lines(conflict))
        return {key: self._current(key) for key in keys}

    def _lines(self, conflict: Conflict) -> list[RowKey]:
        """The business that follows from the verdict which a conflict is about, parents first."""
        from radar_tui.store.rows.opportunity import DERIVED

        if (conflict.tbl, conflict.col) != ("finding", "verdict"):
            return []
        if (finding := Findings(self.db).find(conflict.key)) is None:
            return []
        visit, item = finding.visit_id, finding.item_id
        return [
            *(("opportunity", fact_id("opportunity", visit, kind)) for kind in DERIVED),
            *(("opportunity_line", fact_id("opportunity_line", visit, item, kind)) for kind in DERIVED),
        ]

    def ask_again(
        self, ids: Iterable[str], rows: Mapping[RowKey, Columns | None], left: Mapping[RowKey, Columns | None]
    ) -> None:
        """Take a decision back: the conflicts are open again, and what it made of `rows`, as `standing` gave them
        before it and `left` after it, is undone. What was changed since, by a sync perhaps, stays.

        Raises RadarError, with nothing changed, if the database refuses it.
        """
        with self.db.transaction() as connection:
            # What is to go goes last, children before parents.
            gone = [key for key in reversed(list(rows)) if rows[key] is None]
            for key in [*(key for key in rows if rows[key] is not None), *gone]:
                row, now, after = rows[key], self._current(key), left.get(key)
                if now == after != row:
                    self._write(connection, key, row)
                elif now is not None and after is not None and row is not None:
                    still = {column for column, value in after.items() if now.get(column) == value}
                    undone = {c: value for c, value in row.items() if c in still and value != after.get(c)}
                    self._write(connection, key, undone)
            for id in ids:
                connection.execute("UPDATE main.conflict SET resolution = NULL WHERE id = ?", [id])

    def _undecided(self, ids: Iterable[str]) -> list[Conflict]:
        undecided = [self.get(id) for id in dict.fromkeys(ids)]
        if any(conflict.resolution is not None for conflict in undecided):
            raise RadarError("This conflict was decided meanwhile.", "Look at the list again.")
        return sorted(undecided, key=lambda conflict: (conflict.at, conflict.id))

    def _decide(self, connection: sqlite3.Connection, conflict: Conflict, resolution: Resolution) -> None:
        connection.execute("UPDATE main.conflict SET resolution = ? WHERE id = ?", [resolution, conflict.id])
        if self._lines(conflict):
            # Two verdicts made a line each; only that of the verdict which stands is business.
            from radar_tui.domain.opportunity import LINE_OF

            finding = Findings(self.db).get(conflict.key)
            wanted = LINE_OF.get(finding.verdict)
            Opportunities(self.db).keep_in_step(finding.visit_id, finding.item_id, wanted)

    def _current(self, key: RowKey) -> dict[str, Any] | None:
        """The row as it stands, by column."""
        table, id = key
        if table not in SYNCED:
            return None
        row = self.db.row(f"SELECT * FROM main.{table} WHERE id = ?", [id])  # noqa: S608 -- a name of our own
        return dict(row) if row is not None else None

    def _write(self, connection: sqlite3.Connection, key: RowKey, wanted: Columns | None) -> None:
        """Bring a row to `wanted`: some columns of one that is there, all of one that is not, or None to remove it."""
        table, id = key
        model_of(table)  # raises for a table that is not ours to write
        current = self._current(key)
        try:
            if wanted is None:
                connection.execute(f"DELETE FROM main.{table} WHERE id = ?", [id])  # noqa: S608
                return
            changes = validated(table, id, current, wanted)
            if current is None:
                names, marks = ", ".join(changes), ", ".join("?" for _ in changes)
                sql = f"INSERT INTO main.{table} ({names}) VALUES ({marks})"  # noqa: S608
                connection.execute(sql, [*changes.values()])
            elif changes:
                names = ", ".join(f"{name} = ?" for name in changes)
                connection.execute(f"UPDATE main.{table} SET {names} WHERE id = ?", [*changes.values(), id])  # noqa: S608
        except sqlite3.IntegrityError as error:
            raise _refused(error, table, removing=wanted is None) from error

    def _customers(self, of_row: dict[RowKey, list[Conflict]]) -> dict[RowKey, tuple[str | None, str]]:
        """The customer of each row; that of a row that is not there is found through what it refers to."""
        return Touched(self.db).customers_with(
            {
                key: next((whole for c in conflicts if (whole := _whole(c)) is not None), {})
                for key, conflicts in of_row.items()
            }
        )


def _gone(table: str) -> RadarError:
    return RadarError(
        f"This {table.replace('_', ' ')} is no longer there.", "Keep theirs: then nobody is asked again."
    )


def _refused(error: sqlite3.IntegrityError, table: str, *, removing: bool) -> RadarError:
    """A broken rule of the schema in words."""
    noun = table.replace("_", " ")
    if "FOREIGN KEY" not in str(error):
        return RadarError(
            f"This {noun} cannot hold that together with what stands.", "Edit the row itself first."
        )
    if removing:
        return RadarError(
            f"Something still refers to this {noun}, so it cannot be taken back.", "Keep theirs."
        )
    return RadarError(f"What this {noun} refers to is not there.", "Keep theirs, or bring that back first.")


def _loaded(text: str | None) -> Any:
    """A value of `base`, `kept` or `mine`. What is not JSON is shown as text."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _object(text: str | None) -> dict[str, Any] | None:
    value = _loaded(text)
    return value if isinstance(value, dict) else None


def _whole(conflict: Conflict) -> dict[str, Any] | None:
    """The row that a conflict about a whole row holds, the newest of the three."""
    if conflict.col is not None:
        return None
    return _object(conflict.kept) or _object(conflict.mine) or _object(conflict.base)


def _takes_back(conflicts: Sequence[Conflict]) -> bool:
    """Whether mine is that the row is not there; the newest says."""
    whole = [conflict for conflict in conflicts if conflict.col is None]
    return bool(whole) and _object(whole[-1].mine) is None


def _mine(conflicts: Sequence[Conflict], current: Columns | None) -> dict[str, Any]:
    """The columns to write for these conflicts of one row, the newest last."""
    wanted: dict[str, Any] = {}
    for conflict in conflicts:
        if conflict.col is not None:
            if current is None and not wanted:
                raise _gone(conflict.tbl)
            wanted[conflict.col] = _loaded(conflict.mine)
            continue
        mine, base = _object(conflict.mine) or {}, _object(conflict.base)
        for column, value in mine.items():
            if current is None or base is None or column not in base or base[column] != value:
                wanted[column] = value
    return wanted


def _in_words(conflict: Conflict, current: Columns | None, columns: Columns, names: Names) -> OpenConflict:
    base, kept, mine, changed = _texts(conflict, current, columns, names)
    return OpenConflict(
        id=conflict.id,
        kind=conflict.kind,
        column=conflict.col,
        words=column_words(conflict.tbl, conflict.col) if conflict.col else "the whole row",
        base=base,
        kept=kept,
        mine=mine,
        author=conflict.author or "",
        device=conflict.device or "",
        at=conflict.at.astimezone(),
        entry=conflict.entry or 0,
        changed_since=changed,
    )


def _texts(
    conflict: Conflict, current: Columns | None, columns: Columns, names: Names
) -> tuple[str, str, str, bool]:
    """Base, what stands now, mine, and whether what stands is no longer what the two left."""
    if conflict.col is not None:
        stands = current.get(conflict.col) if current is not None else None
        texts = [
            names.value(conflict.tbl, conflict.col, value, columns)
            for value in (_loaded(conflict.base), stands, _loaded(conflict.mine))
        ]
        if current is None:
            texts[1] = "taken back"
        return texts[0], texts[1], texts[2], current is None or stands != _loaded(conflict.kept)
    base, kept, mine = _object(conflict.base), _object(conflict.kept), _object(conflict.mine)

    def told(row: Columns | None) -> str:
        # SyncFolder the base only what differs from it is of interest.
        return all_shown(conflict.tbl, row, lookup=names.name, today=names.today, but=base)

    stands = (
        "not there" if conflict.kind in ("parent gone", "unreadable") and current is None else told(current)
    )
    whole = (
        all_shown(conflict.tbl, base, lookup=names.name, today=names.today) if base is not None else NOTHING
    )
    return whole, stands, told(mine), current != kept
