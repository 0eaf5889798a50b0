"""Scores in words: an NPS with its arrow, with its interval, or in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.nps import FEW, NpsCounts, interval, nps, signed

if TYPE_CHECKING:
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part


def score_cell(score: int | None, moved: int | None, glyphs: Glyphs) -> ListCell:
    """`6 ↓`: the newest answer, and an arrow only where the change is significant."""
    if score is None:
        return (f"{glyphs.none}  ", "muted")
    arrow = " " if moved is None else {1: glyphs.up, -1: glyphs.down}.get(moved, glyphs.same)
    return [(str(score), ""), (f" {arrow}", "late" if moved == -1 else "muted")]


def score(counts: NpsCounts, glyphs: Glyphs, population: int | None = None) -> list[Part]:
    """`+31 [+17, +45]`, or the glyph for no value; a census of a known population has no interval."""
    value, between = nps(counts), interval(counts, population)
    if value is None:
        return [(glyphs.none, "muted")]
    parts: list[Part] = [(signed(value), "strong")]
    if between is not None:
        parts.append((f" [{signed(between[0])}, {signed(between[1])}]", "muted"))
    return parts


def short_score(counts: NpsCounts, glyphs: Glyphs, population: int | None = None) -> list[Part]:
    """`+31 [+17, +45]` for a column; under five answers the counts of each band instead of an interval."""
    if not 0 < counts.n < FEW:
        return score(counts, glyphs, population)
    bands_there = f" ({counts.promoters}/{counts.passives}/{counts.detractors})"
    return [(signed(nps(counts) or 0), "strong"), (bands_there, "muted")]
