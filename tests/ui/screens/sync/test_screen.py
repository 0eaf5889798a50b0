"""The Sync screen: without a hub where the database is; with one, syncing beside the app and how it ended."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import Cancelled, RadarError
from radar_tui.store.lists.conflict import open_count
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from radar_tui.sync.progress import SyncProgress
from radar_tui.sync.session import SyncResult
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.frame.syncing import ended_words
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.sync.conflict import ConflictScreen
from radar_tui.ui.screens.sync.rows import file_size, kept, no_hub_lines, progress_line, when
from tests.ui.every_place import settle
from tests.ui.hub import ADDRESS, conflict, with_hub
from tests.ui.world import build, introduce, shown, strips_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

NOW = datetime(2026, 12, 3, 10, 42, tzinfo=UTC)
SIZES = [(80, 24), (100, 30)]


class Engine:
    """A sync that goes as far as the test lets it, and then ends as told."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.reports = [SyncProgress("Taking entries", 3, 12)]
        self.started, self.go_on = threading.Event(), threading.Event()
        self.result = SyncResult(pushed=14, pulled=3, conflicts=1)
        self.error: Exception | None = None
        self.writes: Callable[[Store], None] | None = None

    def sync(
        self,
        store: Store,
        address: str = "",
        *,
        answers: object = None,
        report: Callable[[SyncProgress], None],
        cancelled: Callable[[], bool],
    ) -> SyncResult:
        self.calls.append(address)
        for progress in self.reports:
            report(progress)
        self.started.set()
        for _ in range(1000):
            if cancelled():
                raise Cancelled("The sync was ended.", "Nothing is lost; the next one goes on from here.")
            if self.go_on.wait(0.01):
                break
        if self.error is not None:
            raise self.error
        if self.writes is not None:
            self.writes(store)
        return self.result


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(engine, "sync", made.sync)
    monkeypatch.setattr(joining, "create", made.sync)
    monkeypatch.setattr(joining, "join", made.sync)
    return made


async def at_work(pilot: Pilot[None], fake: Engine) -> None:
    """Until the worker's first report is painted."""
    for _ in range(300):
        await pilot.pause(0.01)
        if fake.started.is_set():
            break
    await pilot.pause(0.02)
    await pilot.pause()


async def ended(pilot: Pilot[None], fake: Engine) -> None:
    fake.go_on.set()
    await settle(pilot)
    await settle(pilot)


# Without a hub


