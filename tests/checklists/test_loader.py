"""Every mistake in a checklist file is said with its file, line and reason; a broken file disturbs no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import ChecklistError, library, load, parse, shipped
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from pathlib import Path

# Lines are counted from here: the key stands on line 1.
GOOD = """key = "mine"
version = 1
title = "Mine"
occasion = "customer visit"

[[steps]]
key = "before"
kind = "questions"
title = "Before"

[[steps.questions]]
key = "done"
ask = "Is it done?"
type = "yes/no"

[[steps.questions]]
key = "level"
ask = "How full is it?"
type = "number"
min = 0
max = 10
when = { done = "no" }

[[steps]]
key = "end"
kind = "summary"
title = "Summary"
"""


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ChecklistError) as refused:
        parse(text, "mine.toml")
    assert {problem.file for problem in refused.value.problems} == {"mine.toml"}
    assert refused.value.message == str(refused.value.problems[0])
    return [(problem.line, problem.reason) for problem in refused.value.problems]


def test_a_good_file_has_no_problems() -> None:
    assert [step.key for step in parse(GOOD, "mine.toml").steps] == ["before", "end"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        # The checklist
        ('key = "mine"\n', "", 1, "“key” is missing"),
        ('key = "mine"', 'key = "My key"', 1, "“key” must be small letters, digits and _, beginning with a letter"),
        ("version = 1", 'version = "1"', 2, "“version” must be a whole number"),
        ("version = 1", "version = 0", 2, "“version” must be at least 1"),
        ('title = "Mine"', 'title = ""', 3, "there are no words here"),
        ('title = "Mine"', "title = 3", 3, "words in quotes are needed here, or a table with “en” and other languages"),
        ('title = "Mine"', 'title.it = "Mia"', 3, "the English words (en) are missing"),
        ('title = "Mine"', 'title.en = "Mine"\ntitle.italian = "Mia"', 4,
         "“italian” is not a language; use two letters such as en, it, de"),
        ('title = "Mine"', 'title = { en = "Mine", it = " " }', 3, "there are no words for “it”"),
        ('occasion = "customer visit"', 'occasion = "party"', 4,
         "“occasion” must be 'customer visit', 'self-check' or 'observation day', not “party”"),
        ('occasion = "customer visit"', 'occassion = "customer visit"', 4,
         "“occassion” is not known here; did you mean “occasion”?"),
        ('occasion = "customer visit"', 'suits = ["everybody"]', 4,
         "“suits” must be 'product', 'service' or 'both', not “everybody”"),
        ('occasion = "customer visit"', 'suits = "product"', 4, "“suits” must be a list"),
        # Steps
        ('kind = "questions"', 'kind = "quiz"', 8, None),
        ('title = "Before"', 'title = "Before"\nhelpp = "Go"', 10, "“helpp” is not known here; did you mean “help”?"),
        ('title = "Before"\n', "", 6, "“title” is missing"),
        ('title = "Before"', 'title = "Before"\neach = "machine"', 10,
         "“each” must be 'item', 'contact', 'stream', 'promise' or 'half hour', not “machine”"),
        ('key = "end"', 'key = "before"', 25, "another step already has the key “before”"),
        ('kind = "summary"', 'kind = "questions"', 24, "the step “end” has no questions"),
        ('title = "Summary"', 'title = "Summary"\neach = "item"', 28, "a step of kind “summary” does not repeat"),
        ('title = "Summary"', 'title = "Summary"\n\n[[steps]]\nkey = "end2"\nkind = "summary"\ntitle = "S"', 31,
         "there can be only one step of kind “summary”"),
        ('title = "Summary"', 'title = "Summary"\n\n[[steps.questions]]\nkey = "x"\nask = "X?"\ntype = "text"', 29,
         "a step of kind “summary” has no questions of its own"),
        ('occasion = "customer visit"\n\n[[steps]]', 'occasion = "self-check"\n\n[[steps]]\neach = "item"', 7,
         "a self-check has no customer, so nothing repeats over each item"),
        # Questions
        ('ask = "Is it done?"\n', "", 11, "“ask” is missing"),
        ('type = "yes/no"\n', "", 11, "“type” is missing"),
        ('type = "yes/no"', 'type = "maybe"', 14,
         "“type” must be 'yes/no', 'choice', 'several', 'number', 'text', 'date' or 'rating', not “maybe”"),
        ('key = "level"', 'key = "done"', 17, "another question already has the key “done”"),
        ('type = "yes/no"', 'type = "yes/no"\nrequired = "yes"', 15, "“required” must be true or false"),
        ('type = "yes/no"', 'type = "yes/no"\nmin = 1', 15, "a yes/no question has no min"),
        ('type = "yes/no"', 'type = "yes/no"\nahead = true', 15, "a yes/no question has no ahead"),
        ('type = "yes/no"', 'type = "text"\nunit = "h"', 15, "a text question has no unit"),
        ('type = "yes/no"', 'type = "date"\noptions = ["A", "B"]', 15, "a date question has no options"),
        # Options
        ('type = "yes/no"', 'type = "choice"', 11, "a choice question needs 2 to 9 options"),
        ('type = "yes/no"', 'type = "choice"\noptions = ["One"]', 15, "a choice question needs 2 to 9 options"),
        ('type = "yes/no"', 'type = "several"\noptions = []', 11, "a several question needs 1 to 9 options"),
        ('type = "yes/no"', 'type = "choice"\noptions = [\n  "One",\n  "one",\n]', 17,
         "the option “one” is there twice"),
        ('type = "yes/no"', 'type = "choice"\noptions = [\n  "One",\n  "2",\n]', 17,
         'this option needs a key: write options = { key = "Label", … }'),
        ('type = "yes/no"', 'type = "choice"\n[steps.questions.options]\na = "Bad"\nb = "bad"', 17,
         "“bad” also names the option “a”"),
        ('type = "yes/no"', 'type = "choice"\n[steps.questions.options]\na = "b"\nb = "Good"', 16,
         "“b” also names the option “b”"),
        ('type = "yes/no"', 'type = "choice"\n[steps.questions.options]\na = "N/A"\nb = "Good"', 16,
         "a label cannot contain “·” or be “n/a” (N/A is always there)"),
        ('type = "yes/no"', 'type = "choice"\noptions = { flagged = "Bad", b = "Good" }', 15,
         "“flagged” cannot be the key of an option"),
        ('type = "yes/no"', 'type = "choice"\n[steps.questions.options]\n"A b" = "Bad"\nb = "Good"', 16,
         "the key “A b” must be small letters, digits and _, beginning with a letter"),
        # Ranges
        ("min = 0", "min = 11", 20, "min (11) is greater than max (10)"),
        ("min = 0", 'min = "low"', 20, "“min” must be a number"),
        ("min = 0", "min = nan", 20, "“min” must be a number"),
        ("min = 0", 'unit = " h"', 20, "“ h” is not a unit"),
        ("min = 0", 'unit = "5"', 20, "“5” is not a unit"),
        ('type = "number"\nmin = 0\nmax = 10', 'type = "rating"\nmin = 0\nmax = 11', 21,
         "max of a rating is a whole number from 0 to 10"),
        ('type = "number"\nmin = 0\nmax = 10', 'type = "rating"\nmin = 0.5\nmax = 3', 20,
         "min of a rating is a whole number from 0 to 10"),
        ('type = "number"\nmin = 0\nmax = 10', 'type = "rating"\nmin = 4\nmax = 4', 20,
         "a rating from 4 to 4 has no range"),
        ('type = "number"\nmin = 0\nmax = 10', 'type = "rating"\nmax = 1', 20, "a rating from 1 to 1 has no range"),
        ('type = "number"\nmin = 0\nmax = 10', 'type = "rating"\nunit = "h"', 20, "a rating has no unit"),
        # When, flag, action
        ('done = "no" }', 'done = "perhaps" }', 22, "“perhaps” is not an answer to “done”; the answers are yes, no"),
        ('done = "no" }', 'level = "1" }', 22, "“when” refers to “level”, which comes later or is this one"),
        ('done = "no" }', 'other = "no" }', 22, "“when” refers to “other”, which is not in this checklist"),
        ('done = "no" }', "done = { is = 1 } }", 22,
         "an answer such as “no”, or a list of answers, is needed here"),
        ('done = "no" }', "done = [] }", 22, "the list of answers is empty"),
        ('type = "yes/no"', 'type = "text"', 22, "“done” is answered with a text, which cannot be a condition"),
        ('type = "yes/no"', 'type = "yes/no"\nflag = "low"', 15,
         "“low” is not an answer to “done”; the answers are yes, no"),
        ("max = 10", 'max = 10\nflag = "> 10"', 22, "“level” can never be “> 10”: it is a number from 0 to 10"),
        ("max = 10", 'max = 10\nflag = "lots"', 22, "“lots” is not a number or a comparison such as “< 7”"),
        ('type = "yes/no"', 'type = "yes/no"\naction = "Do it"', 15,
         "say with flag = … which answers raise this action"),
        ('type = "yes/no"', 'type = "yes/no"\naction.maybe = "Do it"', 15,
         "“maybe” is not an answer to “done”; the answers are yes, no"),
        ('type = "yes/no"', 'type = "yes/no"\naction = 3', 15,
         'an action is a title in quotes, or a table such as { no = "Title" }'),
        ('type = "yes/no"', 'type = "yes/no"\naction = { no = " " }', 15, "“no” is empty"),
        ('type = "yes/no"', 'type = "yes/no"\ndays = 3', 15,
         "days only says when an action is due, and there is no action"),
        ('type = "yes/no"', 'type = "yes/no"\nflag = "no"\naction = "Do it"\ndays = 1000', 17,
         "“days” must be at most 999"),
        # What is not TOML
        ('title = "Mine"', "title = Mine", 3, 'this is not a value; words need quotes, e.g. title = "My visit"'),
        ('title = "Mine"', 'title = "Mine', 3, "there is a character that cannot stand here; is a quote missing?"),
        ('title = "Mine"', "title", 3, "there is no “=” after the name"),
        ('title = "Mine"', 'title = "Mine" again', 3, "there is something after the value; is a quote missing?"),
        ('title = "Mine"', 'version = 2', 3, "this name is already used in this table"),
        ('title = "Mine"', '= "Mine"', 3, "this is neither a name = value nor a [table]"),
        ('title = "Summary"', 'title = """Summary', 27, "a quote is missing"),
        ('title = "Summary"', 'title = ["Summary"', 27, "a list that begins with “[” has no “]”"),
        ('key = "end"', 'key = "end"\nkey = "again"', 26, "this name is already used in this table"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line_and_reason(
    old: str, new: str, line: int, reason: str | None
) -> None:
    assert GOOD.count(old) == 1 or old in ('title = "Mine"', 'occasion = "customer visit"')
    found = problems(GOOD.replace(old, new, 1))
    assert found[0][0] == line
    if reason is not None:
        assert found == [(line, reason)]


def test_a_step_of_an_unknown_kind_names_those_there_are() -> None:
    [(line, reason)] = problems(GOOD.replace('kind = "questions"', 'kind = "quiz"'))
    assert line == 8
    assert reason.endswith("'next_visit' or 'summary', not “quiz”")


def test_all_mistakes_are_listed_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("version = 1", "version = 0")
        .replace('"yes/no"', '"yes"')
        .replace("max = 10", "maximum = 10")
    )
    with pytest.raises(ChecklistError) as refused:
        parse(text, "mine.toml")
    assert [problem.line for problem in refused.value.problems] == [2, 14, 21]
    assert str(refused.value.problems[2]) == "mine.toml:21: “maximum” is not known here; did you mean “max”?"
    assert refused.value.message.startswith("mine.toml:2: ")
    assert refused.value.hint == "and 2 more: `radar checklists` lists them all."


