"""A terminal without Unicode: everything painted is put into plain letters, cell by cell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

STAND_INS = {
    **dict.fromkeys("─━┄╌═▁▔", "-"),
    **dict.fromkeys("│┃║▌▐▏▕▎", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    **dict.fromkeys("█▇▆▅▄▃▂▀", "#"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    **dict.fromkeys("–—−‐‑", "-"),
    "·": ".", "•": "*", "●": "*", "◉": "o", "✓": "v", "▶": ">", "…": "~", "×": "x", "↑": "^", "↓": "v",
    "←": "<", "→": ">", "⌫": "<", "€": "E", "£": "L", "ß": "s", "ø": "o", "Ø": "O", "æ": "a", "Æ": "A",
    "œ": "o", "đ": "d", "ł": "l",
}  # fmt: skip


class PlainLetters(LineFilter):
    """Letters lose their accents, glyphs have a stand-in, the rest is `?`; every cell stays where it is."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.text.isascii()
            else Segment(plain(segment.text), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(2048)
def plain(text: str) -> str:
    """`text` in ASCII, as wide as before."""
    return set_cell_size("".join(_plain_letter(letter) for letter in text), cell_len(text))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    base = STAND_INS.get(letter) or normalize("NFKD", letter).encode("ascii", "ignore").decode()
    width = cell_len(letter)
    return (base or "?" * width)[:width].ljust(width)
