"""Net Promoter Score: score, interval, difference, aggregates. Standard library only.

Formulas of design §6: p and d are the shares of promoters and detractors, NPS = 100(p−d), Var = p+d−(p−d)²,
SE = 100·√(Var/n) in points. The interval is the adjusted Wald of Rocks (2016), "Interval Estimation for the Net
Promoter Score", The American Statistician 70(4).
"""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Band = Literal["promoter", "passive", "detractor"]
ResponseQuestion = Literal["recommend", "retain"]
QUESTIONS: tuple[ResponseQuestion, ...] = ("recommend", "retain")

WINDOW_DAYS = 365
FEW = 5
"""Under this many answers the counts stand beside the score."""
_Z95 = 1.96
_ADDED = (0.75, 1.5, 0.75)
_GAIN: dict[Band, int] = {"promoter": 0, "passive": 100, "detractor": 200}


class NpsCounts(NamedTuple):
    """How many answers of each band."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """All answers."""
        return self.promoters + self.passives + self.detractors


NONE = NpsCounts(0, 0, 0)
"""Where nobody answered."""


class Answered(Protocol):
    """What `newest` needs to know of a response."""

    @property
    def contact_id(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def score(self) -> int: ...
    @property
    def asked_on(self) -> date: ...
    @property
    def voided_at(self) -> object: ...


A = TypeVar("A", bound=Answered)


def band(score: int) -> Band:
    """0–6 detractor, 7–8 passive, 9–10 promoter."""
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


def count(scores: Iterable[int]) -> NpsCounts:
    """Scores 0–10 by band."""
    bands = [band(score) for score in scores]
    return NpsCounts(bands.count("promoter"), bands.count("passive"), bands.count("detractor"))


def _shares(promoters: float, passives: float, detractors: float) -> tuple[float, float]:
    n = promoters + passives + detractors
    return promoters / n, detractors / n


def _variance(p: float, d: float) -> float:
    return max(0.0, p + d - (p - d) ** 2)


def nps(counts: NpsCounts) -> float | None:
    """100(p−d), from −100 to 100; None without answers."""
    if not counts.n:
        return None
    return 100 * (counts.promoters - counts.detractors) / counts.n


def variance(counts: NpsCounts) -> float | None:
    """p+d−(p−d)², from 0 to 1; None without answers."""
    return _variance(*_shares(*counts)) if counts.n else None


def standard_error(counts: NpsCounts, population: int | None = None) -> float | None:
    """100·√(Var/n) in points; with a known population N times √((N−n)/(N−1)), 0 for a census."""
    spread = variance(counts)
    if spread is None:
        return None
    error = 100 * sqrt(spread / counts.n)
    if population is None:
        return error
    if population <= counts.n:
        return 0.0
    return error * sqrt((population - counts.n) / (population - 1))


def interval(counts: NpsCounts, population: int | None = None) -> tuple[float, float] | None:
    """The 95 % interval in points, clipped to ±100; None without answers, and for a census (nothing is sampled).

    Adjusted Wald (Rocks 2016): ¾ promoter, ¾ detractor and 1½ passive are added, then the same formula. A population
    is known of one customer, whose people we know; a company or market also has customers and people we don't know.
    """
    if not counts.n or (population is not None and population <= counts.n):
        return None
    middle, error = _adjusted(counts)
    half = _Z95 * error
    if population is not None:
        # Towards the score itself, which it is once all have answered; else a few missing would leave it outside.
        narrower = sqrt((population - counts.n) / (population - 1))
        score = 100 * (counts.promoters - counts.detractors) / counts.n
        middle, half = score + (middle - score) * narrower, half * narrower
    return max(-100.0, middle - half), min(100.0, middle + half)


def z(before: NpsCounts, now: NpsCounts) -> float | None:
    """|Δ|/√(SE₁²+SE₂²) of the adjusted scores and errors (Rocks 2016); None where a period has no answers.

    With plain ones a period of few answers often has no spread, and an error of 0 calls any difference significant.
    """
    if not before.n or not now.n:
        return None
    (first, error_first), (second, error_second) = _adjusted(before), _adjusted(now)
    return abs(second - first) / sqrt(error_first**2 + error_second**2)


def differ(before: NpsCounts, now: NpsCounts) -> int:
    """1 risen, −1 fallen, 0 no significant change (z under 1.96, or a period without answers)."""
    score, was = nps(now), nps(before)
    if score is None or was is None or (z(before, now) or 0) < _Z95:
        return 0
    adjusted = _adjusted(now)[0] - _adjusted(before)[0]
    # The added answers pull few harder than many: an arrow must not point against the score that is shown.
    return 0 if adjusted * (score - was) <= 0 else 1 if adjusted > 0 else -1


def _adjusted(counts: NpsCounts) -> tuple[float, float]:
    """Score and standard error in points, with ¾ promoter, ¾ detractor and 1½ passive added (Rocks 2016)."""
    added = [have + more for have, more in zip(counts, _ADDED, strict=True)]
    p, d = _shares(*added)
    return 100 * (p - d), 100 * sqrt(_variance(p, d) / sum(added))


def newest(responses: Iterable[A], today: date, window_days: int = WINDOW_DAYS) -> list[A]:
    """The newest unvoided response per contact and question within the window that ends today.

    Of two on the same day the lower score counts: we do not flatter ourselves, and every laptop says the same.
    """
    since = today - timedelta(days=window_days)
    found: dict[tuple[str, str], A] = {}
    for response in responses:
        if response.voided_at is not None or not since < response.asked_on <= today:
            continue
        key = (response.contact_id, response.question)
        if key not in found or _rank(found[key]) < _rank(response):
            found[key] = response
    return list(found.values())


def _rank(response: Answered) -> tuple[date, int]:
    return response.asked_on, -response.score


def scores(by_customer: Mapping[str, NpsCounts]) -> dict[str, float]:
    """The score of each customer of whom anybody answered."""
    return {id: score for id, counts in by_customer.items() if (score := nps(counts)) is not None}


def mean_of_customers(scores: Mapping[str, float]) -> float | None:
    """The mean of the customers' scores, each counting once."""
    return sum(scores.values()) / len(scores) if scores else None


