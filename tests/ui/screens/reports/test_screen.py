"""The preview of a report: read here, saved where one chooses, opened with the system's viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame import opening
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.company.screen import CompanyScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.reports.screen import ReportScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.widgets.fields import TextField
from tests.reports.read import text_of
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, build, shown

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A documents folder of the test's own."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr("radar_tui.paths.documents", lambda: folder)
    return folder


async def test_a_visit_is_read_saved_and_opened(
    store: Store, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build(store)
    opened: list[Path] = []
    monkeypatch.setattr("radar_tui.ui.frame.opening.open_file", opened.append)
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(VisitScreen(world.visit))
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)
        text = shown(app)
        for words in (
            "What the customer keeps",
            "Visit report",
            "Aurora Tissue",
            "Integrity report",
            "seat worn",
        ):
            assert words in text
        await pilot.press("i")
        await settle(pilot)
        assert "Left out" in shown(app)
        await pilot.press("escape", "s")
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        await pilot.press("enter")
        await settle(pilot)
        [saved] = documents.iterdir()
        assert saved.name == "visit-report-aurora-tissue-2026-12-03.pdf"
        assert "seat worn" in " ".join(text_of(saved.read_bytes()))
        await pilot.press("o")
        await settle(pilot)
        assert opened == [saved], "what is saved already is opened as it is"
        await pilot.press("s", "enter")
        await settle(pilot)
        assert len(list(documents.iterdir())) == 2, "the name that is proposed is nobody's"


async def test_e_says_how_reports_look(store: Store, documents: Path) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(VisitScreen(world.visit))
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        fields = list(app.screen.query(TextField))
        fields[0].value, fields[1].value, fields[2].value = "Toller & Söhne", str(documents / "no.png"), "red"
        await pilot.press("enter")
        await settle(pilot)
        assert "six digits" in shown(app)
        fields[2].value = "#b3261e"
        await pilot.press("enter")
        await settle(pilot)
        assert "cannot be read" in shown(app)
        fields[1].value = ""
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)
        assert "From Toller & Söhne" in shown(app)
    settings = store.local.settings()
    assert (settings.company, settings.colour, settings.logo) == ("Toller & Söhne", "#b3261e", "")
    assert (settings.paper, settings.language) == ("A4", "")


async def test_no_file_is_replaced_unless_said(store: Store, documents: Path) -> None:
    world = build(store)
    mine = documents / "mine.pdf"
    mine.write_text("mine")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert "Internal – not for customers" in shown(app)
        await pilot.press("s")
        await settle(pilot)
        for wrong in (f"{documents}/{'a' * 300}.pdf", "~nosuch/x.pdf"):
            app.screen.query_one(TextField).value = wrong
            await pilot.press("enter")
            await settle(pilot)
            if wrong.startswith("~"):
                assert isinstance(app.screen, ReportScreen)
                await pilot.press("s")
                await settle(pilot)
            else:
                assert "can be written there" in shown(app)
        app.screen.query_one(TextField).value = str(mine)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        assert "There is a file" in shown(app)
        assert mine.read_text() == "mine"
        await pilot.press("tab", "right", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)
        assert mine.read_bytes().startswith(b"%PDF")


async def test_on_visits_it_is_the_one_under_the_cursor(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await settle(pilot)
        await pilot.press("t", "r")
        await settle(pilot)
        assert "Customer review" in shown(app), "a planned visit has left nothing behind yet"
        await pilot.press("escape", "down", "r")
        await settle(pilot)
        assert "Visit of 14 July 2026" in shown(app)


async def test_the_company_has_its_quarter_and_a_self_check_nothing(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("3")
        await settle(pilot)
        assert isinstance(app.screen, CompanyScreen)
        await pilot.press("r")
        await settle(pilot)
        assert "Company, Q4 2026" in shown(app)
        await pilot.press("escape")
        checklist = next(iter(store.checklist.where()))
        own = store.visit.start(None, checklist.id, None, occasion="self-check")
        app.push_screen(VisitScreen(own.id))
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)


async def test_a_visit_that_is_gone_is_said(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        from radar_tui.reports.kinds import made

        app.push_screen(ReportScreen(lambda other: made(other, "visit", "gone")))
        await settle(pilot)
        assert "no longer there" in shown(app)
        await pilot.press("s", "o")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_any_text_can_be_read(store: Store, size: tuple[int, int]) -> None:
    world = build(store, " ".join(HOSTILE[name] for name in ("markup", "escapes", "wide", "rtl", "long")))
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        for keys in ("t", "o"):
            app.push_screen(CustomerScreen(world.customer))
            await settle(pilot)
            await pilot.press(keys, "down", "r")
            await settle(pilot)
            assert "[red]x[/]" in shown(app)
            assert "\x1b" not in shown(app)


def test_where_nothing_opens_a_pdf_it_says_where_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(RadarError) as said:
        opening.open_file(tmp_path / "a.pdf")
    assert str(tmp_path / "a.pdf") in said.value.hint
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr("shutil.which", lambda _: "/bin/false")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "xdg-open").chmod(0o700)
    with pytest.raises(RadarError, match="Nothing here opens"):
        opening.open_file(tmp_path / "a.pdf")


async def test_a_fault_of_ours_is_said_and_not_swallowed(store: Store) -> None:
    build(store)

    def boom(_: Store) -> Report:
        raise ValueError("boom")

    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ReportScreen(boom))
        await settle(pilot)
        assert "Radar could not finish this. Nothing is lost." in shown(app)
