"""Measures and their readings as rows, and the measures that a customer has without anybody writing them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.scorecard import (
    PERSPECTIVES,
    DayValue,
    DerivedMeasure,
    Measure,
    Measured,
    Reading,
    defaults,
    derived_of,
)
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.reading import read, stored_day
from radar_tui.store.rows import derived
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from datetime import date

SCALE = (
    "perspective",
    "unit",
    "worst",
    "best",
    "target",
    "weight",
    "valid_days",
    "translations",
    "for_customer",
)
"""What an edit for all customers of a kind changes."""

# Of several readings of one day the one written last counts.
_NEWEST = """
SELECT m.id, r.as_of, r.value FROM measure m JOIN reading r ON r.id = (SELECT x.id FROM reading x
    WHERE x.measure_id = m.id AND x.as_of <= :day ORDER BY x.as_of DESC, x.id DESC LIMIT 1)
WHERE m.customer_id = :customer"""


class SavedReading(NamedTuple):
    """A reading written down, and how many others of the same measure stand on its day."""

    reading: Reading
    others: int


class Readings(Table[Reading]):
    """The `reading` table."""

    name = "reading"
    model = Reading


class Measures(Table[Measure]):
    """The `measure` table."""

    name = "measure"
    model = Measure

    def of_customer(self, customer_id: str) -> list[Measured]:
        """All measures of a customer without their values: rows, and defaults that nobody has edited yet.

        Perspective by perspective. Where two laptops wrote the same computed measure, the one with the lower id
        stands. Raises RadarError if the customer is gone.
        """
        customer = self.db.row("SELECT kind FROM customer WHERE id = ?", [customer_id])
        if customer is None:
            raise RadarError("This customer is no longer there.", "Press esc to go back.")
        found: list[Measured] = []
        seen: set[str] = set()
        for row in self.db.rows("SELECT * FROM measure WHERE customer_id = ? ORDER BY id", [customer_id]):
            computed = derived_of(row["name"])
            key = computed.key if computed else ""
            if key and key in seen:
                continue
            seen.add(key)
            found.append(read(Measured, row, key=key))
        found += [
            unwritten(customer_id, default) for default in defaults(customer[0]) if default.key not in seen
        ]
        return sorted(found, key=lambda each: (PERSPECTIVES.index(each.perspective), each.name.casefold()))

    def measured(self, customer_id: str, day: date) -> list[Measured]:
        """The measures of a customer with their values at a day.

        A computed one takes its newest manual reading only where rows say nothing.
        """
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
        found = derived.NOTHING
        if measure.key:
            found = derived.known(self.db, measure.key, customer_id, day, measure.valid_days)
        if found.as_of is not None:
            return measure._replace(value=found.value, as_of=found.as_of, n=found.n, computed=True)
        if (reading := readings.get(measure.id)) is not None:
            return measure._replace(value=reading.value, as_of=reading.day, n=1)
        return measure

    def history(self, customer_id: str, measure: Measured, today: date) -> list[DayValue]:
        """What a measure was over time, the oldest first: computed, else its readings, every one of them."""
        if measure.key:
            points = derived.history(self.db, measure.key, customer_id, today, measure.valid_days)
            if points:
                return points
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
            found = derived.around(self.db, measure.key, customer_id, day, today, measure.valid_days)
            if found != (None, None):
                return found
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

    # Writing

    def write_down(self, customer_id: str, id: str) -> Measure:
        """The row of a measure; a default becomes a row with this, so that something can refer to it."""
        with self.db.transaction():
            if (row := self.find(id)) is not None:
                return row
            for each in self.of_customer(customer_id):
                if each.id == id:
                    return self.save(row_of(customer_id, each))
        raise RadarError("This measure is no longer there.", "Go back and look again.")

    def add(self, measure: Measure) -> Measure:
        """A new manual measure. Raises RadarError if the customer has one of this name, or Radar computes it."""
        if measure.worst == measure.best:
            raise RadarError("Worst and best are the same.", "A scale needs two ends.")
        with self.db.transaction():
            self._free(measure.customer_id, measure.name.casefold())
            return self.save(measure)

    def edit(self, before: Measure, after: Measure) -> Measure:
        """Change a measure; what Radar computes keeps its name, and no other takes it. Raises RadarError."""
        old, new = before.name.casefold(), after.name.casefold()
        if after.worst == after.best:
            raise RadarError("Worst and best are the same.", "A scale needs two ends.")
        if old != new and derived_of(old) is not None:
            raise RadarError(f"Radar computes “{before.name}” under this name.", "Give it weight 0 instead.")
        with self.db.transaction():
            if old != new:
                self._free(after.customer_id, new)
            return self.change(before, after)

    def _free(self, customer_id: str, name: str) -> None:
        """Raises RadarError if a name is taken."""
        if (computed := derived_of(name)) is not None:
            raise RadarError(
                f"Radar computes “{computed.name}” itself.", "Edit that one, or choose another name."
            )
        if any(each.name.casefold() == name for each in self.of_customer(customer_id)):
            raise RadarError(f"There is a measure “{name}” already.", "Choose another name.")

    def set_for_kind(self, measure: Measure, kind: str) -> int:
        """Give the scale and weight of `measure` to the measure of this name of every customer of a kind.

        Those who have none get it; readings stay as they are. Returns how many customers it was given to.
        """
        name = measure.name.casefold()
        computed = derived_of(name)
        scale = {column: getattr(measure, column) for column in SCALE}
        with self.db.transaction():
            rows = self.db.rows(
                "SELECT id FROM customer WHERE kind = ? AND archived_at IS NULL AND status <> 'former'",
                [kind],
            )
            for (customer_id,) in rows:
                known = [row for row in self.where("customer_id = ?", [customer_id], "id")
                         if row.name.casefold() == name]  # fmt: skip
                if known:
                    self.change(known[0], known[0].model_copy(update=scale))
                else:
                    id = default_id(customer_id, computed.key if computed else name)
                    self.save(measure.model_copy(update={"id": id, "customer_id": customer_id}))
            return len(rows)

    def read(self, measure_id: str, as_of: date, value: float) -> SavedReading:
        """Write a manual reading down. One of the same day is never overwritten: both stand, the newer counts."""
        readings = Readings(self.db)
        with self.db.transaction():
            same = readings.where("measure_id = ? AND as_of = ?", [measure_id, as_of.isoformat()], "id")
            if same and same[-1].value == value:
                return SavedReading(same[-1], len(same) - 1)
            new = Reading(id=new_id(), measure_id=measure_id, as_of=as_of, value=value)
            return SavedReading(readings.save(new), len(same))


def default_id(customer_id: str, key: str) -> str:
    """The id of a measure that two laptops may both write down for a customer."""
    return fact_id("measure", customer_id, key)


def unwritten(customer_id: str, default: DerivedMeasure) -> Measured:
    """A default as a measure of a customer that nobody has edited."""
    return read(Measured, default._asdict(), id=default_id(customer_id, default.key), stored=False)


def row_of(customer_id: str, measure: Measured) -> Measure:
    """The row that a measure is, or would be."""
    columns = {column: getattr(measure, column) for column in ("id", "name", *SCALE)}
    return Measure(customer_id=customer_id, **columns)
