"""Lines of business on a visit: what stands in each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.days import short_day
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


async def test_the_heading_counts_the_lines_below_it(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("spares")])
    store.finding.grade(visit, world.item, "deteriorating")
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, spares.Pane)
        assert "1 to quote € 760" in shown(pilot.app)
        await pilot.press("d")
        await pilot.pause()
        assert "1 declined € 760" in shown(pilot.app)
        assert "no price" not in shown(pilot.app)


async def test_a_line_from_before_says_so_and_a_decision_taken_back_leaves_it_as_it_was(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("spares")])
    store.finding.grade(visit, world.item, "deteriorating")
    [row] = store.opportunity.lines_of(visit, "spares")
    line = store.opportunity.lines.get(row.id)
    business = store.opportunity.get(line.opportunity_id)
    assert row.since is not None
    assert business.visit_id != visit
    async with app_on(store).run_test(size=(120, 24)) as pilot:
        await opened(pilot, visit, spares.Pane)
        assert f"since {short_day(row.since, store.clock().date())}" in shown(pilot.app)
        await pilot.press("a")
        await pilot.pause()
        assert store.opportunity.get(business.id).stage == "won"
        await pilot.press("ctrl+z")
        await pilot.pause()
    assert store.opportunity.lines.get(row.id) == line
    assert store.opportunity.get(business.id) == business
