"""The Sync screen: where the database is, and what would bring it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.sync import file_size, kept, lines, when
from tests.ui.world import introduce, shown, strips_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 12, 3, 10, 42, tzinfo=UTC)


async def test_it_says_where_the_file_is_and_that_nobody_else_has_it(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await app.workers.wait_for_complete()
        text = shown(app)
    assert "This database is on this laptop only." in text
    assert "radar.db" in text
    assert "kB" in text or "MB" in text


async def test_b_writes_a_backup_and_shows_it(store: Store) -> None:
    from radar_tui.store.backup import good_backups

    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        before = len(good_backups(store.path))
        await pilot.press("5", "b")
        await pilot.pause()
        assert len(good_backups(store.path)) == before + 1
        line = next(line for line in shown(app).splitlines() if "Backups" in line)
        assert "today" in line


async def test_an_odd_path_is_painted_as_it_is(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    odd = tmp_path / "[red]x[/]\x1b[31m 株式会社"
    odd.mkdir(parents=True)
    with Store.open(odd / "radar.db", clock=clock) as store:
        introduce(store)
        app = RadarApp(store)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("5")
            await pilot.pause()
            for strip in strips_of(app):
                assert strip.cell_length == 80
                assert not any(ord(letter) < 32 for letter in strip.text)
            assert "[red]x[/]␛[31m" in shown(app).replace("\n             ", "")


def test_no_backup_is_said_with_the_key_that_writes_one() -> None:
    text = "\n".join(
        "".join(words for words, _ in line) for line in lines(78, Path("/a/radar.db"), 1, [], NOW)
    )
    assert "none yet  b writes one" in text


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=1), "today 09:42"),
        (timedelta(days=1), "yesterday 10:42"),
        (timedelta(days=30), "3 Nov 10:42"),
    ],
)
def test_days_in_words(ago: timedelta, words: str) -> None:
    assert when(NOW - ago, NOW) == words


def test_copies_and_sizes_in_words() -> None:
    assert kept([NOW], NOW) == "the only one"
    assert kept([NOW, NOW - timedelta(days=2)], NOW) == "2 copies, the oldest of 1 Dec"
    assert (file_size(640_400), file_size(12_440_000)) == ("640 kB", "12.4 MB")
