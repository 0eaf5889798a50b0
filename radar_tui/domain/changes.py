"""Words for a change of any row: which row, which column, from what to what. For the log and for conflicts.

`lookup(table, id)` gives the name of another row ("W-014", "Paolo Conti"), or None where it is not known.
Everything returned is safe to paint on one line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

from radar_tui.domain.days import day_words, written_moment
from radar_tui.domain.money import money
from radar_tui.domain.observation import is_half_hour
from radar_tui.domain.text import one_line, plural

Columns = Mapping[str, object]
Lookup = Callable[[str, str], str | None]

REFERENCES: dict[str, str] = {
    "market_id": "market",
    "owner_id": "colleague",
    "customer_id": "customer",
    "contact_id": "contact",
    "colleague_id": "colleague",
    "stream_id": "stream",
    "checklist_id": "checklist",
    "brm_id": "colleague",
    "visit_id": "visit",
    "item_id": "item",
    "opportunity_id": "opportunity",
    "part_id": "part",
    "response_id": "response",
    "measure_id": "measure",
    "followed_up_by": "colleague",
    "promise_id": "promise",
}
"""The table that a column refers to, in whichever table it stands."""

SUBJECTS = ("item", "contact", "stream", "promise")
"""Where the `subject_id` of an answer may stand."""

MONEY = frozenset({"annual_value", "unit_price"})
"""Columns in minor units of the row's currency."""
DAYS = frozenset({"as_of", "needed_by"})
"""Columns that hold a day, besides those that end in `_on`; moments end in `_at`."""
YES_NO = frozenset({"direct_contact", "flagged", "for_customer", "kept", "ours", "satisfied"})
PERCENT = frozenset({"probability"})

OF_CUSTOMER = (
    "contact",
    "stream",
    "item",
    "visit",
    "opportunity",
    "response",
    "measure",
    "action",
    "ticket",
    "scorecard",
    "want",
)
"""Tables with a `customer_id`."""

WAY_TO_CUSTOMER: dict[str, tuple[str, str]] = {
    "counterpart": ("contact_id", "contact"),
    "attendee": ("visit_id", "visit"),
    "answer": ("visit_id", "visit"),
    "finding": ("visit_id", "visit"),
    "promise_check": ("visit_id", "visit"),
    "opportunity_line": ("opportunity_id", "opportunity"),
    "follow_up": ("response_id", "response"),
    "reading": ("measure_id", "measure"),
}
"""Rows without a `customer_id` that belong to a customer: the column, and the table through which they do."""

_KINDS: dict[str, tuple[str, str, str]] = {
    # What one is called, what several are called, and what joins the word to the name of one.
    "market": ("market", "markets", ""),
    "colleague": ("colleague", "colleagues", ""),
    "customer": ("customer", "customers", ""),
    "contact": ("contact", "contacts", ""),
    "counterpart": ("counterpart pair", "counterpart pairs", ""),
    "benchmark": ("benchmark", "benchmarks", "of"),
    "stream": ("stream", "streams", ""),
    "item": ("item", "items", ""),
    "part": ("part", "parts", ""),
    "checklist": ("checklist", "checklists", ""),
    "visit": ("visit", "visits", "of"),
    "attendee": ("attendee", "attendees", ""),
    "answer": ("answer", "answers", "to"),
    "finding": ("finding", "findings", "on"),
    "opportunity": ("opportunity", "opportunities", ""),
    "opportunity_line": ("line", "lines", ""),
    "response": ("response", "responses", "of"),
    "follow_up": ("follow-up", "follow-ups", "of"),
    "measure": ("measure", "measures", ""),
    "action": ("action", "actions", ""),
    "ticket": ("ticket", "tickets", ""),
    "reading": ("reading", "readings", "of"),
    "scorecard": ("scorecard", "scorecards", "of"),
    "promise": ("promise", "promises", ""),
    "promise_check": ("promise check", "promise checks", "of"),
    "want": ("want", "wants", ""),
    "setting": ("setting of the team", "settings of the team", ""),
    "kind_measure": ("measure of a kind", "measures of a kind", ""),
    "conflict": ("conflict", "conflicts", "about"),
}

