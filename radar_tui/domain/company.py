"""The company as a whole: which answers are looked at, quarters by name, and what moving a contact would take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from radar_tui.domain.nps import WINDOW_DAYS, Aggregates, NpsCounts, signed

WHO_COUNTS = "The newest answer of each contact who is still there, at customers neither archived nor former"
QUARTERS = 12
"""How many quarters are looked back on."""
NO_NAME = {"market": "no market", "owner": "no BRM", "role": "no role"}
"""What a group without a name is called."""


SHARES = {
    "in_time": ("Seen in time", "customer", "within their cadence", "customers seen in time"),
    "in_contact": ("In direct contact", "colleague", "meeting customers", "colleagues in direct contact"),
    "paired": ("Counterparts met", "contact", "known to their counterpart", "contacts who met a counterpart"),
}
"""How near we are to our customers: each share of the company by its label, of whom, doing what, and as one figure."""


class Period(NamedTuple):
    """A window of answers: after `since`, up to and with `until`."""

    words: str
    since: date
    until: date

    @property
    def before(self) -> Period:
        """The window of the same length that ends where this one begins."""
        return Period(f"before: {self.words}", self.since - (self.until - self.since), self.since)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which answers are looked at: None is all, "" those without market or BRM; no period is the last 365 days."""

    market: str | None = None
    owner: str | None = None
    role: str | None = None
    period: Period | None = None

    @property
    def everybody(self) -> bool:
        """Whether no customer or contact is left out."""
        return self.market is None and self.owner is None and self.role is None

    def window(self, today: date) -> Period:
        """The period, or the usual one that ends today."""
        return self.period or last_days(today, WINDOW_DAYS)


def last_days(today: date, days: int) -> Period:
    """The window of so many days that ends today."""
    return Period(f"last {days} days", today - timedelta(days=days), today)


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(start: date) -> date:
    """The first day of the quarter after the one that begins on `start`."""
    return quarter_of(start + timedelta(days=95))


def quarters(today: date, count: int = QUARTERS) -> list[date]:
    """The first days of the newest quarters, the one that `today` lies in last."""
    found = [quarter_of(today)]
    while len(found) < count:
        found.append(quarter_of(found[-1] - timedelta(days=1)))
    return found[::-1]


def quarter_name(start: date) -> str:
    """`Q3 2026`."""
    return f"Q{(start.month + 2) // 3} {start.year}"


def periods(today: date) -> list[Period]:
    """What one may look at: windows that end today, and each of the newest quarters."""
    found = [last_days(today, days) for days in (WINDOW_DAYS, 90, 180, 730)]
    return [*found, *(quarter_period(start) for start in reversed(quarters(today)))]


def quarter_period(start: date) -> Period:
    """The quarter that begins on `start`, to look at its answers alone."""
    return Period(quarter_name(start), start - timedelta(days=1), next_quarter(start) - timedelta(days=1))


def aggregate_words(several: Aggregates) -> list[str]:
    """`mean of customers +28`: each score of the company by its name, and what the last one leaves out."""
    named = {"pooled respondents": several.pooled, "mean of customers": several.mean_of_customers}
    words = [f"{name} {signed(value)}" for name, value in named.items() if value is not None]
    by_value = [f"in {code} {signed(score)}" for code, score in several.weighted.items()] or ["–"]
    if several.pooled is not None:
        left = f" ({weightless_words(several)})" if several.weightless else ""
        words.append(f"weighted by annual value {', '.join(by_value)}{left}")
    return words


def weightless_words(several: Aggregates) -> str:
    """`3 have no value: left out`: of the customers that answered."""
    return f"{several.weightless:,} {'has' if several.weightless == 1 else 'have'} no value: left out"


def effort(last_contact: date | None, today: date, *, open_recover: bool) -> str:
    """What moving a contact takes, as far as Radar knows: a call that is owed, and the time since the last contact."""
    if last_contact is None:
        seen = "never met"
    else:
        days = (today - last_contact).days
        seen = "today" if days <= 0 else f"{days} d ago"
    return f"recover open, {seen}" if open_recover else seen


def few_words(counts: NpsCounts) -> str:
    """`2 promoters, 1 passive, 0 detractors`: what stands beside a score of few answers."""
    nouns = ("promoter", "passive", "detractor")
    return ", ".join(
        f"{count} {noun if count == 1 else noun + 's'}" for count, noun in zip(counts, nouns, strict=True)
    )
