"""Scorecards as rows: computed from measures at a day, and stored as snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import Card, MeasureChange, Measured, card, changes, level
from radar_tui.domain.scorecard import Scorecard
from radar_tui.store.facts.card import SAYS
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.measure import Measures
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from datetime import date

_AT_ONCE = 20
_DECIMALS = 2
_FELT = 0.05


class Changed(NamedTuple):
    """What moved a card since a snapshot: the measures whose change is felt in the first decimal; `shift`, the points
    by which the others weigh more or less beside them; and `rest`, those from rows of before that day which were
    changed or synced only after it."""

    since: date
    before: float
    measures: tuple[MeasureChange, ...]
    shift: float
    rest: float


class Computed(NamedTuple):
    """A customer's card at a day, the measures it is made of, and what changed since the last snapshot before."""

    card: Card
    measures: tuple[Measured, ...]
    changed: Changed | None


class Scorecards(Table[Scorecard]):
    """The `scorecard` table."""

    name = "scorecard"
    model = Scorecard

    def computed(self, customer_id: str, day: date) -> Computed:
        """The card at a day. Raises RadarError if the customer is gone."""
        measures = Measures(self.db).measured(customer_id, day)
        found = card(measures, day)
        before = self.snapshot_before(customer_id, day)
        changed = None
        if before is not None and before.value is not None and found.value is not None:
            then = Measures(self.db).measured(customer_id, before.as_of)
            every = changes(then, before.as_of, measures, day)
            moved = tuple(each for each in every if each.before != each.now and _felt(each.points))
            shift = sum(each.points for each in every if each not in moved)
            rest = level(then, before.as_of) - before.value
            changed = Changed(before.as_of, before.value, moved, _felt(shift), _felt(rest))
        return Computed(found, tuple(measures), changed)

    def snapshot_before(self, customer_id: str, day: date) -> Scorecard | None:
        """The newest snapshot of an earlier day that says something."""
        condition = f"customer_id = ? AND as_of < ? AND {SAYS}"
        return self.first(condition, [customer_id, day.isoformat()], "as_of DESC")

    def snapshot(self, customer_id: str, day: date) -> Scorecard:
        """Store the card of a day; the same day again is computed again, so that it says what is known by then."""
        found = Measures(self.db).card(customer_id, day)
        return self.save(
            Scorecard(
                id=fact_id("scorecard", customer_id, day.isoformat()),
                customer_id=customer_id,
                as_of=day,
                value=_rounded(found.value),
                coverage=round(found.coverage, 4),
                financial=_rounded(found.perspectives["financial"]),
                customer_view=_rounded(found.perspectives["customer"]),
                internal=_rounded(found.perspectives["internal"]),
                learning=_rounded(found.perspectives["learning"]),
            )
        )

    def snapshot_all(self, day: date) -> int:
        """Store a card of every customer on the radar; returns how many.

        A few at a time, so that a Radar that is open can write in between; a card of the day is stored again as it
        is, so that one that was interrupted is simply run again.
        """
        customers = self.customers()
        for start in range(0, len(customers), _AT_ONCE):
            with self.db.transaction():
                for customer_id, _ in customers[start : start + _AT_ONCE]:
                    self.snapshot(customer_id, day)
        return len(customers)

    def customers(self) -> list[tuple[str, str]]:
        """Id and name of everybody on the radar, by name."""
        return [
            (row[0], row[1])
            for row in self.db.rows("SELECT customer_id, name FROM customer_due ORDER BY name, customer_id")
        ]


def _felt(points: float) -> float:
    """0 for what only rounding made."""
    return points if abs(points) >= _FELT else 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