def test_a_question_of_each_subject_gives_no_single_answer_elsewhere() -> None:
    text = GOOD.replace('title = "Before"', 'title = "Before"\neach = "item"')
    text += """
[[steps]]
key = "after"
kind = "questions"
title = "After"

[[steps.questions]]
key = "why"
ask = "Why?"
type = "text"
when = { done = "no" }
"""
    assert problems(text) == [(39, "“done” is asked of each item, so it has no single answer here")]
    same = text.replace('title = "After"', 'title = "After"\neach = "item"')
    assert parse(same, "mine.toml").steps[-1].each == "item"


def test_a_checklist_needs_a_step() -> None:
    assert problems('key = "mine"\nversion = 1\ntitle = "Mine"\nsteps = []') == [
        (4, "a checklist needs at least one step")
    ]
    assert problems('key = "mine"\nversion = 1\ntitle = "Mine"\nsteps = 3') == [(4, "“steps” must be a list")]
    assert problems('key = "mine"\nversion = 1\ntitle = "Mine"\nsteps = [\n  3\n]') == [
        (5, "“steps” must be a table")
    ]


def test_a_self_check_has_no_step_that_needs_a_customer() -> None:
    text = GOOD.replace('"customer visit"', '"self-check"').replace('kind = "summary"', 'kind = "nps"')
    assert problems(text) == [(26, "a self-check has no customer, so no step of kind “nps”")]


