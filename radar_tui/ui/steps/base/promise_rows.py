"""Promises and what they ask for, as rows of one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import short_day
from radar_tui.ui.steps.base.listing import HEADING
from radar_tui.ui.widgets.cells import ListColumn, ListRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from radar_tui.store.lists.visit import VisitPromiseRow, VisitWantRow
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.steps.base.listing import ListPane
    from radar_tui.ui.widgets.cells import ListCell

COLUMNS = [
    ListColumn("We promise", 34, grow=True),
    ListColumn("Before", 9, priority=2),
    ListColumn("Today", 10),
    ListColumn("Note", 16, priority=1),
]
SAID: dict[bool | None, str] = {True: "kept", False: "not kept", None: "not asked"}
STYLES: dict[bool | None, str] = {True: "", False: "late", None: "muted"}


def promise_rows(
    pane: ListPane, promises: Iterable[VisitPromiseRow], wants: Collection[VisitWantRow], at: str
) -> list[ListRow]:
    """The promises, the keys standing in the one with the id `at` until one was pressed, and below the wants."""
    rows = [ListRow(row.id, _promise_cells(pane, row, here=row.id == at)) for row in promises]
    if wants:
        rows += [ListRow(f"{HEADING}gap", [""]), ListRow(f"{HEADING}wants", [("They ask for", "label")])]
    return rows + [ListRow(row.id, _want_cells(pane, row)) for row in wants]


def _promise_cells(pane: ListPane, row: VisitPromiseRow, *, here: bool) -> list[ListCell]:
    glyphs = pane.host.glyphs
    today: ListCell = (glyphs.none, "muted")
    if row.new:
        today = ("made today", "muted")
    elif row.checked:
        today = (SAID[row.kept], STYLES[row.kept])
    elif here:
        today = [("y ", "accent"), ("n ", "late"), ("x", "muted")]
    before = glyphs.none if row.kept_before is None else SAID[row.kept_before]
    return [row.title, (before, "muted"), pane.with_unsaved(row.id, today), pane.noted(row.note, row.ours)]


def _want_cells(pane: ListPane, row: VisitWantRow) -> list[ListCell]:
    asked = "today" if row.today else short_day(row.asked_on, pane.book.today) or "before"
    if row.decision != "open":
        asked = row.decision
    tied = ("tied", "muted") if row.promise else ("", "")
    style = "" if row.today or row.decision != "open" else "muted"
    title: ListCell = [*pane.tag(row.ours, row.title), (row.title, "")]
    return [title, tied, pane.with_unsaved(row.id, (asked, style)), pane.noted(row.note, row.ours)]


def in_full(book: Book, row: VisitPromiseRow | VisitWantRow, tied: str) -> str:
    """The words of the row, its note, and the promise it is tied to, where a column may have cut them."""
    noted = row.note and not book.hides(row.ours, row.note)
    words = f"{row.title}. Note: {row.note}" if noted else row.title
    return f"{words.rstrip('.')}. Tied to: {tied}" if tied else words
