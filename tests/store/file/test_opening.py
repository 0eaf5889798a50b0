"""Opening real files: pragmas, rights, and what is refused."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from radar_tui import paths
from radar_tui.errors import RadarError
from radar_tui.store.file import accepting, opening
from radar_tui.store.schema.migrations import NAMES
from radar_tui.store.store import Store

NOON = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)
posix = pytest.mark.skipif(os.name != "posix", reason="rights and signals of POSIX")


def clock() -> datetime:
    return NOON


def made(path: Path) -> Path:
    """A sound file with a few customers."""
    with Store.open(path, clock=clock) as store, store.transaction() as connection:
        for n in range(300):
            connection.execute(
                "INSERT INTO customer (id, name, notes) VALUES (?, ?, ?)",
                [f"c{n}", f"Customer {n}", "x" * 200],
            )
    return path


def test_the_pragmas_of_the_design(tmp_path: Path) -> None:
    for _ in range(2):  # a fresh file, and one opened again
        with Store.open(tmp_path / "radar.db", clock=clock) as store:
            assert store.row("PRAGMA journal_mode")[0] == "wal"
            assert store.row("PRAGMA foreign_keys")[0] == 1
            assert store.row("PRAGMA synchronous")[0] == 2
            assert store.row("PRAGMA recursive_triggers")[0] == 0
            assert store.row("PRAGMA busy_timeout")[0] == 400


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "radar.db"
    Store.open(path, clock=clock).close()
    assert path.exists()


@posix
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    before = os.umask(0)
    try:
        with Store.open(path, clock=clock) as store:
            with store.transaction() as connection:
                connection.execute("INSERT INTO market (id, name) VALUES ('m', 'Tissue')")
            files = [path, tmp_path / "radar.db-wal", tmp_path / "radar.db-shm", store.backup.make()]
            assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 4
            assert stat.S_IMODE(paths.backups(path).stat().st_mode) == 0o700
    finally:
        os.umask(before)


def newer(path: Path) -> Path:
    made(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('radar', 'v9', '2030')"
        )
    return path


def test_a_newer_file_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = newer(tmp_path / "radar.db")
    before = path.read_bytes()
    with pytest.raises(RadarError, match=r"newer Radar .*v9.*not touched") as caught:
        Store.open(path, clock=clock)
    assert "upgrade" in caught.value.hint
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["radar.db"]


def test_a_newer_file_with_a_journal_waiting_stays_as_it_is(tmp_path: Path) -> None:
    source = newer(tmp_path / "source.db")
    with closing(sqlite3.connect(source, isolation_level=None)) as busy:
        busy.execute("INSERT INTO market (id, name) VALUES ('m', 'Tissue')")
        # As a pulled battery leaves it: the file and its journal, nobody at work.
        folder = tmp_path / "after"
        folder.mkdir()
        for name in ("", "-wal"):
            shutil.copyfile(f"{source}{name}", folder / f"radar.db{name}")
    before = {name: (folder / name).read_bytes() for name in ("radar.db", "radar.db-wal")}
    assert before["radar.db-wal"]
    with pytest.raises(RadarError, match="newer Radar"):
        Store.open(folder / "radar.db", clock=clock)
    assert {name: (folder / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE recipes (title TEXT)", "CREATE VIEW recipes AS SELECT 'soup'"],
    ids=["table", "view"],
)
def test_the_file_of_another_program_is_refused_and_stays_as_it_is(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
    before = path.read_bytes()
    with pytest.raises(RadarError, match=r"another program.*not touched"):
        Store.open(path, clock=clock)
    assert path.read_bytes() == before


def test_another_program_with_migrations_of_its_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE _sqlite_migrations (id, migration_set, name, applied_at)")
        connection.execute("INSERT INTO _sqlite_migrations VALUES (1, 'recipes', 'first', '2020')")
    with pytest.raises(RadarError, match="another program"):
        Store.open(path, clock=clock)


def test_no_database_at_all(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 400)
    with pytest.raises(RadarError, match="not a Radar database") as caught:
        Store.open(path, clock=clock)
    assert "--db" in caught.value.hint
    assert path.read_text() == "Dear customer, " * 400


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(RadarError, match="is a folder"):
        Store.open(tmp_path, clock=clock)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RadarError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "radar.db", clock=clock)


def test_a_damaged_header_offers_the_backup(tmp_path: Path) -> None:
    path = made(tmp_path / "radar.db")
    with Store.open(path, clock=clock) as store:
        store.backup.make()
    content = bytearray(path.read_bytes())
    content[:100] = os.urandom(100)
    path.write_bytes(content)
    with pytest.raises(RadarError, match="damaged") as caught:
        Store.open(path, clock=clock)
    assert caught.value.hint == f"The last good backup comes back with: radar restore --db {path}"
    assert path.read_bytes() == bytes(content)


def test_an_emptied_file_does_not_begin_anew(tmp_path: Path) -> None:
    path = made(tmp_path / "radar.db")
    with Store.open(path, clock=clock) as store:
        store.backup.make()
    path.write_bytes(b"")
    with pytest.raises(RadarError, match="damaged") as caught:
        Store.open(path, clock=clock)
    assert "radar restore" in caught.value.hint
    assert path.read_bytes() == b""
    new = tmp_path / "new.db"
    new.write_bytes(b"")
    Store.open(new, clock=clock).close()


def test_a_damaged_file_keeps_the_journal_with_the_last_answers(tmp_path: Path) -> None:
    source = made(tmp_path / "source.db")
    path = tmp_path / "radar.db"
    with Store.open(source, clock=clock) as store:
        with store.transaction() as connection:
            connection.execute("INSERT INTO customer (id, name) VALUES ('last', 'The last answer')")
        path.write_bytes(os.urandom(4096) + source.read_bytes()[4096:])
        shutil.copyfile(f"{source}-wal", f"{path}-wal")
    before = Path(f"{path}-wal").read_bytes()
    assert b"The last answer" in before
    with pytest.raises(RadarError, match="damaged"):
        Store.open(path, clock=clock)
    assert Path(f"{path}-wal").read_bytes() == before


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path / "radar.db")
    os.truncate(path, 5000)
    with pytest.raises(RadarError, match="damaged") as caught:
        Store.open(path, clock=clock)
    assert "radar restore" in caught.value.hint


def test_a_damaged_page_is_said_when_it_is_read(tmp_path: Path) -> None:
    path = made(tmp_path / "radar.db")
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(path, clock=clock) as store:
        with pytest.raises(RadarError, match="damaged") as caught:
            store.rows("SELECT * FROM customer")
        assert "radar restore" in caught.value.hint
        with pytest.raises(RadarError, match="damaged"), store.transaction() as connection:
            connection.execute("INSERT INTO customer (id, name) VALUES ('new', 'New')")
        with pytest.raises(RadarError, match="earlier ones are still there"):
            store.backup.make()


_AS_SOMEBODY_ELSE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import radar_tui.store.file.opening, radar_tui.store.file.backup, radar_tui.store.store as s, encodings.idna
from radar_tui.errors import RadarError
if os.geteuid() == 0:
    os.setuid(65534)
try:
    s.Store.open(Path(sys.argv[1]), clock=lambda: datetime(2026, 12, 3, tzinfo=UTC)).close()
except RadarError as error:
    print(error)
"""


