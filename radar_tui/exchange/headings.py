"""What the headings of an import mean: the file that ships, and the user's own additions before it."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from radar_tui.checklists.lines import Outline
from radar_tui.domain.text import fold
from radar_tui.errors import RadarError
from radar_tui.exchange.fields import FIELDS, Kind, WordList

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("headings.toml")
NAME_PARTS = ("first_name", "last_name")
"""Of a contact, where no column has the whole name."""
Columns = dict[str, tuple[str, ...]]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(_Part):
    """An export that is recognised when all headings in `by` are there."""

    title: str = Field(min_length=1)
    kind: Kind = Field(alias="as")
    by: tuple[str, ...] = Field(min_length=2)
    columns: Columns
    words: dict[WordList, dict[str, tuple[str, ...]]] = {}


class Other(_Part):
    """Headings that no list of ours has."""

    headings: tuple[str, ...] = ()


class Headings(_Part):
    """One file of headings."""

    format: tuple[Format, ...] = ()
    columns: dict[Kind, Columns] = {}
    words: dict[WordList, dict[str, tuple[str, ...]]] = {}
    other: Other = Other()

    def over(self, other: Headings) -> Headings:
        """This one's additions before those of `other`."""
        columns = {
            kind: _joined(self.columns.get(kind, {}), other.columns.get(kind, {}))
            for kind in {**other.columns, **self.columns}
        }
        words = {
            # What a user says of a word holds, so theirs comes last.
            name: _joined(other.words.get(name, {}), self.words.get(name, {}))
            for name in {**other.words, **self.words}
        }
        apart = Other(headings=(*self.other.headings, *other.other.headings))
        return Headings(format=(*self.format, *other.format), columns=columns, words=words, other=apart)


def _joined(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]) -> Columns:
    return {name: (*first.get(name, ()), *second.get(name, ())) for name in {**first, **second}}


@lru_cache(5000)
def plain(heading: str) -> str:
    """A heading for comparing: no case, no accents, no `_`, single spaces, nothing that marks it as needed."""
    return " ".join(re.sub(r"[_\s\u00ad\ufeff]+", " ", fold(heading)).split()).rstrip(" *:.")


def parsed(text: str, name: str) -> Headings:
    """The headings of one file's text. Raises RadarError with file and line."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = int(at[1]) if at else Outline(text).begun
        raise _wrong(name, line, re.sub(r"\s*\(at [^)]*\)", "", str(error))) from error
    outline = Outline(text)
    try:
        headings = Headings.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        path = [part for part in first["loc"] if part != "[key]"]
        raise _wrong(
            name, outline.line_of(path), f"“{path[-1] if path else name}”: {first['msg']}"
        ) from error
    places: list[tuple[tuple[str | int, ...], Kind, Columns]] = [
        (("format", place, "columns"), each.kind, each.columns) for place, each in enumerate(headings.format)
    ]
    places += [(("columns", kind), kind, columns) for kind, columns in headings.columns.items()]
    for where, kind, columns in places:
        known = {field.name for field in FIELDS[kind]} | set(NAME_PARTS if kind == "contacts" else ())
        for column in columns:
            if column not in known:
                raise _wrong(name, outline.line_of((*where, column)), f"{kind} have no “{column}”")
    return headings


def _wrong(name: str, line: int, reason: str) -> RadarError:
    return RadarError(
        f"{name}, line {line}: {reason}.", "Put it right and import again; nothing was imported."
    )


@lru_cache(1)
def shipped() -> Headings:
    """The headings that come with Radar."""
    return parsed(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)


def headings(own: Path | None) -> Headings:
    """Those that ship, and those of the user's `own` file before them if it is there. Raises RadarError."""
    if own is None or not own.is_file():
        return shipped()
    try:
        text = own.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise RadarError(f"{own} cannot be read.", "It must be text in UTF-8.") from error
    return parsed(text, own.name).over(shipped())
