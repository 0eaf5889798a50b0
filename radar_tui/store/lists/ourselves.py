"""What the Ourselves screen shows, read fast: promises and how they were kept, our people, the price list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.promise import KeptRate, kept_rates
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.promises import IN_FORCE
from radar_tui.store.facts.seen import held_on
from radar_tui.store.reading import holding, local_day, read

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection


class PromiseRow(NamedTuple):
    """A promise, and on how many visits customers said that it was kept, of how many asked."""

    id: str
    title: str
    made_on: date
    retired_on: date | None
    in_force: bool
    kept: int
    asked: int
    note: str


class WantRow(NamedTuple):
    """Something a customer asked for, the promise it is tied to, and the reason or note."""

    id: str
    title: str
    customer: str
    promise: str
    decision: str
    note: str


class ColleagueRow(NamedTuple):
    """One of our people and of how many counterpart pairs with contacts still there they are one half."""

    id: str
    name: str
    function: str
    direct_contact: bool
    email: str
    phone: str
    left_on: date | None
    counterparts: int


class PartRow(NamedTuple):
    """A line of our price list; `unit_price` in minor units of `currency`."""

    id: str
    sku: str
    name: str
    model: str
    kind: str
    unit_price: int
    currency: str
    lead_days: int
    archived: bool


# Rows are numbered as they are written, so the highest number is the newest note.
_PROMISES = f"""
SELECT p.id, p.title, p.made_on, p.retired_on, {IN_FORCE} AS in_force,
    coalesce(k.kept, 0) AS kept, coalesce(k.asked, 0) AS asked,
    coalesce((SELECT n.note FROM promise_check n WHERE n.promise_id = p.id AND n.note <> ''
        ORDER BY n.rowid DESC LIMIT 1), '') AS note
FROM promise p LEFT JOIN (SELECT promise_id, sum(kept) AS kept, count(kept) AS asked
    FROM promise_check GROUP BY promise_id) k ON k.promise_id = p.id
ORDER BY in_force DESC, p.made_on, p.id"""  # noqa: S608 -- our own words only

_WANTS = """
SELECT w.id, w.title, coalesce(c.name, '') AS customer, coalesce(p.title, '') AS promise, w.decision, w.note
FROM json_each(?) j JOIN want w ON w.id = j.value LEFT JOIN customer c ON c.id = w.customer_id
    LEFT JOIN promise p ON p.id = w.promise_id ORDER BY j.key"""
_WANT_ORDER = """
SELECT id FROM want ORDER BY CASE decision WHEN 'open' THEN 0 WHEN 'parked' THEN 1 ELSE 2 END, id DESC"""

_COLLEAGUES = f"""
SELECT o.id, o.name, o.function, o.direct_contact, o.email, o.phone, o.left_on,
    (SELECT count(*) FROM counterpart k JOIN contact c ON c.id = k.contact_id
        WHERE k.colleague_id = o.id AND {THERE.format(person="c", day="today")}) AS counterparts
FROM colleague o ORDER BY o.left_on IS NOT NULL, o.name, o.id"""  # noqa: S608 -- our own words only

_PART = """SELECT part.id, sku, name, model, kind, unit_price, currency, lead_days, archived_at IS NOT NULL AS archived
FROM part"""
_PART_ORDER = "ORDER BY archived_at IS NOT NULL, model = '', model, kind, sku, id"

_PART_WORDS = f"SELECT id, sku || ' ' || name || ' ' || model FROM part {_PART_ORDER}"  # noqa: S608


class OurselvesLists:
    """Promises, colleagues, parts."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def counts(self) -> dict[str, int]:
        """Rows by list."""
        row = self.db.row(
            "SELECT (SELECT count(*) FROM promise), (SELECT count(*) FROM want), "
            "(SELECT count(*) FROM colleague), (SELECT count(*) FROM part)"
        )
        return dict(zip(("promises", "wants", "colleagues", "parts"), row, strict=True))

    def promises(self) -> list[PromiseRow]:
        """All promises, those that stand first; goes through every check of them, so a worker reads it."""
        return [
            read(PromiseRow, row)
            for row in self.db.rows(_PROMISES, {"today": self.db.clock().date().isoformat()})
        ]

    def kept_rates(self) -> list[KeptRate]:
        """By promise and quarter of the visit; goes through every check, so a worker reads it."""
        rows = self.db.rows(
            f"SELECT k.promise_id, {held_on('v')} AS day, k.kept FROM promise_check k "  # noqa: S608
            "JOIN visit v ON v.id = k.visit_id WHERE k.kept IS NOT NULL AND day IS NOT NULL"
        )
        return kept_rates((row[0], local_day(row[1]), bool(row[2])) for row in rows)

    def want_ids(self) -> list[str]:
        """What customers asked for: open, parked, then served, the newest first; a worker sorts them."""
        return [row[0] for row in self.db.rows(_WANT_ORDER)]

    def want_counts(self) -> dict[str, int]:
        """Wants by decision; goes through all of them, so a worker reads it."""
        return {
            row[0]: row[1] for row in self.db.rows("SELECT decision, count(*) FROM want GROUP BY decision")
        }

    def wants(self, ids: list[str]) -> list[WantRow]:
        """These wants, in their order."""
        return [read(WantRow, row) for row in self.db.rows(_WANTS, [json.dumps(ids)])]

    def colleagues(self) -> list[ColleagueRow]:
        """All our people by name, who left last; goes through every pair of theirs, so a worker reads it."""
        today = self.db.clock().date().isoformat()
        return [read(ColleagueRow, row) for row in self.db.rows(_COLLEAGUES, {"today": today})]

    def parts_with(self, words: str) -> list[str]:
        """Ids of the parts whose SKU, name or model hold every word, in the order of the list."""
        return [row[0] for row in holding(words, self.db.rows(_PART_WORDS))]

    def parts(self, offset: int, limit: int, ids: list[str] | None = None) -> list[PartRow]:
        """The price list by model; `ids` narrows it to those, in their order."""
        if ids is None:
            rows = self.db.rows(f"{_PART} {_PART_ORDER} LIMIT ? OFFSET ?", [limit, offset])
        else:
            wanted = json.dumps(ids[offset : offset + limit])
            rows = self.db.rows(f"{_PART} JOIN json_each(?) j ON j.value = part.id ORDER BY j.key", [wanted])
        return [read(PartRow, row) for row in rows]
