"""A file imported in the app: from the palette over the preview to the rows, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.domain.customer import Customer
from radar_tui.exchange.options import Options
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.exchange.imports import ImportsScreen
from tests.exchange.test_as_seen import book
from tests.ui.every_place import settle
from tests.ui.world import introduce, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from radar_tui.store.store import Store

HEAD = "Id,Requester,Subject,Ticket type,Priority,Organization,Created at,Solved at,Satisfaction Score"
ROW = "{},Bob,It leaks,Incident,High,{},{},,Bad"


@pytest.fixture(autouse=True)
def aurora(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_headings", lambda: tmp_path / "imports.toml")
    introduce(store)
    store.customer.save(Customer(id="a", name="Aurora Tissue"))


def made(folder: Path, *rows: str) -> Path:
    path = folder / "in.csv"
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return path


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return shown(pilot.app)


async def test_from_the_palette_to_the_rows(store: Store, tmp_path: Path) -> None:
    path = made(tmp_path, ROW.format(1, "Aurora Tissue", "03/04/2026"))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"import a file")
        await pilot.pause(0.5)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "There is no file" in await press(pilot, *"none", "enter")
        for _ in range(4):
            await pilot.press("backspace")
        said = await press(pilot, *str(path), "enter")
        assert "The dates can be read in two ways, e.g. 03/04/2026." in said
        assert "day-first" in said
        assert "--dates" not in said
        await press(pilot, "i")
        assert not store.ticket.where()
        said = await press(pilot, "enter")
        assert "day first, as you said" in said
        assert "To import: 1 new" in said
        assert "It leaks" in said
        assert not store.ticket.where()
        said = await press(pilot, "i")
        assert "Imported: 1 new" in said
        assert "A backup from before" in said
        assert store.ticket.where()[0].opened_at.month == 4
        await press(pilot, "escape")
        assert not isinstance(app.screen, ImportsScreen)


async def test_numbers_are_asked_about(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('Part number,Part,Lead time\nA-1,Seat,"1,234"\n', encoding="utf-8")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ImportsScreen(Options(path)))
        await settle(pilot)
        assert "1,234 is 1.234" in shown(app)
        await press(pilot, "down", "enter")
        assert "decimal point, as you said: 1,234 is 1234" in shown(app)


async def test_bad_rows_are_seen_first(store: Store, tmp_path: Path) -> None:
    rows = [ROW.format(number, "Aurora Tissue", "2026-09-27") for number in range(3)]
    path = made(tmp_path, *rows, ROW.format(9, "Nobody [b]", "2026-09-27"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ImportsScreen(Options(path)))
        await settle(pilot)
        assert "there is no customer “Nobody [b]”" in shown(app)
        await press(pilot, "i")
        assert not store.ticket.where()
        assert "It leaks" in await press(pilot, "p")
        await press(pilot, "g")
        said = await press(pilot, "enter")
        assert "Imported: 3 new" in said
        assert "1 bad row in" in said
        assert (tmp_path / "in-bad.csv").exists()
        assert len(store.ticket.where()) == 3


async def test_stopped_it_changes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from radar_tui.store.rows.imports import Imports

    path = made(tmp_path, *(ROW.format(number, "Aurora Tissue", "2026-09-27") for number in range(50)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = ImportsScreen(Options(path))
        app.push_screen(screen)
        await settle(pilot)
        write = Imports.write

        def stopped(self: Imports, *arguments: object) -> None:
            app.call_from_thread(screen.action_leave)
            write(self, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Imports, "write", stopped)
        monkeypatch.setattr("radar_tui.store.rows.imports._STEPS_BETWEEN_LOOKS", 1)
        assert "Stopped: nothing was changed." in await press(pilot, "i")
        assert not store.ticket.where()
        monkeypatch.setattr(Imports, "write", write)
        assert isinstance(app.screen, ImportsScreen)


async def test_what_the_file_does_not_say_is_said_in_the_form(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("Key,Summary,Created\nA-1,Leak,2026-09-27\n", encoding="utf-8")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(ImportsScreen(Options(path)))
        await settle(pilot)
        assert "e says it." in shown(app)
        await press(pilot, "e", "tab", "right", "tab", "tab", "tab")
        assert "To import: 1 new" in await press(pilot, *"aurora tissue", "enter")
        await press(pilot, "i")
        assert [ticket.customer_id for ticket in store.ticket.where()] == ["a"]


async def test_of_several_sheets_one_is_chosen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    rows = [HEAD.split(","), ROW.format(1, "Aurora Tissue", "2026-09-27").split(",")]
    book(path, May=rows, June=[rows[0], ["2", *rows[1][1:]]])
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ImportsScreen(Options(path)))
        await settle(pilot)
        assert "2 sheets that Radar knows" in shown(app)
        said = await press(pilot, "down", "enter")
        assert "Not read: sheet May" in said
        await press(pilot, "i")
        assert [ticket.reference for ticket in store.ticket.where()] == ["2"]


async def test_what_a_list_is_can_be_chosen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Company,Contract,Due date\nLario,1,2026-09-27\n", encoding="utf-8")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ImportsScreen(Options(path)))
        await settle(pilot)
        assert "This looks like nothing Radar knows" in shown(app)
        assert "takes Company" in shown(app)
        said = await press(pilot, "enter")
        assert "Not read: columns Contract, Due date" in said
        assert "To import: 1 new" in said
