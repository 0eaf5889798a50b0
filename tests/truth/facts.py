"""The facts of the design (§3a), worked out from plain rows at a moment. `now` is aware, in the zone of the laptop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.truth.rows import Customer, Rows, Visit


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

    def planned(self, customer: Customer) -> date | None:
        """The next planned visit, of whatever day."""
        return min(
            (one.planned_on for one in self.visits(customer, "planned") if one.planned_on), default=None
        )
