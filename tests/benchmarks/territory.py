"""A big, believable territory: the same rows for the same size and week, cached outside the repository.

`cached(USUAL)` gives a file that nobody may write to: benchmarks work on a copy (`working_copy`).
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui import checklists, paths
from radar_tui.settings import Settings
from radar_tui.store.ids import fact_id
from radar_tui.store.schema import migrations
from radar_tui.store.store import Store

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

SEED = 20_26
KNOWN = "Aurora Tissue"
"""The most overdue customer, so the first row of the Radar; it has `KNOWN_ITEMS` items to grade."""
KNOWN_ITEMS = 20
CHECKLIST = "refurbishment"
MODELS = ("RX-40", "RX-60", "RX-80", "TX-12", "TX-25")
VERDICTS = ("serviceable", "deteriorating", "unserviceable", "not inspected")
PARTS = (("replacement", 124_000), ("spares", 43_000), ("housing", 210_000))

_FIRST = (
    *("Alpina", "Baltica", "Borealis", "Cascade", "Delta", "Édelweiß", "Fjord", "Gärtner", "Hansa", "Iberia"),
    *(
        "Jadran",
        "Kärnten",
        "Liguria",
        "Łódzka",
        "Meridian",
        "Nordica",
        "Orion",
        "Pacífica",
        "Quercia",
        "Rhône",
    ),
    *("Savoie", "Tirrenia", "Umbria", "Værløse", "Weser", "Xylon", "Ypres", "Zürich"),
)
_SECOND = (
    *("Paper", "Tissue", "Foods", "Pulp", "Steel", "Dairy", "Cement", "Textile", "Glass", "Sugar", "Brewery"),
    *("Chemie", "Ceramiche", "Plastics", "Energy", "Marine", "Packaging", "Papierfabrik", "Rail", "Timber"),
)
_LEGAL = ("GmbH", "S.p.A.", "SA", "AG", "Ltd", "AB", "BV", "S.r.l.")
_PEOPLE = (
    "Anna",
    "Bruno",
    "Chiara",
    "Dieter",
    "Elena",
    "Franz",
    "Giulia",
    "Hugo",
    "Ines",
    "Jonas",
    "Karin",
    "Luca",
)
_SURNAMES = (
    "Rossi",
    "Müller",
    "Dubois",
    "Conti",
    "Weber",
    "Novák",
    "Jensen",
    "Costa",
    "Moreau",
    "Ricci",
    "Keller",
)
_VALUES = ("yes", "yes", "yes", "no", "n/a")
_NOTES = (
    "",
    "",
    "",
    "",
    "",
    "Asked again at the next visit",
    "Seal worn, see photo of line 2",
    "Öl am Flansch",
)


@dataclass(frozen=True, slots=True)
class Size:
    """About how many rows of the nouns that grow (visits and answers exactly); the rest follows the customers."""

    customers: int
    visits: int
    answers: int
    items: int
    findings: int
    responses: int


USUAL = Size(10_000, 100_000, 1_000_000, 100_000, 300_000, 100_000)
WIDE = Size(100_000, 200_000, 1_000_000, 200_000, 300_000, 200_000)
SMALL = Size(50, 500, 5_000, 500, 1_500, 500)


@dataclass(frozen=True, slots=True)
class Held:
    """A completed visit: days before today, number of its customer, how many newer ones that customer has."""

    id: str
    ago: int
    customer: int
    newer: int


def cached(size: Size, today: date | None = None) -> Path:
    """The territory of `size`, built now (about half a minute) if it is not there yet.

    It ends in this week, so that due dates mean something; older ones of the same size are deleted.
    """
    today = today or datetime.now(UTC).date()
    week = today - timedelta(days=today.weekday())
    folder = Path(tempfile.gettempdir()) / f"radar-benchmarks-{_digest(*migrations.NAMES)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    asked = Path(checklists.__file__).with_name(f"{CHECKLIST}.toml")
    recipe = _digest(*(source.read_text(encoding="utf-8") for source in (Path(__file__), asked)))
    file = folder / f"{size.customers}-customers-{week}-{recipe}.db"
    if not file.exists():
        for old in folder.glob(f"{size.customers}-customers-*"):
            old.unlink()
        scratch = file.with_suffix(f".{os.getpid()}.part")
        build(scratch, size, week)
        os.replace(scratch, file)
    return file


def working_copy(original: Path, folder: Path, name: str = "") -> Path:
    """A copy of a database to write to. Its daily backup counts as made, so that none runs while measuring."""
    copy = folder / (name or original.name)
    shutil.copyfile(original, copy)
    backups = paths.backups(copy)
    backups.mkdir(mode=0o700, exist_ok=True)
    (backups / f"{datetime.now(UTC).astimezone():%Y%m%d-%H%M%S}.db").touch()
    return copy


def build(file: Path, size: Size, today: date) -> None:
    """Write the territory of `size` to a new file, its triggers at work, every foreign key checked."""
    with Store.open(file) as store:
        checklist = store.checklist.current(CHECKLIST)
        checklist_id = store.checklist.pin(checklist)
        questions = [question.key for step in checklist.steps for question in step.questions]
        connection = store.connection
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        _Builder(connection, size, today, checklist_id, questions).run()
        connection.execute("COMMIT")
        if broken := store.row("PRAGMA foreign_key_check"):
            raise ValueError(f"the territory has a row without its parent: {tuple(broken)}")
        store.local.save(Settings(me="colleague-0", company="Benchmark Refurbishing"))
    Store.open(file).close()  # back to WAL


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:10]


def _shares(total: int, parts: int) -> Iterator[int]:
    """`parts` nearly equal whole numbers that sum up to `total`."""
    for part in range(parts):
        yield total * (part + 1) // parts - total * part // parts


class _Builder:
    """Loads table after table; what a later table needs of an earlier one is kept in lists."""

    def __init__(
        self, connection: sqlite3.Connection, size: Size, today: date, checklist: str, questions: list[str]
    ) -> None:
        self.connection = connection
        self.size = size
        self.today = today
        self.checklist = checklist
        # What the checklist asks, then as many more as it takes: earlier versions asked other things.
        self.questions = [*questions, *(f"earlier_question_{n}" for n in range(100))]
        self.dice = random.Random(SEED)
        self.clock = int(datetime(today.year - 3, 1, 1, tzinfo=UTC).timestamp() * 1000)
        self.customers: list[str] = []
        self.contacts: list[tuple[str, str]] = []
        self.items: list[list[str]] = []
        self.held: list[Held] = []

    def run(self) -> None:
        """All tables, parents first."""
        self._ours()
        self._customers()
        self._people()
        self._items()
        self._visits()
        self._answers()
        self._findings()
        self._responses()
        self._service()
        self._business()

    def load(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        marks = ", ".join("?" for _ in columns.split(","))
        self.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def new_id(self) -> str:
        """A UUIDv7 of the builder's own clock and dice."""
        self.clock += 7
        stamp, dice = f"{self.clock:012x}", f"{self.dice.getrandbits(72):018x}"
        return f"{stamp[:8]}-{stamp[8:]}-7{dice[:3]}-8{dice[3:6]}-{dice[6:]}"

    def day(self, ago: int) -> str:
        return (self.today - timedelta(days=ago)).isoformat()

    def moment(self, ago: int) -> str:
        return f"{self.day(ago)}T{self.dice.randrange(7, 17):02d}:{self.dice.randrange(60):02d}:00.000Z"

    def _ours(self) -> None:
        names = [(f"market-{n}", name) for n, name in enumerate(_SECOND[:4])]
        self.load("market", "id, name", names)
        last_year = self.today.year - 1
        benchmarks = [(f"benchmark-{n}", f"market-{n}", 18.0 + n, "invented", last_year) for n in range(4)]
        self.load("benchmark", "id, market_id, nps, source, year", benchmarks)
        colleagues = [
            (f"colleague-{n}", f"{_PEOPLE[n]} {_SURNAMES[n % 11]}", "service", n % 2) for n in range(12)
        ]
        self.load("colleague", "id, name, function, direct_contact", colleagues)
        parts = [
            (self.new_id(), f"{model}-{kind[:3].upper()}", f"{model} {kind}", model, kind, price, 21)
            for model in MODELS
            for kind, price in PARTS
        ]
        self.load("part", "id, sku, name, model, kind, unit_price, lead_days", parts)
        promises = [(f"promise-{n}", f"Promise {n}", self.day(700)) for n in range(3)]
        self.load("promise", "id, title, made_on", promises)

    def _customers(self) -> None:
        self.customers = [self.new_id() for _ in range(self.size.customers)]
        self.load(
            "customer",
            "id, name, kind, status, market_id, owner_id, cadence_days, annual_value, city",
            map(self._customer, range(self.size.customers)),
        )

    def _customer(self, n: int) -> tuple[object, ...]:
        first, second = _FIRST[n % len(_FIRST)], _SECOND[n // len(_FIRST) % len(_SECOND)]
        return (
            self.customers[n],
            f"{first} {second} {_LEGAL[n % 8]} {n:05d}" if n else KNOWN,
            self.dice.choice(("product", "service", "both")),
            "active" if n == 0 else self.dice.choices(("active", "prospect", "former"), (95, 3, 2))[0],
            f"market-{n % 4}",
            f"colleague-{n % 12}",
            self.dice.choice((60, 90, 90, 120)),
            self.dice.randrange(10_000, 90_000_000),
            "Town",
        )

    def _people(self) -> None:
        people: list[tuple[str, ...]] = []
        for customer in self.customers:
            for role in ("decision maker", "influencer", "user", "gatekeeper"):
                name = f"{self.dice.choice(_PEOPLE)} {self.dice.choice(_SURNAMES)}"
                language = self.dice.choice(("en", "it", "de"))
                people.append((self.new_id(), customer, name, role, "maintenance", language))
        self.load("contact", "id, customer_id, name, role, function, language", people)
        self.contacts = [(people[n][0], people[n + 1][0]) for n in range(0, len(people), 4)]
        pairs = [
            (self.new_id(), decider, f"colleague-{n % 12}") for n, (decider, _) in enumerate(self.contacts)
        ]
        self.load("counterpart", "id, contact_id, colleague_id", pairs)

    def _items(self) -> None:
        streams = [(self.new_id(), customer, "Line 1") for customer in self.customers]
        self.load("stream", "id, customer_id, name", streams)
        counts = [KNOWN_ITEMS, *_shares(self.size.items - KNOWN_ITEMS, self.size.customers - 1)]
        self.items = [[self.new_id() for _ in range(count)] for count in counts]
        rows = (
            (
                *(item, self.customers[n], streams[n][0], f"W-{place:03d}", MODELS[(n + place) % 5]),
                *(self.day(1_000), self.day(self.dice.randrange(100, 700))),
            )
            for n, items in enumerate(self.items)
            for place, item in enumerate(items, 1)
        )
        self.load("item", "id, customer_id, stream_id, tag, model, installed_on, refurbished_on", rows)

    def _visits(self) -> None:
        """A visit a quarter for all but one customer in fifty, who was never seen; two in five have one planned."""
        seen = [n for n in range(self.size.customers) if n == 0 or n % 50]
        planned: list[tuple[object, ...]] = []
        held: list[Held] = []
        for n, count in zip(seen, _shares(self.size.visits, len(seen)), strict=True):
            newest = self.dice.randrange(140) if n else 300
            if n and self.dice.random() < 0.4:
                count -= 1
                coming = self.day(-self.dice.randrange(1, 60))
                who = self.new_id(), self.customers[n], self.checklist
                planned.append((*who, "planned", coming, None, None, None, "colleague-0"))
            for newer in range(count):
                held.append(Held(self.new_id(), newest + 85 * newer + self.dice.randrange(10), n, newer))
        self.held = sorted(held, key=lambda visit: (-visit.ago, visit.customer))
        columns = "id, customer_id, checklist_id, status, planned_on, started_at, completed_at, completed_on, brm_id"
        self.load("visit", columns, map(self._completed, self.held))
        self.load("visit", columns, planned)
        attended = ((self.new_id(), visit.id, self.contacts[visit.customer][0]) for visit in self.held)
        self.load("attendee", "id, visit_id, contact_id", attended)

    def _completed(self, visit: Held) -> tuple[object, ...]:
        day, customer = self.day(visit.ago), self.customers[visit.customer]
        began, ended = f"{day}T06:30:00.000Z", self.moment(visit.ago)
        brm = f"colleague-{visit.customer % 12}"
        return visit.id, customer, self.checklist, "completed", day, began, ended, day, brm

    def _answers(self) -> None:
        def rows() -> Iterator[tuple[object, ...]]:
            for visit, count in zip(self.held, _shares(self.size.answers, len(self.held)), strict=True):
                at = self.moment(visit.ago)
                for question in self.questions[:count]:
                    value, note = self.dice.choice(_VALUES), self.dice.choice(_NOTES)
                    yield fact_id("answer", visit.id, question, None), visit.id, question, value, note, at

        self.load("answer", "id, visit_id, question, value, note, answered_at", rows())

    def _findings(self) -> None:
        """The newest visits of each customer have an integrity report on all its items."""
        reports = max(1, round(self.size.findings / self.size.items))

        def rows() -> Iterator[tuple[object, ...]]:
            for visit in self.held:
                if visit.newer < reports:
                    items, at = self.items[visit.customer], self.moment(visit.ago)
                    verdicts = self.dice.choices(VERDICTS, (80, 12, 4, 4), k=len(items))
                    for item, verdict in zip(items, verdicts, strict=True):
                        yield fact_id("finding", visit.id, item), visit.id, item, verdict, at

        self.load("finding", "id, visit_id, item_id, verdict, found_at", rows())

    def _responses(self) -> None:
        """The newest visits asked both questions; of the last month's answers the follow-ups are open."""
        asked = max(1, round(self.size.responses / self.size.customers / 2))
        responses: list[tuple[object, ...]] = []
        duties: list[tuple[object, ...]] = []
        for visit in self.held:
            if visit.newer >= asked:
                continue
            n, day = visit.customer, self.day(visit.ago)
            for question in ("recommend", "retain"):
                id, contact = self.new_id(), self.contacts[n][visit.newer % 2]
                score = min(10, max(0, round(self.dice.gauss(7.6 + n % 3 / 2, 1.8))))
                why = self.dice.choice(_NOTES)
                responses.append((id, self.customers[n], contact, visit.id, question, score, why, day))
                play = "recover" if score < 7 else "nudge" if score < 9 else "learn"
                due = self.moment(visit.ago - 5)
                state = ("closed", due) if visit.ago > 30 else ("open", None)
                duties.append((fact_id("follow_up", id), id, play, f"colleague-{n % 12}", due, *state))
        columns = "id, customer_id, contact_id, visit_id, question, score, verbatim, asked_on"
        self.load("response", columns, responses)
        self.load("follow_up", "id, response_id, play, owner_id, due_at, status, closed_at", duties)

    def _service(self) -> None:
        """Three tickets, two KPIs with three readings each and two scorecards per customer."""
        tickets: list[tuple[object, ...]] = []
        measures: list[tuple[object, ...]] = []
        readings: list[tuple[object, ...]] = []
        cards: list[tuple[object, ...]] = []
        for n, customer in enumerate(self.customers):
            for place in range(3):
                opened = self.dice.randrange(5, 600)
                verdict = (0, None) if self.dice.random() < 0.05 else (1, self.day(opened - 4))
                began, ended = self.moment(opened), self.moment(opened - 3)
                tickets.append(
                    (self.new_id(), customer, f"T{n:06d}{place}", "Late reply", began, ended, *verdict)
                )
            for perspective in ("financial", "internal"):
                measure = self.new_id()
                measures.append((measure, customer, perspective, "Downtime", "h", 48.0, 4.0, 12.0))
                for ago in (210, 120, 30):
                    readings.append(
                        (self.new_id(), measure, self.day(ago), round(self.dice.uniform(2, 40), 1))
                    )
            for day in (self.day(200), self.day(20)):
                cards.append(
                    (fact_id("scorecard", customer, day), customer, day, self.dice.uniform(30, 95), 0.75)
                )
        columns = "id, customer_id, reference, subject, opened_at, closed_at, satisfied, shown_on"
        self.load("ticket", columns, tickets)
        self.load("measure", "id, customer_id, perspective, name, unit, worst, best, target", measures)
        self.load("reading", "id, measure_id, as_of, value", readings)
        self.load("scorecard", "id, customer_id, as_of, value, coverage", cards)

    def _business(self) -> None:
        """What came out of each customer's newest visit."""
        opportunities: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        actions: list[tuple[object, ...]] = []
        checks: list[tuple[object, ...]] = []
        for visit in self.held:
            if visit.newer:
                continue
            n, customer, found = visit.customer, self.customers[visit.customer], self.new_id()
            stage = self.dice.choice(("idea", "quoted", "won", "lost"))
            opportunities.append((found, customer, visit.id, "replacement", "Replacements", stage))
            lines += [(self.new_id(), found, "RX-40 replacement", 1 + place, 124_000) for place in range(2)]
            status, due = "done" if n % 4 else "open", self.day(visit.ago - 20)
            owner = f"colleague-{n % 12}"
            actions.append((self.new_id(), customer, visit.id, "Send the quote", owner, due, status))
            for promise in ("promise-0", "promise-1", "promise-2"):
                kept = self.dice.randrange(2)
                checks.append((fact_id("promise_check", promise, visit.id), promise, visit.id, kept))
        self.load("opportunity", "id, customer_id, visit_id, kind, title, stage", opportunities)
        self.load("opportunity_line", "id, opportunity_id, description, quantity, unit_price", lines)
        self.load("action", "id, customer_id, visit_id, title, owner_id, due_on, status", actions)
        self.load("promise_check", "id, promise_id, visit_id, kept", checks)
