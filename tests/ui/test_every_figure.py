"""An answer that is voided elsewhere leaves every figure that shows it, at its next paint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from radar_tui import cli
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.brief import BriefScreen
from radar_tui.ui.screens.customer import CustomerScreen
from radar_tui.ui.screens.scorecard import ScorecardScreen
from radar_tui.ui.screens.scorecard_history import CustomerHistory
from tests.ui.every_place import settle
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    import pytest
    from textual.pilot import Pilot

    from radar_tui.ui.screens.page import Page

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


async def test_a_voided_answer_leaves_every_screen(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    world = build(store)
    [response] = store.response.where()
    app = RadarApp(store)
    async with app.run_test(size=(120, 40)) as pilot:
        before = await everywhere(pilot, world)
        with Store.open(store.path, clock=store.clock) as other:
            other.response.void(response.id, "answered for somebody else")
        after = await everywhere(pilot, world)
    assert "NPS -100" in before["radar"]
    assert "NPS –" in after["radar"]
    assert VERBATIM in before["follow-ups"]
    assert VERBATIM not in after["follow-ups"]
    assert VERBATIM in before["brief"]
    assert VERBATIM not in after["brief"]
    for name in ("company", "company k", "company l", "customer", "over time"):
        assert before[name] != after[name], name
    assert "+200.0" in before["company l"]
    assert "+200.0" not in after["company l"]
    assert cli.main(["nps", "--json", "--db", str(store.path)]) == 0
    assert json.loads(capsys.readouterr().out)["recommend"]["n"] == 0
