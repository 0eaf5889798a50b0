"""What a decided conflict writes: typed text as a value, and any value held against the row's model first.

A conflict comes from another laptop, so nothing in it is trusted to fit its column.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError

from radar_tui.domain import question
from radar_tui.domain.changes import MONEY, REFERENCES, column_words
from radar_tui.domain.checklist import StoredChecklist
from radar_tui.domain.days import iso, read_day
from radar_tui.domain.money import parse_money
from radar_tui.domain.row import read_number
from radar_tui.domain.text import fold
from radar_tui.errors import RadarError
from radar_tui.store.rows.models import row_models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from radar_tui.domain.row import Row

UPGRADE = "Install the newest Radar: pip install --upgrade radar-tui"


def model_of(table: str) -> type[Row]:
    """The model of the rows that a conflict may be about; raises RadarError if there is none here."""
    known: dict[str, type[Row]] = {**row_models(), "checklist": StoredChecklist}
    if table not in known or table == "conflict":
        raise RadarError("This conflict is about something that this Radar does not know.", UPGRADE)
    return known[table]


def validated(
    table: str, id: str, current: Mapping[str, Any] | None, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns to write so that a row holds `wanted`: those that differ from `current`, all if there is no row.

    Raises RadarError if the row could not be read back, or a column is not known here.
    """
    model = model_of(table)
    if unknown := [column for column in wanted if column not in model.model_fields]:
        raise RadarError(f"This Radar does not know the field “{column_words(table, unknown[0])}”.", UPGRADE)
    try:
        row = model.model_validate({**(current or {}), **wanted, "id": id})
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        field = column_words(table, str(place[0])) if place else "this"
        raise RadarError(
            f"A {table.replace('_', ' ')} cannot hold that: look at “{field}”.", "Nothing was changed."
        ) from error
    columns = row.columns()
    if current is None:
        return columns
    return {column: columns[column] for column in wanted if columns[column] != current[column]}


def parsed(
    table: str,
    column: str,
    text: str,
    *,
    today: date,
    currency: str = "EUR",
    asked: question.Question | None = None,
) -> Any:
    """The value of what was typed for a column, by the type of its model: `€ 12.50`, `3 Dec 2026`, `yes`, a word.

    `asked` is the question that an answer answers. Raises RadarError with what is expected.
    """
    model = model_of(table)
    words = column_words(table, column)
    if column not in model.model_fields:
        raise RadarError(f"This Radar does not know the field “{words}”.", UPGRADE)
    if column in REFERENCES or column in ("id", "subject_id"):
        raise RadarError(
            f"“{words}” names another row: keep theirs or take mine.", "Then edit the row itself."
        )
    kind, optional = _plain(model.model_fields[column].annotation)
    typed = text.strip()
    try:
        if not typed:
            return _empty(kind, optional=optional)
        if (table, column) == ("answer", "value") and asked is not None:
            return question.parse(asked, text, today)
        if column in MONEY:
            return parse_money(typed, currency)
        return _value(kind, text, today)
    except ValueError as error:
        raise RadarError(f"“{words}” is {error}.", "Nothing was changed.") from error


def _plain(annotation: Any) -> tuple[Any, bool]:
    """The type without `Annotated` and `None`, and whether None is allowed."""
    if get_origin(annotation) in (Union, types.UnionType):
        [kind] = [one for one in get_args(annotation) if one is not types.NoneType]
        return _plain(kind)[0], True
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    return annotation, False


def _empty(kind: Any, *, optional: bool) -> str | None:
    if optional:
        return None
    if kind is str:
        return ""
    raise ValueError("needed")


def _value(kind: Any, text: str, today: date) -> Any:
    typed = text.strip()
    if get_origin(kind) is Literal:
        if (word := next((word for word in get_args(kind) if fold(word) == fold(typed)), None)) is None:
            raise ValueError(f"one of these: {', '.join(get_args(kind))}")
        return word
    if kind is bool:
        if (answer := {"y": True, "yes": True, "n": False, "no": False}.get(fold(typed))) is None:
            raise ValueError("yes or no")
        return answer
    if kind in (int, float):
        return _number(typed, whole=kind is int)
    if kind is date:
        return read_day(typed, today).isoformat()
    if kind is datetime:
        return _moment(typed, today)
    # Half a character cannot be stored; everything else is kept as typed.
    return text.encode("utf-8", "replace").decode("utf-8")


def _number(typed: str, *, whole: bool) -> float:
    number = read_number(typed.removesuffix("%"))
    if not whole:
        return number
    if not number.is_integer():
        raise ValueError("a whole number")
    return int(number)


def _moment(typed: str, today: date) -> str:
    """A day and a time of day on this laptop, as it is stored."""
    day, _, time = typed.rpartition(" ")
    try:
        return iso(datetime.fromisoformat(typed).astimezone())
    except (ValueError, OverflowError):
        pass
    try:
        return iso(datetime.fromisoformat(f"{read_day(day, today)}T{time:0>5}").astimezone())
    except (ValueError, OverflowError):
        raise ValueError("a day and a time, e.g. 3 Dec 2026 10:42") from None
