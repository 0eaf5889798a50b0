"""What came of the visits: actions, promises kept or not, wants; and the rounds we make at our own house."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.action import Action
from radar_tui.domain.promise import Promise, PromiseCheck, Want
from radar_tui.domain.scorecard import Measure
from radar_tui.domain.translation import kept
from radar_tui.domain.visit import Attendee, Visit
from radar_tui.store.ids import fact_id
from tests.sample import phrases
from tests.sample.places import BY_ID, PLACES
from tests.sample.world import LAST_DAY, at, chance, elapsed, pick, sample_id

if TYPE_CHECKING:
    from radar_tui.domain.action import ActionStatus
    from radar_tui.domain.visit import VisitStatus
    from tests.sample.checklists import Checklists
    from tests.sample.places import Place
    from tests.sample.world import World

PROMISES: tuple[tuple[str, str, date, date | None], ...] = (
    ("dock", "Spares leave our dock within 48 hours", date(2025, 1, 7), None),
    ("report", "Your integrity report is in your hands within two working days", date(2025, 1, 7), None),
    ("price", "One price list for all your sites", date(2025, 1, 7), date(2025, 9, 30)),
    ("same", "The same technician comes back", date(2025, 10, 1), None),
)
PROMISED = {
    "dock": {
        "it": "I ricambi partono entro 48 ore", "de": "Ersatzteile verlassen uns binnen 48 Stunden",
        "fr": "Les pièces partent sous 48 heures", "es": "Los recambios salen en 48 horas",
    },
    "report": {
        "it": "Il rapporto di integrità è da Lei entro due giorni lavorativi",
        "de": "Ihr Integritätsbericht liegt binnen zwei Arbeitstagen vor",
        "fr": "Votre rapport d'intégrité vous parvient sous deux jours ouvrés",
        "es": "Su informe de integridad le llega en dos días laborables",
    },
    "same": {
        "it": "Torna lo stesso tecnico", "de": "Derselbe Techniker kommt wieder",
        "fr": "Le même technicien revient", "es": "Vuelve el mismo técnico",
    },
}  # fmt: skip
# Where nothing that we said is late.
PUNCTUAL = frozenset({"meridian", "lindqvist", "tamar", "combin"})
DOERS = (
    "Luca Bassi",
    "Tom Ashdown",
    "Priya Nair",
    "Stefano Greco",
    "Ingrid Dahl",
    "Owen Pritchard",
    "Anneli Strand",
)
OBSERVED = (
    ("cascade", date(2025, 11, 25)),
    ("adria", date(2026, 3, 18)),
    ("halden", date(2026, 5, 12)),
    ("borealis", date(2026, 6, 9)),
)
SELF_CHECKED = (
    date(2025, 3, 6),
    date(2025, 6, 5),
    date(2025, 9, 4),
    date(2025, 12, 4),
    date(2026, 3, 5),
    date(2026, 9, 3),
)
OWN_ROUNDS: tuple[tuple[date, VisitStatus], ...] = (
    (date(2026, 6, 4), "missed"),
    (date(2026, 12, 4), "planned"),
)


def add_promises(world: World) -> None:
    """Three that stand and one that was retired; looked at on every visit since they were made."""
    for key, title, made_on, retired_on in PROMISES:
        row = Promise(id=sample_id("promise", key), title=title, made_on=made_on, retired_on=retired_on)
        world.add(row.model_copy(update={"translations": kept(PROMISED.get(key, {}))}))
    for visit in _held(world):
        place = BY_ID[visit.customer_id or ""]
        assert visit.planned_on is not None
        for key, _, made_on, retired_on in PROMISES:
            if made_on <= visit.planned_on and (retired_on is None or visit.planned_on <= retired_on):
                _check_promise(world, visit, key, place)


def _check_promise(world: World, visit: Visit, key: str, place: Place) -> None:
    assert visit.planned_on is not None
    random = chance("promise", visit.id, key)
    past = elapsed(visit.planned_on)
    kept_share = {"dock": 0.7 + 0.22 * past, "report": 0.9, "price": 0.6, "same": 0.8}[key]
    if place.key in ("velden", "lario"):
        kept_share -= 0.4 * past
    unseen = random.random() < 0.06 or (key in ("dock", "report") and not place.items)
    kept = None if unseen else random.random() < kept_share
    told, broken, nothing = phrases.PROMISE_NOTES[key]
    note = nothing if unseen else random.choice(told if kept else broken)
    world.add(
        PromiseCheck(
            id=fact_id("promise_check", sample_id("promise", key), visit.id),
            promise_id=sample_id("promise", key),
            visit_id=visit.id,
            kept=kept,
            note=note,
        )
    )


def add_actions(world: World) -> None:
    """One or two a visit, done in time, late, dropped, or still open after the newest ones."""
    measures: dict[str, list[Measure]] = {}
    for measure in world.all(Measure):
        measures.setdefault(measure.customer_id, []).append(measure)
    for visit in _held(world):
        place = BY_ID[visit.customer_id or ""]
        assert visit.planned_on is not None
        random = chance("actions", visit.id)
        titles = phrases.ACTION_TITLES["service" if place.kind == "service" else "product"]
        if place.kind == "both":
            titles = phrases.ACTION_TITLES["product"] + phrases.ACTION_TITLES["service"]
        most = (1, 2, 2) if visit.planned_on == place.seen else (0, 1, 1, 2)
        for title in random.sample(titles, random.choice(most)):
            due = visit.planned_on + timedelta(days=random.randrange(14, 60))
            status = _action_status(place.key, due, random.random())
            aims = (
                random.choice(measures[place.id]) if place.id in measures and random.random() < 0.7 else None
            )
            world.add(
                Action(
                    id=sample_id("action", visit.id, title),
                    customer_id=place.id,
                    visit_id=visit.id,
                    title=title,
                    owner_id=sample_id("colleague", random.choice(DOERS)),
                    due_on=due,
                    status=status,
                    measure_id=aims.id if aims else None,
                    expected_gain=float(random.choice((3, 5, 8, 10))) if aims else None,
                    done_on=min(due + timedelta(days=random.randrange(-10, 8)), LAST_DAY - timedelta(days=1))
                    if status == "done"
                    else None,
                )
            )
    world.add(
        Action(
            id=sample_id("action", "own", "menu"),
            title="Take “spares” into the telephone menu",
            owner_id=sample_id("colleague", "Luca Bassi"),
            due_on=LAST_DAY + timedelta(days=12),
        )
    )


def _action_status(key: str, due: date, luck: float) -> ActionStatus:
    if due >= LAST_DAY:
        return "done" if luck < 0.3 else "open"
    # Where we lose a customer, what was promised this year was not done.
    if (key == "velden" and due.year == 2026) or (key == "aurora" and due > date(2026, 7, 1)):
        return "open"
    if due > LAST_DAY - timedelta(days=120) and luck < 0.4 and key not in PUNCTUAL:
        return "open"
    return "dropped" if luck > 0.9 else "done"


def add_wants(world: World) -> None:
    """What customers asked for, twice each at most."""
    held = _held(world)
    random = chance("wants")
    for title, promise, decision, note in phrases.WANTS:
        for number in range(random.choice((1, 2, 2))):
            visit = random.choice(
                [each for each in held if phrases.heard([title], BY_ID[each.customer_id or ""])]
            )
            chosen = pick(random, ((decision, 4), ("open", 1))) if number else decision
            world.add(
                Want(
                    id=sample_id("want", title, number),
                    customer_id=visit.customer_id,
                    visit_id=visit.id,
                    title=title,
                    promise_id=sample_id("promise", promise) if promise else None,
                    decision="parked" if chosen == "parked" else "served" if chosen == "served" else "open",
                    note=note if chosen == decision else "",
                )
            )


def add_own_rounds(world: World, checklists: Checklists) -> None:
    """Self-checks each quarter, one of them missed and one due; observation days and what they taught."""
    for number, day in enumerate(SELF_CHECKED):
        started = at(day, 540 + 7 * number)
        world.add(
            Visit(
                id=sample_id("visit", "self", day),
                occasion="self-check",
                checklist_id=checklists.self_check_id,
                status="completed",
                planned_on=day,
                started_at=started,
                completed_at=started + timedelta(minutes=48),
                completed_on=day,
                brm_id=sample_id("colleague", "Marta Ricci"),
                summary=phrases.SELF_CHECKS[number],
            )
        )
    for day, status in OWN_ROUNDS:
        world.add(
            Visit(
                id=sample_id("visit", "self", day),
                occasion="self-check",
                checklist_id=checklists.self_check_id,
                status=status,
                planned_on=day,
                brm_id=sample_id("colleague", "Marta Ricci"),
            )
        )
    for (key, day), taught in zip(OBSERVED, phrases.TEACHINGS, strict=True):
        place = next(place for place in PLACES if place.key == key)
        started = at(day, 405)
        visit = world.add(
            Visit(
                id=sample_id("visit", "observed", key, day),
                customer_id=place.id,
                occasion="observation day",
                checklist_id=checklists.observation_id,
                status="completed",
                planned_on=day,
                started_at=started,
                completed_at=started + timedelta(minutes=340),
                completed_on=day,
                brm_id=place.owner_id,
                summary=taught,
            )
        )
        # Number 3 at a customer is the one who works with our things.
        beside = sample_id("contact", key, 3)
        world.add(Attendee(id=fact_id("attendee", visit.id, beside), visit_id=visit.id, contact_id=beside))


def _held(world: World) -> list[Visit]:
    return [
        row
        for row in world.all(Visit)
        if row.status == "completed" and row.customer_id and row.occasion == "customer visit"
    ]
