"""A kind of step is one module; whoever adds one is told what is left to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.checklist import STEP_RULES, StepKind, Words
from radar_tui.domain.question import Question
from radar_tui.ui.steps import kinds
from radar_tui.ui.steps.base.step import StepPane
from tests.ui.steps.standing import app_on, opened, screen_of, step, visit_with

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.ui.world import World

KINDS: tuple[StepKind, ...] = get_args(StepKind)
SHARED = {"__init__", "kinds", "complete_visit", "tickets_figures"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_module(kind: StepKind) -> None:
    module = kinds.module_of(kind)
    assert issubclass(module.Pane, StepPane)
    assert isinstance(module.COUNTED, bool)
    assert callable(module.tally)
    assert callable(module.recap)


@pytest.mark.parametrize(
    ("kind", "known"),
    [(kind, known) for kind in KINDS for known in (True, False)[: 1 + STEP_RULES[kind].without_customer]],
)
async def test_every_kind_opens_and_where_its_rule_says_so_without_a_customer(
    store: Store, world: World, kind: StepKind, known: bool
) -> None:
    asks = [Question(key="asked", ask=Words("Asked?"), type="text")] if kind == "questions" else []
    visit = visit_with(store, world.customer if known else None, [step(kind, *asks)])
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, kinds.module_of(kind).Pane)
        screen_of(pilot).came_to(step(kind, *asks))


def test_every_kind_stands_in_a_checklist_that_ships_where_the_tests_of_every_screen_go() -> None:
    assert {one.kind for checklist in shipped() for one in checklist.steps} == set(KINDS)


def test_every_kind_has_its_rule() -> None:
    assert tuple(STEP_RULES) == KINDS


def test_every_module_is_a_kind() -> None:
    assert {file.stem for file in Path(kinds.__file__).parent.glob("*.py")} - SHARED == set(KINDS)
