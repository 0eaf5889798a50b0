"""The commands of sync as a user types them, on hubs in folders."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from radar_tui.cli import main, sync
from radar_tui.cli.commands import HUB
from radar_tui.store.store import Store
from radar_tui.sync import engine
from radar_tui.sync.hub.stores import HubUnreachable
from tests.cli.test_running import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.sync.session import SyncResult

HOSTILE = "Évil [red]x[/] \x1b[31m\u202eCorp"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the files of whoever runs it."""
    monkeypatch.setenv("RADAR_DB", str(tmp_path / "radar.db"))
    monkeypatch.setenv("COLUMNS", "80")


def run(*arguments: object) -> int:
    return main.main([str(argument) for argument in arguments])


def said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """The lines that were printed, and those of complaint."""
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err
    return out.splitlines(), err.splitlines()


# Understanding


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["hub"], "the following arguments are required: ACTION"),
        (["hub", "crate"], "there is no command “crate”. Did you mean: radar hub create?"),
        (["hub", "create"], "the following arguments are required: PLACE"),
        (["hub", "create", ""], "argument PLACE: a file name is missing"),
        (["hub", "keep", "--every", "0"], "argument --every: a number from 1 to 999999 is needed"),
        (["hub", "keep", "--every", "soon"], "argument --every: a number from 1 to 999999 is needed"),
        (["log", "--last", "-1"], "argument --last: a number from 1 to 999999 is needed"),
        (["log", "--last", "9" * 5000], "argument --last: a number from 1 to 999999 is needed"),
        (["sync", "now"], "unrecognized arguments: now"),
    ],
)
def test_a_command_that_makes_no_sense(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert run(*arguments) == main.USAGE
    out, err = said(capsys)
    assert out == []
    assert err[0] == f"radar: {complaint}"
    assert err[1].startswith("       See: radar")
    assert len(err) == 2


def test_help_of_each_command_of_the_hub(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("hub", "--help") == 0
    listed = "\n".join(said(capsys)[0])
    for name, command in HUB.items():
        assert f"    {name} " in listed
        assert run("hub", name, "--help") == 0
        text = "\n".join(said(capsys)[0])
        assert f"example:\n  {command.example}" in text
        assert "--db FILE" in text


# Ctrl+C


def test_ctrl_c_ends_a_sync_in_words(
    a: Path, b: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(a, "UPDATE item SET model = 'RX-60'")
    went_through = engine.sync

    def interrupted(*arguments: object, **options: object) -> SyncResult:
        signal.raise_signal(signal.SIGINT)
        return went_through(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "sync", interrupted)
    assert run("sync", "--db", a) == main.INTERRUPTED
    assert said(capsys) == (
        [],
        ["radar: Stopped. Nothing is lost.", "       The next sync goes on: radar sync"],
    )
    monkeypatch.setattr(engine, "sync", went_through)
    assert run("sync", "--db", a) == 0
    assert said(capsys)[0] == ["Sent 1 change, nothing new on the hub; its log ends with entry 2."]


# Two laptops and a hub in a folder


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with Store.open(path) as store:
        return [tuple(row) for row in store.rows(sql)]


def edit(path: Path, *statements: str) -> None:
    with Store.open(path) as store, store.transaction() as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    made = tmp_path / "hub"
    made.mkdir()
    return made


@pytest.fixture
def a(tmp_path: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The laptop of Marta, who has founded the hub: two customers, an item, a price list."""
    path = tmp_path / "a.db"
    edit(
        path,
        "INSERT INTO colleague (id, name) VALUES ('marta', 'Marta Ricci'), ('tom', 'Tom Ashdown')",
        "INSERT INTO local (key, value) VALUES ('me', 'marta')",
        "INSERT INTO customer (id, name) VALUES ('c', 'Aurora Tissue')",
        "INSERT INTO item (id, customer_id, tag, model) VALUES ('i', 'c', 'W-014', 'RX-40')",
        "INSERT INTO part (id, sku, name) VALUES ('p', 'S-1', 'Seal')",
    )
    with Store.open(path) as store, store.transaction() as connection:
        connection.execute("INSERT INTO customer (id, name) VALUES ('h', ?)", [HOSTILE])
    assert run("hub", "create", hub, "--db", path) == 0
    out, err = said(capsys)
    assert out == [
        f"The hub is founded: {hub}",
        "Sent 6 changes, nothing new on the hub; its log ends with entry 1.",
        f"The others: radar hub join {hub}",
    ]
    assert err == []
    return path


@pytest.fixture
def b(tmp_path: Path, a: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The laptop of Tom, new: joining makes its database."""
    path = tmp_path / "new folder" / "b.db"
    assert run("--db", path, "hub", "join", hub) == 0
    out, err = said(capsys)
    assert out == [f"Joined {hub}: 2 customers on the radar. The data is in {path}"]
    assert err == []
    edit(path, "INSERT INTO local (key, value) VALUES ('me', 'tom')")
    return path


def test_two_laptops_meet(a: Path, b: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "UPDATE customer SET city = 'Lucca' WHERE id = 'c'")
    edit(
        b, "UPDATE customer SET cadence_days = 30 WHERE id = 'c'", "INSERT INTO market VALUES ('m', 'Tissue')"
    )
    assert run("sync", "--db", a) == 0
    assert said(capsys)[0] == ["Sent 1 change, nothing new on the hub; its log ends with entry 2."]
    assert run("sync", "--db", b) == 0
    assert said(capsys)[0] == ["Sent 2 changes, took 1 change from the hub; its log ends with entry 3."]
    assert run("sync", "--db", a, "--json") == 0
    assert json.loads("\n".join(said(capsys)[0])) == {
        "pulled": 2,
        "pushed": 0,
        "conflicts": 0,
        "entries": 1,
        "head": 3,
        "waiting": False,
        "copied": False,
        "refused": [],
        "unreadable": 0,
        "brought": "",
        "decided": 0,
    }
    assert run("sync", "--db", a) == 0
    assert said(capsys)[0] == ["Nothing to send, nothing new on the hub; its log ends with entry 3."]
    due = []
    for path in (a, b):
        assert run("due", "--all", "--json", "--db", path) == 0
        due.append(said(capsys)[0])
    assert due[0] == due[1]
    assert any('"cadence_days": 30' in line for line in due[0])


def test_a_conflict_is_told_with_where_to_decide(
    a: Path, b: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(a, "UPDATE item SET model = 'RX-60'")
    edit(b, "UPDATE item SET model = 'RX-90'")
    assert run("sync", "--db", a) == 0
    said(capsys)
    assert run("sync", "--db", b) == 0
    assert said(capsys)[0] == [
        "Sent 1 change, took 1 change from the hub; its log ends with entry 3.",
        "1 conflict: what the others wrote stands. Decide in the app, on 5 Sync.",
    ]
    assert run("hub", "status", "--db", b) == 0
    assert "Conflicts  1 to decide in the app, on 5 Sync" in said(capsys)[0]


def test_a_copied_file_is_told(
    tmp_path: Path, a: Path, hub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(a, copy)
    shutil.copytree(f"{a}.sync", f"{copy}.sync")
    assert run("sync", "--db", copy) == 0
    assert (
        said(capsys)[0][-1] == "This file is a copy of another laptop's; it has a device id of its own now."
    )


def test_a_database_joins_with_what_it_has(
    tmp_path: Path, a: Path, hub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.db"
    edit(own, "INSERT INTO customer (id, name) VALUES ('o', 'Own')")
    assert run("hub", "join", hub, "--db", own) == 0
    assert said(capsys)[0] == [
        f"Joined {hub}: 3 customers on the radar. The data is in {own}",
        "Sent 1 change, nothing new on the hub; its log ends with entry 2.",
    ]


def test_joining_nothing_makes_nothing(tmp_path: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (hub, tmp_path / "nowhere", "s3:/typo", f"\x1b[31m{tmp_path}/x"):
        assert run("hub", "join", place, "--db", tmp_path / "new.db") == 1
        out, err = said(capsys)
        assert out == []
        assert len(err) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["hub"]


def test_a_hub_that_is_lost_is_left_and_founded_anew(
    tmp_path: Path, a: Path, b: Path, hub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(a, "UPDATE part SET name = 'sent by a'")
    edit(b, "UPDATE item SET model = 'of b'")
    shutil.rmtree(hub)
    before = rows(b, "SELECT * FROM item")
    new = tmp_path / "new-hub"
    for file in (a, b):
        assert run("hub", "leave", "--db", file) == 0
        assert "keeps all it has" in said(capsys)[0][0]
        assert rows(file, "SELECT count(*) FROM touched") == [(0,)]
    assert rows(b, "SELECT * FROM item") == before
    assert run("sync", "--db", b) == 1
    assert run("hub", "create", new, "--db", a) == 0
    assert run("hub", "join", new, "--db", b) == 0
    assert run("sync", "--db", a) == 0
    assert rows(a, "SELECT name FROM part") == rows(b, "SELECT name FROM part")
    assert {name for (name,) in rows(b, "SELECT name FROM part")} == {"sent by a"}
    mine = rows(b, "SELECT count(*) FROM conflict WHERE mine = '\"of b\"'")
    assert mine == rows(b, "SELECT count(*) FROM item")
    assert run("hub", "verify", "--full", "--db", b) == 0


def test_a_territory_is_reserved(tmp_path: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("hub", "join", hub, "--territory", "north", "--db", tmp_path / "new.db") == 1
    assert said(capsys)[1] == [
        "radar: Joining only a territory is not possible yet; nothing was changed.",
        f"       Join the whole hub: radar hub join {hub}",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["hub"]


# Looking


@pytest.mark.parametrize(
    "command",
    [["sync"], ["log"], ["hub", "status"], ["hub", "verify"], ["hub", "keep"], ["hub", "leave"]],
    ids=" ".join,
)
def test_a_database_without_a_hub(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert run(*command) == 1
    assert said(capsys)[1][0] == f"radar: There is no database {tmp_path / 'radar.db'} yet."
    assert list(tmp_path.iterdir()) == []
    Store.open(tmp_path / "radar.db").close()
    assert run(*command) == 1
    out, err = said(capsys)
    assert out == []
    assert err[0].startswith("radar: This database has no hub")
    assert err[1] == "       Start one: radar hub create, or join: radar hub join"


def test_status(a: Path, b: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "UPDATE item SET model = 'RX-60'")
    assert run("sync", "--db", a) == 0
    edit(b, "UPDATE part SET name = 'Ring'")
    said(capsys)
    assert run("hub", "status", "--db", b) == 0
    lines, _ = said(capsys)
    told = {line[:11].strip(): line[11:] for line in lines}
    assert told["Hub"] == str(hub)
    assert told["Founded"].endswith(" by Marta Ricci")
    assert told["Log"].startswith("2 entries, the last by Marta Ricci, ")
    assert told["Here"] == "at entry 1, 1 entry to take: radar sync"
    assert told["Unsynced"] == "1 change"
    assert told["Conflicts"] == "none open"
    assert "Keeper" not in told
    assert run("hub", "status", "--json", "--db", b) == 0
    found = json.loads("\n".join(said(capsys)[0]))
    assert (found["entries"], found["head"], found["unsynced"], found["keeper"]) == (2, 1, 1, "")
    assert found["address"] == str(hub)


def test_a_hub_that_is_gone(a: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "UPDATE item SET model = 'RX-60'")
    hub.rename(hub.with_name("away"))
    for command in (["sync"], ["hub", "status"], ["hub", "verify"]):
        assert run(*command, "--db", a) == 1
        out, err = said(capsys)
        assert out == []
        assert len(err) == 2
        assert str(hub) in err[0]
    assert run("log", "--db", a) == 0, "the log needs no hub"
    hub.with_name("away").rename(hub)
    said(capsys)
    assert run("sync", "--db", a) == 0
    assert said(capsys)[0] == ["Sent 1 change, nothing new on the hub; its log ends with entry 2."]


def test_an_older_copy_of_the_hub_is_made_whole_from_a_laptop(
    a: Path, b: Path, hub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the README says under “If the hub is gone”."""
    copy = hub.with_name("copy")
    shutil.copytree(hub, copy)
    edit(a, "UPDATE item SET model = 'RX-60'")
    assert run("sync", "--db", a) == 0
    shutil.rmtree(hub)
    copy.rename(hub)
    said(capsys)
    assert run("sync", "--db", a) == 1
    assert said(capsys)[1][0].startswith("radar: Entry 2 is missing on the hub.")
    for entry in (a.with_name("a.db.sync") / "log").iterdir():
        shutil.copy(entry, hub / "log")
    assert run("hub", "verify", "--db", a) == 0
    for path in (a, b):
        assert run("sync", "--db", path) == 0
    assert said(capsys)[0][-1] == "Nothing to send, took 1 change from the hub; its log ends with entry 2."


def test_verify_names_the_entry(a: Path, hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--full"]):
        assert run("hub", "verify", *options, "--db", a) == 0
        assert said(capsys)[0][0].startswith(f"{hub} is whole.")
    [entry] = (hub / "log").iterdir()
    raw = bytearray(entry.read_bytes())
    raw[-40] ^= 1
    entry.chmod(0o600)
    entry.write_bytes(raw)
    assert run("hub", "verify", "--db", a) == 1
    out, err = said(capsys)
    assert out[0].startswith("!! Entry 1 on the hub is damaged")
    assert err == []


# The keeper of a hub in a cloud folder


@pytest.fixture
def cloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """Keeper and laptop of a hub in a folder that Dropbox copies."""
    hub = tmp_path / "Dropbox" / "hub"
    hub.mkdir(parents=True)
    keeper, laptop = tmp_path / "keeper.db", tmp_path / "laptop.db"
    edit(keeper, "INSERT INTO customer (id, name) VALUES ('c', 'Aurora')")
    assert run("hub", "create", hub, "--db", keeper) == 0
    assert run("hub", "join", hub, "--db", laptop) == 0
    edit(laptop, "UPDATE customer SET name = 'Aurora Tissue'")
    said(capsys)
    return keeper, laptop


def test_the_keeper_puts_outboxes_into_the_log(
    cloud: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    keeper, laptop = cloud
    assert run("hub", "keep", "--db", keeper) == 0
    assert said(capsys)[0] == ["Nothing waits in the outboxes; the log ends with entry 1."]
    assert run("sync", "--db", laptop) == 0
    assert "waits in your outbox until the keeper puts it into the log" in said(capsys)[0][-1]
    assert run("hub", "keep", "--db", keeper) == 0
    assert said(capsys)[0] == ["1 entry put into the log, which ends with entry 2."]
    assert run("due", "--json", "--db", keeper) == 0
    assert json.loads("\n".join(said(capsys)[0]))[0]["name"] == "Aurora Tissue"
    assert run("hub", "status", "--db", keeper) == 0
    assert "Keeper     this laptop (radar hub keep)" in said(capsys)[0]
    assert run("hub", "status", "--db", laptop) == 0
    assert any(line.startswith("Keeper     laptop …") for line in said(capsys)[0])
    assert run("hub", "keep", "--db", laptop) == 1
    assert said(capsys)[1][0] == "radar: This laptop is not the keeper of the hub."


def test_another_laptop_takes_over_as_keeper(
    cloud: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    keeper, laptop = cloud
    assert run("hub", "keep", "--take-over", "--db", laptop) == 0
    assert said(capsys)[0] == [
        "This laptop keeps the hub now.",
        "Nothing waits in the outboxes; the log ends with entry 2.",
    ]
    edit(keeper, "UPDATE customer SET city = 'Lucca'")
    assert run("sync", "--db", keeper) == 0
    assert "waits in your outbox" in said(capsys)[0][-1]
    assert run("hub", "keep", "--db", keeper) == 1
    assert "--take-over" in said(capsys)[1][1]
    assert run("hub", "keep", "--db", laptop) == 0
    assert said(capsys)[0] == ["1 entry put into the log, which ends with entry 3."]


def test_an_outbox_that_cannot_be_moved_is_told(
    cloud: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    keeper, laptop = cloud
    assert run("sync", "--db", laptop) == 0
    strange = keeper.parent / "Dropbox" / "hub" / "outbox" / "evil" / "0000000001"
    strange.parent.mkdir()
    strange.write_bytes(b"evil")
    said(capsys)
    assert run("hub", "keep", "--db", keeper) == 1
    out, err = said(capsys)
    assert out == ["1 entry put into the log, which ends with entry 2."]
    assert "utbox/evil/0000000001 on the hub is damaged" in err[0]


def test_the_keeper_goes_on_until_ctrl_c(
    cloud: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, laptop = cloud
    rounds = []

    def sleep(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 1:
            assert run("sync", "--db", laptop) == 0
            monkeypatch.setattr(engine, "keep", gone)
        elif len(rounds) == 2:
            monkeypatch.setattr(engine, "keep", kept)
        else:
            raise KeyboardInterrupt

    def gone(*_: object, **__: object) -> SyncResult:
        raise HubUnreachable("The folder is not there.", "Plug it in.")

    kept = engine.keep
    monkeypatch.setattr(time, "sleep", sleep)
    assert run("hub", "keep", "--every", "10", "--db", keeper) == main.INTERRUPTED
    out, err = said(capsys)
    assert rounds == [600, 600, 600]
    assert out[0].endswith("Nothing waits in the outboxes; the log ends with entry 1.")
    assert out[-1].endswith("1 entry put into the log, which ends with entry 2.")
    assert err[0].endswith("The folder is not there.")
    assert err[-2:] == ["radar: Stopped. Nothing is lost.", "       Give the same command again to go on."]


# The log


def test_the_log_by_customer(a: Path, b: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        b,
        "UPDATE item SET model = 'RX-60'",
        "INSERT INTO want (id, customer_id, title) VALUES ('w', 'c', 'Faster')",
    )
    assert run("sync", "--db", b) == 0
    said(capsys)
    assert run("log", "--db", b) == 0
    lines, _ = said(capsys)
    now = datetime.now().astimezone()
    assert lines[0].startswith(f"    2  Tom Ashdown  {now:%a} {now.day} {now:%b %Y, }")
    assert lines[1] == "       Aurora Tissue: 1 item, 1 want"
    assert lines[2].startswith("    1  Marta Ricci  ")
    assert lines[3:] == [
        "       Aurora Tissue: details, 1 item",
        "       Évil [red]x[/] ␛[31mCorp: details",
        "       Everything else: 2 colleagues, 1 part",
    ]
    assert run("log", "--last", "1", "--db", b) == 0
    assert said(capsys)[0][1:] == ["       Aurora Tissue: 1 item, 1 want", "Older entries: --last 2"]


def test_the_log_of_a_customer_field_by_field(a: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "UPDATE item SET model = 'RX-60', refurbished_on = '2020-02-03'", "UPDATE part SET name = 'Ring'")
    assert run("sync", "--db", a) == 0
    edit(a, "UPDATE part SET name = 'Seal'")
    assert run("sync", "--db", a) == 0
    said(capsys)
    assert run("log", "aurora", "tissue", "--db", a) == 0
    lines, _ = said(capsys)
    assert [line for line in lines if line[:7].strip()] == [lines[0], lines[2]]
    assert lines[0].startswith("    2  Marta Ricci")
    assert lines[1] == "       Item W-014: model RX-40 → RX-60, refurbished on – → 3 Feb 2020"
    assert lines[3].startswith("       Customer Aurora Tissue added: kind ")
    assert lines[4] == "       Item W-014 added: model RX-40"
    assert run("log", "nobody", "--db", a) == 1
    assert said(capsys)[1][0] == "radar: No customer is called “nobody”."


def test_the_log_tells_what_was_taken_back(a: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        a,
        "INSERT INTO checklist VALUES ('k', 'k', 1, 'Visit', '')",
        "INSERT INTO visit (id, customer_id, checklist_id) VALUES ('v', 'c', 'k')",
        "INSERT INTO finding (id, visit_id, item_id, verdict, found_at) "
        "VALUES ('f', 'v', 'i', 'unserviceable', '2026-01-02T10:00:00.000Z')",
    )
    assert run("sync", "--db", a) == 0
    edit(a, "DELETE FROM finding")
    assert run("sync", "--db", a) == 0
    said(capsys)
    assert run("log", "--last", "1", "--db", a) == 0
    assert said(capsys)[0][1] == "       Aurora Tissue: 1 finding taken back"
    assert run("log", "aurora", "--last", "1", "--db", a) == 0
    assert said(capsys)[0][1].startswith("       Finding on W-014 taken back: ")


def test_the_log_as_json(a: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "UPDATE customer SET city = '\x1b[2J' WHERE id = 'h'")
    assert run("sync", "--db", a) == 0
    said(capsys)
    assert run("log", "--json", "--last", "1", "evil", "--db", a) == 0
    found = json.loads("\n".join(said(capsys)[0]))
    assert found["only_on_hub"] == 0
    [entry] = found["entries"]
    assert (entry["entry"], entry["author"]) == (2, "Marta Ricci")
    assert entry["words"] == ["Customer Évil [red]x[/] ␛[31mCorp: city – → ␛[2J"]
    [change] = entry["changes"]
    assert (change["customer_id"], change["customer"], change["table"], change["id"]) == (
        "h",
        HOSTILE,
        "customer",
        "h",
    )
    assert change["after"] == {"city": "\x1b[2J"}


def test_the_log_says_what_is_only_on_the_hub(a: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for model in ("RX-60", "RX-90"):
        edit(a, f"UPDATE item SET model = '{model}'")
        assert run("sync", "--db", a) == 0
    mirror = a.with_name("a.db.sync") / "log"
    said(capsys)
    (mirror / "0000000001").unlink()
    assert run("log", "--db", a) == 0
    lines, _ = said(capsys)
    assert len(lines) == 5
    assert lines[-1] == "Entry 1 is only on the hub."
    shutil.rmtree(mirror)
    for options in ([], ["aurora"]):
        assert run("log", *options, "--db", a) == 0
        assert said(capsys)[0] == ["Entries 1 to 3 are only on the hub."]
    assert run("log", "--json", "--db", a) == 0
    assert json.loads("\n".join(said(capsys)[0])) == {"entries": [], "only_on_hub": 3}


def test_the_log_of_a_customer_without_entries(a: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(a, "INSERT INTO customer (id, name) VALUES ('n', 'New')")
    assert run("log", "new", "--db", a) == 0
    assert said(capsys)[0] == ["No entry is about this customer."]


def test_a_large_entry_is_told_in_short(
    tmp_path: Path, hub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "large.db"
    with Store.open(path) as store, store.transaction() as connection:
        for n in range(100):
            connection.execute("INSERT INTO customer (id, name) VALUES (?, ?)", [f"c{n}", f"Customer {n:03}"])
            connection.execute(
                "INSERT INTO item (id, customer_id, tag) VALUES (?, 'c0', ?)", [f"i{n}", f"W-{n:03}"]
            )
    assert run("hub", "create", hub, "--db", path) == 0
    said(capsys)
    assert run("log", "--db", path) == 0
    lines, _ = said(capsys)
    assert len(lines) == 32
    assert lines[-1] == "       and 70 more customers: 70 changes"
    assert run("log", "Customer 000", "--db", path) == 0
    lines, _ = said(capsys)
    assert lines[-1] == "       100 items added: W-000, W-001, W-002 and 97 more"
    assert run("log", "--json", "Customer 000", "--db", path) == 0
    assert len(json.loads("\n".join(said(capsys)[0]))["entries"][0]["changes"]) == 101


def test_the_log_is_folded_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", "40")
    sync._print_indented(["Aurora Tissue: " + ", ".join(f"{n} items" for n in range(20))])
    lines = shown.getvalue().splitlines()
    assert len(lines) > 4
    assert all(line.startswith("       ") and len(line) <= 40 for line in lines)
    assert lines[-1].endswith("19 items")


def test_plain_radar_pays_nothing_for_sync() -> None:
    heavy = "[m for m in sys.modules if 'sync' in m or m in ('apsw', 'obstore')]"
    script = f"import radar_tui.cli.main, sys; print({heavy})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "[]"
