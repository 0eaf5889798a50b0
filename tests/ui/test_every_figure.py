"""An answer that is voided elsewhere leaves every figure that shows it, at its next paint."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.cli import main
from radar_tui.domain.company import Filters
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.about import AboutScreen
from radar_tui.ui.screens.actions.screen import ActionsScreen
from radar_tui.ui.screens.company.places import VisitsScreen
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.follow_ups.one import FollowUpScreen
from radar_tui.ui.screens.follow_ups.screen import FollowUpsScreen
from radar_tui.ui.screens.scorecard.history import CustomerHistory
from radar_tui.ui.screens.scorecard.screen import ScorecardScreen
from tests.ui.every_place import settle
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.ui.frame.page import Page

VERBATIM = "Too slow to answer."


async def everywhere(pilot: Pilot[None], world: World) -> dict[str, str]:
    """What stands on each screen that shows the answer or counts it."""
    found = {}
    for key, name in (("2", "follow-ups"), ("1", "radar"), ("3", "company")):
        await pilot.press(key)
        await settle(pilot)
        found[name] = shown(pilot.app)
    for tab in "kql":
        await pilot.press(tab)
        await settle(pilot)
        found[f"company {tab}"] = shown(pilot.app)
    await pilot.press("s", "1")
    await settle(pilot)
    pages: dict[str, Page] = {
        "customer": CustomerScreen(world.customer),
        "brief": BriefScreen(world.customer),
        "scorecard": ScorecardScreen(world.customer),
        "over time": CustomerHistory(world.customer),
    }
    for name, page in pages.items():
        pilot.app.push_screen(page)
        await settle(pilot)
        found[name] = shown(pilot.app)
        pilot.app.pop_screen()
        await settle(pilot)
    return found


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_i_says_where_the_figures_of_the_loop_come_from(store: Store, size: tuple[int, int]) -> None:
    world = build(store)
    settings = store.local.settings()
    store.local.save(replace(settings, country="IT", call_hours=4))
    places: list[tuple[Page, str]] = [
        (FollowUpsScreen(), "Due within 4 working hours"),
        (FollowUpScreen(world.follow_up), "but public holidays of IT"),
        (ActionsScreen(), "Points by which the score of that measure rose"),
        (ScorecardScreen(world.customer), "Σ weight × score ÷ Σ weight"),
        (VisitsScreen(date(2026, 7, 1), Filters()), "Quantity × unit price"),
    ]
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        for page, words in places:
            app.push_screen(page)
            await settle(pilot)
            await pilot.press("i")
            await settle(pilot)
            assert isinstance(app.screen, AboutScreen), page
            lines = app.screen.lines(size[0] - 4)
            told = " ".join(" ".join("".join(text for text, _ in line) for line in lines).split())
            assert words in told, page
            await pilot.press("escape", "escape")
            await settle(pilot)


async def test_a_voided_answer_leaves_every_screen(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    world = build(store)
    [response] = store.response.where()
    app = RadarApp(store)
    async with app.run_test(size=(120, 40)) as pilot:
        before = await everywhere(pilot, world)
        with Store.open(store.path, clock=store.clock) as other:
            other.response.void(response.id, "answered for somebody else")
        after = await everywhere(pilot, world)
    assert "NPS −100 (0/0/1)" in before["radar"]
    assert "NPS –" in after["radar"]
    assert VERBATIM in before["follow-ups"]
    assert VERBATIM not in after["follow-ups"]
    assert VERBATIM in before["brief"]
    assert VERBATIM not in after["brief"]
    for name in ("company", "company k", "company l", "customer", "over time"):
        assert before[name] != after[name], name
    assert "+200.0" in before["company l"]
    assert "+200.0" not in after["company l"]
    assert main.main(["nps", "--json", "--db", str(store.path)]) == 0
    assert json.loads(capsys.readouterr().out)["recommend"]["n"] == 0
