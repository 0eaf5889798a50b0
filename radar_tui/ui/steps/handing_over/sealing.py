"""Committing what a contact answers while they hold the laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed

if TYPE_CHECKING:
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.lists.response import AskRow
    from radar_tui.ui.steps.base.step import StepPane
    from radar_tui.ui.steps.handing_over.entered import Asking

CHANGED = "changed by the contact before the laptop was handed back"
REASONED = "sealed again with the reason that the contact added"


class Sealing:
    """One hand-over to one contact. What the database refuses goes into `refused` under `contact question`, for the
    BRM to write down; the contact must not see it."""

    def __init__(self, pane: StepPane, row: AskRow, asking: Asking, refused: dict[str, str]) -> None:
        self.pane, self.row, self.asking, self.refused = pane, row, asking, refused
        self._sealed: dict[ResponseQuestion, tuple[str, int]] = {}
        """Id and score of what was sealed in this hand-over: an answer that is changed is voided first."""

    def __call__(self, question: ResponseQuestion, score: int, reason: str) -> bool:
        """Commit one answer; False if the disk did not take it yet, or the database will not."""
        key = f"{self.row.id} {question}"

        def write() -> None:
            try:
                self._commit(question, score, reason)
                self.refused.pop(key, None)
            except SaveFailed:
                raise
            except RadarError as error:
                self._refuse(key, score, reason, error)

        try:
            saved = self.pane.save(write, key=key, words=str(score), even_closed=True)
        except RadarError as error:
            self._refuse(key, score, reason, error)
            return False
        return saved and key not in self.refused

    def _commit(self, question: ResponseQuestion, score: int, reason: str) -> None:
        responses = self.pane.store.response
        with self.pane.store.transaction():
            if question in self._sealed:
                id, before = self._sealed[question]
                responses.void(id, REASONED if before == score else CHANGED)
            made = responses.seal(
                customer_id=self.row.customer_id,
                contact_id=self.row.id,
                visit_id=self.pane.book.visit.id,
                question=question,
                score=score,
                verbatim=reason.strip(),
                asked=self.asking.words.question(question, self.asking.company),
            )
        self._sealed[question] = made.id, score

    def _refuse(self, key: str, score: int, reason: str, error: RadarError) -> None:
        self.refused[key] = f"{score}  {one_line(reason)}".strip()
        who = one_line(self.row.name)
        self.pane.host.say(RadarError(f"Not saved: an answer of {who}. s shows it.", error.message))
