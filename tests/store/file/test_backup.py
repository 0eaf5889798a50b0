"""Backups are checked, seven are kept, and restoring loses nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.errors import RadarError
from radar_tui.store.file import backup
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return Store.open(tmp_path / "radar.db", clock=clock)


def add(store: Store, name: str) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO market (id, name) VALUES (?, ?)", [name, name])


def markets(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM market ORDER BY name")]


def test_a_backup_holds_what_was_there(store: Store) -> None:
    add(store, "a")
    made = store.backup.make()
    add(store, "b")
    assert markets(made) == ["a"]
    assert made.name == "20261203-110000Z.db"
    assert backup.made_at(made) == NOON
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_two_in_one_second_are_two(store: Store) -> None:
    add(store, "a")
    first = store.backup.make()
    add(store, "b")
    second = store.backup.make()
    assert (markets(first), markets(second)) == (["a"], ["a", "b"])
    assert backup.good_backups(store.path) == [second, first]


def test_many_imports_do_not_push_out_the_week(store: Store, clock: Clock) -> None:
    for day in range(6):
        clock.now = NOON + timedelta(days=day)
        store.backup.make()
    before = backup.good_backups(store.path)
    for minute in range(1, 13):
        clock.now = NOON + timedelta(days=5, minutes=minute)
        store.backup.make()
    found = backup.good_backups(store.path)
    assert set(before) < set(found)
    assert len(found) == len(before) + 3


def test_backups_grow_rarer_with_their_age_and_are_bounded() -> None:
    made: set[datetime] = set()
    for hour in range(24 * 90):
        now = NOON + timedelta(hours=hour)
        made = backup.to_keep({*made, now, now + timedelta(minutes=20)}, now + timedelta(minutes=20))
    ages = sorted((now - moment for moment in made), reverse=True)
    assert len(ages) <= 42
    assert timedelta(days=28) < ages[0] < timedelta(days=35)
    assert sum(age < timedelta(days=1) for age in ages) >= 24
    days = {moment.date() for moment in made if now - moment < timedelta(days=7)}
    assert len(days) >= 7


def test_after_months_away_the_newest_three_are_still_there(store: Store, clock: Clock) -> None:
    made = []
    for day in range(5):
        clock.now = NOON + timedelta(days=day)
        made.append(store.backup.make())
    clock.now = NOON + timedelta(days=200)
    made.append(store.backup.make())
    assert backup.good_backups(store.path) == made[:-4:-1]


def test_files_of_others_are_left_alone(store: Store, clock: Clock) -> None:
    store.backup.make()
    stranger = paths.backups(store.path) / "my copy.db"
    stranger.write_text("mine")
    for day in range(9):
        clock.now = NOON + timedelta(days=day)
        store.backup.make()
    assert stranger.read_text() == "mine"
    assert stranger not in backup.good_backups(store.path, checked=False)


def test_one_a_day(store: Store, clock: Clock) -> None:
    assert store.backup.make_if_due() is not None
    clock.now = NOON + timedelta(hours=23)
    assert store.backup.make_if_due() is None
    clock.now = NOON + timedelta(hours=25)
    assert store.backup.make_if_due() is not None
    # The clock was wrong for a while: a backup from the future does not stop the next ones.
    clock.now = NOON - timedelta(days=30)
    assert store.backup.make_if_due() is not None
    assert store.backup.make_if_due() is None, "the one just made says something, whatever the others say"


def test_a_backup_stays_though_others_are_from_the_future(store: Store, clock: Clock) -> None:
    """A battery was empty, or the clock a year ahead: by their names all others are newer."""
    future = []
    for day in range(7):
        clock.now = NOON + timedelta(days=365 + day)
        future.append(store.backup.make())
    made = []
    for day in range(3):
        clock.now = NOON + timedelta(days=day)
        made.append(store.backup.make())
        assert made[-1].exists()
    assert set(backup.good_backups(store.path)) == {*made, *future}


def test_one_that_cannot_be_read_back_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.backup.make()
    monkeypatch.setattr(backup, "is_sound", lambda file: False)
    with pytest.raises(RadarError, match="could not be read back"):
        store.backup.make()
    assert list(kept.parent.iterdir()) == [kept]


def test_no_room_for_a_backup(store: Store) -> None:
    paths.backups(store.path).write_text("a file where the folder should be")
    with pytest.raises(RadarError, match="No backup could be written") as caught:
        store.backup.make()
    assert "Your data is safe" in caught.value.hint


def test_a_damaged_backup_is_passed_over(store: Store) -> None:
    good, bad = store.backup.make(), store.backup.make()
    bad.write_bytes(good.read_bytes()[:5000])
    assert backup.good_backups(store.path) == [good]
    assert backup.good_backups(store.path, checked=False) == [bad, good]
    assert backup.newest_good(store.path) == good


def test_restoring_puts_the_old_file_aside(store: Store, clock: Clock) -> None:
    add(store, "a")
    made = store.backup.make()
    add(store, "b")
    store.close()
    aside = backup.restore(store.path, made, clock())
    assert aside is not None
    assert aside.name == "radar.db.before-restore-20261203-110000Z"
    assert (markets(store.path), markets(aside)) == (["a"], ["a", "b"])
    assert made.exists()
    again = backup.restore(store.path, made, clock())
    assert again not in (None, aside)
    assert markets(aside) == ["a", "b"]
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o777 == 0o600


def test_restoring_over_a_damaged_file_keeps_it_with_its_journal(store: Store, clock: Clock) -> None:
    add(store, "a")
    made = store.backup.make()
    store.close()
    store.path.write_bytes(b"\0" * 9000)
    wal = store.path.with_name("radar.db-wal")
    wal.write_bytes(b"what was written last")
    aside = backup.restore(store.path, made, clock())
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 9000
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what was written last"
    assert not wal.exists()
    assert markets(store.path) == ["a"]


def test_restoring_where_nothing_is(store: Store, clock: Clock, tmp_path: Path) -> None:
    add(store, "a")
    made = store.backup.make()
    store.close()
    store.path.unlink()
    assert backup.restore(store.path, made, clock()) is None
    assert markets(store.path) == ["a"]


def test_restoring_without_links(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", no_links)
    add(store, "a")
    made = store.backup.make()
    store.close()
    aside = backup.restore(store.path, made, clock())
    assert aside is not None
    assert markets(aside) == ["a"]


def test_a_file_in_use_is_not_replaced(store: Store, clock: Clock) -> None:
    made = store.backup.make()
    with pytest.raises(RadarError, match="open in another Radar"):
        backup.restore(store.path, made, clock())
    add(store, "still writing")
    assert markets(store.path) == ["still writing"]
    assert store.row("PRAGMA journal_mode")[0] == "wal"


def test_a_crash_while_restoring_leaves_a_whole_file(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "a")
    made = store.backup.make()
    add(store, "b")
    store.close()
    real = os.replace

    def pulled_plug(source: Path, target: Path) -> None:
        if target == store.path:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", pulled_plug)
    with pytest.raises(RadarError, match="could not be put in place"):
        backup.restore(store.path, made, clock())
    assert markets(store.path) == ["a", "b"]


@pytest.mark.parametrize("content", ["empty", "text", "foreign", "newer", "missing"])
def test_what_is_no_backup_is_refused(store: Store, clock: Clock, tmp_path: Path, content: str) -> None:
    add(store, "a")
    other = tmp_path / "other.db"
    if content == "empty":
        other.touch()
    elif content == "text":
        other.write_text("hello" * 1000)
    elif content != "missing":
        source = Store.open(other, clock=clock) if content == "newer" else None
        if source:
            source.close()
        with closing(sqlite3.connect(other)) as connection, connection:
            if source:
                connection.execute("UPDATE _sqlite_migrations SET name = 'v9' WHERE name = 'track_changes'")
            else:
                connection.execute("CREATE TABLE recipes (title TEXT)")
    store.close()
    with pytest.raises(RadarError):
        backup.restore(store.path, other, clock())
    assert markets(store.path) == ["a"]
