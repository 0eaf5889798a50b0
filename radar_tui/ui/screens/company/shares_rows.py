"""How near we were to our customers, as rows by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import quarter_name
from radar_tui.ui.widgets.cells import ListColumn, ListRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.store.lists.company import Share
    from radar_tui.store.lists.company_shares import SharesRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell

SHARES = [
    ListColumn("Quarter", 8),
    ListColumn("Seen in time", 19),
    ListColumn("Counterparts met", 19),
    ListColumn("Colleagues who met one", 22),
]
EMPTY = "Nothing to look back on yet: visits, and who knows whom on a customer's People, fill this."


def shares_rows(found: Sequence[SharesRow], glyphs: Glyphs) -> list[ListRow]:
    """The newest quarter first, in the order of SHARES."""
    return [
        ListRow(
            row.start.isoformat(),
            [quarter_name(row.start), *(_cell(each, glyphs) for each in (row.in_time, row.paired, row.met))],
        )
        for row in reversed(found)
    ]


def _cell(share: Share, glyphs: Glyphs) -> ListCell:
    """`71 %  17 of 24`."""
    if not share.whole:
        return (glyphs.none, "muted")
    return [
        (f"{100 * share.part / share.whole:>3.0f} %", ""),
        (f"  {share.part:,} of {share.whole:,}", "muted"),
    ]
