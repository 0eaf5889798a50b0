"""The demo is the sample as if it ended today, and never overwrites anything but a demo."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.errors import RadarError
from radar_tui.store import demo
from radar_tui.store.file.backup import is_sound
from radar_tui.store.file.check import faults
from radar_tui.store.ids import fact_id
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
LAST = date(2026, 12, 3)
DAYS = 91
A_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d.*)?")
COLUMNS = {
    "action": ["due_on", "done_on"],
    "answer": ["answered_at"],
    "colleague": ["left_on"],
    "conflict": ["at"],
    "contact": ["left_on"],
    "counterpart": ["met_on"],
    "customer": ["archived_at"],
    "finding": ["found_at"],
    "follow_up": ["due_at", "closed_at"],
    "item": ["installed_on", "refurbished_on", "retired_on"],
    "opportunity": ["expected_on"],
    "opportunity_line": ["needed_by", "decided_on"],
    "part": ["archived_at"],
    "promise": ["made_on", "retired_on"],
    "reading": ["as_of"],
    "response": ["asked_on", "voided_at"],
    "scorecard": ["as_of"],
    "ticket": ["opened_at", "closed_at", "followed_up_on", "shown_on"],
    "visit": ["planned_on", "started_at", "completed_at", "completed_on"],
}
ROWS = (
    "INSERT INTO checklist VALUES ('k', 'k', 1, 'K', '')",
    "INSERT INTO customer (id, name) VALUES ('c', 'Aurora')",
    "INSERT INTO visit (id, customer_id, checklist_id, status, completed_at) "
    "VALUES ('v', 'c', 'k', 'completed', '2026-08-01T22:30:07.250Z')",
    "INSERT INTO visit (id, customer_id, checklist_id, planned_on) VALUES ('w', 'c', 'k', '2026-12-10')",
    "INSERT INTO answer (id, visit_id, question, value, note, answered_at) "
    "VALUES ('a', 'v', 'when', '2026-12-24', 'on 2026-12-24', '2026-08-01T20:00:00.000Z')",
    "INSERT INTO answer (id, visit_id, question, value, answered_at) "
    "VALUES ('b', 'v', 'x', 'yes', '2026-08-01T20:00:00.000Z')",
    "INSERT INTO local VALUES ('sample_last_day', '2026-12-03')",
)
CARDS = [(fact_id("scorecard", "c", day), day) for day in ("2026-09-03", "2026-12-03")]


def clock() -> datetime:
    return NOW


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small sample, and a data folder of its own."""
    path = tmp_path / "sample.db"
    with Store.open(path, clock=clock) as store, store.transaction() as connection:
        for statement in ROWS:
            connection.execute(statement)
        connection.executemany("INSERT INTO scorecard (id, customer_id, as_of) VALUES (?, 'c', ?)", CARDS)
    monkeypatch.setattr(paths, "sample", lambda: path)
    monkeypatch.setattr(paths, "demo_database", lambda: tmp_path / "data" / "demo.db")
    return path


def test_every_date_is_known(tmp_path: Path) -> None:
    with Store.open(tmp_path / "radar.db", clock=clock) as store:
        assert demo.date_columns(store.connection) == COLUMNS


@pytest.mark.skipif(not paths.sample().exists(), reason="the sample is built by python -m tests.sample")
def test_the_sample_has_no_date_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    shutil.copyfile(paths.sample(), path)
    elsewhere = set()
    with closing(sqlite3.connect(path)) as connection:
        columns = connection.execute(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND c.type = 'TEXT' "
            "AND t.name NOT IN ('customer_due', 'quarter_count', '_sqlite_migrations', 'local')"
        ).fetchall()
        for table, column in columns:
            values = connection.execute(f"SELECT DISTINCT {column} FROM {table}")
            if any(value and A_DATE.fullmatch(value) for (value,) in values):
                elsewhere.add((table, column))
    known = {(table, column) for table, names in COLUMNS.items() for column in names}
    assert elsewhere - known <= {("answer", "value")}


def test_everything_moves_by_the_same_days(sample: Path, tmp_path: Path) -> None:
    made = demo.fresh(None, clock)
    assert made == tmp_path / "data" / "demo.db"
    with Store.open(made, clock=clock) as store:
        assert faults(store) == []
        seen = tuple(store.row("SELECT last_seen, planned_on, due_on FROM customer_due"))
        assert seen == ("2026-10-31", "2027-03-11", "2027-01-29")
        assert store.row("SELECT completed_at FROM visit WHERE id = 'v'")[0] == "2026-10-31T22:30:07.250Z"
        answers = {row["question"]: row for row in store.rows("SELECT * FROM answer")}
        assert answers["when"]["value"] == (date(2026, 12, 24) + timedelta(days=DAYS)).isoformat()
        assert answers["when"]["note"] == "on 2026-12-24"
        assert answers["x"]["value"] == "yes"
        assert store.row("SELECT value FROM local WHERE key = 'sample_last_day'")[0] == "2027-03-04"
        cards = store.rows("SELECT id, as_of FROM scorecard ORDER BY as_of")
        assert [tuple(card) for card in cards] == [
            (fact_id("scorecard", "c", day), day) for day in ("2026-12-03", "2027-03-04")
        ]
    assert sorted(file.name for file in made.parent.iterdir()) == ["demo.db"]


