"""The facts of the design (§3a), worked out from plain rows at a moment. `now` is aware, in the zone of the laptop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.truth.rows import Contact, Customer, FollowUp, Response, Rows, Visit


@dataclass(frozen=True)
class Truth:
    """What is so at `now`."""

    rows: Rows
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def on_the_radar(self) -> list[Customer]:
        """Customers that are not archived and not former; the most overdue first, those never seen before the rest."""
        there = [one for one in self.rows.customers if one.archived_at is None and one.status != "former"]
        return sorted(there, key=self._order)

    def _order(self, customer: Customer) -> tuple[int, date, str, str]:
        due = self.due(customer)
        run = 1 if due is None else 0 if due < self.today else 2
        return run, due or date.min, customer.name, customer.id

    def visit_day(self, visit: Visit) -> date | None:
        """The day on the wall that is stored, else the day of the moment on this laptop."""
        if visit.completed_on is not None or visit.completed_at is None:
            return visit.completed_on
        return visit.completed_at.astimezone(self.now.tzinfo).date()

    def visits(self, customer: Customer, status: str) -> list[Visit]:
        return [one for one in self.rows.visits if one.customer_id == customer.id and one.status == status]

    def visit_days(self, customer: Customer) -> list[date]:
        """Of the completed visits, the oldest first."""
        days = (self.visit_day(one) for one in self.visits(customer, "completed"))
        return sorted(day for day in days if day is not None)

    def seen(self, customer: Customer) -> date | None:
        """The newest visit day, not after today, of a completed visit."""
        return max((day for day in self.visit_days(customer) if day <= self.today), default=None)

    def due(self, customer: Customer) -> date | None:
        """Seen and the cadence; None is at once."""
        seen = self.seen(customer)
        return None if seen is None else seen + timedelta(days=customer.cadence_days)

    def mark(self, customer: Customer) -> str:
        """Late by more than a tenth of the cadence, due from two weeks before the day, or at once; else fine."""
        due = self.due(customer)
        late = 0 if due is None else (self.today - due).days
        return "late" if 10 * late > customer.cadence_days else "due" if late >= -14 else "fine"

    def planned(self, customer: Customer) -> date | None:
        """The next planned visit, of whatever day."""
        return min(
            (one.planned_on for one in self.visits(customer, "planned") if one.planned_on), default=None
        )

    def in_progress_since(self, customer: Customer) -> date | None:
        """The day on this laptop on which the newest visit under way began."""
        begun = [one.started_at for one in self.visits(customer, "in progress") if one.started_at]
        return max(begun).astimezone(self.now.tzinfo).date() if begun else None

    # Duties

    @cached_property
    def _answers(self) -> dict[str, Response]:
        return {one.id: one for one in self.rows.responses if one.voided_at is None}

    @cached_property
    def duties(self) -> list[tuple[FollowUp, Response]]:
        """What has not ended, of answers that stand."""
        found = [
            (one, self._answers[one.response_id])
            for one in self.rows.follow_ups
            if one.response_id in self._answers
        ]
        return [(duty, answer) for duty, answer in found if duty.status != "closed"]

    def of(self, customer: Customer) -> list[tuple[FollowUp, Response]]:
        """The duties at one customer."""
        return [(duty, answer) for duty, answer in self.duties if answer.customer_id == customer.id]

    def late(self, duty: FollowUp) -> bool:
        """The call, or the next step after one, should have come by now."""
        return duty.due_at < self.now

    def counting(self, contact: Contact) -> list[Response]:
        """Per question the newest answer within the year, of two on one day the lower, of somebody still there at a
        customer on the radar."""
        if contact.left_on is not None and contact.left_on <= self.today:
            return []
        if contact.customer_id not in {one.id for one in self.on_the_radar}:
            return []
        found = []
        for question in ("recommend", "retain"):
            asked = [
                one
                for one in self._answers.values()
                if one.contact_id == contact.id and one.question == question and one.asked_on <= self.today
            ]
            if asked:
                newest = max(asked, key=lambda one: (one.asked_on, -one.score))
                found += [newest] if newest.asked_on > self.today - timedelta(days=365) else []
        return found

    def unhappy(self, customer: Customer) -> set[str]:
        """Decision makers with a counting 0–6 that nobody has called about."""
        to_call = {answer.id for duty, answer in self.of(customer) if duty.status == "open"}
        same = {
            (one.contact_id, one.question, one.asked_on, one.score)
            for one in self._answers.values()
            if one.id in to_call
        }
        return {
            contact.name
            for contact in self.rows.contacts
            if contact.customer_id == customer.id and contact.role == "decision maker"
            for one in self.counting(contact)
            if one.score <= 6 and (one.contact_id, one.question, one.asked_on, one.score) in same
        }