def opened_without_rights(path: Path) -> str:
    """What a process is told that has only the rights that everybody has."""
    done = subprocess.run(
        [sys.executable, "-c", _AS_SOMEBODY_ELSE, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


@posix
def test_a_read_only_file_and_folder_are_said() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = made(folder / "radar.db")
        path.chmod(0o444)
        folder.chmod(0o777)
        assert "radar.db cannot be opened: Permission denied." in opened_without_rights(path)
        path.chmod(0o666)
        folder.chmod(0o555)
        told = opened_without_rights(path)
        assert told.startswith("radar.db "), told
        assert len(told.splitlines()) == 2
        assert "Permission denied" in opened_without_rights(folder / "new.db")
        folder.chmod(0o700)
        assert "Permission denied" in opened_without_rights(path)


def test_locked_by_another_process(tmp_path: Path) -> None:
    path = made(tmp_path / "radar.db")
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
            "c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('BEGIN IMMEDIATE'); "
            "print('held', flush=True); sys.stdin.read()",
            str(path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdout.readline().strip() == b"held"
        try:
            with pytest.raises(RadarError, match="locked by another program"):
                Store.open(path, clock=clock)
        finally:
            assert other.stdin
            other.stdin.close()
            other.wait(10)
    Store.open(path, clock=clock).close()


def _start(path: Path, ready: object, results: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    try:
        with Store.open(path, clock=clock) as store:
            results.put(store.row("SELECT count(*) FROM _sqlite_migrations")[0])  # type: ignore[attr-defined]
    except BaseException as error:
        results.put(repr(error))  # type: ignore[attr-defined]


def test_two_first_starts_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, results = context.Event(), context.Queue()
    both = [context.Process(target=_start, args=(tmp_path / "radar.db", ready, results)) for _ in range(3)]
    for process in both:
        process.start()
    ready.set()
    assert [results.get(timeout=60) for _ in both] == [len(NAMES)] * 3
    for process in both:
        process.join(10)


_WRITES = """
import sys
from pathlib import Path
from radar_tui.store.store import Store
store = Store.open(Path(sys.argv[1]))
n = 0
while True:
    with store.transaction() as connection:
        connection.execute("INSERT INTO market (id, name) VALUES (?, ?)", [f"{sys.argv[2]}-{n}", "x" * 3000])
    print(n, flush=True)
    n += 1
"""


@posix
def test_kill_nine_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    Store.open(path, clock=clock).close()
    promised: set[str] = set()
    for run in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITES, str(path), str(run)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            # Killed at another point of its work every time.
            for _ in range(5 + 7 * run):
                promised.add(f"{run}-{writer.stdout.readline().strip()}")
            writer.send_signal(signal.SIGKILL)
            promised.update(f"{run}-{line.strip()}" for line in writer.stdout if line.endswith("\n"))
        with Store.open(path, clock=clock) as store:
            there = {row[0] for row in store.rows("SELECT id FROM market")}
            assert promised <= there
            assert len(there) <= len(promised) + run + 1
            assert store.row("PRAGMA integrity_check")[0] == "ok"
    assert len(promised) > 100


def test_a_link_keeps_its_backups_beside_the_file(tmp_path: Path) -> None:
    real = tmp_path / "real" / "radar.db"
    link = tmp_path / "link.db"
    real.parent.mkdir()
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this platform keeps links for administrators")
    with Store.open(link, clock=clock) as store:
        assert store.backup.make().parent.parent == real.parent


def test_only_wanted_journals_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "radar.db")
    looked: list[Path] = []
    original = accepting.read_only

    def noted(file: Path) -> sqlite3.Connection:
        looked.append(file)
        return original(file)

    monkeypatch.setattr(opening, "read_only", noted)
    Store.open(path, clock=clock).close()
    assert not looked
    with Store.open(path, clock=clock), Store.open(path, clock=clock):
        assert looked == [path]
