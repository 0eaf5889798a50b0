"""The answers counted by quarter are what counting the rows anew gives, whatever happens to the rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.nps import NpsCounts, count, newest
from radar_tui.store.file import check
from radar_tui.store.schema.counted import QUARTERS_OF_RESPONSES

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.store.conftest import Plant

FIRST = date(2026, 1, 20)
Change = tuple[str, int, str, str, int, int, bool]
changes = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "replace", "delete", "void"]),
        st.integers(0, 9),
        st.sampled_from(["ada", "bo"]),
        st.sampled_from(["recommend", "retain"]),
        st.integers(0, 10),
        st.integers(0, 9).map(lambda n: n * 21),
        st.booleans(),
    ),
    max_size=24,
)


def act(store: Store, change: Change) -> None:
    """One statement as Radar or sync writes it."""
    how, number, contact, question, score, days, voided = change
    row = (
        f"r{number}",
        "aurora",
        contact,
        question,
        score,
        (FIRST + timedelta(days=days)).isoformat(),
        "2026-12-01T10:00:00.000Z" if voided else None,
    )
    insert = (
        "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on, voided_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO "
    )
    update = (
        "UPDATE SET contact_id = excluded.contact_id, question = excluded.question, score = excluded.score, "
    )
    execute = store.connection.execute
    if how == "add":
        execute(insert + "NOTHING", row)
    elif how == "change":
        execute(insert + update + "asked_on = excluded.asked_on, voided_at = excluded.voided_at", row)
    elif how == "replace":
        execute("DELETE FROM response WHERE id = ?", row[:1])
        execute(insert + "NOTHING", row)
    elif how == "delete":
        execute("DELETE FROM response WHERE id = ?", row[:1])
    else:
        execute("UPDATE response SET voided_at = ? WHERE id = ?", [row[6], row[0]])


def stored(store: Store) -> dict[tuple[str, date], NpsCounts]:
    return {
        (row[0], date.fromisoformat(row[1])): NpsCounts(*row[2:])
        for row in store.rows("SELECT question, quarter, promoters, passives, detractors FROM quarter_count")
    }


def recounted(store: Store) -> dict[tuple[str, date], NpsCounts]:
    """From the rows, by domain/nps.py, quarter by quarter."""
    rows, found = store.response.where(), {}
    for month in range(1, 13, 3):
        start, end = date(2026, month, 1), date(2026 + month // 10, (month + 3) % 12, 1)
        window = newest(rows, end - timedelta(days=1), (end - start).days)
        for question in ("recommend", "retain"):
            if scores := [row.score for row in window if row.question == question]:
                found[question, start] = count(scores)
    return found


@given(changes)
@settings(max_examples=150)
def test_the_counts_are_those_of_the_rows(plant: Plant, made: list[Change]) -> None:
    store = plant.store
    store.connection.execute("DELETE FROM response")
    for change in made:
        act(store, change)
        assert stored(store) == recounted(store)
    assert {
        (row[0], date.fromisoformat(row[1])): NpsCounts(*row[2:]) for row in store.rows(QUARTERS_OF_RESPONSES)
    } == (stored(store))


def test_what_is_no_date_is_in_no_quarter(plant: Plant) -> None:
    plant.store.connection.execute(
        "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on) "
        "VALUES ('r', 'aurora', 'ada', 'recommend', 9, 'soon')"
    )
    assert stored(plant.store) == {}
    plant.store.connection.execute("UPDATE main.response SET asked_on = '2026-05-01'")
    assert stored(plant.store) == {("recommend", date(2026, 4, 1)): NpsCounts(1, 0, 0)}


def test_check_finds_and_repairs_a_wrong_count(plant: Plant) -> None:
    store = plant.store
    act(store, ("add", 1, "ada", "recommend", 9, 0, False))
    store.connection.execute("UPDATE quarter_count SET detractors = 7")
    [fault] = [fault for fault in check.faults(store) if "quarter" in fault.words]
    assert fault.repairable
    check.repair(store)
    assert check.faults(store) == []
    assert stored(store) == {("recommend", date(2026, 1, 1)): NpsCounts(1, 0, 0)}
