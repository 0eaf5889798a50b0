"""Two years of visits: held, planned, missed, cancelled, one under way; who came and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Contact
from radar_tui.domain.integrity import Finding, Item
from radar_tui.domain.visit import Attendee, Visit
from radar_tui.store.ids import fact_id
from tests.sample import phrases
from tests.sample.business import found_on_visit
from tests.sample.places import PLACES
from tests.sample.world import FIRST_DAY, LAST_DAY, at, chance, sample_id, workday

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from radar_tui.domain.integrity import Verdict
    from radar_tui.domain.visit import VisitStatus
    from tests.sample.checklists import Checklists
    from tests.sample.places import Place
    from tests.sample.world import World

# Where the story needs the very days; the other customers' days follow from their cadence.
HELD = {
    "aurora": "2024-12-10 2025-03-04 2025-05-27 2025-09-09 2025-12-02 2026-02-24 2026-05-05 2026-07-14",
    "velden": "2024-12-10 2025-02-06 2025-04-08 2025-06-17 2025-09-16 2026-01-20 2026-07-21",
    "pellegrin": "2025-01-14 2025-04-08 2025-07-01 2025-10-07",
}
NOT_HELD: tuple[tuple[str, date, VisitStatus], ...] = (
    ("aurora", date(2026, 10, 13), "cancelled"),
    ("aurora", date(2026, 11, 10), "missed"),
    ("velden", date(2026, 4, 21), "missed"),
    ("velden", date(2026, 5, 19), "cancelled"),
    ("velden", date(2026, 10, 13), "missed"),
    ("velden", date(2026, 11, 12), "cancelled"),
    ("cascade", date(2026, 1, 8), "cancelled"),
    ("combin", date(2026, 2, 9), "missed"),
    ("penrose", date(2026, 11, 24), "cancelled"),
    ("ostend", date(2025, 8, 5), "missed"),
    ("solent", date(2026, 2, 18), "cancelled"),
)
PLANNED = {
    "nordhavn": date(2026, 12, 8),
    "borealis": date(2026, 12, 9),
    "brixner": date(2026, 12, 10),
    "penrose": date(2026, 12, 15),
    "cascade": date(2026, 12, 16),
    "malar": date(2026, 12, 17),
    "adria": date(2027, 1, 7),
    "meridian": date(2027, 1, 13),
    "bianco": date(2027, 1, 14),
    "lindqvist": date(2027, 2, 11),
}
UNDER_WAY = ("sorgente", date(2026, 12, 2))
# Verdicts at the last three visits of the items in the pictures.
AURORA = ["ss", "ss", "sd", "ss", "sdd", "sss", "ssd", "ssd", "sss", "s", "s", "s"]
# Due within days, and every item was seen: the Radar has more to say of them than one item left out.
SEEN_WHOLE = frozenset({"sorgente", "brixner", "caldera"})
VERDICTS: dict[str, Verdict] = {
    "s": "serviceable",
    "d": "deteriorating",
    "u": "unserviceable",
    "x": "not inspected",
}


@dataclass
class Plant:
    """The state of one customer's items while the visits go by."""

    place: Place
    items: list[Item]
    worn: dict[str, str] = field(default_factory=dict)
    repaired: dict[str, date] = field(default_factory=dict)


def add_visits(world: World, checklists: Checklists) -> None:
    """Every customer's visits, in the order of days, with attendees, findings and the business found."""
    for place in PLACES:
        plant = Plant(place, [row for row in world.all(Item) if row.customer_id == place.id])
        for day in held_on(place):
            _hold(world, checklists, plant, day)
        if UNDER_WAY[0] == place.key:
            _begin(world, checklists, plant, UNDER_WAY[1])
        _keep_refurbished(world, plant)
    for key, day, status in NOT_HELD:
        _add_visit(world, checklists, key, day, status)
    for key, day in PLANNED.items():
        _add_visit(world, checklists, key, day, "planned")


