"""Business found on visits: what the verdicts call for, new streams, service, and how it went."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.opportunity import Opportunity, OpportunityLine, Part, new_stream_lines, stage_of
from radar_tui.domain.visit import Visit
from radar_tui.store.ids import fact_id
from tests.sample.places import PLACES
from tests.sample.plant import MODELS, SERVICES, part_id
from tests.sample.world import LAST_DAY, chance, pick, sample_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.integrity import Finding, Item
    from radar_tui.domain.opportunity import Decision, OpportunityKind, PartKind, Stage
    from tests.sample.places import Place
    from tests.sample.world import World

# Customers who ordered everything on the last visit, so that the Radar has something else to say of them.
ORDERED = frozenset(
    {"cascade", "lindqvist", "meridian", "tamar", "vattern", "sorgente", "malar", "combin", "lario"}
)
PROBABILITY: dict[Stage, tuple[int, ...]] = {
    "idea": (20, 30),
    "quoted": (50, 60, 75),
    "won": (100,),
    "lost": (0,),
}


class Kind(NamedTuple):
    """What a verdict calls for."""

    kind: OpportunityKind
    letter: str
    title: str


CALLED_FOR = {
    "unserviceable": Kind("replacement", "R", "Replacement"),
    "deteriorating": Kind("spares", "S", "Spares"),
}


def found_on_visit(
    world: World,
    place: Place,
    visit: Visit,
    findings: Sequence[Finding],
    items: Sequence[Item],
    *,
    last: bool,
) -> dict[str, date]:
    """Opportunities from the verdicts of one visit; gives the items that will be made good, and by when."""
    by_id = {item.id: item for item in items}
    repaired: dict[str, date] = {}
    for verdict, called_for in CALLED_FOR.items():
        called = [by_id[finding.item_id] for finding in findings if finding.verdict == verdict]
        if called:
            repaired.update(_from_verdict(world, place, visit, called_for, called, last=last))
    return repaired


def _from_verdict(
    world: World, place: Place, visit: Visit, called_for: Kind, items: Sequence[Item], *, last: bool
) -> dict[str, date]:
    assert visit.planned_on is not None
    day = visit.planned_on
    random = chance("business", visit.id, called_for.kind)
    decisions = [
        _decision(place, day, last=last) if last else _past_decision(place, day, item) for item in items
    ]
    stage = stage_of(decisions)
    if stage == "idea":
        stage = random.choice(("idea", "quoted"))
    models = sorted({item.model for item in items})
    opportunity = world.add(
        Opportunity(
            id=fact_id("opportunity", visit.id, called_for.kind),
            customer_id=place.id,
            visit_id=visit.id,
            kind=called_for.kind,
            title=f"{called_for.title} for {len(items)} × {', '.join(models)}",
            stage=stage,
            probability=random.choice(PROBABILITY[stage]),
            currency=place.currency,
            expected_on=day + timedelta(days=random.randrange(14, 45)),
        )
    )
    repaired: dict[str, date] = {}
    for item, decision in zip(items, decisions, strict=True):
        needed = day + timedelta(days=MODELS[item.model][4] + random.randrange(7, 30))
        part = part_of(world, f"{item.model}-{called_for.letter}", place.currency)
        world.add(
            OpportunityLine(
                id=fact_id("opportunity_line", visit.id, item.id, called_for.kind),
                opportunity_id=opportunity.id,
                part_id=part.id,
                item_id=item.id,
                description=part.name,
                unit_price=part.unit_price,
                decision=decision,
                decided_on=None if decision == "to quote" else day,
                needed_by=needed if called_for.kind == "spares" else None,
            )
        )
        if decision == "agreed":
            repaired[item.id] = needed
    return repaired


def _past_decision(place: Place, day: date, item: Item) -> Decision:
    """Most of what was found was ordered; a customer that drifts away orders less and less."""
    random = chance("decision", day, item.id)
    willing = 0.82 if place.key != "velden" else 0.8 if day.year == 2025 else 0.3
    return "agreed" if random.random() < willing else "declined"


def _decision(place: Place, day: date, *, last: bool) -> Decision:
    if place.key in ORDERED and last:
        return "agreed"
    return pick(chance("last decision", place.key, day), (("to quote", 3), ("declined", 1)))


def part_of(world: World, sku: str, currency: str) -> Part:
    """A line of the price list by its sku in euros."""
    wanted = part_id(sku, currency)
    return next(part for part in world.all(Part) if part.id == wanted)


class NewStream(NamedTuple):
    """A stream found on a visit: so many units, one housing each `per`, a tenth in spares."""

    key: str
    title: str
    model: str
    units: int
    stage: Stage
    stream: str | None


NEW_STREAMS = (
    NewStream("meridian", "Sterile water loop 2", "RX-40", 60, "quoted", "Sterile water loop 2"),
    NewStream("borealis", "Board machine 4", "RX-90", 125, "idea", "Board machine 4"),
    NewStream("cascade", "Oat drink line", "RX-40", 36, "quoted", "Oat drink line"),
    NewStream("lindqvist", "Tissue line 1, second half", "RX-60", 28, "won", "Tissue line 1"),
    NewStream("velden", "Whey dryer", "RX-60", 40, "lost", "Whey dryer"),
    NewStream("aurora", "Stock preparation, sand trap", "KG-150", 18, "lost", "Stock preparation"),
    NewStream("tamar", "Slurry transfer, second mill", "DP-30", 24, "won", "Slurry transfer"),
    NewStream("wharfe", "Ink kitchen", "KG-80", 16, "idea", None),
    NewStream("bianco", "PET line 3", "DP-30", 24, "idea", "PET line 3"),
    NewStream("tornedal", "Bleach plant exchange units", "RX-90", 40, "quoted", None),
)
# Customer, which of our services, for how many months or days, stage.
SERVICE_SALES: tuple[tuple[str, int, int, Stage], ...] = (
    ("nordhavn", 1, 12, "quoted"),
    ("ostend", 2, 2, "won"),
    ("adria", 0, 12, "won"),
    ("skargard", 1, 6, "idea"),
    ("cascade", 3, 12, "won"),
    ("sorgente", 0, 12, "quoted"),
    ("velden", 1, 12, "lost"),
    ("malar", 2, 1, "idea"),
    ("caldera", 3, 12, "lost"),
)


STREAM_WORDS: dict[PartKind, str] = {
    "replacement": "Widgets",
    "housing": "Housings",
    "spares": "Spare widgets",
}


def add_sales(world: World) -> None:
    """New streams and services, in every stage."""
    visits = [row for row in world.all(Visit) if row.status == "completed"]
    for new in NEW_STREAMS:
        opportunity = _sale(world, visits, new.key, "new stream", new.title, new.stage, new.stream)
        for line in new_stream_lines(new.units, 1, 10):
            # Spares of a stream are spare widgets.
            letter = "H" if line.kind == "housing" else "R"
            _add_line(
                world,
                opportunity,
                line.kind,
                part_of(world, f"{new.model}-{letter}", opportunity.currency),
                f"{STREAM_WORDS[line.kind]} {new.model}",
                line.quantity,
                _matching(new.stage),
            )
    for key, number, quantity, stage in SERVICE_SALES:
        sku, title, _, _ = SERVICES[number]
        opportunity = _sale(world, visits, key, "service", title, stage, None)
        part = part_of(world, sku, opportunity.currency)
        _add_line(world, opportunity, "service", part, title, quantity, _matching(stage))


def _add_line(
    world: World,
    opportunity: Opportunity,
    kind: PartKind,
    part: Part,
    description: str,
    quantity: int,
    decision: Decision,
) -> None:
    world.add(
        OpportunityLine(
            id=fact_id("opportunity_line", opportunity.id, kind),
            opportunity_id=opportunity.id,
            part_id=part.id,
            description=description,
            quantity=quantity,
            unit_price=part.unit_price,
            decision=decision,
        )
    )


def _matching(stage: Stage) -> Decision:
    decisions: dict[Stage, Decision] = {"won": "agreed", "lost": "declined"}
    return decisions.get(stage, "to quote")


def _sale(
    world: World,
    visits: Sequence[Visit],
    key: str,
    kind: OpportunityKind,
    title: str,
    stage: Stage,
    stream: str | None,
) -> Opportunity:
    place = next(place for place in PLACES if place.key == key)
    random = chance("sale", key, kind)
    own = [visit for visit in visits if visit.customer_id == place.id]
    visit = own[-1 if stage in ("idea", "quoted") else len(own) // 2] if own else None
    day = visit.planned_on if visit and visit.planned_on else LAST_DAY
    return world.add(
        Opportunity(
            id=sample_id("opportunity", key, kind, title),
            customer_id=place.id,
            visit_id=visit.id if visit else None,
            kind=kind,
            title=title,
            stage=stage,
            probability=random.choice(PROBABILITY[stage]),
            currency=place.currency,
            expected_on=day + timedelta(days=random.randrange(60, 200)),
            stream_id=sample_id("stream", key, stream) if stream else None,
        )
    )
