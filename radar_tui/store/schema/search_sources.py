"""What the search finds.

Triggers (note_what_to_search.sql) note keys in the local, never synced `search_stale`; `store/lists/search.py` reads
those rows when somebody next searches. To write into the index in the triggers would make every row of an import three
times as dear, and a Python whose SQLite has no FTS5 could not write at all.
"""

from __future__ import annotations

from typing import NamedTuple

from radar_tui.store.schema.visit_day import visit_day


class Source(NamedTuple):
    """A table that is searched. `title` and `body` are SQL over its row x, `columns` those they are made of; `kind`
    is what its rows are called; `place` is SQL for the id of their customer, and `when` for their day."""

    kind: str
    title: str
    body: str
    columns: tuple[str, ...]
    place: str
    when: str = "NULL"


def _all(*columns: str) -> str:
    return " || char(10) || ".join(f"x.{column}" for column in columns)


_VISIT = "(SELECT v.customer_id FROM visit v WHERE v.id = x.visit_id)"
_RESPONSE = "(SELECT r.customer_id FROM response r WHERE r.id = x.response_id)"
# A number, a date, yes or no is no text that anybody looks for.
_TYPED = "CASE WHEN length(x.value) > 3 AND x.value GLOB '*[^0-9.,:TZ+-]*' THEN x.value ELSE '' END"

SOURCES: dict[str, Source] = {
    "customer": Source("customer", "x.name", _all("notes", "city"), ("name", "notes", "city"), "x.id"),
    "contact": Source(
        "contact", "x.name", _all("job_title", "function", "email", "phone"),
        ("name", "job_title", "function", "email", "phone"), "x.customer_id",
    ),
    "colleague": Source("colleague", "x.name", _all("function", "email"), ("name", "function", "email"), "NULL"),
    "stream": Source("stream", "x.name", "x.note", ("name", "note"), "x.customer_id"),
    "item": Source("item", "x.tag", "x.model", ("tag", "model"), "x.customer_id"),
    "visit": Source(
        "visit", "''", "x.summary", ("summary",), "x.customer_id", f"coalesce({visit_day('x')}, x.planned_on)"
    ),
    "answer": Source("note", "''", f"{_TYPED} || char(10) || x.note", ("value", "note"), _VISIT, "x.answered_at"),
    "finding": Source("finding", "''", "x.note", ("note",), _VISIT, "x.found_at"),
    "opportunity": Source("opportunity", "x.title", "''", ("title",), "x.customer_id"),
    "response": Source("answer", "''", "x.verbatim", ("verbatim",), "x.customer_id", "x.asked_on"),
    "follow_up": Source(
        "follow-up", "''", _all("cause", "outcome", "gesture"), ("cause", "outcome", "gesture"), _RESPONSE,
        "coalesce(x.closed_at, x.due_at)",
    ),
    "action": Source("action", "''", "x.title", ("title",), "x.customer_id", "coalesce(x.done_on, x.due_on)"),
    "ticket": Source(
        "ticket", "x.reference", _all("subject", "comment", "outcome"), ("reference", "subject", "comment", "outcome"),
        "x.customer_id", "x.opened_at",
    ),
    "promise": Source("promise", "''", "x.title", ("title",), "NULL", "x.made_on"),
    "promise_check": Source("promise", "''", "x.note", ("note",), _VISIT),
    "want": Source("want", "''", _all("title", "note"), ("title", "note"), "x.customer_id"),
    "part": Source("part", "x.sku", "x.name", ("sku", "name"), "NULL"),
}  # fmt: skip


def texts(table: str) -> str:
    """SQL: key, title and body of every row of a table that holds any text, of what nobody reads now too: it may be
    read again."""
    source = SOURCES[table]
    return (
        f"SELECT x.id, {source.title}, trim({source.body}, char(10)) FROM main.{table} x "  # noqa: S608 -- our own
        f"WHERE ({source.title} <> '' OR trim({source.body}, char(10)) <> '')"
    )
