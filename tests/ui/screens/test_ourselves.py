"""The Ourselves screen: promises and how they were kept, colleagues, the price list, checklists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.domain.opportunity import Part
from radar_tui.domain.promise import Promise
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.text import one_line
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.form import FormScreen
from radar_tui.ui.screens.ourselves import TABS, OurselvesScreen
from radar_tui.ui.screens.visit import VisitScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.world import HOSTILE, build, introduce, shown, strips_of

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from radar_tui.store.store import Store


@pytest.fixture(autouse=True)
def own_checklists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of checklists that is not the user's."""
    folder = tmp_path / "checklists"
    folder.mkdir()
    monkeypatch.setattr(paths, "user_checklists", lambda: folder)
    return folder


async def settled(pilot: Pilot[None]) -> None:
    """All keys are done, and what a worker reads is there."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot: Pilot[None], *keys: str) -> OurselvesScreen:
    """The screen, after some keys."""
    await pilot.press("4")
    await settled(pilot)
    for key in keys:
        await pilot.press(key)
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, OurselvesScreen)
    return screen


def lines(screen: OurselvesScreen) -> list[str]:
    table = screen.table
    assert isinstance(table, RowTable)
    return [" ".join(table.render_line(y).text.replace("▌", "").split()) for y in range(1, 1 + table.count)]


async def test_a_promise_shows_how_often_it_was_kept(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert lines(screen) == ["Spares in 48 hours 67 % 2 of 3 Jan 26 –"]
        assert "last said: late twice" in shown(app)


async def test_a_fourth_promise_is_refused_in_the_form_and_nothing_typed_is_lost(store: Store) -> None:
    introduce(store)
    for title in ("one", "two", "three"):
        store.promise.save(Promise(id=new_id(), title=title, made_on=date(2026, 1, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n", *"four", "enter")
        assert isinstance(app.screen, FormScreen)
        assert "at most 3 promises" in shown(app)
        assert "four" in shown(app)
    assert len(store.promise.where()) == 3


async def test_retiring_one_makes_room_and_it_stays_in_the_list(store: Store) -> None:
    introduce(store)
    old = store.promise.save(Promise(id=new_id(), title="old", made_on=date(2026, 1, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "e", "tab", "tab", *"1.12.2026", "enter")
        await settled(pilot)
        assert store.promise.get(old.id).retired_on == date(2026, 12, 1)
        assert lines(screen) == ["old – Jan 26 1 Dec"]


@pytest.mark.parametrize(
    ("tab", "keys", "words"),
    [
        ("p", [*"Same day", "enter"], "Same day"),
        ("c", [*"Priya Nair", "enter"], "Priya Nair"),
        ("l", [*"RX-1", "tab", *"Seat", "tab", "tab", "tab", *"12,50", "enter"], "RX-1"),
    ],
)
async def test_n_adds_to_each_list(store: Store, tab: str, keys: list[str], words: str) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, tab, "n", *("space" if key == " " else key for key in keys))
        await settled(pilot)
        assert any(words in line for line in lines(screen))
    if tab == "l":
        assert store.part.where()[0].unit_price == 1250


@pytest.mark.parametrize("tab", ["p", "l"])
async def test_an_empty_list_says_what_it_is_for_and_which_key_fills_it(store: Store, tab: str) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, tab, "e", "enter")
        assert "yet" in shown(app)
        assert "Press n" in shown(app)


async def test_slash_filters_the_price_list_by_any_of_its_words(store: Store) -> None:
    introduce(store)
    for sku, name, model in (
        ("A-1", "Müller seat", "RX-40"),
        ("B-2", "Housing", "RX-60"),
        ("C-3", "Seat", "RX-60"),
    ):
        store.part.save(Part(id=new_id(), sku=sku, name=name, model=model))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "slash", *"seat")
        assert [line.split()[0] for line in lines(screen)] == ["A-1", "C-3"]
        await pilot.press("space", *"rx-60")
        assert [line.split()[0] for line in lines(screen)] == ["C-3"]
        await pilot.press("escape", "slash", *"MULLER")
        assert [line.split()[0] for line in lines(screen)] == ["A-1"]
        await pilot.press("x")
        assert "No part with these letters" in shown(app)
        await pilot.press("escape")
        assert len(lines(screen)) == 3


async def test_esc_shows_all_again_after_the_filter_was_kept(store: Store) -> None:
    build(store)
    store.part.save(Part(id=new_id(), sku="HX-1", name="Housing", model="RX-60", unit_price=1))
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "slash", *"housing", "enter")
        assert len(lines(screen)) == 1
        assert "esc all again" in shown(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert len(lines(screen)) == 2
        assert "esc all again" not in shown(pilot.app)


async def test_v_and_enter_start_to_do_business_with_ourselves(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("v", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VisitScreen)
        assert "Ourselves  Do business with yourself" in shown(pilot.app)
        assert "Found today" not in shown(pilot.app)
    assert store.visit.in_progress(None) is not None


async def test_the_palette_starts_to_do_business_with_ourselves_from_anywhere(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"yourself")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await settled(pilot)
        assert "Ourselves" in shown(pilot.app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VisitScreen)


async def test_a_part_no_longer_sold_stands_last(store: Store) -> None:
    introduce(store)
    gone = store.part.save(Part(id=new_id(), sku="A-1", name="Old seat", model="RX"))
    store.part.save(Part(id=new_id(), sku="B-2", name="New seat", model="RX"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "e", "up", "n", "enter")
        await pilot.pause()
        assert store.part.get(gone.id).archived_at == store.clock()
        assert [line.split()[0] for line in lines(screen)] == ["B-2", "A-1"]


async def test_who_left_stands_last(store: Store) -> None:
    introduce(store)
    store.colleague.save(Colleague(id=new_id(), name="Abel", left_on=date(2026, 11, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "c")
        assert lines(screen) == ["Marta Ricci relationship no –", "Abel left 1 Nov no –"]


async def test_checklists_are_listed_with_what_is_wrong_in_the_users_files(
    store: Store, own_checklists: Path
) -> None:
    introduce(store)
    (own_checklists / "mine.toml").write_text(
        'key = "mine"\nversion = 1\ntitle = "My [b]own[/]"\n\n[[steps]]\nkey = "sum"\nkind = "summary"\ntitle = "End"\n'
    )
    (own_checklists / "broken.toml").write_text("key = \n")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "k")
        assert [line.rpartition(" ")[2] for line in lines(screen)[:1]] == ["Radar"]
        assert lines(screen)[-1] == "My [b]own[/] 1 1 0 mine.toml"
        assert "broken.toml:1:" in shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "End" in shown(app)


async def test_tabs_open_with_their_letter(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for tab in TABS:
            screen = await opened(pilot, tab.key)
            assert screen.here == tab.name
            assert tab.key in tab.words.lower()


@pytest.mark.parametrize("name", HOSTILE)
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    start = one_line(HOSTILE[name])[:6]
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        for tab in TABS:
            screen = await opened(pilot, tab.key)
            for strip in strips_of(app):
                assert strip.cell_length == 160
                assert not any(ord(letter) < 32 for letter in strip.text)
            if tab.name != "checklists":
                assert any(start in line for line in lines(screen))
