"""The duty that a response creates: its play, the steps of each play in their order, and by when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from radar_tui.domain.days import day_words
from radar_tui.domain.nps import band
from radar_tui.domain.row import Moment, Row
from radar_tui.domain.working_time import STANDARD, WorkingTime
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from datetime import datetime

Play = Literal["recover", "nudge", "learn"]
FollowUpStatus = Literal["open", "called", "cause", "fixed", "confirmed", "closed"]

STEPS: dict[Play, tuple[FollowUpStatus, ...]] = {
    "recover": ("open", "called", "cause", "fixed", "confirmed", "closed"),
    "nudge": ("open", "called", "closed"),
    "learn": ("open", "called", "closed"),
}
"""The steps of each play. One leads to the next, none is skipped; a closed one may be opened again (design §5)."""
ASKS: dict[Play, str] = {
    "recover": "What was the cause?",
    "nudge": "What just missed?",
    "learn": "What did we do right?",
}
"""What each play wants to know; the answer stands in `cause`."""
_NEEDED: dict[FollowUpStatus, str] = {
    "called": "Call the customer first.",
    "cause": "Find the cause first.",
    "fixed": "Fix it first.",
    "confirmed": "The customer confirms first that it is fixed.",
    "closed": "Close it with its outcome.",
    "open": "It is closed: open it again first.",
}


_TO_DO: dict[str, dict[str, str]] = {
    "recover": {
        "open": "call and find the cause",
        "called": "find the cause, fix it",
        "cause": "fix it",
        "fixed": "ask whether it is fixed",
        "confirmed": "write down the outcome",
    },
    "nudge": {"open": "ask what just missed", "called": "note what just missed"},
    "learn": {"open": "ask what we did right", "called": "note what we did right"},
}


class FollowUp(Row):
    """One follow-up, one per response. `cause` answers what its play asks.

    `outcome` holds what came of it; where it was opened again, the earlier outcomes with their days stand before
    (`history`). It moves only through the functions below.
    """

    response_id: str
    play: Play
    status: FollowUpStatus = "open"
    owner_id: str | None = None
    due_at: Moment
    cause: str = ""
    outcome: str = ""
    gesture: str = ""
    closed_at: Moment | None = None


WORKING_DAYS: dict[Play, int] = {"nudge": 5, "learn": 10}
"""Within how many working days after the answer a play is due (design §5); a call to recover within the hours of
`WorkingTime.call_hours`, which are those of one working day unless set otherwise."""

STEP_DAYS = 10
"""Within how many working days after a call, and after each step from then on, the next one is due."""


def play_for(score: int) -> Play:
    """recover for 0–6, nudge for 7–8, learn for 9–10."""
    plays: dict[str, Play] = {"detractor": "recover", "passive": "nudge", "promoter": "learn"}
    return plays[band(score)]


def due_at(play: Play, asked: datetime, working: WorkingTime = STANDARD) -> datetime:
    """By when, in working time after `asked`, which is aware and local; the result has its time zone."""
    if play == "recover":
        return working.after_hours(asked, working.call_hours)
    return working.after_days(asked, WORKING_DAYS[play])


def next_due(now: datetime, working: WorkingTime = STANDARD) -> datetime:
    """By when the step after one that is done `now` is due, aware and local like it; else the loop is late."""
    return working.after_days(now, STEP_DAYS)


# The state machine


def stands(play: Play, status: FollowUpStatus) -> FollowUpStatus:
    """Where a duty is on the way of its play: its status, or called where the play has no such step.

    No step leads there; but where two laptops sealed different scores, deciding between them may change the play.
    """
    return status if status in STEPS[play] else "called"


def to_do(play: str, status: str = "open") -> str:
    """What comes next, in words; of a closed one what it began with."""
    steps = _TO_DO[play]
    # A step that the play does not have counts as called.
    return steps.get("open" if status == "closed" else status, steps["called"])


def may(play: Play, before: FollowUpStatus, after: FollowUpStatus) -> bool:
    """Whether one step leads to the other in this play."""
    if before == "closed":
        return after == "open"
    return after == next_step(play, before)


def next_step(play: Play, status: FollowUpStatus) -> FollowUpStatus | None:
    """The step that comes after `status`; None when it is closed."""
    steps = STEPS[play]
    return None if status == "closed" else steps[steps.index(stands(play, status)) + 1]


def needed(play: Play, status: FollowUpStatus) -> str:
    """What comes before anything else, as a sentence."""
    return _NEEDED[next_step(play, status) or "open"]


def _moved(duty: FollowUp, to: FollowUpStatus, **columns: object) -> FollowUp:
    if not may(duty.play, duty.status, to):
        words = f"This follow-up is {duty.status}, it cannot become {to} now."
        raise RadarError(words, needed(duty.play, duty.status))
    return FollowUp.model_validate({**dict(duty), "status": to, **columns})


def _said(text: str, message: str, hint: str) -> str:
    if not text.strip():
        raise RadarError(message, hint)
    return text.strip()


def called(duty: FollowUp) -> FollowUp:
    """We spoke to them. Raises RadarError if it is not open."""
    return _moved(duty, "called")


def cause_found(duty: FollowUp, cause: str) -> FollowUp:
    """Why they were unhappy. Raises RadarError without words, or if it is not a recover that was called."""
    cause = _said(cause, "A cause needs words.", "Say what went wrong.")
    return _moved(duty, "cause", cause=cause)


def fixed(duty: FollowUp) -> FollowUp:
    """What went wrong is put right. Raises RadarError if the cause is not known."""
    return _moved(duty, "fixed")


def confirmed(duty: FollowUp) -> FollowUp:
    """The customer said so. Raises RadarError if it is not fixed."""
    return _moved(duty, "confirmed")


def may_give(duty: FollowUp) -> bool:
    """A gesture is for after the customer confirmed, never instead of the fix."""
    return stands(duty.play, duty.status) == "confirmed"


def given(duty: FollowUp, gesture: str) -> FollowUp:
    """Log a gesture. Raises RadarError before the customer confirmed, and once it is closed."""
    if not may_give(duty):
        raise RadarError(
            "A gesture comes after the customer confirmed the fix.",
            "It would buy silence instead of fixing the cause.",
        )
    gesture = _said(gesture, "A gesture needs words.", "Say what they got.")
    return FollowUp.model_validate({**dict(duty), "gesture": gesture})


def closed(duty: FollowUp, outcome: str, now: datetime, told: str = "") -> FollowUp:
    """End it with its outcome. `told`: what just missed, or what we did right; a recover has its cause by then.

    Raises RadarError without an outcome, without what was told, or if a step before is missing.
    """
    if duty.play != "recover":
        told = told.strip() or duty.cause.strip()
        if may(duty.play, duty.status, "closed"):
            _said(told, f"{ASKS[duty.play]} It is not closed without that.", "Ask them and write it down.")
    else:
        told = duty.cause
    if may(duty.play, duty.status, "closed"):
        _said(outcome, "Closing needs an outcome.", "Say what came of it.")
    return _moved(duty, "closed", cause=told, outcome=_joined(duty.outcome, outcome), closed_at=now)


def handed(duty: FollowUp, owner_id: str | None, due: datetime) -> FollowUp:
    """Give it to a colleague, and agree by when the next step is done. Raises RadarError once it is closed."""
    if duty.status == "closed":
        raise RadarError("This follow-up is closed.", _NEEDED["open"])
    return FollowUp.model_validate({**dict(duty), "owner_id": owner_id, "due_at": due})


_REOPENED = "Reopened"
_REOPENING = re.compile(rf"{_REOPENED} \d{{1,2}} \S+ \d{{4}}: ")
"""Not any line that begins with the word: an outcome may."""


def reopened(duty: FollowUp, reason: str, now: datetime, due: datetime) -> FollowUp:
    """Start it over, due at `due`. What was written stands in `outcome` from then on, with both days.

    Raises RadarError without a reason, or if it is not closed.
    """
    reason = _said(reason, "Opening it again needs a reason.", "Say what came up.")
    ended = [f"Closed {day_words((duty.closed_at or now).astimezone(now.tzinfo).date())}"]
    ended += [
        f"{word}: {text}" for word, text in (("cause", duty.cause), ("gesture", duty.gesture)) if text.strip()
    ]
    kept = _joined(
        duty.outcome,
        " · ".join(ended),
        f"{_REOPENED} {day_words(now.astimezone(now.tzinfo).date())}: {reason}",
    )
    return _moved(duty, "open", due_at=due, cause="", gesture="", outcome=kept, closed_at=None)


def voided(duty: FollowUp, reason: str, now: datetime) -> FollowUp:
    """End it, wherever it stands, because its answer does not count; a closed one stays as it is."""
    if duty.status == "closed":
        return duty
    outcome = _joined(duty.outcome, f"voided: {reason.strip()}")
    return FollowUp.model_validate({**dict(duty), "status": "closed", "outcome": outcome, "closed_at": now})


def history(outcome: str) -> tuple[list[str], str]:
    """The lines of what was before it was opened again, and the outcome that stands now.

    One that is open has an outcome only where two laptops met and the other had closed it.
    """
    lines = [line for line in outcome.split("\n") if line.strip()]
    last = max((place for place, line in enumerate(lines) if _REOPENING.match(line)), default=-1)
    return lines[: last + 1], "\n".join(lines[last + 1 :])


def _joined(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
