"""Three-way merge of rows, field by field, and of the references between them.

`seen` is a row as this laptop last knew it to be everybody's, `theirs` as everybody has it now, `mine` as it is here.
A row is a tuple of values in the order of its table's columns, or None where there is none. What only one side changed
is taken; what both changed to the same is silent; what both changed differently keeps theirs and records mine, with all
that belongs to it (of two days on which a pair met, the later stands).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from radar_tui.domain.conflict import all_decisions, belongs_to, nothing_to_decide, question_of
from radar_tui.store.ids import fact_id
from radar_tui.store.schema.touched import PLACE_OF, SYNCED, RowKey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from radar_tui.domain.conflict import Writer

SqlValue = str | int | float | bytes | None
SqlValues = tuple[SqlValue, ...]

SAME_BUT_TIME = "only the time differs"
_KEPT_BY_ITSELF = frozenset({("visit", "current_step")})
"""Where a visit stands is a bookmark of one laptop; a clash of two is nobody's to decide."""
_LATEST = frozenset({("counterpart", "met_on")})
"""The day two people met last: of two meetings the later one stands, and nobody has anything to decide."""
_COMPUTED = "scorecard"
"""Computed on each laptop from what it knew: nobody can say which of two figures is right."""
_REFUSED_AS_OWN = "conflict"
_DECIDED = ("conflict", "decided")
"""Two who decided one conflict at once are both told; the row has what the first to reach the hub said of it."""


