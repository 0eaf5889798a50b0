"""A kind of step is one module; whoever adds one is told what is left to do."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from radar_tui.domain.checklist import STEP_RULES, StepKind
from radar_tui.ui.steps import kinds
from radar_tui.ui.steps.base.step import StepPane

KINDS: tuple[StepKind, ...] = get_args(StepKind)
SHARED = {"__init__", "kinds", "complete_visit", "tickets_figures"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_module(kind: StepKind) -> None:
    module = kinds.module_of(kind)
    assert issubclass(module.Pane, StepPane)
    assert isinstance(module.COUNTED, bool)
    assert callable(module.tally)
    assert callable(module.recap)


def test_every_kind_has_its_rule() -> None:
    assert tuple(STEP_RULES) == KINDS


def test_every_module_is_a_kind() -> None:
    assert {file.stem for file in Path(kinds.__file__).parent.glob("*.py")} - SHARED == set(KINDS)
