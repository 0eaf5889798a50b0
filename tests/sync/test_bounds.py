"""Small files that would fill the memory or the disk of everybody, or stop them: refused by name, before they do."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.errors import RadarError
from radar_tui.sync import engine, joining, live
from radar_tui.sync.base import MOST_ROW
from radar_tui.sync.changesets import longest_value
from radar_tui.sync.hub.entry import MOST_ENTRY, HubDamaged
from radar_tui.sync.hub.stores import TooLarge
from tests.sync import yard
from tests.sync.yard import HEAD, added, forged, log, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sync.laptops import World

MEGABYTE = 1 << 20
MOST_MEMORY = 200 * MEGABYTE


def zeros(size: int) -> bytes:
    """`size` zeros as zlib packs them, without ever holding them."""
    machine, block = zlib.compressobj(9), bytes(MEGABYTE)
    return b"".join([*(machine.compress(block) for _ in range(size // MEGABYTE)), machine.flush()])


def bomb(world: World, size: int, seq: int = HEAD + 1) -> bytes:
    """An object whose header says honestly that it unpacks to `size` bytes, MEGABYTE times n."""
    raw = forged(world, b"", seq)
    start = raw.index(b"{")
    header = json.loads(raw[start : raw.index(b"}") + 1]) | {"size": size}
    text = json.dumps(header, separators=(",", ":")).encode()
    return yard.sealed(raw[: start - 4] + len(text).to_bytes(4, "big") + text + zeros(size))


def sparse(file: Path, size: int) -> None:
    file.parent.mkdir(exist_ok=True)
    with open(file, "wb") as made:
        made.truncate(size)


def peak(world: World, action: str) -> tuple[int, str]:
    """Bytes of memory that a process of its own used at most, and what it said."""
    if action == "join":
        place = world.folder / "newcomer.db"
        place.write_bytes((world.folder / "empty.db").read_bytes())
    else:
        place = world.laptops[yard.MARTA].store.path
        world.laptops[yard.MARTA].store.close()
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from radar_tui.errors import RadarError\n"
        "from radar_tui.store.store import Store\n"
        "from radar_tui.sync import engine, joining\n"
        "store, said = Store.open(Path(sys.argv[1])), 'ok'\n"
        "try:\n"
        "    joining.join(store, sys.argv[3]) if sys.argv[2] == 'join' else engine.sync(store)\n"
        "except RadarError as error:\n"
        "    said = error.message + ' ' + (error.hint or '')\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(re.search(r'VmHWM:\\s*(\\d+) kB', status)[1], said)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(place), action, world.hub],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    if action != "join":
        world.laptops[yard.MARTA].store = world.laptops[yard.MARTA]._open()
    memory, _, said = done.stdout.strip().partition(" ")
    return int(memory) * 1024, said


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the most memory that a process used")
@pytest.mark.parametrize("what", ["entry", "largest entry", "field", "hub.json", "log file", "snapshot"])
def test_no_file_on_a_hub_takes_more_than_200_megabytes(world: World, what: str) -> None:
    hub, action, words = Path(world.hub), "sync", f"Entry {HEAD + 1} on the hub"
    if what == "entry":
        log(world, HEAD + 1).write_bytes(bomb(world, 552 * MEGABYTE))
    elif what == "largest entry":
        log(world, HEAD + 1).write_bytes(bomb(world, MOST_ENTRY))
    elif what == "field":
        body = table("market", 2, added("evil", "😀" + "x" * (40 * MEGABYTE)))
        log(world, HEAD + 1).write_bytes(forged(world, body))
        words = "longer than any that Radar writes"
    elif what == "hub.json":
        sparse(hub / "hub.json", 900 * MEGABYTE)
        words = "“hub.json”"
    elif what == "log file":
        sparse(log(world, HEAD + 1), 900 * MEGABYTE)
        words = f"“log/{HEAD + 1:010d}”"
    else:
        (hub / "snapshot").mkdir(exist_ok=True)
        raw = bomb(world, 4300 * MEGABYTE, seq=HEAD)
        assert len(raw) < 5 * MEGABYTE
        (hub / "snapshot" / f"{HEAD:010d}").write_bytes(raw)
        action, words = "join", "ok"
    memory, said = peak(world, action)
    assert words in said
    assert memory < MOST_MEMORY


@pytest.fixture
def world(built: yard.Yard) -> Iterator[World]:
    with built.world() as world:
        yield world


def test_a_snapshot_that_would_fill_the_disk_is_not_unpacked(world: World) -> None:
    (Path(world.hub) / "snapshot").mkdir(exist_ok=True)
    (Path(world.hub) / "snapshot" / f"{HEAD:010d}").write_bytes(bomb(world, 4300 * MEGABYTE, seq=HEAD))
    written: list[int] = []

    def hears(progress: object) -> None:
        written.append(sum(file.stat().st_size for file in world.folder.rglob("*.sync/joining.db")))

    joiner = world.add()
    joining.join(joiner.store, world.hub, report=hears)
    assert max(written) < 20 * MEGABYTE


def test_a_keeper_put_into_hub_json_is_noticed_by_everybody_who_knew_it(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    marta.sync()
    file = Path(world.hub) / "hub.json"
    said = file.read_bytes()
    file.write_text(json.dumps(json.loads(said) | {"keeper": "evil"}))
    with pytest.raises(
        HubDamaged, match=r"hub.json at .* was changed since this laptop joined: keeper was “”"
    ) as told:
        marta.sync()
    assert "copy of the hub" in told.value.hint
    assert not (Path(world.hub) / "outbox").exists()
    file.write_text(json.dumps(json.loads(said)))  # only written otherwise
    marta.sync()
    world.settle()
    world.check()


def test_one_outbox_that_is_too_large_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sync.laptops import World

    monkeypatch.setenv("OneDrive", str(tmp_path))
    world = World(tmp_path, keeper=0)
    keeper, laptop = world.add(), world.add()
    laptop.insert("market", lambda ids: ids[0])
    assert laptop.sync().waiting
    (Path(world.hub) / "outbox" / "0").mkdir()
    sparse(Path(world.hub) / "outbox" / "0" / "0000000001", 900 * MEGABYTE)
    refused = engine.keep(keeper.store).refused
    assert len(refused) == 1
    assert "outbox/0/0000000001" in refused[0]
    assert keeper.content()["market"] == laptop.content()["market"]
    world.close()


def test_much_text_goes_in_several_entries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_MOST_LETTERS", 10_000)
    marta = world.laptops[yard.MARTA]
    marta.sync()
    before = engine.sync(marta.store).head
    for _ in range(4):
        marta.insert("market", lambda ids: ids[0])
        marta.set("market", marta.ids("market")[-1], "name", "x" * 6000)
    for id in marta.ids("market"):
        marta.set("market", id, "name", "x" * 6000)
    marta.sync()
    assert engine.sync(marta.store).head >= before + 2
    world.laptops[yard.PAUL].sync()
    assert world.laptops[yard.PAUL].content() == marta.content()


def test_a_row_longer_than_sync_carries_is_said_and_stops_nobody_else(world: World) -> None:
    marta, paul = world.laptops
    world.settle()
    customer = marta.ids("customer")[0]
    marta.set("customer", customer, "notes", "x" * (MOST_ROW + 1))
    with pytest.raises(RadarError, match="longer than 8 MB") as told:
        marta.sync()
    assert "Shorten" in told.value.hint
    paul.edit("customer", customer, ["city"])
    paul.sync()
    marta.set("customer", customer, "notes", "short")
    world.settle()
    assert marta.content() == paul.content()


def test_what_is_too_large_is_named_with_what_to_do(world: World) -> None:
    sparse(log(world, HEAD + 1), 900 * MEGABYTE)
    with pytest.raises(TooLarge, match="larger than anything that Radar writes") as told:
        world.laptops[yard.MARTA].sync()
    assert "removes it" in told.value.hint


values = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(codec="utf-8")), st.binary()
)


@given(st.lists(st.tuples(values, values), max_size=5), st.binary(max_size=20))
def test_the_longest_value_is_found_in_every_changeset(rows: list[tuple[object, object]], end: bytes) -> None:
    with apsw.Connection(":memory:") as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, a, b)")
        session = apsw.Session(database, "main")
        session.attach()
        for row in rows:
            database.execute("INSERT INTO t (a, b) VALUES (?, ?)", row)
        changeset = session.changeset()
        lengths = [
            len(v.encode() if isinstance(v, str) else v)
            for row in rows
            for v in row
            if isinstance(v, str | bytes)
        ]
        assert longest_value(changeset) == max(lengths, default=0)
        assert longest_value(changeset[:-1]) <= longest_value(changeset)
        assert longest_value(apsw.Changeset.invert(changeset)) == max(lengths, default=0)
        assert longest_value(end) >= 0
