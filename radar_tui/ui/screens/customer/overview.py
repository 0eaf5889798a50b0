"""The overview of a customer: why to go there now, what they said, what is open, what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain import nps
from radar_tui.domain.days import day_words
from radar_tui.domain.follow_up import to_do
from radar_tui.domain.money import money
from radar_tui.ui.frame.words.actions import action_band
from radar_tui.ui.frame.words.common import due_words
from radar_tui.ui.frame.words.follow_ups import SHORT, due_time_words, follow_up_band
from radar_tui.ui.frame.words.scorecard import card_lines, time_axis
from radar_tui.ui.frame.words.scores import score_cell, short_score
from radar_tui.ui.widgets.sheet import LABEL, labelled, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from radar_tui.store.lists.customer import (
        CustomerActionRow,
        CustomerLists,
        Head,
        OpenRow,
        ScoreRow,
        VisitRow,
    )
    from radar_tui.store.lists.over_time import OverTime
    from radar_tui.store.lists.radar import RadarRow
    from radar_tui.store.rows.scorecard import Computed
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Part
    from radar_tui.ui.widgets.sheet import SheetLine

DUE = 14
WORDY = 110
TWO_COLUMNS = 132
MOST_OPEN = 6
MOST_SCORES = 4
SEVERAL = 2
"""One answer alone is its own score."""
STAGES = ("idea", "quoted", "won", "lost")


class Overview(NamedTuple):
    """All that the overview shows, read once; `lines` lays it out for a width."""

    head: Head
    on_radar: RadarRow | None
    scores: dict[str, list[ScoreRow]]
    there: int
    """People of theirs who have not left."""
    card: Computed
    over_time: OverTime
    follow_ups: list[OpenRow]
    actions: list[CustomerActionRow]
    pipeline: dict[str, list[tuple[int, int, str]]]
    last: VisitRow | None
    now: datetime
    glyphs: Glyphs

    @classmethod
    def read(
        cls, lists: CustomerLists, head: Head, on_radar: RadarRow | None, now: datetime, glyphs: Glyphs
    ) -> Overview:
        """Read it from the store."""
        from radar_tui.store.lists.over_time import over_time
        from radar_tui.store.rows.scorecard import Scorecards

        today = now.date()
        return cls(
            head,
            on_radar,
            {question: lists.scores(question, today) for question in ("recommend", "retain")},
            lists.there(),
            Scorecards(lists.db).computed(lists.customer_id, today),
            over_time(lists.db, lists.customer_id, today),
            lists.open_follow_ups(),
            [row for row in lists.actions(0, MOST_OPEN) if row.status == "open"],
            lists.pipeline(),
            lists.last_visit(),
            now,
            glyphs,
        )

    def lines(self, width: int, height: int) -> list[SheetLine]:
        """The lines for `width` cells; two columns where there is room, no blank lines where `height` is short."""
        if width < TWO_COLUMNS:
            blocks = [
                self._going(width),
                self._scores(width),
                self._open(width),
                [*self._business(width), *self._notes(width)],
            ]
            spaced = [line for block in blocks for line in ([], *block)]
            tight = [line for block in blocks for line in block]
            least = len(self._over_time(width, 0))
            above = spaced if len(spaced) + least <= height else tight
            return [*above, *self._over_time(width, height - len(above))]
        half = (width - 4) // 2
        left = [*self._going(half), [], *self._business(half), [], *self._notes(half)]
        right = [*self._scores(half), [], *self._open(half)]
        above = [[], *two_columns(left, right, half)]
        return [*above, *self._over_time(width, height - len(above))]

    # Blocks

    def _going(self, width: int) -> list[SheetLine]:
        """Why to go now, what was last seen, what is planned."""
        today, glyphs = self.now.date(), self.glyphs
        why = self.on_radar.reason if self.on_radar else "not on the radar"
        last: SheetLine = [("never visited", "muted")]
        summary: list[SheetLine] = []
        if self.last is not None:
            last = [
                (day_words(self.last.day, today), "strong"),
                (f"  {self.last.checklist}", ""),
                (f"  {self.last.brm}" if self.last.brm else "", "muted"),
            ]
            if self.last.found:
                last += [("  found ", "muted"), (money(self.last.found, self.head.currency), "")]
            summary = [[(text, "muted")] for text in wrapped(self.last.summary, width - LABEL, 3) if text]
        planned: SheetLine = [(glyphs.none, "muted"), ("  v starts one", "muted")]
        if self.head.planned_on:
            planned = [(day_words(self.head.planned_on, today), "strong"),
                       (f"  {due_words(self.head.planned_on, today)}", "muted")]  # fmt: skip
        return [
            *labelled("Why now", [[(why, "strong")]]),
            *labelled("Last visit", [last, *summary]),
            *labelled("Next visit", [planned]),
        ]

    def _scores(self, width: int) -> list[SheetLine]:
        """The newest answers to both questions, a line a contact, and the scorecard."""
        today = self.now.date()
        given: dict[str, dict[str, ScoreRow]] = {}
        for question, found in self.scores.items():
            for row in found:
                given.setdefault(row.contact_id, {})[question] = row
        people = sorted(given.values(), key=_newest_first)
        lines = [self._score(answers, place == 0) for place, answers in enumerate(people[:MOST_SCORES])]
        if len(people) > MOST_SCORES:
            lines.append([(f"and {len(people) - MOST_SCORES} more: see people", "muted")])
        why = (
            "both questions are asked on a visit" if self.head.on_radar else "off the radar no answer counts"
        )
        none: SheetLine = [(self.glyphs.none, "muted"), (f"  {why}", "muted")]
        return [
            *labelled("Scores", lines or [none]),
            *self._nps(),
            *labelled("Card", card_lines(self.card, today, width - LABEL)),
        ]

    def _nps(self) -> list[SheetLine]:
        """Their NPS, where several answered: what they are a sample of is known, and nobody is sampled if all did."""
        if max(len(found) for found in self.scores.values()) < SEVERAL:
            return []
        parts: SheetLine = []
        for question, words in (("recommend", "rec. "), ("retain", "   ret. ")):
            counts = nps.count(row.score for row in self.scores[question])
            parts += [(words, "muted"), *short_score(counts, self.glyphs, self.there)]
            if counts.n:
                parts.append(
                    (f" all {counts.n}" if counts.n == self.there else f" {counts.n} of {self.there}", "")
                )
        return labelled("NPS", [parts])

    def _over_time(self, width: int, height: int) -> list[SheetLine]:
        """Both scores, the card and the visits on one axis, as tall as there is room for."""
        axis = time_axis(self.over_time, self.card.card.value, self.on_radar, self.now.date(), self.glyphs)
        if axis is None:
            nothing: SheetLine = [
                (self.glyphs.none, "muted"),
                ("  scores, cards and visits stand here", "muted"),
            ]
            return [[], *labelled("Over time", [nothing])]
        head: SheetLine = [("h", "accent"), (" shows it large and as a table", "muted")]
        rows = axis.rows_in(height - 2)
        return [[], *labelled("Over time", [head]), *axis.lines(width, rows, self.glyphs)]

    def _score(self, answers: dict[str, ScoreRow], first: bool) -> SheetLine:
        """One contact's newest answers; the arrow, which is the customer's, stands in the first line."""
        parts: SheetLine = []
        for question, words in (("recommend", "rec. "), ("retain", "ret. ")):
            answer = answers.get(question)
            moved = None
            if first and self.on_radar:
                moved = (
                    self.on_radar.recommend_moved if question == "recommend" else self.on_radar.retain_moved
                )
            cell = score_cell(answer.score if answer else None, moved, self.glyphs)
            found = cell if isinstance(cell, list) else [(self.glyphs.none, "muted"), ("  ", "")]
            parts += [(words, "muted"), (" " * (2 - len(found[0][0])), ""), *found, ("  ", "")]
        any_answer = next(iter(answers.values()))
        who = f"{any_answer.contact}, decision maker" if any_answer.decides else any_answer.contact
        day = max(answer.asked_on for answer in answers.values())
        return [*parts, (who, ""), (f"  {day_words(day, self.now.date())}", "muted")]

    def _open(self, width: int) -> list[SheetLine]:
        """Follow-ups and actions still open, the soonest first."""
        follow_ups = [self._follow_up(row, width) for row in self.follow_ups[:MOST_OPEN]]
        if (more := len(self.follow_ups) - MOST_OPEN) > 0:
            follow_ups.append([(f"and {more} more", "muted")])
        actions = [self._action(row) for row in self.actions]
        none: SheetLine = [(self.glyphs.none, "muted")]
        return [*labelled("Follow-ups", follow_ups or [none]), *labelled("Actions", actions or [none])]

    def _follow_up(self, row: OpenRow, width: int) -> SheetLine:
        mark, style = follow_up_band(row.due_at, self.now, self.glyphs)
        said = f"  “{row.verbatim}”" if row.verbatim else ""
        do = row.play if width < WORDY else to_do(row.play, row.status)
        return [
            (f"{mark:>2} ", style),
            (f"{due_time_words(row.due_at, self.now):<{DUE}}", style),
            (f"  {do}", ""),
            (f"  {row.contact}, {SHORT[row.question]} {row.score}", "muted"),
            (said, "muted"),
        ]

    def _action(self, row: CustomerActionRow) -> SheetLine:
        today = self.now.date()
        mark, style = action_band(row, today, self.glyphs)
        due = due_words(row.due_on, today) if row.due_on else "no day"
        return [
            (f"{mark:>2} ", style),
            (f"{due:<{DUE}}", style),
            (f"  {row.title}", ""),
            (f"  {row.owner}", "muted"),
        ]

    def _business(self, width: int) -> list[SheetLine]:
        """The pipeline by stage, and what a year with them is worth."""
        stages: SheetLine = []
        for stage in STAGES:
            for count, value, currency in self.pipeline.get(stage, ()):
                stages += [("   ", "")] if stages else []
                stages += [(f"{stage} ", "muted"), (str(count), ""), ("  ", "")]
                stages.append((money(value, currency), "strong" if stage in ("idea", "quoted") else ""))
        none: SheetLine = [(self.glyphs.none, "muted"), ("  business found on a visit stands here", "muted")]
        year: SheetLine = [(self.glyphs.none, "muted")]
        if self.head.annual_value:
            year = [(money(self.head.annual_value, self.head.currency), "strong")]
        return [*labelled("Pipeline", [stages or none]), *labelled("A year", [year])]

    def _notes(self, width: int) -> list[SheetLine]:
        notes: Sequence[str] = wrapped(self.head.notes, width - LABEL)
        if not self.head.notes.strip():
            return labelled("Notes", [[(self.glyphs.none, "muted"), ("  e writes them", "muted")]])
        return labelled("Notes", [[(text, "")] for text in notes])


def _newest_first(answers: dict[str, ScoreRow]) -> tuple[bool, int, str]:
    """Decision makers first, then the newest."""
    found = list(answers.values())
    return (not found[0].decides, -max(row.asked_on for row in found).toordinal(), found[0].contact)


def two_columns(left: list[SheetLine], right: list[SheetLine], half: int) -> list[SheetLine]:
    """Two columns of `half` cells each."""
    from radar_tui.ui.widgets.cells import fitted

    found: list[SheetLine] = []
    for place in range(max(len(left), len(right))):
        a: list[Part] = fitted(left[place] if place < len(left) else [], half)
        found.append([*a, ("    ", ""), *(right[place] if place < len(right) else [])])
    return found
