"""Tickets, and the measures by which customers and we agree to be judged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from radar_tui.domain.customer import CustomerKind
from radar_tui.domain.integrity import Finding, Item
from radar_tui.domain.scorecard import KindMeasure, Measure, Reading, Scorecard
from radar_tui.domain.service import Ticket
from radar_tui.domain.visit import Visit
from radar_tui.store.ids import fact_id
from tests.sample import phrases
from tests.sample.places import PLACES
from tests.sample.visits import held_on
from tests.sample.world import FIRST_DAY, LAST_DAY, at, between, chance, elapsed, pick, sample_id

if TYPE_CHECKING:
    from random import Random

    from radar_tui.domain.card import Perspective
    from radar_tui.domain.service import TicketPriority
    from tests.sample.places import Curve, Place
    from tests.sample.world import World

PRIORITIES: tuple[tuple[TicketPriority, int], ...] = (
    ("low", 18),
    ("normal", 55),
    ("high", 20),
    ("urgent", 7),
)
# How busy the desk was over the two years: customers whose tickets rise, or fell after the desk changed.
RISING: Curve = ((0, 0.25), (0.5, 0.8), (1, 2.2))
CALMING: Curve = ((0, 1.0), (0.45, 1.9), (0.6, 1.0), (1, 0.5))
LEVEL: Curve = ((0, 1.0), (1, 1.0))
LOAD = {"velden": RISING, "lario": RISING, "cascade": CALMING, "sorgente": CALMING}
# How often a customer says that it was not satisfied.
UNHAPPY = {
    "velden": 0.34,
    "lario": 0.24,
    "nordhavn": 0.16,
    "cascade": 0.14,
    "skargard": 0.05,
    "sorgente": 0.06,
}
# Follow-through on these was finished after the last visit: something to show on the next one.
TO_SHOW = {
    "cascade": ("Late reply in portal", 5),
    "velden": ("Late spares", 3),
    "skargard": ("Ticket closed too early", 9),
}


def add_tickets(world: World) -> None:
    """Fifteen hundred tickets, numbered in the order in which they came."""
    opened: list[tuple[date, int, Place]] = []
    for place in PLACES:
        random = chance("tickets", place.key)
        days = range((LAST_DAY - FIRST_DAY).days)
        load = LOAD.get(place.key, LEVEL)
        # Few write on weekends.
        weights = [
            between(load, day / len(days)) * (0.15 if (FIRST_DAY + timedelta(days=day)).weekday() > 4 else 1)
            for day in days
        ]
        chosen = random.choices(days, weights, k=place.tickets)
        opened += [(FIRST_DAY + timedelta(days=day), random.randrange(360, 1020), place) for day in chosen]
    opened.sort(key=lambda entry: (entry[0], entry[1], entry[2].key))
    for number, (day, minute, place) in enumerate(opened):
        _add_ticket(world, place, number, day, minute)
    _show_soon(world)
    _leave_waiting(world)


def _add_ticket(world: World, place: Place, number: int, day: date, minute: int) -> None:
    random = chance("ticket", number)
    request = random.random() < 0.28
    subjects = phrases.SERVICE_REQUESTS if request else phrases.TICKETS
    choices = [
        word
        for word, said in subjects.items()
        if phrases.heard(said, place) and (place.kind != "service" or word not in ("valve", "pump"))
    ]
    category = random.choice(choices)
    where = random.choice(phrases.PLACES_OF[place.market])
    priority = pick(random, PRIORITIES)
    days_open = {"low": 9.0, "normal": 5.0, "high": 2.5, "urgent": 0.8}[priority]
    days_open *= random.lognormvariate(0, 0.6) * _pace(place, day)
    closed = at(day, minute) + timedelta(minutes=max(25, round(days_open * 24 * 60)))
    done = closed.date() < LAST_DAY
    # Customers are asked two weeks after a ticket was closed.
    fresh = closed.date() > LAST_DAY - timedelta(days=14)
    said = done and not fresh and random.random() < 0.42
    satisfied = random.random() >= UNHAPPY.get(place.key, 0.09) * _pace(place, day) if said else None
    ticket = Ticket(
        id=sample_id("ticket", number),
        customer_id=place.id,
        reference=f"TR-{20_417 + number}",
        kind="service request" if request else "ticket",
        category=category,
        priority=priority,
        subject=f"{random.choice(phrases.heard(subjects[category], place))}, {where}",
        opened_at=at(day, minute),
        closed_at=closed if done else None,
        satisfied=satisfied,
    )
    world.add(ticket.model_copy(update=_said(world, place, ticket, random)))


def _pace(place: Place, day: date) -> float:
    """Slower than usual where the story wants it."""
    if place.key == "velden":
        return between(((0, 0.8), (0.5, 1.2), (1, 1.9)), elapsed(day))
    if place.key == "cascade":
        return between(((0, 1.0), (0.45, 2.2), (0.6, 0.8), (1, 0.6)), elapsed(day))
    return 1.0


def _said(world: World, place: Place, ticket: Ticket, random: Random) -> dict[str, object]:
    """What the customer said of it and, where not satisfied, what came of that (ISO 10002)."""
    if ticket.satisfied is None or ticket.closed_at is None:
        return {}
    if ticket.satisfied:
        return {"comment": random.choice(phrases.HAPPY_COMMENTS)}
    comment, outcome = random.choice(
        [pair for pair in phrases.UNHAPPY if phrases.heard([" ".join(pair)], place)]
    )
    said: dict[str, object] = {"comment": comment}
    day = ticket.closed_at.date() + timedelta(days=random.randrange(2, 12))
    day = min(day, LAST_DAY - timedelta(days=1))
    said |= {
        "followed_up_by": sample_id(
            "colleague", random.choice(("Luca Bassi", "Owen Pritchard", "Priya Nair"))
        ),
        "followed_up_on": day,
        "outcome": outcome,
    }
    shown = [visit for visit in held_on(place) if visit > day]
    # Where nobody came since, it was told by phone to the one who had complained.
    said["shown_on"] = shown[0] if shown else min(day + timedelta(days=4), LAST_DAY - timedelta(days=1))
    return said


def _show_soon(world: World) -> None:
    """The newest resolved complaint of some customers has not been shown to the decision maker yet."""
    rows = world.rows["ticket"]
    for place in PLACES:
        if place.key not in TO_SHOW:
            continue
        subject, days_ago = TO_SHOW[place.key]
        index = max(
            i
            for i, row in enumerate(rows)
            if isinstance(row, Ticket) and row.customer_id == place.id and row.satisfied is not None
        )
        closed = at(LAST_DAY - timedelta(days=days_ago + 8), 11 * 60 + 5)
        row = rows[index]
        assert isinstance(row, Ticket)
        rows[index] = row.model_copy(
            update={
                "kind": "ticket",
                "category": "portal" if "portal" in subject or "Ticket" in subject else "spares",
                "subject": subject,
                "opened_at": min(row.opened_at, closed - timedelta(days=6)),
                "closed_at": closed,
                "satisfied": False,
                "comment": phrases.UNHAPPY[0][0],
                "followed_up_by": sample_id("colleague", "Luca Bassi"),
                "followed_up_on": LAST_DAY - timedelta(days=days_ago),
                "outcome": phrases.UNHAPPY[0][1],
                "shown_on": None,
            }
        )


def _leave_waiting(world: World) -> None:
    """At Velden three said that they were not satisfied, and nobody has called them."""
    rows = world.rows["ticket"]
    velden = next(place.id for place in PLACES if place.key == "velden")
    closed = [
        i
        for i, row in enumerate(rows)
        if isinstance(row, Ticket) and row.customer_id == velden and row.closed_at and row.satisfied is None
    ]
    for index, (comment, _) in zip(closed[-3:], phrases.UNHAPPY, strict=False):
        rows[index] = rows[index].model_copy(update={"satisfied": False, "comment": comment})


class Kpi(NamedTuple):
    """A measure: perspective, unit, the ends of its scale, target, weight, days a reading stays valid."""

    perspective: Perspective
    name: str
    unit: str
    worst: float
    best: float
    target: float | None
    weight: float
    valid_days: int
    theirs: bool = False
    """Whether the customer may see it."""


RECOMMEND = Kpi("customer", "Recommendation", "points", 0, 100, 90, 20, 365)
RETAIN = Kpi("customer", "Retention", "points", 0, 100, 90, 15, 365)
SERVICEABLE = "Items serviceable"
PRODUCT = (
    Kpi("financial", "Orders against plan", "%", 40, 120, 100, 25, 180),
    Kpi("internal", SERVICEABLE, "%", 0, 100, 90, 20, 180, theirs=True),
    Kpi("learning", "Operators trained", "%", 0, 100, 60, 20, 365, theirs=True),
)
SERVICE = (
    Kpi("financial", "Cost per call-out saved", "%", 0, 40, 25, 25, 120),
    Kpi("internal", "First reply", "hours", 48, 4, 12, 20, 60, theirs=True),
    Kpi("internal", "Solved at first visit", "%", 50, 100, 85, 10, 60, theirs=True),
    Kpi("learning", "Planners on the portal", "%", 0, 100, 60, 10, 365, theirs=True),
)
# Share of a scale reached over time, for the measures that tell something; the others wander.
COURSE: dict[tuple[str, str], Curve] = {
    ("velden", "First reply"): ((0, 0.88), (0.5, 0.7), (1, 0.3)),
    ("velden", "Cost per call-out saved"): ((0, 0.7), (1, 0.35)),
    ("velden", "Solved at first visit"): ((0, 0.8), (1, 0.42)),
    ("cascade", "First reply"): ((0, 0.7), (0.45, 0.25), (0.65, 0.8), (1, 0.9)),
    ("cascade", "Solved at first visit"): ((0, 0.6), (0.45, 0.4), (1, 0.85)),
    ("nordhavn", "First reply"): ((0, 0.86), (0.9, 0.86), (0.97, 0.83), (1, 0.7)),
    ("nordhavn", "Solved at first visit"): ((0, 0.72), (1, 0.82)),
    ("sorgente", "First reply"): ((0, 0.5), (1, 0.95)),
    ("lario", "First reply"): ((0, 0.85), (1, 0.6)),
    ("aurora", "Orders against plan"): ((0, 0.85), (1, 0.5)),
    ("lindqvist", "Orders against plan"): ((0, 0.8), (1, 0.95)),
    ("meridian", "Orders against plan"): ((0, 0.75), (1, 0.9)),
}


def _kpis(served: bool) -> tuple[Kpi, ...]:
    return (RECOMMEND, RETAIN, *(SERVICE if served else PRODUCT))


def add_measures(world: World) -> None:
    """Measures of every kind; those of the active customers with their readings, and a scorecard at the end of each
    quarter."""
    for kind in get_args(CustomerKind):
        for kpi in _kpis(served=kind != "product"):
            id = fact_id("kind_measure", kind, kpi.name.casefold())
            world.add(KindMeasure(id=id, kind=kind, **_scale(kpi)))
    for place in PLACES:
        if place.status != "active":
            continue
        readings = {}
        for kpi in _kpis(place.served):
            measure = _add_measure(world, place, kpi)
            if kpi in (RECOMMEND, RETAIN):
                continue
            points = _serviceable(world, place) if kpi.name == SERVICEABLE else _course(place, kpi)
            readings[measure] = points
            for day, value in points:
                world.add(
                    Reading(
                        id=sample_id("reading", measure.id, day),
                        measure_id=measure.id,
                        as_of=day,
                        value=value,
                    )
                )
        for day in _quarter_ends(place):
            world.add(_scorecard(place, day, readings))


def _add_measure(world: World, place: Place, kpi: Kpi) -> Measure:
    return world.add(
        Measure(
            id=sample_id("measure", place.key, kpi.name),
            customer_id=place.id,
            **_scale(kpi),
        )
    )


def _scale(kpi: Kpi) -> dict[str, Any]:
    scale = kpi._asdict()
    return {"for_customer": scale.pop("theirs"), **scale}


def _serviceable(world: World, place: Place) -> list[tuple[date, float]]:
    """What the newest verdicts of the items in service come to, visit by visit."""
    items = {item.id: item for item in world.all(Item) if item.customer_id == place.id}
    newest: dict[str, tuple[date, str]] = {}
    points = []
    for visit in sorted(world.all(Visit), key=lambda row: row.planned_on or date.min):
        if visit.customer_id != place.id or visit.status != "completed" or visit.planned_on is None:
            continue
        day = visit.planned_on
        found = {row.item_id: row.verdict for row in world.all(Finding) if row.visit_id == visit.id}
        newest |= {id: (day, verdict) for id, verdict in found.items() if verdict != "not inspected"}
        standing = [verdict for id, (seen, verdict) in newest.items() if _stands(items[id], seen, day)]
        if standing:
            points.append((day, round(100 * standing.count("serviceable") / len(standing), 1)))
    return points


def _stands(item: Item, seen: date, day: date) -> bool:
    """Whether what was seen of an item on one day still holds of it on another."""
    fitted = [fit for fit in (item.installed_on, item.refurbished_on) if fit is not None and fit <= day]
    return (item.retired_on is None or item.retired_on > day) and all(fit <= seen for fit in fitted)


def _course(place: Place, kpi: Kpi) -> list[tuple[date, float]]:
    """Monthly readings of a service, quarterly ones of the others."""
    random = chance("course", place.key, kpi.name)
    level = random.uniform(0.72, 0.92)
    told = COURSE.get((place.key, kpi.name))
    curve = told or ((0, level - random.uniform(0, 0.15)), (1, level))
    points: list[tuple[date, float]] = []
    for months in range(24):
        day = _month_end(months)
        monthly = kpi.valid_days == 60
        if day < place.since or not (monthly or months % 3 == 1):
            continue
        noise = random.uniform(-0.02, 0.02)
        share = min(1.0, max(0.0, between(curve, elapsed(day)) + noise))
        points.append((day, round(kpi.worst + share * (kpi.best - kpi.worst), 1)))
    return points


def _month_end(months: int) -> date:
    month = 12 + months
    return date(2024 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _quarter_ends(place: Place) -> list[date]:
    ends = [_month_end(months) for months in range(1, 24, 3)]
    return [day for day in (*ends, date(2026, 11, 30)) if day >= place.since + timedelta(days=30)]


def _scorecard(place: Place, day: date, readings: dict[Measure, list[tuple[date, float]]]) -> Scorecard:
    """The balanced value at a day by the formula of the design: valid measures by their weights."""
    valid: dict[Measure, float] = {}
    for measure, points in readings.items():
        current = [p for p in points if day - timedelta(days=measure.valid_days) <= p[0] <= day]
        if current:
            share = (current[-1][1] - measure.worst) / (measure.best - measure.worst)
            valid[measure] = min(100.0, max(0.0, 100 * share))
    total = sum(measure.weight for measure in readings)

    def mean(perspective: str | None) -> float | None:
        chosen = {m: x for m, x in valid.items() if perspective in (None, m.perspective)}
        weight = sum(m.weight for m in chosen)
        return round(sum(m.weight * x for m, x in chosen.items()) / weight, 1) if weight else None

    return Scorecard(
        id=fact_id("scorecard", place.id, day.isoformat()),
        customer_id=place.id,
        as_of=day,
        value=mean(None),
        coverage=round(sum(m.weight for m in valid) / total, 2),
        financial=mean("financial"),
        customer_view=mean("customer"),
        internal=mean("internal"),
        learning=mean("learning"),
    )
