"""Who the BRM is: new, chosen among the team's colleagues, or found there after joining."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.sync.session import SyncResult
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.place import Room
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.frame.syncing import Syncing
from tests.ui.world import introduce, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


def team(store: Store, *names: str) -> list[str]:
    return [store.colleague.save(Colleague(id=f"of-the-team-{name}", name=name)).id for name in names]


def names(store: Store) -> list[str]:
    return sorted(row.name for row in store.colleague.where())


async def test_a_second_laptop_lets_its_brm_choose_themself(store: Store) -> None:
    _, marta = team(store, "Anneli Strand", "Marta Ricci")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "‹ not in this list ›" in shown(app)
        await pilot.press("m", "tab", "tab", *"Toller", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, FormScreen), shown(app)
    assert store.local.settings().me == marta
    assert names(store) == ["Anneli Strand", "Marta Ricci"]


async def test_the_name_of_a_colleague_is_that_colleague(store: Store) -> None:
    _, marta = team(store, "Anneli Strand", "Marta Ricci")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab", *"marta  ricci", "tab", *"Toller", "enter")
        await pilot.pause()
    assert store.local.settings().me == marta
    assert names(store) == ["Anneli Strand", "Marta Ricci"]


async def test_somebody_new_needs_a_name(store: Store) -> None:
    team(store, "Anneli Strand")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab", "tab", *"Toller", "enter")
        await pilot.pause()
        assert "Your name: needed." in shown(app)
        await pilot.press("shift+tab", *"Zoe", "enter")
        await pilot.pause()
    assert names(store) == ["Anneli Strand", "Zoe"]


async def test_who_joined_with_a_row_of_their_own_is_asked_whether_they_are_their_namesake(
    store: Store,
) -> None:
    own = introduce(store)
    customer = store.customer.save(Customer(id="aurora", name="Aurora", owner_id=own))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("5")
        await pilot.pause()
        [marta] = team(store, "Marta Ricci")
        app.syncing.job = "join"
        app.post_message(Syncing.Ended(SyncResult(pulled=12), None, cancelled=False))
        await pilot.pause()
        await pilot.pause()
        assert "Marta Ricci is in the team's data already. Is that you?" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.settings.me == marta
    assert store.customer.get(customer.id).owner_id == marta
    assert names(store) == ["Marta Ricci"]


async def test_another_person_chosen_on_a_shared_laptop_replaces_nobody(store: Store) -> None:
    own = introduce(store)
    [anneli] = team(store, "Anneli Strand")
    store.local.save(replace(store.local.settings(), me=own))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open(Room.INTRODUCTION)
        await pilot.pause()
        await pilot.press("a", "enter")
        await pilot.pause()
        assert app.settings.me == anneli
    assert names(store) == ["Anneli Strand", "Marta Ricci"]
