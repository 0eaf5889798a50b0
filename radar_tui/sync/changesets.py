"""The bytes of a changeset, read before SQLite does: how long its longest value is.

sqlite.org/session/changeset.html; file sqlite3session.c, "CHANGESET FORMAT".
"""

from __future__ import annotations

_WORDS = {18: 1, 9: 1, 23: 2}
"""Records that follow an insert, a delete and an update."""


def longest_value(changeset: bytes) -> int:
    """Bytes of the longest text or blob, up to where the bytes make sense; what comes after, SQLite refuses."""
    view, place, columns, longest = memoryview(changeset), 0, 0, 0
    try:
        while place < len(view):
            kind = view[place]
            if kind in (0x54, 0x50):
                columns, place = _varint(view, place + 1)
                place = changeset.index(0, place + columns) + 1
                continue
            place += 2
            for _ in range(columns * _WORDS[kind]):
                type, place = view[place], place + 1
                if type in (1, 2):
                    place += 8
                elif type in (3, 4):
                    length, place = _varint(view, place)
                    longest, place = max(longest, length), place + length
    except (IndexError, KeyError, ValueError):
        pass
    return longest


def _varint(view: memoryview, place: int) -> tuple[int, int]:
    """A number as SQLite writes it, and where it ends."""
    number = 0
    for step in range(8):
        byte = view[place + step]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + step + 1
    return number << 8 | view[place + 8], place + 9
