"""The plan of the house, beside what import-linter holds: no room is crowded."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "radar_tui"
MOST_FILES = 20
ONE_A_NOUN = {"domain", "store/rows"}


def test_no_folder_holds_more_files_than_one_can_look_over() -> None:
    folders = {file.parent for file in PACKAGE.rglob("*.py")}
    crowded = [
        folder
        for folder in folders
        if len(list(folder.glob("*.py"))) > MOST_FILES
        and folder.relative_to(PACKAGE).as_posix() not in ONE_A_NOUN
    ]
    assert crowded == []
