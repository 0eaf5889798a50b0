"""A hub in a folder: whole objects or none, one winner, strangers left alone, and every fault in words."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.sync.hub import folder as module
from radar_tui.sync.hub.folder import FolderStore
from radar_tui.sync.hub.stores import HubUnreachable, TooLarge
from tests.sync.race import LINKS, NO_LINKS, one_winner_each, only_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
ENTRY = "log/0000000001"
posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and limits of POSIX")


@pytest.fixture(params=[LINKS, NO_LINKS])
def hub(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a hub, once where hard links are and once where they are refused, as on exFAT."""
    if request.param == NO_LINKS:
        monkeypatch.setattr(os, "link", raising(errno.EPERM))
    place = tmp_path / "hub"
    place.mkdir()
    return place


@pytest.fixture
def store(hub: Path) -> FolderStore:
    return FolderStore(hub)


def raising(number: int) -> Callable[..., None]:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


def files(place: Path) -> set[str]:
    return {
        str(path.relative_to(place)).replace(os.sep, "/") for path in place.rglob("*") if not path.is_dir()
    }


def in_words(error: HubUnreachable) -> str:
    """The words, after a look that they are fit to be shown."""
    assert "safe on this laptop" in error.message
    assert error.hint
    assert "Errno" not in str(error)
    assert "Traceback" not in str(error)
    return error.message


# What a store does


def test_the_first_stands(store: FolderStore, hub: Path) -> None:
    assert store.get(ENTRY) is None
    assert store.create(ENTRY, b"mine")
    assert not store.create(ENTRY, b"theirs")
    assert store.get(ENTRY) == b"mine"
    assert files(hub) == {ENTRY}, "no temporary file is left"


def test_the_same_bytes_again_are_ours(store: FolderStore, hub: Path) -> None:
    assert store.create(ENTRY, b"mine")
    assert FolderStore(hub).create(ENTRY, b"mine")


def test_an_empty_and_a_large_object(store: FolderStore) -> None:
    large = os.urandom(1 << 20) * 40
    assert store.create("hub.json", b"")
    assert store.get("hub.json") == b""
    assert store.create("snapshot/0000000200", large)
    assert store.get("snapshot/0000000200") == large


def test_names_are_sorted_and_come_after(store: FolderStore) -> None:
    for number in (3, 1, 12, 2):
        store.create(f"log/{number:010}", b"x")
    assert store.names("log") == ["0000000001", "0000000002", "0000000003", "0000000012"]
    assert store.names("log", "0000000002") == ["0000000003", "0000000012"]
    assert store.names("log", "0000000012") == []
    assert store.names("snapshot") == []


def test_outboxes_are_listed_and_emptied(store: FolderStore) -> None:
    store.create("outbox/D1/0000000001", b"x")
    assert store.names("outbox") == ["D1"]
    assert store.names("outbox/D1") == ["0000000001"]
    store.remove("outbox/D1/0000000001")
    store.remove("outbox/D1/0000000001")
    store.remove("outbox/D2/0000000001")
    assert store.names("outbox/D1") == []
    with pytest.raises(ValueError, match="not in an outbox"):
        store.remove(ENTRY)


