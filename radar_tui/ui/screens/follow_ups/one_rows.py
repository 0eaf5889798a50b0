"""One follow-up in words: who said what, the steps of its play, what was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from radar_tui.domain.days import day_words, weekday_words
from radar_tui.domain.follow_up import STEPS, history, stands
from radar_tui.ui.frame.words.follow_ups import due_time_words, follow_up_band
from radar_tui.ui.screens.follow_ups.rows import OUTCOME, TOLD, closed_day
from radar_tui.ui.widgets.sheet import LABEL, SheetLine, labelled, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from radar_tui.domain.follow_up import FollowUpStatus, Play
    from radar_tui.store.lists.follow_up import Also, FollowUpRow
    from radar_tui.ui.base.glyphs import Glyphs

STEP = 20
CHANNELS = {"visit": "on a visit", "phone": "by phone", "email": "by e-mail", "survey": "in a survey"}


class PlayStep(NamedTuple):
    """A step of a play: the state it leads to, its key, its words, and what to do."""

    to: str
    key: str
    words: str
    how: str


PLAYS: dict[Play, tuple[PlayStep, ...]] = {
    "recover": (
        PlayStep("called", "c", "Called", "call and listen; promise nothing yet"),
        PlayStep("cause", "w", "Cause", "why it went wrong, not who did it"),
        PlayStep("fixed", "f", "Fixed", "put it right, and what let it happen"),
        PlayStep("confirmed", "k", "Customer confirmed", "they say that it is fixed, not we"),
        PlayStep("gesture", "g", "Gesture", "if you like; only once they confirmed"),
        PlayStep("closed", "d", "Closed", "with what came of it"),
    ),
    "nudge": (
        PlayStep("called", "c", "Called", "ask what just missed to make it a 9 or 10"),
        PlayStep("closed", "d", "Closed", "with what just missed; n makes an action of it"),
    ),
    "learn": (
        PlayStep("called", "c", "Called", "thank them, ask what we did right, and for nothing else"),
        PlayStep("closed", "d", "Closed", "with what we did right: a story for the team"),
    ),
}


def heading(row: FollowUpRow) -> SheetLine:
    """Whose it is."""
    return [
        (row.play.capitalize(), "strong"),
        (f" · {row.contact}", ""),
        (f" · {row.customer}", "muted"),
    ]


def state(row: FollowUpRow, now: datetime, glyphs: Glyphs) -> SheetLine:
    """How urgent it is, or that it is done."""
    if row.status == "closed":
        return [(f"{glyphs.done} closed {closed_day(row, now)}".rstrip(), "muted")]
    mark, style = follow_up_band(row.due_at, now, glyphs)
    return [(f"{mark} {due_time_words(row.due_at, now)}", style)]


def lines(
    row: FollowUpRow, also: Sequence[Also], now: datetime, glyphs: Glyphs, width: int
) -> list[SheetLine]:
    """All of it for `width` cells."""
    return [
        *_said(row, also, now, width),
        *_whose(row, now, glyphs),
        [],
        *_steps(row, glyphs, width),
        *_rest(row, width),
    ]


def _text(text: str, width: int, style: str = "", most: int = 0) -> list[SheetLine]:
    return [[(line, style)] for line in wrapped(text, max(1, width), most)]


def _said(row: FollowUpRow, also: Sequence[Also], now: datetime, width: int) -> list[SheetLine]:
    asked = day_words(row.asked_on, now.date())
    head: SheetLine = [
        (f"{row.question} ", ""),
        (str(row.score), "strong"),
        (f"   {asked}, {CHANNELS.get(row.channel, row.channel)}", "muted"),
    ]
    why = (
        _text(row.verbatim, width - LABEL, most=6)
        if row.verbatim.strip()
        else [[("no reason given", "muted")]]
    )
    lines = labelled("Said", [head, *why])
    if row.asked:
        lines += labelled("Asked as", _text(row.asked, width - LABEL, "muted"))
    if also:
        others = ", ".join(f"{duty.question} {duty.score} ({duty.play}, {duty.status})" for duty in also)
        uncalled = row.status == "open" or any(duty.status == "open" for duty in also)
        both = "   one call serves both" if uncalled else ""
        lines += labelled("Also said", [[(others, ""), (both, "muted")]])
    return lines


def _whose(row: FollowUpRow, now: datetime, glyphs: Glyphs) -> list[SheetLine]:
    due = row.due_at.astimezone(now.tzinfo)
    by = f"   by {weekday_words(due.date(), now.date())}, {due:%H:%M}" if row.status != "closed" else ""
    return labelled("Owner", [[(row.owner or glyphs.none, ""), (by, "muted")]])


def _steps(row: FollowUpRow, glyphs: Glyphs, width: int) -> list[SheetLine]:
    """Each step with its mark, and what was written there, or its key and what to do."""
    play = cast("Play", row.play)
    order: Sequence[str] = STEPS[play]
    reached = order.index(stands(play, cast("FollowUpStatus", row.status)))
    written = {"cause": row.cause, "gesture": row.gesture}
    lines: list[SheetLine] = []
    for step in PLAYS[play]:
        done = bool(row.gesture) if step.to == "gesture" else order.index(step.to) <= reached
        here = step.to != "gesture" and order.index(step.to) == reached + 1
        open_gesture = step.to == "gesture" and row.status == "confirmed" and not row.gesture
        mark = glyphs.done if done else glyphs.here if here else " "
        head: SheetLine = [
            (f"{mark} ", "accent" if here else ""),
            (f"{step.words:<{STEP}}", "strong" if here else "" if done or open_gesture else "muted"),
        ]
        if done:
            texts = _text(written.get(step.to, ""), width - LABEL - STEP - 2)
            lines.append([*head, *(texts[0] if texts else [])])
            lines += [[(" " * (STEP + 2), ""), *line] for line in texts[1:]]
        elif row.status == "closed":
            lines.append([*head, (glyphs.none, "muted")])
        else:
            key = "accent" if here or open_gesture else "muted"
            lines.append([*head, (step.key, key), (f"  {step.how}", "muted")])
    return labelled("Steps", lines)


def _rest(row: FollowUpRow, width: int) -> list[SheetLine]:
    """What came of it, and what was before it was opened again."""
    earlier, outcome = history(row.outcome)
    lines: list[SheetLine] = []
    for label, text in (
        (TOLD[row.play], row.cause if row.play != "recover" else ""),
        (OUTCOME[row.play], outcome),
    ):
        if text.strip():
            lines += [[], [(label, "muted")], *([(" " * 2, ""), *line] for line in _text(text, width - 2))]
    if earlier:
        lines += [[], [("Before it was opened again", "muted")]]
        lines += [[(" " * 2, ""), *line] for text in earlier for line in _text(text, width - 2, "muted")]
    return lines
