"""Measures, their readings and stored cards, as rows."""

from __future__ import annotations

from pydantic import Field

from radar_tui.domain.card import Perspective
from radar_tui.domain.customer import CustomerKind
from radar_tui.domain.row import MOST, Day, Name, Number, Row


class MeasureScale(Row):
    """How a KPI is measured: its score is 0 at `worst`, 100 at `best`, in either direction; a reading counts
    `valid_days`; `for_customer` whether they may see it."""

    perspective: Perspective
    name: Name
    unit: str = ""
    worst: Number = 0
    best: Number = 100
    target: Number | None = None
    weight: float = Field(1, ge=0, le=MOST)
    valid_days: int = Field(365, ge=1, le=36_500)
    translations: str = ""
    for_customer: bool = False


class Measure(MeasureScale):
    """A KPI of a customer."""

    customer_id: str


class KindMeasure(MeasureScale):
    """A KPI of every customer of a kind that has none of this name of its own, also of those added later."""

    kind: CustomerKind


class Reading(Row):
    """The value of a measure at a date, in the measure's unit."""

    measure_id: str
    as_of: Day
    value: Number


class Scorecard(Row):
    """The value (0–100) of a customer at a date; `coverage` 0–1 of the weights with a valid reading."""

    customer_id: str
    as_of: Day
    value: Number | None = None
    coverage: float = Field(0, ge=0, le=1)
    financial: Number | None = None
    customer_view: Number | None = None
    internal: Number | None = None
    learning: Number | None = None