def held_on(place: Place) -> list[date]:
    """The days of the completed visits, oldest first."""
    if place.key in HELD:
        return [date.fromisoformat(day) for day in HELD[place.key].split()]
    days: list[date] = []
    day = place.seen
    random = chance("days", place.key)
    while day is not None and day >= max(place.since, FIRST_DAY):
        days.append(day)
        day = workday(day - timedelta(days=round(place.cadence * random.uniform(0.88, 1.1))), -1)
    return days[::-1]


def _is_review(place: Place, day: date) -> bool:
    """Every third visit to a customer of both kinds is about the service; never the last one."""
    held = held_on(place)
    return place.kind == "both" and day in held and (len(held) - held.index(day)) % 3 == 0


def _add_visit(world: World, checklists: Checklists, key: str, day: date, status: VisitStatus) -> Visit:
    place = next(place for place in PLACES if place.key == key)
    random = chance("visit", key, day)
    review = _is_review(place, day)
    held = status in ("completed", "in progress")
    started = at(day, random.choice((420, 450, 480, 510, 540, 780, 810)) + random.randrange(12))
    completed = started + timedelta(minutes=random.randrange(95, 190)) if status == "completed" else None
    said = phrases.NOT_HELD.get(status)
    return world.add(
        Visit(
            id=sample_id("visit", key, day),
            customer_id=place.id,
            checklist_id=checklists.id_for(place, review=review),
            status=status,
            planned_on=day,
            started_at=started if held else None,
            completed_at=completed,
            completed_on=day if completed else None,
            brm_id=place.owner_id,
            current_step=checklists.last_step(place, review=review) if completed else "",
            summary=random.choice(said) if said else "",
        )
    )


def _hold(world: World, checklists: Checklists, plant: Plant, day: date) -> None:
    place = plant.place
    visit = _add_visit(world, checklists, place.key, day, "completed")
    _add_attendees(world, place, visit, day)
    findings = [] if _is_review(place, day) else _grade(world, plant, visit, day)
    last = day == place.seen and not place.gone
    repaired = found_on_visit(world, place, visit, findings, plant.items, last=last)
    for item_id, ready in repaired.items():
        plant.repaired[item_id] = ready
        # Spares make a worn item good; only an exchange unit counts as refurbished.
        if plant.worn[item_id] == "u" and ready < LAST_DAY:
            _refurbish(plant, item_id, ready)
        plant.worn[item_id] = "s"
    _summarise(world, place, visit, findings)


