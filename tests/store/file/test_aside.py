"""Putting aside what no Radar wrote: nothing else goes, nothing of it is lost, whenever the power does."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.file.aside import put_aside, unreadable
from radar_tui.store.file.check import faults
from radar_tui.store.lists.conflict import open_rows
from radar_tui.store.schema.touched import SYNCED
from tests.ui.world import World, build
from tests.unreadable import planted

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store


@pytest.fixture
def world(store: Store) -> World:
    return build(store)


def spoil(store: Store, sql: str) -> None:
    """What another program does."""
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql)
        connection.commit()


def whole(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in SYNCED}


def kept(store: Store) -> list[tuple[str, str, str | None, object]]:
    """Kind, table, column and value of every conflict."""
    rows = store.rows("SELECT kind, tbl, col, mine FROM conflict ORDER BY tbl, col")
    return [(row[0], row[1], row[2], json.loads(row[3])) for row in rows]


@pytest.mark.parametrize(
    ("column", "value", "now"),
    [
        ("archived_at", "0000-00-00", None),
        ("name", "  ", "(no name)"),
        ("status", "nobody", "active"),
        ("cadence_days", 0, 90),
    ],
)
def test_a_customer_does_not_go_because_of_a_field(
    store: Store, world: World, column: str, value: object, now: object
) -> None:
    before = whole(store.path)
    spoil(store, f"UPDATE customer SET {column} = {value!r}")
    assert [row.table for row in unreadable(store)] == ["customer"]
    assert put_aside(store) == 1
    after = whole(store.path)
    assert store.row(f"SELECT {column} FROM customer")[0] == now
    assert kept(store) == [("unreadable", "customer", column, value)]
    assert all(before[table] == after[table] for table in SYNCED if table not in ("customer", "conflict"))
    assert faults(store) == []


def test_a_row_on_which_nothing_hangs_is_kept_whole_in_its_conflict(store: Store, world: World) -> None:
    spoil(store, "UPDATE action SET due_on = '2026-02-30'")
    was = dict(store.row("SELECT * FROM main.action"))
    assert put_aside(store) == 1
    assert store.row("SELECT count(*) FROM main.action")[0] == 0
    assert kept(store) == [("unreadable", "action", None, was)]
    [conflict] = [one for row in open_rows(store) for one in row.conflicts]
    with pytest.raises(RadarError):
        store.conflict.take_mine(conflict.ids)


def test_what_has_to_hang_on_a_row_goes_with_it_and_what_need_not_lets_go(store: Store, world: World) -> None:
    spoil(store, "UPDATE response SET asked_on = '2026-02-30'")
    answer = dict(store.row("SELECT * FROM main.response"))
    loop = dict(store.row("SELECT * FROM main.follow_up"))
    put_aside(store)
    assert kept(store) == [("parent gone", "follow_up", None, loop), ("unreadable", "response", None, answer)]
    assert faults(store) == []
    spoil(store, "UPDATE part SET unit_price = -1, currency = '€'")
    put_aside(store)
    [line] = store.rows("SELECT part_id FROM opportunity_line")
    assert line[0] == world.part
    assert [row[:3] for row in kept(store) if row[1] == "part"] == [
        ("unreadable", "part", "currency"),
        ("unreadable", "part", "unit_price"),
    ]


def test_everything_at_once_and_again(store: Store, world: World) -> None:
    before = whole(store.path)
    with store.transaction() as connection:
        count = len(list(planted(connection)))
    assert len(unreadable(store)) == count
    assert put_aside(store) == count
    after = whole(store.path)
    assert all(set(before[table]) <= set(after[table]) for table in SYNCED)
    assert faults(store) == []
    assert put_aside(store) == 0
    ids = {row[0] for row in whole(store.path)["conflict"]}
    assert len(open_rows(store, 10_000)) >= count
    with store.transaction() as connection:
        list(planted(connection))
    put_aside(store)
    known = {row[0] for row in whole(store.path)["conflict"] if row[2] != "conflict"}
    assert known == ids  # the same row with the same value is the same conflict
    assert faults(store) == []


KILLED = """
import sys, time
from pathlib import Path
from radar_tui.store.file.aside import put_aside
from radar_tui.store.store import Store

with Store.open(Path(sys.argv[1])) as store:
    left = int(sys.argv[2])

    def seen(sql):
        global left
        left -= sql.startswith(("DELETE FROM main", "UPDATE main", "INSERT INTO main", "COMMIT"))
        if not left:
            print("here", flush=True)
            time.sleep(600)

    store.connection.set_trace_callback(seen)
    put_aside(store)
"""


@pytest.mark.parametrize("step", [1, 2, 40, 200])
def test_whoever_dies_in_the_middle_has_lost_nothing(store: Store, world: World, step: int) -> None:
    with store.transaction() as connection:
        count = len(list(planted(connection)))
    before = whole(store.path)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(store.path), str(step)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
    assert whole(store.path) == before
    assert put_aside(store) == count
    assert faults(store) == []


def test_what_points_to_nothing_is_put_aside_and_sync_can_go_on(world: World, store: Store) -> None:
    """Another program took a contact and a visit away and left behind what hangs on them."""
    contact = store.row("SELECT contact_id FROM response LIMIT 1")[0]
    visit = store.row("SELECT visit_id FROM opportunity WHERE visit_id IS NOT NULL LIMIT 1")[0]
    responses = store.row("SELECT count(*) FROM response WHERE contact_id = ?", [contact])[0]
    spoil(store, f"DELETE FROM contact WHERE id = '{contact}'")
    spoil(store, f"DELETE FROM visit WHERE id = '{visit}'")
    assert any(fault.aside for fault in faults(store))
    assert put_aside(store) > responses
    assert store.rows("PRAGMA foreign_key_check") == []
    assert not any(fault.aside for fault in faults(store))
    assert ("unreadable", "opportunity", "visit_id", visit) in kept(store)
    assert (
        sum(kind == "parent gone" and table == "response" for kind, table, _, _ in kept(store)) == responses
    )
