"""One glyph a meaning, with a stand-in where the terminal shows only plain letters."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """The glyphs of the design; `late`, `due` and the verdict letters are plain in both sets."""

    product: str = "◉"
    done: str = "✓"
    here: str = "▶"
    unsynced: str = "●"
    late: str = "!!"
    due: str = "!"
    fine: str = "·"
    up: str = "↑"
    down: str = "↓"
    same: str = "="
    none: str = "–"
    cursor: str = "▌"
    bar: str = "━"
    bar_over: str = "▶"
    bar_left: str = "┄"
    more: str = "…"
    erase: str = "⌫"


UNICODE = Glyphs()
ASCII = Glyphs(
    product="(o)",
    done="v",
    here=">",
    unsynced="*",
    fine=".",
    up="^",
    down="v",
    none="-",
    cursor=">",
    bar="=",
    bar_over=">",
    bar_left=".",
    more="~",
    erase="<-",
)
