"""Reading checklists from TOML, shipped ones and a user's own, with file, line and reason where one is wrong."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from radar_tui.checklists.lines import Outline
from radar_tui.checklists.nps import LANGUAGES, NpsWords, nps_words
from radar_tui.domain.checklist import Checklist, Question, Step
from radar_tui.domain.words import Faults
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

__all__ = [
    "LANGUAGES",
    "ChecklistError",
    "Library",
    "NpsWords",
    "Problem",
    "library",
    "load",
    "nps_words",
    "parse",
    "shipped",
]

HERE = Path(__file__).parent
SHIPPED = ("refurbishment", "service", "follow_me_home", "business_with_yourself")

_SYNTAX_HELP = {
    "Invalid value": 'this is not a value; words need quotes, e.g. title = "My visit"',
    "Expected '=' after a key": "there is no “=” after the name",
    "Invalid statement": "this is neither a name = value nor a [table]",
    "Cannot overwrite a value": "this name is already used in this table",
    "Unclosed array": "a list that begins with “[” has no “]”",
    "Illegal character": "there is a character that cannot stand here; is a quote missing?",
    "Unterminated string": "a quote is missing",
    "Expected newline or end of document after a statement": "there is something after the value; is a quote missing?",
}


class Problem(NamedTuple):
    """What is wrong with a checklist file, and where; `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class ChecklistError(RadarError):
    """A checklist that cannot be used; the message is the first of its `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        hint = (
            f"and {more} more: `radar checklists` lists them all."
            if more
            else "Correct it and save the file."
        )
        super().__init__(str(self.problems[0]), hint)


class Library(NamedTuple):
    """All checklists that can be used, the newest version of each key, the shipped ones first.

    `sources` says by key where each comes from, `problems` what is wrong with a user's own files.
    """

    checklists: Sequence[Checklist]
    sources: Mapping[str, str]
    problems: Sequence[Problem]

    def get(self, key: str) -> Checklist:
        """The current checklist with this key; raises RadarError if there is none."""
        for checklist in self.checklists:
            if checklist.key == key:
                return checklist
        raise RadarError(f"There is no checklist “{key}”.", "`radar checklists` lists those there are.")


def load(path: Path) -> Checklist:
    """The checklist in one file. Raises ChecklistError with every problem, its line and reason."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = Problem(path.name, 1, f"the file cannot be read ({error.strerror or error})")
        raise ChecklistError([problem]) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ChecklistError(
            [Problem(path.name, line, "this is not UTF-8 text; save the file as UTF-8")]
        ) from error
    return parse(text, path.name)


def parse(text: str, name: str) -> Checklist:
    """The checklist in a TOML text; `name` is the file it came from. Raises ChecklistError."""
    import tomllib

    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ChecklistError([_syntax_problem(text, name, error)]) from error
    try:
        return Checklist.model_validate(table)
    except ValidationError as error:
        outline = Outline(text)
        found = {
            Problem(name, outline.line_of(path), reason): None
            for details in error.errors()
            for path, reason in _faults(details)
        }
        raise ChecklistError(sorted(found, key=lambda problem: problem.line)) from error


@lru_cache(1)
def shipped() -> tuple[Checklist, ...]:
    """The checklists that come with Radar."""
    return tuple(load(HERE / f"{key}.toml") for key in SHIPPED)


def library(user_folder: Path | None) -> Library:
    """The shipped checklists and those in `user_folder`; a broken file there is a problem, never an end.

    Of one key the highest version counts. A key and version that is there already is a problem, and not taken.
    """
    found = {checklist.key: checklist for checklist in shipped()}
    sources = dict.fromkeys(found, "shipped with Radar")
    taken = {(checklist.key, checklist.version): "shipped with Radar" for checklist in found.values()}
    problems: list[Problem] = []
    for path in _files(user_folder, problems):
        try:
            checklist = load(path)
        except ChecklistError as error:
            problems += error.problems
            continue
        identity = (checklist.key, checklist.version)
        if identity in taken:
            problems.append(_taken_twice(path, checklist, taken[identity]))
            continue
        taken[identity] = path.name
        if checklist.key not in found or checklist.version > found[checklist.key].version:
            found[checklist.key], sources[checklist.key] = checklist, path.name
    return Library(tuple(found.values()), sources, tuple(problems))


def _files(folder: Path | None, problems: list[Problem]) -> list[Path]:
    if folder is None:
        return []
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(folder.name, 1, f"the folder cannot be read ({error.strerror or error})"))
        return []


def _taken_twice(path: Path, checklist: Checklist, source: str) -> Problem:
    line = Outline(path.read_text(encoding="utf-8-sig")).line_of(("version",))
    reason = f"“{checklist.key}” version {checklist.version} is there already ({source}); raise the version"
    return Problem(path.name, line, reason)


def _syntax_problem(text: str, name: str, error: Exception) -> Problem:
    said = str(error)
    at = re.search(r"\(at line (\d+), column \d+\)", said)
    # A text that stops too early went wrong where its last statement began.
    line = int(at[1]) if at else Outline(text).begun
    reason = re.sub(r"\s*\(at [^)]*\)", "", said)
    for begins, help in _SYNTAX_HELP.items():
        if reason.startswith(begins):
            return Problem(name, line, help)
    return Problem(name, line, f"{reason[:1].lower()}{reason[1:]}")


def _faults(details: ErrorDetails) -> list[tuple[tuple[str | int, ...], str]]:
    """(Path in the file, reason) of one complaint of pydantic; our own may hold several."""
    path = details["loc"]
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, Faults):
        return [((*path, *below), reason) for below, reason in cause.faults]
    return [(path, _reason(details, path))]


def _reason(details: ErrorDetails, path: tuple[str | int, ...]) -> str:
    context: dict[str, Any] = details.get("ctx", {})
    name = next((str(part) for part in reversed(path) if isinstance(part, str) and part != "[key]"), "")
    match details["type"]:
        case "extra_forbidden":
            return f"“{name}” is not known here{_nearest(name, path)}"
        case "missing":
            return f"“{name}” is missing"
        case "literal_error":
            return f"“{name}” must be {context['expected']}, not {_short(details['input'])}"
        case "string_pattern_mismatch" if path and path[-1] == "[key]":
            return f"the key “{name}” must be small letters, digits and _, beginning with a letter"
        case "string_pattern_mismatch":
            return f"“{name}” must be small letters, digits and _, beginning with a letter"
        case "string_type":
            return f"“{name}” must be words in quotes"
        case "string_too_short":
            return f"“{name}” is empty"
        case "string_too_long":
            return f"“{name}” is longer than {context['max_length']} letters"
        case "int_type" | "int_from_float":
            return f"“{name}” must be a whole number"
        case "float_type" | "finite_number":
            return f"“{name}” must be a number"
        case "bool_type":
            return f"“{name}” must be true or false"
        case "greater_than_equal" | "less_than_equal":
            word = "at least" if "ge" in context else "at most"
            return f"“{name}” must be {word} {context.get('ge', context.get('le'))}"
        case "model_type" | "dict_type":
            return f"“{name}” must be a table"
        case "tuple_type":
            return f"“{name}” must be a list"
    return f"“{name}”: {details['msg'][:1].lower()}{details['msg'][1:]}"


def _nearest(name: str, path: tuple[str | int, ...]) -> str:
    from difflib import get_close_matches

    model = Question if "questions" in path[:-1] else Step if "steps" in path[:-1] else Checklist
    close = get_close_matches(name, model.model_fields, 1)
    return f"; did you mean “{close[0]}”?" if close else ""


def _short(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