def _begin(world: World, checklists: Checklists, plant: Plant, day: date) -> None:
    """The visit under way: half of the items graded, then the laptop was closed."""
    visit = _add_visit(world, checklists, plant.place.key, day, "in progress")
    rows = world.rows["visit"]
    rows[-1] = visit.model_copy(update={"current_step": checklists.integrity_step()})
    _add_attendees(world, plant.place, visit, day)
    half = Plant(plant.place, plant.items[: len(plant.items) // 2], plant.worn)
    findings = _grade(world, half, visit, day)
    found_on_visit(world, plant.place, visit, findings, half.items, last=True)


def _add_attendees(world: World, place: Place, visit: Visit, day: date) -> None:
    random = chance("attendees", place.key, day)
    people = [
        row
        for row in world.all(Contact)
        if row.customer_id == place.id and (row.left_on is None or row.left_on > day)
    ]
    # The decision maker of a customer that drifts away stays out of the room.
    decider = 0.95 if place.key != "velden" or day.year < 2026 else 0.5
    for number, contact in enumerate(people):
        if random.random() < (decider if number == 0 else 0.72 if number == 1 else 0.4) or day == place.seen:
            world.add(
                Attendee(
                    id=fact_id("attendee", visit.id, contact.id), visit_id=visit.id, contact_id=contact.id
                )
            )


def _grade(world: World, plant: Plant, visit: Visit, day: date) -> list[Finding]:
    assert visit.started_at is not None
    random = chance("grades", plant.place.key, day)
    present = [
        item
        for item in plant.items
        if item.installed_on is not None
        and item.installed_on < day
        and (item.retired_on is None or item.retired_on > day)
    ]
    found: list[Finding] = []
    for number, item in enumerate(present):
        letter = _letter(plant, item, day, random)
        moment = visit.started_at + timedelta(seconds=900 + 50 * number + random.randrange(25))
        found.append(world.add(_finding(visit, item, VERDICTS[letter], moment, random)))
    return found


def _letter(plant: Plant, item: Item, day: date, random: Random) -> str:
    """The verdict's letter: things wear from s to d to u, unless spares or an exchange unit came in time."""
    if plant.place.key == "aurora" and item.retired_on is None:
        series = AURORA[int(item.tag.removeprefix("W-")) - 10]
        days = held_on(plant.place)[-len(series) :]
        plant.worn[item.id] = series[days.index(day)]
        return plant.worn[item.id]
    state = plant.worn.get(item.id, "s")
    ready = plant.repaired.get(item.id)
    if ready is None or ready < day:
        hard = 1.5 if plant.place.key in ("tamar", "velden") else 1.0
        luck = random.random()
        if state == "d":
            state = "u" if luck < 0.35 else "d"
        elif state == "s":
            state = "d" if luck < 0.075 * hard else "u" if luck < 0.083 * hard else "s"
    plant.worn[item.id] = state
    seen = plant.place.key in SEEN_WHOLE and day == plant.place.seen
    return "x" if random.random() < 0.03 and not seen else state


def _finding(visit: Visit, item: Item, verdict: Verdict, moment: datetime, random: Random) -> Finding:
    noted = {"serviceable": 0.02, "deteriorating": 0.7, "unserviceable": 0.9, "not inspected": 0.8}
    measured = verdict != "not inspected" and random.random() < 0.08
    # Play between rotor and housing in millimetres.
    play = {"serviceable": 0.15, "deteriorating": 0.42, "unserviceable": 0.8}.get(verdict, 0.0)
    return Finding(
        id=fact_id("finding", visit.id, item.id),
        visit_id=visit.id,
        item_id=item.id,
        verdict=verdict,
        measure=round(play * random.uniform(0.7, 1.3), 2) if measured else None,
        note=random.choice(phrases.FINDING_NOTES[verdict]) if random.random() < noted[verdict] else "",
        found_at=moment,
    )


def _refurbish(plant: Plant, item_id: str, ready: date) -> None:
    index = next(i for i, item in enumerate(plant.items) if item.id == item_id)
    retired_on = plant.items[index].retired_on
    if retired_on is None or ready < retired_on:
        plant.items[index] = plant.items[index].model_copy(update={"refurbished_on": ready})


def _keep_refurbished(world: World, plant: Plant) -> None:
    """Items as they are at the end; a few that were beyond help have been taken out."""
    by_id = {item.id: item for item in plant.items}
    for item_id, state in plant.worn.items():
        random = chance("retire", item_id)
        item = by_id[item_id]
        if state == "u" and item.retired_on is None and plant.place.seen and random.random() < 0.25:
            retired = plant.place.seen + timedelta(days=random.randrange(8, 16))
            by_id[item_id] = item.model_copy(update={"retired_on": retired})
    rows = world.rows["item"]
    rows[:] = [by_id.get(row.id, row) for row in rows]


def _summarise(world: World, place: Place, visit: Visit, findings: list[Finding]) -> None:
    random = chance("summary", visit.id)
    counts = {verdict: sum(f.verdict == verdict for f in findings) for verdict in VERDICTS.values()}
    words = [f"{counts[v]} {v}" for v in ("unserviceable", "deteriorating") if counts[v]]
    found = f"{len(findings)} items seen, {' and '.join(words) or 'all serviceable'}."
    pool = phrases.SUMMARIES if findings else phrases.SERVICE_SUMMARIES
    summary = random.choice(pool).format(found=found)
    if place.status == "prospect":
        summary = "First visit. Two halls shown, list of valves promised by their stores."
    rows = world.rows["visit"]
    index = max(i for i, row in enumerate(rows) if row.id == visit.id)
    rows[index] = visit.model_copy(update={"summary": summary})
