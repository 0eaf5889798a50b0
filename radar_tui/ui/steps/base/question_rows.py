"""Questions with their answers, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.question import show
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.ui.steps.base.listing import HEADING
from radar_tui.ui.widgets.cells import ListRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from radar_tui.ui.steps.base.answering import AskedQuestion
    from radar_tui.ui.steps.base.listing import ListPane
    from radar_tui.ui.widgets.cells import ListCell, Part


def question_rows(pane: ListPane, questions: Iterable[AskedQuestion]) -> list[ListRow]:
    """A row a question, under a heading for each subject."""
    rows: list[ListRow] = []
    subject: str | None = None
    for asked in questions:
        if asked.subject_id != subject:
            subject = asked.subject_id
            rows.append(ListRow(f"{HEADING}{subject}", [(asked.subject, "label")]))
        rows.append(ListRow(asked.key, _cells(pane, asked)))
    return rows


def _cells(pane: ListPane, asked: AskedQuestion) -> list[ListCell]:
    glyphs, discreet = pane.host.glyphs, pane.book.discreet
    flagged = asked.answer is not None and asked.answer.flagged and not discreet
    mark: Part = ("* ", "due" if asked.value is None else "muted") if asked.question.required else ("  ", "")
    question: list[Part] = [(f"{glyphs.due} ", "due") if flagged else mark, (str(asked.question.ask), "")]
    answer: list[Part] = [(glyphs.none, "muted")]
    if asked.value is not None:
        style = "due" if flagged else "muted" if asked.value == NOT_APPLICABLE else ""
        answer = [(show(asked.question, asked.value), style)]
        if discreet and asked.question.type == "rating":
            answer = [("answered", "muted")]
    if asked.answer is not None:
        answer += [("  ", ""), *pane.noted(asked.answer.note, asked.answer.ours)]
    return [question, pane.with_unsaved(asked.key, answer)]
