"""Lines of business on a visit: what stands in each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.ui.steps import replacements, spares
from tests.ui.steps.standing import app_on, opened, step, visit_with
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from radar_tui.domain.integrity import Verdict
    from radar_tui.store.store import Store
    from radar_tui.ui.steps.base.lines import LinesPane


@pytest.mark.parametrize(
    ("verdict", "pane"), [("unserviceable", replacements.Pane), ("deteriorating", spares.Pane)]
)
async def test_a_line_says_by_when_it_is_needed(
    store: Store, verdict: Verdict, pane: type[LinesPane]
) -> None:
    world = build(store)
    kinds = [step("replacements"), step("spares"), step("summary")]
    visit = visit_with(store, world.customer, kinds if pane is replacements.Pane else kinds[1:])
    store.finding.grade(visit, world.item, verdict)
    [row] = store.opportunity.lines_of(visit, pane.kind)
    line = store.opportunity.lines.get(row.id)
    store.opportunity.change_line(line, line.model_copy(update={"needed_by": date(2027, 1, 8)}))
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, pane)
        [painted] = [words for words in shown(pilot.app).splitlines() if "W-010" in words]
        assert "8 Jan" in painted
