"""When a customer is due, and the best reason to visit. Standard library only: the first screen reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.days import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOON_DAYS = 14
"""Due, and worth a look, from this many days before the due date."""
_SATURDAY = 5
_MOST_LETTERS = 48
Urgency = Literal["late", "due", "fine"]


def days_late(due_on: date | None, today: date) -> int:
    """Days past the due date, negative before it; 0 for a customer never visited, who is due at once."""
    return (today - due_on).days if due_on is not None else 0


def band(due_on: date | None, today: date, cadence_days: int) -> Urgency:
    """`late` from a tenth of the cadence past due on, `due` from 14 days before the due date, else `fine`."""
    late = days_late(due_on, today)
    if late > cadence_days / 10:
        return "late"
    return "due" if late >= -SOON_DAYS else "fine"


def cycle(due_on: date | None, today: date, cadence_days: int) -> float:
    """How much of the cadence is used: 0 on the day of a visit, 1 on the due date, more when late."""
    return max(0.0, 1 + days_late(due_on, today) / cadence_days)


def next_visit(after: date, cadence_days: int, weekday: int | None = None) -> date:
    """The day to propose: the last usual `weekday` (0 Monday) on or before the due date, never on a weekend.

    Without a usual working day, or with a cadence too short to hold it, the last working day until the due date;
    where there is none either, the first one after it.
    """
    due = after + timedelta(days=cadence_days)
    if weekday is not None and weekday < _SATURDAY:
        proposed = due - timedelta(days=(due.weekday() - weekday) % 7)
        if proposed > after:
            return proposed
    proposed = due - timedelta(days=max(0, due.weekday() - _SATURDAY + 1))
    if proposed > after:
        return proposed
    return due + timedelta(days=7 - due.weekday())


class Sign(NamedTuple):
    """Something that speaks for a visit: whom or what it is about, its day, and whether its time has passed."""

    who: str
    day: date | None = None
    late: bool = False


class Signals(NamedTuple):
    """What speaks for a visit to one customer.

    `unhappy`: a decision maker whose counting 0–6 nobody has called about. `calls`: whom to call, and `loops`: whose
    next step after a call is owed, each by when it is due. `out_of_service`, `near_limit`, `to_report`: the tags of
    those items (store/facts/verdicts.py). `resolved`: tickets that were followed through and not yet shown. `actions`:
    open ones by due day, `off_target` measures that fell off it, `streams` planned. `in_progress_since`: when the
    visit that is under way began.
    """

    due_on: date | None = None
    cadence_days: int = 90
    planned_on: date | None = None
    unhappy: Sign | None = None
    calls: Sequence[Sign] = ()
    loops: Sequence[Sign] = ()
    actions: Sequence[Sign] = ()
    resolved: Sequence[Sign] = ()
    off_target: Sequence[Sign] = ()
    streams: Sequence[Sign] = ()
    in_progress_since: date | None = None
    out_of_service: Sequence[str] = ()
    near_limit: Sequence[str] = ()
    to_report: Sequence[str] = ()


Kind = Literal[
    "unhappy", "out_of_service", "near_limit", "to_report", "resolved_ticket", "call", "kpi", "action", "in_progress",
    "stream", "planned", "never", "cadence",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why to go there, as text of at most 48 letters; with how many, which day and who or what it is about."""

    kind: Kind
    text: str
    count: int | None = None
    day: date | None = None
    who: str | None = None


def reasons(signals: Signals, today: date) -> list[Reason]:
    """All that speaks for a visit, best first; a narrow column cuts the text.

    Nothing that we would like to sell goes before somebody unhappy, and before what we owe. Names, a ticket's subject
    and a KPI's name come as they were typed: paint them as data.
    """
    return [*_owed(signals, today), *_found(signals, today), *_coming(signals, today)]


def _owed(signals: Signals, today: date) -> Iterator[Reason]:
    if signals.unhappy is not None:
        yield _about("unhappy", "Unhappy, call ", [signals.unhappy])
    owed: tuple[tuple[Kind, str, Sequence[Sign]], ...] = (
        ("call", "Call", signals.calls), ("call", "Loop", signals.loops), ("action", "Action", signals.actions),
    )  # fmt: skip
    for kind, what, signs in owed:
        if late := [sign for sign in signs if sign.late]:
            yield _about(kind, f"{what} overdue: ", late)


def _found(signals: Signals, today: date) -> Iterator[Reason]:
    yield from _of_items("out_of_service", signals.out_of_service, "out of service")
    yield from _of_items("near_limit", signals.near_limit, "near limit")
    yield from _of_items("to_report", signals.to_report, "to report")
    if signals.resolved:
        yield _about("resolved_ticket", "Fixed: ", signals.resolved)
    yield from _soon("call", "Call", signals.calls, today)
    if signals.off_target:
        yield _about("kpi", "Off target: ", signals.off_target)
    yield from _soon("action", "Action", signals.actions, today)


def _coming(signals: Signals, today: date) -> Iterator[Reason]:
    # The row's mark tells of a visit under way already: what it is for says more.
    if (begun := signals.in_progress_since) is not None:
        words = "Visit in progress" if begun == today else f"In progress since {day_words(begun, today)}"
        yield Reason("in_progress", words, day=begun)
    if signals.streams:
        yield _about("stream", "Stream planned: ", signals.streams)
    if signals.planned_on is not None and signals.planned_on >= today:
        yield Reason("planned", f"Planned {day_words(signals.planned_on, today)}", day=signals.planned_on)
    if signals.due_on is None:
        yield Reason("never", "Never visited")
        return
    every = "Every day" if signals.cadence_days == 1 else f"Every {signals.cadence_days} days"
    yield Reason("cadence", every, signals.cadence_days, signals.due_on)


def _of_items(kind: Kind, tags: Sequence[str], what: str) -> Iterator[Reason]:
    """One item is named, several are counted; `who` names up to three."""
    if tags:
        one = f"{tags[0]} {what}"
        named = len(tags) == 1 and len(one) <= _MOST_LETTERS
        words = one if named else f"{len(tags)} item{'' if len(tags) == 1 else 's'} {what}"
        yield Reason(kind, words, len(tags), who=", ".join(tags[:3]))


def _soon(kind: Kind, what: str, signs: Sequence[Sign], today: date) -> Iterator[Reason]:
    """Only what is due today or tomorrow speaks for a visit already, and only where nothing of it is late."""
    if signs and not signs[0].late and signs[0].day is not None:
        words = {0: "today", 1: "tomorrow"}.get((signs[0].day - today).days)
        if words:
            yield _about(kind, f"{what} due {words}: ", [sign for sign in signs if sign.day == signs[0].day])


def _about(kind: Kind, before: str, signs: Sequence[Sign]) -> Reason:
    """The first of several is named, all are counted."""
    first = signs[0]
    return Reason(kind, _fitting(before, first.who), len(signs), first.day, first.who)


def _fitting(before: str, name: str) -> str:
    """`name` cut so that the whole fits its column and what happened to it can still be read."""
    room = _MOST_LETTERS - len(before)
    return before + (name if len(name) <= room else name[: room - 1].rstrip() + "…")