_COLUMNS: dict[str, str] = {
    "id": "key",
    "brm_id": "BRM",
    "nps": "NPS",
    "sku": "SKU",
    "cadence_days": "cadence in days",
    "lead_days": "lead time in days",
    "valid_days": "valid for days",
    "current_step": "step",
    "customer_view": "customer perspective",
    "void_reason": "reason for voiding",
    "expected_on": "expected on",
}

NOTHING = "–"


def nobody(table: str, id: str) -> str | None:
    """A lookup that knows no row."""
    return None


def count_words(table: str, count: int) -> str:
    """`1 finding`, `12 findings`."""
    one, many, _ = _KINDS.get(table, (table.replace("_", " "), table.replace("_", " "), ""))
    return plural(count, one, many)


def row_words(table: str, columns: Columns, lookup: Lookup = nobody, today: date | None = None) -> str:
    """`Item W-014`, `Visit of 14 Jul`, `Contact Paolo Conti`, `Finding on W-014`; `Visit` where `columns` hold no name.

    With `today`, a day that is near goes without its year.
    """
    word, _, joint = _KINDS.get(table, (table.replace("_", " "), "", ""))
    if table == "visit" and columns.get("occasion") in ("self-check", "observation day"):
        word = str(columns["occasion"])
    if table == "ticket" and columns.get("kind") == "service request":
        word = "service request"
    name = row_name(table, columns, lookup, today)
    return one_line(" ".join(part for part in (word[:1].upper() + word[1:], name and joint, name) if part))


def row_name(table: str, columns: Columns, lookup: Lookup = nobody, today: date | None = None) -> str:
    """What tells a row from others of its table: `W-014`, `14 Jul`; empty where `columns` do not say."""
    made = _NAMES.get(table, _own_name)(columns, lookup, today)
    return one_line(made)


def column_words(table: str, column: str) -> str:
    """`annual value`, `planned on`, `market`."""
    if (table, column) == ("customer", "owner_id"):
        return "BRM"
    if column in _COLUMNS:
        return _COLUMNS[column]
    for ending in ("_id", "_at"):
        column = column.removesuffix(ending)
    return one_line(column.replace("_", " "))


def shown(
    table: str,
    column: str,
    value: object,
    *,
    currency: str = "EUR",
    lookup: Lookup = nobody,
    today: date | None = None,
) -> str:
    """A stored value as people read it: `€ 1,240`, `14 Jul`, `yes`, the name of what it refers to; `–` for none.

    `currency` is that of the row. With `today`, a day that is near goes without its year. A value that does not fit
    its column (somebody else's program wrote it) is shown as it is.
    """
    if value is None or value == "":
        return NOTHING
    if column in YES_NO and value in (0, 1):
        return "yes" if value else "no"
    if column in MONEY and isinstance(value, int):
        return one_line(money(value, currency))
    if column in PERCENT and isinstance(value, int):
        return f"{value} %"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if not isinstance(value, str):
        return one_line(str(value))
    if column.endswith("_at") and (moment := written_moment(value)) is not None:
        return f"{day_words(moment.date(), today)} {moment:%H:%M}"
    if (column.endswith("_on") or column in DAYS) and (day := _stored_day(value)) is not None:
        return day_words(day, today)
    if column in REFERENCES:
        return one_line(lookup(REFERENCES[column], value) or "one that is not here")
    if column == "subject_id":
        return one_line(_subject(value, lookup) or "one that is not here")
    if (table, column) == ("answer", "value"):
        return one_line(_answer(value))
    return one_line(value)


def all_shown(
    table: str,
    columns: Columns | None,
    *,
    lookup: Lookup = nobody,
    today: date | None = None,
    but: Columns | None = None,
) -> str:
    """A whole row on one line: `verdict: unserviceable · note: cracked`; `taken back` where there is none.

    Left out is what is empty, the key, and every column that has the same value in `but`.
    """
    if columns is None:
        return "taken back"
    currency, but = str(columns.get("currency") or "EUR"), but or {}
    parts = [
        f"{column_words(table, column)}: {shown(table, column, value, currency=currency, lookup=lookup, today=today)}"
        for column, value in columns.items()
        if column != "id"
        and ((column not in but and value not in (None, "")) or (column in but and but[column] != value))
    ]
    return " · ".join(parts) or row_words(table, columns, lookup, today)