async def test_it_says_where_the_file_is_and_what_a_hub_is(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await app.workers.wait_for_complete()
        text = shown(app)
    assert "This database is on this laptop only." in text
    assert "A hub is where your team's databases meet" in text
    assert "radar.db" in text
    assert "c create a hub" in text
    assert "sync now" not in text
    assert "kB" in text or "MB" in text


async def test_showing_it_without_a_hub_loads_no_engine(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = f"""
import asyncio, sys
from pathlib import Path
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
async def main():
    with Store.open(Path({str(tmp_path / "radar.db")!r})) as store:
        app = RadarApp(store)
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("escape", "5")
            await pilot.pause()
            assert app.current_mode == "sync"
asyncio.run(main())
print([name for name in sys.modules if name.startswith(("radar_tui.sync.", "apsw", "obstore"))])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("key", "words"),
    [("c", "The hub is there."), ("j", "This laptop has joined: 3 customers. Sent 14 changes")],
)
async def test_a_hub_is_created_or_joined_at_an_address(
    store: Store, fake: Engine, key: str, words: str
) -> None:
    introduce(store)
    fake.writes = lambda other: with_hub(other)
    fake.result = replace(fake.result, brought="3 customers" if key == "j" else "")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", key, *"/m", "enter")
        await at_work(pilot, fake)
        assert "Taking entries  3 of 12" in shown(app)
        await ended(pilot, fake)
        text = shown(app)
    assert fake.calls == ["/m"]
    assert words in text
    assert ADDRESS in text
    assert "s sync now" in text


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (SyncResult(brought="3 customers, 5 contacts"), "This laptop has joined: 3 customers, 5 contacts."),
        (SyncResult(brought="3 customers", pushed=2), "This laptop has joined: 3 customers. Sent 2 changes."),
        (
            SyncResult(brought="3 customers", pushed=2, conflicts=1),
            "This laptop has joined: 3 customers. Sent 2 changes, 1 conflict to look at.",
        ),
        (SyncResult(), "This laptop has joined again. Nothing to send, nothing new on the hub."),
        (SyncResult(pulled=3), "This laptop has joined again. Nothing to send, took 3 changes from the hub."),
    ],
)
def test_joining_says_what_came(result: SyncResult, words: str) -> None:
    assert ended_words("join", result) == words


async def test_a_mistyped_place_says_so_and_keeps_what_was_typed(store: Store, tmp_path: Path) -> None:
    introduce(store)
    app = RadarApp(store)
    typed = str(tmp_path / "taem")
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("5", "j", *typed, "enter")
        await settle(pilot)
        await settle(pilot)
        assert "Check the spelling." in shown(app)
        await pilot.press("j")
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        assert typed in shown(app)


async def test_a_missing_entry_is_put_back_at_a_key(store: Store, tmp_path: Path) -> None:
    introduce(store)
    joining.create(store, str(tmp_path / "hub"))
    entry = tmp_path / "hub" / "log" / "0000000001"
    kept = entry.read_bytes()
    entry.unlink()
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("5", "s")
        for _ in range(3):
            await settle(pilot)
        text = " ".join(shown(app).split())
        assert "Entry 1 is missing on the hub." in text
        assert "0000000001. In Radar, p on 5 Sync puts them back." in text
        assert "p put back" in text
        await pilot.press("p")
        for _ in range(5):
            await settle(pilot)
        assert entry.read_bytes() == kept
        assert "p put back" not in shown(app)
        assert "nothing new on the hub" in shown(app)


async def test_the_header_counts_the_conflicts_that_concern_whoever_works_here(store: Store) -> None:
    world = build(store)
    with_hub(store)
    conflict(store, "both changed", ("item", world.item), "model", ("RX-30", "RX-40", "RX-60"))
    conflict(store, "both changed", ("item", world.item), "tag", ("W-009", "W-010", "W-011"), "Olof")
    conflict(store, "both changed", ("part", world.part), "name", ("a", "b", "c"), "Olof")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(20):
            await settle(pilot)
            if "5 Sync !" in shown(app):
                break
        assert "5 Sync !2" in shown(app).splitlines()[0], "not the price list: that is between the others"
        await pilot.press("5")
        await settle(pilot)
        lines = shown(app).splitlines()
        assert "5 Sync !2" in lines[0]
        marked = [" ".join(line.split())[:14] for line in lines if "Item W-010" in line or "Part" in line]
        assert marked[0].startswith(("! Aurora", "▌ ! Aurora"))
        assert not marked[1].startswith("!")


async def test_b_writes_a_backup_and_shows_it(store: Store) -> None:
    from radar_tui.store.file.backup import good_backups

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
    found = no_hub_lines(78, Path("/a/radar.db"), 1, [], NOW)
    text = "\n".join("".join(words for words, _ in line) for line in found)
    assert "none yet  b writes one" in text


# With a hub


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_lists_conflicts_then_what_is_unsynced(store: Store, size: tuple[int, int]) -> None:
    world = build(store)
    with_hub(store)
    conflict(store, "both changed", ("item", world.item), "model", ("RX-40", "RX-40", "RX-60"))
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        await pilot.press("5")
        await settle(pilot)
        text = shown(app)
        lines = text.splitlines()
        assert ADDRESS in text
        assert "today 09:42" in text
        [first] = [place for place, line in enumerate(lines) if "Item W-010: model" in line and "!" in line]
        assert "●" in lines[first + 1]
        assert "Aurora Tissue: Item W-010, model" in text
        await pilot.press("enter")
        assert isinstance(app.screen, ConflictScreen)
        await pilot.press("escape", "down", "enter")
        assert isinstance(app.screen, CustomerScreen)


async def test_nothing_unsynced_says_so(store: Store) -> None:
    introduce(store)
    with_hub(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settle(pilot)
        assert "The hub has everything, and no conflict is left to look at." in shown(app)
        assert "unsynced" not in shown(app).splitlines()[0]


async def test_a_sync_shows_progress_once_and_its_result(store: Store, fake: Engine) -> None:
    introduce(store)
    with_hub(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await at_work(pilot, fake)
        text = shown(app)
        assert "━━━━┄┄┄┄┄┄┄┄┄┄┄┄  Taking entries  3 of 12" in text
        assert "esc x stop" in text
        assert "sync now" not in text
        await pilot.press("s")
        await ended(pilot, fake)
        assert fake.calls == [""]
        assert "✓ Sent 14 changes, took 3 from the hub, 1 conflict to look at." in shown(app)


async def test_working_goes_on_and_what_came_is_shown(store: Store, fake: Engine) -> None:
    world = build(store)
    with_hub(store)

    def come(other: Store) -> None:
        other.customer.save(other.customer.get(world.customer).model_copy(update={"name": "Came by sync"}))

    fake.writes = come
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("5", "s")
        await at_work(pilot, fake)
        await pilot.press("1", "n", *"New", "enter", "escape")
        await pilot.pause()
        assert store.row("SELECT count(*) FROM customer WHERE name = 'New'")[0] == 1
        assert app.syncing.running == "sync"
        await ended(pilot, fake)
        assert "Came by sync" in shown(app)
        told = [note.message for note in app._notifications]
        assert told == ["Sent 14 changes, took 3 from the hub, 1 conflict to look at."]


@pytest.mark.parametrize("key", ["escape", "x"])
async def test_a_sync_is_stopped(store: Store, fake: Engine, key: str) -> None:
    introduce(store)
    with_hub(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await at_work(pilot, fake)
        await pilot.press(key)
        await settle(pilot)
        await settle(pilot)
        text = shown(app)
    assert "The sync was ended." in text
    assert "!!" not in text
    assert "Nothing is lost; the next one goes on from here." in text
    assert "s sync now" in text


async def test_an_error_is_said_in_words_with_what_to_do(store: Store, fake: Engine) -> None:
    introduce(store)
    with_hub(store)
    fake.error = RadarError("The hub [red]cannot[/] be reached.", "Nothing is lost. Is the network there?")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await ended(pilot, fake)
        text = shown(app)
        assert "!! The hub [red]cannot[/] be reached." in text
        assert "Nothing is lost. Is the network there?" in text


async def test_a_fault_of_ours_does_not_end_the_app(
    store: Store, fake: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(store)
    with_hub(store)
    fake.error = ValueError("boom")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await ended(pilot, fake)
        assert "Radar could not finish this. Nothing is lost." in shown(app)
    told = store.path.with_name("radar.db.crash.txt").read_text(encoding="utf-8")
    assert "builtins.ValueError" in told
    assert "boom" not in told


async def test_quitting_stops_the_sync(store: Store, fake: Engine) -> None:
    introduce(store)
    with_hub(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await at_work(pilot, fake)
        await pilot.press("ctrl+q")
    fake.result = SyncResult()
    assert not app.is_running
    assert not fake.go_on.is_set(), "it ended because it was asked to"


async def test_a_hub_that_does_not_answer_does_not_hold_the_terminal(
    store: Store, fake: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app ends at once; what is still at work is told to the command line, which ends the process."""
    introduce(store)
    with_hub(store)
    answered = threading.Event()
    monkeypatch.setattr("radar_tui.ui.frame.syncing.LEAVING_SECONDS", 0.05)

    def silent(store: Store, **_: object) -> SyncResult:
        fake.started.set()
        answered.wait(20)
        return SyncResult()

    monkeypatch.setattr(engine, "sync", silent)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await at_work(pilot, fake)
        await pilot.press("ctrl+q")
    assert not answered.is_set()
    assert app.left_behind()
    answered.set()
    monkeypatch.setattr("radar_tui.ui.frame.syncing.LEAVING_SECONDS", 20)
    assert not app.left_behind()


# The header


@pytest.mark.parametrize(
    ("width", "words"),
    [(80, "● 2 unsynced"), (100, "Marta Ricci  ● 2  Thu 3 Dec"), (120, "● 2 unsynced  Thu 3 Dec")],
)
async def test_the_header_counts_what_is_unsynced_at_every_width(
    store: Store, width: int, words: str
) -> None:
    introduce(store)
    with_hub(store)
    _two_markets(store)
    app = RadarApp(store)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert shown(app).splitlines()[0].endswith(words)


async def test_the_header_counts_again_after_a_save(store: Store) -> None:
    introduce(store)
    with_hub(store)
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "unsynced" not in shown(app).splitlines()[0]
        await pilot.press("n", *"New", "enter", "escape")
        await pilot.pause()
        assert "● 1 unsynced" in shown(app).splitlines()[0]


def test_the_header_counts_no_further_than_999(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.touched, "count", lambda limit: limit)
    assert RadarApp(store).unsynced_words() == "● 999+ unsynced"


def _two_markets(store: Store) -> None:
    from radar_tui.domain.customer import Market
    from radar_tui.store.ids import new_id

    for name in ("Paper", "Board"):
        store.market.save(Market(id=new_id(), name=name))


# Words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (
            SyncResult(pushed=14, pulled=3, conflicts=1),
            "Sent 14 changes, took 3 from the hub, 1 conflict to look at.",
        ),
        (SyncResult(), "Nothing to send, nothing new on the hub."),
        (SyncResult(pushed=1), "Sent 1 change, nothing new on the hub."),
        (SyncResult(pulled=1), "Nothing to send, took 1 change from the hub."),
        (SyncResult(pushed=2, waiting=True), "Your changes wait for the keeper."),
        (
            SyncResult(pulled=2, waiting=True),
            "Your changes wait for the keeper, took 2 changes from the hub.",
        ),
    ],
)
def test_the_result_in_words(result: SyncResult, words: str) -> None:
    assert ended_words("sync", result) == words


