"""How each list of the Ourselves screen looks: its columns, its cells, and the full words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.money import money
from radar_tui.domain.promise import MOST_PROMISES
from radar_tui.domain.text import plural
from radar_tui.ui.frame.words.common import dotted, heading
from radar_tui.ui.widgets.cells import Column
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.checklists.loader import Library
    from radar_tui.domain.checklist import Checklist
    from radar_tui.store.lists.ourselves import ColleagueRow, PartRow, PromiseRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell

COLUMNS: dict[str, list[Column]] = {
    "promises": [
        Column("We promise", 34, grow=True),
        Column("Kept", 18),
        Column("Made", 6, right=True),
        Column("Retired", 7, right=True),
    ],
    "colleagues": [
        Column("Name", 20, grow=True),
        Column("Function", 22),
        Column("In contact", 10),
        Column("Pairs", 5, right=True),
        Column("E-mail", 28, priority=1),
        Column("Phone", 18, priority=2),
    ],
    "parts": [
        Column("SKU", 14),
        Column("Name", 18, grow=True),
        Column("Fits model", 10),
        Column("Used as", 11),
        Column("Unit price", 11, right=True),
        Column("Lead time", 9, priority=1, right=True),
    ],
    "checklists": [
        Column("Checklist", 24, grow=True),
        Column("Version", 7, right=True),
        Column("Steps", 5, right=True),
        Column("Questions", 9, right=True),
        Column("From", 22),
    ],
}
EMPTY = {
    "promises": """Nothing promised yet: at most three things that we promise every customer.
On visits they say whether we kept them. Press n to make the first one.""",
    "colleagues": """Nobody yet: the people of ours whom customers should know.
Press n to add the first one.""",
    "parts": """No prices yet: a part that fits an item's model turns a verdict into a price.
Press n to add the first part.""",
    "checklists": "",
}
NO_MATCH = "No part with these letters. Press esc for all."


def promise_cells(row: PromiseRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """A promise and how often it was kept, of the visits on which customers were asked."""
    stands = row.retired_on is None or row.retired_on > today
    kept: Cell = (glyphs.none, "muted")
    if row.asked:
        kept = [
            (f"{100 * row.kept / row.asked:>3.0f} %", "strong"),
            (f"  {row.kept} of {row.asked}", "muted"),
        ]
    return [
        (row.title, "" if stands else "muted"),
        kept,
        (short_day(row.made_on, today), "muted"),
        (short_day(row.retired_on, today) or glyphs.none, "muted"),
    ]


def too_many(found: Sequence[PromiseRow], today: date, glyphs: Glyphs) -> SheetLine:
    """What to do when a sync has brought a fourth promise; empty otherwise."""
    stand = sum(row.retired_on is None or row.retired_on > today for row in found)
    if stand <= MOST_PROMISES:
        return []
    return [(f"{glyphs.due} ", "due"), (f"{stand} promises stand, at most {MOST_PROMISES} should: ", "due"),
            ("e retires one.", "")]  # fmt: skip


def colleague_cells(row: ColleagueRow, today: date, glyphs: Glyphs) -> list[Cell]:
    """One of our people; who left is dimmed."""
    function = f"left {day_words(row.left_on, today)}" if row.left_on else row.function
    return [
        (row.name, "muted" if row.left_on else ""),
        (function, "muted"),
        "yes" if row.direct_contact else ("no", "muted"),
        str(row.counterparts) if row.counterparts else (glyphs.none, "muted"),
        (row.email, "muted"),
        (row.phone, "muted"),
    ]


def part_cells(row: PartRow, glyphs: Glyphs) -> list[Cell]:
    """A line of the price list; what is no longer sold is dimmed."""
    style = "muted" if row.archived else ""
    return [
        (row.sku, style),
        (row.name, style),
        (row.model or glyphs.none, "muted"),
        (row.kind, "muted"),
        (money(row.unit_price, row.currency), style) if row.unit_price else (glyphs.none, "muted"),
        (plural(row.lead_days, "day"), "muted") if row.lead_days else (glyphs.none, "muted"),
    ]


def checklist_cells(checklist: Checklist, source: str) -> list[Cell]:
    """A checklist and where it comes from."""
    questions = sum(len(step.questions) for step in checklist.steps)
    return [
        checklist.title,
        str(checklist.version),
        str(len(checklist.steps)),
        str(questions),
        (source, "muted" if source.startswith("shipped") else ""),
    ]


def detail(row: PromiseRow | ColleagueRow | PartRow | None, width: int, today: date) -> list[SheetLine]:
    """The row under the cursor, where a column may have cut its words."""
    from radar_tui.store.lists.ourselves import ColleagueRow, PromiseRow

    if isinstance(row, PromiseRow):
        note = f"last said: {row.note}" if row.note else ""
        return [[(line, "strong")] for line in wrapped(row.title, width, 2)] + [
            [(line, "muted")] for line in wrapped(note, width, 1) if line
        ]
    if isinstance(row, ColleagueRow):
        left = f"left {day_words(row.left_on, today)}" if row.left_on else ""
        reach = dotted(row.email, row.phone)
        return [heading(row.name, row.function, left), *([(line, "")] for line in wrapped(reach, width, 2))]
    if row is not None:
        gone = "no longer sold" if row.archived else ""
        lead = plural(row.lead_days, "day") if row.lead_days else "at once"
        head = heading(row.sku, money(row.unit_price, row.currency), lead, gone)
        return [head, *([(line, "")] for line in wrapped(row.name, width, 2))]
    return []


def checklist_lines(library: Library, chosen: str | None, width: int) -> list[SheetLine]:
    """The steps of the checklist under the cursor, and what is wrong with a user's own files."""
    from radar_tui import paths

    found: list[SheetLine] = []
    if chosen is not None:
        steps = " · ".join(step.title for step in library.get(chosen).steps)
        found += [[(line, "")] for line in wrapped(steps, width, 3)]
    for problem in library.problems:
        found += [[(line, "late")] for line in wrapped(str(problem), width, 2)]
    folder = f"Your own .toml files in {paths.user_checklists()} stand here too."
    return [*found, *([(line, "muted")] for line in wrapped(folder, width, 2))]