def _stored_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _answer(value: str) -> str:
    if value.startswith("["):
        try:
            chosen = json.loads(value)
        except (ValueError, RecursionError):
            return value
        if isinstance(chosen, list) and all(isinstance(one, str) for one in chosen):
            return " · ".join(one.replace("_", " ") for one in chosen)
    return value


def _text(columns: Columns, *names: str) -> str:
    """The first of these columns that holds anything."""
    return next((str(columns[name]) for name in names if columns.get(name) not in (None, "")), "")


def _referred(columns: Columns, lookup: Lookup, *names: str) -> str:
    """The name of the first row that one of these columns refers to and that is known."""
    for name in names:
        if (id := columns.get(name)) and (found := lookup(REFERENCES[name], str(id))):
            return found
    return ""


def _subject(id: str, lookup: Lookup) -> str | None:
    if is_half_hour(id):
        return id
    return next((found for table in SUBJECTS if (found := lookup(table, id))), None)


def _dated(columns: Columns, today: date | None, *names: str) -> str:
    text = _text(columns, *names)
    moment = written_moment(text) if "T" in text else None
    day = moment.date() if moment else _stored_day(text)
    return day_words(day, today) if day else text


def _own_name(columns: Columns, lookup: Lookup, today: date | None) -> str:
    return _text(columns, "name", "title", "tag")


def _joined(joint: str, *parts: str) -> str:
    return joint.join(part for part in parts if part)


def _answer_name(columns: Columns, lookup: Lookup, today: date | None) -> str:
    # A store knows the words of the question; elsewhere its key is the next best.
    known = lookup("question", str(columns["id"])) if columns.get("id") else None
    asked = known or _text(columns, "question").replace("_", " ")
    subject = _subject(str(columns["subject_id"]), lookup) if columns.get("subject_id") else None
    return _joined(", ", f"“{asked}”" if asked else "", subject or "")


_NAMES: dict[str, Callable[[Columns, Lookup, date | None], str]] = {
    "part": lambda columns, lookup, today: _joined(" ", _text(columns, "sku"), _text(columns, "name")),
    "counterpart": lambda columns, lookup, today: _joined(
        " – ", _referred(columns, lookup, "contact_id"), _referred(columns, lookup, "colleague_id")
    ),
    "benchmark": lambda columns, lookup, today: _joined(
        " ", _referred(columns, lookup, "market_id"), _text(columns, "year")
    ),
    "visit": lambda columns, lookup, today: _dated(
        columns, today, "completed_on", "completed_at", "started_at", "planned_on"
    ),
    "attendee": lambda columns, lookup, today: _referred(columns, lookup, "contact_id"),
    "answer": _answer_name,
    "finding": lambda columns, lookup, today: _referred(columns, lookup, "item_id"),
    "opportunity_line": lambda columns, lookup, today: (
        _text(columns, "description") or _referred(columns, lookup, "part_id", "item_id", "opportunity_id")
    ),
    "response": lambda columns, lookup, today: _joined(
        ", ", _referred(columns, lookup, "contact_id"), _text(columns, "question")
    ),
    "follow_up": lambda columns, lookup, today: _referred(columns, lookup, "response_id"),
    "ticket": lambda columns, lookup, today: _text(columns, "reference", "subject"),
    "reading": lambda columns, lookup, today: _joined(
        ", ", _referred(columns, lookup, "measure_id"), _dated(columns, today, "as_of")
    ),
    "setting": lambda columns, lookup, today: _text(columns, "key"),
    "scorecard": lambda columns, lookup, today: _dated(columns, today, "as_of"),
    "promise_check": lambda columns, lookup, today: _referred(columns, lookup, "promise_id"),
    "conflict": lambda columns, lookup, today: _joined(
        ", ",
        _referred_to(columns, lookup),
        column_words(str(columns.get("tbl")), str(columns["col"])) if columns.get("col") else "",
    ),
}


def _referred_to(columns: Columns, lookup: Lookup) -> str:
    table, id = columns.get("tbl"), columns.get("key")
    return (lookup(str(table), str(id)) if table and id else None) or ""
