"""Whoever adds a kind of report is told what is left to do: its drawing, its words on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui import reports
from radar_tui.checklists.loader import shipped
from radar_tui.cli.parser import parser
from radar_tui.reports.kinds import REPORTS, Subject, made
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


@pytest.mark.parametrize("kind", REPORTS)
def test_a_kind_is_drawn_explained_and_named_on_the_command_line(kind: str) -> None:
    assert (Path(reports.__file__).parent / f"{kind}.typ").is_file()
    assert all(title and words for title, words in REPORTS[kind].about)
    assert parser().parse_args(["report", kind]).what == kind
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"`{kind}`" in readme or f"`radar report {kind}`" in readme


@pytest.mark.parametrize("kind", REPORTS)
def test_a_report_bears_the_name_of_its_kind_by_which_its_figures_are_explained(
    store: Store, kind: str
) -> None:
    world = build(store)
    subject = {"company": "", "customer": world.customer, "visit": world.visit}[REPORTS[kind].of]
    assert REPORTS[kind].make(store, subject, None).name == kind


def test_the_command_line_knows_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["report", "weather"])
    assert "argument what: invalid choice: 'weather'" in capsys.readouterr().err


def test_every_kind_is_made_for_some_subject_that_a_screen_knows(store: Store) -> None:
    """A second kind of one subject has a key of its own, or a rule in `made` that chooses it."""
    world = build(store)
    me = store.local.settings().me
    visits = [
        store.visit.start(world.customer, store.checklist.pin(checklist), me).id
        for checklist in shipped()
        if checklist.occasion == "customer visit"
    ]
    subjects: list[tuple[Subject, str]] = [("company", ""), ("customer", world.customer)]
    subjects += [("visit", id) for id in visits]
    assert {made(store, of, id).name for of, id in subjects} == set(REPORTS)
