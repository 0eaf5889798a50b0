"""What a file knows of the time: visits, answers, verdicts, responses, and the newest entry of its hub."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.clock import clock_doubt
from radar_tui.store.facts.clock import HUB_TIME, moments_known
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store

SQL = {
    "visit": "UPDATE visit SET completed_at = '2027-03-01T10:00:00.000Z' WHERE rowid = 1",
    "begun": "UPDATE visit SET status = 'in progress', started_at = '2027-03-01T10:00:00.000Z' WHERE rowid = 2",
    "verdict": "UPDATE finding SET found_at = '2027-03-01T10:00:00.000Z' WHERE visit_id IN "
    "(SELECT id FROM visit WHERE status = 'in progress')",
    "response": "UPDATE response SET asked_on = '2027-03-01'",
    "retained": "UPDATE response SET question = 'retain', asked_on = '2027-03-01'",
    "hub": f"INSERT INTO local (key, value) VALUES ('{HUB_TIME}', '2027-03-01T10:00:00.000Z')",
}


@pytest.mark.parametrize("newer", SQL)
def test_what_is_newer_than_the_clock_speaks_against_it(store: Store, newer: str) -> None:
    build(store)
    if newer == "verdict":
        with store.transaction() as connection:
            connection.execute("UPDATE visit SET status = 'in progress', completed_at = NULL")
    assert clock_doubt(store.clock(), moments_known(store)) == ""
    with store.transaction() as connection:
        connection.execute(SQL[newer])
    assert "1 Mar 2027" in clock_doubt(store.clock(), moments_known(store)) or newer in (
        "response",
        "retained",
    )
    assert clock_doubt(store.clock(), moments_known(store))


def test_an_empty_file_knows_nothing_and_a_foreign_text_is_no_moment(store: Store) -> None:
    assert moments_known(store) == []
    store.local.put(HUB_TIME, "yesterday")
    assert moments_known(store) == []
    store.local.put(HUB_TIME, "2026-12-03T10:00:00")
    assert moments_known(store) == []


def test_who_was_asked_today_where_the_day_begins_first_is_no_reason(store: Store) -> None:
    """A colleague in Auckland writes tomorrow's date."""
    build(store)
    with store.transaction() as connection:
        connection.execute(
            "UPDATE response SET asked_on = ?", [(store.clock() + timedelta(hours=12)).date().isoformat()]
        )
    assert clock_doubt(store.clock(), moments_known(store)) == ""
