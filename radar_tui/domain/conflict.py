"""Two people changed the same thing on two laptops: what stands, and what the other one wrote."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.row import Moment, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

ConflictKind = Literal[
    "both changed",
    "both added",
    "deleted there",
    "deleted here",
    "refused",
    "parent gone",
    "parent back",
    "unreadable",
]
Resolution = Literal["kept theirs", "took mine", "edited", "only the time differs"]

GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "customer": (("annual_value", "currency"),),
    "visit": (("status", "planned_on", "started_at", "completed_at", "completed_on"),),
    "answer": (("value", "flagged", "note", "answered_at"),),
    "finding": (("verdict", "measure", "note", "found_at"),),
    "part": (("unit_price", "currency"),),
    "benchmark": (("nps", "source", "year", "region"),),
    "opportunity": (("stage", "probability"),),
    "opportunity_line": (
        (
            "description",
            "part_id",
            "item_id",
            "quantity",
            "unit_price",
            "decision",
            "needed_by",
            "decided_on",
        ),
    ),
    "response": (("score", "verbatim"), ("voided_at", "void_reason")),
    "follow_up": (("status", "play", "due_at", "cause", "outcome", "gesture", "closed_at"),),
    "measure": (("worst", "best", "target", "unit"),),
    "kind_measure": (("worst", "best", "target", "unit"),),
    "action": (("status", "done_on"),),
    "ticket": (("satisfied", "comment"), ("followed_up_by", "followed_up_on", "outcome")),
    "promise_check": (("kept", "note"),),
    "want": (("decision", "promise_id"),),
}
"""Columns that say one thing only together: where two laptops differ in one of them, all of them are one side's, and
they are decided at once. What follows from a response's score goes its way, too."""

_STAMPS = frozenset(
    {
        ("answer", "answered_at"),
        ("finding", "found_at"),
        ("visit", "started_at"),
        ("follow_up", "due_at"),
        ("follow_up", "closed_at"),
    }
)
"""Moments that nobody types: they come with what was done."""


def belongs_to(table: str, column: str) -> tuple[str, ...]:
    """The columns that are decided with this one, itself among them."""
    return next((group for group in GROUPS.get(table, ()) if column in group), (column,))


Question = tuple[str, str, tuple[str, ...]]
"""What is decided at once: a table, the id of a row in it, and columns that belong together; none for the whole row."""


def question_of(table: str, key: str, column: str | None) -> Question:
    """What a conflict about a column (None: the whole row) is decided with."""
    return table, key, belongs_to(table, column) if column else ()


def nothing_to_decide(table: str, column: str, one: object, other: object, *, added: bool) -> bool:
    """Whether two values of a column mean the same: two moments of one minute, or that only say when something was
    done; `added` where the row was made on both sides."""
    if one == other:
        return True
    if not (column.endswith("_at") and isinstance(one, str) and isinstance(other, str)):
        return False
    return added or (table, column) in _STAMPS or one[:16] == other[:16]


class Conflict(Row):
    """One collision found by sync. It travels, so that anyone of the team may decide it.

    - both changed: one field; theirs stands
    - both added: the same key was made on two laptops, one field; theirs stands
    - deleted there: they took the row back; my edit stands
    - deleted here: I took the row back; their edit stands
    - refused: both changes together broke a rule of the schema, one field; theirs stands
    - parent gone: my row points to something that is not there; it is kept only here, whole
    - parent back: a row came back because another one needs it
    - unreadable: no Radar wrote this; it was put aside and is kept only here, a field or whole

    `tbl` and `key` name the row, `col` the field (None: the whole row). `base`, `kept` (what stands) and `mine` are
    JSON: the value of the field, or an object of column to value, null where there was no row. `device`, `author` (a
    name) and `member` (a colleague's id) say whose `mine` it is, and `at` when it was edited; `kept_by` says the same
    of `kept` (`Writer`), as far as it is known. `entry` is the number of the log entry that holds what stands, 0 if
    unknown. `resolution` is None while nobody has decided; `decided` tells who has (`decisions`).
    """

    kind: ConflictKind
    tbl: str
    key: str
    col: str | None = None
    base: str | None = None
    kept: str | None = None
    mine: str | None = None
    device: str | None = None
    author: str | None = None
    entry: int | None = None
    at: Moment
    resolution: Resolution | None = None
    member: str | None = None
    kept_by: str | None = None
    decided: str | None = None


class Writer(NamedTuple):
    """Whose a value is, and between which ISO moments it was edited; "" for what is not known. `sent` is when the
    entry with it was written."""

    author: str = ""
    device: str = ""
    member: str = ""
    first: str = ""
    last: str = ""
    sent: str = ""

    def as_text(self) -> str:
        return json.dumps({key: value for key, value in self._asdict().items() if value}, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str | None) -> Writer:
        """What `as_text` wrote; nobody where another program did."""
        known = _loaded(text)
        if not isinstance(known, dict):
            return cls()
        return cls(**{key: str(known[key]) for key in cls._fields if key in known})


class Me(NamedTuple):
    """This laptop and the BRM on it: what one of them wrote is mine, whatever the person is called today."""

    device: str
    member: str

    def wrote(self, writers: Iterable[Writer]) -> bool:
        """Whether this laptop wrote it, or the same person on another one."""
        return any(
            (self.device and one.device == self.device) or (self.member and one.member == self.member)
            for one in writers
        )


class Decision(NamedTuple):
    """Who decided a conflict, when (an ISO moment) and how."""

    author: str
    member: str
    at: str
    resolution: str


def decisions(text: str | None) -> tuple[Decision, ...]:
    """The decisions in `Conflict.decided`, the one that came first to the hub first; two people may have decided at
    once, and differently."""
    found = []
    known = _loaded(text)
    for one in known if isinstance(known, list) else ():
        with suppress(TypeError, AttributeError):  # another program may have written anything
            found.append(Decision(**{key: str(value) for key, value in one.items()}))
    return tuple(found)


def decisions_text(found: tuple[Decision, ...]) -> str:
    return json.dumps([one._asdict() for one in found], ensure_ascii=False)


def all_decisions(theirs: object, mine: object) -> object:
    """What `Conflict.decided` says where two laptops decided at once."""
    if not (isinstance(theirs, str) and isinstance(mine, str)):
        return theirs or mine
    before = decisions(theirs)
    return decisions_text((*before, *(one for one in decisions(mine) if one not in before)))


def _loaded(text: str | None) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(text or "null")
    return None
