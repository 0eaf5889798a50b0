"""The card of a customer: which measures it has, written down or not, and what each says at a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.card import (
    LEAST_COVERAGE,
    PERSPECTIVES,
    DayValue,
    Measured,
    card,
    defaults,
    derived_of,
)
from radar_tui.errors import RadarError
from radar_tui.store.facts import derived
from radar_tui.store.ids import fact_id
from radar_tui.store.reading import read, stored_day

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.card import Card
    from radar_tui.store.connection import Connection

# Of several readings of one day the one written last counts.
_NEWEST = """
SELECT m.id, r.as_of, r.value FROM measure m JOIN reading r ON r.id = (SELECT x.id FROM reading x
    WHERE x.measure_id = m.id AND x.as_of <= :day ORDER BY x.as_of DESC, x.id DESC LIMIT 1)
WHERE m.customer_id = :customer"""


SAYS = f"value IS NOT NULL AND coverage >= {LEAST_COVERAGE}"
"""Whether a stored card says something of its day."""


class KnownMeasures:
    """The measures of customers, as they are known."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def card(self, customer_id: str, day: date) -> Card:
        """The card at a day. Raises RadarError if the customer is gone."""
        return card(self.measured(customer_id, day), day)

    def of_customer(self, customer_id: str) -> list[Measured]:
        """All measures of a customer without their values: its rows, then those of its kind, then defaults that nobody
        has edited yet.

        Perspective by perspective. Where two laptops wrote the same computed measure, the one with the lower id
        stands. Raises RadarError if the customer is gone.
        """
        customer = self.db.row("SELECT kind FROM customer WHERE id = ?", [customer_id])
        if customer is None:
            raise RadarError("This customer is no longer there.", "Press esc to go back.")
        found: list[Measured] = []
        seen: set[str] = set()
        for row in self.db.rows("SELECT * FROM measure WHERE customer_id = ? ORDER BY id", [customer_id]):
            key = _key(row["name"])
            if key in seen and derived_of(row["name"]):
                continue
            seen.add(key)
            found.append(read(Measured, row, key=_computed(row["name"])))
        of_kind = self.db.rows("SELECT * FROM kind_measure WHERE kind = ? ORDER BY id", [customer[0]])
        for row in (*of_kind, *(default._asdict() for default in defaults(customer[0]))):
            if (key := _key(row["name"])) not in seen:
                seen.add(key)
                id = default_id(customer_id, key)
                found.append(read(Measured, row, id=id, key=_computed(row["name"]), stored=False))
        return sorted(found, key=lambda each: (PERSPECTIVES.index(each.perspective), each.name.casefold()))

    def measured(self, customer_id: str, day: date) -> list[Measured]:
        """The measures of a customer with their values at a day: computed from rows, or read by hand, never both."""
        readings = self._readings(customer_id, day)
        return [self._at(each, customer_id, day, readings) for each in self.of_customer(customer_id)]

    def one(self, customer_id: str, id: str, day: date) -> Measured | None:
        """The measure with this id and its value at a day; None if it is gone. Computes no other."""
        for each in self.of_customer(customer_id):
            if each.id == id:
                return self._at(each, customer_id, day, self._readings(customer_id, day))
        return None

    def _readings(self, customer_id: str, day: date) -> dict[str, DayValue]:
        rows = self.db.rows(_NEWEST, {"customer": customer_id, "day": day.isoformat()})
        return {row["id"]: DayValue(stored_day(row["as_of"]) or day, row["value"]) for row in rows}

    def _at(self, measure: Measured, customer_id: str, day: date, readings: dict[str, DayValue]) -> Measured:
        if measure.key:
            known = derived.known(self.db, measure.key, customer_id, day, measure.valid_days)
            return measure._replace(value=known.value, as_of=known.as_of, n=known.n)
        if (reading := readings.get(measure.id)) is not None:
            return measure._replace(value=reading.value, as_of=reading.day, n=1)
        return measure

    def history(self, customer_id: str, measure: Measured, today: date) -> list[DayValue]:
        """What a measure was over time, the oldest first: computed, or its readings, every one of them."""
        if measure.key:
            return derived.history(self.db, measure.key, customer_id, today, measure.valid_days)
        rows = self.db.rows(
            "SELECT as_of, value FROM reading WHERE measure_id = ? ORDER BY as_of DESC, id DESC LIMIT ?",
            [measure.id, derived.MOST_POINTS],
        )
        return [DayValue(stored_day(row[0]) or today, row[1]) for row in reversed(rows)]

    def around(
        self, customer_id: str, measure: Measured, day: date, today: date
    ) -> tuple[DayValue | None, DayValue | None]:
        """The newest point of a measure's history until a day, and the first one after it."""
        if measure.key:
            return derived.around(self.db, measure.key, customer_id, day, today, measure.valid_days)
        ends = (("as_of <= ?", "as_of DESC, id DESC"), ("as_of > ?", "as_of, id DESC"))
        rows = [
            self.db.row(
                f"SELECT as_of, value FROM reading WHERE measure_id = ? AND {side} ORDER BY {order} LIMIT 1",  # noqa: S608
                [measure.id, day.isoformat()],
            )
            for side, order in ends
        ]
        points = [None if row is None else DayValue(stored_day(row[0]) or day, row[1]) for row in rows]
        return points[0], points[1]


def default_id(customer_id: str, key: str) -> str:
    """The id of a measure that two laptops may both write down for a customer."""
    return fact_id("measure", customer_id, key)


def _computed(name: str) -> str:
    computed = derived_of(name)
    return computed.key if computed else ""


def _key(name: str) -> str:
    """What makes two measures of a customer the same."""
    return _computed(name) or name.strip().casefold()
