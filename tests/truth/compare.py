"""Every surface against the truth: each difference is a sentence that Radar says and that is not so."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from radar_tui.cli import looking, main
from radar_tui.domain.cadence import band
from radar_tui.domain.company import Filters
from radar_tui.domain.days import iso
from radar_tui.store.lists import exports
from radar_tui.store.lists.agenda import agenda
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.company import company
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.follow_up import FollowUpLists
from radar_tui.store.lists.over_time import SPAN_DAYS, over_time
from radar_tui.store.lists.radar import Radar
from tests.truth import answers_shown, calendar, cards_shown, left, papers, spoken
from tests.truth.of_business import of_business
from tests.truth.of_items import of_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth

Difference = tuple[str, str, object, object]
"""Where, what of, what it says, what is so."""


def differences(
    store: Store, truth: Truth, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[Difference]:
    """What any surface says that is not so; `store` has the clock of `truth`."""
    monkeypatch.setattr(looking, "opened", lambda _: nullcontext(store))
    assert main.main(["due", "--all", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    pairs = [
        *_duties(store, truth, told),
        *_radar(store, truth),
        *_due(told, truth),
        *_customers(store, truth),
        *_company(store, truth),
        *left.differences(store, truth),
        *answers_shown.differences(store, truth, told, monkeypatch, capsys),
        *cards_shown.differences(store, truth, told, monkeypatch, capsys),
        *of_items(store, truth, told),
        *of_business(store, truth),
        *spoken.differences(store, truth, told, monkeypatch, capsys),
        *calendar.differences(store, truth),
        *papers.differences(store, truth),
    ]
    return [pair for pair in pairs if pair[2] != pair[3]]


def _radar(store: Store, truth: Truth) -> Iterator[Difference]:
    there, today = truth.on_the_radar, truth.today
    radar = Radar(store)
    counts = radar.counts(today)
    dues = [truth.due(one) for one in there]
    yield "radar", "customers", counts.all, len(there)
    yield "radar", "never", counts.never, dues.count(None)
    yield "radar", "overdue", counts.overdue, sum(due is not None and due < today for due in dues)
    marks = [truth.mark(one) for one in there]
    yield "radar", "marked", (counts.late, counts.due), (marks.count("late"), marks.count("due"))
    rows = [row for offset in range(0, counts.all, 3) for row in radar.page(today, offset, 3)]
    yield "radar", "order", [row.customer_id for row in rows], [one.id for one in there]
    yield "radar", "filtered", radar.matching("", today), [one.id for one in there]
    for row, one in zip(rows, there, strict=False):
        drawn = band(row.due_on, today, row.cadence_days)
        yield "radar", f"{one.name} mark", drawn, truth.mark(one)
        yield "radar", f"{one.name} seen", row.last_seen, truth.seen(one)
        yield "radar", f"{one.name} due", row.due_on, truth.due(one)
        yield "radar", f"{one.name} planned", row.planned_on, truth.planned(one)
        yield "radar", f"{one.name} in progress", row.in_progress_since, truth.in_progress_since(one)


def _due(told: list[dict[str, Any]], truth: Truth) -> Iterator[Difference]:
    there = truth.on_the_radar
    yield "due --json", "order", [row["customer_id"] for row in told], [one.id for one in there]
    for row, one in zip(told, there, strict=False):
        seen, due = truth.seen(one), truth.due(one)
        yield "due --json", f"{one.name} seen", row["last_seen"], seen.isoformat() if seen else None
        yield "due --json", f"{one.name} due", row["due_on"], due.isoformat() if due else None
        begun = truth.in_progress_since(one)
        days = [each["day"] for each in row["reasons"] if each["kind"] == "in_progress"]
        yield "due --json", f"{one.name} in progress", row["in_progress_since"], begun and begun.isoformat()
        yield "due --json", f"{one.name} reason", days, [begun.isoformat()] if begun else []
        yield "due --json", f"{one.name} late", row["days_late"], (truth.today - due).days if due else 0


def _customers(store: Store, truth: Truth) -> Iterator[Difference]:
    exported = {row[-3]: row for row in exports.rows(store, exports.EXPORTS["customers"])}
    named = [name for name, _ in exports.EXPORTS["customers"].columns]
    for one in truth.rows.customers:
        seen = truth.seen(one)
        yield "brief", f"{one.name} seen", brief(store, one.id, truth.today).last_seen, seen
        drawn = [
            each.day for each in over_time(store, one.id, truth.today).visits if each.status == "completed"
        ]
        since = truth.today - timedelta(days=SPAN_DAYS)
        held = [day for day in truth.visit_days(one) if since < day <= truth.today]
        yield "over time", f"{one.name} visits", drawn, held
        if one in truth.on_the_radar:
            head = CustomerLists(store, one.id).head()
            yield "customer", f"{one.name} seen", head and head.last_seen, seen
            begun = truth.in_progress_since(one)
            yield "customer", f"{one.name} in progress", head and head.in_progress_since, begun
            day = exported[one.id][named.index("last_seen")]
            yield "export", f"{one.name} seen", day, seen.isoformat() if seen else None


def _duties(store: Store, truth: Truth, told: list[dict[str, Any]]) -> Iterator[Difference]:
    late = sum(truth.late(duty) for duty, _ in truth.duties)
    yield "follow-ups", "open, late", FollowUpLists(store).counts(iso(truth.now)), (len(truth.duties), late)
    for one in truth.rows.customers:
        duties = truth.of(one)
        loops = [loop for loop in brief(store, one.id, truth.today).loops if loop.kind == "follow-up"]
        yield (
            "brief",
            f"{one.name} late",
            any(loop.late for loop in loops),
            any(truth.late(duty) for duty, _ in duties),
        )
        open_ = [(row.play, row.status, row.due_at) for row in CustomerLists(store, one.id).open_follow_ups()]
        so = [(duty.play, duty.status, duty.due_at) for duty, _ in duties]
        yield "customer", f"{one.name} open", sorted(open_), sorted(so)
    for row, one in zip(told, truth.on_the_radar, strict=True):
        said = {(each["kind"], each["text"]) for each in row["reasons"]}
        unhappy, duties = truth.unhappy(one), truth.of(one)
        named = {each["who"] for each in row["reasons"] if each["kind"] == "unhappy"}
        yield (
            "due --json",
            f"{one.name} unhappy",
            (len(named), named <= unhappy),
            (min(1, len(unhappy)), True),
        )
        for words, statuses in (("Call overdue", True), ("Loop overdue", False)):
            so_late = any(truth.late(duty) and (duty.status == "open") is statuses for duty, _ in duties)
            told_late = any(kind == "call" and text.startswith(words) for kind, text in said)
            yield "due --json", f"{one.name} {words}", told_late, so_late
        first = row["reasons"][0]
        yield "due --json", f"{one.name} first", first["kind"] == "unhappy", bool(unhappy)
        yield "due --json", f"{one.name} reason", row["reason"], first["text"]


def _company(store: Store, truth: Truth) -> Iterator[Difference]:
    dues = [truth.due(one) for one in truth.on_the_radar]
    share = company(store, truth.today, Filters()).in_time
    in_time = sum(due is not None and due > truth.today for due in dues)
    yield "company", "in time", (share.part, share.whole), (in_time, len(dues))
    days = {each.id: truth.visit_day(each) for each in truth.rows.visits}
    for row in agenda(store, truth.today):
        if row.kind == "visit" and row.state == "done":
            yield "calendar", row.id, row.done, str(days[row.id])
