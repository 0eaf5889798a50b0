"""What each surface says of items, against the truth."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from radar_tui.domain.brief import openers
from radar_tui.domain.days import iso
from radar_tui.store.lists import exports
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.visit import VisitLists
from tests.truth.verdicts import BEFORE, WHY, Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth
    from tests.truth.rows import Customer

Difference = tuple[str, str, object, object]


def of_items(store: Store, truth: Truth, told: list[dict[str, Any]]) -> Iterator[Difference]:
    """Every figure and name; `told` is what `radar due --all --json` said."""
    now, before = Verdicts(truth), Verdicts(truth, BEFORE)
    for row, one in zip(told, truth.on_the_radar, strict=True):
        said = [each for each in row["reasons"] if each["kind"] in WHY]
        yield "due --json", f"{one.name} items", said, now.reasons(one)
    for one in truth.rows.customers:
        yield from _brief(store, before, one)
        yield from _tab(store, now, one)
    yield from _exports(store, now)
    yield from _visits(store, now)


def _brief(store: Store, before: Verdicts, one: Customer) -> Iterator[Difference]:
    """As it stood before the visit under way."""
    told = brief(store, one.id, before.truth.today)
    yield "brief", f"{one.name} items", told.items, Counter(map(before.verdict, before.plant(one)))
    broken = before.worn(one, "unserviceable", "replacement")
    worn = before.worn(one, "deteriorating", "spares")
    yield "brief", f"{one.name} worn", (told.out_of_service, told.near_limit), (tuple(broken), tuple(worn))
    spoken = [each.text for each in openers(told) if each.kind in WHY]
    so = [f"{', '.join(tags[:3])}" for tags in (broken or worn,) if tags]
    yield (
        "brief",
        f"{one.name} said",
        [words[: len(tags)] for words, tags in zip(spoken, so, strict=False)],
        so[: len(spoken)],
    )


def _tab(store: Store, now: Verdicts, one: Customer) -> Iterator[Difference]:
    lists = CustomerLists(store, one.id)
    plant = now.plant(one)
    yield "items", f"{one.name} count", lists.count("items"), len(plant)
    rows = lists.items(0, 99)
    every = [item for item in now.truth.rows.items if item.customer_id == one.id]
    gone = sorted((item for item in every if item not in plant), key=lambda item: (item.tag, item.id))
    yield "items", f"{one.name} order", [row.id for row in rows], [item.id for item in [*plant, *gone]]
    for row, item in zip(rows, [*plant, *gone], strict=True):
        newest = now.newest(item)
        so = (newest[0].verdict, newest[1], newest[0].note) if newest else ("", None, "")
        yield "items", f"{item.id} newest", (row.verdict, row.found_on, row.note), so
    for stream in lists.streams(0, 99):
        there = sum(item.stream_id == stream.id for item in plant)
        yield "streams", f"{one.name} {stream.name}", stream.items, there


def _exports(store: Store, now: Verdicts) -> Iterator[Difference]:
    items = {item.id: item for item in now.truth.rows.items}
    export = exports.EXPORTS["items"]
    names = [name for name, _ in export.columns]
    for row in exports.rows(store, export):
        told = dict(zip(names, row, strict=True))
        newest = now.newest(items.pop(told["id"]))
        so = (newest[0].verdict, iso(newest[0].found_at)) if newest else (None, None)
        yield "export", f"{told['id']} verdict", (told["last_verdict"], told["last_found_at"]), so
    yield "export", "items left out", {*items}, set[str]()
    export = exports.EXPORTS["findings"]
    names = [name for name, _ in export.columns]
    told_notes = {
        row[names.index("note")]: row[names.index("visit_on")] for row in exports.rows(store, export)
    }
    so_notes = {one.note: str(now.held_on(now.visits[one.visit_id])) for one in now.truth.rows.findings}
    if len({*so_notes}) == len(now.truth.rows.findings):  # the notes of the sample do not tell findings apart
        yield "export", "findings", told_notes, so_notes


def _visits(store: Store, now: Verdicts) -> Iterator[Difference]:
    """How many items the report of each visit is about, and the plant that a visit walks through."""
    for visit in now.truth.rows.visits:
        if visit.customer_id is None:
            continue
        found = {one.item_id: one.verdict for one in now.truth.rows.findings if one.visit_id == visit.id}
        here = [item for item in now.truth.rows.items if item.customer_id == visit.customer_id]
        listed = [item.id for item in here if now.in_service(item) or item.id in found]
        yield "visit", f"{visit.id} counted", store.finding.counted(visit.id), Counter(found.values())
        yield "visit", f"{visit.id} graded", store.finding.graded(visit.id), (len(found), len(listed))
        rows = store.finding.report(visit.id)
        yield (
            "visit",
            f"{visit.id} rows",
            {row.item_id: row.verdict for row in rows},
            {id: found.get(id) for id in listed},
        )
        asked = VisitLists(store, store.visit.get(visit.id)).subjects("item", now.truth.today)
        yield (
            "visit",
            f"{visit.id} asked",
            {id for id, _ in asked},
            {item.id for item in here if now.in_service(item)},
        )
