"""Deciding conflicts. That is a change like any other: it travels."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any

from radar_tui.domain.conflict import (
    Conflict,
    Decision,
    Question,
    Resolution,
    belongs_to,
    decisions_text,
    question_of,
)
from radar_tui.domain.days import iso
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.decision import model_of, parsed, validated
from radar_tui.store.rows.finding import Findings
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.names import Names
from radar_tui.store.rows.opportunity import Opportunities
from radar_tui.store.rows.table import Table
from radar_tui.store.schema.touched import PLACE_OF, SYNCED, RowKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from radar_tui.domain.changes import Columns

SEALED = frozenset({"response"})
"""What nobody may write a third value into: one of the two was said."""


class Conflicts(Table[Conflict]):
    """The `conflict` table. What is decided is a question: all conflicts about columns of a row that belong together,
    whoever wrote them."""

    name = "conflict"
    model = Conflict

    def together(self, ids: Iterable[str]) -> list[str]:
        """These conflicts and all that are decided with them: those of the same question, whoever wrote them, and what
        follows from a score, so that no answer is followed up as if it had been another."""
        return [one.id for question in self._questions(ids) for one in question]

    def _questions(self, ids: Iterable[str]) -> list[list[Conflict]]:
        """The open conflicts of each question that these are about. Raises RadarError if one of them was decided."""
        asked = sorted(map(self.get, ids), key=lambda one: PLACE_OF.get(one.tbl, -1))
        if any(one.resolution is not None for one in asked):
            raise RadarError("This conflict was decided meanwhile.", "Look at the list again.")
        questions: list[list[Conflict]] = []
        for one in asked:
            if not any(one in question for question in questions):
                first = question_of(one.tbl, one.key, one.col)
                questions.append(
                    [same for part in (first, *what_follows(first)) for same in self._open(part)]
                )
        return questions

    def _open(self, question: Question) -> list[Conflict]:
        table, key, columns = question
        same = "resolution IS NULL AND tbl = ? AND key = ? AND coalesce(col, '') IN (SELECT value FROM json_each(?))"
        return self.where(same, [table, key, json.dumps(columns or [""])], "at, id")

    def keep_theirs(self, ids: Iterable[str]) -> None:
        """What stands stays; nobody is asked again. Raises RadarError if one was decided meanwhile."""
        with self.db.transaction() as connection:
            said = self._said()
            for question in self._questions(ids):
                for conflict in question:
                    self._decide(connection, conflict, "kept theirs", said)

    def take_mine(self, ids: Iterable[str]) -> None:
        """Write what the sides of these conflicts wrote into the rows, all that a side wrote: fields, a whole row that
        is not there, or nothing in place of a row that was taken back. Of a row that is there only what mine had
        changed is written, so that what others wrote in it stays.

        Raises RadarError, with nothing changed, if one was decided meanwhile or the database refuses it.
        """
        with self.db.transaction() as connection:
            said = self._said()
            wanted, questions = set(ids), self._questions(ids := list(ids))
            sides = [side for question in questions for side in sides_of(question)]
            taken = [one for side in sides if wanted.intersection(one.id for one in side) for one in side]
            of_row: dict[RowKey, list[Conflict]] = {}
            for conflict in sorted(taken, key=lambda one: (one.at, one.id)):
                of_row.setdefault((conflict.tbl, conflict.key), []).append(conflict)
            removed = [key for key, mine in of_row.items() if _takes_back(mine)]
            for key in sorted(
                of_row.keys() - set(removed), key=lambda key: (PLACE_OF.get(key[0], -1), key[1])
            ):
                self._write(connection, key, _mine(of_row[key], self.current(key)))
            for key in sorted(removed, key=lambda key: (-PLACE_OF.get(key[0], -1), key[1])):
                self._write(connection, key, None)
            for conflict in (one for question in questions for one in question):
                self._decide(connection, conflict, "took mine" if conflict in taken else "kept theirs", said)

    def edit(self, id: str, typed: Mapping[str, str]) -> None:
        """Write other values into columns that a conflict is about, as typed: `€ 12.50`, `3 Dec 2026`, `yes`, a word.

        Raises RadarError, with nothing changed, if a field cannot hold it, and for a conflict about a whole row.
        """
        with self.db.transaction() as connection:
            said = self._said()
            [question] = self._questions([id])
            table, key, columns = question_of((one := question[0]).tbl, one.key, one.col)
            if table in SEALED:
                raise RadarError("What a customer answered is sealed: keep theirs or take mine.", "")
            if not columns:
                raise RadarError(
                    "This is about a whole row: keep theirs or take mine.", "Then edit the row itself."
                )
            current = self.current((table, key))
            if current is None:
                raise _gone(table)
            names = Names(self.db)
            wanted = {
                column: parsed(
                    table,
                    column,
                    text,
                    today=names.today,
                    currency=names.currency(table, current),
                    asked=names.asked(table, column, current),
                )
                for column, text in typed.items()
            }
            self._write(connection, (table, key), wanted)
            for conflict in question:
                self._decide(connection, conflict, "edited", said)

    def standing(self, ids: Iterable[str]) -> dict[RowKey, dict[str, Any] | None]:
        """The rows of these conflicts as they stand, for `ask_again`: before a decision and after it."""
        keys: dict[RowKey, None] = {}
        for conflict in map(self.get, ids):
            keys[conflict.tbl, conflict.key] = None
            keys |= dict.fromkeys(self._lines(conflict))
        return {key: self.current(key) for key in keys}

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
                row, now, after = rows[key], self.current(key), left.get(key)
                if now == after != row:
                    self._write(connection, key, row)
                elif now is not None and after is not None and row is not None:
                    still = {column for column, value in after.items() if now.get(column) == value}
                    undone = {c: value for c, value in row.items() if c in still and value != after.get(c)}
                    self._write(connection, key, undone)
            for id in ids:
                connection.execute(
                    "UPDATE main.conflict SET resolution = NULL, decided = NULL WHERE id = ?", [id]
                )

    def _decide(
        self, connection: sqlite3.Connection, conflict: Conflict, resolution: Resolution, said: Decision
    ) -> None:
        connection.execute(
            "UPDATE main.conflict SET resolution = ?, decided = ? WHERE id = ?",
            [resolution, decisions_text((said._replace(resolution=resolution),)), conflict.id],
        )
        if self._lines(conflict):
            # Two verdicts made a line each; only that of the verdict which stands is business.
            from radar_tui.domain.opportunity import LINE_OF

            finding = Findings(self.db).get(conflict.key)
            wanted = LINE_OF.get(finding.verdict)
            Opportunities(self.db).keep_in_step(finding.visit_id, finding.item_id, wanted)

    def _said(self) -> Decision:
        """That I decide, and when."""
        me = Local(self.db).settings().me
        known = self.db.row("SELECT name FROM colleague WHERE id = ?", [me])
        return Decision(str(known[0]) if known else "", me, iso(self.db.clock()), "")

    def current(self, key: RowKey) -> dict[str, Any] | None:
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
        current = self.current(key)
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


def what_follows(question: Question) -> list[Question]:
    """What goes the way of a question: the duty that follows from a score."""
    table, key, columns = question
    if (table, columns) != ("response", belongs_to("response", "score")):
        return []
    return [question_of("follow_up", fact_id("follow_up", key), "play")]


def sides_of(question: Sequence[Conflict]) -> list[list[Conflict]]:
    """The conflicts of one question by who wrote them, in the order in which they were edited. What follows from a
    score is of the side that wrote the score, also where another entry brought it."""
    sides: dict[tuple[str | None, int | None, int], list[Conflict]] = {}
    written: Counter[tuple[str | None, int | None, str, str | None]] = Counter()
    lead = min(((one.tbl, one.key) for one in question), key=lambda key: PLACE_OF.get(key[0], -1))
    for one in sorted(question, key=lambda one: ((one.tbl, one.key) != lead, one.at, one.id)):
        # Somebody may have written twice over one entry.
        written[again := (one.device, one.entry, one.tbl, one.col)] += 1
        same = (one.device, one.entry, written[again])
        if (one.tbl, one.key) != lead and same not in sides:
            same = next((known for known in reversed(sides) if known[0] == one.device), same)
        sides.setdefault(same, []).append(one)
    return sorted(sides.values(), key=lambda side: (side[0].at, side[0].id))


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


def loaded(text: str | None) -> Any:
    """A value of `base`, `kept` or `mine`. What is not JSON is shown as text."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def as_object(text: str | None) -> dict[str, Any] | None:
    value = loaded(text)
    return value if isinstance(value, dict) else None


def whole_row(conflict: Conflict) -> dict[str, Any] | None:
    """The row that a conflict about a whole row holds, the newest of the three."""
    if conflict.col is not None:
        return None
    return as_object(conflict.kept) or as_object(conflict.mine) or as_object(conflict.base)


def _takes_back(conflicts: Sequence[Conflict]) -> bool:
    """Whether mine is that the row is not there; the newest says."""
    whole = [conflict for conflict in conflicts if conflict.col is None]
    return bool(whole) and as_object(whole[-1].mine) is None


def _mine(conflicts: Sequence[Conflict], current: Columns | None) -> dict[str, Any]:
    """The columns to write for these conflicts of one row, the newest last."""
    wanted: dict[str, Any] = {}
    for conflict in conflicts:
        if conflict.col is not None:
            if current is None and not wanted:
                raise _gone(conflict.tbl)
            wanted[conflict.col] = loaded(conflict.mine)
            continue
        mine, base = as_object(conflict.mine) or {}, as_object(conflict.base)
        for column, value in mine.items():
            if current is None or base is None or column not in base or base[column] != value:
                wanted[column] = value
    return wanted
