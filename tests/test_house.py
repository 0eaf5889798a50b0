"""The plan of the house, beside what import-linter holds: no room is crowded."""

from __future__ import annotations

import ast
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


def test_a_class_name_says_which() -> None:
    """`Row` of a list and `Row` of a table are two things; each step kind's `Pane` is one thing many times."""
    named: dict[str, list[Path]] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(file)
    assert {name: files for name, files in named.items() if len(files) > 1 and name != "Pane"} == {}