def weighted(scores: Mapping[str, float], values: Mapping[str, tuple[str, float]]) -> dict[str, float]:
    """The mean of the customers' scores, each weighted by its annual value; `values` are currency and value.

    One for each currency, that of most customers first: unlike currencies don't weigh each other.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for customer, score in scores.items():
        if customer in values:
            currency, value = values[customer]
            found.setdefault(currency, []).append((score, value))
    weights = {currency: sum(value for _, value in pairs) for currency, pairs in found.items()}
    most_first = sorted(found, key=lambda currency: (-len(found[currency]), currency))
    return {
        currency: sum(score * value for score, value in found[currency]) / weights[currency]
        for currency in most_first
        if weights[currency]
    }


class Aggregates(NamedTuple):
    """Three scores of one company, which say different things and are never shown without their names."""

    pooled: float | None
    mean_of_customers: float | None
    weighted: dict[str, float]
    """By the currency of the annual values."""
    weightless: int
    """Customers who answered and have no annual value, so that their score weighs nothing."""


def aggregates(by_customer: Mapping[str, NpsCounts], values: Mapping[str, tuple[str, float]]) -> Aggregates:
    """All three at once; `values` are currency and annual value, in whatever unit, by customer."""
    by_score = scores(by_customer)
    return Aggregates(
        nps(total(by_customer.values())),
        mean_of_customers(by_score),
        weighted(by_score, values),
        sum(not values.get(id, ("", 0))[1] for id in by_score),
    )


def against(counts: NpsCounts, benchmark: float) -> int:
    """1 if the whole interval lies above a published figure, −1 if below it, 0 if it lies within or nobody answered.

    The publisher's own sampling error is not known, so this is the most that can be said.
    """
    between = interval(counts)
    if between is None:
        return 0
    return 1 if between[0] > benchmark else -1 if between[1] < benchmark else 0


def gain(moved: Band, n: int) -> float:
    """What one answer of this band out of `n` adds in points by becoming a promoter: 100/n, 200/n; 0 for a promoter."""
    return _GAIN[moved] / n if n else 0.0


def lever(scores: Sequence[int]) -> list[float]:
    """What each answer would add in points if it became a promoter: a passive 100/n, a detractor 200/n."""
    return [gain(band(score), len(scores)) for score in scores]


def total(several: Iterable[NpsCounts]) -> NpsCounts:
    """The counts of several groups in one pot."""
    found = list(several)
    return NpsCounts(
        sum(c.promoters for c in found), sum(c.passives for c in found), sum(c.detractors for c in found)
    )


def signed(value: float) -> str:
    """A score in whole points with its sign: `+31`, `0`, `−12`."""
    rounded = whole(value)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero: 12.5 is 13, −12.5 is −13."""
    return int(abs(value) + 0.5) * (1 if value > 0 else -1)
