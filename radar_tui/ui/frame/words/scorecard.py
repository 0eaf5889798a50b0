"""The balanced value of a customer in words, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.card import LEAST_COVERAGE, coverage_words
from radar_tui.domain.days import day_words
from radar_tui.ui.widgets.sheet import wrapped
from radar_tui.ui.widgets.time_axis import AxisMarks, Lane, TimeAxis

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.over_time import OverTime
    from radar_tui.store.lists.radar import RadarRow
    from radar_tui.store.rows.scorecard import Computed
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.sheet import SheetLine


def card_lines(found: Computed, today: date, width: int) -> list[SheetLine]:
    """The card today: value, coverage, perspectives, what is stale, what moved it since the last snapshot; or what is
    missing of one that says nothing yet."""
    card, changed = found.card, found.changed
    if card.value is None:
        few = f"  {coverage_words(card)}; a card needs {100 * LEAST_COVERAGE:.0f} %"
        names = wrapped(f"missing: {', '.join((*card.missing, *card.stale))}", width, 2)
        return [[("–", "muted"), (few, "muted")], *([(text, "muted")] for text in names)]
    first: SheetLine = [
        (f"{card.value:.0f}", "strong"),
        (f" of 100   {coverage_words(card)}", "muted"),
    ]
    parts: SheetLine = []
    for name, value in card.perspectives.items():
        parts += [(f"{name} ", "muted"), ("–" if value is None else f"{value:.0f}", ""), ("   ", "")]
    lines: list[SheetLine] = [first, parts]
    if card.stale:
        stale = wrapped(f"too old to count: {', '.join(card.stale)}", width, 2)
        lines += [[(text, "due")] for text in stale]
    if changed is not None:
        first.append((f"   {changed.before:.0f} on {day_words(changed.since, today)}", "muted"))
        for change in changed.measures[:MOST_CHANGES]:
            lines.append(
                [
                    (f"{change.points:+.1f}".replace("-", "−") + "  ", ""),
                    (f"{change.name} {whole(change.before)} → {whole(change.now)}", "muted"),
                ]
            )
    return lines


def time_axis(
    found: OverTime, now: float | None, on_radar: RadarRow | None, today: date, glyphs: Glyphs
) -> TimeAxis | None:
    """The figures of a customer as lanes, the card up to today; None where there is nothing to show.

    Arrows are those of the Radar: only where this year's answers differ significantly from last year's.
    """
    cards = [*((day, value) for day, value in found.card if day < today)]
    if not (found.recommend or found.retain or cards or found.visits):
        return None
    if now is not None:
        cards.append((today, now))
    arrows = {1: glyphs.up, -1: glyphs.down}
    moved = (on_radar.recommend_moved, on_radar.retain_moved) if on_radar else (None, None)
    done = {"completed": glyphs.done, "missed": glyphs.none}
    return TimeAxis(
        [
            Lane("Recommend", found.recommend, 0, 10, arrows.get(moved[0] or 0, "")),
            Lane("Retain", found.retain, 0, 10, arrows.get(moved[1] or 0, "")),
            Lane("Card", cards, 0, 100),
        ],
        found.since,
        today,
        AxisMarks("Visits", [(visit.day, done[visit.status]) for visit in found.visits]),
    )


MOST_CHANGES = 3


def whole(value: float | None) -> str:
    """A score 0–100, or – where there is none."""
    return "–" if value is None else f"{value:.0f}"
