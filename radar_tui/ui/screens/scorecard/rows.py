"""How a scorecard looks: its lines on the overview, its measures as rows, and figures over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.card import DERIVED
from radar_tui.domain.days import short_day
from radar_tui.domain.text import figure, plural, short_figure
from radar_tui.ui.widgets.cells import ListColumn
from radar_tui.ui.widgets.sheet import wrapped
from radar_tui.ui.widgets.time_axis import Lane, TimeAxis, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.card import DayValue, Measured
    from radar_tui.store.rows.scorecard import Computed
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell
    from radar_tui.ui.widgets.sheet import SheetLine

COLUMNS = [
    ListColumn("", 2, right=True),
    ListColumn("Perspective", 11),
    ListColumn("Measure", 19, grow=True),
    ListColumn("Value", 7, right=True),
    ListColumn("Unit", 11, priority=2),
    ListColumn("Target", 6, priority=3, right=True),
    ListColumn("Score", 5, right=True),
    ListColumn("Before", 6, priority=1, right=True),
    ListColumn("Weight", 6, right=True),
    ListColumn("Of", 6, right=True),
    ListColumn("Worst", 6, priority=4, right=True),
    ListColumn("Best", 6, priority=4, right=True),
    ListColumn("From", 8, priority=2),
]
EMPTY = "No measures."
_FORMULA = {derived.key: derived for derived in DERIVED}


def measure_cells(
    measure: Measured, before: Measured | None, first: bool, found: Computed, today: date, glyphs: Glyphs
) -> list[ListCell]:
    """One measure; the `first` of a perspective names it. `before` is the measure at the last snapshot."""
    none: ListCell = (glyphs.none, "muted")
    state = measure.state(today)
    off = measure.on_target is False and state == "counts"
    # What weighs nothing is missed by nobody.
    stale = state == "stale" and bool(measure.weight)
    since = found.changed.since if found.changed else today
    score = measure.score(today)
    was = before.score(since) if before is not None else None
    # What Radar computes has any number of decimals; what somebody read has those that they wrote.
    say = number if measure.key else short_figure
    mark = (glyphs.due, "due") if off or stale else ("", "")
    return [
        mark,
        (measure.perspective.capitalize() if first else "", "label"),
        (measure.name, "" if measure.weight else "muted"),
        none if measure.value is None else (say(measure.value), "muted" if state == "stale" else ""),
        (measure.unit, "muted"),
        none if measure.target is None else (say(measure.target), "muted"),
        none if score is None else (f"{score:.0f}", "strong"),
        none if was is None else (f"{was:.0f}", "muted"),
        (f"{measure.weight:g}", "muted"),
        ("too old" if state == "stale" else short_day(measure.as_of, today) or glyphs.none,
         "due" if stale else "muted"),
        (say(measure.worst), "muted"),
        (say(measure.best), "muted"),
        ("computed" if measure.key else "readings", "muted"),
    ]  # fmt: skip


def measure_words(measure: Measured, today: date, width: int) -> list[SheetLine]:
    """Where a value comes from: formula, how many rows, window and source; and how it becomes a score."""
    head: SheetLine = [(measure.name, "strong")]
    if measure.target is not None:
        head.append((f"   target {figure(measure.target)} {measure.unit}", "muted"))
    scale = f"score 0 at {figure(measure.worst)}, 100 at {figure(measure.best)}"
    head.append((f"   {scale}, weight {measure.weight:g}", "muted"))
    if measure.state(today) == "stale":
        head.append((f"   older than {plural(measure.valid_days, 'day')}: does not count", "due"))
    return [head, *([(line, "")] for line in wrapped(origin(measure), width, 2))]


def origin(measure: Measured) -> str:
    """`i` in words: what is computed, from what, over which window, from how many rows."""
    window = f"within {plural(measure.valid_days, 'day')}"
    if not measure.key:
        counted = "no reading yet" if measure.value is None else "the newest reading"
        return f"Read by hand: {counted} {window}; those of one day all stand, the one written last counts."
    derived = _FORMULA[measure.key]
    return f"Computed: {derived.formula}, {window}; from {derived.source} (n {measure.n})."


def measure_axis(measure: Measured, points: Sequence[DayValue], today: date) -> TimeAxis | None:
    """The values of one measure and their scores; None without any."""
    if not points:
        return None
    values = [point.value for point in points]
    low, high = min(*values, measure.worst, measure.best), max(*values, measure.worst, measure.best)
    scored = [
        (each.day, measure._replace(value=each.value, as_of=each.day).score(each.day)) for each in points
    ]
    lanes = [
        Lane("Value", points, low, high, words=number if measure.key else figure),
        Lane("Score", [(day, score) for day, score in scored if score is not None], 0, 100),
    ]
    return TimeAxis(lanes, points[0].day, max(today, points[-1].day))
