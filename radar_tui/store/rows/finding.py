"""Findings as rows, and the lines of business that follow from each verdict in the same transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.integrity import Finding, Verdict
from radar_tui.domain.opportunity import LINE_OF
from radar_tui.domain.room import mark_after
from radar_tui.errors import RadarError
from radar_tui.store.facts.seen import held_on
from radar_tui.store.facts.verdicts import IN_SERVICE
from radar_tui.store.ids import fact_id
from radar_tui.store.reading import read, stored_day
from radar_tui.store.rows.opportunity import Opportunities
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.store.rows.opportunity import DerivedLines

HISTORY = 4


class ReportRow(NamedTuple):
    """One item in the integrity report of a visit. `history` holds the verdicts of up to four earlier visits, oldest
    first, and `history_on` the days of their visits; `verdict` and `found_at` are of this visit, None while not graded.
    Moments are UTC, ISO-8601."""

    item_id: str
    tag: str
    model: str
    refurbished_on: date | None
    history: tuple[str, ...]
    history_on: tuple[date | None, ...]
    verdict: str | None
    note: str
    found_at: str | None
    ours: bool | None


class Before(NamedTuple):
    """How an item stood before it was graded: its finding, if it had one, and the lines that followed from it."""

    visit_id: str
    item_id: str
    finding: Finding | None
    business: DerivedLines


# What is in the plant, and what was looked at before it went.
_PLANT = f"""
FROM visit v JOIN item i ON i.customer_id = v.customer_id
    LEFT JOIN finding f ON f.item_id = i.id AND f.visit_id = v.id
WHERE v.id = :visit AND ({IN_SERVICE.format(item="i")} OR f.id IS NOT NULL)"""
_REPORT = f"""
SELECT i.id AS item_id, i.tag, i.model, i.refurbished_on, f.verdict, coalesce(f.note, '') AS note, f.found_at, f.ours,
    (SELECT json_group_array(json_array(verdict, day)) FROM (SELECT p.verdict, {held_on("w")} AS day
        FROM finding p JOIN visit w ON w.id = p.visit_id
        WHERE p.item_id = i.id AND p.visit_id <> v.id AND (f.found_at IS NULL OR p.found_at < f.found_at)
        ORDER BY p.found_at DESC LIMIT :history)) AS history
{_PLANT} ORDER BY i.tag, i.id"""  # noqa: S608 -- our own words only


class Findings(Table[Finding]):
    """The `finding` table. One finding an item and visit, its id made of both."""

    name = "finding"
    model = Finding

    def report(self, visit_id: str) -> list[ReportRow]:
        """Every item in the plant with its verdict today and before, by tag."""
        found = []
        for row in self.db.rows(_REPORT, {**self._here(visit_id), "history": HISTORY}):
            before = json.loads(row["history"])[::-1]
            verdicts, days = (tuple(pair[place] for pair in before) for place in (0, 1))
            found.append(read(ReportRow, row, history=verdicts, history_on=tuple(map(stored_day, days))))
        return found

    def graded(self, visit_id: str) -> tuple[int, int]:
        """How many items have a verdict on this visit, of how many."""
        row = self.db.row(f"SELECT count(f.id), count(*) {_PLANT}", self._here(visit_id))
        return row[0], row[1]

    def _here(self, visit_id: str) -> dict[str, str]:
        return {"visit": visit_id, "today": self.db.clock().date().isoformat()}

    def counted(self, visit_id: str) -> dict[str, int]:
        """Verdict to number of items on this visit."""
        rows = self.db.rows(
            "SELECT verdict, count(*) FROM finding WHERE visit_id = ? GROUP BY verdict", [visit_id]
        )
        return {row[0]: row[1] for row in rows}

    def of(self, visit_id: str, item_id: str) -> Finding | None:
        """The finding on one item, if it is graded."""
        return self.find(fact_id("finding", visit_id, item_id))

    def grade(self, visit_id: str, item_id: str, verdict: Verdict | None, note: str | None = None) -> Before:
        """Give an item its verdict (None takes it back) and keep its line in step, durable in one transaction.

        A note or measure taken before stays with the item. Returns what `put_back` needs.
        """
        with self.db.transaction():
            before = self.of(visit_id, item_id)
            business = Opportunities(self.db).derived(visit_id, item_id)
            if verdict is None:
                self.delete(fact_id("finding", visit_id, item_id))
            else:
                known = before or Finding(
                    id=fact_id("finding", visit_id, item_id),
                    visit_id=visit_id,
                    item_id=item_id,
                    verdict=verdict,
                    found_at=self.db.clock(),
                )
                changes = {"verdict": verdict, "found_at": self.db.clock()}
                self.save(_noted(known.model_copy(update=changes), note))
            wanted = LINE_OF.get(verdict) if verdict else None
            Opportunities(self.db).keep_in_step(visit_id, item_id, wanted)
        return Before(visit_id, item_id, before, business)

    def grade_rest(self, visit_id: str, item_ids: Sequence[str], verdict: Verdict | None) -> list[Before]:
        """The same verdict for those of several items that have none yet (None takes all of theirs back), all or none.

        Returns what `put_back` needs.
        """
        with self.db.transaction():
            return [
                self.grade(visit_id, item_id, verdict)
                for item_id in item_ids
                if verdict is None or self.of(visit_id, item_id) is None
            ]

    def put_back(self, *graded: Before) -> None:
        """Undo: verdict, note and lines of each item stand again as they stood before."""
        with self.db.transaction():
            for before in graded:
                if before.finding is not None:
                    self.save(before.finding)
                else:
                    self.delete(fact_id("finding", before.visit_id, before.item_id))
                Opportunities(self.db).put_back(before.visit_id, before.item_id, before.business)

    def note(self, visit_id: str, item_id: str, note: str) -> None:
        """A note on an item that is graded. Raises RadarError if it is not."""
        with self.db.transaction():
            if (finding := self.of(visit_id, item_id)) is None:
                raise RadarError("This item has no verdict any more.", "Give it one, then the note.")
            self.save(_noted(finding, note))


def _noted(finding: Finding, note: str | None) -> Finding:
    """The finding with another note; None keeps the one that stands there."""
    if note is None:
        return finding
    ours = mark_after(finding.ours, finding.note, note)
    return finding.model_copy(update={"note": note, "ours": ours})
