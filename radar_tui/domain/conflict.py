"""Two people changed the same thing on two laptops: what stands, and what the other one wrote."""

from __future__ import annotations

from typing import Literal

from radar_tui.domain.row import Moment, Row

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
    JSON: the value of the field, or an object of column to value, null where there was no row. `device` and `author`
    say whose `mine` it is; `entry` is the number of the log entry that holds what stands, 0 if unknown.
    `resolution` is None while nobody has decided.
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
