"""How near we were to our customers, as rows by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import quarter_name
from radar_tui.ui.widgets.cells import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.store.lists.company import Share
    from radar_tui.store.lists.company_shares import SharesRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell

SHARES = [
    Column("Quarter", 8),
    Column("Seen in time", 19),
    Column("Counterparts met", 19),
    Column("Colleagues who met one", 22),
]
EMPTY = "Nothing to look back on yet: visits, and who knows whom on a customer's People, fill this."


def shares_rows(found: Sequence[SharesRow], glyphs: Glyphs) -> list[Row]:
    """The newest quarter first, in the order of SHARES."""
    return [
        Row(
            row.start.isoformat(),
            [quarter_name(row.start), *(_cell(each, glyphs) for each in (row.in_time, row.paired, row.met))],
        )
        for row in reversed(found)
    ]


def _cell(share: Share, glyphs: Glyphs) -> Cell:
    """`71 %  17 of 24`."""
    if not share.whole:
        return (glyphs.none, "muted")
    return [
        (f"{100 * share.part / share.whole:>3.0f} %", ""),
        (f"  {share.part:,} of {share.whole:,}", "muted"),
    ]
