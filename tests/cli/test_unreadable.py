"""With rows that no Radar writes in the file, every command says what it says without them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from radar_tui.cli.main import main
from tests.unreadable import planted

SAMPLE = Path(__file__).parents[2] / "sample.db"
COMMANDS = (
    "due --json --all", "brief Adria", "nps --json", "nps --by quarter --csv", "nps --by owner", "scorecard",
    "scorecard Adria --json", "export csv tickets -o -", "export csv visits -o -", "export csv responses -o -",
    "report service Adria --text",
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    sound, spoiled = (tmp_path_factory.mktemp(name) / "radar.db" for name in ("sound", "spoiled"))
    shutil.copy(SAMPLE, sound)
    shutil.copy(SAMPLE, spoiled)
    with closing(sqlite3.connect(spoiled)) as connection:
        assert len(list(planted(connection))) > 600
        connection.commit()
    return sound, spoiled


@pytest.mark.parametrize("command", COMMANDS)
def test_no_figure_changes(
    files: tuple[Path, Path], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [(main([*command.split(), "--db", str(file)]), capsys.readouterr()) for file in files]
    assert [code for code, _ in said] == [0, 0]
    assert said[0][1].out == said[1][1].out
    assert "cannot be read and are left out" in said[1][1].err
