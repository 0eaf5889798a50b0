"""The words of the search: what was found, with the letters looked for standing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.text import fold, one_line
from radar_tui.store.lists.search import WORD
from radar_tui.store.reading import stored_day
from radar_tui.ui.widgets.cells import ListColumn
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.search import SearchHit
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part

COLUMNS = [
    ListColumn("What", 11),
    ListColumn("Customer", 16, grow=True),
    ListColumn("Found", 30, grow=True),
    ListColumn("When", 7, priority=1, right=True),
]
EMPTY = """Everything typed, from every visit: customers, contacts, notes, what was said, tickets, stories.
Type a word, or the beginnings of several."""
NOTHING = "Nothing holds all of these words."
BEFORE = 20
"""How many characters stand before the first word found, in a text that is longer than its column."""
_DETAIL_LINES = 4


def cells(hit: SearchHit, words: str, today: date, glyphs: Glyphs) -> list[ListCell]:
    """In the order of COLUMNS."""
    off: list[Part] = [(f" ({hit.off})", "muted")] if hit.off else []
    whose: ListCell = hit.customer or (glyphs.none, "muted")
    return [
        (hit.kind, "muted"),
        whose,
        [*snippet(text_of(hit), words), *off],
        (short_day(stored_day(hit.when), today) or glyphs.none, "muted"),
    ]


def text_of(hit: SearchHit) -> str:
    """Title and body on one line; a customer's name stands in its own column already."""
    title = "" if hit.table == "customer" else hit.title
    return one_line("  ".join(part for part in (title, *hit.body.splitlines()) if part.strip()))


def snippet(text: str, words: str) -> list[Part]:
    """`text` from a little before the first word found, each word found in strong letters."""
    places = matches(text, words)
    start = 0
    if places and places[0][0] > BEFORE:
        start = text.rfind(" ", 0, places[0][0] - BEFORE // 2) + 1
    parts: list[Part] = [("… ", "muted")] if start else []
    here = start
    for first, last in places:
        if first < here:
            continue
        parts += [(text[here:first], ""), (text[first:last], "strong")]
        here = last
    return [part for part in (*parts, (text[here:], "")) if part[0]]


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """Where words of `text` begin with what was typed, whatever case and accents; start and end, in order."""
    wanted = [fold(word) for word in WORD.findall(words)]
    places = []
    for match in WORD.finditer(text):
        folded = fold(match.group())
        longest = max((len(word) for word in wanted if folded.startswith(word)), default=0)
        if longest:
            places.append((match.start(), match.start() + min(longest, len(match.group()))))
    return places


def detail(hit: SearchHit, words: str, width: int, today: date) -> list[SheetLine]:
    """What it is, and its words in full as far as there is room."""
    day = stored_day(hit.when)
    head = [(hit.kind.capitalize(), "strong"), (f"   {hit.customer or 'ourselves'}", "")]
    if day is not None:
        head.append((f"   {day_words(day, today)}", "muted"))
    if hit.off:
        head.append((f"   {hit.off}", "muted"))
    title = one_line(hit.title)
    text = f"{title}  {hit.body}" if title and hit.table != "customer" else hit.body or title
    return [head, *(snippet(line, words) for line in wrapped(text, width, _DETAIL_LINES))]
