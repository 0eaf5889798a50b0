"""Conflicts as people read them: one question about one thing, with what stands and what others wrote, and by whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.changes import NOTHING, Columns, all_shown, column_words, row_words
from radar_tui.domain.conflict import (
    Conflict,
    Decision,
    Me,
    Question,
    Writer,
    belongs_to,
    decisions,
    question_of,
)
from radar_tui.domain.days import iso
from radar_tui.store.rows.conflict import Conflicts, as_object, loaded, sides_of, what_follows, whole_row
from radar_tui.store.rows.names import Names
from radar_tui.store.schema.touched import PLACE_OF, RowKey, Touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from radar_tui.store.connection import Connection

MOST_SHOWN = 500
DECIDED_DAYS = 14
"""For how long it is said who decided what."""
WHOLE_ROW = "the whole row"
_STAMPS = ("answered_at", "found_at", "started_at", "closed_at")
"""What nobody needs to see where something else differs as well."""
_NOT_THERE = ("parent gone", "unreadable")


class Side(NamedTuple):
    """What somebody wrote: a text for each field of a conflict, and by whom, several where they wrote the same. `ids`
    are the conflicts that hold it, none for what stands."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    writers: tuple[Writer, ...]


class OpenConflict(NamedTuple):
    """One question: `fields` in words ("annual value", "the whole row") and their `columns`, None where the field is no
    column of this row. The first of `sides` is what stands now; it has no writer where somebody changed it after the
    two met. `ids` are all conflicts that are decided with it, `group` tells it from others about this row."""

    ids: tuple[str, ...]
    group: tuple[str, ...]
    kind: str
    columns: tuple[str | None, ...]
    fields: tuple[str, ...]
    base: tuple[str, ...]
    sides: tuple[Side, ...]

    @property
    def words(self) -> str:
        """`annual value, currency`."""
        return ", ".join(self.fields)

    @property
    def is_whole(self) -> bool:
        """Whether it is about the row itself."""
        return not self.group


class ConflictRow(NamedTuple):
    """The open conflicts of one row: `Aurora Tissue`, `Item W-014`. `customer` is empty for rows of none; `owner` is
    the id of its BRM."""

    table: str
    key: str
    customer_id: str | None
    customer: str
    owner: str | None
    words: str
    conflicts: tuple[OpenConflict, ...]

    def concerns(self, me: Me) -> bool:
        """Whether I wrote a side of it, or it is about a customer of mine."""
        writers = (one for open in self.conflicts for side in open.sides for one in side.writers)
        return bool(me.member and self.owner == me.member) or me.wrote(writers)


class Decided(NamedTuple):
    """A question that was decided, by each who did and how (`took € 90,000`), the first to reach the hub first;
    `stands` as it is now."""

    table: str
    customer_id: str | None
    customer: str
    owner: str | None
    words: str
    fields: str
    decisions: tuple[tuple[Decision, str], ...]
    stands: str
    writers: tuple[Writer, ...]

    @property
    def differently(self) -> bool:
        """Whether two decided otherwise."""
        return len({words for _, words in self.decisions}) > 1

    def is_news(self, me: Me) -> bool:
        """Whether somebody else decided what concerns me, or otherwise than I did."""
        members = {decision.member for decision, _ in self.decisions}
        mine = bool(me.member and (self.owner == me.member or me.member in members)) or me.wrote(self.writers)
        return mine and members != {me.member}


def open_count(db: Connection) -> int:
    """How many questions wait for somebody to decide them."""
    return sum(len(row.conflicts) for row in open_rows(db))


def open_rows(db: Connection, limit: int = MOST_SHOWN) -> list[ConflictRow]:
    """The open conflicts, by row, in the order of customers and rows; of the rows that the newest `limit` are about."""
    conflicts = Conflicts(db)
    newest = "SELECT tbl, key FROM main.conflict WHERE resolution IS NULL ORDER BY at DESC, id LIMIT ?"
    open = conflicts.where(f"resolution IS NULL AND tbl <> 'conflict' AND (tbl, key) IN ({newest})", [limit])
    reading = _Reading(conflicts, open)
    found = []
    for key, questions in _by_row(open).items():
        asked = [reading.question(one) for one in questions]
        if told := tuple(one for one in asked if one is not None):
            found.append(ConflictRow(*key, *reading.of(key), told))
    found.sort(key=lambda row: (row.customer == "", row.customer.casefold(), row.words, row.key))
    return found


