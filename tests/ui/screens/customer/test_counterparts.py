"""Who knows whom at a customer: every pair is told in full, edited, and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.counterparts import CounterpartsScreen
from radar_tui.ui.widgets.fields import ChoiceField, TextField
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from textual.pilot import Pilot

TODAY = date(2026, 12, 3)


@pytest.fixture
def world(store: Store) -> World:
    """Paolo knows Anneli; Zoe of payables knows nobody."""
    built = build(store)
    zoe = store.contact.get(built.stranger)
    store.contact.save(zoe.model_copy(update={"function": "Payables"}))
    return built


async def opened(pilot: Pilot[None], world: World) -> RowTable:
    await pilot.pause()
    pilot.app.push_screen(CounterpartsScreen(world.customer))
    await pilot.pause()
    return pilot.app.screen.query_one(RowTable)


def pairs(store: Store, contact: str) -> dict[str, date | None]:
    return {pair.colleague_id: pair.met_on for pair in store.counterpart.of(contact)}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_both_functions_and_the_gaps_are_told_at_every_width(
    store: Store, world: World, size: tuple[int, int]
) -> None:
    async with RadarApp(store).run_test(size=size) as pilot:
        await opened(pilot, world)
        picture = shown(pilot.app)
        assert "1 of 2 contacts know their counterpart" in picture
        [zoe] = [line for line in picture.splitlines() if line.startswith("▌")]
        assert zoe.split("  ")[0] == "▌ Payables"
        assert ["receivables" in zoe, "Anneli Strand" in zoe, "! nobody" in zoe] == [True, True, True]
        assert "Has not met Anneli Strand yet: p agrees to introduce them." in picture
        assert "Nobody known in:" not in picture, "ours are there for payables only"


async def test_a_function_of_theirs_in_which_nobody_is_known(store: Store, world: World) -> None:
    store.colleague.save(Colleague(id=new_id(), name="Owen", function="Workshop"))
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        assert "Nobody known in: maintenance, production, quality." in shown(pilot.app)


async def test_an_introduction_between_two_visits_is_agreed_and_taken_back(
    store: Store, world: World
) -> None:
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        table = await opened(pilot, world)
        await pilot.press("p")
        assert pairs(store, world.stranger) == {world.colleague: None}
        [action] = store.action.where("title = 'Introduce Anneli Strand to Zoe'")
        assert (action.customer_id, action.visit_id) == (world.customer, None)
        assert table.current is not None
        assert table.current.key.startswith(world.stranger), "the cursor stays on who was introduced"
        assert "introduction agreed by 17 Dec." in shown(pilot.app)
        await pilot.press("p", "ctrl+z")
        assert store.action.find(action.id) is None
        assert pairs(store, world.stranger) == {}


async def test_each_of_several_pairs_is_edited_on_its_own_row(store: Store, world: World) -> None:
    me = store.local.settings().me
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        table = await opened(pilot, world)
        table.go_to(f"{world.contact} {world.colleague}")
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("m", "enter")
        await pilot.pause()
        both = {world.colleague: date(2026, 3, 2), me: None}
        assert pairs(store, world.contact) == both
        table.go_to(f"{world.contact} {me}")
        await pilot.press("c")
        await pilot.pause()
        form = pilot.app.screen
        form.query_one("#field-met_on", TextField).value = "4 Dec 2026"
        await pilot.press("enter")
        await pilot.pause()
        assert "a day until today" in shown(pilot.app)
        form.query_one("#field-met_on", TextField).value = "1 Dec 2026"
        await pilot.press("enter")
        await pilot.pause()
        assert pairs(store, world.contact) == {**both, me: date(2026, 12, 1)}
        await pilot.press("c")
        await pilot.pause()
        pilot.app.screen.query_one("#field-colleague_id", ChoiceField).index = 0
        await pilot.press("enter")
        await pilot.pause()
        assert pairs(store, world.contact) == {world.colleague: date(2026, 3, 2)}


def test_a_pair_given_to_another_colleague_is_another_pair(store: Store, world: World) -> None:
    """An older Radar changed the colleague of a row; what it knows is not overwritten by the first one."""
    bo = store.colleague.save(Colleague(id=new_id(), name="Bo")).id
    first = store.counterpart.pair(world.stranger, world.colleague, None)
    store.counterpart.save(first.model_copy(update={"colleague_id": bo, "met_on": TODAY}))
    store.counterpart.introduce(world.stranger, store.colleague.get(world.colleague), None)
    assert pairs(store, world.stranger) == {bo: TODAY, world.colleague: None}


async def test_two_rows_of_one_pair_show_once_and_the_one_that_met_stands(store: Store, world: World) -> None:
    again = Counterpart(id=new_id(), contact_id=world.contact, colleague_id=world.colleague)
    store.counterpart.save(again)
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        table = await opened(pilot, world)
        assert table.count == 2
        assert "1 of 2 contacts know" in shown(pilot.app)
        table.go_to(f"{world.contact} {world.colleague}")
        await pilot.press("p")
        assert store.action.where("title GLOB 'Introduce*'") == [], "they know each other"


async def test_who_left_on_either_side(store: Store, world: World) -> None:
    gone = store.colleague.get(world.colleague)
    store.colleague.save(gone.model_copy(update={"left_on": TODAY}))
    paolo = store.contact.get(world.contact)
    store.contact.save(paolo.model_copy(update={"left_on": TODAY + timedelta(days=1)}))
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        table = await opened(pilot, world)
        assert table.count == 2, "who leaves tomorrow is still there"
        assert "0 of 2 contacts know" in shown(pilot.app)
        assert "Anneli Strand" not in shown(pilot.app)
        await pilot.press("p", "end", "p", "c")
        await pilot.pause()
        assert pairs(store, world.stranger) == {}
        assert "Anneli" not in shown(pilot.app), "who left is not offered"


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        await pilot.press("p", "down", "p")
        assert "\x1b" not in shown(pilot.app)


async def test_nobody_known_says_what_to_do(store: Store, world: World) -> None:
    store.contact.save_all(row.model_copy(update={"left_on": TODAY}) for row in store.contact.where())
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        await pilot.press("p", "c", "n", "enter")
        assert "Nobody known here yet" in shown(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_t_shows_their_functions_by_ours(store: Store, world: World, size: tuple[int, int]) -> None:
    for place in range(7):
        ours = store.colleague.save(Colleague(id=new_id(), name=f"O {place}", function=f"function {place}"))
        store.counterpart.pair(world.contact, ours.id, None)
    store.colleague.save(Colleague(id=new_id(), name="Owen", function="Workshop"))
    async with RadarApp(store).run_test(size=size) as pilot:
        await opened(pilot, world)
        await pilot.press("t")
        await pilot.pause()
        found = [" ".join(line.split()) for line in shown(pilot.app).splitlines()]
        assert "payables ! 1" in found
        [paolo] = [line for line in found if line.startswith("management")]
        assert "! 0 of 1" in paolo
        assert (" 1 of 1" in paolo) == (size[0] == 160), "our functions with the most pairs first"
        assert ("and 6 more" in shown(pilot.app)) == (size[0] == 80)
        assert any(line.startswith("maintenance – nobody known there") for line in found)
        assert "p introduce" not in shown(pilot.app)
        await pilot.press("p", "down", "t", "c")
        await pilot.pause()
        assert "Counterpart of Zoe" in shown(pilot.app)


async def test_what_became_of_an_introduction_meanwhile_is_not_taken_back(store: Store, world: World) -> None:
    async with RadarApp(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, world)
        await pilot.press("p")
        visit = store.visit.start(world.customer, store.visit.get(world.visit).checklist_id, None)
        with Store.open(store.path, clock=store.clock) as other:
            other.counterpart.tick(visit, world.stranger, here=True, met=[world.colleague])
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert pairs(store, world.stranger) == {world.colleague: TODAY}
        assert [row.status for row in store.action.where("title GLOB 'Introduce*'")] == ["done"]
