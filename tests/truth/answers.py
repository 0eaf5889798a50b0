"""Whose answers count, and what follows from them: scores, arrows, quarters, levers and shares, from plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from radar_tui.domain.company import Filters, next_quarter, quarters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from random import Random

    from tests.truth.facts import Truth
    from tests.truth.rows import Contact, Customer, Response

QUESTIONS = ("recommend", "retain")
YEAR = timedelta(days=365)
DAY = timedelta(days=1)
Bands = tuple[int, int, int]


def bands(scores: Iterable[int]) -> Bands:
    """Promoters, passives, detractors."""
    there = list(scores)
    high, low = sum(score >= 9 for score in there), sum(score <= 6 for score in there)
    return high, len(there) - high - low, low


def nps(scores: Iterable[int]) -> float | None:
    high, middle, low = bands(scores)
    n = high + middle + low
    return 100 * (high - low) / n if n else None


@dataclass(frozen=True)
class Answers:
    """What is so of the answers, at the moment of `truth`."""

    truth: Truth

    @cached_property
    def customers(self) -> dict[str, Customer]:
        """Those on the radar."""
        return {one.id: one for one in self.truth.on_the_radar}

    @cached_property
    def _stand(self) -> dict[tuple[str, str], list[Response]]:
        found: dict[tuple[str, str], list[Response]] = {}
        for one in self.truth.rows.responses:
            if one.voided_at is None:
                found.setdefault((one.contact_id, one.question), []).append(one)
        return found

    def newest(self, contact: Contact, question: str, since: date, until: date) -> Response | None:
        """The newest that stands after `since` up to `until`, of two on one day the lower."""
        asked = [one for one in self._stand.get((contact.id, question), []) if since < one.asked_on <= until]
        return max(asked, key=lambda one: (one.asked_on, -one.score)) if asked else None

    def people(self, until: date, filters: Filters | None = None) -> list[Contact]:
        """Still there by `until`, at a customer on the radar, and not left out by a filter."""
        return [
            one
            for one in self.truth.rows.contacts
            if one.customer_id in self.customers
            and (one.left_on is None or one.left_on > until)
            and (filters is None or self.looked_at(filters, self.customers[one.customer_id], one.role))
        ]

    def looked_at(self, filters: Filters, customer: Customer, role: str | None = None) -> bool:
        return (
            filters.market in (None, customer.market_id or "")
            and filters.owner in (None, customer.owner_id or "")
            and (role is None or filters.role in (None, role))
        )

    def counting(
        self, question: str, since: date, until: date, filters: Filters | None = None
    ) -> list[tuple[Contact, Response]]:
        found = ((one, self.newest(one, question, since, until)) for one in self.people(until, filters))
        return [(contact, answer) for contact, answer in found if answer is not None]

    def scores(self, question: str, since: date, until: date, filters: Filters | None = None) -> list[int]:
        return [answer.score for _, answer in self.counting(question, since, until, filters)]

    # One customer

    def of(self, customer: Customer, question: str, until: date) -> list[tuple[Contact, Response]]:
        return [
            (contact, answer)
            for contact, answer in self.counting(question, until - YEAR, until)
            if contact.customer_id == customer.id
        ]

    def deciding(self, customer: Customer, question: str, day: date) -> tuple[int | None, int]:
        """The decision makers' score on a day, and of how many it is the lowest."""
        given = [
            answer.score
            for contact, answer in self.of(customer, question, day)
            if contact.role == "decision maker"
        ]
        return min(given, default=None), len(given)

    def moves(self, customer: Customer, question: str) -> list[tuple[date, int]]:
        """The decision makers' score on each day on which one answered or left, until today."""
        days = set()
        for contact in self.truth.rows.contacts:
            if contact.customer_id == customer.id and contact.role == "decision maker":
                days |= {one.asked_on for one in self._stand.get((contact.id, question), [])}
                days |= {contact.left_on} if contact.left_on else set()
        known = [
            (day, self.deciding(customer, question, day)[0])
            for day in sorted(days)
            if day <= self.truth.today
        ]
        return [(day, score) for day, score in known if score is not None]

    # Quarters

    def quarter(self, question: str, start: date, filters: Filters) -> Bands:
        last = min(self.truth.today, next_quarter(start) - DAY)
        return bands(self.scores(question, start - DAY, last, filters))

    def by_quarter(self, filters: Filters) -> list[tuple[date, Bands, Bands]]:
        rows = [
            (start, self.quarter("recommend", start, filters), self.quarter("retain", start, filters))
            for start in quarters(self.truth.today)
        ]
        while rows and not any(rows[0][1]) and not any(rows[0][2]):
            rows = rows[1:]
        return rows

    # Near to customers

    def last_contact(self, contact: Contact) -> date | None:
        """When we last met or asked them."""
        rows, today = self.truth.rows, self.truth.today
        days = [one.asked_on for question in QUESTIONS for one in self._stand.get((contact.id, question), [])]
        held = {one.id: self.truth.visit_day(one) for one in rows.visits if one.status == "completed"}
        days += [
            day for one in rows.attendees if one.contact_id == contact.id and (day := held.get(one.visit_id))
        ]
        days += [one.met_on for one in rows.counterparts if one.contact_id == contact.id and one.met_on]
        return max((day for day in days if day <= today), default=None)

    def in_time(self, day: date, filters: Filters) -> tuple[int, int]:
        """Customers on the radar that were due later than a day."""
        there = [one for one in self.customers.values() if self.looked_at(filters, one)]
        seen = [(one, [held for held in self.truth.visit_days(one) if held <= day]) for one in there]
        due = [max(days) + timedelta(days=one.cadence_days) for one, days in seen if days]
        return sum(each > day for each in due), len(there)

    def paired(self, day: date, filters: Filters) -> tuple[int, int]:
        """Contacts still there who had met a counterpart still with us."""
        ours = {one.id for one in self.truth.rows.colleagues if one.left_on is None or one.left_on > day}
        met = {
            one.contact_id
            for one in self.truth.rows.counterparts
            if one.met_on and one.met_on <= day and one.colleague_id in ours
        }
        there = self.people(day, filters)
        return sum(one.id in met for one in there), len(there)