def decided(db: Connection) -> list[Decided]:
    """The questions that were decided within the last days, the newest first."""
    conflicts = Conflicts(db)
    since = iso(db.clock() - timedelta(days=DECIDED_DAYS))
    of: dict[tuple[Question, str], list[Conflict]] = defaultdict(list)
    for one in conflicts.where("resolution IS NOT NULL AND decided IS NOT NULL"):
        said = decisions(one.decided)
        if said and max(decision.at for decision in said) >= since:
            of[question_of(one.tbl, one.key, one.col), said[0].at].append(one)
    reading = _Reading(conflicts, [one for rows in of.values() for one in rows])
    found = [reading.decided(of[key]) for key in sorted(of, key=lambda key: key[1], reverse=True)]
    return [one for one in found if one is not None]


def _by_row(open: Iterable[Conflict]) -> dict[RowKey, list[list[Conflict]]]:
    """The conflicts of each question of each row; what follows from another question is with that."""
    questions: dict[Question, list[Conflict]] = defaultdict(list)
    for one in open:
        questions[question_of(one.tbl, one.key, one.col)].append(one)
    for question in list(questions):
        for part in what_follows(question):
            questions[question] += questions.pop(part, [])
    rows: dict[RowKey, list[list[Conflict]]] = defaultdict(list)
    for question in sorted(questions):
        rows[question[:2]].append(questions[question])
    return rows


