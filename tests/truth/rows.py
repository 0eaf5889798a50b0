"""The rows of a database as plain objects, read by sqlite3 alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    status: str
    cadence_days: int
    archived_at: datetime | None
    kind: str
    market_id: str | None
    owner_id: str | None
    annual_value: int
    currency: str


@dataclass(frozen=True)
class Visit:
    id: str
    customer_id: str | None
    checklist_id: str
    occasion: str
    status: str
    brm_id: str | None
    planned_on: date | None
    started_at: datetime | None
    completed_at: datetime | None
    completed_on: date | None


@dataclass(frozen=True)
class Contact:
    id: str
    customer_id: str
    name: str
    role: str
    left_on: date | None


@dataclass(frozen=True)
class Response:
    id: str
    customer_id: str
    contact_id: str
    question: str
    score: int
    asked_on: date
    voided_at: datetime | None
    visit_id: str | None
    verbatim: str


@dataclass(frozen=True)
class FollowUp:
    id: str
    response_id: str
    play: str
    status: str
    due_at: datetime
    owner_id: str | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Action:
    id: str
    customer_id: str | None
    visit_id: str | None
    status: str
    title: str
    owner_id: str | None
    due_on: date | None
    done_on: date | None
    ours: int | None


@dataclass(frozen=True)
class Colleague:
    id: str
    left_on: date | None


@dataclass(frozen=True)
class Attendee:
    id: str
    visit_id: str
    contact_id: str


@dataclass(frozen=True)
class Counterpart:
    id: str
    contact_id: str
    colleague_id: str
    met_on: date | None


@dataclass(frozen=True)
class Item:
    id: str
    customer_id: str
    stream_id: str | None
    tag: str
    installed_on: date | None
    refurbished_on: date | None
    retired_on: date | None


@dataclass(frozen=True)
class Finding:
    id: str
    visit_id: str
    item_id: str
    verdict: str
    note: str
    found_at: datetime


@dataclass(frozen=True)
class Opportunity:
    id: str
    customer_id: str
    visit_id: str | None
    kind: str
    stage: str
    probability: int
    currency: str
    expected_on: date | None


@dataclass(frozen=True)
class Line:
    id: str
    opportunity_id: str
    part_id: str | None
    item_id: str | None
    quantity: int
    unit_price: int
    decision: str
    ours: int | None
    needed_by: date | None
    decided_on: date | None


@dataclass(frozen=True)
class Part:
    id: str
    lead_days: int


@dataclass(frozen=True)
class Ticket:
    id: str
    customer_id: str
    reference: str
    kind: str
    category: str
    priority: str
    subject: str
    opened_at: datetime
    closed_at: datetime | None
    satisfied: int | None
    followed_up_by: str | None
    followed_up_on: date | None
    outcome: str
    shown_on: date | None


@dataclass(frozen=True)
class Measure:
    id: str
    customer_id: str
    perspective: str
    name: str
    unit: str
    worst: float
    best: float
    target: float | None
    weight: float
    valid_days: int
    for_customer: int


@dataclass(frozen=True)
class KindMeasure:
    id: str
    kind: str
    perspective: str
    name: str
    worst: float
    best: float
    weight: float
    valid_days: int


@dataclass(frozen=True)
class Reading:
    id: str
    measure_id: str
    as_of: date
    value: float


@dataclass(frozen=True)
class Scorecard:
    id: str
    customer_id: str
    as_of: date
    value: float | None
    coverage: float


@dataclass(frozen=True)
class Stream:
    id: str
    customer_id: str
    name: str
    status: str


@dataclass(frozen=True)
class Promise:
    id: str
    title: str
    made_on: date
    retired_on: date | None


@dataclass(frozen=True)
class Check:
    id: str
    promise_id: str
    visit_id: str
    kept: int | None


@dataclass(frozen=True)
class Want:
    id: str
    customer_id: str | None
    visit_id: str | None
    title: str
    decision: str
    ours: int | None


@dataclass(frozen=True)
class Answer:
    id: str
    visit_id: str
    question: str
    subject_id: str | None


@dataclass(frozen=True)
class Checklist:
    id: str
    title: str
    definition: str


@dataclass(frozen=True)
class Rows:
    """The tables that the oracle reads."""

    customers: list[Customer]
    visits: list[Visit]
    contacts: list[Contact]
    responses: list[Response]
    follow_ups: list[FollowUp]
    actions: list[Action]
    colleagues: list[Colleague]
    attendees: list[Attendee]
    counterparts: list[Counterpart]
    items: list[Item]
    findings: list[Finding]
    opportunities: list[Opportunity]
    lines: list[Line]
    parts: list[Part]
    tickets: list[Ticket]
    measures: list[Measure]
    readings: list[Reading]
    kind_measures: list[KindMeasure]
    scorecards: list[Scorecard]
    streams: list[Stream]
    promises: list[Promise]
    checks: list[Check]
    wants: list[Want]
    answers: list[Answer]
    checklists: list[Checklist]


_READ: dict[str, Callable[[Any], object]] = {
    "date | None": lambda text: date.fromisoformat(text) if text else None,
    "date": date.fromisoformat,
    "datetime | None": lambda text: datetime.fromisoformat(text) if text else None,
    "datetime": datetime.fromisoformat,
}


def _as_it_is(value: object) -> object:
    return value


def read(path: Path) -> Rows:
    """The rows of a file that nobody writes meanwhile, without what hangs on a visit that was begun by mistake."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return Rows(
            _table(connection, "customer", Customer),
            _table(connection, "visit", Visit),
            _table(connection, "contact", Contact),
            _table(connection, "response", Response),
            _table(connection, "follow_up", FollowUp),
            _table(connection, "action", Action),
            _table(connection, "colleague", Colleague),
            _table(connection, "attendee", Attendee),
            _table(connection, "counterpart", Counterpart),
            _table(connection, "item", Item),
            _table(connection, "finding", Finding),
            _table(connection, "opportunity", Opportunity),
            _table(connection, "opportunity_line", Line),
            _table(connection, "part", Part),
            _table(connection, "ticket", Ticket),
            _table(connection, "measure", Measure),
            _table(connection, "reading", Reading),
            _table(connection, "kind_measure", KindMeasure),
            _table(connection, "scorecard", Scorecard),
            _table(connection, "stream", Stream),
            _table(connection, "promise", Promise),
            _table(connection, "promise_check", Check),
            _table(connection, "want", Want),
            _table(connection, "answer", Answer),
            _table(connection, "checklist", Checklist),
        )


def _table(connection: sqlite3.Connection, table: str, kind: type[T]) -> list[T]:
    names = [(each.name, _READ.get(str(each.type), _as_it_is)) for each in fields(kind)]  # type: ignore[arg-type]
    columns = ", ".join(name for name, _ in names)
    rows = connection.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()
    hidden = _hidden(connection, table)
    return [
        kind(**{name: made(value) for (name, made), value in zip(names, row, strict=True)})
        for row in rows
        if dict(zip((name for name, _ in names), row, strict=True))["id"] not in hidden
    ]


def _hidden(connection: sqlite3.Connection, table: str) -> set[str]:
    """What hangs on a visit that was begun by mistake. An answer of the customer's always counts."""
    visits = connection.execute("SELECT id, status, started_at FROM visit").fetchall()
    gone = {id for id, status, started in visits if status == "cancelled" and started is not None}
    parents = {"opportunity_line": ("opportunity_id", "opportunity")}
    column, above = parents.get(table, ("visit_id", ""))
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    if table == "response" or column not in there or not gone:
        return set()
    mistaken = _hidden(connection, above) if above else gone
    return {id for id, of in connection.execute(f"SELECT id, {column} FROM {table}") if of in mistaken}
