"""Customers, the people there, and the markets they belong to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from radar_tui.domain.room import title_of
from radar_tui.domain.row import MOST, Day, Moment, Name, Row

CustomerKind = Literal["product", "service", "both"]
CustomerStatus = Literal["prospect", "active", "former"]
ContactRole = Literal["decision maker", "influencer", "user", "gatekeeper"]
Currency = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{3}$")]
Language = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z]{2}$")]

DEFAULT_CADENCE_DAYS = 90


class Customer(Row):
    """A company we serve or want to serve. `annual_value` in minor units of `currency`."""

    name: Name
    kind: CustomerKind = "product"
    status: CustomerStatus = "active"
    market_id: str | None = None
    owner_id: str | None = None
    cadence_days: int = Field(DEFAULT_CADENCE_DAYS, ge=1, le=999)
    annual_value: int = Field(0, ge=0, le=MOST)
    currency: Currency = "EUR"
    city: str = ""
    country: str = ""
    notes: str = ""
    archived_at: Moment | None = None


class Contact(Row):
    """A person at the customer. `language` is ISO 639-1: what the handed-over screen is shown in."""

    customer_id: str
    name: Name
    job_title: str = ""
    function: str = ""
    role: ContactRole = "user"
    email: str = ""
    phone: str = ""
    language: Language = "en"
    left_on: Day | None = None

    @property
    def title(self) -> str:
        """What they are, as they may read it; "" where nobody knows."""
        return title_of(self.job_title, self.function)


class Market(Row):
    """The market a customer belongs to."""

    name: Name


class Benchmark(Row):
    """A published NPS of a market, with its source."""

    market_id: str
    nps: float = Field(ge=-100, le=100)
    source: Name
    year: int = Field(ge=1990, le=2200)
    region: str = ""