def test_back_in_time_too(sample: Path, tmp_path: Path) -> None:
    made = demo.fresh(tmp_path / "early.db", lambda: datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    with Store.open(made, clock=clock) as store:
        assert store.row("SELECT planned_on FROM customer_due")[0] == "2026-11-05"


@pytest.mark.parametrize("later", range(7))
def test_weekdays_stay_and_the_last_day_is_at_most_six_days_ago(
    sample: Path, tmp_path: Path, later: int
) -> None:
    made = demo.fresh(tmp_path / "week.db", lambda: NOW + timedelta(days=later))
    with Store.open(made, clock=clock) as store:
        assert store.row("SELECT value FROM local WHERE key = 'sample_last_day'")[0] == "2027-03-04"
        assert store.row("SELECT completed_at FROM visit WHERE id = 'v'")[0] == "2026-10-31T22:30:07.250Z"


def test_each_demo_is_fresh(sample: Path) -> None:
    made = demo.fresh(None, clock)
    with Store.open(made, clock=clock) as store, store.transaction() as connection:
        connection.execute("UPDATE customer SET name = 'Changed'")
    assert demo.fresh(None, clock) == made
    with Store.open(made, clock=clock) as store:
        assert store.row("SELECT name FROM customer_due")[0] == "Aurora"


def test_a_visit_in_progress_is_not_replaced_without_a_word(sample: Path) -> None:
    made = demo.fresh(None, clock)
    with Store.open(made, clock=clock) as store, store.transaction() as connection:
        connection.execute(
            "INSERT INTO visit (id, customer_id, checklist_id, status, started_at) "
            "VALUES ('x', 'c', 'k', 'in progress', '2027-03-04T08:00:00.000Z')"
        )
    with pytest.raises(RadarError, match="visit in progress, to Aurora") as refused:
        demo.fresh(None, clock)
    assert f"radar --db {made}" in (refused.value.hint or "")
    assert demo.fresh(None, clock, force=True) == made
    with Store.open(made, clock=clock) as store:
        assert store.row("SELECT count(*) FROM visit WHERE status = 'in progress'")[0] == 0


def test_the_visit_that_the_sample_has_in_progress_is_nobodys_until_it_is_gone_on_with(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection, connection:
        connection.execute("UPDATE visit SET status = 'in progress' WHERE id = 'v'")
    made = demo.fresh(None, clock)
    assert demo.fresh(None, clock) == made
    with Store.open(made, clock=clock) as store, store.transaction() as connection:
        connection.execute("DELETE FROM answer WHERE id = 'a'")
    with pytest.raises(RadarError, match="in progress"):
        demo.fresh(None, clock)


def test_one_that_is_open_is_left_alone(sample: Path) -> None:
    with Store.open(demo.fresh(None, clock), clock=clock) as store:
        second = demo.fresh(None, clock)
        assert second.name == "demo-2.db"
        with store.transaction() as connection:
            connection.execute("UPDATE customer SET name = 'Still mine'")
    assert is_sound(store.path)
    with pytest.raises(RadarError, match="open in another Radar"), Store.open(second, clock=clock):
        demo.fresh(second, clock)


@pytest.mark.parametrize("content", ["radar", "foreign", "text", "empty"])
def test_nothing_but_a_demo_is_overwritten(sample: Path, tmp_path: Path, content: str) -> None:
    target = tmp_path / "mine.db"
    if content == "radar":
        Store.open(target, clock=clock).close()
    elif content == "foreign":
        with closing(sqlite3.connect(target)) as connection, connection:
            connection.execute("CREATE TABLE recipes (title TEXT)")
    else:
        target.write_text("a letter" if content == "text" else "")
    before = target.read_bytes()
    with pytest.raises(RadarError, match="is not a demo"):
        demo.fresh(target, clock)
    assert target.read_bytes() == before


def test_an_installation_without_the_sample(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "sample", lambda: tmp_path / "nowhere.db")
    with pytest.raises(RadarError, match="not part of this installation"):
        demo.fresh(None, clock)


def test_a_folder_that_cannot_be_written(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RadarError, match="could not be written"):
        demo.fresh(tmp_path / "file" / "demo.db", clock)


def test_only_the_sample_is_moved(tmp_path: Path) -> None:
    with (
        Store.open(tmp_path / "mine.db", clock=clock) as store,
        pytest.raises(RadarError, match="not the sample"),
    ):
        demo.move_to(store, NOW.date())
