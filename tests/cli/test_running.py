"""What the commands share: the line of progress, and Ctrl+C."""

from __future__ import annotations

import io
import signal
import sys

import pytest

from radar_tui.cli.running import ProgressLine, Running
from radar_tui.sync.progress import SyncProgress

HOSTILE = "Évil [red]x[/] \x1b[31m\u202eCorp"


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
    with Running() as running:
        running.report(SyncProgress("Reading the hub", 0, 0))
        assert terminal.line() == "Reading the hub …"
        running.report(SyncProgress("Taking entries", 1, 1200))
        assert terminal.line() == "Taking entries (1 of 1,200)"
        running.report(SyncProgress("Taking entries", 2, 1200))
        assert terminal.line() == "Taking entries (1 of 1,200)", "painted at most a dozen times a second"
        running.report(SyncProgress("Bytes", 512_000, 1_024_000))
        assert terminal.line() == "Bytes (50%)"
        running.report(SyncProgress(f"From {HOSTILE} " + "long " * 20, 0, 0))
        assert terminal.line().startswith("From Évil [red]x[/] ␛[31mCorp long")
        assert len(terminal.line()) <= 39
    assert terminal.line() == ""
    assert "\n" not in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Running() as running:
        running.report(SyncProgress("Reading the hub", 0, 0))
    assert capsys.readouterr() == ("", "")


def test_ctrl_c_asks_first_and_then_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), Running() as running:
        assert not running.cancelled()
        signal.raise_signal(signal.SIGINT)
        assert running.cancelled()
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_rows_that_are_counted_are_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = as_terminal(monkeypatch)
    with ProgressLine() as line:
        line.tell("1,000 rows read", 0.25)
        assert terminal.line() == "1,000 rows read (25%)"
        line.tell("2,000 rows read", 0.5)
        assert terminal.line() == "1,000 rows read (25%)", "painted at most a dozen times a second"
        line.tell("writing")
        assert terminal.line() == "writing …"
    assert terminal.line() == ""
