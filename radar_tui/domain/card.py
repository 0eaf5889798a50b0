"""The balanced value of a customer: which measures it is made of, what each scores, and what that comes to."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

Perspective = Literal["financial", "customer", "internal", "learning"]


class DerivedMeasure(NamedTuple):
    """A measure that Radar computes from rows, known by its name: the defaults of its scale, and where it comes from.

    `formula` says in words what is computed within `valid_days` until the day; `source` which rows it is made of.
    """

    key: str
    perspective: Perspective
    name: str
    unit: str
    worst: float
    best: float
    target: float | None
    weight: float
    valid_days: int
    formula: str
    source: str
    kinds: tuple[str, ...] = ("product", "service", "both")


_ANSWER = "the lowest of the newest answers of the decision makers who are still there, times ten"

DERIVED: tuple[DerivedMeasure, ...] = (
    # New business found on visits is a part of what a year is worth: a quarter of it more is as good as it gets.
    DerivedMeasure("orders", "financial", "Orders won", "% of a year", 0, 25, 10, 15, 365,
            "value of the orders won, as a share of the value of a year",
            "won opportunities in the customer's currency"),
    DerivedMeasure("recommend", "customer", "Recommendation", "points", 0, 100, 90, 20, 365, _ANSWER,
            "answers to “recommend” that were not voided"),
    DerivedMeasure("retain", "customer", "Retention", "points", 0, 100, 90, 15, 365, _ANSWER,
            "answers to “retain” that were not voided"),
    DerivedMeasure("promises", "internal", "Promises kept", "%", 50, 100, 90, 10, 365,
            "share of our promises that they said were kept", "promises checked on visits"),
    DerivedMeasure("tickets", "internal", "Ticket resolution", "days", 14, 1, 5, 10, 365,
            "median days from opened to closed", "tickets and service requests closed", ("service", "both")),
    DerivedMeasure("counterparts", "learning", "Counterparts known", "%", 0, 100, 80, 10, 365,
            "share of their people who know a counterpart of ours", "contacts, and the pairs that have met"),
    DerivedMeasure("observation", "learning", "Observation day", "yes = 1", 0, 1, 1, 5, 365,
            "1 if we followed them home for a day, else 0", "completed observation days"),
)  # fmt: skip
"""The default measures. Their names are reserved: a measure of a customer with one of them is computed, whatever
readings it has; those stay, and count nowhere."""

_BY_NAME = {derived.name.casefold(): derived for derived in DERIVED}


def derived_of(name: str) -> DerivedMeasure | None:
    """The computed measure that bears this name, if one does."""
    return _BY_NAME.get(name.strip().casefold())


def defaults(kind: str) -> tuple[DerivedMeasure, ...]:
    """The default measures of a customer of this kind: product, service or both."""
    return tuple(derived for derived in DERIVED if kind in derived.kinds)


class DayValue(NamedTuple):
    """A value at a day."""

    day: date
    value: float


class Measured(NamedTuple):
    """A measure of a customer with its value at a day.

    `key` names the `DerivedMeasure` it is computed by, "" for a manual one; `n` is how many rows the value is made of;
    `stored` is False for a default that nobody has edited. `as_of` is the day of the newest thing known, None where
    nothing ever was; `value` None where it no longer says anything.
    """

    id: str
    perspective: Perspective
    name: str
    unit: str
    worst: float
    best: float
    target: float | None
    weight: float
    valid_days: int
    key: str = ""
    stored: bool = True
    value: float | None = None
    as_of: date | None = None
    n: int = 0
    translations: str = ""
    for_customer: bool = False

    def state(self, today: date) -> Literal["counts", "stale", "missing"]:
        """Whether it counts on a day: stale where the newest thing known is older than `valid_days`."""
        if self.as_of is None or (self.value is not None and not isfinite(self.value)):
            return "missing"
        return "counts" if self.value is not None and counts(self.as_of, today, self.valid_days) else "stale"

    def score(self, today: date) -> float | None:
        """0–100, or None where it does not count."""
        if self.value is None or self.state(today) != "counts":
            return None
        return measure_score(self.worst, self.best, self.value)

    @property
    def on_target(self) -> bool | None:
        """Whether the value reaches the target; None without one of the two."""
        if self.target is None or self.value is None:
            return None
        return reaches(self.worst, self.best, self.target, self.value)


class Scored(NamedTuple):
    """A measure's score 0–100 (None without a valid reading) and its weight."""

    score: float | None
    weight: float


class Card(NamedTuple):
    """The balance of a customer's measures at a date.

    `value` and `perspectives` 0–100 (None where nothing counts; of under LEAST_COVERAGE there is no value), `coverage`
    0–1; `stale` names the measures whose newest reading is too old to count, `missing` those without any.
    """

    value: float | None
    coverage: float
    perspectives: dict[Perspective, float | None]
    stale: tuple[str, ...]
    missing: tuple[str, ...]


