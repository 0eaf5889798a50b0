"""What several readers of plain rows share: rows as what they are called, days out of text, the order of contacts."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from radar_tui.domain.text import fold, one_line
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

ROLE_ORDER = "CASE role WHEN 'decision maker' THEN 0 WHEN 'influencer' THEN 1 WHEN 'user' THEN 2 ELSE 3 END"
"""SQL to order contacts by: decision makers first. No other table has a `role`."""


def stored_day(text: str | None) -> date | None:
    """A stored day, or the UTC day of a stored moment. Raises RadarError for what is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except (ValueError, TypeError) as error:
        raise _no_day(text) from error


def stored_moment(text: str) -> datetime:
    """A stored moment. Raises RadarError for what is none, or could not be shown in every time zone."""
    try:
        moment = datetime.fromisoformat(text)
        moment.astimezone()
    except (ValueError, TypeError, OverflowError) as error:
        raise _no_day(text) from error
    return moment


def local_moment(text: str) -> datetime:
    """A stored moment in this laptop's time zone. Raises RadarError for what is none."""
    return stored_moment(text).astimezone()


def _no_day(text: object) -> RadarError:
    # No form and no import lets such a one through: another program wrote it.
    return RadarError(
        f"A date in this database cannot be read: “{one_line(str(text)[:40])}”.",
        "`radar check` names its row.",
    )


@overload
def local_day(text: str) -> date: ...
@overload
def local_day(text: str | None) -> date | None: ...
def local_day(text: str | None) -> date | None:
    """The day on this laptop of a stored moment."""
    return local_moment(text).date() if text else None


@overload
def day_here(text: str) -> date: ...
@overload
def day_here(text: str | None) -> date | None: ...
def day_here(text: str | None) -> date | None:
    """A stored day, or the day on this laptop of a stored moment."""
    return local_day(text) if isinstance(text, str) and "T" in text else stored_day(text)


def read(kind: Callable[..., T], row: Any, **given: object) -> T:
    """A row of `kind`, a dataclass or named tuple, from the columns called as its fields and what is `given` beside.

    A `date` is a stored day or the day on this laptop of a moment, a `datetime` is in its time zone, a `bool` stands as
    0 or 1, and a `str` that is not there is empty. Other columns are left aside.
    """
    columns = {**dict(row), **given}
    return kind(
        **{
            name: columns[name] if name in given else made(columns[name])
            for name, made in _fields(kind)
            if name in columns
        }
    )


@cache
def _fields(kind: Callable[..., object]) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    # A named tuple wraps the words of its annotations.
    words = {name: getattr(hint, "__forward_arg__", hint) for name, hint in kind.__annotations__.items()}
    return tuple((name, _MADE.get(str(word), _as_it_is)) for name, word in words.items())


def _as_it_is(value: object) -> object:
    return value


_MADE: dict[str, Callable[[Any], object]] = {
    "str": lambda value: "" if value is None else value,
    "bool": bool,
    "bool | None": lambda value: None if value is None else bool(value),
    "date": day_here,
    "date | None": day_here,
    "datetime": local_moment,
    "datetime | None": lambda text: local_moment(text) if text else None,
}


def holding(words: str, rows: Iterable[Any]) -> list[Any]:
    """Those of `rows` (id, text, whatever else) whose text holds every word, whatever their case and accents."""
    wanted = fold(words).split()
    return [row for row in rows if all(word in fold(row[1]) for word in wanted)]


def never() -> bool:
    """For a long read that nobody stops."""
    return False
