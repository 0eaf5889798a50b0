"""The facts about business (§3a), worked out from plain rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tests.truth.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.truth.facts import Truth
    from tests.truth.rows import Customer, Line, Opportunity, Visit

ASKED = {"replacement": "unserviceable", "spares": "deteriorating"}
Money = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Business:
    """What is so of opportunities and their lines."""

    truth: Truth

    @cached_property
    def verdicts(self) -> Verdicts:
        return Verdicts(self.truth)

    @cached_property
    def offers(self) -> dict[str, Opportunity]:
        return {one.id: one for one in self.truth.rows.opportunities}

    def of(self, offer: Opportunity) -> list[Line]:
        """Its lines that were not declined."""
        lines = self.truth.rows.lines
        return [one for one in lines if one.opportunity_id == offer.id and one.decision != "declined"]

    def won(self, line: Line) -> bool:
        """What they agreed to, of an opportunity that was not lost."""
        return line.decision == "agreed" and self.offers[line.opportunity_id].stage != "lost"

    def left(self, offer: Opportunity) -> int:
        """What nobody agreed to."""
        return worth(line for line in self.of(offer) if not self.won(line))

    def value(self, offer: Opportunity) -> int:
        """Of one that is won, what was agreed."""
        return worth(line for line in self.of(offer) if offer.stage != "won" or self.won(line))

    def pipeline(self, customer: Customer) -> dict[tuple[str, str], tuple[int, int]]:
        """Stage and currency to how many opportunities have lines there, and what those are worth."""
        found: dict[tuple[str, str], list[tuple[str, Line | None]]] = {}
        for offer in self.truth.rows.opportunities:
            if offer.customer_id != customer.id:
                continue
            lines: list[Line | None] = [*self.of(offer)]
            for line in lines or [None]:
                stage = offer.stage
                if line is not None and self.won(line):
                    stage = "won"
                elif line is not None and stage == "won":
                    stage = "quoted"
                found.setdefault((stage, offer.currency), []).append((offer.id, line))
        return {
            where: (len({id for id, _ in pairs}), worth(line for _, line in pairs if line))
            for where, pairs in found.items()
        }

    def found_on(self, visit: Visit) -> int:
        """What a visit brought."""
        return sum(worth(self.of(one)) for one in self.truth.rows.opportunities if one.visit_id == visit.id)

    def began(self, visit: Visit) -> object:
        return visit.started_at or visit.completed_at

    def decided_on(self, line: Line) -> date | None:
        """As it was kept, else the day of the visit."""
        offer = self.offers[line.opportunity_id]
        return line.decided_on or (
            self.verdicts.held_on(self.verdicts.visits[offer.visit_id]) if offer.visit_id else None
        )

    def open_on(self, line: Line, day: date) -> bool:
        """To quote, decided on that day or later, or agreed and not yet there."""
        if line.decision == "to quote" and self.offers[line.opportunity_id].stage != "lost":
            return True
        if line.decided_on is not None and line.decided_on >= day:
            return True
        lead = {part.id: part.lead_days for part in self.truth.rows.parts}.get(line.part_id or "", 0)
        decided = self.decided_on(line)
        there = line.needed_by or (decided + timedelta(days=lead) if decided else None)
        return self.won(line) and there is not None and there >= day

    def on_visit(self, visit: Visit, kind: str) -> set[str]:
        """The ids of the lines that stand on a visit."""
        offers = [
            one
            for one in self.truth.rows.opportunities
            if one.kind == kind and one.visit_id and one.customer_id == visit.customer_id
        ]
        lines = [
            (line, self.verdicts.visits[offer.visit_id or ""])
            for offer in offers
            for line in self.truth.rows.lines
            if line.opportunity_id == offer.id
        ]
        own = {line.id for line, found in lines if found.id == visit.id}
        settled = {line.item_id for line, found in lines if found.id == visit.id}
        carried = [
            (line, self.verdicts.held_on(found))
            for line, found in lines
            if line.item_id not in settled - {None} and self._carried(line, found, visit, kind)
        ]
        newest = {
            line.item_id: max(day for other, day in carried if other.item_id == line.item_id and day)
            for line, _ in carried
        }
        return own | {line.id for line, day in carried if line.item_id is None or day == newest[line.item_id]}

    def _carried(self, line: Line, found: Visit, visit: Visit, kind: str) -> bool:
        day, then = self.verdicts.held_on(visit), self.verdicts.held_on(found)
        if kind not in ASKED or day is None or then is None or found.id == visit.id:
            return False
        if not str(self.began(found)) < str(self.began(visit)) or not self.open_on(line, day):
            return False
        if line.item_id is None:
            return True
        [item] = [one for one in self.truth.rows.items if one.id == line.item_id]
        refitted = any(
            fit is not None and then < fit <= day for fit in (item.installed_on, item.refurbished_on)
        )
        asked = any(
            one.visit_id == visit.id and one.item_id == item.id and one.verdict == ASKED[kind]
            for one in self.truth.rows.findings
        )
        return asked and not refitted

    def orders(self, customer: Customer) -> tuple[int, int]:
        """How many opportunities brought orders within the year in the customer's currency, and what they are worth."""
        since = self.truth.today - timedelta(days=365)
        counted: list[Line] = []
        for offer in self.truth.rows.opportunities:
            if offer.customer_id != customer.id or offer.currency != customer.currency:
                continue
            held = self.verdicts.held_on(self.verdicts.visits[offer.visit_id]) if offer.visit_id else None
            expected, made = offer.expected_on or held, held or offer.expected_on
            if expected and made and expected > since and made <= self.truth.today:
                counted += [line for line in self.of(offer) if self.won(line)]
        return len({line.opportunity_id for line in counted}), worth(counted)

    def by_quarter(self) -> dict[tuple[date, str], tuple[int, int, int]]:
        """Quarter and currency to visits that found something, what that is worth, and what of it was agreed."""
        found: dict[tuple[date, str], list[tuple[str, Line]]] = {}
        for offer in self.truth.rows.opportunities:
            if offer.visit_id is None:
                continue
            visit = self.verdicts.visits[offer.visit_id]
            day = self.verdicts.held_on(visit) or visit.planned_on
            for line in self.of(offer) if day else []:
                start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1) if day else date.min
                found.setdefault((start, offer.currency), []).append((visit.id, line))
        return {
            where: (
                len({id for id, _ in pairs}),
                worth(line for _, line in pairs),
                worth(line for _, line in pairs if self.won(line)),
            )
            for where, pairs in found.items()
        }


def worth(lines: Iterable[Line]) -> int:
    """Minor units."""
    return sum(line.quantity * line.unit_price for line in lines)
