"""Where the figures of follow-ups come from: who is late, by when each play is due, whose working time that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.follow_up import STEP_DAYS, WORKING_DAYS
from radar_tui.domain.text import plural

if TYPE_CHECKING:
    from radar_tui.settings import Settings


def about(settings: Settings) -> list[tuple[str, str]]:
    """Each figure with its rule and source; due times as this laptop counts them."""
    from radar_tui.store.rows.working_time import working_time
    from radar_tui.ui.frame.words.common import shown_days

    now = working_time(settings)
    days = shown_days("".join(str(day) for day in sorted(now.days)))
    free = (
        f"but public holidays of {settings.country.strip()}"
        if settings.country.strip()
        else "public holidays counted as working days"
    )
    return [
        ("Open, late", "Follow-ups that are not closed, of answers that were not voided. Late (!!): the time "
            "has passed by which the call was due or, once they were called, the next step."),
        ("Next step", f"Due at the end of working day {STEP_DAYS} after the step before it."),
        ("Recover, 0–6", f"Due within {plural(now.call_hours, 'working hour')} after the answer; how late, in days or "
            "hours by the calendar."),
        ("Nudge, 7–8", f"Due at the end of working day {WORKING_DAYS['nudge']} after the answer."),
        ("Learn, 9–10", f"Due at the end of working day {WORKING_DAYS['learn']} after the answer."),
        ("Working time", f"{days}, {now.start}:00 to {now.end}:00, {free}: ctrl+p, Settings. It counts when the answer "
            "is sealed or the follow-up opened again; e agrees on another day."),
        ("Rec., ret.", "The answer that it follows from, 0–10, to one of the two questions; each answer has its own."),
        ("Stories", "What those with a 9 or 10 said that we did right, as it was written down when it was closed."),
    ]  # fmt: skip
