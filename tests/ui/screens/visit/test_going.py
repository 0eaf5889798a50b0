"""Starting a visit: which checklists are offered, what is planned becomes it, what was interrupted goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.checklists.loader import shipped
from radar_tui.domain.checklist import fitting_checklists
from radar_tui.domain.customer import Customer, CustomerKind
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.visit.going import start_visit
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.screens.visit.start import ChooseChecklist
from tests.ui.world import HOSTILE, World, build, introduce, shown, some_hostile

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store

OWN = """
key = "own"
version = 3
title = "Our [red]own[/] one"

[[steps]]
key = "people"
kind = "people"
title = "People"
"""


@pytest.fixture(autouse=True)
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of checklists that is not the user's."""
    folder = tmp_path / "checklists"
    folder.mkdir()
    monkeypatch.setattr(paths, "user_checklists", lambda: folder)
    return folder


async def test_v_and_enter_start_the_visit_that_was_planned(store: Store, world: World) -> None:
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChooseChecklist)
        assert "Planned for Wednesday 9 December: this becomes that visit." in shown(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)
    row = store.visit.get(world.planned)
    assert (row.status, row.started_at, row.brm_id) == (
        "in progress",
        store.clock(),
        store.local.settings().me,
    )
    assert store.checklist.of_visit(row).key == "refurbishment"


async def test_a_visit_in_progress_goes_on_at_once(store: Store, world: World) -> None:
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v", "enter")
        await pilot.pause()
        await pilot.press("right_square_bracket", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RadarScreen)
        await pilot.press("v")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, VisitScreen)
        assert (screen.visit_id, screen.here) == (world.planned, 1)


async def test_esc_starts_nothing(store: Store, world: World) -> None:
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RadarScreen)
    assert store.visit.get(world.planned).status == "planned"


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("product", ["refurbishment", "follow_me_home", "service"]),
        ("service", ["service", "follow_me_home", "refurbishment"]),
        ("both", ["refurbishment", "service", "follow_me_home"]),
    ],
)
def test_the_checklist_that_fits_stands_first(kind: CustomerKind, order: list[str]) -> None:
    customer = Customer(id="c", name="C", kind=kind)
    assert [one.key for one in fitting_checklists(shipped(), customer)] == order


def test_ourselves_have_checklists_of_their_own() -> None:
    assert [one.key for one in fitting_checklists(shipped(), None)] == ["business_with_yourself"]


async def test_a_self_check_starts_without_a_customer(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start_visit(app, None)
        await pilot.pause()
        assert "Ourselves" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
    assert [row.occasion for row in store.visit.where("customer_id IS NULL")] == ["self-check"]


async def test_checklists_of_ones_own_are_offered_and_broken_ones_are_said(
    store: Store, world: World, user_folder: Path
) -> None:
    (user_folder / "own.toml").write_text(OWN, encoding="utf-8")
    (user_folder / "broken.toml").write_text("key = ", encoding="utf-8")
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "Our [red]own[/] one" in shown(pilot.app)
        assert "own.toml" in shown(pilot.app)
        assert "1 problem in checklists of your own" in shown(pilot.app)
        await pilot.press("down", "enter")
        await pilot.pause()
    assert store.checklist.of_visit(store.visit.get(world.planned)).key == "own"


async def test_the_checklist_of_the_planned_visit_is_proposed(store: Store, world: World) -> None:
    service = store.checklist.pin(next(one for one in shipped() if one.key == "service"))
    planned = store.visit.get(world.planned)
    store.visit.save(planned.model_copy(update={"checklist_id": service}))
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v", "enter")
        await pilot.pause()
    assert store.checklist.of_visit(store.visit.get(world.planned)).key == "service"


async def test_nothing_planned_is_said(store: Store) -> None:
    introduce(store)
    store.customer.save(Customer(id=new_id(), name="Borealis"))
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "Nothing is planned; it starts now." in shown(pilot.app)
        assert "Borealis" in shown(pilot.app)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_name_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert f"Visit  {HOSTILE[name]}" in shown(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)


async def test_a_clock_that_is_wrong_is_asked_about_before_a_visit_starts(store: Store) -> None:
    world = build(store)
    wrong = store.clock().replace(year=2019)
    store.clock = lambda: wrong
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        begun = len(store.visit.where())
        for keys in (("escape",), ("enter", "escape")):
            start_visit(app, world.customer)
            await pilot.pause()
            assert isinstance(app.screen, ConfirmScreen)
            assert "Is it really 3 Dec 2019, 10:42?" in shown(app)
            await pilot.press(*keys)
            await pilot.pause()
            assert len(store.visit.where()) == begun
        # It was said to be right: nobody is asked twice.
        start_visit(app, world.customer)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)


async def test_the_brief_is_one_key_away_unless_the_customer_sits_beside(store: Store, world: World) -> None:
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v", "enter")
        await pilot.pause()
        visit = pilot.app.screen
        assert isinstance(visit, VisitScreen)
        for back in ("escape", "v"):
            await pilot.press("b")
            await pilot.pause()
            assert isinstance(pilot.app.screen, BriefScreen)
            await pilot.press(back)
            await pilot.pause()
            assert pilot.app.screen_stack[-1] is visit, back
        await pilot.press("ctrl+l", "b")
        await pilot.pause()
        assert pilot.app.screen_stack[-1] is visit
