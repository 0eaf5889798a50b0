"""Self-checks and observation days for the Ourselves screen, read fast: plain rows, no models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.self_check import CheckResult, result
from radar_tui.store.facts.begun import called_off, standing
from radar_tui.store.facts.seen import shown_on, took_place, visit_day
from radar_tui.store.reading import local_day, read, stored_day

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection


class CheckRow(NamedTuple):
    """A self-check; `day` is when it was completed or started, else when it is planned."""

    id: str
    day: date | None
    status: str
    by: str
    flagged: int
    actions: int
    result: CheckResult


class ObservationRow(NamedTuple):
    """An observation day: of how many half hours there are notes, how many flagged, the actions, and what it taught."""

    id: str
    day: date | None
    customer: str
    status: str
    by: str
    notes: int
    flagged: int
    actions: int
    taught: str


_ANSWERED = "SELECT count(*) FROM answer a WHERE a.visit_id = v.id AND a.flagged"
_ACTIONS = "SELECT count(*) FROM action a WHERE a.visit_id = v.id AND a.status <> 'dropped'"
_DAY = shown_on("v")
_BY = "LEFT JOIN colleague b ON b.id = v.brm_id"

_CHECKS = f"""
SELECT v.id, {_DAY} AS day, {standing("v")} AS status, coalesce(b.name, '') AS by,
    ({_ANSWERED}) AS flagged, ({_ACTIONS}) AS actions,
    (SELECT json_group_object(a.question, a.value) FROM answer a
        WHERE a.visit_id = v.id AND a.subject_id IS NULL AND a.value IS NOT NULL) AS answers
FROM visit v {_BY}
WHERE v.customer_id IS NULL AND NOT {called_off("v")} AND v.occasion = 'self-check'
ORDER BY v.status NOT IN ('planned', 'in progress'), {_DAY} DESC, v.id LIMIT ? OFFSET ?"""  # noqa: S608 -- our own words only

# By the few checklists of an observation day: no index leads to the occasion of a visit.
_OBSERVED = f"""v.checklist_id IN (SELECT id FROM checklist
        WHERE json_valid(definition) AND json_extract(definition, '$.occasion') = 'observation day')
    AND +v.occasion = 'observation day' AND NOT {called_off("v")}"""  # noqa: S608 -- our own words only

_OBSERVATIONS = f"""
SELECT v.id, {_DAY} AS day, {standing("v")} AS status, coalesce(b.name, '') AS by,
    coalesce(c.name, '') AS customer, ({_ANSWERED}) AS flagged, ({_ACTIONS}) AS actions,
    (SELECT count(DISTINCT coalesce(a.subject_id, a.question)) FROM answer a WHERE a.visit_id = v.id
            AND a.value NOT IN ('', 'n/a')
            AND (a.question GLOB 'note_*' OR a.question GLOB 'morning_*' OR a.question GLOB 'afternoon_*')) AS notes,
    coalesce((SELECT a.value FROM answer a WHERE a.visit_id = v.id AND a.question = 'surprise'), v.summary) AS taught
FROM visit v {_BY} LEFT JOIN customer c ON c.id = v.customer_id
WHERE {_OBSERVED} ORDER BY {_DAY} DESC, v.id LIMIT ? OFFSET ?"""  # noqa: S608 -- our own words only


class OwnRounds:
    """What we do with ourselves and beside our customers."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def counts(self) -> dict[str, int]:
        """Rows by list."""
        row = self.db.row(
            f"SELECT (SELECT count(*) FROM visit v WHERE customer_id IS NULL AND NOT {called_off('v')} "  # noqa: S608
            f"AND occasion = 'self-check'), (SELECT count(*) FROM visit v WHERE {_OBSERVED})"
        )
        return dict(zip(("checks", "observations"), row, strict=True))

    def checks(self, offset: int, limit: int) -> list[CheckRow]:
        """Self-checks: those ahead, then those done or missed, the newest first."""
        return [
            read(CheckRow, row, result=result(json.loads(row["answers"])))
            for row in self.db.rows(_CHECKS, [limit, offset])
        ]

    def last_check(self) -> date | None:
        """The day of the newest completed self-check."""
        row = self.db.row(
            f"SELECT max({visit_day('v')}) FROM visit v WHERE v.customer_id IS NULL AND {took_place('v')} "  # noqa: S608
            "AND v.occasion = 'self-check'",
            {"today": self.db.clock().date().isoformat()},
        )
        day: date | None = local_day(row[0])
        return day

    def planned_check(self) -> date | None:
        """The day on which the next self-check is planned."""
        row = self.db.row(
            "SELECT min(planned_on) FROM visit WHERE customer_id IS NULL AND status = 'planned' "
            "AND occasion = 'self-check'"
        )
        return stored_day(row[0])

    def observations(self, offset: int, limit: int) -> list[ObservationRow]:
        """Observation days, the newest first."""
        return [read(ObservationRow, row) for row in self.db.rows(_OBSERVATIONS, [limit, offset])]

    def observed_days(self) -> list[date]:
        """The days of all completed observation days."""
        rows = self.db.rows(
            f"SELECT {visit_day('v')} FROM visit v WHERE {_OBSERVED} AND {took_place('+v')}",  # noqa: S608
            {"today": self.db.clock().date().isoformat()},
        )
        return [local_day(row[0]) for row in rows]
