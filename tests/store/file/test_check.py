"""`radar check` finds each kind of damage and repairs what can be computed again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from radar_tui.cli import main
from radar_tui.domain.row import Row
from radar_tui.errors import RadarError
from radar_tui.store.file import check
from radar_tui.store.file.backup import good_backups
from radar_tui.store.rows.models import row_models
from radar_tui.store.store import Store
from tests.fresh import fresh

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(fresh(tmp_path / "radar.db"), clock=lambda: NOON)
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO checklist (id, key, version, title, definition) VALUES ('k', 'k', 1, 'K', '')"
        )
        for n in range(200):
            connection.execute("INSERT INTO customer (id, name) VALUES (?, ?)", [f"c{n}", f"Customer {n}"])
            connection.execute(
                "INSERT INTO visit (id, customer_id, checklist_id, status, completed_at) "
                "VALUES (?, ?, 'k', 'completed', '2026-08-01T10:00:00.000Z')",
                [f"v{n}", f"c{n}"],
            )
    return store


def words(store: Store) -> list[str]:
    return [fault.words for fault in check.faults(store)]


def test_a_sound_file(store: Store) -> None:
    assert check.faults(store) == []


def test_due_dates_are_held_against_the_visits(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE customer_due SET due_on = '2020-01-01' WHERE customer_id = 'c1'")
        connection.execute("DELETE FROM customer_due WHERE customer_id = 'c2'")
    assert words(store) == ["The due date of 2 customers does not follow from the visits."]
    check.repair(store)
    assert check.faults(store) == []
    due = store.row("SELECT due_on, last_seen FROM customer_due WHERE customer_id = 'c1'")
    assert tuple(due) == ("2026-10-30", "2026-08-01")


def test_a_missing_trigger_comes_back_and_what_it_missed_too(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("DROP TRIGGER customer_due_visit_changed")
        connection.execute("UPDATE visit SET completed_at = '2026-11-01T10:00:00.000Z' WHERE id = 'v1'")
    assert words(store) == [
        "The trigger customer_due_visit_changed is missing.",
        "The due date of 1 customer does not follow from the visits.",
    ]
    assert all(fault.repairable for fault in check.faults(store))
    check.repair(store)
    assert check.faults(store) == []
    assert len(good_backups(store.path)) == 1


def test_a_changed_trigger_and_a_missing_index(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("DROP INDEX visit_status")
        connection.execute("DROP TRIGGER customer_due_customer_gone")
        connection.execute(
            "CREATE TRIGGER customer_due_customer_gone AFTER DELETE ON customer BEGIN SELECT 1; END"
        )
    assert set(words(store)) == {
        "The index visit_status is missing.",
        "The trigger customer_due_customer_gone is not as Radar made it.",
    }
    check.repair(store)
    assert check.faults(store) == []


def test_a_trigger_of_somebody_else_is_named_and_left_alone(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("CREATE TRIGGER mine AFTER INSERT ON market BEGIN SELECT 1; END")
    assert words(store) == ["The trigger mine is not of Radar and may change rows on its own."]
    check.repair(store)
    assert len(check.faults(store)) == 1


def test_a_table_changed_by_another_program(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("ALTER TABLE market ADD COLUMN code TEXT")
    assert words(store)[0] == "The table market is not as Radar made it."


def test_a_row_whose_parent_is_gone(store: Store) -> None:
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("INSERT INTO contact (id, customer_id, name) VALUES ('p', 'gone', 'P')")
    assert words(store) == ["1 row of contact points to a customer that is not there."]


def test_a_row_that_no_screen_could_read(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO market (id, name) VALUES ('m\x1b[31m', ' ')")
        connection.execute(
            "INSERT INTO ticket (id, customer_id, reference, opened_at) VALUES ('t', 'c1', 'T-1', 'no')"
        )
    assert words(store) == [
        "Market   cannot be read: name is “ ”.",
        "Ticket T-1 of Customer 1 cannot be read: opened is “no”.",
    ]


def test_an_index_that_lost_a_row(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("PRAGMA writable_schema = ON")
        stored = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'visit_status'").fetchone()[0]
        connection.execute("UPDATE sqlite_master SET sql = sql || ' WHERE 0' WHERE name = 'visit_status'")
    path = store.path
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM visit WHERE id = 'v3'")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'visit_status'", [stored])
    with Store.open(path, clock=lambda: NOON) as again:
        [fault] = check.faults(again)
        assert "index" in fault.words
        assert fault.repairable
        check.repair(again)
        assert check.faults(again) == []


def test_a_damaged_page(store: Store) -> None:
    root, size = (
        store.row("SELECT rootpage FROM sqlite_master WHERE name = 'visit'")[0],
        store.row("PRAGMA page_size")[0],
    )
    store.close()
    with store.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(store.path, clock=lambda: NOON) as again:
        found = check.faults(again)
        assert found
        assert all("damaged" in fault.words and "radar restore" in fault.hint for fault in found)
        assert not any(fault.repairable for fault in found)


def test_every_table_that_travels_has_its_model(store: Store) -> None:
    local = {
        "checklist",
        "local",
        "touched",
        "customer_due",
        "quarter_count",
        "search_stale",
        "_sqlite_migrations",
        "sqlite_sequence",
    }
    tables = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(row_models()) == tables - local
    for table, model in row_models().items():
        assert issubclass(model, Row)
        columns = [row["name"] for row in store.rows("SELECT name FROM pragma_table_info(?)", [table])]
        assert sorted(model.model_fields) == sorted(columns), table


def test_a_row_begins_alike_in_its_model_and_in_the_database(store: Store) -> None:
    for table, model in row_models().items():
        for name, begins in store.rows("SELECT name, dflt_value FROM pragma_table_info(?)", [table]):
            field = model.model_fields[name]
            if begins is not None:
                assert field.default == store.row(f"SELECT {begins}")[0], (table, name)
            # The ends of a measure's scale always come from the form.
            elif table not in ("measure", "kind_measure"):
                assert field.is_required() or field.default is None, (table, name)


def test_a_text_that_is_none_is_named_by_its_row(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE customer SET notes = CAST(x'61ff' AS TEXT) WHERE id = 'c7'")
    assert words(store) == ["1 row of customer cannot be read: c7"]
    assert store.row("SELECT name FROM customer WHERE id = 'c7'")[0] == "Customer 7"


def spoiled(store: Store) -> None:
    """A number where the tables allow only text, as a flipped bit or another program leaves it."""
    with closing(sqlite3.connect(store.path)) as other:
        sql = other.execute("SELECT sql FROM sqlite_master WHERE name = 'visit'").fetchone()[0]
    change = "UPDATE sqlite_master SET sql = ? WHERE name = 'visit'"
    for text, then in (
        (sql.replace("STRICT", ""), "UPDATE visit SET current_step = x'07'"),
        (sql, "SELECT 1"),
    ):
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("PRAGMA writable_schema = ON")
            other.execute(change, [text])
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute(then)


def test_an_error_for_which_the_file_is_to_blame_says_so(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="ours"), store.again():
        raise ValueError("ours")
    store.close()
    spoiled(store)
    with (
        pytest.raises(RadarError, match="damaged, or another program wrote into it") as found,
        Store.open(store.path),
    ):
        raise ValueError("because of that")
    assert "radar restore --db" in found.value.hint
    with (
        patch.object(main, "_run", side_effect=TypeError("because of that")),
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("RADAR_DEBUG", "1")
        assert main.main(["due", "--db", str(store.path)]) == 1
    assert "another program wrote into it" in capsys.readouterr().err


def test_rows_that_break_a_rule_of_their_table_are_named(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE customer SET status = 'nobody' WHERE id = 'c1'")
        connection.execute("UPDATE visit SET completed_at = NULL WHERE id = 'v1'")
        connection.commit()
    said = words(store)
    assert "Customer Customer 1 cannot be read: status is “nobody”." in said
    assert "A row of visit breaks a rule of its table." in said
    assert not any("damaged" in line for line in said)