LEAST_COVERAGE = 0.4
"""Under this share of the weights a card says nothing of a customer."""
PERSPECTIVES: tuple[Perspective, ...] = ("financial", "customer", "internal", "learning")


def measure_score(worst: float, best: float, actual: float) -> float:
    """100·(actual−worst)/(best−worst), clamped to 0–100: in either direction (design §6).

    Where `worst` is `best` there is no scale: 100 at that very value, else 0.
    """
    if worst == best:
        return 100.0 if actual == best else 0.0
    return min(100.0, max(0.0, 100 * (actual - worst) / (best - worst)))


Trend = Literal["", "lost", "reached", "better", "worse", "same"]


def reaches(worst: float, best: float, target: float, actual: float) -> bool:
    """Whether a reading is on target: not short of it on the way from `worst` to `best`."""
    return actual >= target if best >= worst else actual <= target


def trend(
    worst: float, best: float, target: float | None, before: float | None, actual: float | None
) -> Trend:
    """A reading against the one before: it lost its target or reached it, else better, worse or same; "" without one
    of the two. To cross the target says more than the direction, so it comes first."""
    if before is None or actual is None:
        return ""
    if target is not None:
        was, now = reaches(worst, best, target, before), reaches(worst, best, target, actual)
        if was != now:
            return "reached" if now else "lost"
    if actual == before:
        return "same"
    return "better" if (actual > before) == (best >= worst) else "worse"


def response_score(score: float) -> float:
    """What an answer 0–10 (or a mean of answers) is worth as a measure of the customer perspective: score·10."""
    return 10.0 * score


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


def balance(every: Sequence[Scored]) -> float | None:
    """The value of all measures of a customer together; None where too little counts."""
    return value(every) if coverage(every) >= LEAST_COVERAGE else None


def counts(as_of: date, today: date, valid_days: int) -> bool:
    """Whether a reading still counts: at most `valid_days` old, and not of a day to come."""
    return 0 <= (today - as_of).days <= valid_days


def card(measures: Iterable[Measured], today: date) -> Card:
    """The scorecard at a day, from the value of each measure at that day."""
    by_perspective: dict[Perspective, list[Scored]] = {name: [] for name in PERSPECTIVES}
    stale: list[str] = []
    missing: list[str] = []
    for measure in measures:
        by_perspective[measure.perspective].append(Scored(measure.score(today), measure.weight))
        # What weighs nothing is missed by nobody.
        if measure.weight and (state := measure.state(today)) != "counts":
            (stale if state == "stale" else missing).append(measure.name)
    every = [scored for several in by_perspective.values() for scored in several]
    perspectives = {name: value(several) for name, several in by_perspective.items()}
    return Card(balance(every), coverage(every), perspectives, tuple(stale), tuple(missing))


def coverage_words(card: Card) -> str:
    """`39 % of the weights covered`: never the 40 that are needed of less."""
    share = 100 * card.coverage
    return f"{int(share) if card.value is None else round(share)} % of the weights covered"


class MeasureChange(NamedTuple):
    """What one measure did to the card between two days: its scores then and now (None: it did not count), and the
    points by which the card's value moved because of it."""

    name: str
    before: float | None
    now: float | None
    points: float


def level(measures: Iterable[Measured], day: date) -> float:
    """The balance of what counts at a day, however little that is; 0 where nothing does."""
    return value(Scored(measure.score(day), measure.weight) for measure in measures) or 0.0


def changes(
    before: Sequence[Measured], then: date, now: Sequence[Measured], today: date
) -> tuple[MeasureChange, ...]:
    """Why the level differs between two days, the largest effect first; the points add up to the difference.

    A measure's part is its distance from the old value V, by its weight: w'·(s'−V)/Σw' − w·(s−V)/Σw. So a measure
    that begins to count moves the card only as far as it differs from it, and one that stays moves nothing unless
    the weights beside it change.
    """
    old = {measure.id: Scored(measure.score(then), measure.weight) for measure in before}
    new = {measure.id: Scored(measure.score(today), measure.weight) for measure in now}
    names = {measure.id: measure.name for measure in (*before, *now)}
    was = level(before, then)
    parts_before, parts_now = _parts(old, was), _parts(new, was)
    nothing = Scored(None, 0)
    found = [
        MeasureChange(
            name,
            old.get(id, nothing).score,
            new.get(id, nothing).score,
            parts_now.get(id, 0.0) - parts_before.get(id, 0.0),
        )
        for id, name in names.items()
    ]
    return tuple(sorted(found, key=lambda change: (-abs(change.points), change.name)))


def _parts(scored: Mapping[str, Scored], level: float) -> dict[str, float]:
    """By how many points each measure lifts the value above `level`, or keeps it under."""
    total = sum(each.weight for each in scored.values() if each.score is not None)
    return {
        id: each.weight * (each.score - level) / total
        for id, each in scored.items()
        if each.score is not None and total
    }