def fill(connection: sqlite3.Connection, dice: Random, today: date) -> None:
    """Markets, owners and worth of the customers there are; older and later answers; who was met; who left when."""
    connection.executemany("INSERT INTO market (id, name) VALUES (?, ?)", [("m0", "Dairy"), ("m1", "Paper")])
    for number in range(3):
        left = (today - timedelta(days=dice.randrange(-50, 500))).isoformat() if dice.random() < 0.4 else None
        connection.execute(
            "INSERT OR REPLACE INTO colleague (id, name, left_on, direct_contact) VALUES (?, ?, ?, ?)",
            [f"o{number}", f"Colleague {number}", left, dice.randrange(2)],
        )
    for (customer,) in connection.execute("SELECT id FROM customer ORDER BY id").fetchall():
        connection.execute(
            "UPDATE customer SET market_id = ?, owner_id = ?, annual_value = ?, currency = ?, kind = ? WHERE id = ?",
            [
                dice.choice(["m0", "m1", None]), dice.choice(["o0", "o1", None]), dice.choice([0, 0, 100, 70_000]),
                dice.choice(["EUR", "EUR", "SEK"]), dice.choice(["product", "service", "both"]), customer,
            ],
        )  # fmt: skip
        seen = connection.execute(
            "SELECT max(completed_on) FROM visit WHERE customer_id = ? AND completed_on < ?",
            [customer, today.isoformat()],
        ).fetchone()[0]
        if seen and dice.random() < 0.3:  # due on this very day
            days = (today - date.fromisoformat(seen)).days
            connection.execute("UPDATE customer SET cadence_days = ? WHERE id = ?", [days, customer])
    for id, customer in connection.execute("SELECT id, customer_id FROM contact ORDER BY id").fetchall():
        _lived(connection, dice, today, id, customer)


def _lived(connection: sqlite3.Connection, dice: Random, today: date, id: str, customer: str) -> None:
    """A contact of many years: answers of each quarter, of two on one day, of days to come; left at any time."""
    for number in range(dice.randrange(4)):
        day = today - timedelta(days=dice.choice([-20, -1, 0, 1, 60, 63, 64, 330, 366, dice.randrange(1200)]))
        connection.execute(
            "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on, voided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                f"{id} a{number}", customer, id, dice.choice(QUESTIONS), dice.randrange(11), day.isoformat(),
                "2026-12-01T10:00:00.000Z" if dice.random() < 0.1 else None,
            ],
        )  # fmt: skip
    if dice.random() < 0.25:
        left = today - timedelta(days=dice.choice([-1, 0, 1, 63, 64, 65, 155, dice.randrange(1100)]))
        connection.execute("UPDATE contact SET left_on = ? WHERE id = ?", [left.isoformat(), id])
    visits = connection.execute(
        "SELECT id FROM visit WHERE customer_id = ? ORDER BY id", [customer]
    ).fetchall()
    for number, (visit,) in enumerate(visits):
        if dice.random() < 0.3:
            connection.execute(
                "INSERT INTO attendee (id, visit_id, contact_id) VALUES (?, ?, ?)",
                [f"{id} t{number}", visit, id],
            )
    if dice.random() < 0.6:
        met = (today - timedelta(days=dice.randrange(-10, 700))).isoformat() if dice.random() < 0.7 else None
        connection.execute(
            "INSERT INTO counterpart (id, contact_id, colleague_id, met_on) VALUES (?, ?, ?, ?)",
            [f"{id} k", id, f"o{dice.randrange(3)}", met],
        )
