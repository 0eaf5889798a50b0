"""How verdicts look, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.integrity import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Part

VERDICT_STYLES = {
    "serviceable": "",
    "deteriorating": "due",
    "unserviceable": "late",
    "not inspected": "muted",
}
"""Verdict to style: what is in order has no colour."""


def history(
    verdicts: Sequence[str], places: int, glyphs: Glyphs, styles: Mapping[str, str] = VERDICT_STYLES
) -> list[Part]:
    """`· · s s d`: the newest `places` verdicts, oldest first, one letter each; a dot where there were fewer."""
    known = [(GLYPHS[verdict], styles[verdict]) for verdict in verdicts[-places:]]
    marks = [(glyphs.fine, "muted")] * (places - len(known)) + known
    return [part for mark in marks for part in (mark, (" ", ""))][:-1]
