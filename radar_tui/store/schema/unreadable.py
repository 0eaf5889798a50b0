"""Rows that no Radar writes, however they came into the file: by a sync, or by the hand of another program.

One rule a column says what Radar writes there. Partial indexes hold the rows that break one, so that SQLite itself
keeps them on every way in, and finding them costs nothing where there are none. The rows stay as they came, for sync
must not change them; but each connection on which one is found reads every table through a view of the same name that
leaves them out, with what hangs on them, so that no list, figure or report has to think of them. Whoever writes, syncs
or checks says `main.` and means all rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.schema.touched import SYNCED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_MONEY, _NUMBER = f"0..{10**15}", f"{-(10**15)}..{10**15}"

RULES: dict[str, dict[str, str]] = {
    "market": {"name": "name"},
    "colleague": {"name": "name", "direct_contact": "0|1", "left_on": "day?"},
    "customer": {
        "name": "name", "kind": "'product'|'service'|'both'", "status": "'prospect'|'active'|'former'",
        "cadence_days": "1..999", "annual_value": _MONEY, "currency": "3 letters", "archived_at": "moment?",
    },
    "contact": {
        "name": "name", "role": "'decision maker'|'influencer'|'user'|'gatekeeper'", "language": "2 letters",
        "left_on": "day?",
    },
    "counterpart": {"met_on": "day?"},
    "benchmark": {"nps": "-100..100", "source": "name", "year": "1990..2200"},
    "stream": {"name": "name", "status": "'running'|'planned'|'stopped'"},
    "item": {"tag": "name", "installed_on": "day?", "refurbished_on": "day?", "retired_on": "day?"},
    "part": {
        "sku": "name", "name": "name", "kind": "'replacement'|'spares'|'housing'|'service'", "unit_price": _MONEY,
        "currency": "3 letters", "lead_days": "0..999", "archived_at": "moment?",
    },
    "visit": {
        "occasion": "'customer visit'|'self-check'|'observation day'",
        "status": "'planned'|'in progress'|'completed'|'missed'|'cancelled'",
        "planned_on": "day?", "started_at": "moment?", "completed_at": "moment?",
        "completed_on": "day?",
    },
    "answer": {"flagged": "0|1", "answered_at": "moment", "ours": "0|1"},
    "finding": {
        "verdict": "'serviceable'|'deteriorating'|'unserviceable'|'not inspected'", "measure": _NUMBER,
        "found_at": "moment", "ours": "0|1",
    },
    "opportunity": {
        "kind": "'replacement'|'spares'|'new stream'|'service'", "title": "name",
        "stage": "'idea'|'quoted'|'won'|'lost'", "probability": "0..100", "currency": "3 letters",
        "expected_on": "day?", "ours": "0|1",
    },
    "opportunity_line": {
        "quantity": "0..1000000", "unit_price": _MONEY, "quantity * unit_price": _MONEY,
        "decision": "'to quote'|'agreed'|'declined'", "needed_by": "day?", "ours": "0|1",
        "decided_on": "day?",
    },
    "response": {
        "question": "'recommend'|'retain'", "score": "0..10", "asked_on": "day",
        "channel": "'visit'|'phone'|'email'|'survey'", "voided_at": "moment?",
    },
    "follow_up": {
        "play": "'recover'|'nudge'|'learn'", "status": "'open'|'called'|'cause'|'fixed'|'confirmed'|'closed'",
        "due_at": "moment", "closed_at": "moment?",
    },
    "measure": {
        "perspective": "'financial'|'customer'|'internal'|'learning'", "name": "name", "worst": _NUMBER,
        "best": _NUMBER, "target": _NUMBER, "weight": _MONEY, "valid_days": "1..36500",
        "for_customer": "0|1",
    },
    "kind_measure": {
        "kind": "'product'|'service'|'both'",
        "perspective": "'financial'|'customer'|'internal'|'learning'", "name": "name", "worst": _NUMBER,
        "best": _NUMBER, "target": _NUMBER, "weight": _MONEY, "valid_days": "1..36500",
        "for_customer": "0|1",
    },
    "action": {
        "title": "name", "due_on": "day?", "status": "'open'|'done'|'dropped'", "expected_gain": _NUMBER,
        "done_on": "day?", "ours": "0|1",
    },
    "ticket": {
        "kind": "'ticket'|'service request'", "priority": "'low'|'normal'|'high'|'urgent'", "opened_at": "moment",
        "closed_at": "moment?", "satisfied": "0|1", "followed_up_on": "day?", "shown_on": "day?",
    },
    "reading": {"as_of": "day", "value": _NUMBER},
    "scorecard": {
        "as_of": "day", "value": _NUMBER, "coverage": "0..1", "financial": _NUMBER, "customer_view": _NUMBER,
        "internal": _NUMBER, "learning": _NUMBER,
    },
    "promise": {"title": "name", "made_on": "day", "retired_on": "day?"},
    "promise_check": {"kept": "0|1", "ours": "0|1"},
    "setting": {"key": "name"},
    "want": {"title": "name", "decision": "'open'|'served'|'parked'", "ours": "0|1"},
    "conflict": {
        "kind": "'both changed'|'both added'|'deleted there'|'deleted here'|'refused'|'parent gone'|'parent back'"
        "|'unreadable'",
        "at": "moment", "resolution": "'kept theirs'|'took mine'|'edited'|'only the time differs'",
    },
}  # fmt: skip
"""What Radar writes, by table and column: a `day`, a UTC `moment` with milliseconds (both of the years 1900 to 2200), a
`name` that is not blank, so many letters, a range, or a choice of words; `?` where a day may be missing. Of other
columns the types of the tables say enough. The indexes (tell_unreadable_rows_apart.sql) say the same: whoever changes
a rule makes its index anew."""

# What pydantic takes for space at the ends of a name.
_SPACE = (
    "char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,"
    "8287,12288)"
)
# With something to count, SQLite does not give 30 February back as it came.
_FORMS = {"day": "date({0}, '+0 days')", "moment": "strftime('%Y-%m-%dT%H:%M:%fZ', {0}, '+0 days')"}


def broken(column: str, rule: str) -> str:
    """SQL: whether the column breaks its rule."""
    if form := _FORMS.get(rule.rstrip("?")):
        # Only what begins as a year reaches SQLite's reader of dates, to which "now" is one too.
        told = f"CASE WHEN {column} BETWEEN '1900' AND '2201' THEN {form.format(column)} IS NOT {column} ELSE 1 END"
        return f"{column} IS NOT NULL AND {told}" if rule.endswith("?") else told
    if rule == "name":
        return f"trim({column}, {_SPACE}) = ''"
    if rule.endswith("letters"):
        letters = int(rule[0])
        return f"length(CAST({column} AS BLOB)) <> {letters} OR {column} NOT GLOB '{'[A-Za-z]' * letters}'"
    if ".." in rule:
        return f"{column} NOT BETWEEN {rule.replace('..', ' AND ')}"
    return f"{column} NOT IN ({rule.replace('|', ', ')})"


def broken_column(table: str, row: str = "") -> str:
    """SQL: the first column of a row that breaks its rule, NULL if none does; `row` names the row (`NEW`, `v`)."""
    before = f"{row}." if row else ""
    cases = " ".join(
        f"WHEN {broken(' * '.join(before + one for one in column.split(' * ')), rule)} THEN '{column}'"
        for column, rule in RULES[table].items()
    )
    return f"CASE {cases} END"


def unreadable_ids(table: str) -> str:
    """SQL: the ids of the rows of a table that break a rule, from their index."""
    return (
        f"SELECT id FROM main.{table} INDEXED BY {table}_unreadable WHERE {broken_column(table)} IS NOT NULL"  # noqa: S608
    )


def references(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, bool]]:
    """Table, column and parent of every reference, parents first, and whether it has to be there."""
    for table in SYNCED:
        needed = {row[1] for row in connection.execute(f"PRAGMA main.table_info({table})") if row[3]}
        for key in connection.execute(f"PRAGMA main.foreign_key_list({table})").fetchall():
            yield table, key[3], key[2], key[3] in needed
