"""What is asked about before it is taken, because it is hardly ever meant."""

from __future__ import annotations

from datetime import date

from radar_tui.domain.days import day_words
from radar_tui.domain.text import plural


def doubt(value: object, today: date, *, ahead: bool = False, some: bool = False) -> str:
    """Of a day that should lie `ahead`, that it has passed; of a quantity or an amount (`some`), that it is none. ""
    where there is nothing to ask."""
    if ahead and isinstance(value, date) and value < today:
        return f"{day_words(value, today)} was {plural((today - value).days, 'day')} ago"
    if some and isinstance(value, (int, float)) and value == 0:
        return "0 is none at all"
    return ""
