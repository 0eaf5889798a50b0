"""The card of a customer: which measures it has, written down or not, and what each says at a day."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from radar_tui.domain.card import (
    LEAST_COVERAGE,
    PERSPECTIVES,
    DayValue,
    Measured,
    Scored,
    balance,
    card,
    defaults,
    derived_of,
)
from radar_tui.errors import RadarError
from radar_tui.store.facts import derived
from radar_tui.store.ids import fact_id
from radar_tui.store.reading import read, stored_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from radar_tui.domain.card import Card
    from radar_tui.store.connection import Connection

_KINDS = "SELECT c.id, c.kind FROM json_each(?) j CROSS JOIN customer c ON c.id = j.value"
_OWN = "SELECT m.* FROM json_each(?) j CROSS JOIN measure m ON m.customer_id = j.value ORDER BY m.id"
# Of several readings of one day the one written last counts.
_NEWEST = """
SELECT m.id, r.as_of, r.value FROM json_each(:ids) j CROSS JOIN measure m ON m.customer_id = j.value
    JOIN reading r ON r.rowid = (SELECT x.rowid FROM reading x
        WHERE x.measure_id = m.id AND x.as_of <= :day ORDER BY x.as_of DESC, x.id DESC LIMIT 1)"""


SAYS = f"value IS NOT NULL AND coverage >= {LEAST_COVERAGE}"
"""Whether a stored card says something of its day."""


class KnownMeasures:
    """The measures of customers, as they are known."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def card(self, customer_id: str, day: date) -> Card:
        """The card at a day. Raises RadarError if the customer is gone."""
        return card(self.measured(customer_id, day), day)

    def values(
        self, customer_ids: Sequence[str], day: date, known: Mapping[str, Mapping[str, derived.Known]]
    ) -> dict[str, float | None]:
        """What the card of each of these customers that is there comes to; some ten reads, however many they are.

        `known` holds the computed measures that need no read any more, by key and customer."""
        measured = self._at(self._of(customer_ids), day, known)
        return {
            id: balance([Scored(measure.score(day), measure.weight) for measure in measures])
            for id, measures in measured.items()
        }

    def of_customer(self, customer_id: str) -> list[Measured]:
        """All measures of a customer without their values: its rows, then those of its kind, then defaults that nobody
        has edited yet.

        Perspective by perspective. Where two laptops wrote the same computed measure, the one with the lower id
        stands. Raises RadarError if the customer is gone.
        """
        found = self._of([customer_id])
        if customer_id not in found:
            raise RadarError("This customer is no longer there.", "Press esc to go back.")
        return [
            each if each.stored else each._replace(id=default_id(customer_id, _key(each.name)))
            for each in found[customer_id]
        ]

    def measured(self, customer_id: str, day: date) -> list[Measured]:
        """The measures of a customer with their values at a day: computed from rows, or read by hand, never both."""
        return self._at({customer_id: self.of_customer(customer_id)}, day)[customer_id]

    def one(self, customer_id: str, id: str, day: date) -> Measured | None:
        """The measure with this id and its value at a day; None if it is gone. Computes no other."""
        measures = [each for each in self.of_customer(customer_id) if each.id == id]
        return self._at({customer_id: measures}, day)[customer_id][0] if measures else None

    def _of(self, customer_ids: Sequence[str]) -> dict[str, list[Measured]]:
        """As `of_customer`, of those that are there; what is no row has no id yet: to make one takes long."""
        kinds = dict(self.db.rows(_KINDS, [json.dumps(list(customer_ids))]))
        found: dict[str, list[Measured]] = {id: [] for id in kinds}
        names: dict[str, set[str]] = {id: set() for id in kinds}
        for row in self.db.rows(_OWN, [json.dumps(list(kinds))]):
            key, seen = _key(row["name"]), names[row["customer_id"]]
            computed = _computed(row["name"])
            if not (computed and key in seen):
                seen.add(key)
                found[row["customer_id"]].append(read(Measured, row, key=computed))
        of_kind = {kind: self._of_kind(kind) for kind in set(kinds.values())}
        for id, measures in found.items():
            measures += [each for key, each in of_kind[kinds[id]].items() if key not in names[id]]
            measures.sort(key=lambda each: (PERSPECTIVES.index(each.perspective), each.name.casefold()))
        return found

    def _of_kind(self, kind: str) -> dict[str, Measured]:
        """By what makes two the same, the measures that every customer of a kind has unless it has its own."""
        found: dict[str, Measured] = {}
        for row in self.db.rows("SELECT * FROM kind_measure WHERE kind = ? ORDER BY id", [kind]):
            measure = read(Measured, row, id="", key=_computed(row["name"]), stored=False)
            found.setdefault(_key(row["name"]), measure)
        return {**_defaults(kind), **found}

    def _at(
        self,
        measured: Mapping[str, Sequence[Measured]],
        day: date,
        known: Mapping[str, Mapping[str, derived.Known]] = {},
    ) -> dict[str, list[Measured]]:
        """The measures of customers with their values at a day, but for those that are `known`."""
        windows: dict[str, dict[str, int]] = {}
        for id, measures in measured.items():
            for each in measures:
                windows.setdefault(each.key, {})[id] = each.valid_days
        readings = self._readings(windows.pop("", {}), day)
        computed = {
            key: known[key] if key in known else derived.known_of(self.db, key, asked, day)
            for key, asked in windows.items()
        }

        def valued(customer_id: str, each: Measured) -> Measured:
            found = computed[each.key].get(customer_id) if each.key else readings.get(each.id)
            return each._replace(value=found.value, as_of=found.as_of, n=found.n) if found else each

        return {id: [valued(id, each) for each in measures] for id, measures in measured.items()}

    def _readings(self, customer_ids: Iterable[str], day: date) -> dict[str, derived.Known]:
        """The newest reading of each measure of these customers."""
        rows = self.db.rows(_NEWEST, {"ids": json.dumps(list(customer_ids)), "day": day.isoformat()})
        return {id: derived.Known(value, stored_day(as_of) or day, 1) for id, as_of, value in rows}

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


@cache
def _defaults(kind: str) -> dict[str, Measured]:
    return {default.key: read(Measured, default._asdict(), id="", stored=False) for default in defaults(kind)}


def _computed(name: str) -> str:
    computed = derived_of(name)
    return computed.key if computed else ""


def _key(name: str) -> str:
    """What makes two measures of a customer the same."""
    return _computed(name) or name.strip().casefold()
