"""How each list of the Ourselves screen looks: its columns, its cells, and the full words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.money import money
from radar_tui.domain.promise import MOST_PROMISES
from radar_tui.domain.text import plural
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.checklists.loader import Library
    from radar_tui.domain.checklist import Checklist
    from radar_tui.store.lists.ourselves import ColleagueRow, PartRow, PromiseRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell

NO_MATCH = "No part with these letters. Press esc for all."


def promise_cells(row: PromiseRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """A promise and how often it was kept, of the visits on which customers were asked."""
    kept: ListCell = (glyphs.none, "muted")
    if row.asked:
        kept = [
            (f"{100 * row.kept / row.asked:>3.0f} %", "strong"),
            (f"  {row.kept} of {row.asked}", "muted"),
        ]
    return [
        (row.title, "" if row.in_force else "muted"),
        kept,
        (short_day(row.made_on, today), "muted"),
        (short_day(row.retired_on, today) or glyphs.none, "muted"),
    ]


def too_many(found: Sequence[PromiseRow], glyphs: Glyphs) -> SheetLine:
    """What to do when a sync has brought a fourth promise; empty otherwise."""
    stand = sum(row.in_force for row in found)
    if stand <= MOST_PROMISES:
        return []
    return [(f"{glyphs.due} ", "due"), (f"{stand} promises stand, at most {MOST_PROMISES} should: ", "due"),
            ("e retires one.", "")]  # fmt: skip


def colleague_cells(row: ColleagueRow, today: date, glyphs: Glyphs) -> list[ListCell]:
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


def part_cells(row: PartRow, glyphs: Glyphs) -> list[ListCell]:
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


def checklist_cells(checklist: Checklist, source: str) -> list[ListCell]:
    """A checklist and where it comes from."""
    questions = sum(len(step.questions) for step in checklist.steps)
    return [
        checklist.title,
        str(checklist.version),
        str(len(checklist.steps)),
        str(questions),
        (source, "muted" if source.startswith("shipped") else ""),
    ]


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
