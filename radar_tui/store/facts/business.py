"""What business stands for, in SQL over a line `l`, its opportunity `o` and the visit `w` on which it was found."""

from __future__ import annotations

from radar_tui.store.schema.visit_day import held_on

FOUND = "l.decision <> 'declined'"
"""What was found and not declined."""
WON = "l.decision = 'agreed' AND o.stage <> 'lost'"
"""What they agreed to: of an opportunity that is won, nothing else."""
WORTH = "l.quantity * l.unit_price"
"""Minor units of the currency of `o`."""
VALUE = f"coalesce(sum({WORTH}) FILTER (WHERE {FOUND} AND (o.stage <> 'won' OR {WON})), 0)"
"""What an opportunity is worth over its lines: all that was not declined, and once it is won what was agreed."""
LEFT = f"coalesce(sum({WORTH}) FILTER (WHERE {FOUND} AND NOT ({WON})), 0)"
"""What of it nobody has agreed to."""
DECIDED_ON = f"coalesce(l.decided_on, {held_on('w')})"
"""The day of their decision; of one from before that was kept, the day of the visit."""
STAGE = f"CASE WHEN {WON} THEN 'won' WHEN l.id IS NOT NULL AND o.stage = 'won' THEN 'quoted' ELSE o.stage END"
"""The stage of a line: what is left to quote of an opportunity that is won, is not; without lines that of `o`."""


def open_on(day: str) -> str:
    """SQL: whether a line stood open at the beginning of a day: left to quote, decided later, or agreed and, as far as
    its part `p` tells, not yet delivered."""
    delivered = f"coalesce(l.needed_by, date({DECIDED_ON}, '+' || coalesce(p.lead_days, 0) || ' days'))"
    return (
        f"(l.decision = 'to quote' AND o.stage <> 'lost' OR l.decided_on >= {day} "
        f"OR {WON} AND {delivered} >= {day})"
    )
