"""How each list of the Customer screen looks: its columns, its cells, and the full words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.money import money
from radar_tui.domain.text import plural
from radar_tui.ui.frame.words.common import Detail, dotted, heading
from radar_tui.ui.widgets.cells import Column
from radar_tui.ui.widgets.verdicts import VERDICT_STYLES, history

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.customer import (
        ItemRow,
        LineRow,
        OpportunityRow,
        PersonRow,
        StreamRow,
        VisitRow,
    )
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell, Part

HISTORY_GLYPHS = 8
GONE_STYLES = dict.fromkeys(VERDICT_STYLES, "muted")

COLUMNS: dict[str, list[Column]] = {
    "people": [
        Column("Name", 17, grow=True),
        Column("Role", 14),
        Column("Function", 12, priority=1),
        Column("Job title", 18, priority=2),
        Column("Of ours", 16, grow=True),
        Column("Rec.", 4, right=True),
        Column("Ret.", 4, right=True),
        Column("E-mail", 28, priority=3),
        Column("Phone", 18, priority=4),
    ],
    "items": [
        Column("Item", 10),
        Column("Model", 8),
        Column("Stream", 18, priority=1),
        Column("Refurb.", 7, right=True),
        Column("History", 15),
        Column("Newest", 14),
        Column("Seen", 6, priority=2, right=True),
        Column("Note", 10, grow=True),
    ],
    "streams": [
        Column("Process stream", 26, grow=True),
        Column("Status", 8),
        Column("Items", 6, right=True),
        Column("Note", 26, grow=True),
    ],
    "visits": [
        Column("Day", 6, right=True),
        Column("Checklist", 19),
        Column("Occasion", 15, priority=3),
        Column("Status", 11),
        Column("Met", 22, priority=1),
        Column("BRM", 16, priority=2),
        Column("Found", 10, right=True),
        Column("Summary", 16, grow=True),
    ],
    "opportunities": [
        Column("Opportunity", 22, grow=True),
        Column("Kind", 11, grow=True),
        Column("Stage", 6),
        Column("Prob.", 5, right=True),
        Column("Value", 12, right=True),
        Column("Expected", 8, right=True),
    ],
    "actions": [
        Column("", 2, right=True),
        Column("Action", 28, grow=True),
        Column("Owner", 16),
        Column("Due", 13, right=True),
        Column("Done", 7, priority=1, right=True),
        Column("To raise", 18, priority=2),
        Column("Expected", 8, priority=3, right=True),
        Column("Came to", 7, priority=3, right=True),
    ],
}
LINE_COLUMNS = [
    Column("Line", 24, grow=True),
    Column("Item", 8, grow=True),
    Column("Qty", 5, right=True),
    Column("Unit price", 10, right=True),
    Column("Value", 12, right=True),
    Column("Decision", 9),
    Column("Needed by", 9, priority=1, right=True),
]
NO_MATCH = "No item with these letters. Press esc for all."
EMPTY = {
    "people": """Nobody known here yet: who decides, who uses our items, who pays.
Press n to add the first contact.""",
    "items": """No items of ours in this plant yet: each gets its verdict on every visit.
Press n to add the first one.""",
    "streams": """No process streams yet: the lines in which our items run, or could run.
Press n to add the first one.""",
    "visits": """Never visited: here stands every visit, planned and past.
Press v to start one.""",
    "opportunities": """No business found yet: replacements, spares and new streams from visits.
Press v to start one, or n to write down what you heard elsewhere.""",
    "actions": """Nothing to do yet: what a colleague of ours will do for them by a date.
Press n to add one.""",
}


def person_cells(row: PersonRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """A contact; who left is dimmed."""
    left = row.left_on is not None
    role: Part = (row.role, "strong" if row.role == "decision maker" else "muted")
    return [
        (row.name, "muted" if left else ""),
        (f"left {day_words(row.left_on, today)}", "muted") if left else role,
        (row.function, "muted"),
        (row.job_title, "muted"),
        pair(row, glyphs),
        score(row.recommend, glyphs),
        score(row.retain, glyphs),
        (row.email, "muted"),
        (row.phone, "muted"),
    ]


def pair(row: PersonRow, glyphs: Glyphs) -> Cell:
    """Who of ours is this contact's counterpart, marked while they have not met."""
    if not row.counterparts:
        return (glyphs.none, "muted")
    parts: list[Part] = []
    for name, met_on in row.counterparts:
        parts += [(", ", "muted")] if parts else []
        parts += [] if met_on else [(f"{glyphs.due} ", "due")]
        parts.append((name, "" if met_on else "muted"))
    return parts


