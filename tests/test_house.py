"""The plan of the house, beside what import-linter holds: no room is crowded."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "radar_tui"
MOST_FILES = 20
MOST_LINES = 40
LONGEST_FILE = 300
SCREENS = ("screens", "steps", "frame")
FLAT = {"_open_room", "brief", "module_of", "open_place", "row_models"}
"""Longer, for they only declare: a case or a field a line, and nothing to follow."""
ONE_A_NOUN = {"domain", "store/rows"}
TAKEN_APART = """
AgendaRow Book BriefWant Charter Company Draft Entry Filters InTheRoom LogEntry Loop Loss Options PromiseSeen
Recognised RowChange Settings Status SyncAnswers SyncResult Typed
"""
"""Given to `replace`, `asdict` or `fields`; so are the parts of a report, which are set as one."""


def test_no_folder_holds_more_files_than_one_can_look_over() -> None:
    folders = {file.parent for file in PACKAGE.rglob("*.py")}
    crowded = [
        folder
        for folder in folders
        if len(list(folder.glob("*.py"))) > MOST_FILES
        and folder.relative_to(PACKAGE).as_posix() not in ONE_A_NOUN
    ]
    assert crowded == []


def test_no_screen_is_longer_than_one_can_read_at_once() -> None:
    """The app itself, which every screen leans on, is shorter still."""
    ui = PACKAGE / "ui"
    lengths = {
        file.relative_to(ui).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for folder in SCREENS
        for file in (ui / folder).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}
    assert len((ui / "app.py").read_text(encoding="utf-8").splitlines()) < 250


def test_a_class_name_says_which() -> None:
    """`Row` of a list and `Row` of a table are two things; each step kind's `Pane` is one thing many times."""
    named: dict[str, list[Path]] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(file)
    assert {name: files for name, files in named.items() if len(files) > 1 and name != "Pane"} == {}


def test_a_value_is_a_named_tuple_unless_it_needs_more() -> None:
    """The rule stands in `domain`; a class that no longer needs to be a dataclass is told as well."""
    classes = [
        (file, node)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    parents = {ast.unparse(base) for _, node in classes for base in node.bases}
    plain = {
        node.name
        for file, node in classes
        if any("dataclass(frozen=True" in ast.unparse(decorator) for decorator in node.decorator_list)
        and not (node.bases or node.name in parents or file.name == "document.py")
        and not any("field(" in (text := ast.unparse(part)) or "__post_init__" in text for part in node.body)
        and not any(
            isinstance(part, ast.AnnAssign) and ast.unparse(part.target) in dir(tuple) for part in node.body
        )
    }
    assert plain == set(TAKEN_APART.split())


def test_no_function_is_longer_than_one_can_look_over() -> None:
    """Its own words about itself are not counted; one that has become short is told as well."""
    long = {
        node.name
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno - _length_of_docstring(node) >= MOST_LINES
    }
    assert long == FLAT


def _length_of_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    return (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node, clean=False) else 0