class Database(Protocol):
    """What sqlite3 and apsw have in common."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...


class Clash(NamedTuple):
    """What could not be merged: `column` None speaks of the whole row, and the three are rows as objects then."""

    kind: str
    table: str
    key: str
    column: str | None
    base: object
    kept: object
    mine: object


class Shape(NamedTuple):
    """Columns of each synced table with their default values, and which of them refer to which table."""

    columns: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, SqlValues]
    parents: Mapping[str, tuple[tuple[int, str], ...]]
    children: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, database: Database) -> Shape:
        """Read from the schema, once for each: file and base have the same, and asking takes some eighty statements."""
        schema = database.execute("SELECT sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
        key = (SYNCED, tuple(str(row[0]) for row in schema.fetchall()))
        if key not in _SHAPES:
            _SHAPES[key] = cls._read(database)
        return _SHAPES[key]

    @classmethod
    def _read(cls, database: Database) -> Shape:
        columns: dict[str, tuple[str, ...]] = {}
        defaults: dict[str, SqlValues] = {}
        parents: dict[str, tuple[tuple[int, str], ...]] = {}
        children: dict[str, list[tuple[str, str]]] = {table: [] for table in SYNCED}
        for table in SYNCED:
            found = [tuple(row) for row in database.execute(f"PRAGMA main.table_info({table})")]
            columns[table] = tuple(row[1] for row in found)
            words = ", ".join(row[4] or "NULL" for row in found)
            defaults[table] = tuple(database.execute(f"SELECT {words}").fetchone())
            references = [
                (row[3], row[2]) for row in database.execute(f"PRAGMA main.foreign_key_list({table})")
            ]
            parents[table] = tuple((columns[table].index(column), parent) for column, parent in references)
            for column, parent in references:
                children[parent].append((table, column))
        return cls(columns, defaults, parents, {table: tuple(found) for table, found in children.items()})

    def as_object(self, table: str, row: SqlValues | None) -> dict[str, SqlValue] | None:
        return None if row is None else dict(zip(self.columns[table], row, strict=True))


_SHAPES: dict[tuple[tuple[str, ...], tuple[str, ...]], Shape] = {}


class SyncedRows:
    """The synced rows of one database, through sqlite3 or apsw. `refusal` is the error of a broken rule."""

    def __init__(self, database: Database, shape: Shape, refusal: type[Exception]) -> None:
        self.database = database
        self.shape = shape
        self.refusal = refusal
        self._get = {t: f"SELECT {', '.join(c)} FROM main.{t} WHERE id = ?" for t, c in shape.columns.items()}  # noqa: S608
        self._put = {t: _upsert(t, c) for t, c in shape.columns.items()}

    def get(self, key: RowKey) -> SqlValues | None:
        row = self.database.execute(self._get[key[0]], (key[1],)).fetchone()
        return None if row is None else tuple(row)

    def put(self, table: str, row: SqlValues) -> None:
        """Insert the row or change the one with its id. Raises `refusal`, with nothing written."""
        self.database.execute(self._put[table], row)

    def delete(self, key: RowKey) -> None:
        self.database.execute(f"DELETE FROM main.{key[0]} WHERE id = ?", (key[1],))  # noqa: S608

    def there(self, key: RowKey) -> bool:
        return (
            self.database.execute(f"SELECT 1 FROM main.{key[0]} WHERE id = ?", (key[1],)).fetchone()  # noqa: S608
            is not None
        )

    def parents(self, table: str, row: SqlValues) -> list[RowKey]:
        """What a row refers to."""
        keys = []
        for place, parent in self.shape.parents[table]:
            id = row[place]
            if id is not None:
                keys.append((parent, str(id)))
        return keys

    def children(self, key: RowKey) -> list[RowKey]:
        """What refers to a row."""
        keys = []
        for table, column in self.shape.children[key[0]]:
            rows = self.database.execute(f"SELECT id FROM main.{table} WHERE {column} = ?", (key[1],))  # noqa: S608
            keys += [(table, str(row[0])) for row in rows]
        return keys


def _upsert(table: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    return (
        f"INSERT INTO main.{table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)}) "  # noqa: S608
        f"ON CONFLICT (id) DO UPDATE SET {changes}"
    )


def merged(
    shape: Shape,
    key: RowKey,
    seen: SqlValues | None,
    theirs: SqlValues | None,
    mine: SqlValues | None,
    passed: Callable[[RowKey, int], Collection[SqlValue]] = lambda key, place: (),
) -> tuple[SqlValues | None, list[Clash]]:
    """The row that stands, and what it could not take of mine.

    `passed` gives the values that a field had on the hub on the way from `seen` to `theirs`: mine among them was
    superseded by somebody who saw it.
    """
    table, id = key
    if mine in (seen, theirs):
        return theirs, []
    if theirs == seen:
        return mine, []
    if theirs is None or mine is None:
        # Delete against edit: the edit wins.
        kind, stands = ("deleted there", mine) if theirs is None else ("deleted here", theirs)
        return stands, [
            Clash(kind, table, id, None, *(shape.as_object(table, row) for row in (seen, stands, mine)))
        ]
    row, columns = list(theirs), shape.columns[table]
    known, met = seen or (None,) * len(theirs), set[str]()
    for place, column in enumerate(columns):
        before, their, my = known[place], theirs[place], mine[place]
        if my == their or (seen is not None and my == before):
            continue
        if seen is not None and their == before:
            row[place] = my
        elif (table, column) == _DECIDED:
            row[place] = all_decisions(their, my)  # type: ignore[call-overload]
        elif (table, column) in _LATEST and my not in passed(key, place):
            row[place] = max(their, my, key=lambda day: str(day or ""))
        elif table != _REFUSED_AS_OWN and my not in passed(key, place):
            met.update(belongs_to(table, column))
    kind = "both added" if seen is None else "both changed"
    clashes = []
    for place, column in enumerate(columns):
        if column in met:
            row[place] = theirs[place]
            clashes.append(Clash(kind, table, id, column, known[place], theirs[place], mine[place]))
    return tuple(row), clashes


@dataclass(slots=True)
class Fold:
    """Brings rows of `target` to what a merge says, and mends the references between them.

    `spare` finds the last known content of a row that is needed again as a parent. `clashes` and `written` (keys)
    grow; nothing is committed here.
    """

    target: SyncedRows
    spare: Callable[[RowKey], SqlValues | None]
    clashes: list[Clash] = field(default_factory=list)
    written: set[RowKey] = field(default_factory=set)
    removed: set[RowKey] = field(default_factory=set)
    given_up: set[RowKey] = field(default_factory=set)

    def run(
        self,
        keys: Iterable[RowKey],
        seen: Callable[[RowKey], SqlValues | None],
        theirs: Callable[[RowKey], SqlValues | None],
        mine: Callable[[RowKey], SqlValues | None],
        passed: Callable[[RowKey, int], Collection[SqlValue]] = lambda key, place: (),
    ) -> None:
        """Merge all rows of `keys`; afterwards every reference of theirs holds."""
        shape = self.target.shape
        for key in sorted(keys, key=_parents_first):
            their, my = theirs(key), mine(key)
            row, clashes = merged(shape, key, seen(key), their, my, passed)
            try:
                self._bring(key, row)
            except self.target.refusal:
                objects = (shape.as_object(key[0], values) for values in (seen(key), their, my))
                clashes = [Clash("refused", key[0], key[1], None, *objects)]
                self._bring(key, their)
            self.clashes += clashes
        self._mend()

    def _bring(self, key: RowKey, row: SqlValues | None) -> None:
        there = self.target.get(key)
        if there == row:
            return
        if row is None:
            self.target.delete(key)
            self.removed.add(key)
            self.written.discard(key)
        else:
            self.target.put(key[0], row)
            self.written.add(key)
            self.removed.discard(key)

    def _brought_back(self, key: RowKey, row: SqlValues) -> bool:
        """Whether the database took it: what is spare may be the very row that it refused before."""
        try:
            self._bring(key, row)
        except self.target.refusal:
            return False
        return True

    def _mend(self) -> None:
        """Until nothing refers to what is not there: bring the parent back, or keep the child whole as a conflict."""
        shape = self.target.shape
        open_keys = set(self.written)
        for gone in self.removed:
            open_keys.update(self.target.children(gone))
        while open_keys:
            key = open_keys.pop()
            row = self.target.get(key)
            if row is None:
                continue
            for parent in self.target.parents(key[0], row):
                if self.target.there(parent):
                    continue
                back = None if parent in self.given_up else self.spare(parent)
                if back is not None and self._brought_back(parent, back):
                    open_keys.add(parent)
                    whole = shape.as_object(parent[0], back)
                    self.clashes.append(Clash("parent back", *parent, None, whole, whole, None))
                    continue
                whole = shape.as_object(key[0], row)
                self.clashes.append(Clash("parent gone", *key, None, None, None, whole))
                open_keys.update(self.target.children(key))
                self.given_up.add(key)
                self._bring(key, None)
                break


def _parents_first(key: RowKey) -> tuple[int, str]:
    return PLACE_OF[key[0]], key[1]


class Brought(NamedTuple):
    """What brought what stands: number and hash of the entry, and whose the value is (`Writer.as_text`)."""

    entry: int
    digest: str
    by: str | None = None


def conflict_rows(
    shape: Shape,
    clashes: Iterable[Clash],
    *,
    mine: Writer,
    brought: Callable[[RowKey, str | None], Brought],
    edited: Callable[[RowKey], str],
) -> list[SqlValues]:
    """Rows of the table `conflict`, one a clash. `brought` is asked for a row and a column of it: the same clash over
    the same entry meets itself, and over a later one is another. `edited` gives the moment at which a row of mine was
    edited."""
    conflicts = []
    clashes = list(clashes)
    matter = {question_of(*clash[1:4]) for clash in clashes if _is_to_decide(clash)}
    for clash in clashes:
        base, kept, my = (_json(value) for value in (clash.base, clash.kept, clash.mine))
        key = (clash.table, clash.key)
        resolution = None
        if (clash.table, clash.column) in _KEPT_BY_ITSELF or (clash.table == _COMPUTED and clash.column):
            resolution = "kept theirs"
        elif question_of(*clash[1:4]) not in matter:
            resolution = SAME_BUT_TIME
        number, digest, by = brought(key, clash.column)
        row: dict[str, SqlValue] = {
            "id": fact_id("conflict", clash.kind, *key, clash.column or "", base, kept, my, digest),
            "kind": clash.kind,
            "tbl": clash.table,
            "key": clash.key,
            "col": clash.column,
            "base": base,
            "kept": kept,
            "mine": my,
            "device": mine.device,
            "author": mine.author,
            "entry": number,
            "at": edited(key),
            "resolution": resolution,
            "member": mine.member,
            "kept_by": by,
            "decided": None,
        }
        conflicts.append(tuple(row[column] for column in shape.columns["conflict"]))
    return conflicts


def _is_to_decide(clash: Clash) -> bool:
    added = clash.kind == "both added"
    return clash.column is None or not nothing_to_decide(
        clash.table, clash.column, clash.kept, clash.mine, added=added
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
