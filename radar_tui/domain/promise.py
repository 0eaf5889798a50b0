"""At most three promises to our niche, and what customers asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.company import quarter_of
from radar_tui.domain.row import Day, Name, Row
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

WantDecision = Literal["open", "served", "parked"]
MOST_PROMISES = 3


class Promise(Row):
    """One of at most three promises that we make; `translations` of its title, as in domain/translation.py."""

    title: Name
    made_on: Day
    retired_on: Day | None = None
    translations: str = ""

    def in_force(self, today: date) -> bool:
        """Whether we still make it: not retired, or only from a later day on."""
        return self.retired_on is None or self.retired_on > today


class PromiseCheck(Row):
    """Whether a promise was kept, as seen on one visit."""

    promise_id: str
    visit_id: str
    kept: bool | None = None
    note: str = ""
    ours: bool | None = None


class Want(Row):
    """Something a customer asked for: tied to a promise, served, or parked with the reason in `note`."""

    customer_id: str | None = None
    visit_id: str | None = None
    title: Name
    promise_id: str | None = None
    decision: WantDecision = "open"
    note: str = ""
    ours: bool | None = None


def check_count(promises: Iterable[Promise], today: date) -> None:
    """Raises RadarError if there are more promises in force than anybody remembers."""
    if sum(promise.in_force(today) for promise in promises) > MOST_PROMISES:
        raise RadarError(
            f"We make at most {MOST_PROMISES} promises, so that everybody knows them.", "Retire one first."
        )


def decided(want: Want, decision: WantDecision, note: str, promise_id: str | None) -> Want:
    """The want as decided. Raises RadarError for one that is parked without the reason: the customer will ask."""
    if decision == "parked" and not note.strip():
        raise RadarError("A want is parked with the reason.", "Say why we do not serve it now.")
    return want.model_copy(update={"decision": decision, "note": note.strip(), "promise_id": promise_id})


class KeptRate(NamedTuple):
    """Of how many customers asked on the visits of a quarter how many said that a promise was kept."""

    promise_id: str
    start: date
    kept: int
    asked: int

    @property
    def share(self) -> float | None:
        """In percent; None if nobody was asked."""
        return 100 * self.kept / self.asked if self.asked else None


def kept_rates(checks: Iterable[tuple[str, date, bool | None]]) -> list[KeptRate]:
    """By promise and quarter, the oldest quarter first, from (promise, day of the visit, kept); None is not asked."""
    found: dict[tuple[date, str], list[int]] = {}
    for promise, day, kept in checks:
        if kept is not None:
            counts = found.setdefault((quarter_of(day), promise), [0, 0])
            counts[0] += kept
            counts[1] += 1
    return [KeptRate(promise, start, *found[start, promise]) for start, promise in sorted(found)]
