"""What the sample is collected in: rows by table, seeded chance, ids and moments that never ask the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from radar_tui.domain.action import Action
from radar_tui.domain.customer import Benchmark, Contact, Customer, Market
from radar_tui.domain.follow_up import FollowUp
from radar_tui.domain.integrity import Finding, Item, Stream
from radar_tui.domain.opportunity import Opportunity, OpportunityLine, Part
from radar_tui.domain.promise import Promise, PromiseCheck, Want
from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.domain.response import Response
from radar_tui.domain.row import Row
from radar_tui.domain.scorecard import KindMeasure, Measure, Reading, Scorecard
from radar_tui.domain.service import Ticket
from radar_tui.domain.visit import Answer, Attendee, Visit
from radar_tui.store.ids import fact_id

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST_DAY = date(2026, 12, 3)
FIRST_DAY = date(2024, 12, 4)

# In the order in which foreign keys allow them to be written.
TABLES: dict[str, type[Row]] = {
    "market": Market,
    "benchmark": Benchmark,
    "colleague": Colleague,
    "part": Part,
    "promise": Promise,
    "customer": Customer,
    "contact": Contact,
    "counterpart": Counterpart,
    "stream": Stream,
    "item": Item,
    "visit": Visit,
    "attendee": Attendee,
    "answer": Answer,
    "finding": Finding,
    "opportunity": Opportunity,
    "opportunity_line": OpportunityLine,
    "response": Response,
    "follow_up": FollowUp,
    "measure": Measure,
    "reading": Reading,
    "scorecard": Scorecard,
    "kind_measure": KindMeasure,
    "action": Action,
    "ticket": Ticket,
    "promise_check": PromiseCheck,
    "want": Want,
}
_TABLE_OF = {model: table for table, model in TABLES.items()}

T = TypeVar("T")
R = TypeVar("R", bound=Row)


class World:
    """The rows of the sample so far, by table, in the order in which they were added."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in TABLES}

    def add(self, row: R) -> R:
        """Keep a row."""
        self.rows[_TABLE_OF[type(row)]].append(row)
        return row

    def all(self, model: type[R]) -> list[R]:
        """The rows of one model so far."""
        return [row for row in self.rows[_TABLE_OF[model]] if isinstance(row, model)]

    def mark_some(self) -> None:
        """Somebody said of one note, action, line and new stream that it is ours, and of another that it is not."""
        for rows in self.rows.values():
            said = [place for place, row in enumerate(rows) if _may_be_ours(row)]
            for share, ours in ((3, True), (2, False)):
                if said:
                    place = said[len(said) // share]
                    rows[place] = rows[place].model_copy(update={"ours": ours})


def _may_be_ours(row: Row) -> bool:
    """Whether a key of the visit may mark this row."""
    words = getattr(row, "note", None) or getattr(row, "title", None) or getattr(row, "description", None)
    return "ours" in type(row).model_fields and bool(words) and getattr(row, "kind", None) != "service"


def chance(*name: object) -> Random:
    """A generator of its own for each purpose, so that a change in one place leaves the others as they were."""
    return Random("radar sample/" + "/".join(str(part) for part in name))


def sample_id(table: str, *name: object) -> str:
    """The id of a row that in life would have a UUIDv7; here from what names it."""
    return fact_id("sample " + table, *(str(part) for part in name))


def at(day: date, minutes: int) -> datetime:
    """A moment: `minutes` after midnight UTC of a day."""
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)


def workday(day: date, step: int = 1) -> date:
    """The day itself, or the next (step 1) or last (step -1) one that is not on a weekend."""
    while day.weekday() >= 5:
        day += timedelta(days=step)
    return day


def later(day: date, working_days: int) -> date:
    """So many working days after a day."""
    for _ in range(working_days):
        day = workday(day + timedelta(days=1))
    return day


def between(curve: Sequence[tuple[float, float]], x: float) -> float:
    """A value on a broken line through the points of `curve`, level before the first and after the last."""
    before = curve[0]
    for after in curve:
        if x <= after[0]:
            if after[0] == before[0]:
                return after[1]
            share = (x - before[0]) / (after[0] - before[0])
            return before[1] + share * (after[1] - before[1])
        before = after
    return before[1]


def elapsed(day: date) -> float:
    """How far into the two years a day lies, 0 to 1."""
    return (day - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days


def pick(random: Random, weighted: Sequence[tuple[T, int]]) -> T:
    """One of the choices by their weights."""
    return random.choices([choice for choice, _ in weighted], [weight for _, weight in weighted])[0]
