"""`radar export`: what it writes where, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.cli.main import main
from radar_tui.cli.parser import parser
from radar_tui.domain.customer import Contact, Customer
from radar_tui.exchange.fields import KINDS
from radar_tui.store.connection import system_clock
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    path = tmp_path / "r.db"
    with Store.open(path, clock=system_clock) as store:
        store.customer.save_all([Customer(id="a", name="Aurora"), Customer(id="b", name="Borealis")])
        store.contact.save_all([Contact(id=n, customer_id=n, name=n) for n in "ab"])
    monkeypatch.chdir(tmp_path)
    return lambda *words: main(["--db", str(path), "export", *words])


def test_a_name_with_the_day_unless_one_is_given(
    export: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    for words, said in (
        (["xlsx"], "4 rows in radar-"),
        (["csv", "follow", "ups"], "0 rows in radar-follow_ups-"),
        (["csv", "-o", "all"], "4 rows in all"),
        (["ics"], "0 entries in radar-"),
        (["vcf", "aurora"], "1 contact in radar-"),
        (["vcf", "-o", "all.vcf"], "2 contacts in all.vcf"),
    ):
        assert export(*words) == 0
        assert capsys.readouterr().out.startswith(said)
    assert len(list(Path().glob("*.*"))) >= 5


def test_a_csv_is_printed_for_a_pipe(export: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert export("csv", "contacts", "-o", "-") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Customer,Name,Job title,")
    assert lines[1].startswith("Aurora,a,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["csv", "-o", "-"], "Which table?"),
        (["csv", "-o", "there.txt"], "there.txt is a file."),
        (["csv", "customer"], "There is no table “customer”."),
        (["vcf", "nobody"], "No customer is called “nobody”."),
        (["xlsx", "-o", "-"], "Only csv can be printed."),
        (["ics", "aurora"], "there is none of “aurora”"),
        (["xlsx", "tickets"], "there is none of “tickets”"),
        (["vcf", "--mine"], "Only the calendar can be yours alone."),
        (["ics", "--mine"], "Radar does not know who you are."),
        (["xlsx", "-o", "r.db", "--force"], "is the database itself"),
        (["xlsx", "-o", "there.txt"], "there.txt already."),
        (["xlsx", "-o", "no/folder.xlsx"], "cannot be written"),
    ],
)
def test_what_it_refuses(
    export: Callable[..., int], capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    Path("there.txt").write_text("mine")
    assert export(*words) != 0
    assert said in capsys.readouterr().err
    assert Path("there.txt").read_text() == "mine"
    assert sorted(each.name for each in Path().glob("*.part")) == []


def test_a_terminal_gets_no_escape_sequence(
    export: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(Path("r.db")) as store:
        store.customer.save(Customer(id="e", name="\x1b[31mred"))
    for terminal in (True, False):
        monkeypatch.setattr("sys.stdout.isatty", lambda terminal=terminal: terminal)
        assert export("csv", "customers", "-o", "-") == 0
        assert ("\x1b" in capsys.readouterr().out) is not terminal


def test_force_takes_its_place(export: Callable[..., int]) -> None:
    Path("there.vcf").write_text("mine")
    assert export("vcf", "-o", "there.vcf", "--force") == 0
    assert "BEGIN:VCARD" in Path("there.vcf").read_text()


def test_what_the_parser_spells_out_is_what_there_is() -> None:
    commands = next(action for action in parser()._actions if action.dest == "command")
    assert isinstance(commands.choices, dict)
    kinds = next(action for action in commands.choices["import"]._actions if action.dest == "kind")
    assert kinds.choices == KINDS
