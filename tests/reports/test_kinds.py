"""Whoever adds a kind of report is told what is left to do: its drawing, its words on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar_tui import reports
from radar_tui.cli.parser import parser
from radar_tui.reports.kinds import REPORTS


@pytest.mark.parametrize("kind", REPORTS)
def test_a_kind_is_drawn_explained_and_named_on_the_command_line(kind: str) -> None:
    assert (Path(reports.__file__).parent / f"{kind}.typ").is_file()
    assert all(title and words for title, words in REPORTS[kind].about)
    assert parser().parse_args(["report", kind]).what == kind


def test_the_command_line_knows_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["report", "weather"])
    assert "argument what: invalid choice: 'weather'" in capsys.readouterr().err