def test_progress_in_words() -> None:
    def text(progress: SyncProgress | None) -> str:
        return "".join(words for words, _ in progress_line(progress, UNICODE))

    assert text(None) == "Looking for the hub …"
    assert text(SyncProgress("Founding the hub")) == "Founding the hub …"
    assert text(SyncProgress("Sending", 500_000, 1_000_000)) == "━━━━━━━━┄┄┄┄┄┄┄┄  Sending  50%"


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


# The real engine, on a folder


async def test_two_laptops_meet_in_a_folder_and_a_conflict_is_decided(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    folder = tmp_path / "h"
    folder.mkdir()
    with (
        Store.open(tmp_path / "a.db", clock=clock) as mine,
        Store.open(tmp_path / "b.db", clock=clock) as theirs,
    ):
        world = build(mine)
        app = RadarApp(mine)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("5")
            await pilot.pause()
            assert app.syncing.start("create", str(folder))
            await settle(pilot)
            await settle(pilot)
            assert "✓ The hub is there. Sent " in shown(app)

            joining.join(theirs, str(folder))
            colleague = theirs.colleague.where("name <> 'Marta Ricci'")[0]
            theirs.local.save(replace(theirs.local.settings(), me=colleague.id))
            _model(theirs, world.item, "RX-60")
            engine.sync(theirs)
            _model(mine, world.item, "RX-45")
            app.reload()
            await settle(pilot)
            assert "● 1 unsynced" in shown(app) or "● 1  Thu" in shown(app)
            await pilot.press("s")
            await settle(pilot)
            await settle(pilot)
            text = shown(app)
            assert "took 1 from the hub, 1 conflict to look at." in text
            assert "Item W-010: model" in text

            await pilot.press("home", "enter")
            await settle(pilot)
            lines = [" ".join(line.split()) for line in shown(app).splitlines()]
            assert "▌ Model RX-40 RX-60 RX-45" in lines
            assert "Anneli Strand Marta Ricci" in lines
            await pilot.press("m")
            await settle(pilot)
            await pilot.press("s")
            await settle(pilot)
            await settle(pilot)
            assert "The hub has everything, and no conflict is left to look at." in shown(app)
        engine.sync(theirs)
        assert theirs.item.get(world.item).model == "RX-45"
        assert open_count(theirs) == 0


def _model(store: Store, item: str, model: str) -> None:
    store.item.save(store.item.get(item).model_copy(update={"model": model}))
