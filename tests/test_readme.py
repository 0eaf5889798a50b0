"""What the README says is so. `python -m tests.test_readme` writes its table of keys anew."""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from textual.binding import Binding

from radar_tui.cli.commands import COMMANDS, HUB
from radar_tui.cli.parser import parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

# Where a user is, and the classes whose keys hold there; a class is looked for in radar_tui.ui.
PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Everywhere", ("app:RadarApp",)),
    ("Radar", ("widgets.row_table:RowTable", "screens.radar.screen:RadarScreen")),
    ("Customer", ("screens.customer.screen:CustomerScreen",)),
    ("– its scorecard", ("screens.scorecard.screen:ScorecardScreen",)),
    ("– over time", ("frame.history:HistoryScreen",)),
    ("– who knows whom", ("screens.customer.counterparts:CounterpartsScreen",)),
    ("Actions", ("screens.actions.screen:ActionsScreen",)),
    ("Search", ("screens.search.screen:SearchScreen",)),
    ("Where figures come from", ("frame.about:AboutScreen",)),
    ("Brief", ("screens.customer.brief:BriefScreen",)),
    (
        "Visit, every step",
        (
            "steps.base.saving:SavingPage",
            "screens.visit.screen:VisitScreen",
            "screens.visit.counts:VisitCounts",
            "screens.visit.leaving:VisitLeaving",
        ),
    ),
    ("– a question", ("steps.questions:Pane",)),
    ("– people", ("steps.people:Pane",)),
    ("– integrity", ("steps.integrity:Pane",)),
    ("– replacements, spares", ("steps.base.lines:LinesPane",)),
    ("– new streams", ("steps.new_streams:Pane",)),
    ("– tickets", ("steps.tickets:Pane",)),
    ("– feedback", ("steps.feedback:Pane",)),
    ("– KPIs", ("steps.kpis:Pane",)),
    ("– promises", ("steps.promises:Pane",)),
    ("– NPS", ("steps.nps:Pane",)),
    ("– actions", ("steps.actions:Pane",)),
    ("– next visit", ("steps.next_visit:Pane",)),
    ("– summary", ("steps.summary:Pane",)),
    ("– as text for an e-mail", ("screens.reports.email_text:EmailTextScreen",)),
    ("Follow-ups", ("screens.follow_ups.screen:FollowUpsScreen",)),
    ("– a follow-up", ("screens.follow_ups.one:FollowUpScreen",)),
    ("Company", ("screens.company.screen:CompanyScreen",)),
    ("A report", ("screens.reports.screen:ReportScreen",)),
    ("Ourselves", ("screens.ourselves.screen:OurselvesScreen",)),
    ("Sync", ("screens.sync.screen:SyncScreen",)),
    ("– a file to import", ("screens.exchange.imports:ImportsScreen",)),
    ("– its log", ("screens.sync.log:LogScreen",)),
    ("– an entry", ("screens.sync.entry:EntryScreen",)),
    ("– what a sync asks", ("screens.sync.ask:AskScreen",)),
    ("– a conflict", ("screens.sync.conflict:ConflictScreen",)),
    ("A form", ("frame.form:FormScreen",)),
)
_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "page up",
    "pagedown": "page down",
}


def keys_of(names: Iterable[str], *, all_of_them: bool = False) -> str:
    """The keys of some classes that are shown to users, as a line of Markdown: `` `v` visit · `b` brief ``."""
    found: dict[str, list[str]] = {}
    for name in names:
        module, _, cls = name.partition(":")
        node: type[DOMNode] = getattr(importlib.import_module(f"radar_tui.ui.{module}"), cls)
        for binding in node.BINDINGS:
            assert isinstance(binding, Binding), f"{name} has a key without an explanation: {binding}"
            if binding.description and (binding.show or all_of_them):
                known = found.setdefault(binding.description, [])
                known += [key for key in binding.key.split(",") if key not in known]
    return " · ".join(f"{shown_keys(keys)} {words}" for words, keys in found.items())


def shown_keys(keys: list[str]) -> str:
    """As they stand on a keyboard; a run of digits as its ends."""
    if len(keys) > 2 and all(key.isdigit() for key in keys):
        return f"`{keys[0]}`–`{keys[-1]}`"
    return " ".join(f"`{_SHOWN.get(key, key)}`" for key in keys)


def key_table() -> str:
    """The table of keys, from the bindings themselves."""
    rows = [f"| {place} | {keys_of(names, all_of_them=place == 'Everywhere')} |" for place, names in PLACES]
    return "\n".join(["| where | keys |", "|---|---|", *rows])


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0].strip("\n")


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_table_of_keys_is_what_the_app_answers_to(readme: str) -> None:
    """If this fails: python -m tests.test_readme"""
    assert between(readme, "<!-- keys -->", "<!-- /keys -->") == key_table()


