"""The customers of the sample: who they are, how often they are seen, and what their two years were like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Benchmark, Customer, Market
from tests.sample.world import at, sample_id

if TYPE_CHECKING:
    from radar_tui.domain.customer import CustomerKind, CustomerStatus
    from tests.sample.world import World

MARKETS = {
    "paper": ("Paper and tissue", ((2025, 22.0), (2026, 24.0))),
    "food": ("Food and dairy", ((2025, 30.0), (2026, 28.0))),
    "water": ("Water and process", ((2025, 19.0), (2026, 21.0))),
    "marine": ("Marine and logistics", ((2025, 25.0), (2026, 23.0))),
}
COUNTRIES = {
    "it": ("Italy", "EUR", "Marta Ricci"),
    "se": ("Sweden", "SEK", "Henrik Sandberg"),
    "gb": ("United Kingdom", "GBP", "Claire Whitcombe"),
}
PER_EURO = {"EUR": 1.0, "GBP": 0.86, "SEK": 11.0}

Curve = tuple[tuple[float, float], ...]
STEADY: Curve = ((0, 8.5), (1, 9.15))
HAPPY: Curve = ((0, 9.2), (1, 9.6))
RISING: Curve = ((0, 6.4), (0.45, 7.4), (0.8, 9.4), (1, 9.7))
FALLING: Curve = ((0, 9.3), (0.55, 9.0), (0.8, 7.4), (1, 5.7))
DRIFTING: Curve = ((0, 9.2), (0.3, 8.0), (0.6, 6.0), (1, 3.2))
RECOVERED: Curve = ((0, 7.8), (0.35, 6.8), (0.48, 4.0), (0.6, 5.8), (0.72, 8.6), (1, 9.3))
LUKEWARM: Curve = ((0, 7.6), (0.5, 7.2), (1, 7.1))
LIKED: Curve = ((0, 8.1), (1, 8.7))


@dataclass(frozen=True, slots=True)
class Place:
    """A customer to be; `value` a year in euros, `seen` the last completed visit, `mood` the scores over time."""

    key: str
    name: str
    kind: CustomerKind
    market: str
    country: str
    city: str
    value: int
    mood: Curve
    seen: date | None
    contacts: int
    items: int = 0
    tickets: int = 0
    cadence: int = 90
    since: date = date(2024, 12, 4)
    tag: str = ""
    language: str = ""
    status: CustomerStatus = "active"
    notes: str = ""

    @property
    def id(self) -> str:
        return sample_id("customer", self.key)

    @property
    def currency(self) -> str:
        return COUNTRIES[self.country][1]

    @property
    def owner_id(self) -> str:
        return sample_id("colleague", COUNTRIES[self.country][2])

    @property
    def served(self) -> bool:
        """Whether service is part of what we sell them."""
        return self.kind != "product"

    @property
    def gone(self) -> bool:
        """Whether it is no longer on the Radar."""
        return self.status == "former" or self.key == "solent"


PLACES: tuple[Place, ...] = (
    Place("aurora", "Aurora Tissue S.p.A.", "product", "paper", "it", "Lucca", 186_000, FALLING,
          date(2026, 7, 14), 6, items=12, tickets=10, tag="W",
          notes="Two tissue lines, three shifts. Paolo Conti decides alone and wants figures on one page."),
    Place("sorgente", "Sorgente Acque S.p.A.", "both", "water", "it", "Trento", 142_000, RISING,
          date(2026, 9, 4), 5, items=24, tickets=80, tag="SA",
          notes="Dosing stations in the valley, bottling in town. Access only with a booked escort."),
    Place("lario", "Officine Lario S.r.l.", "both", "water", "it", "Lecco", 98_000, FALLING,
          date(2026, 10, 12), 5, items=28, tickets=90, tag="OL",
          notes="Bought by a fund in spring; the new management compares every supplier."),
    Place("brixner", "Brixner Obst Gen.", "product", "food", "it", "Bressanone", 76_000, STEADY,
          date(2026, 9, 10), 4, items=30, tag="BO", since=date(2025, 3, 3), language="de",
          notes="Co-operative of apple growers. Speak German; nobody has time in September."),
    Place("combin", "Latteria Grand Combin S.c.", "product", "food", "it", "Aosta", 41_000, LIKED,
          date(2026, 10, 26), 4, items=22, tag="GC", cadence=180, language="fr",
          notes="Mountain dairy, one road, closed in snow. French on the floor."),
    Place("valserena", "Cartiera Valserena S.p.A.", "product", "paper", "it", "Fabriano", 231_000, STEADY,
          date(2026, 10, 5), 5, items=48, tickets=8, tag="CV", since=date(2025, 6, 2),
          notes="Fine paper since 1890. Yearly shutdown in the second week of August."),
    Place("adria", "Adria Cantieri S.r.l.", "service", "marine", "it", "Monfalcone", 118_000, LIKED,
          date(2026, 11, 9), 5, tickets=170, cadence=60,
          notes="Ship repair yard; work comes in bursts when a hull is in dock."),
    Place("bianco", "Lago Bianco Minerali S.p.A.", "product", "water", "it", "Bergamo", 0, STEADY,
          None, 2, status="prospect", notes="Met at the water fair. Uses a competitor's exchange units."),
    Place("borealis", "Borealis Paper AB", "product", "paper", "se", "Sundsvall", 312_000, STEADY,
          date(2026, 9, 1), 6, items=55, tickets=12, tag="BP", since=date(2025, 7, 1),
          notes="Our largest plant. Safety briefing takes forty minutes; arrive early."),
    Place("nordhavn", "Nordhavn Logistics AB", "service", "marine", "se", "Malmö", 164_000, LIKED,
          date(2026, 9, 2), 6, tickets=310,
          notes="Cold stores at the harbour. The service desk is what they buy; first reply is what they count."),
    Place("halden", "Halden Kraft AB", "product", "water", "se", "Uddevalla", 127_000, LUKEWARM,
          date(2026, 9, 28), 5, items=40, tag="HK", since=date(2025, 3, 10),
          notes="Process water for two power stations. Buys on framework contracts only."),
    Place("lindqvist", "Lindqvist Bruk AB", "product", "paper", "se", "Hagfors", 174_000, HAPPY,
          date(2026, 11, 17), 5, items=44, tag="LB", since=date(2025, 5, 5),
          notes="Family mill. Karin Lindqvist walks the round with us each time."),
    Place("malar", "Mälar Mejeri AB", "both", "food", "se", "Västerås", 109_000, STEADY,
          date(2026, 10, 20), 5, items=30, tickets=90, tag="MM", cadence=60, since=date(2025, 8, 18),
          notes="Dairy with a new aseptic line. Wants the same technician each time."),
    Place("skargard", "Skärgård Marin AB", "service", "marine", "se", "Karlskrona", 83_000, STEADY,
          date(2026, 11, 11), 4, tickets=150, cadence=120,
          notes="Ferries and pilot boats. Reachable before seven in the morning."),
    Place("vattern", "Vättern Board AB", "product", "paper", "se", "Jönköping", 205_000, LUKEWARM,
          date(2026, 10, 13), 5, items=56, tag="VB", cadence=120, since=date(2025, 8, 11),
          notes="Carton board. Stores are run by a contractor; parts get lost between gate and line."),
    Place("tornedal", "Tornedal Pulp AB", "product", "paper", "se", "Haparanda", 0, STEADY,
          None, 2, status="prospect", notes="Asked for a price on 40 RX-90 units. Nobody of ours has been there."),
    Place("cascade", "Cascade Foods Ltd", "both", "food", "gb", "Leeds", 153_000, RECOVERED,
          date(2026, 9, 21), 6, items=34, tickets=120, tag="CF",
          notes="Nearly lost over late replies last winter; stayed after we changed the desk."),
    Place("velden", "Velden Dairy Ltd", "both", "food", "gb", "Taunton", 137_000, DRIFTING,
          date(2026, 7, 21), 6, items=38, tickets=150, tag="VD",
          notes="Two visits called off this year. A competitor has been seen in the valve room."),
    Place("meridian", "Meridian Pharma Ltd", "product", "water", "gb", "Macclesfield", 198_000, HAPPY,
          date(2026, 10, 6), 6, items=36, tickets=10, tag="MP",
          notes="Every part needs its certificate before it passes the gate."),
    Place("tamar", "Tamar Ceramics Ltd", "product", "water", "gb", "Plymouth", 88_000, STEADY,
          date(2026, 10, 19), 5, items=32, tag="TC", since=date(2025, 9, 8),
          notes="Glaze slurry eats seats. They measure wear themselves and like to compare."),
    Place("ostend", "Ostend Marine Ltd", "service", "marine", "gb", "Harwich", 126_000, LIKED,
          date(2026, 11, 2), 5, tickets=240,
          notes="Supply vessels. Crews change on Wednesdays; call the port captain first."),
    Place("penrose", "Penrose Bakeries Ltd", "product", "food", "gb", "Truro", 54_000, LUKEWARM,
          date(2026, 8, 25), 5, items=22, tag="PB", since=date(2025, 5, 12),
          notes="Flour intake and sugar silo. Small budget, quick decisions."),
    Place("caldera", "Caldera Chemicals Ltd", "both", "water", "gb", "Middlesbrough", 146_000, LIKED,
          date(2026, 9, 16), 5, items=32, tickets=60, tag="CC",
          notes="Chlorine side needs a permit each day. Process manager is Spanish."),
    Place("wharfe", "Wharfe Print and Pack Ltd", "product", "paper", "gb", "Otley", 0, STEADY,
          date(2026, 11, 20), 3, cadence=120, since=date(2026, 11, 1), status="prospect",
          notes="First visit went well; waiting for their list of valves."),
    Place("pellegrin", "Pellegrin Vetro S.r.l.", "product", "water", "it", "Murano", 0, LUKEWARM,
          date(2025, 10, 7), 3, items=8, tag="PV", status="former",
          notes="The furnaces went electric; nothing of ours is left running."),
    Place("solent", "Solent Freight Ltd", "service", "marine", "gb", "Southampton", 0, STEADY,
          None, 2, status="prospect", notes="Closed its workshop before we could start."),
)  # fmt: skip
BY_ID = {place.id: place for place in PLACES}


def add_markets(world: World) -> None:
    """Four markets with benchmarks that say that they are invented."""
    for key, (name, benchmarks) in MARKETS.items():
        market = world.add(Market(id=sample_id("market", key), name=name))
        for year, nps in benchmarks:
            world.add(
                Benchmark(
                    id=sample_id("benchmark", key, year),
                    market_id=market.id,
                    nps=nps,
                    source="Invented for the sample",
                    year=year,
                    region="Europe",
                )
            )


def add_customers(world: World) -> None:
    """One customer a place."""
    for place in PLACES:
        world.add(
            Customer(
                id=place.id,
                name=place.name,
                kind=place.kind,
                status=place.status,
                market_id=sample_id("market", place.market),
                owner_id=place.owner_id,
                cadence_days=place.cadence,
                annual_value=round(place.value * PER_EURO[place.currency], -3) * 100,
                currency=place.currency,
                city=place.city,
                country=COUNTRIES[place.country][0],
                notes=place.notes,
                archived_at=at(date(2026, 3, 27), 15 * 60) if place.key == "solent" else None,
            )
        )
