"""A question side by side: before, what stands, and what others wrote; over it by whom and when they were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, written_moment
from radar_tui.domain.text import one_line
from radar_tui.store.schema.touched import EVERYTHING_ELSE
from radar_tui.ui.screens.sync.rows import what, when
from radar_tui.ui.widgets.side_by_side import GAP, in_columns, widths

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from radar_tui.domain.conflict import Writer
    from radar_tui.store.lists.conflict import ConflictRow, OpenConflict, Side
    from radar_tui.store.store import Store
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import Part
    from radar_tui.ui.widgets.sheet import SheetLine

NOTHING_TO_CHOOSE = ("deleted there", "parent back")
"""Here mine stands already, or nobody wrote anything: it is only to be looked at."""

BEFORE = -1
LEAST_READABLE = 12
"""Cells of a column in which a name and a day can be read."""


def shown_columns(width: int, sides: int, chosen: int) -> list[int]:
    """The places of the sides that are shown, BEFORE for what was there before; where they do not all fit, what stands
    and those around the chosen one."""
    every = [BEFORE, *range(sides)]
    for columns in (every, every[1:]):
        if widths(width, len(columns))[1] >= LEAST_READABLE:
            return columns
    room = max(2, (width - widths(width)[0]) // (LEAST_READABLE + GAP))
    first = max(1, min(chosen - (room - 1) // 2, sides - room + 1))
    return [0, *range(first, min(sides, first + room - 1))]


def block(
    width: int, one: OpenConflict, chosen: int, decided: str, taken: int | None, glyphs: Glyphs
) -> list[SheetLine]:
    """The fields of a question below each other; `taken` is the side that was decided for, None for another value."""
    columns = shown_columns(width, len(one.sides), chosen)

    def style(place: int) -> str:
        if place == BEFORE or (decided and place != taken):
            return "muted"
        return "strong" if place == (taken if decided else chosen if len(one.sides) > 2 else None) else ""

    lines: list[SheetLine] = []
    for place, (field, base) in enumerate(zip(one.fields, one.base, strict=True)):
        words = one_line(field).removeprefix("the ")
        label = words[:1].upper() + words[1:]
        values: list[Part] = []
        for column in columns:
            text = base if column == BEFORE else one.sides[column].texts[place]
            # Fields of a whole row stand below each other.
            values.append((text.replace(" · ", "\n") if one.is_whole else text, style(column)))
        if decided and place == len(one.fields) - 1:
            label += f"\n{glyphs.done} {decided}"
        lines += in_columns(width, (label, "muted"), values)
    return lines


def heads(
    width: int, one: OpenConflict, chosen: int, now: datetime, glyphs: Glyphs, *, own: Callable[[Side], bool]
) -> list[SheetLine]:
    """What the columns are, who wrote them and when they were edited; a mark stands at the chosen one."""
    columns = shown_columns(width, len(one.sides), chosen)
    titles: list[Part] = []
    for place in columns:
        title = "Before" if place == BEFORE else _title(one, place, own=own(one.sides[place]))
        marked = place == chosen and len(one.sides) > 2
        titles.append((f"{glyphs.here} {title}" if marked else title, "strong" if marked else "label"))
    sides = [None if place == BEFORE else one.sides[place] for place in columns]
    hidden = len(one.sides) - sum(place != BEFORE for place in columns)
    return [
        *in_columns(width, (f"+ {hidden} more" if hidden else "", "muted"), titles, 1),
        *in_columns(width, ("", ""), [(_authors(side), "muted") for side in sides], 2),
        # Of the row: a laptop does not note which of its fields an edit was about.
        *in_columns(width, ("last edit", "muted"), [(_edited(side, now), "muted") for side in sides], 2),
    ]


def _title(one: OpenConflict, place: int, *, own: bool) -> str:
    if place == 0:
        return "Stands" if one.sides[0].writers else "Stands now"
    return "Mine" if own else "Not taken"


def _authors(side: Side | None) -> str:
    if side is None:
        return ""
    if not side.writers:
        return "changed since"
    return ", ".join(dict.fromkeys(one.author for one in side.writers if one.author))


def _edited(side: Side | None, now: datetime) -> str:
    """When it was edited: `3 Dec 14:00`, `between 3 Dec and 5 Dec`; where nobody knows, when it was `sent`."""
    found = [words for one in (side.writers if side else ()) if (words := edited_words(one, now))]
    return found[-1] if found else ""


def edited_words(one: Writer, now: datetime) -> str:
    """`3 Dec 14:00`; `3 Dec to 5 Dec` where only the first and the last edit of what was sent is known; else when it
    was sent."""
    first, last, sent = (written_moment(text, now.tzinfo) for text in (one.first, one.last, one.sent))
    if first is None or last is None:
        return f"sent {when(sent, now)}" if sent else ""
    if first.date() == last.date():
        return when(last, now) if first == last else day_words(last.date(), now.date())
    return f"{day_words(first.date(), now.date())} to {day_words(last.date(), now.date())}"


def edit_form(store: Store, row: ConflictRow, one: OpenConflict, side: int) -> FormScreen:
    """Other values for the fields of a question, read as people write them; they begin as those of a side."""
    from radar_tui.domain.changes import NOTHING
    from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

    fields = [
        FormField(column, words[:1].upper() + words[1:], value="" if text == NOTHING else text)
        for column, words, text in zip(one.columns, one.fields, one.sides[side].texts, strict=True)
        if column
    ]

    def save(values: FormValues) -> str:
        store.conflict.edit(one.ids[0], {field.name: str(values[field.name] or "") for field in fields})
        return one.ids[0]

    return FormScreen(f"{row.customer or EVERYTHING_ELSE} · {what(row)}", fields, save)
