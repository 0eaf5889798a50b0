"""The value found on visits as rows: by quarter, and visit by visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import quarter_name
from radar_tui.domain.days import short_day
from radar_tui.domain.money import money
from radar_tui.ui.widgets.cells import ListColumn

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.company_value import ValueRow, VisitValueRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell

VALUE = [
    ListColumn("Quarter", 7),
    ListColumn("Visits", 6, priority=1, right=True),
    ListColumn("In", 3),
    ListColumn("Replacement", 11, right=True, grow=True),
    ListColumn("Spares", 9, right=True, grow=True),
    ListColumn("New stream", 10, right=True, grow=True),
    ListColumn("Service", 9, right=True, grow=True),
    ListColumn("Found", 10, right=True, grow=True),
    ListColumn("Won", 10, priority=2, right=True, grow=True),
]
VISITS = [
    ListColumn("Day", 6, right=True),
    ListColumn("Customer", 16, grow=True),
    VALUE[2],
    *(column._replace(priority=2 if column.title == "Service" else column.priority) for column in VALUE[3:]),
]


def value_cells(row: ValueRow, glyphs: Glyphs) -> list[ListCell]:
    """In the order of VALUE."""
    return [quarter_name(row.start), (f"{row.visits:,}", "muted"), *_money(row, glyphs)]


def visit_cells(row: VisitValueRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """In the order of VISITS."""
    return [short_day(row.day, today), row.customer, *_money(row, glyphs)]


def whole(amount: int, currency: str) -> str:
    """`63,270`: the currency stands in a column of its own, cents are left out."""
    return money(amount, currency).split(" ")[-1].split(".")[0]


def _money(row: ValueRow | VisitValueRow, glyphs: Glyphs) -> list[ListCell]:
    amounts = [*row.by_kind.values(), row.value, row.won]
    return [
        (row.currency, "muted"),
        *(whole(amount, row.currency) if amount else (glyphs.none, "muted") for amount in amounts),
    ]
