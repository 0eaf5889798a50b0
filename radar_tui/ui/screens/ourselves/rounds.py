"""How self-checks, observation days and wants look on the Ourselves screen, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.self_check import PARTS, due_on
from radar_tui.domain.text import plural
from radar_tui.ui.frame.words.common import due_words, heading
from radar_tui.ui.widgets.sheet import SheetLine, wrapped
from radar_tui.ui.widgets.time_axis import number

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.observation import ObservationProgress
    from radar_tui.domain.self_check import CheckResult
    from radar_tui.store.lists.ourselves import WantRow
    from radar_tui.store.lists.own_rounds import CheckRow, ObservationRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part

ABOUT = [
    ("Kept", "Promises kept ÷ those on which the customer gave an answer, of all visits; not asked does not count. "
        "h shows each quarter with its n."),
    ("Pairs", "Contacts paired with a colleague who have not left."),
    ("Call, order, quote", "What a customer would give, 0–10, as scored on the self-check, and their mean."),
    ("Time", "Minutes until somebody helped and until the order was placed, added."),
    ("Wrong", "What was ticked under what went wrong. Flagged: answers that ask for attention."),
    ("Due", "Last completed self-check plus the days in the settings (ctrl+p, Settings); never done is due at once."),
    ("Goal", "Observation days completed this calendar year, of the goal in the settings; behind is said against an "
        "even pace."),
    ("Actions", "Actions agreed on that visit, without dropped ones."),
]  # fmt: skip


def want_cells(row: WantRow, glyphs: Glyphs) -> list[ListCell]:
    """A want; what is decided is dimmed."""
    style = "" if row.decision == "open" else "muted"
    return [
        (row.title, style),
        (row.customer or glyphs.none, "muted"),
        (row.decision, "strong" if row.decision == "open" else "muted"),
        (row.promise or glyphs.none, "muted"),
        (row.note, "muted"),
    ]


def check_cells(row: CheckRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """A self-check and what it came to."""
    result = row.result
    felt: ListCell = (", ".join(result.felt) or glyphs.none, "muted")
    if row.status != "completed":
        felt = (row.status, "muted" if row.status in ("missed", "discarded") else "strong")
    return [
        short_day(row.day, today) or glyphs.none,
        *(_figure(result.scores.get(part), glyphs) for part in PARTS),
        (glyphs.none, "muted") if result.score is None else f"{result.score:.1f}",
        (f"{number(result.minutes)} min", "muted") if result.minutes is not None else (glyphs.none, "muted"),
        felt,
        _count(len(result.wrong), glyphs),
        _count(row.actions, glyphs),
        (row.by or glyphs.none, "muted"),
    ]


def observation_cells(row: ObservationRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """An observation day and what it taught."""
    taught: Part = (row.taught, "muted")
    if row.status != "completed":
        taught = (row.status, "muted" if row.status in ("missed", "discarded") else "strong")
    return [
        short_day(row.day, today) or glyphs.none,
        row.customer or glyphs.none,
        _count(row.notes, glyphs),
        _count(row.flagged, glyphs),
        _count(row.actions, glyphs),
        taught,
        (row.by or glyphs.none, "muted"),
    ]


def _figure(value: float | None, glyphs: Glyphs) -> ListCell:
    return (glyphs.none, "muted") if value is None else number(value)


def _count(value: int, glyphs: Glyphs) -> ListCell:
    return str(value) if value else (glyphs.none, "muted")


def wants_line(counts: dict[str, int]) -> SheetLine:
    """`16 open   7 parked   14 served`."""
    words = [
        f"{counts[decision]:,} {decision}" for decision in ("open", "parked", "served") if decision in counts
    ]
    return [("   ".join(words), "strong")] if words else []


def want_lines(row: WantRow, width: int) -> list[SheetLine]:
    """A want in full, with the reason; what it is tied to stands in its own column."""
    tied = f"Tied to: {row.promise}" if row.promise else "Not tied to a promise"
    words = ". ".join(word for word in (row.title, row.note, tied) if word)
    return [[(line, "")] for line in wrapped(words, width, 2)]


def checks_due(last: date | None, planned: date | None, every: int, today: date, glyphs: Glyphs) -> SheetLine:
    """`!! next one 5 days late   planned for 4 Dec   every 30 days`."""
    due = due_on(last, every, today)
    words = "never done: due now" if last is None else f"next one {due_words(due, today)}"
    mark, style = due_mark(due, today, glyphs)
    on = f"   planned for {day_words(planned, today)}" if planned else ""
    return [
        (f"{mark} " if mark else "", style),
        (words, style or "strong"),
        (f"{on}   every {plural(every, 'day')}", "muted"),
    ]


def due_mark(due: date, today: date, glyphs: Glyphs) -> Part:
    """Late, due today, or in order."""
    if due < today:
        return glyphs.late, "late"
    return (glyphs.due, "due") if due == today else ("", "")


def goal_line(progress: ObservationProgress, glyphs: Glyphs) -> SheetLine:
    """`2 of 4 observation days in 2026`."""
    words = f"{progress.done} of {plural(progress.goal, 'observation day')} in {progress.year}"
    if not progress.late:
        return [(words, "strong")]
    behind = f"   {progress.expected} by now"
    return [(f"{glyphs.due} ", "due"), (words, "due"), (behind, "muted")]


def check_lines(row: CheckRow, today: date, width: int) -> list[SheetLine]:
    """One self-check under the line of when the next is due: its score, what was felt and what went wrong, in full."""
    done = row.status == "completed"
    head = heading(day_words(row.day, today) or row.status, "" if done else row.status, row.by)
    return [head, *([(line, "muted")] for line in wrapped(result_words(row.result), width, 2) if line)]


def result_words(result: CheckResult) -> str:
    """`Mean 7. Felt: a bother, lost. Went wrong: menu, passed on.`; empty where nothing is known."""
    words = [f"Mean {number(result.score)}"] if result.score is not None else []
    words += [f"Felt: {', '.join(result.felt)}"] if result.felt else []
    words += (
        [f"Went wrong: {', '.join(word.replace('_', ' ') for word in result.wrong)}"] if result.wrong else []
    )
    return "".join(f"{word}. " for word in words).rstrip()


def observation_lines(row: ObservationRow, width: int) -> list[SheetLine]:
    """What one day taught, in full."""
    return [
        [(line, "muted")]
        for line in wrapped(f"{row.customer}: {row.taught}" if row.taught else row.customer, width, 2)
    ]
