"""What is typed on the way of a follow-up: cause, gesture, outcome, why it was opened again, whose it is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from radar_tui.domain import follow_up as steps
from radar_tui.errors import RadarError
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues
from radar_tui.ui.frame.words.follow_ups import on_the_wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.domain.follow_up import FollowUp, Play
    from radar_tui.store.lists.follow_up import FollowUpRow
    from radar_tui.ui.base.host import Host

TOLD = {
    "nudge": ("What just missed", "to make it a 9 or 10"),
    "learn": ("What was right", "a story for the team"),
}
"""What is told on the way out of a play, and the hint in its field."""


def _form(
    row: FollowUpRow, title: str, fields: list[FormField], write: Callable[[FormValues], object]
) -> FormScreen:
    def save(values: FormValues) -> str:
        write(values)
        return row.id

    return FormScreen(f"{title} · {row.contact}", fields, save)


def _text(values: FormValues, name: str) -> str:
    return str(values[name] or "")


def cause_form(app: Host, row: FollowUpRow) -> FormScreen:
    """Why they were unhappy."""

    def write(values: FormValues) -> None:
        app.store.follow_up.move(row.id, lambda duty: steps.cause_found(duty, _text(values, "cause")))

    field = FormField("cause", "What went wrong", value=row.cause, hint="why, not who", required=True)
    return _form(row, "Cause", [field], write)


def gesture_form(app: Host, row: FollowUpRow) -> FormScreen:
    """What they got on top of the fix."""

    def write(values: FormValues) -> None:
        def given(duty: FollowUp) -> FollowUp:
            if duty.gesture != row.gesture:
                raise RadarError("A gesture was noted meanwhile.", "esc, and look at it first.")
            return steps.given(duty, _text(values, "gesture"))

        app.store.follow_up.move(row.id, given)

    field = FormField(
        "gesture", "Gesture", value=row.gesture, hint="e.g. a day of training, free", required=True
    )
    return _form(row, "Gesture", [field], write)


def close_form(app: Host, row: FollowUpRow) -> FormScreen:
    """The outcome, and what the play asked for."""

    def write(values: FormValues) -> None:
        app.store.follow_up.close(row.id, _text(values, "outcome"), str(values.get("told") or ""))

    if row.play == "recover":
        return _form(row, "Close", [FormField("outcome", "Outcome", required=True)], write)
    label, hint = TOLD[row.play]
    fields = [
        FormField("told", label, value=row.cause, hint=hint, required=True),
        FormField("outcome", "What follows", hint="what we do with it", required=True),
    ]
    return _form(row, steps.ASKS[cast("Play", row.play)], fields, write)


def reopen_form(app: Host, row: FollowUpRow) -> FormScreen:
    """Why it starts over."""

    def write(values: FormValues) -> None:
        app.store.follow_up.reopen(row.id, _text(values, "reason"))

    return _form(row, "Open again", [FormField("reason", "What came up", required=True)], write)


def edit_form(app: Host, row: FollowUpRow) -> FormScreen:
    """Who follows up, and by which day the next step is done."""
    from radar_tui.store.rows.working_time import working_time
    from radar_tui.ui.forms.common import colleague_options

    duty = app.store.follow_up.get(row.id)
    stands = on_the_wall(row.due_at, app.store.clock()).date()

    def due(day: object, now: FollowUp) -> datetime:
        if not isinstance(day, date) or day == stands:
            return now.due_at
        end = working_time(app.settings).end
        return (datetime.combine(day, time()) + timedelta(hours=end)).astimezone()

    def write(values: FormValues) -> None:
        def handed(now: FollowUp) -> FollowUp:
            owner = now.owner_id if values["owner_id"] == duty.owner_id else values["owner_id"]
            return steps.handed(now, str(owner) if owner else None, due(values["due_on"], now))

        app.store.follow_up.move(row.id, handed)

    fields = [
        FormField("owner_id", "Follows up", "choice", duty.owner_id, colleague_options(app, duty.owner_id)),
        FormField("due_on", "Next step by", "date", stands, required=True, ahead=True),
    ]
    return _form(row, "Follow-up", fields, write)
