"""Text in columns of terminal cells, where a letter may take none, one or two. Standard library only."""

from __future__ import annotations

import unicodedata

from radar_tui.domain.text import one_line

_MORE = "…"


def width(text: str) -> int:
    """How many cells `text` takes: wide letters and emoji two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def fitted(text: str, cells: int, *, right: bool = False) -> str:
    """`text` made safe and cut or padded to exactly `cells`; what is cut ends in `…`."""
    text = clipped(text, cells)
    space = " " * (cells - width(text))
    return space + text if right else text + space


def clipped(text: str, cells: int) -> str:
    """`text` made safe for one line and cut to at most `cells`."""
    text = one_line(text[: 8 * max(cells, 1) + 64])
    if width(text) <= cells:
        return text
    kept, used = [], 0
    for letter in text:
        used += _cells(letter)
        if used > cells - 1:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + _MORE if cells > 0 else ""


def wrapped(text: str, cells: int, most: int) -> list[str]:
    """`text` made safe, broken at spaces into at most `most` lines of at most `cells`; the last ends in `…`."""
    lines: list[str] = []
    words = one_line(text[: 8 * cells * most + 64]).split()
    while words and len(lines) < most - 1:
        line = ""
        while words and width(joined := f"{line} {words[0]}".strip()) <= cells:
            line = joined
            words.pop(0)
        # A word longer than a line is cut rather than looped over.
        lines.append(line or clipped(words.pop(0), cells))
    if words:
        lines.append(clipped(" ".join(words), cells))
    return lines


def _cells(letter: str) -> int:
    if letter < "\u0300":
        return 1
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
