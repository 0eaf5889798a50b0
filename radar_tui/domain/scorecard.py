"""The balanced value of a customer, and the measures it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from radar_tui.domain.row import Day, Name, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

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


class Scored(NamedTuple):
    """A measure's score 0–100 (None without a valid reading) and its weight."""

    score: float | None
    weight: float


class Card(NamedTuple):
    """The balance of a customer's measures at a date.

    `value` and `perspectives` 0–100 (None where nothing counts), `coverage` 0–1; `stale` names the measures whose
    newest reading is too old to count, `missing` those without any.
    """

    value: float | None
    coverage: float
    perspectives: dict[Perspective, float | None]
    stale: tuple[str, ...]
    missing: tuple[str, ...]


PERSPECTIVES: tuple[Perspective, ...] = ("financial", "customer", "internal", "learning")


def measure_score(worst: float, best: float, actual: float) -> float:
    """100·(actual−worst)/(best−worst), clamped to 0–100: in either direction (design §6).

    Where `worst` is `best` there is no scale: 100 at that very value, else 0.
    """
    if worst == best:
        return 100.0 if actual == best else 0.0
    return min(100.0, max(0.0, 100 * (actual - worst) / (best - worst)))


def response_score(score: float) -> float:
    """What an answer 0–10 (or a mean of answers) is worth as a measure of the customer perspective: score·10."""
    return 10 * score


def value(scored: Iterable[Scored]) -> float | None:
    """Σw·x/Σw over the measures with a score; None where there is none."""
    present = [(each.score, each.weight) for each in scored if each.score is not None]
    total = sum(weight for _, weight in present)
    return sum(score * weight for score, weight in present) / total if total else None


def coverage(scored: Iterable[Scored]) -> float:
    """Σw present/Σw, 0–1; 0 without measures."""
    every = list(scored)
    total = sum(weight for _, weight in every)
    return sum(weight for score, weight in every if score is not None) / total if total else 0.0


def counts(as_of: date, today: date, valid_days: int) -> bool:
    """Whether a reading still counts: at most `valid_days` old, and not of a day to come."""
    return 0 <= (today - as_of).days <= valid_days


def card(measures: Iterable[Measure], newest: Mapping[str, Reading], today: date) -> Card:
    """The scorecard of `measures` from the `newest` reading of each, by measure id."""
    by_perspective: dict[Perspective, list[Scored]] = {name: [] for name in PERSPECTIVES}
    stale, missing = [], []
    for measure in measures:
        reading, score = newest.get(measure.id), None
        if reading is None:
            missing.append(measure.name)
        elif counts(reading.as_of, today, measure.valid_days):
            score = measure_score(measure.worst, measure.best, reading.value)
        else:
            stale.append(measure.name)
        by_perspective[measure.perspective].append(Scored(score, measure.weight))
    every = [scored for several in by_perspective.values() for scored in several]
    perspectives = {name: value(several) for name, several in by_perspective.items()}
    return Card(value(every), coverage(every), perspectives, tuple(stale), tuple(missing))