@posix
def test_the_team_may_read_what_one_wrote(store: FolderStore, hub: Path) -> None:
    before = os.umask(0o022)
    try:
        store.create(ENTRY, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((hub / ENTRY).stat().st_mode) == 0o644
    assert stat.S_IMODE((hub / "log").stat().st_mode) == 0o755


def test_object_and_folder_are_flushed_before_it_counts(
    store: FolderStore, hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("other calls flush there")
    store.create("log/0000000000", b"x")  # the folder is there, the kind of naming is known
    flushed: list[tuple[str, bool]] = []
    real = os.fsync

    def noted(handle: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        flushed.append((kind, (hub / ENTRY).exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    store.create(ENTRY, b"x")
    assert flushed == [("file", False), ("folder", True)]


# Never half an object, never two winners


def test_a_reader_sees_all_or_nothing(store: FolderStore) -> None:
    data = os.urandom(1 << 20) * 16
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = store.get(ENTRY)
            seen.append(-1 if found is None else len(found))

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.01)
    store.create(ENTRY, data)
    time.sleep(0.02)
    done.set()
    reader.join()
    assert set(seen) == {-1, len(data)}


@posix
def test_a_killed_run_leaves_whole_objects_only(hub: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from radar_tui.sync.hub.folder import FolderStore
        store = FolderStore(Path(sys.argv[1]))
        print("ready", flush=True)
        for number in range(10_000):
            store.create(f"log/{number:010}", bytes([number % 256]) * 4_000_000)
    """
    for wait in (0.05, 0.11):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(hub)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    store = FolderStore(hub)
    names = store.names("log")
    assert names
    for name in names:
        assert store.get(f"log/{name}") == bytes([int(name) % 256]) * 4_000_000


@posix
@pytest.mark.parametrize("links", [LINKS, NO_LINKS])
def test_two_processes_have_one_winner_each(tmp_path: Path, links: str) -> None:
    outcome = one_winner_each(str(tmp_path), 100, links)
    assert outcome.contested, "the race was one"
    assert only_ours(tmp_path)


# An answer that got lost


@posix
def test_a_link_that_arrived_in_spite_of_an_error_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def lost(source: Path, target: Path) -> None:
        real(source, target)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "link", lost)
    store = FolderStore(tmp_path)
    assert store.create(ENTRY, b"mine")
    assert store.get(ENTRY) == b"mine"
    assert files(tmp_path) == {ENTRY}


@posix
def test_an_error_while_another_won_is_a_lost_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def beaten(_: Path, target: Path) -> None:
        target.write_bytes(b"theirs")
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    monkeypatch.setattr(os, "link", beaten)
    assert not FolderStore(tmp_path).create(ENTRY, b"mine")


@posix
def test_the_server_says_taken_for_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NFS repeats a call whose answer was lost, and then finds its own link."""
    real = os.link

    def repeated(source: Path, target: Path) -> None:
        real(source, target)
        real(source, target)

    monkeypatch.setattr(os, "link", repeated)
    assert FolderStore(tmp_path).create(ENTRY, b"mine")


# Temporary files


def test_temporary_files_of_dead_runs_are_cleared(store: FolderStore, hub: Path) -> None:
    log = hub / "log"
    log.mkdir()
    ages = {"dead": 25, "alive": 23}
    parts = {who: log / f".radar-{number:016x}.part" for number, who in enumerate(ages)}
    for who, hours in ages.items():
        parts[who].write_bytes(b"x")
        os.utime(parts[who], (time.time() - hours * 3600,) * 2)
    others = [log / ".radar-notes.part", log / "draft.part"]
    for other in others:
        other.write_bytes(b"x")
        os.utime(other, (0, 0))
    assert store.names("log") == [".radar-notes.part", "draft.part"], "ours are not shown, others' are"
    store.create(ENTRY, b"x")
    assert not parts["dead"].exists()
    assert parts["alive"].exists()
    assert all(other.exists() for other in others)


# Strangers


def test_strangers_are_shown_and_left_alone(store: FolderStore, hub: Path) -> None:
    store.create("log/0000000012", b"x")
    strangers = ["desktop.ini", ".DS_Store", "0000000012 (conflicted copy)", "0000000013~", "été"]
    for name in strangers:
        (hub / "log" / name).write_bytes(b"stranger")
    (hub / "log" / "a folder").mkdir()
    assert store.names("log") == sorted([*strangers, "a folder", "0000000012"])
    assert store.get("log/0000000012 (conflicted copy)") == b"stranger"
    assert store.names("log/desktop.ini") == [], "a file holds no names"


@posix
def test_a_name_that_is_no_text(store: FolderStore, hub: Path) -> None:
    try:
        (hub / "log").mkdir()
        Path(os.fsdecode(os.fsencode(hub) + b"/log/\xff\x1b")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes text only")
    (name,) = store.names("log")
    assert name.encode("utf-8")


@posix
def test_a_pipe_in_place_of_an_object_does_not_hang(store: FolderStore, hub: Path) -> None:
    (hub / "log").mkdir()
    os.mkfifo(hub / ENTRY)
    for use in (lambda: store.get(ENTRY), lambda: store.create(ENTRY, b"x")):
        with pytest.raises(HubUnreachable) as refused:
            use()
        assert ENTRY in in_words(refused.value)


@posix
def test_links_and_folders_in_place_of_an_object(store: FolderStore, hub: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (hub / "log").mkdir()
    (hub / ENTRY).symlink_to(secret)
    (hub / "log/0000000002").symlink_to(tmp_path / "nowhere")
    (hub / "log/0000000003").mkdir()
    for number in (1, 2, 3):
        name = f"log/{number:010}"
        with pytest.raises(HubUnreachable, match=name):
            store.get(name)
        with pytest.raises(HubUnreachable, match=name):
            store.create(name, b"x")
    assert secret.read_bytes() == b"secret"
    assert not (tmp_path / "nowhere").exists()


@posix
def test_a_folder_that_leads_out_of_the_hub(store: FolderStore, hub: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (hub / "log").symlink_to(elsewhere)
    with pytest.raises(HubUnreachable):
        store.create(ENTRY, b"x")
    assert list(elsewhere.iterdir()) == []


def test_a_name_that_would_lead_out_is_not_there(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    assert store.get("../secret") is None
    assert store.get("log/../../secret") is None
    assert store.names("..") == []


def test_an_object_that_is_far_too_large(store: FolderStore, hub: Path) -> None:
    (hub / "log").mkdir()
    with open(hub / ENTRY, "wb") as sparse:
        sparse.truncate(10 << 30)
    with pytest.raises(HubUnreachable, match="larger") as refused:
        store.get(ENTRY)
    assert ENTRY in in_words(refused.value)
    with pytest.raises(TooLarge):
        next(store.pieces(ENTRY))


def test_a_large_object_is_read_piece_by_piece(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(ENTRY, b"a large object")
    monkeypatch.setattr(module, "_CHUNK", 4)
    assert list(store.pieces(ENTRY, 14)) == [b"a la", b"rge ", b"obje", b"ct"]
    assert not list(store.pieces("log/0000000099"))
    with pytest.raises(TooLarge):
        next(store.pieces(ENTRY, 13))


# Founding


def test_probing_makes_the_folder_and_leaves_nothing(store: FolderStore, hub: Path) -> None:
    store.probe()
    assert list(hub.iterdir()) == []
    new = FolderStore(hub / "new")
    new.probe()
    assert list((hub / "new").iterdir()) == []


def test_probing_does_not_make_a_whole_path(tmp_path: Path) -> None:
    with pytest.raises(HubUnreachable, match="not there"):
        FolderStore(tmp_path / "unplugged" / "hub").probe()
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_place_whose_links_replace_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", os.replace)
    with pytest.raises(HubUnreachable, match="cannot keep two laptops apart") as refused:
        FolderStore(tmp_path).probe()
    in_words(refused.value)
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("rename", [raising(errno.EINVAL), raising(errno.ENOSYS), os.replace])
def test_a_place_with_neither_links_nor_a_rename_that_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rename: Callable[..., None]
) -> None:
    monkeypatch.setattr(os, "link", raising(errno.EPERM))
    monkeypatch.setattr(module, "_rename_without_replacing", rename)
    store = FolderStore(tmp_path)
    for use in (store.probe, lambda: store.create("hub.json", b"x")):
        with pytest.raises(HubUnreachable, match="cannot keep two laptops apart"):
            use()
    assert files(tmp_path) == set()


def test_a_rename_that_does_not_replace(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"1")
    module._rename_without_replacing(first, second)
    assert second.read_bytes() == b"1"
    first.write_bytes(b"2")
    with pytest.raises(FileExistsError):
        module._rename_without_replacing(first, second)
    assert (first.read_bytes(), second.read_bytes()) == (b"2", b"1")


# Faults


def test_an_unplugged_stick(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "stick")
    uses: tuple[Callable[[], object], ...] = (
        lambda: store.get(ENTRY),
        lambda: store.names("log"),
        lambda: store.create(ENTRY, b"x"),
        lambda: store.remove("outbox/D1/0000000001"),
    )
    for use in uses:
        with pytest.raises(HubUnreachable, match="not there") as refused:
            use()
        in_words(refused.value)
        assert "stick" in refused.value.hint
    assert list(tmp_path.iterdir()) == [], "an empty mount point is never filled"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    place = tmp_path / "hub"
    place.write_bytes(b"x")
    store = FolderStore(place)
    uses: tuple[Callable[[], object], ...] = (
        lambda: store.get(ENTRY),
        lambda: store.names("log"),
        lambda: store.create(ENTRY, b"x"),
        store.probe,
    )
    for use in uses:
        with pytest.raises(HubUnreachable, match="not a folder") as refused:
            use()
        in_words(refused.value)


@posix
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "can only be read"),
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EACCES, "does not let you"),
        (errno.EIO, "does not answer"),
        (errno.ESTALE, "does not answer"),
        (errno.EMFILE, "cannot be used"),
    ],
)
def test_every_fault_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    store = FolderStore(tmp_path)
    store.create("log/0000000000", b"x")
    monkeypatch.setattr(os, "fsync", raising(number))
    with pytest.raises(HubUnreachable, match=words) as refused:
        store.create(ENTRY, b"x")
    in_words(refused.value)
    assert files(tmp_path) == {"log/0000000000"}, "nothing half-written"


@posix
def test_a_full_disk(tmp_path: Path) -> None:
    """The limit of a process on the size of a file stands in for a medium that is full."""
    code = """
        import resource, sys
        from pathlib import Path
        from radar_tui.sync.hub.folder import FolderStore
        from radar_tui.sync.hub.stores import HubUnreachable, TooLarge
        store = FolderStore(Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        assert store.create("log/0000000001", b"x" * 90_000)
        try:
            store.create("log/0000000002", b"x" * 300_000)
        except HubUnreachable as error:
            assert "size" in error.message and "safe" in error.message, error
        else:
            raise AssertionError
        assert store.get("log/0000000002") is None
    """
    run(code, tmp_path)
    assert files(tmp_path) == {ENTRY}


@posix
def test_no_permission(open_folder: Path) -> None:
    """As an ordinary user, also where the tests run as root."""
    code = """
        import ctypes, os, sys
        from pathlib import Path
        from radar_tui.sync.hub.folder import FolderStore
        from radar_tui.sync.hub.stores import HubUnreachable, TooLarge
        if os.geteuid() == 0:
            os.setgroups([]); os.setgid(65534); os.setuid(65534)
        root = Path(sys.argv[1])
        store = FolderStore(root / "hub")
        assert store.get("hub.json") == b"{}", "reading goes on"
        for use in (lambda: store.create("log/0000000001", b"x"), lambda: store.create("new", b"x"), store.probe,
                    lambda: FolderStore(root / "closed").get("hub.json"),
                    lambda: FolderStore(root / "closed").names("log"),
                    lambda: FolderStore(root / "hub" / "new").probe()):
            try:
                use()
            except HubUnreachable as error:
                assert "does not let you" in error.message and "safe" in error.message, error
                assert "right" in error.hint, error
            else:
                raise AssertionError
    """
    hub, closed = open_folder / "hub", open_folder / "closed"
    for place in (hub / "log", closed):
        place.mkdir(parents=True)
    (hub / "hub.json").write_bytes(b"{}")
    for place, mode in ((hub / "log", 0o555), (hub, 0o555), (closed, 0o000)):
        place.chmod(mode)
    try:
        run(code, open_folder)
    finally:
        for place in (hub, hub / "log", closed):
            place.chmod(0o755)
    assert files(open_folder) == {"hub/hub.json"}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users reach; pytest's own is private."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


def run(code: str, place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