# Files


def written(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_file_is_read_with_any_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.toml", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path).key == "mine"
    path = written(tmp_path, "mine.toml", GOOD.replace("version = 1", "version = 0").replace("\n", "\r\n"))
    with pytest.raises(ChecklistError, match=r"mine\.toml:2: "):
        load(path)


def test_a_file_that_is_not_utf8_says_where(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.toml", GOOD.encode().replace(b"Before", b"Pr\xe9"))
    with pytest.raises(ChecklistError, match=r"mine\.toml:9: this is not UTF-8 text; save the file as UTF-8"):
        load(path)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"gone\.toml:1: the file cannot be read"):
        load(tmp_path / "gone.toml")
    (tmp_path / "folder.toml").mkdir()
    found = library(tmp_path)
    assert [problem.file for problem in found.problems] == ["folder.toml"]
    assert len(found.checklists) == len(shipped())


def test_a_broken_file_keeps_none_of_the_others_out(tmp_path: Path) -> None:
    written(tmp_path, "broken.toml", "key = ")
    written(tmp_path, "mine.toml", GOOD)
    written(tmp_path, "notes.txt", "not a checklist")
    found = library(tmp_path)
    assert [checklist.key for checklist in found.checklists] == [*(one.key for one in shipped()), "mine"]
    assert found.sources["mine"] == "mine.toml"
    assert [str(problem) for problem in found.problems] == [
        'broken.toml:1: this is not a value; words need quotes, e.g. title = "My visit"'
    ]


def test_a_deeply_nested_file_is_a_problem_and_no_end(tmp_path: Path) -> None:
    written(tmp_path, "deep.toml", "a = " + "[" * 20_000)
    assert [problem.file for problem in library(tmp_path).problems] == ["deep.toml"]


def test_without_a_folder_there_are_the_shipped_ones(tmp_path: Path) -> None:
    assert list(library(tmp_path / "none").checklists) == list(shipped())
    assert list(library(None).checklists) == list(shipped())
    assert library(None).problems == ()


def test_a_folder_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    assert "the folder cannot be read" in library(written(tmp_path, "checklists", "")).problems[0].reason


def test_the_highest_version_counts(tmp_path: Path) -> None:
    own = GOOD.replace('key = "mine"', 'key = "service"')
    written(tmp_path, "a.toml", own.replace("version = 1", "version = 9"))
    written(tmp_path, "b.toml", own.replace("version = 1", "version = 8"))
    found = library(tmp_path)
    assert found.get("service").version == 9
    assert found.sources["service"] == "a.toml"
    assert found.problems == ()


def test_the_same_key_and_version_twice_is_a_problem(tmp_path: Path) -> None:
    written(tmp_path, "a.toml", GOOD)
    written(tmp_path, "b.toml", "# mine too\n" + GOOD)
    ours = next(one.version for one in shipped() if one.key == "service")
    same = GOOD.replace('key = "mine"', 'key = "service"').replace("version = 1", f"version = {ours}")
    written(tmp_path, "own.toml", same)
    found = library(tmp_path)
    assert [str(problem) for problem in found.problems] == [
        "b.toml:3: “mine” version 1 is there already (a.toml); raise the version",
        f"own.toml:2: “service” version {ours} is there already (shipped with Radar); raise the version",
    ]
    assert found.get("service").title == "Service review"


def test_an_unknown_checklist_is_said(tmp_path: Path) -> None:
    with pytest.raises(RadarError, match="There is no checklist “none”"):
        library(None).get("none")
