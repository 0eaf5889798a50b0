"""The commands of sync as a user types them, on hubs in folders."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path

import pytest

from radar_tui import cli, cli_sync
from radar_tui.cli_parser import HUB
from radar_tui.sync.engine import Progress

HOSTILE = "Évil [red]x[/] \x1b[31m\u202eCorp"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the files of whoever runs it."""
    monkeypatch.setenv("RADAR_DB", str(tmp_path / "radar.db"))
    monkeypatch.setenv("COLUMNS", "80")


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


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
    assert run(*arguments) == cli.USAGE
    out, err = said(capsys)
    assert out == []
    assert err[0] == f"radar: {complaint}"
    assert err[1].startswith("       See: radar")
    assert len(err) == 2


def test_help_of_each_command_of_the_hub(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(HUB) == set(cli_sync.HUB)
    assert run("hub", "--help") == 0
    listed = "\n".join(said(capsys)[0])
    for name, (_, example) in HUB.items():
        assert f"    {name} " in listed
        assert run("hub", name, "--help") == 0
        text = "\n".join(said(capsys)[0])
        assert f"example:\n  {example}" in text
        assert "--db FILE" in text


# Progress and Ctrl+C


class Terminal(io.StringIO):
    """What a terminal of 40 columns would have been sent."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        """What stands on the line now."""
        shown: list[str] = []
        for part in self.getvalue().split("\r"):
            shown[: len(part)] = list(part)
        return "".join(shown).rstrip()


def as_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("COLUMNS", "40")
    return made


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = as_terminal(monkeypatch)
    with cli_sync.Running() as running:
        running.report(Progress("Reading the hub", 0, 0))
        assert terminal.line() == "Reading the hub …"
        running.report(Progress("Taking entries", 1, 1200))
        assert terminal.line() == "Taking entries (1 of 1,200)"
        running.report(Progress("Taking entries", 2, 1200))
        assert terminal.line() == "Taking entries (1 of 1,200)", "painted at most a dozen times a second"
        running.report(Progress("Bytes", 512_000, 1_024_000))
        assert terminal.line() == "Bytes (50%)"
        running.report(Progress(f"From {HOSTILE} " + "long " * 20, 0, 0))
        assert terminal.line().startswith("From Évil [red]x[/] ␛[31mCorp long")
        assert len(terminal.line()) <= 39
    assert terminal.line() == ""
    assert "\n" not in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with cli_sync.Running() as running:
        running.report(Progress("Reading the hub", 0, 0))
    assert said(capsys) == ([], [])


def test_ctrl_c_asks_first_and_then_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), cli_sync.Running() as running:
        assert not running.cancelled()
        signal.raise_signal(signal.SIGINT)
        assert running.cancelled()
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
