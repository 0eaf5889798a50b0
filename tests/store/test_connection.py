"""Transactions on real files, and two stores on one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from radar_tui.domain.customer import Customer, Market
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed, quoted, system_clock
from radar_tui.store.rows.customer import Customers
from radar_tui.store.rows.market import Markets
from radar_tui.store.store import Store
from tests.fresh import fresh

NOON = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(fresh(tmp_path / "radar.db"), clock=lambda: NOON)


def markets(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT name FROM market ORDER BY name")]


def add(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("INSERT INTO market (id, name) VALUES (?, ?)", [name, name])


def test_an_error_inside_takes_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as connection:
        add(connection, "a")
        raise ZeroDivisionError
    assert markets(store) == []
    assert not store.connection.in_transaction


def test_a_transaction_inside_another_is_part_of_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as outer:
        add(outer, "a")
        with store.transaction() as inner:
            add(inner, "b")
            with store.transaction() as innermost:
                add(innermost, "c")
        raise ZeroDivisionError
    assert markets(store) == []


def test_a_part_that_fails_is_undone_alone(store: Store) -> None:
    with store.transaction() as connection:
        add(connection, "a")
        with suppress(RadarError), store.transaction():
            add(connection, "b")
            add(connection, "b")
        add(connection, "c")
    assert markets(store) == ["a", "c"]


def test_the_schema_says_no_in_words(store: Store) -> None:
    with pytest.raises(RadarError, match="refused this change") as caught, store.transaction() as connection:
        connection.execute("INSERT INTO customer (id, name, status) VALUES ('c', 'C', 'sleeping')")
    assert not isinstance(caught.value, SaveFailed)
    with pytest.raises(RadarError, match="FOREIGN KEY"), store.transaction() as connection:
        connection.execute("INSERT INTO contact (id, customer_id, name) VALUES ('p', 'nobody', 'P')")


def test_a_full_disk_half_writes_nothing_and_is_tried_again(store: Store) -> None:
    pages = store.row("PRAGMA page_count")[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(SaveFailed, match="disk is full"), store.transaction() as connection:
        add(connection, "small")
        add(connection, "x" * 100_000)
    assert markets(store) == []
    store.connection.execute("PRAGMA max_page_count = 1000000")
    with store.transaction() as connection:
        add(connection, "small")
    assert markets(store) == ["small"]


def test_a_full_disk_at_the_end_of_a_part(store: Store) -> None:
    pages = store.row("PRAGMA page_count")[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(SaveFailed), store.transaction(), store.transaction() as connection:
        add(connection, "x" * 100_000)
    assert not store.connection.in_transaction


def test_a_file_that_may_only_be_read(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(SaveFailed, match="may only be read"), store.transaction() as connection:
        add(connection, "a")
    store.connection.execute("PRAGMA query_only = OFF")
    with store.transaction() as connection:
        add(connection, "a")
    assert markets(store) == ["a"]


def test_another_process_writing_is_said_and_then_waited_out(store: Store) -> None:
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
            "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read(); c.execute('COMMIT')",
            str(store.path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline().strip() == b"held"
        assert markets(store) == []  # reading goes on
        with pytest.raises(SaveFailed, match="Another program is writing"), store.transaction() as connection:
            add(connection, "a")
        threading.Timer(0.05, other.stdin.close).start()
        with store.transaction() as connection:
            add(connection, "a")
        other.wait(10)
    assert markets(store) == ["a"]


def test_two_stores_see_each_others_changes(store: Store) -> None:
    with store.again() as other:
        before, theirs = store.version(), other.version()
        assert store.version() == before
        with other.transaction() as connection:
            add(connection, "a")
        assert markets(store) == ["a"]
        assert store.version() != before
        assert other.version() != theirs
        with store.transaction() as connection:
            add(connection, "b")
        assert markets(other) == ["a", "b"]
        assert other.row("PRAGMA synchronous")[0] == 2


def test_a_question_that_makes_no_sense_is_no_damage(store: Store) -> None:
    with pytest.raises(RadarError, match="could not be read") as caught:
        store.rows("SELECT nothing FROM nowhere")
    assert "damaged" not in str(caught.value)
    with pytest.raises(RadarError, match="could not be read"):
        store.row("SELECT nothing FROM nowhere")
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.rows("SELECT 1")


def test_saving_finding_and_changing_a_row(store: Store) -> None:
    table = Customers(store)
    saved = table.save(Customer(id="c", name="Aurora [/x] \x1b[31m", annual_value=120_000_00))
    assert table.get("c") == saved
    assert table.find("nobody") is None
    assert table.find(None) is None
    table.save(saved.model_copy(update={"notes": "new"}))
    assert [row.notes for row in table.where()] == ["new"]
    with pytest.raises(RadarError, match="customer is no longer there"):
        table.get("nobody")
    table.delete("c")
    assert table.where() == []


def test_several_rows_are_saved_all_or_none(store: Store) -> None:
    table = Customers(store)
    with pytest.raises(RadarError):
        table.save_all([Customer(id="a", name="A"), Customer(id="b", name="B", market_id="nowhere")])
    assert table.where() == []


def test_a_row_that_another_program_spoiled_is_left_out_until_it_is_written_again(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO market (id, name) VALUES ('m', '   ')")
    assert Markets(store).where() == []
    with store.again() as other:
        assert other.notice == (
            "1 row of radar.db cannot be read and is left out of lists and figures. `radar check` says which."
        )
    Markets(store).save(Market(id="m", name="Tissue"))
    assert [row.name for row in Markets(store).where()] == ["Tissue"]


def test_the_clock_knows_its_zone() -> None:
    assert system_clock().utcoffset() is not None


def test_a_path_can_be_pasted() -> None:
    assert quoted(Path("/home/marta/radar.db")) == "/home/marta/radar.db"
    assert quoted(Path("/home/marta ricci/radar.db")) == '"/home/marta ricci/radar.db"'


def test_a_second_connection_does_not_cost_the_first_its_journal(store: Store) -> None:
    """Closing any other handle on the file drops our locks; another program would then take the journal away."""
    with store.transaction() as connection:
        add(connection, "before")
    store.again().close()
    other = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM market'); c.close()"
    )
    subprocess.run([sys.executable, "-c", other, str(store.path)], check=True)
    assert store.path.with_name("radar.db-wal").exists()
    with store.transaction() as connection:
        add(connection, "after")
    with sqlite3.connect(store.path) as fresh:
        assert fresh.execute("SELECT count(*) FROM market").fetchone() == (2,)
