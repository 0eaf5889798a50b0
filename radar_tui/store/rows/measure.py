"""Measures and their readings as rows, and the measures that a customer has without anybody writing them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import Measured, derived_of
from radar_tui.domain.scorecard import KindMeasure, Measure, Reading
from radar_tui.errors import RadarError
from radar_tui.store.facts.card import KnownMeasures
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.customer import CustomerKind

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


class SavedReading(NamedTuple):
    """A reading written down, and how many others of the same measure stand on its day."""

    reading: Reading
    others: int


class Readings(Table[Reading]):
    """The `reading` table."""

    name = "reading"
    model = Reading


class KindMeasures(Table[KindMeasure]):
    """The `kind_measure` table."""

    name = "kind_measure"
    model = KindMeasure


class Measures(KnownMeasures, Table[Measure]):
    """The `measure` table."""

    name = "measure"
    model = Measure

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

    def set_for_kind(self, measure: Measure, kind: CustomerKind) -> int:
        """Give the scale and weight of `measure` to the measure of this name of every customer of a kind, and to those
        added later.

        Who has none of its own gets it; readings stay as they are. Returns how many customers have it now.
        """
        name = measure.name.casefold()
        scale = {column: getattr(measure, column) for column in SCALE}
        with self.db.transaction():
            id = fact_id("kind_measure", kind, name)
            KindMeasures(self.db).save(KindMeasure(id=id, kind=kind, name=measure.name, **scale))
            rows = self.db.rows(
                "SELECT c.id FROM customer_due d JOIN customer c ON c.id = d.customer_id WHERE c.kind = ?",
                [kind],
            )
            for (customer_id,) in rows:
                known = [row for row in self.where("customer_id = ?", [customer_id], "id")
                         if row.name.casefold() == name]  # fmt: skip
                if known:
                    self.change(known[0], known[0].model_copy(update=scale))
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


def row_of(customer_id: str, measure: Measured) -> Measure:
    """The row that a measure is, or would be."""
    columns = {column: getattr(measure, column) for column in ("id", "name", *SCALE)}
    return Measure(customer_id=customer_id, **columns)
