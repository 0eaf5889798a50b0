"""`radar import` as a user types it, killed in its transaction, and stopped by ctrl+c."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.cli import main
from radar_tui.domain.customer import Customer
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Id,Requester,Subject,Ticket type,Priority,Organization,Created at,Solved at,Satisfaction Score\n"
ROWS = 30_000

KILLED = """
import os, signal, sys
from radar_tui.store.rows.imports import Imports
from radar_tui.cli import main
step, *arguments = sys.argv[1:]
def dead(*_): os.kill(os.getpid(), signal.SIGKILL)
class Dies(Imports):
    def write(self, table, on_the_way, cancelled, before_commit):
        if step == "before": dead()
        super().write(table, on_the_way, cancelled, dead if step == "within" else before_commit)
        if step == "after": dead()
import radar_tui.store.rows.imports
radar_tui.store.rows.imports.Imports = Dies
main.main(arguments)
"""


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "radar.db"
    monkeypatch.setenv("RADAR_DB", str(path))
    monkeypatch.setattr(paths, "user_headings", lambda: tmp_path / "imports.toml")
    with Store.open(path) as store:
        store.customer.save(Customer(id="a", name="Aurora Tissue"))
    return path


def export(folder: Path, rows: int, name: str = "tickets.csv") -> Path:
    path = folder / name
    row = "{},Bob,It leaks,Incident,High,Aurora Tissue,2026-09-27 09:00,,Bad\n"
    path.write_text(HEAD + "".join(row.format(number) for number in range(rows)), encoding="utf-8")
    return path


def tickets(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return int(connection.execute("SELECT count(*) FROM ticket").fetchone()[0])


def test_from_dry_run_to_again(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(export(tmp_path, 3))
    assert main.main(["import", file, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "3 rows of tickets: Zendesk, UTF-8, separated by comma" in said
    assert "To import: 3 new, 0 changed, 0 there as they are" in said
    assert tickets(db) == 0
    assert not paths.backups(db).exists()
    assert main.main(["import", file]) == 0
    assert "Imported: 3 new, 0 changed, 0 there as they are" in (said := capsys.readouterr().out)
    assert "A backup from before: " in said
    assert main.main(["import", file]) == 0
    assert "Nothing new: 3 rows there already as they are" in capsys.readouterr().out
    assert tickets(db) == 3


def test_bad_rows(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = export(tmp_path, 2)
    with file.open("a", encoding="utf-8") as text:
        text.writelines(
            f"x{number},Bob,\x1b[31m,Incident,High,\x1b[31mEvil,2026-09-27,,\n" for number in range(30)
        )
    assert main.main(["import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "!! line 4: Organization: there is no customer “␛[31mEvil”" in said
    assert "and 10 more" in said
    assert tickets(db) == 0
    bad = tmp_path / "bad.csv"
    assert main.main(["import", str(file), "--rejects", str(bad)]) == 0
    assert "30 bad rows in" in capsys.readouterr().out
    assert tickets(db) == 2
    assert main.main(["import", str(file), "--rejects", str(bad)]) == 1
    assert "already" in capsys.readouterr().err


def test_what_the_user_says(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("Key,Summary,Created\nA-1,Leak,03/04/2026\n", encoding="utf-8")
    assert main.main(["import", str(file)]) == 1
    assert "--customer-column" in capsys.readouterr().err
    assert main.main(["import", str(file), "--as", "tickets", "--customer", "aurora"]) == 1
    assert "--dates day-first, or --dates month-first" in capsys.readouterr().err
    assert (
        main.main(["import", str(file), "--as", "tickets", "--customer", "aurora", "--dates", "day-first"])
        == 0
    )
    assert tickets(db) == 1


def test_own_headings(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, file = tmp_path / "imports.toml", tmp_path / "own.csv"
    assert main.main(["import", "--headings"]) == 0
    assert "(not there yet)" in capsys.readouterr().out
    file.write_text("Vorgang;Kunde;Angelegt;Dringend\n7;Aurora Tissue;27.9.2026;brennt\n", encoding="cp1252")
    own.write_text(
        '[columns.tickets]\nreference = ["Vorgang"]\n\n[words.priorty]\nurgent = ["brennt"]\n',
        encoding="utf-8",
    )
    assert main.main(["import", str(file)]) == 1
    assert "imports.toml, line 4: " in capsys.readouterr().err
    own.write_text('[columns.tickets]\nreferenz = ["Vorgang"]\n', encoding="utf-8")
    assert main.main(["import", "--headings"]) == 1
    assert "imports.toml, line 2: tickets have no “referenz”" in capsys.readouterr().err
    own.write_text(
        '[columns.tickets]\nreference = ["Vorgang"]\ncustomer = ["KUNDE"]\nopened_at = ["Angelegt"]\n'
        'priority = ["Dringend"]\n[words.priority]\nurgent = ["Brennt"]\n',
        encoding="utf-8",
    )
    assert main.main(["import", str(file)]) == 0
    with Store.open(db) as store:
        [ticket] = store.ticket.where()
        assert (ticket.reference, ticket.priority, ticket.opened_at.astimezone().day) == ("7", "urgent", 27)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize(("step", "there"), [("before", 0), ("within", 0), ("after", 2_000)])
def test_killed_it_is_all_or_nothing(db: Path, tmp_path: Path, step: str, there: int) -> None:
    file = export(tmp_path, 2_000)
    died = subprocess.run(
        [sys.executable, "-c", KILLED, step, "import", str(file)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert tickets(db) == there
    assert main.main(["import", str(file)]) == 0
    assert tickets(db) == 2_000


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_says_one_line_and_changes_nothing(db: Path, tmp_path: Path) -> None:
    file = export(tmp_path, ROWS)
    script = (
        "import sys, radar_tui.store.rows.imports as imports; from radar_tui.cli import main\n"
        "stage = imports.Imports.stage\n"
        "def told(self, columns, rows, cancelled):\n"
        "    print('begun', flush=True); stage(self, columns, rows, cancelled)\n"
        "imports.Imports.stage = told; sys.exit(main.main(sys.argv[1:]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "import", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "radar: Stopped: nothing was changed.\n")
    assert tickets(db) == 0