def test_every_screen_is_in_the_table_or_explains_itself() -> None:
    """A screen that has keys of its own is in the table, or is a question that shows them all in its footer."""
    explain_themselves = {
        "frame.confirm",
        "frame.drafts",
        "frame.page",
        "frame.tabs",
        "screens.company.benchmarks",
        "screens.company.places",
        "screens.ourselves.checklist",
        "screens.settings.intro",
        "screens.settings.keys",
        "screens.visit.start",
        "steps.base.asking",
        "steps.base.step",
        "steps.complete_visit",
        "steps.handing_over.before",
        "steps.handing_over.screen",
    }
    listed = {name.split(":")[0] for _, names in PLACES for name in names}
    ui = ROOT / "radar_tui/ui"
    with_keys = {
        ".".join(file.relative_to(ui).with_suffix("").parts)
        for folder in ("frame", "screens", "steps")
        for file in (ui / folder).rglob("*.py")
        if "BINDINGS" in file.read_text(encoding="utf-8")
    }
    assert with_keys - listed <= explain_themselves


def test_links_and_pictures_lead_somewhere(readme: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", readme) + re.findall(r"(?:src|href)=\"([^\"]+)\"", readme)
    links = [link.split("#")[0] for link in links if not link.startswith(("http:", "https:", "#"))]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_file_named_is_there(readme: str) -> None:
    named = re.findall(r"`((?:radar_tui|tests|\.ci)/[\w./-]*)`", readme)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_where_things_live_asks_one_question_a_line(readme: str) -> None:
    rows = between(readme, "| question | file |", "## Licence").splitlines()[1:]
    rows = [row for row in rows if row]
    assert len(rows) >= 20
    for row in rows:
        assert re.fullmatch(r"\| [^|]+\? \| `[^|]+` \|", row), row


def test_the_table_of_commands(readme: str) -> None:
    table = between(readme, "| command | what it does |\n|---|---|\n", "\n\nEach takes")
    rows = [row.strip("| ").split(" | ", 1) for row in table.splitlines()]
    named = [command.strip("`").split() for command, _ in rows]
    assert list(dict.fromkeys(words[1] for words in named if len(words) > 1)) == list(COMMANDS)
    assert [words[2] for words in named if words[1:2] == ["hub"]] == list(HUB)
    for words, (_, says) in zip(named, rows, strict=True):
        arguments = [_given(word) for word in words[1:]]
        parser().parse_args(arguments)
        for option, value in re.findall(r"`(--\w+)( [A-Z]+)?`", says):
            words_for = {
                " GROUP": "market",
                " KIND": "tickets",
                " ORDER": "day-first",
                " MARK": ",",
                " ROWS": "take",
                " WHOSE": "team",
            }.get(value, "7")
            parser().parse_args([*arguments, option, *([words_for] if value else [])])


def _given(word: str) -> str:
    """What a user would write for a word of the README."""
    return "7" if word in ("ENTRY", "N") else "x" if word.isupper() else word


def test_every_option_is_told(readme: str) -> None:
    told = 0
    for name, command in commands_of(parser()):
        options = {option for action in command._actions for option in action.option_strings}
        for option in options - {"-h", "--help", "--db", "--no-open"}:
            starts = (f"| `radar {name}`", f"| `radar {name} ")
            row = next(line for line in readme.splitlines() if line.startswith(starts))
            assert re.search(f"`{option}( [A-Z]+)?`", row), f"radar {name} {option}"
            told += 1
    assert told >= 12


def commands_of(of: argparse.ArgumentParser, before: str = "") -> list[tuple[str, argparse.ArgumentParser]]:
    """Every command by the words that call it, those of `radar hub` among them."""
    found = []
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                found += [(f"{before}{name}", command), *commands_of(command, f"{before}{name} ")]
    return found


def test_commands_in_the_text_exist(readme: str) -> None:
    found = re.findall(r"`radar((?: [\w./<>-]+)*)`", readme)
    assert len(found) >= len(COMMANDS)
    for words in found:
        parser().parse_args([_given(word) for word in words.split()])


def test_the_two_commands_stand_where_ci_finds_them(readme: str) -> None:
    for mark, ending in (("try", "radar demo"), ("test", "pytest -q -n auto")):
        block = between(readme, f"<!-- {mark} -->\n```sh\n", "```")
        assert len(block.splitlines()) == 1
        assert block.endswith(ending)
    runs = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "$(readme_command test)" in runs


def test_the_checklist_that_it_shows_is_one(readme: str) -> None:
    from radar_tui.checklists.loader import parse
    from radar_tui.domain.checklist import StepKind
    from radar_tui.domain.question_type import TypeName

    found = parse(between(readme, "<!-- checklist -->\n```toml\n", "```"), "oil_change.toml")
    assert [step.kind for step in found.steps] == ["questions", "nps", "summary"]
    told = between(readme, "The other kinds\nof steps", "The files that ship")
    assert set(re.findall(r"`(\w+)`", told)) == set(get_args(StepKind)) - {"questions"}
    types = between(readme, "Types of questions:", "The other kinds\nof steps")
    assert set(re.findall(r"`([a-z/]+)`", types)) == {*get_args(TypeName), "options"}


def test_the_order_of_the_parts(readme: str) -> None:
    assert re.findall(r"^## (.*)$", readme, re.MULTILINE) == [
        "Two commands",
        "A tour",
        "Keys",
        "Imports, in a page",
        "Exports, in a page",
        "Reports, in a page",
        "Sync, in a page",
        "A checklist of your own",
        "Is my data safe?",
        "Where things live",
        "Licence",
    ]


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    start, end = "<!-- keys -->", "<!-- /keys -->"
    head, rest = before.split(start, 1)
    README.write_text(f"{head}{start}\n{key_table()}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")
