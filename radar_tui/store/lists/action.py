"""The plan of actions: who does what by when, which measure it is to raise, and what came of that."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from radar_tui.domain.card import measure_score
from radar_tui.domain.room import is_ours
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id, made_at
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.reading import holding, local_day, read, stored_day
from radar_tui.store.rows.answer import Answers
from radar_tui.store.rows.checklist import Checklists
from radar_tui.store.rows.measure import Measures
from radar_tui.store.rows.visit import Visits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from radar_tui.store.connection import Connection


State = Literal["open", "late", "done", "dropped", "all"]
STATES: tuple[State, ...] = ("open", "late", "done", "dropped", "all")

_WHERE: dict[State, str] = {
    "open": "a.status = 'open'",
    "late": "a.status = 'open' AND a.due_on < :today",
    "done": "a.status = 'done'",
    "dropped": "a.status = 'dropped'",
    "all": "1",
}
_JOINS = """
    LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN colleague o ON o.id = a.owner_id
    LEFT JOIN measure m ON m.id = a.measure_id"""
_ROWS = """
SELECT a.id, a.title, a.customer_id, coalesce(c.name, '') AS customer, coalesce(o.name, '') AS owner, a.due_on,
    a.status, a.done_on, a.measure_id, coalesce(m.name, '') AS measure, a.expected_gain, a.translations, a.ours,
    a.visit_id IS NOT NULL AS from_visit, (SELECT started_at FROM visit v WHERE v.id = a.visit_id) AS visited_at"""
_WORDS = "SELECT a.id, a.title || ' ' || coalesce(c.name, '') || ' ' || coalesce(o.name, '')"
_ORDER = """
ORDER BY a.status <> 'open', CASE WHEN a.status = 'open' THEN coalesce(a.due_on, '9') END,
    coalesce(a.done_on, a.due_on) DESC, a.id"""


class ActionRow(NamedTuple):
    """One action of the plan; `customer_id` None for one of ourselves, `measure` "" where it aims at none."""

    id: str
    title: str
    customer_id: str | None
    customer: str
    owner: str
    due_on: date | None
    status: str
    done_on: date | None
    measure_id: str | None
    measure: str
    expected_gain: float | None
    from_visit: bool
    gain: Gain | None
    translations: str
    ours: bool | None


class Gain(NamedTuple):
    """What an action came to, in points of its measure's score 0–100: of one that is done, the last reading until
    then and the first one after; of an open one, the last until it was agreed and the newest since.

    `read_on` None: not read since.
    """

    before: float | None
    now: float | None
    read_on: date | None
    is_open: bool

    @property
    def points(self) -> float | None:
        """By how much the score rose; None where it was not read before, or not since."""
        return None if self.before is None or self.now is None else self.now - self.before


class ActionFilter(NamedTuple):
    """Which actions of the plan: of one owner ("" nobody's, None anybody's), in one state, with these letters in
    title, customer or owner."""

    owner_id: str | None = None
    state: State = "open"
    words: str = ""


class ActionLists:
    """The plan of actions."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def ids(self, wanted: ActionFilter, today: date) -> list[str]:
        """Those wanted: open ones by due day, then the others, the newest first."""
        conditions, parameters = [_WHERE[wanted.state]], {"today": today.isoformat()}
        if wanted.owner_id is not None:
            conditions.append("a.owner_id IS nullif(:owner, '')")
            parameters["owner"] = wanted.owner_id
        rows = self.db.rows(
            f"{_WORDS} FROM action a {_JOINS} WHERE {' AND '.join(conditions)} {_ORDER}", parameters
        )
        return [row[0] for row in holding(wanted.words, rows)]

    def rows(self, ids: list[str]) -> list[ActionRow]:
        """These actions, in this order."""
        rows = self.db.rows(
            f"{_ROWS} FROM json_each(?) j JOIN action a ON a.id = j.value {_JOINS} ORDER BY j.key",
            [json.dumps(ids)],
        )
        return [read(ActionRow, row, gain=self.gain(row, row["customer_id"])) for row in rows]

    def agreed_on(self, visit_id: str) -> list[ActionRow]:
        """What was agreed with the customer on a visit, the soonest due first, without what was dropped and without
        what an answer to a question of ours raised by itself."""
        raised = self.raised(visit_id)
        rows = self.db.rows(
            f"{_ROWS} FROM action a {_JOINS} WHERE a.visit_id = ? AND a.status <> 'dropped' {_ORDER}",
            [visit_id],
        )
        return [read(ActionRow, row, gain=None) for row in rows if row["id"] not in raised]

    def heard(self) -> Callable[[str, str | None, bool | None, str], bool]:
        """Whether the customer heard that we would do an action, by its id, visit, mark and title: it was agreed on a
        visit, not raised by an answer there, and is not ours alone."""
        raised = cache(self.raised)

        def heard(id: str, visit_id: str | None, ours: bool | None, title: str) -> bool:
            try:
                return visit_id is not None and not is_ours(ours, title) and id not in raised(visit_id)
            except RadarError:  # the checklist of a newer Radar: nobody here knows what it raised
                return False

        return heard

    def raised(self, visit_id: str) -> set[str]:
        """The ids of what the questions of a visit may have raised: an action that somebody changed stays when its
        answer is taken back."""
        visit = Visits(self.db).get(visit_id)
        lists, today = VisitLists(self.db, visit), visit.day(self.db.clock())
        about = {
            (question.key, subject)
            for step in Checklists(self.db).of_visit(visit).steps
            for question in step.questions
            if question.action
            for subject in ([id for id, _ in lists.subjects(step.each, today)] if step.each else (None,))
        }
        about |= {
            (answer.question, answer.subject_id)
            for answer in Answers(self.db).where("visit_id = ?", [visit_id])
        }
        return {fact_id("action", visit_id, question, subject) for question, subject in about}

    def owners(self) -> list[tuple[str, str]]:
        """Id and name of who owns an action, by name."""
        return [
            (row[0], row[1])
            for row in self.db.rows(
                "SELECT id, name FROM colleague o WHERE EXISTS (SELECT 1 FROM action a WHERE a.owner_id = o.id) "
                "ORDER BY name, id"
            )
        ]

    def gain(self, row: Mapping[str, Any], customer_id: str | None) -> Gain | None:
        """What came of an action, so far if it is open. `row` has its id, measure_id, status, done_on and visited_at.

        None for one that was dropped, that aims at no measure, or of which nobody knows since when.
        """
        is_open = row["status"] == "open"
        day = self._agreed(row) if is_open else stored_day(row["done_on"])
        if customer_id is None or row["measure_id"] is None or row["status"] == "dropped" or day is None:
            return None
        measures = Measures(self.db)
        measure = next(
            (each for each in measures.of_customer(customer_id) if each.id == row["measure_id"]), None
        )
        if measure is None:
            return None
        today = self.db.clock().date()
        before, after = measures.around(customer_id, measure, day, today)
        if is_open and after is not None:
            after = measures.around(customer_id, measure, today, today)[0] or after
        points = [
            measure_score(measure.worst, measure.best, each.value) if each else None
            for each in (before, after)
        ]
        return Gain(points[0], points[1], after.day if after else None, is_open)

    def _agreed(self, row: Mapping[str, Any]) -> date | None:
        """The day of its visit, or the one on which it was written down."""
        visited_at: str | None = row["visited_at"]
        if visited_at:
            return local_day(visited_at)
        moment = made_at(row["id"])
        return moment.astimezone(self.db.clock().tzinfo).date() if moment else None
