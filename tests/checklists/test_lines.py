"""The line of every table and key, for all ways in which TOML may be written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from radar_tui.checklists.lines import Outline, Path

TEXT = '''# comment with [brackets] and "quotes"
title.en = "One # not a comment"
title."it" = 'Uno'

many = [ # a comment
  "a]",
  """two
lines ""\\""" end""",
  { inside = 1, deep = [1,
    2] },
]
when = 2026-12-03 10:00:00
[plain.table]
key = """
[[steps]]
"""
[[steps]]
key = 1
[steps.more]
x = { "quoted \\u0041" = true }
[[steps.questions]]
key = 2
[[steps.questions]]
key = \'\'\'
[[steps]]\'\'\'
[steps.questions.options]
a = 1
[[steps]]
[[steps.questions]]
key = 3
'''

LINES: dict[Path, int] = {
    ("title",): 2,
    ("title", "en"): 2,
    ("title", "it"): 3,
    ("many",): 5,
    ("many", 0): 6,
    ("many", 1): 7,
    ("many", 2, "inside"): 9,
    ("many", 2, "deep", 1): 10,
    ("when",): 12,
    ("plain", "table"): 13,
    ("plain", "table", "key"): 14,
    ("steps", 0): 17,
    ("steps", 0, "key"): 18,
    ("steps", 0, "more"): 19,
    ("steps", 0, "more", "x", "quoted A"): 20,
    ("steps", 0, "questions", 0): 21,
    ("steps", 0, "questions", 1, "key"): 24,
    ("steps", 0, "questions", 1, "options", "a"): 27,
    ("steps", 1): 28,
    ("steps", 1, "questions", 0, "key"): 30,
}


def test_the_text_is_toml() -> None:
    assert tomllib.loads(TEXT)["steps"][1]["questions"][0]["key"] == 3


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_tables_and_keys_are_found(path: Path, line: int) -> None:
    assert Outline(TEXT).lines[path] == line


def test_what_is_not_there_is_looked_for_in_its_table() -> None:
    outline = Outline(TEXT)
    assert outline.line_of(("steps", 0, "questions", 1, "gone")) == 23
    assert outline.line_of(("gone", 3)) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = [\n1,\n2\n", 2), ('a = 1\n\nb = """x\n\n', 3), ("a = 1\n[b\n", 2), ("", 1), ("a =", 1)],
)
def test_a_text_that_stops_too_early_went_wrong_where_its_last_statement_began(text: str, line: int) -> None:
    assert Outline(text).begun == line


@example('"\\1"')
@example("a=[}")
@example("a={b=[}]}")
@given(st.text(st.sampled_from("ab=[]{}\"'.,#\n \\1"), max_size=60))
def test_any_text_has_an_outline_and_any_toml_a_complete_one(text: str) -> None:
    outline = Outline(text)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for path in paths(table, ()):
        assert path in outline.lines


def paths(value: object, at: Path) -> list[Path]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [found for key, below in inside for found in [(*at, key), *paths(below, (*at, key))]]
