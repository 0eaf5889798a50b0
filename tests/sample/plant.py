"""What stands in the customers' plants: streams, items, and our price list for their models."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.integrity import Item, Stream
from radar_tui.domain.opportunity import Part
from tests.sample.places import PER_EURO, PLACES
from tests.sample.world import LAST_DAY, at, chance, sample_id

if TYPE_CHECKING:
    from radar_tui.domain.integrity import StreamStatus
    from radar_tui.domain.opportunity import PartKind
    from tests.sample.places import Place
    from tests.sample.world import World

# Model: what it is; euros for a refurbished exchange unit, a spares set, a housing; days to deliver a unit.
MODELS: dict[str, tuple[str, int, int, int, int]] = {
    "RX-40": ("rotary valve", 890, 380, 640, 14),
    "RX-60": ("rotary valve", 1240, 480, 820, 14),
    "RX-90": ("rotary valve", 1980, 690, 1150, 21),
    "KG-80": ("knife gate", 760, 240, 510, 10),
    "KG-150": ("knife gate", 1420, 410, 870, 18),
    "DP-15": ("dosing pump", 540, 160, 290, 7),
    "DP-30": ("dosing pump", 930, 275, 460, 10),
}
FITS = {
    "paper": ("RX-60", "RX-90", "KG-150", "KG-80"),
    "food": ("RX-40", "RX-60", "KG-80", "DP-15"),
    "water": ("DP-15", "DP-30", "KG-80", "RX-40"),
}
SERVICES = (
    ("SV-ROUND", "Monthly inspection round", 420, 5),
    ("SV-CALL", "Call-out within four hours, a month", 310, 2),
    ("SV-TRAIN", "Training day on site, six people", 1150, 20),
    ("SV-STOCK", "Spares kept on site, a month", 180, 10),
)
STREAMS: dict[str, tuple[tuple[str, str], ...]] = {
    "paper": (
        ("Tissue line 1", "White water side rebuilt three years ago."),
        ("Stock preparation", "Sand in the pulp after each storm."),
        ("Coating kitchen", "Starch sets hard when the line stands."),
        ("Effluent", "Runs day and night."),
    ),
    "food": (
        ("Intake", "Two lorries an hour in season."),
        ("Pasteuriser feed", "Cleaned in place every night."),
        ("Powder handling", "Dust zone 22, tools to match."),
        ("Cleaning loop", "Caustic at 80 °C."),
    ),
    "water": (
        ("Dosing station", "Chlorine and polymer."),
        ("Filter backwash", "Twelve cycles a day."),
        ("Slurry transfer", "Abrasive; seats last half as long."),
        ("Cooling circuit", "Stops only in the summer shutdown."),
    ),
    "marine": (("Ballast treatment", "Only when a hull is in dock."), ("Cold store dock", "Three chambers.")),
}
PLANNED = {
    "meridian": ("Sterile water loop 2", "planned", "Building handed over soon; 60 RX-40 drawn in."),
    "borealis": ("Board machine 4", "planned", "Start-up in a year; tender expected in spring."),
    "cascade": ("Oat drink line", "planned", "Waiting for the planning permission."),
    "lario": ("Test bench hall", "stopped", "Closed by the new owner."),
    "pellegrin": ("Gas furnace cooling", "stopped", "Furnaces went electric."),
    "velden": ("Whey dryer", "stopped", "Mothballed; they say for a year."),
    "bianco": ("PET line 3", "planned", "Would need 24 DP-30."),
}  # fmt: skip
RETIRED_DAY = date(2026, 3, 12)


def add_parts(world: World) -> None:
    """A price list in each currency; one line of it is archived."""
    for currency, rate in PER_EURO.items():
        for model, (what, unit, spares, housing, days) in MODELS.items():
            lines: tuple[tuple[PartKind, str, str, int, int], ...] = (
                ("replacement", "R", f"{model} {what}, refurbished exchange unit", unit, days),
                ("spares", "S", f"{model} seat and seal set", spares, max(3, days // 3)),
                ("housing", "H", f"{model} housing, coated", housing, days + 14),
            )
            for kind, letter, name, euros, lead in lines:
                _add_part(world, f"{model}-{letter}", name, model, kind, euros * rate, currency, lead)
        for sku, name, euros, lead in SERVICES:
            _add_part(world, sku, name, "", "service", euros * rate, currency, lead)
    world.add(
        Part(
            id=sample_id("part", "RX-30-R"),
            sku="RX-30-R",
            name="RX-30 rotary valve, refurbished exchange unit",
            model="RX-30",
            unit_price=71_000,
            lead_days=30,
            archived_at=at(date(2025, 6, 30), 600),
        )
    )


def _add_part(
    world: World, sku: str, name: str, model: str, kind: PartKind, price: float, currency: str, lead: int
) -> None:
    # Other currencies are rounded as a price list would be: to five, to ten kronor.
    step = {"EUR": 1, "GBP": 5, "SEK": 10}[currency]
    world.add(
        Part(
            id=part_id(sku, currency),
            sku=sku if currency == "EUR" else f"{sku}-{currency}",
            name=name,
            model=model,
            kind=kind,
            unit_price=round(price / step) * step * 100,
            currency=currency,
            lead_days=lead,
        )
    )


def part_id(sku: str, currency: str) -> str:
    """The id of a line of the price list by its sku in euros."""
    return sample_id("part", sku, currency)


def add_streams(world: World) -> None:
    """Two to four streams at each customer with items, and those planned or stopped."""
    for place in PLACES:
        if place.items or (place.kind == "service" and not place.gone):
            for name, note in STREAMS[place.market][: 2 + (place.items > 20) + (place.items > 40)]:
                _add_stream(world, place, name, "stopped" if place.gone else "running", note)
        if planned := PLANNED.get(place.key):
            name, status, note = planned
            _add_stream(world, place, name, "planned" if status == "planned" else "stopped", note)


def _add_stream(world: World, place: Place, name: str, status: StreamStatus, note: str) -> None:
    stream_id = sample_id("stream", place.key, name)
    world.add(Stream(id=stream_id, customer_id=place.id, name=name, status=status, note=note))


def add_items(world: World) -> None:
    """Six hundred items; those of Aurora are the ones of the pictures."""
    for place in PLACES:
        if place.key == "aurora":
            _add_aurora(world, place)
        elif place.items:
            _add_plant(world, place)


def _add_aurora(world: World, place: Place) -> None:
    """Nine older units and the twelve that took their place in three batches."""
    streams = [name for name, _ in STREAMS["paper"]][:2]
    for number in range(1, 22):
        model = "RX-90" if number >= 19 else "RX-60" if number >= 14 else "RX-40"
        batch = {"RX-40": date(2026, 3, 12), "RX-60": date(2026, 2, 3), "RX-90": date(2026, 5, 20)}[model]
        old = number < 10
        world.add(
            Item(
                id=sample_id("item", place.key, number),
                customer_id=place.id,
                stream_id=sample_id("stream", place.key, streams[number % 2]),
                tag=f"W-{number:03d}",
                model="RX-40" if old else model,
                installed_on=date(2022, 6, 13) if old else batch,
                refurbished_on=None if old else batch,
                retired_on=RETIRED_DAY if old else None,
            )
        )


def _add_plant(world: World, place: Place) -> None:
    streams = [row for row in world.all(Stream) if row.customer_id == place.id and row.status != "planned"]
    models = FITS[place.market]
    for number in range(place.items):
        random = chance("item", place.key, number)
        installed = place.since - timedelta(days=random.randrange(40, 1400))
        # Every tenth item came later than the first visit.
        if number % 10 == 7:
            installed = place.since + timedelta(days=random.randrange(60, 300))
        refurbished = installed + timedelta(days=random.randrange(250, 700))
        world.add(
            Item(
                id=sample_id("item", place.key, number),
                customer_id=place.id,
                stream_id=streams[number * len(streams) // place.items].id,
                tag=f"{place.tag}-{100 + number}",
                model=models[number * 7 // 5 % len(models)],
                installed_on=min(installed, LAST_DAY - timedelta(days=120)),
                refurbished_on=refurbished if refurbished < place.since else None,
                retired_on=date(2025, 10, 31) if place.gone else None,
            )
        )
