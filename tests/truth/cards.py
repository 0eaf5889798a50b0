"""The card of a customer, worked out from plain rows: every measure, what it weighs, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import DERIVED

if TYPE_CHECKING:
    import sqlite3
    from random import Random

    from tests.truth.answers import Answers
    from tests.truth.rows import Customer, Visit

LEAST = 0.4


class Value(NamedTuple):
    """What a measure says at a day; `as_of` None: nothing was ever known."""

    value: float | None
    as_of: date | None


NOTHING = Value(None, None)


class Scale(NamedTuple):
    name: str
    perspective: str
    worst: float
    best: float
    weight: float
    valid_days: int
    id: str = ""


@dataclass(frozen=True)
class Cards:
    """What is so of the cards, at the moment of the truth behind `answers`."""

    answers: Answers

    @property
    def today(self) -> date:
        return self.answers.truth.today

    def card(self, customer: Customer) -> tuple[float | None, float, set[str], set[str]]:
        """Value, coverage, and the names of what is too old and of what is missing."""
        scored: list[tuple[float | None, float]] = []
        stale: set[str] = set()
        missing: set[str] = set()
        for scale, found in self.measures(customer):
            score = None
            if found.value is not None and found.as_of is not None:
                fresh = 0 <= (self.today - found.as_of).days <= scale.valid_days
                share = (found.value - scale.worst) / (scale.best - scale.worst)
                score = 100 * min(1.0, max(0.0, share)) if fresh else None
            if scale.weight and score is None:
                (missing if found.as_of is None else stale).add(scale.name)
            scored.append((score, scale.weight))
        total = sum(weight for _, weight in scored)
        known = [(score, weight) for score, weight in scored if score is not None]
        weights = sum(weight for _, weight in known)
        coverage = weights / total if total else 0.0
        value = sum(score * weight for score, weight in known) / weights if weights else None
        return value if coverage >= LEAST else None, coverage, stale, missing

    def measures(self, customer: Customer) -> list[tuple[Scale, Value]]:
        """Those written down, the first of each name that is computed, those of its kind, and the defaults."""
        found: list[tuple[Scale, Value]] = []
        seen = set()
        by_name = {one.name.casefold(): one for one in DERIVED}
        for row in sorted(self.answers.truth.rows.measures, key=lambda row: row.id):
            if row.customer_id != customer.id:
                continue
            scale = Scale(row.name, row.perspective, row.worst, row.best, row.weight, row.valid_days, row.id)
            computed = by_name.get(row.name.strip().casefold())
            if computed is None:
                seen.add(row.name.strip().casefold())
                found.append((scale, self._read(scale)))
            elif computed.key not in seen:
                seen.add(computed.key)
                found.append((scale, self.computed(computed.key, customer, scale.valid_days)))
        for every in self.answers.truth.rows.kind_measures:
            known = by_name.get(every.name.strip().casefold())
            key = known.key if known else every.name.strip().casefold()
            if every.kind == customer.kind and key not in seen:
                seen.add(key)
                scale = Scale(
                    every.name, every.perspective, every.worst, every.best, every.weight, every.valid_days
                )
                found.append((scale, self.computed(key, customer, every.valid_days) if known else NOTHING))
        for one in DERIVED:
            if one.key not in seen and customer.kind in one.kinds:
                scale = Scale(one.name, one.perspective, one.worst, one.best, one.weight, one.valid_days)
                found.append((scale, self.computed(one.key, customer, one.valid_days)))
        return found

    def _read(self, scale: Scale) -> Value:
        """The newest reading, of several on one day the one written last."""
        readings = [
            row
            for row in self.answers.truth.rows.readings
            if row.measure_id == scale.id and row.as_of <= self.today
        ]
        newest = max(readings, key=lambda row: (row.as_of, row.id), default=None)
        return Value(newest.value, newest.as_of) if newest else NOTHING

    def computed(self, key: str, customer: Customer, window: int) -> Value:
        since = self.today - timedelta(days=window)
        if key in ("recommend", "retain"):
            return self._answered(key, customer)
        made = {
            "orders": self._orders, "promises": self._promises, "tickets": self._tickets,
            "counterparts": self._counterparts, "observation": self._observation,
        }  # fmt: skip
        return made[key](customer, since)

    def _answered(self, question: str, customer: Customer) -> Value:
        if customer.id not in self.answers.customers:
            return NOTHING
        score, _ = self.answers.deciding(customer, question, self.today)
        asked = [
            answer.asked_on
            for contact in self.answers.people(self.today)
            if contact.customer_id == customer.id and contact.role == "decision maker"
            if (answer := self.answers.newest(contact, question, date.min, self.today))
        ]
        return Value(None if score is None else 10 * score, max(asked, default=None))

    def _held(self, visit: Visit) -> date | None:
        if day := self.answers.truth.visit_day(visit):
            return day
        zone = self.answers.truth.now.tzinfo
        return visit.started_at.astimezone(zone).date() if visit.started_at else None

    def _promises(self, customer: Customer, since: date) -> Value:
        rows = self.answers.truth.rows
        held = {one.id: self._held(one) for one in rows.visits if one.customer_id == customer.id}
        asked = [
            (day, check.kept)
            for check in rows.checks
            if check.kept is not None and (day := held.get(check.visit_id)) and day <= self.today
        ]
        kept = [kept for day, kept in asked if day > since]
        return Value(
            100 * sum(kept) / len(kept) if kept else None, max((day for day, _ in asked), default=None)
        )

    def _tickets(self, customer: Customer, since: date) -> Value:
        zone = self.answers.truth.now.tzinfo
        closed = [
            (row.closed_at.astimezone(zone).date(), (row.closed_at - row.opened_at) / timedelta(days=1))
            for row in self.answers.truth.rows.tickets
            if row.customer_id == customer.id and row.closed_at is not None
        ]
        closed = [(day, days) for day, days in closed if day <= self.today]
        recent = [max(0.0, days) for day, days in closed if day > since]
        return Value(median(recent) if recent else None, max((day for day, _ in closed), default=None))

    def _counterparts(self, customer: Customer, _: date) -> Value:
        rows = self.answers.truth.rows
        ours = {one.id for one in rows.colleagues if one.left_on is None or one.left_on > self.today}
        there = [
            one.id
            for one in rows.contacts
            if one.customer_id == customer.id and (one.left_on is None or one.left_on > self.today)
        ]
        met = {
            pair.contact_id
            for pair in rows.counterparts
            if pair.colleague_id in ours and pair.met_on and pair.met_on <= self.today
        }
        return Value(100 * sum(id in met for id in there) / len(there), self.today) if there else NOTHING

    def _observation(self, customer: Customer, since: date) -> Value:
        days = [
            self.answers.truth.visit_day(one)
            for one in self.answers.truth.visits(customer, "completed")
            if one.occasion == "observation day"
        ]
        return Value(float(any(day and since < day <= self.today for day in days)), self.today)

    def _orders(self, customer: Customer, since: date) -> Value:
        rows = self.answers.truth.rows
        if not customer.annual_value:
            return NOTHING
        visits = {one.id: self._held(one) for one in rows.visits}
        won = 0
        for one in rows.opportunities:
            held = visits.get(one.visit_id or "")
            expected, found = one.expected_on or held, held or one.expected_on
            mine = (
                one.customer_id == customer.id and one.stage != "lost" and one.currency == customer.currency
            )
            if mine and expected and expected > since and found and found <= self.today:
                won += sum(
                    line.quantity * line.unit_price
                    for line in rows.lines
                    if line.opportunity_id == one.id and line.decision == "agreed"
                )
        return Value(100 * won / customer.annual_value, self.today)

    def stored(self, customer: Customer, since: date) -> list[tuple[date, float]]:
        """Cards of earlier days that say something."""
        return sorted(
            (row.as_of, row.value)
            for row in self.answers.truth.rows.scorecards
            if row.customer_id == customer.id and since < row.as_of <= self.today
            and row.value is not None and row.coverage >= LEAST
        )  # fmt: skip


NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)


def fill(connection: sqlite3.Connection, dice: Random) -> None:
    """Measures read by hand and computed ones with readings, stored cards of other days, tickets, observation days."""
    connection.execute(
        "INSERT OR IGNORE INTO promise (id, title, made_on) VALUES ('p9', 'On time', '2025-01-01')"
    )
    for kind in ("product", "service", "both"):
        for name in dice.sample(["Training", "Wear", "Orders won"], dice.randrange(3)):
            connection.execute(
                "INSERT INTO kind_measure (id, kind, perspective, name, worst, best, weight, valid_days) "
                "VALUES (?, ?, 'learning', ?, 0, 50, ?, 365)",
                [f"{kind} {name}", kind, name, dice.choice([0, 30])],
            )
    for (customer,) in connection.execute("SELECT id FROM customer ORDER BY id").fetchall():
        for number in range(dice.randrange(3)):
            _measure(connection, dice, customer, f"{customer} n{number}")
        for _ in range(dice.randrange(3)):
            day = (NOON - timedelta(days=dice.choice([-3, 0, 1, 40, 400, 800]))).date().isoformat()
            value, coverage = dice.choice([(58.0, 0.8), (0.0, 0.3), (None, 0.0), (71.5, 0.4)])
            connection.execute(
                "INSERT OR IGNORE INTO scorecard (id, customer_id, as_of, value, coverage) VALUES (?, ?, ?, ?, ?)",
                [f"{customer} {day}", customer, day, value, coverage],
            )
        for number in range(dice.randrange(4)):
            opened = NOON - timedelta(
                days=dice.choice([0, 1, 30, 364, 366, 500]), hours=dice.randrange(30), seconds=30
            )
            closed = opened + timedelta(hours=dice.choice([-1, 2, 50, 400]))
            moments = [
                at.isoformat(timespec="milliseconds").replace("+00:00", "Z") for at in (opened, closed)
            ]
            connection.execute(
                "INSERT INTO ticket (id, customer_id, opened_at, closed_at) VALUES (?, ?, ?, ?)",
                [f"{customer} k{number}", customer, moments[0], moments[1] if dice.random() < 0.8 else None],
            )
        visits = connection.execute(
            "SELECT id FROM visit WHERE customer_id = ? ORDER BY id", [customer]
        ).fetchall()
        for (visit,) in visits:
            if dice.random() < 0.2:
                connection.execute("UPDATE visit SET occasion = 'observation day' WHERE id = ?", [visit])
            if dice.random() < 0.5:
                connection.execute(
                    "INSERT INTO promise_check (id, promise_id, visit_id, kept) VALUES (?, 'p9', ?, ?)",
                    [f"{visit} p9", visit, dice.choice([None, 0, 1, 1])],
                )


def _measure(connection: sqlite3.Connection, dice: Random, customer: str, id: str) -> None:
    name = dice.choice(["Margin", "Training", "Retention", "recommendation", " Orders won"])
    worst, best = dice.choice([(0, 100), (48, 4)])
    weight, valid = dice.choice([0, 20, 60]), dice.choice([1, 60, 365])
    connection.execute(
        "INSERT INTO measure (id, customer_id, perspective, name, worst, best, weight, valid_days) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [id, customer, dice.choice(["financial", "internal"]), name, worst, best, weight, valid],
    )
    for number in range(dice.randrange(3)):
        day = (NOON - timedelta(days=dice.choice([-2, 0, 1, 2, 59, 60, 61, 365, 366]))).date().isoformat()
        connection.execute(
            "INSERT INTO reading (id, measure_id, as_of, value) VALUES (?, ?, ?, ?)",
            [f"{id} {number}", id, day, dice.choice([0, 10, 19.5, 60])],
        )
