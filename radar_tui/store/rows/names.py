"""Names of rows by their keys, for lists that speak of rows of every kind: conflicts and the log."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from radar_tui.domain.changes import NOTHING, row_name, shown
from radar_tui.domain.question import show
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.store.rows.checklist import Checklists
from radar_tui.store.schema.touched import SYNCED

if TYPE_CHECKING:
    from radar_tui.domain.changes import Columns
    from radar_tui.domain.question import Question
    from radar_tui.store.connection import Connection


class Names:
    """Reads each row once. `name` is what `domain.changes` calls a lookup."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.today = db.clock().date()
        self._known: dict[tuple[str, str], str | None] = {}
        self._questions: dict[str, dict[str, Question]] = {}

    def name(self, table: str, id: str) -> str | None:
        """`W-014`, `14 Jul`, `Paolo Conti`; None for a row that is not there. The name of a `question` is its
        words, and `id` that of an answer to it."""
        if (table, id) not in self._known:
            # A conflict may claim to be about itself.
            self._known[table, id] = None
            self._known[table, id] = self._read(table, id)
        return self._known[table, id]

    def question(self, visit_id: str, key: str) -> Question | None:
        """The question of the checklist that a visit pinned; None if this Radar cannot read it."""
        if visit_id not in self._questions:
            self._questions[visit_id] = {}
            row = self.db.row("SELECT checklist_id FROM visit WHERE id = ?", [visit_id])
            if row is not None:
                with suppress(RadarError):
                    steps = Checklists(self.db).of_id(row[0]).steps
                    self._questions[visit_id] = {q.key: q for step in steps for q in step.questions}
        return self._questions[visit_id].get(key)

    def asked(self, table: str, column: str, columns: Columns) -> Question | None:
        """The question that a column of the row `columns` answers; None for every column but the value of an answer."""
        if (table, column) != ("answer", "value"):
            return None
        return self.question(str(columns.get("visit_id")), str(columns.get("question")))

    def currency(self, table: str, columns: Columns) -> str:
        """The currency of the money in the row `columns`."""
        if table == "opportunity_line":
            of = columns.get("opportunity_id")
            row = self.db.row("SELECT currency FROM main.opportunity WHERE id = ?", [str(of)])
            return str(row[0]) if row is not None else "EUR"
        return str(columns.get("currency") or "EUR")

    def value(self, table: str, column: str, value: object, columns: Columns) -> str:
        """A value of the row `columns` as people read it, on one line; `–` for none."""
        if isinstance(value, str) and (asked := self.asked(table, column, columns)) is not None:
            return one_line(show(asked, value)) or NOTHING
        currency = self.currency(table, columns)
        return shown(table, column, value, currency=currency, lookup=self.name, today=self.today)

    def _read(self, table: str, id: str) -> str | None:
        if table == "question":
            row = self.db.row("SELECT visit_id, question FROM main.answer WHERE id = ?", [id])
            asked = self.question(*row) if row is not None else None
            return str(asked.ask) if asked is not None else None
        if table not in SYNCED:
            return None
        row = self.db.row(f"SELECT * FROM main.{table} WHERE id = ?", [id])  # noqa: S608 -- a name of our own
        return row_name(table, dict(row), self.name, self.today) or None if row is not None else None
