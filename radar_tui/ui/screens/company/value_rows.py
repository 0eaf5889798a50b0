"""The value found on visits as rows: by quarter, and visit by visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import quarter_name
from radar_tui.domain.days import short_day
from radar_tui.domain.money import money
from radar_tui.ui.widgets.cells import Column

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.company_value import ValueRow, VisitValueRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell

VALUE = [
    Column("Quarter", 7),
    Column("Visits", 6, priority=1, right=True),
    Column("In", 3),
    Column("Replacement", 11, right=True, grow=True),
    Column("Spares", 9, right=True, grow=True),
    Column("New stream", 10, right=True, grow=True),
    Column("Service", 9, right=True, grow=True),
    Column("Found", 10, right=True, grow=True),
    Column("Won", 10, priority=2, right=True, grow=True),
]
VISITS = [
    Column("Day", 6, right=True),
    Column("Customer", 16, grow=True),
    VALUE[2],
    *(column._replace(priority=2 if column.title == "Service" else column.priority) for column in VALUE[3:]),
]


def value_cells(row: ValueRow, glyphs: Glyphs) -> list[Cell]:
    """In the order of VALUE."""
    return [quarter_name(row.start), (f"{row.visits:,}", "muted"), *_money(row, glyphs)]


def visit_cells(row: VisitValueRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """In the order of VISITS."""
    return [short_day(row.day, today), row.customer, *_money(row, glyphs)]


def whole(amount: int, currency: str) -> str:
    """`63,270`: the currency stands in a column of its own, cents are left out."""
    return money(amount, currency).split(" ")[-1].split(".")[0]


def _money(row: ValueRow | VisitValueRow, glyphs: Glyphs) -> list[Cell]:
    amounts = [*row.by_kind.values(), row.value, row.won]
    return [
        (row.currency, "muted"),
        *(whole(amount, row.currency) if amount else (glyphs.none, "muted") for amount in amounts),
    ]
