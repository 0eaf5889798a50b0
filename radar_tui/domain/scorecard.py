"""The balanced value of a customer, and the measures it is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from radar_tui.domain.row import Day, Name, Row

Perspective = Literal["financial", "customer", "internal", "learning"]


class Measure(Row):
    """A KPI: its score is 0 at `worst`, 100 at `best`, in either direction; a reading counts `valid_days`."""

    customer_id: str
    perspective: Perspective
    name: Name
    unit: str = ""
    worst: float = 0
    best: float = 100
    target: float | None = None
    weight: float = Field(1, ge=0)
    valid_days: int = Field(365, ge=1)


class Reading(Row):
    """The value of a measure at a date, in the measure's unit."""

    measure_id: str
    as_of: Day
    value: float


class Scorecard(Row):
    """The value (0–100) of a customer at a date; `coverage` 0–1 of the weights with a valid reading."""

    customer_id: str
    as_of: Day
    value: float | None = None
    coverage: float = Field(0, ge=0, le=1)
    financial: float | None = None
    customer_view: float | None = None
    internal: float | None = None
    learning: float | None = None