def score(value: int | None, glyphs: Glyphs) -> Cell:
    """0–10, or the glyph for no value."""
    return (glyphs.none, "muted") if value is None else str(value)


def item_cells(row: ItemRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """An item with its verdicts, the newest on the right."""
    newest = row.history[-1] if row.history else ""
    words: Cell = (newest, VERDICT_STYLES.get(newest, "")) if newest else (glyphs.none, "muted")
    if row.retired_on:
        words = (f"retired {day_words(row.retired_on, today)}", "muted")
    return [
        (row.tag, "muted" if row.retired_on else ""),
        (row.model, "muted"),
        (row.stream, "muted"),
        (short_day(row.refurbished_on, today) or glyphs.none, "muted"),
        history(row.history, HISTORY_GLYPHS, glyphs, GONE_STYLES if row.retired_on else VERDICT_STYLES),
        words,
        (short_day(row.found_on, today), "muted"),
        (row.note, "muted"),
    ]


def stream_cells(row: StreamRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """A process stream."""
    items: Cell = str(row.items) if row.items else (glyphs.none, "muted")
    return [row.name, (row.status, "" if row.status == "running" else "muted"), items, (row.note, "muted")]


def visit_cells(row: VisitRow, currency: str, today: date, glyphs: Glyphs) -> list[Cell]:
    """A visit; what is still to come is not dimmed."""
    style = {"in progress": "accent", "planned": "strong", "completed": ""}.get(row.status, "muted")
    return [
        short_day(row.day, today) or glyphs.none,
        row.checklist,
        (row.occasion, "muted"),
        (row.status, style),
        (row.met or glyphs.none, "muted"),
        (row.brm or glyphs.none, "muted"),
        money(row.found, currency) if row.found else (glyphs.none, "muted"),
        (row.summary, "muted"),
    ]


def opportunity_cells(row: OpportunityRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """Business found; what is decided is dimmed."""
    style = {"won": "", "lost": "muted"}.get(row.stage, "")
    return [
        (row.title, style),
        (row.kind, "muted"),
        (row.stage, "strong" if row.stage in ("quoted", "won") else "muted"),
        (f"{row.probability} %", "muted"),
        money(row.value, row.currency) if row.value else (glyphs.none, "muted"),
        (short_day(row.expected_on, today) or glyphs.none, "muted"),
    ]


def line_cells(row: LineRow, currency: str, today: date, glyphs: Glyphs) -> list[Cell]:
    """One line of an opportunity."""
    declined = row.decision == "declined"
    return [
        (row.words, "muted" if declined else ""),
        (row.item or glyphs.none, "muted"),
        f"{row.quantity:,}",
        (money(row.unit_price, currency), "muted"),
        (money(row.quantity * row.unit_price, currency), "muted" if declined else ""),
        (row.decision, "strong" if row.decision == "agreed" else "muted"),
        (short_day(row.needed_by, today) or glyphs.none, "muted"),
    ]


# The full words of the row under the cursor, where a column may have cut them: a line and a text to wrap.


def person_words(row: PersonRow, today: date) -> Detail:
    """How to reach a contact, and whom of ours they know and met when last."""
    met = [
        f"knows {name} (met {day_words(met_on, today)})" if met_on else f"should meet {name}"
        for name, met_on in row.counterparts
    ]
    asked = f"last asked {day_words(row.asked_on, today)}" if row.asked_on else "never asked"
    left = f"left {day_words(row.left_on, today)}" if row.left_on else ""
    return heading(row.name, row.job_title, row.function, left), dotted(row.email, row.phone, *met, asked)


def item_words(row: ItemRow, today: date) -> Detail:
    """Where an item runs and what was last noted of it."""
    found = f"seen {day_words(row.found_on, today)}" if row.found_on else "never inspected"
    installed = f"refurbished {day_words(row.refurbished_on, today)}" if row.refurbished_on else ""
    return heading(row.tag, row.model, row.stream, installed, found), row.note


def stream_words(row: StreamRow, today: date) -> Detail:
    """A stream with its whole note."""
    return heading(row.name, row.status, plural(row.items, "item")), row.note


def visit_words(row: VisitRow, today: date) -> Detail:
    """Who was met by whom, and the whole summary."""
    met = f"met {row.met}" if row.met else ""
    return heading(row.checklist, row.brm, met), row.summary
