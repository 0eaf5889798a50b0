"""Making any text safe to paint: whatever users type or import is data."""

from __future__ import annotations

import re
from math import isfinite

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_UNSAFE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    # Direction marks could reorder the rest of the line, so they are dropped; the letters themselves stay.
    **{ord(mark): "" for mark in _BIDI},
    0x2028: " ",
    0x2029: " ",
}
_ONE_LINE = {**_UNSAFE, 0x09: " ", 0x0A: " ", 0x0D: " "}
_BLOCK = {**_UNSAFE, 0x09: "    ", 0x0A: "\n"}
_PLAIN = re.compile(r"[ -~]*\Z")


def one_line(text: str) -> str:
    """`text` on one line, control characters shown as their pictures (ESC as ␛), nothing else changed."""
    if _PLAIN.match(text):
        return text
    return _no_surrogates(text.replace("\r\n", " ")).translate(_ONE_LINE)


def block(text: str) -> str:
    """`text` with its line breaks kept, control characters shown as their pictures."""
    return _no_surrogates(text.replace("\r\n", "\n").replace("\r", "\n")).translate(_BLOCK)


def _no_surrogates(text: str) -> str:
    """Half a character cannot be encoded for the terminal or for SQLite."""
    return text.encode("utf-8", "replace").decode("utf-8")


def plural(count: int, noun: str, many: str | None = None) -> str:
    """`1 item`, `3 items`; thousands separated."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def figure(value: float) -> str:
    """A reading as it was written: `99.95`, `1,240`, `0.004`; what is below a ten-thousandth is rounded away."""
    if not isfinite(value) or abs(value) >= 1e15:
        return f"{value:.4g}"
    text = f"{value:,.4f}" if abs(value) < 1 else f"{value:,.2f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def short_figure(value: float) -> str:
    """`figure` in at most seven cells: with fewer decimals, and a large one by its first three digits, `1.24M`."""
    text = figure(value)
    if len(text) <= 7:
        return text
    for decimals in (1, 0):
        if len(text := f"{value:,.{decimals}f}") <= 7:
            return text
    rounded = float(f"{value:.3g}")
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size <= abs(rounded) < 1e15:
            return f"{rounded / size:g}{letter}"
    return f"{value:.0e}"


_DAKUTEN = "\u3099\u309a"
"""Marks that make another letter of a Japanese one: バ is not ハ."""


def fold(text: str) -> str:
    """`text` for comparing what is typed with what is stored: no case, no accents (`Müller` → `muller`)."""
    if text.isascii():
        return text.lower()
    import unicodedata

    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if letter in _DAKUTEN or not unicodedata.combining(letter))
