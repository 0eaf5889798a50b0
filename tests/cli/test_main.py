"""Every command as a user types it: what it prints, how it ends, and that it never ends in a traceback."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui import __version__, paths
from radar_tui.cli import looking, main
from radar_tui.cli.commands import COMMANDS, HUB, Command
from radar_tui.store import demo
from radar_tui.store.connection import FileGone, SaveFailed, save_failed, system_clock
from radar_tui.store.store import Store
from tests.fresh import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = system_clock().date()
HOSTILE = "Évil [red]x[/] \x1b[31m\u202eCorp"


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the files of whoever runs it."""
    monkeypatch.setenv("RADAR_DB", str(tmp_path / "radar.db"))
    monkeypatch.setattr(paths, "demo_database", lambda: tmp_path / "data" / "demo.db")
    monkeypatch.setattr(paths, "user_checklists", lambda: tmp_path / "checklists")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three customers: one late, one hostile and never visited, one in good time; six answers."""
    path = fresh(tmp_path / "radar.db")
    with Store.open(path) as store, store.transaction() as connection:
        connection.execute("INSERT INTO checklist VALUES ('k', 'k', 1, 'Visit', '')")
        for n, (name, seen) in enumerate((("Aurora Tissue", 120), (HOSTILE, None), ("Auriga Müller", 10))):
            connection.execute("INSERT INTO customer (id, name) VALUES (?, ?)", [f"c{n}", name])
            connection.execute(
                "INSERT INTO contact (id, customer_id, name, role) VALUES (?, ?, ?, 'decision maker')",
                [f"p{n}", f"c{n}", f"Person {n}"],
            )
            if seen is not None:
                connection.execute(
                    "INSERT INTO visit (id, customer_id, checklist_id, status, completed_at) "
                    "VALUES (?, ?, 'k', 'completed', ?)",
                    [f"v{n}", f"c{n}", f"{ago(seen)}T12:00:00.000Z"],
                )
            for question, score in (("recommend", (9, 3, 7)[n]), ("retain", (10, 9, 9)[n])):
                connection.execute(
                    "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [f"{question}{n}", f"c{n}", f"p{n}", question, score, ago(20)],
                )
    return path


def run(*arguments: str) -> int:
    return main.main(arguments)


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, list[str]]:
    """What was printed, and the lines of complaint."""
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err
    return out, err.splitlines()


# Reading


def test_due_lists_the_most_overdue_first(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("due") == 0
    out, err = said(capsys)
    lines = out.splitlines()
    assert [line[:14] for line in lines[1:]] == ["!! Aurora Tiss", " ! Évil [red]x"]
    assert "30 d late" in lines[1]
    assert "now" in lines[2]
    assert all(len(line) <= 80 for line in lines)
    assert err == []


def test_due_as_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("due", "--json") == 0
    out, _ = said(capsys)
    first, second = json.loads(out)
    assert first["name"] == "Aurora Tissue"
    assert first["last_seen"] == ago(120)
    assert first["due_on"] == ago(30)
    assert first["days_late"] == 30
    assert first["urgency"] == "late"
    assert (first["recommend"], first["retain"]) == (9, 10)
    assert second["name"] == HOSTILE
    assert (second["due_on"], second["days_late"], second["last_seen"]) == (None, 0, None)


def test_due_all(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("due", "--all", "--json") == 0
    assert [row["customer_id"] for row in json.loads(said(capsys)[0])] == ["c0", "c1", "c2"]


def test_due_tells_a_visit_under_way(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(db) as store:
        store.visit.start("c0", "k", None)
    assert run("due") == 0
    line = said(capsys)[0].splitlines()[1]
    assert "▶ Aurora Tissue" in line
    assert "Visit in progress" in line
    assert run("due", "--json") == 0
    first = json.loads(said(capsys)[0])[0]
    assert first["in_progress_since"] == ago(0)
    assert first["reasons"][0]["kind"] == "in_progress"


def test_due_of_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "radar.db") as store:
        assert run("due") == 0
        assert said(capsys)[0].startswith("No customers yet.")
        assert run("due", "--json") == 0
        assert json.loads(said(capsys)[0]) == []
        with store.transaction() as connection:
            connection.execute("INSERT INTO checklist VALUES ('k', 'k', 1, 'Visit', '')")
            connection.execute("INSERT INTO customer (id, name) VALUES ('c', 'C')")
            connection.execute(
                "INSERT INTO visit (id, customer_id, checklist_id, status, completed_at) "
                "VALUES ('v', 'c', 'k', 'completed', ?)",
                [f"{ago(5)}T12:00:00.000Z"],
            )
    assert run("due") == 0
    assert said(capsys)[0] == "Nobody is due in the next 14 days; 1 customer on the radar.\n"


@pytest.mark.parametrize("words", [["Aurora Tissue"], ["aurora", "tissue"], ["AUROR"], ["tissue"]])
def test_brief_by_name(db: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run("brief", *words) == 0
    out, _ = said(capsys)
    lines = out.splitlines()
    assert lines[0].startswith("Aurora Tissue")
    assert len(lines) <= 24
    assert all(len(line) <= 80 for line in lines)


def test_brief_for_scripts(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "aurora", "tissue", "--json") == 0
    told = json.loads(said(capsys)[0])
    assert {"sentences", "loops", "people", "changes"} <= told.keys()
    assert len(told["sentences"]) == 3
    assert {"kind", "text", "to", "about", "day", "count"} == told["sentences"][0].keys()
    assert (told["name"], told["last_seen"] is not None) == ("Aurora Tissue", True)


def test_brief_without_accents_and_of_a_hostile_name(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "auriga muller") == 0
    assert said(capsys)[0].startswith("Auriga Müller")
    assert run("brief", "evil") == 0
    assert said(capsys)[0].startswith("Évil [red]x[/] ␛[31mCorp")


def test_brief_of_several_names_the_candidates(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "au") == 1
    out, err = said(capsys)
    assert out == ""
    assert err == [
        "radar: “au” may mean 2 customers: Auriga Müller, Aurora Tissue",
        "       Give more of the name.",
    ]


def test_brief_of_nobody(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "\x1b[2Jnobody") == 1
    assert said(capsys)[1] == [
        "radar: No customer is called “␛[2Jnobody”.",
        "       See who there is: radar due --all",
    ]


def test_an_exact_name_wins_over_a_longer_one(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(db) as store, store.transaction() as connection:
        connection.execute("INSERT INTO customer (id, name) VALUES ('d', 'Aurora Tissue Poland')")
    assert run("brief", "aurora tissue") == 0
    assert said(capsys)[0].startswith("Aurora Tissue  ")


def test_nps_as_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nps", "--json") == 0
    found = json.loads(said(capsys)[0])
    assert list(found) == ["recommend", "retain", "near"]
    assert found["recommend"] == {
        "nps": 0.0,
        "se": pytest.approx(47.14, abs=0.01),
        "low": None,  # under five answers an interval says less than the counts
        "high": None,
        "n": 3,
        "promoters": 1,
        "passives": 1,
        "detractors": 1,
        "pooled": 0.0,
        "mean_of_customers": 0.0,
        "weighted": None,
        "weighted_by_currency": {},
        "without_value": 3,
    }
    assert (found["retain"]["nps"], found["retain"]["promoters"]) == (100.0, 3)


def test_nps_without_answers_is_no_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(tmp_path / "radar.db").close()
    assert run("nps", "--json") == 0
    none: dict[str, object] = {
        "nps": None,
        "se": None,
        "low": None,
        "high": None,
        "n": 0,
        "promoters": 0,
        "passives": 0,
        "detractors": 0,
    }
    none |= {"pooled": None, "mean_of_customers": None, "weighted": None, "weighted_by_currency": {}}
    none |= {"without_value": 0}
    near = {name: {"part": 0, "whole": 0} for name in ("in_time", "in_contact", "paired")}
    assert json.loads(said(capsys)[0]) == {"recommend": none, "retain": none, "near": near}
    assert run("nps") == 0
    assert "–  nobody has answered" in said(capsys)[0]


def test_nps_in_words(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nps") == 0
    lines = said(capsys)[0].splitlines()
    assert lines[0].split() == (
        ["Recommend", "0", "n", "3", "promoters", "1,", "passives", "1,", "detractors", "1"]
    )
    assert lines[1].split(", ") == [
        "           pooled respondents 0",
        "mean of customers 0",
        "weighted by annual value – (3 have no value: left out)",
    ]
    assert lines[2].startswith("Retain")


def test_checklists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("checklists") == 0
    out, err = said(capsys)
    for key in ("refurbishment", "service", "follow_me_home", "business_with_yourself"):
        assert key in out
    assert err == []
    assert str(tmp_path / "checklists") in out


def test_a_broken_checklist_of_my_own_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "checklists"
    folder.mkdir()
    (folder / "mine.toml").write_text('key = "mine"\nversion = "one"\ntitle = "Mine"\n')
    assert run("checklists") == 1
    out, err = said(capsys)
    assert "refurbishment" in out
    assert any(line.startswith("!! mine.toml:2: ") for line in err)


# Keeping


def test_check(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert "is sound" in said(capsys)[0]
    with Store.open(db) as store, store.transaction() as connection:
        connection.execute("DROP TRIGGER customer_due_visit_added")
        connection.execute("UPDATE customer_due SET due_on = '2020-01-01'")
    assert run("check") == 1
    out, _ = said(capsys)
    assert "!! The trigger customer_due_visit_added is missing.\n   Put right by: radar check --repair" in out
    assert run("check", "--repair") == 0
    out, _ = said(capsys)
    assert out.startswith("Put right: 2 things.")
    assert run("check") == 0


def test_backup_and_restore(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore", "--list") == 0
    assert said(capsys)[0].startswith("No backups of")
    assert run("backup") == 0
    [made] = paths.backups(db).iterdir()
    assert said(capsys)[0].startswith(f"{made} (")
    with Store.open(db) as store, store.transaction() as connection:
        connection.execute("UPDATE customer SET name = 'Spoiled' WHERE id = 'c0'")
    assert run("restore", "--list") == 0
    [line] = said(capsys)[0].splitlines()
    assert "sound" in line
    assert line.endswith(made.name)
    assert run("restore") == 0
    out, _ = said(capsys)
    assert out.startswith(
        f"{db} is again as it was in {made.name}.\nThe file that was there is now {db}.before-"
    )
    assert run("brief", "aurora") == 0
    said(capsys)
    for name in (made.stem, made.name, str(made)):
        assert run("restore", name) == 0
        said(capsys)
    assert len(list(db.parent.glob("radar.db.before-restore-*"))) == 4


def test_restore_passes_over_a_damaged_backup(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup") == 0
    assert run("backup") == 0
    said(capsys)
    older, newer = sorted(paths.backups(db).iterdir())
    newer.write_bytes(newer.read_bytes()[:5000])
    assert run("restore", "--list") == 0
    assert [line.split()[-2] for line in said(capsys)[0].splitlines()] == ["DAMAGED", "sound"]
    assert run("restore", newer.name) == 1
    assert "cannot be read as a backup" in said(capsys)[1][0]
    assert run("restore") == 0
    assert older.name in said(capsys)[0]


def test_a_damaged_file_leads_to_its_backup(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup") == 0
    db.write_bytes(b"\xff" * 20_000)
    said(capsys)
    for command in (["due"], ["check"], ["backup"], ["brief", "aurora"], ["nps"]):
        assert run(*command) == 1
        out, err = said(capsys)
        assert out == ""
        assert err == [
            "radar: radar.db is damaged and was not changed.",
            f"       The last good backup comes back with: radar restore --db {db}",
        ]
    assert run("restore") == 0
    assert run("check") == 0


# Faults


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the data folder is set otherwise")
def test_who_only_looked_at_the_sample_is_told_how_to_ask_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    demo = paths.demo_database()
    Store.open(demo).close()
    assert run("due") == 1
    assert f"--db {demo}" in said(capsys)[1][1]
    assert run("due", "--db", str(demo)) == 0


READERS = [["due"], ["due", "--json"], ["brief", "x"], ["nps"], ["check"], ["backup"]]


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_no_command_but_the_app_starts_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert run(*command) == 1
    _, err = said(capsys)
    assert len(err) == 2
    assert err[0] == f"radar: There is no database {tmp_path / 'radar.db'} yet."
    assert "radar demo" in err[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READERS, ids=" ".join)
@pytest.mark.parametrize("kind", ["folder", "text", "foreign", "newer"])
def test_a_file_that_is_none_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], kind: str
) -> None:
    path = tmp_path / "it.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("a letter" * 1000)
    else:
        if kind == "newer":
            Store.open(path).close()
        with closing(sqlite3.connect(path)) as connection, connection:
            if kind == "newer":
                connection.execute("UPDATE _sqlite_migrations SET name = 'from_the_future' WHERE rowid = 1")
            else:
                connection.execute("CREATE TABLE recipes (title TEXT)")
    before = None if kind == "folder" else path.read_bytes()
    # Before the command or after it.
    for arguments in ([*command, "--db", str(path)], ["--db", str(path), *command]):
        assert run(*arguments) == 1
        out, err = said(capsys)
        assert out == ""
        assert len(err) == 2
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["deu"], "there is no command “deu”. Did you mean: radar due?"),
        (["\x1b[31m"], "there is no command “\\x1b[31m”."),
        (["due", "--jsno"], "unrecognized arguments: --jsno"),
        (["--db"], "argument --db: expected one argument"),
        (["--db", ""], "argument --db: a file name is missing"),
        (["brief"], "the following arguments are required: customer"),
        (["restore", "a", "b"], "unrecognized arguments: b"),
    ],
)
def test_a_command_that_makes_no_sense(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert run(*arguments) == main.USAGE
    out, err = said(capsys)
    assert out == ""
    assert err[0] == f"radar: {complaint}"
    assert err[1].startswith("       See: radar")
    assert len(err) == 2


def test_help_names_every_command_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out, _ = said(capsys)
    assert "examples:" in out
    for name in COMMANDS:
        assert name in out
        assert run(name, "--help") == 0
        text, _ = said(capsys)
        assert "--db FILE" in text
        assert f"example:\n  {COMMANDS[name].example}" in text


@pytest.mark.parametrize(
    "command", [*COMMANDS.values(), *HUB.values()], ids=[*COMMANDS, *(f"hub {name}" for name in HUB)]
)
def test_every_command_is_done_somewhere_or_has_parts(command: Command) -> None:
    assert command.parts or callable(command.done())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert said(capsys)[0] == f"radar {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--db", "x.db"], ["--db=x.db"]])
def test_the_app_needs_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(*arguments) == 1
    assert said(capsys)[1][0] == "radar: Radar is an app for the terminal, and this is none."
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_of_ours_is_short(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise KeyError("nothing")

    monkeypatch.setattr(looking, "due", broken)
    assert run("due") == 1
    assert said(capsys)[1][0] == "radar: Radar made a mistake (KeyError: 'nothing')."
    monkeypatch.setenv("RADAR_DEBUG", "1")
    with pytest.raises(KeyError):
        run("due")


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (
            save_failed(sqlite3.OperationalError("database is locked")),
            "Let it finish. Give the command again.",
        ),
        (
            save_failed(sqlite3.OperationalError("database or disk is full")),
            "Free some space. Give the command again.",
        ),
        (
            save_failed(sqlite3.OperationalError("attempt to write a readonly database")),
            "Allow writing to the file. Give the command again.",
        ),
        (
            save_failed(sqlite3.OperationalError("disk I/O error")),
            "See that the disk is well. Give the command again.",
        ),
        (FileGone("radar.db is gone.", "Put it back."), "Put it back. Give the command again."),
    ],
)
def test_what_a_disk_did_not_take_is_given_again(
    db: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: SaveFailed,
    hint: str,
) -> None:
    """A command ends: it never promises to try again by itself, and speaks of no key."""

    def refused(_: object) -> int:
        raise error

    monkeypatch.setattr(looking, "due", refused)
    assert run("due") == 1
    assert said(capsys)[1] == [f"radar: {error.message}", f"       {hint}"]


def test_interrupted(db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking, "due", stopped)
    assert run("due") == main.INTERRUPTED
    assert said(capsys) == ("", [])


# Real processes


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "radar_tui", *arguments]


def many(path: Path) -> Path:
    with Store.open(path) as store, store.transaction() as connection:
        for n in range(3000):
            connection.execute("INSERT INTO customer (id, name) VALUES (?, ?)", [f"c{n}", f"Größe {n} – Ltd"])
    return path


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_leaves(tmp_path: Path) -> None:
    path = many(tmp_path / "many.db")
    with subprocess.Popen(
        command("due", "--db", str(path)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == main.CLOSED_PIPE


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_of_any_encoding(db: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for arguments in (["due"], ["brief", "evil"], ["nps"], ["due", "--json"], ["brief", "nobody–"]):
        done = subprocess.run(
            command(*arguments), capture_output=True, timeout=30, env=environment, check=False
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == (1 if "nobody–" in arguments else 0)
        assert (done.stdout or done.stderr).decode(encoding)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_in_a_real_process(tmp_path: Path) -> None:
    path = many(tmp_path / "many.db")
    # A pipe that nobody empties keeps the command at work until it is interrupted.
    with subprocess.Popen(
        command("due", "--all", "--db", str(path)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        assert process.wait(30) in (main.INTERRUPTED, main.CLOSED_PIPE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is needed")
def test_an_output_that_is_full(db: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command("due", "--json"), stdout=full, stderr=subprocess.PIPE, text=True, timeout=30, check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr.splitlines()[0]


@pytest.mark.skipif(not paths.sample().exists(), reason="the sample is built by python -m tests.sample")
def test_the_demo_makes_every_command_speak(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--no-open") == 0
    made = said(capsys)[0].strip()
    assert Path(made).name == "demo.db"
    assert run("check", "--db", made) == 0
    said(capsys)
    assert run("due", "--json", "--db", made) == 0
    due = json.loads(said(capsys)[0])
    assert len(due) >= 5
    for row in due:
        assert run("brief", row["name"], "--db", made) == 0
        lines = said(capsys)[0].splitlines()
        assert len(lines) <= 24
        assert max(map(len, lines)) <= 80
    assert run("nps", "--json", "--db", made) == 0
    assert json.loads(said(capsys)[0])["recommend"]["n"] > 50
    with Store.open(Path(made)) as store:
        last = store.row("SELECT value FROM local WHERE key = ?", [demo.LAST_DAY])[0]
        assert 0 <= (system_clock().date() - date.fromisoformat(last)).days <= 6


@pytest.fixture
def terminal(db: Path) -> Iterator[object]:
    """The app in a real terminal of 100×30, as a BRM starts it."""
    ptyprocess = pytest.importorskip("ptyprocess")
    process = ptyprocess.PtyProcess.spawn(command("--db", str(db)), dimensions=(30, 100))
    yield process
    process.terminate(force=True)


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_the_app_opens_on_the_customers(terminal: object) -> None:
    pyte = pytest.importorskip("pyte")
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    deadline = time.monotonic() + 30
    while "Aurora Tissue" not in "\n".join(screen.display):
        assert time.monotonic() < deadline, "\n".join(screen.display)
        stream.feed(terminal.read(65536))  # type: ignore[attr-defined]
    terminal.sendintr()  # type: ignore[attr-defined]
