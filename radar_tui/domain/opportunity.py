"""Business found on a visit: lines, value, stage."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from radar_tui.domain.customer import Currency
from radar_tui.domain.row import Day, Moment, Name, Row

OpportunityKind = Literal["replacement", "spares", "new stream", "service"]
Stage = Literal["idea", "quoted", "won", "lost"]
Decision = Literal["to quote", "agreed", "declined"]
PartKind = Literal["replacement", "spares", "housing", "service"]


class Part(Row):
    """A line of our price list, for the item model it fits; `unit_price` in minor units of `currency`."""

    sku: Name
    name: Name
    model: str = ""
    kind: PartKind = "replacement"
    unit_price: int = Field(0, ge=0)
    currency: Currency = "EUR"
    lead_days: int = Field(0, ge=0, le=999)
    archived_at: Moment | None = None


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


class OpportunityLine(Row):
    """One line of an opportunity.

    `unit_price` in minor units of the opportunity's currency; `needed_by` is the day the part must be there.
    """

    opportunity_id: str
    part_id: str | None = None
    item_id: str | None = None
    description: str = ""
    quantity: int = Field(1, ge=0, le=1_000_000)
    unit_price: int = Field(0, ge=0)
    decision: Decision = "to quote"
    needed_by: Day | None = None
