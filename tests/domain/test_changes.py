"""Changes in words: which row, which column, which value."""

from __future__ import annotations

from datetime import date, datetime
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain import changes
from radar_tui.domain.changes import all_shown, column_words, count_words, row_words, shown
from radar_tui.domain.text import one_line
from radar_tui.store.rows.models import row_models

TODAY = date(2026, 12, 3)
NAMES = {
    ("item", "w"): "W-014",
    ("contact", "p"): "Paolo Conti",
    ("colleague", "m"): "Marta Ricci",
    ("market", "t"): "Tissue",
    ("part", "s"): "RX-40 seal set",
    ("response", "r"): "Paolo Conti, recommend",
    ("measure", "u"): "Uptime",
    ("promise", "o"): "On time",
    ("question", "a"): "Are the guards in place?",
}


def lookup(table: str, id: str) -> str | None:
    return NAMES.get((table, id))


@pytest.mark.parametrize(
    ("table", "columns", "words"),
    [
        ("item", {"tag": "W-014"}, "Item W-014"),
        ("visit", {"occasion": "customer visit", "planned_on": "2026-07-14"}, "Visit of 14 Jul"),
        (
            "visit",
            {"planned_on": "2026-07-14", "completed_at": "2025-01-31T10:00:00Z"},
            "Visit of 31 Jan 2025",
        ),
        ("visit", {"occasion": "self-check", "planned_on": "2026-07-14"}, "Self-check of 14 Jul"),
        ("visit", {"status": "planned"}, "Visit"),
        ("contact", {"name": "Paolo Conti"}, "Contact Paolo Conti"),
        (
            "counterpart",
            {"contact_id": "p", "colleague_id": "m"},
            "Counterpart pair Paolo Conti – Marta Ricci",
        ),
        ("benchmark", {"market_id": "t", "year": 2025}, "Benchmark of Tissue 2025"),
        ("part", {"sku": "S-40", "name": "Seal set"}, "Part S-40 Seal set"),
        ("finding", {"item_id": "w"}, "Finding on W-014"),
        ("finding", {"item_id": "gone"}, "Finding"),
        ("answer", {"id": "a", "question": "guards_in_place"}, "Answer to “Are the guards in place?”"),
        ("answer", {"question": "guards_in_place", "subject_id": "w"}, "Answer to “guards in place”, W-014"),
        ("attendee", {"contact_id": "p"}, "Attendee Paolo Conti"),
        ("opportunity_line", {"description": "", "part_id": "s", "item_id": "w"}, "Line RX-40 seal set"),
        ("response", {"contact_id": "p", "question": "retain"}, "Response of Paolo Conti, retain"),
        ("follow_up", {"response_id": "r"}, "Follow-up of Paolo Conti, recommend"),
        ("ticket", {"kind": "service request", "reference": "4711"}, "Service request 4711"),
        ("ticket", {"kind": "ticket", "reference": "", "subject": "Noise"}, "Ticket Noise"),
        ("reading", {"measure_id": "u", "as_of": "2026-12-01"}, "Reading of Uptime, 1 Dec"),
        ("scorecard", {"as_of": "2026-12-01"}, "Scorecard of 1 Dec"),
        ("promise_check", {"promise_id": "o"}, "Promise check of On time"),
        ("conflict", {"tbl": "item", "key": "w", "col": "model"}, "Conflict about W-014, model"),
        ("conflict", {}, "Conflict"),
        ("of_tomorrow", {"name": "X"}, "Of tomorrow X"),
        ("item", {"tag": "W\x1b[31m\n1"}, "Item W␛[31m 1"),
    ],
)
def test_a_row_in_words(table: str, columns: dict[str, Any], words: str) -> None:
    assert row_words(table, columns, lookup, TODAY) == words


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("customer", "annual_value", "annual value"),
        ("customer", "owner_id", "BRM"),
        ("action", "owner_id", "owner"),
        ("visit", "planned_on", "planned on"),
        ("visit", "completed_at", "completed"),
        ("customer", "market_id", "market"),
        ("part", "sku", "SKU"),
    ],
)
def test_a_column_in_words(table: str, column: str, words: str) -> None:
    assert column_words(table, column) == words


