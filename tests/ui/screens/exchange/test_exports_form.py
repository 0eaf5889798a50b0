"""What leaves by a key: tables from Sync, the calendar from the Radar, contacts from the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import vobject

from radar_tui import paths
from radar_tui.domain.customer import Contact, Customer
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.widgets.fields import TextField
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, introduce, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from radar_tui.store.store import Store


@pytest.fixture
def out(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(paths, "documents", lambda: folder)
    introduce(store)
    store.customer.save(Customer(id="a", name=f"Aurora {HOSTILE['markup']}"))
    store.contact.save(Contact(id="k", customer_id="a", name="Bo Li"))
    return folder


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return shown(pilot.app)


async def told(pilot: Pilot[None], words: str) -> bool:
    """Whether enter leads to these words; the worker starts only when the form has closed."""
    await pilot.press("enter")
    for _ in range(50):
        await settle(pilot)
        if any(words in f"{one.title} {one.message}" for one in pilot.app._notifications):
            pilot.app.clear_notifications()
            return True
    return False


async def test_each_key_writes_a_file_and_says_where(store: Store, out: Path) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        assert "Export the calendar" in await press(pilot, "x")
        assert await told(pilot, "0 entries in")
        await press(pilot, "5", "e")
        assert await told(pilot, "rows in")
        await press(pilot, "e", "right")
        assert await told(pilot, "rows in")
        app.push_screen(CustomerScreen("a"))
        await settle(pilot)
        await press(pilot, "p")
        assert "Export the contacts of Aurora [red]x[/]" in await press(pilot, "x")
        assert await told(pilot, "1 contact in")
        # A second one beside the first, never over it.
        await press(pilot, "x")
        assert await told(pilot, "-2.vcf")
    assert sorted(file.name for file in out.iterdir()) == [
        "contacts-2026-12-03-2.vcf",
        "contacts-2026-12-03.vcf",
        "radar-2026-12-03-2",
        "radar-2026-12-03.ics",
        "radar-2026-12-03.xlsx",
    ]
    assert vobject.readOne((out / "contacts-2026-12-03.vcf").read_text(encoding="utf-8")).fn.value == "Bo Li"


async def test_a_file_that_is_there_stays_and_what_was_typed_too(store: Store, out: Path) -> None:
    (out / "there.ics").write_text("old")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "x")
        field = app.screen.query_one("#field-path", TextField)
        field.value = str(out / "there.ics")
        assert "There is a file there.ics already." in await press(pilot, "enter")
        field.value = str(store.path)
        assert "the database itself" in await press(pilot, "enter")
        field.value = str(out / "no" / "way.ics")
        assert await told(pilot, "cannot be written")
    assert (out / "there.ics").read_text() == "old"


async def test_the_palette_has_them_all_once(store: Store, out: Path) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        for mode in ("1", "5"):
            await press(pilot, mode, "ctrl+p", *"export")
            await pilot.pause(0.5)
            said = shown(app)
            for words in ("Export all tables", "Export the calendar", "Export all contacts"):
                assert said.count(words) == 1, (mode, words)
            await press(pilot, "escape")
