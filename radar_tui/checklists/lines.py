"""Where in a TOML text a table or key stands, so that an error can name its line.

tomllib says what a file means but not where, so this reads only the outline of a text that tomllib accepts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}\n#]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


class _EndOfText(Exception):
    """The text stopped in the middle of something."""


class Outline:
    """The lines (from 1) of all tables and keys of a TOML text, by path, e.g. ("steps", 1, "questions", 0, "key")."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.begun = 1
        """The line of the last header or key that was begun; where to look when the text stops too early."""
        self._text = text
        self._at = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lengths: dict[Path, int] = {}
        try:
            self._read()
        except (_EndOfText, RecursionError):
            return

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of a path or, if it is not in the text, of the nearest table that should hold it."""
        sought = tuple(path)
        while sought not in self.lines:
            sought = sought[:-1]
        return self.lines[sought]

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, self._line())

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise _EndOfText
        self._at = found.end()
        return found[0]

    def _next(self, marks: str) -> bool:
        """Go past the next characters if they are `marks`."""
        if self._text.startswith(marks, self._at):
            self._at += len(marks)
            return True
        return False

    def _read(self) -> None:
        table: Path = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return
            self.begun = self._line()
            if self._next("[["):
                table = self._header(many=True)
            elif self._next("["):
                table = self._header(many=False)
            else:
                self._pair(table)

    def _header(self, *, many: bool) -> Path:
        keys = self._keys()
        path: Path = ()
        for index, key in enumerate(keys):
            path = (*path, key)
            if many and index == len(keys) - 1:
                self._note(path)
                self._lengths[path] = self._lengths.get(path, 0) + 1
            # A header of a table in an array of tables means the last one there.
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        self._note(path)
        if not self._next("]]" if many else "]"):
            raise _EndOfText
        return path

    def _pair(self, table: Path) -> None:
        start = table
        for key in self._keys():
            start = (*start, key)
            self._note(start)
        self._skip(_SPACE)
        if not self._next("="):
            raise _EndOfText
        self._value(start)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] in ('"', "'"):
                keys.append(_unquoted(self._skip(_STRING)))
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_SPACE)
            if not self._next("."):
                return keys

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        if self._text[self._at : self._at + 1] in ('"', "'"):
            self._skip(_STRING)
        elif self._next("["):
            self._inside("]", path)
        elif self._next("{"):
            self._inside("}", path)
        else:
            self._skip(_PLAIN)

    def _inside(self, end: str, path: Path) -> None:
        index = 0
        while True:
            self._skip(_BLANK)
            if self._next(end):
                return
            if self._at >= len(self._text):
                raise _EndOfText
            begun = self._at
            if end == "}":
                self._pair(path)
            else:
                self._note((*path, index))
                self._value((*path, index))
                index += 1
            self._skip(_BLANK)
            self._next(",")
            if self._at == begun:
                # What can be no value, such as a `}` among the values of an array.
                raise _EndOfText


def _unquoted(raw: str) -> str:
    if raw.startswith("'") or "\\" not in raw:
        return raw[1:-1]
    import tomllib

    try:
        return str(tomllib.loads(f"key = {raw}")["key"])
    except tomllib.TOMLDecodeError:
        # A text that is no TOML has an outline too: its errors need their lines.
        return raw[1:-1]