@pytest.mark.parametrize(
    ("table", "column", "value", "text"),
    [
        ("customer", "annual_value", 124_000, "£ 1,240"),
        ("part", "unit_price", 1250, "£ 12.50"),
        ("customer", "annual_value", "much", "much"),
        ("visit", "planned_on", "2026-07-14", "14 Jul"),
        ("visit", "planned_on", "2025-07-14", "14 Jul 2025"),
        ("visit", "planned_on", "2026-02-07", "7 Feb"),
        ("visit", "planned_on", "2026-02-06", "6 Feb"),
        ("visit", "planned_on", "soon", "soon"),
        ("scorecard", "as_of", "2026-12-01", "1 Dec"),
        ("visit", "completed_at", "2026-12-03T09:42:07.000Z", "3 Dec 10:42"),
        ("visit", "completed_at", "yesterday", "yesterday"),
        ("answer", "flagged", 1, "yes"),
        ("ticket", "satisfied", 0, "no"),
        ("ticket", "satisfied", None, "–"),
        ("ticket", "satisfied", 2, "2"),
        ("item", "model", "", "–"),
        ("opportunity", "probability", 50, "50 %"),
        ("opportunity", "probability", "\x1f", "␟"),
        ("reading", "value", 97.0, "97"),
        ("reading", "value", 1234.5, "1,234.5"),
        ("benchmark", "year", 2025, "2025"),
        ("finding", "item_id", "w", "W-014"),
        ("finding", "item_id", "gone", "one that is not here"),
        ("answer", "subject_id", "p", "Paolo Conti"),
        ("ticket", "followed_up_by", "m", "Marta Ricci"),
        ("answer", "value", '["dirt", "worn_out"]', "dirt · worn out"),
        ("answer", "value", "[not a list", "[not a list"),
        ("answer", "value", '["dirt", 2]', '["dirt", 2]'),
        ("answer", "subject_id", "08:30", "08:30"),
        ("visit", "summary", "a\nb\x1b", "a b␛"),
        ("visit", "summary", ["a list"], "['a list']"),
    ],
)
def test_a_value_as_people_read_it(table: str, column: str, value: object, text: str) -> None:
    assert shown(table, column, value, currency="GBP", lookup=lookup, today=TODAY) == text


def test_without_a_today_every_day_has_its_year() -> None:
    assert shown("visit", "planned_on", "2026-12-04") == "4 Dec 2026"
    assert row_words("visit", {"planned_on": "2026-12-04"}) == "Visit of 4 Dec 2026"


def test_a_whole_row_in_words() -> None:
    row = {"id": "f", "item_id": "w", "verdict": "unserviceable", "note": "", "measure": None}
    assert all_shown("finding", row, lookup=lookup) == "item: W-014 · verdict: unserviceable"
    assert all_shown("finding", row, lookup=lookup, but={**row, "note": "cracked"}) == "note: –"
    assert all_shown("finding", row, lookup=lookup, but=row) == "Finding on W-014"
    assert all_shown("finding", None) == "taken back"
    assert all_shown("part", {"unit_price": 100, "currency": "CHF"}) == "unit price: CHF 1 · currency: CHF"


def test_counts() -> None:
    assert [count_words("finding", n) for n in (1, 12)] == ["1 finding", "12 findings"]
    assert count_words("opportunity", 1200) == "1,200 opportunities"


def plain(annotation: Any) -> Any:
    """The type of a field without None and Annotated."""
    if get_origin(annotation) in (Union, UnionType):
        return plain(next(one for one in get_args(annotation) if one is not type(None)))
    return plain(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def test_every_column_is_shown_by_its_type() -> None:
    """By its name, that is: the names say what the models say."""
    for table, model in row_models().items():
        if table == "conflict":
            continue
        for column, field in model.model_fields.items():
            kind = plain(field.annotation)
            assert (kind is bool) == (column in changes.YES_NO), (table, column)
            assert (kind is date) == (column.endswith("_on") or column in changes.DAYS), (table, column)
            assert (kind is datetime) == column.endswith("_at"), (table, column)
            words = column_words(table, column)
            assert words
            assert "_" not in words, (table, column)


ANY = st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text(), max_size=2)


@given(
    table=st.sampled_from([*row_models(), "checklist", "of tomorrow"]),
    row=st.dictionaries(
        st.sampled_from(sorted({c for m in row_models().values() for c in m.model_fields} | {"new\x1b"})), ANY
    ),
)
def test_hostile_rows_stay_on_one_line(table: str, row: dict[str, Any]) -> None:
    said = [row_words(table, row, lookup, TODAY), all_shown(table, row, lookup=lookup, today=TODAY)]
    said += [shown(table, column, value, currency=str(row.get("currency"))) for column, value in row.items()]
    assert said == [one_line(text) for text in said]
