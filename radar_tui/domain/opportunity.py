"""Business found on a visit: lines, value, stage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field, model_validator

from radar_tui.domain.customer import Currency
from radar_tui.domain.row import MOST, Day, Moment, Name, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from radar_tui.domain.integrity import Verdict

OpportunityKind = Literal["replacement", "spares", "new stream", "service"]
Stage = Literal["idea", "quoted", "won", "lost"]
Decision = Literal["to quote", "agreed", "declined"]
PartKind = Literal["replacement", "spares", "housing", "service"]
LINE_OF: dict[Verdict, OpportunityKind] = {"unserviceable": "replacement", "deteriorating": "spares"}
"""The business that a verdict asks for."""


class Part(Row):
    """A line of our price list, for the item model it fits; `unit_price` in minor units of `currency`."""

    sku: Name
    name: Name
    model: str = ""
    kind: PartKind = "replacement"
    unit_price: int = Field(0, ge=0, le=MOST)
    currency: Currency = "EUR"
    lead_days: int = Field(0, ge=0, le=999)
    archived_at: Moment | None = None
    translations: str = ""


class Opportunity(Row):
    """Business found. `probability` in percent; its value is the sum of its lines that were not declined."""

    customer_id: str
    visit_id: str | None = None
    kind: OpportunityKind
    title: Name
    stage: Stage = "idea"
    probability: int = Field(50, ge=0, le=100)
    currency: Currency = "EUR"
    expected_on: Day | None = None
    stream_id: str | None = None
    ours: bool | None = None


class OpportunityLine(Row):
    """One line of an opportunity.

    `unit_price` in minor units of the opportunity's currency; `needed_by` is the day the part must be there,
    `decided_on` the day on which the customer agreed or declined, where it was kept.
    """

    opportunity_id: str
    part_id: str | None = None
    item_id: str | None = None
    description: str = ""
    quantity: int = Field(1, ge=0, le=1_000_000)
    unit_price: int = Field(0, ge=0, le=MOST)
    decision: Decision = "to quote"
    needed_by: Day | None = None
    ours: bool | None = None
    decided_on: Day | None = None

    def decided(self, decision: Decision, today: date) -> OpportunityLine:
        """The line after a decision of today; what is to quote is not decided."""
        day = None if decision == "to quote" else today
        return self.model_copy(update={"decision": decision, "decided_on": day})

    @model_validator(mode="after")
    def _countable(self) -> OpportunityLine:
        if self.quantity * self.unit_price > MOST:
            raise ValueError("quantity times price is more than any business is worth")
        return self


SPARES_MARGIN_DAYS = 7
USUAL_SPARES = 10
"""The share of spare widgets, in percent, that a new stream is proposed with."""
PROBABILITY: dict[Stage, int] = {"idea": 50, "quoted": 60, "won": 100, "lost": 0}


class NewStreamLine(NamedTuple):
    """One line that a new stream needs."""

    kind: PartKind
    quantity: int


def value(lines: Iterable[tuple[int, int, Decision]]) -> int:
    """Sum of quantity × unit price in minor units, declined lines left out."""
    return sum(quantity * price for quantity, price, decision in lines if decision != "declined")


def stage_of(decisions: Iterable[Decision]) -> Stage:
    """The stage that the customer's decisions make: all of it an idea while nothing is agreed and something is left to
    quote; quoted while one part is agreed and another is left; then won if anything was agreed, else lost."""
    found = set(decisions)
    if "to quote" in found or not found:
        return "quoted" if "agreed" in found else "idea"
    return "won" if "agreed" in found else "lost"


def _spares(widgets: int, percent: int) -> int:
    # In whole numbers: 125 widgets at 10 % are 13 spares, never 12 or 14 by a rounding error.
    return -(-widgets * percent // 100)


def new_stream_lines(widgets: int, housings: int, spares_percent: int) -> list[NewStreamLine]:
    """What a new stream needs: widgets, housings, and spare widgets as a share of the widgets, rounded up."""
    spares = _spares(widgets, spares_percent)
    wanted = [
        NewStreamLine("replacement", widgets),
        NewStreamLine("housing", housings),
        NewStreamLine("spares", spares),
    ]
    return [line for line in wanted if line.quantity > 0]


def spares_percent(widgets: int, spares: int) -> int:
    """The whole percentage of which `new_stream_lines` makes this many spares: the usual one if it fits, else the
    roundest; 0 if none does."""
    fitting = [share for share in range(1001) if _spares(widgets, share) == spares]
    return min(
        fitting, key=lambda share: (share != USUAL_SPARES, share % 10 > 0, share % 5 > 0, share), default=0
    )


def needed_by(today: date, lead_days: int, cadence_days: int) -> date:
    """The day a spare for a deteriorating item must be there: before the next visit could find it worn out, that is a
    week before the cadence ends, but never sooner than it can be delivered."""
    wanted = today + timedelta(days=max(1, cadence_days - SPARES_MARGIN_DAYS))
    return max(wanted, today + timedelta(days=lead_days))
