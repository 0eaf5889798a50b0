"""Visits, calls and actions as an iCalendar file (RFC 5545): every entry keeps its UID, so a second import updates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.text import one_line
from radar_tui.files import written
from radar_tui.store.lists.agenda import agenda
from radar_tui.store.reading import stored_day, stored_moment

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Component, Event, Todo

    from radar_tui.store.lists.agenda import AgendaRow
    from radar_tui.store.store import Store

_EVENTS = {"open": "CONFIRMED", "done": "CONFIRMED", "off": "CANCELLED"}
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_TODOS = {"open": "NEEDS-ACTION", "done": "COMPLETED", "off": "CANCELLED"}


def write_calendar(store: Store, path: Path, owner_id: str | None = None, *, force: bool = False) -> int:
    """All entries of `store.agenda`, counted. Raises RadarError, with nothing written."""
    now = store.clock()
    rows = agenda(store, now.date(), owner_id)
    with written(path, database=store.path, force=force) as part:
        part.write_bytes(calendar(rows, now))
    return len(rows)


def calendar(rows: list[AgendaRow], now: datetime) -> bytes:
    """The file. Visits are whole days; calls are due at a moment, in UTC, so no change of the clocks moves them."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Radar//Radar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Radar")
    for row in rows:
        made.add_component(_event(row, now) if row.kind == "visit" else _todo(row, now))
    text: bytes = made.to_ical()
    return text


def _event(row: AgendaRow, now: datetime) -> Component:
    from icalendar import Event

    made = Event()
    _common(made, row, now)
    day = stored_day(row.due) or now.date()
    made.add("dtstart", day)
    made.add("dtend", day + timedelta(days=1))
    made.add("status", _EVENTS[row.state])
    made.add("transp", "OPAQUE")
    if row.place:
        made.add("location", one_line(row.place))
    return made


def _todo(row: AgendaRow, now: datetime) -> Component:
    from icalendar import Todo

    made = Todo()
    _common(made, row, now)
    if row.kind == "call":
        made.add("due", stored_moment(row.due).astimezone(UTC))
    else:
        made.add("due", stored_day(row.due) or now.date())
    made.add("status", _TODOS[row.state])
    if row.state == "done":
        # A completed to-do has a moment; of an action only the day is known.
        done = row.done or row.due
        at = stored_moment(done)
        made.add("completed", at.astimezone(UTC) if at.tzinfo else at.replace(hour=12, tzinfo=UTC))
        made.add("percent-complete", 100)
    return made


def _common(made: Event | Todo, row: AgendaRow, now: datetime) -> None:
    made.add("uid", f"{row.kind}-{row.id}@radar")
    # No row of ours says when it last changed, so the newest file holds: calendars go by SEQUENCE, then by DTSTAMP.
    made.add("dtstamp", now.astimezone(UTC))
    made.add("last-modified", now.astimezone(UTC))
    made.add("sequence", int((now - _COUNTED_FROM).total_seconds() // 60))
    summary, description = words(row)
    made.add("summary", summary)
    if description:
        made.add("description", description)


def words(row: AgendaRow) -> tuple[str, str]:
    """What an entry is called, and what stands below: no score, as a calendar is often seen by others."""
    customer, owner = one_line(row.customer) or "ourselves", one_line(row.owner)
    by = [f"By {owner}"] if owner else []
    if row.kind == "visit":
        what = one_line(row.what)
        return (f"Visit {customer}", "\n".join([what, *by])) if row.customer else (what, "\n".join(by))
    if row.kind == "call":
        phone = [one_line(row.phone)] if row.phone else []
        first = row.what.partition("\n")[0].capitalize() + ":" if row.called else "Call"
        return f"{first} {one_line(row.contact)}, {customer}", "\n".join([row.what, *phone, *by])
    return f"{one_line(row.what)} ({customer})", "\n".join(by)