class _Reading:
    """Rows, names and customers, each read once."""

    def __init__(self, conflicts: Conflicts, read: Sequence[Conflict]) -> None:
        self.conflicts, self.names = conflicts, Names(conflicts.db)
        of_row: dict[RowKey, list[Conflict]] = defaultdict(list)
        for one in read:
            of_row[one.tbl, one.key].append(one)
        self.now = {key: conflicts.current(key) for key in of_row}
        known = {
            key: next((row for c in rows if (row := whole_row(c)) is not None), {})
            for key, rows in of_row.items()
        }
        self.known: Mapping[RowKey, Columns] = {key: self.now[key] or row for key, row in known.items()}
        self._customers = Touched(conflicts.db).customers_with(known)

    def of(self, key: RowKey) -> tuple[str | None, str, str | None, str]:
        """Customer, its name and BRM, and the words of a row."""
        id, name = self._customers[key]
        owner = self.conflicts.db.row("SELECT owner_id FROM main.customer WHERE id = ?", [id])
        words = row_words(key[0], self.known[key], self.names.name, self.names.today)
        return id, name, owner[0] if owner else None, words

    def question(self, conflicts: Sequence[Conflict]) -> OpenConflict | None:
        """One question in words; None where all sides read the same, so that there is nothing to decide."""
        sides = sides_of(conflicts)
        first = sides[0][0]
        before = {(one.tbl, one.key, one.col): one for side in reversed(sides) for one in side}
        fields = sorted(before, key=lambda field: (PLACE_OF.get(field[0], -1), _place(*field[::2]), field))
        standing = {field: self._stands(before[field]) for field in fields}
        texts = [standing, *({(c.tbl, c.key, c.col): self._mine(c) for c in side} for side in sides)]
        if first.col is not None:
            fields = [f for f in fields if len({text.get(f, standing[f]) for text in texts}) > 1]
            fields = [field for field in fields if field[2] not in _STAMPS] or fields
            if not fields:
                return None
        told = [tuple(text.get(field, standing[field]) for field in fields) for text in texts]
        return OpenConflict(
            ids=tuple(one.id for one in conflicts),
            group=question_of(first.tbl, first.key, first.col)[2],
            kind=max(conflicts, key=lambda one: (one.at, one.id)).kind,
            columns=tuple(
                column if (table, key) == (first.tbl, first.key) else None for table, key, column in fields
            ),
            fields=tuple(self._field(first, *field) for field in fields),
            base=tuple(self._base(before[field]) for field in fields),
            sides=self._told(sides, told, self._kept_by(sides, fields)),
        )

    def decided(self, conflicts: Sequence[Conflict]) -> Decided | None:
        """One that was decided, in words; None where nobody could tell the sides apart."""
        sides, first = sides_of(conflicts), conflicts[0]
        differ = {
            one.col for one in conflicts if one.col not in _STAMPS and self._mine(one) != self._kept(one)
        }
        shown = [one for one in conflicts if one.col is None or one.col in differ]
        if not shown:
            return None
        by = dict.fromkeys(one._replace(resolution="") for c in shown for one in decisions(c.decided))
        told = tuple((one, self._how(one, shown, sides)) for one in by)
        writers = [Writer(c.author or "", c.device or "", c.member or "") for c in shown]
        id, name, owner, words = self.of((first.tbl, first.key))
        fields = dict.fromkeys(self._field(first, c.tbl, c.key, c.col) for c in shown)
        stands = dict.fromkeys(self._stands(c) for c in {c.col: c for c in shown}.values())
        return Decided(
            first.tbl,
            id,
            name,
            owner,
            words,
            ", ".join(fields),
            told,
            ", ".join(stands),
            (*writers, *(Writer.of_text(c.kept_by) for c in shown)),
        )

    def _how(self, by: Decision, shown: Sequence[Conflict], sides: Sequence[Sequence[Conflict]]) -> str:
        """What somebody decided: `took € 90,000`."""
        said = {c.id: one.resolution for c in shown for one in decisions(c.decided) if one[:3] == by[:3]}
        if "edited" in said.values():
            return "wrote something else"
        for side in sides:
            if any(said.get(one.id) == "took mine" for one in side):
                return f"took {', '.join(self._mine(one) for one in side if one in shown)}"
        return "left it as it was"

    def _kept(self, conflict: Conflict) -> str:
        return self._value(conflict, loaded(conflict.kept)) if conflict.col else ""

    def _told(
        self, sides: Sequence[Sequence[Conflict]], told: Sequence[tuple[str, ...]], kept_by: Writer | None
    ) -> tuple[Side, ...]:
        """What stands and each other reading once, with all who wrote it."""
        found = {told[0]: Side((), told[0], (kept_by,) if kept_by else ())}
        # A row that is looked at as a whole may read as what stands, and is still its author's.
        for side, texts in zip(sides, told[1:], strict=True):
            at = iso(side[0].at)
            writer = Writer(side[0].author or "", side[0].device or "", side[0].member or "", at, at)
            known = found.setdefault(texts, Side((), texts, ()))
            ids = (*known.ids, *(one.id for one in side)) if known.texts != told[0] else ()
            found[texts] = Side(ids, texts, (*known.writers, writer))
        return tuple(found.values())

    def _kept_by(self, sides: Sequence[Sequence[Conflict]], fields: Sequence[Any]) -> Writer | None:
        """Who wrote what stands, as far as the newest conflict whose `kept` still stands tells; None if none does."""
        for side in reversed(sides):
            of = [one for one in side if (one.tbl, one.key, one.col) in fields]
            if of and all(self._is_kept(one) for one in of):
                return next((Writer.of_text(one.kept_by) for one in of if one.kept_by), Writer())
        return None

    def _is_kept(self, conflict: Conflict) -> bool:
        now = self.now[conflict.tbl, conflict.key]
        if conflict.col is None:
            return as_object(conflict.kept) == now
        return now is not None and loaded(conflict.kept) == now.get(conflict.col)

    def _field(self, first: Conflict, table: str, key: str, column: str | None) -> str:
        if column is None:
            return WHOLE_ROW
        words = column_words(table, column)
        return words if (table, key) == (first.tbl, first.key) else f"{table.replace('_', '-')}: {words}"

    def _value(self, conflict: Conflict, value: object) -> str:
        key = (conflict.tbl, conflict.key)
        return self.names.value(conflict.tbl, str(conflict.col), value, self.known[key]).strip()

    def _row(self, conflict: Conflict, row: Columns | None, but: Columns | None = None) -> str:
        # Beside the base only what differs from it is of interest.
        return all_shown(conflict.tbl, row, lookup=self.names.name, today=self.names.today, but=but)

    def _base(self, conflict: Conflict) -> str:
        if conflict.col is not None:
            return self._value(conflict, loaded(conflict.base))
        base = as_object(conflict.base)
        return NOTHING if base is None else self._row(conflict, base)

    def _mine(self, conflict: Conflict) -> str:
        if conflict.col is not None:
            return self._value(conflict, loaded(conflict.mine))
        return self._row(conflict, as_object(conflict.mine), as_object(conflict.base))

    def _stands(self, conflict: Conflict) -> str:
        now = self.now[conflict.tbl, conflict.key]
        if now is None:
            return "not there" if conflict.kind in _NOT_THERE else "taken back"
        if conflict.col is not None:
            return self._value(conflict, now.get(conflict.col))
        return self._row(conflict, now, as_object(conflict.base))


def _place(table: str, column: str | None) -> int:
    """What is said first of columns that belong together."""
    return belongs_to(table, column).index(column) if column else 0
