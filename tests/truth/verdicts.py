"""The facts about items (§3a), worked out from plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.truth.facts import Truth
    from tests.truth.rows import Customer, Finding, Item, Visit

HELD = frozenset({"completed", "in progress"})
BEFORE = frozenset({"completed"})
WHY = {"out_of_service": "out of service", "near_limit": "near limit", "to_report": "to report"}


@dataclass(frozen=True)
class Verdicts:
    """What is so of the items; `held` are the statuses of the visits whose findings count."""

    truth: Truth
    held: frozenset[str] = HELD

    @cached_property
    def visits(self) -> dict[str, Visit]:
        return {one.id: one for one in self.truth.rows.visits}

    def held_on(self, visit: Visit) -> date | None:
        """The visit day; of a visit under way the day here on which it began."""
        if visit.started_at is None or visit.completed_at is not None:
            return self.truth.visit_day(visit)
        return visit.started_at.astimezone(self.truth.now.tzinfo).date()

    def in_service(self, item: Item) -> bool:
        """Not retired by today."""
        return item.retired_on is None or item.retired_on > self.truth.today

    def plant(self, customer: Customer) -> list[Item]:
        """What is in service there, by tag."""
        here = [
            one for one in self.truth.rows.items if one.customer_id == customer.id and self.in_service(one)
        ]
        return sorted(here, key=lambda one: (one.tag, one.id))

    def life(self, item: Item) -> date:
        """When its present life began, as far as we know."""
        days = (item.installed_on, item.refurbished_on)
        return max((day for day in days if day is not None and day <= self.truth.today), default=date.min)

    def looks(self, item: Item, since: date = date.min) -> list[tuple[Finding, date]]:
        """Who inspected it, until today, with the day; the oldest first, of two at one moment the worse one last."""
        found = []
        for one in self.truth.rows.findings:
            visit = self.visits[one.visit_id]
            day = self.held_on(visit)
            if one.item_id != item.id or one.verdict == "not inspected" or visit.status not in self.held:
                continue
            if day is not None and since <= day <= self.truth.today:
                found.append((one, day))
        return sorted(found, key=lambda pair: (pair[0].found_at, pair[0].verdict))

    def newest(self, item: Item) -> tuple[Finding, date] | None:
        """Of its present life."""
        found = self.looks(item, self.life(item))
        return found[-1] if found else None

    def verdict(self, item: Item) -> str:
        """The newest, or nothing."""
        newest = self.newest(item)
        return newest[0].verdict if newest else ""

    def agreed_since(self, item: Item, kind: str, day: date) -> bool:
        """Whether they agreed to that for this item on that day or later."""
        offers = {
            one.id: one for one in self.truth.rows.opportunities if one.kind == kind and one.stage != "lost"
        }
        for line in self.truth.rows.lines:
            offer = offers.get(line.opportunity_id)
            if offer is None or line.item_id != item.id or line.decision != "agreed":
                continue
            held = self.held_on(self.visits[offer.visit_id]) if offer.visit_id else None
            agreed_on = line.decided_on or held
            if agreed_on is not None and agreed_on >= day:
                return True
        return False

    def worn(self, customer: Customer, verdict: str, kind: str) -> list[str]:
        """Tags of the items with this newest verdict, and nothing of the kind agreed since."""
        found = []
        for item in self.plant(customer):
            newest = self.newest(item)
            if newest and newest[0].verdict == verdict and not self.agreed_since(item, kind, newest[1]):
                found.append(item.tag)
        return found

    def to_report(self, customer: Customer) -> list[str]:
        """Tags of the items that nobody has looked at within the cadence."""
        since = self.truth.today - timedelta(days=customer.cadence_days)
        found = []
        for item in self.plant(customer):
            looks = [self.newest(item)] if self.newest(item) else self.looks(item)
            if not looks or looks[-1] is None or looks[-1][1] < since:
                found.append(item.tag)
        return found

    def reasons(self, customer: Customer) -> list[dict[str, object]]:
        """What the items give to visit them for, best first, as `radar due --json` has it."""
        found = {
            "out_of_service": self.worn(customer, "unserviceable", "replacement"),
            "near_limit": self.worn(customer, "deteriorating", "spares"),
            "to_report": self.to_report(customer),
        }
        return [
            {
                "kind": why,
                "text": f"{tags[0] if len(tags) == 1 else f'{len(tags)} items'} {WHY[why]}",
                "count": len(tags),
                "day": None,
                "who": ", ".join(tags[:3]),
            }
            for why, tags in found.items()
            if tags
        ]
