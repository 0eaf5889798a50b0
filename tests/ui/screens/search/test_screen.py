"""The search screen: typing finds, enter goes there, and it does not open over a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.text import one_line
from radar_tui.ui.app import RadarApp
from radar_tui.ui.commands import RadarCommands
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.follow_ups.one import FollowUpScreen
from radar_tui.ui.screens.ourselves.screen import OurselvesScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.search.rows import matches, snippet
from radar_tui.ui.screens.search.screen import SearchScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, World, build, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store


async def search(pilot: Pilot[None], words: str) -> None:
    """From the Radar: a `/` for its filter, another for everything, and the words."""
    await pilot.press("slash", "slash")
    await settle(pilot)
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await settle(pilot)


async def test_from_a_slash_to_the_row(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "zo")
        assert isinstance(app.screen, SearchScreen)
        assert "contact" in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CustomerScreen)
        assert app.screen.here == "people"
        assert app.screen.chosen == world.stranger
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, SearchScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert "Type a word" in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, RadarScreen)


async def test_what_was_said_leads_to_its_follow_up(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await search(pilot, "slow answ")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, FollowUpScreen)
        assert app.screen.follow_up_id == world.follow_up


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("finding", "note", "integrity"),
        ("promise_check", "note", "promises"),
        ("visit", "summary", "summary"),
    ],
)
async def test_what_was_noted_on_a_visit_leads_to_its_step(
    store: Store, world: World, table: str, column: str, kind: str
) -> None:
    visit = "id" if table == "visit" else "visit_id"
    with store.transaction() as connection:
        connection.execute(f"UPDATE {table} SET {column} = 'zirconium' WHERE {visit} = ?", [world.visit])
    before = store.visit.get(world.visit)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "zirconium")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert app.screen.pane.step.kind == kind
    assert store.visit.get(world.visit) == before, "where it resumes is not changed by looking"


async def test_a_price_list_line_leads_to_ourselves(store: Store, world: World) -> None:
    sku = store.part.get(world.part).sku
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, sku[:5].lower())
        while app.screen.current and app.screen.current.table != "part":  # type: ignore[attr-defined]
            await pilot.press("down")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, OurselvesScreen)
        assert app.screen.chosen == world.part


async def test_it_finds_what_another_radar_wrote_meanwhile(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "zorilla")
        assert "Nothing holds all of these words." in shown(app)
        with store.again() as other:
            other.connection.execute("UPDATE contact SET name = 'Ana Zorilla' WHERE id = ?", [world.contact])
        await pilot.press("backspace")
        await settle(pilot)
        assert app.screen.query_one(RowTable).count == 1


async def test_no_search_over_a_visit(store: Store, world: World) -> None:
    visit = store.row("SELECT id FROM visit WHERE status = 'completed'")[0]
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        await pilot.press("slash")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)


async def test_the_palette_has_it_where_slash_filters_but_not_over_a_visit(
    store: Store, world: World
) -> None:
    visit = store.row("SELECT id FROM visit WHERE status = 'completed'")[0]
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *("space" if letter == " " else letter for letter in "everything that"))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, SearchScreen)
        await pilot.press("escape")
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        assert "search" not in [command.key for command in RadarCommands(app.screen).commands()]


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "a")
        assert all(strip.cell_length == 80 for strip in strips_of(app))


def test_words_found_stand_out_in_whatever_case_and_accents() -> None:
    text = "Der Kunde MÄLAR Mejeri wartet"
    assert [text[first:last] for first, last in matches(text, "mala wart")] == ["MÄLA", "wart"]
    assert ("MÄLA", "strong") in snippet(text, "mala")


def test_a_long_text_begins_a_little_before_the_first_word() -> None:
    parts = snippet("word " * 50 + "pump trips", "pump")
    assert parts[0] == ("… ", "muted")
    assert sum(len(text) for text, _ in parts) < 40
    assert one_line("".join(text for text, _ in parts)).endswith("pump trips")
