"""The Radar: order, reasons, filter, and what a new user sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.visit import Visit
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.settings.keys import KeysScreen
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.world import shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


@pytest.fixture
def introduced(store: Store) -> Store:
    """A file whose BRM is known, with a checklist for visits."""
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
    store.local.save(replace(store.local.settings(), me=me.id, company="Toller"))
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO checklist VALUES ('k', 'refurbishment', 1, 'Refurbishment visit', '{}')"
        )
    return store


def seen(store: Store, name: str, days_ago: int | None, cadence_days: int = 90) -> str:
    """A customer last visited so many days ago (None: never)."""
    customer = store.customer.save(Customer(id=new_id(), name=name, cadence_days=cadence_days))
    if days_ago is not None:
        store.visit.save(
            Visit(
                id=new_id(),
                customer_id=customer.id,
                checklist_id="k",
                status="completed",
                completed_at=store.clock() - timedelta(days=days_ago),
            )
        )
    return customer.id


def lines(app: RadarApp) -> list[str]:
    table = app.screen.query_one(RowTable)
    return [table.render_line(y).text.strip() for y in range(1, 1 + table.count)]


async def test_most_overdue_first_then_never_seen_then_the_rest(introduced: Store) -> None:
    seen(introduced, "Later", 10)
    seen(introduced, "Late by 10", 100)
    seen(introduced, "Never", None)
    seen(introduced, "Late by 60", 150)
    seen(introduced, "Soon", 80)
    app = RadarApp(introduced)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        names = [line.split("  ")[0] for line in lines(app)]
        assert [name.removeprefix("▌").strip(" !·") for name in names] == [
            "Late by 60",
            "Late by 10",
            "Never",
            "Soon",
            "Later",
        ]
        assert "!! Late by 60" in lines(app)[0]
        assert "60 days late" in lines(app)[0]
        assert "in 80 days" in lines(app)[4]


async def test_the_filter_narrows_while_typing_and_esc_brings_all_back(introduced: Store) -> None:
    for name in ("Müller Molkerei", "Aurora Tissue", "Velden Dairy"):
        seen(introduced, name, 10)
    app = RadarApp(introduced)
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("slash", *"mull")
        await pilot.pause()
        assert len(lines(app)) == 1
        assert "Müller" in lines(app)[0]
        await pilot.press("enter")
        assert isinstance(app.focused, RowTable)
        await pilot.press("escape")
        await pilot.pause()
        assert len(lines(app)) == 3
        assert isinstance(app.focused, RowTable)
        assert not app.screen.query_one(FilterLine).has_class("-open")


async def test_a_filter_without_a_match_says_so(introduced: Store) -> None:
    seen(introduced, "Aurora Tissue", 10)
    app = RadarApp(introduced)
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("slash", *"zzz")
        await pilot.pause()
        assert "No customer with these letters" in app.screen.query_one(RowTable).render_line(2).text


async def test_digits_and_question_mark_typed_into_the_filter_stay_text(introduced: Store) -> None:
    app = RadarApp(introduced)
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("slash", "1", "question_mark", "b")
        await pilot.pause()
        assert app.screen.query_one(FilterLine).value == "1?b"
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)


async def test_an_empty_file_asks_who_you_are_once_and_then_says_what_to_press(store: Store) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, FormScreen), "both names are needed"
        await pilot.press(*"Marta", "tab", *"Toller", "enter")
        await pilot.pause()
        assert "Press n" in app.screen.query_one(RowTable).render_line(3).text
    assert store.local.settings().company == "Toller"
    again = RadarApp(store)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not isinstance(again.screen, FormScreen)


async def test_another_window_on_the_same_file_is_seen(introduced: Store) -> None:
    app = RadarApp(introduced)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with introduced.again() as other:
            seen(other, "Typed elsewhere", None)
        app._look_again()
        await pilot.pause()
        assert any("Typed elsewhere" in line for line in lines(app))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_no_word_of_the_head_is_cut(introduced: Store, size: tuple[int, int]) -> None:
    seen(introduced, "Aurora Tissue", 10)
    app = RadarApp(introduced)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        head = app.screen.query_one(RowTable).render_line(0).text
        assert "…" not in head
        for word in ("Customer", "Due", "Rec.", "Reason to visit"):
            assert word in head


async def test_the_five_screens_by_key_and_back_from_deep(introduced: Store) -> None:
    seen(introduced, "Aurora Tissue", 10)
    app = RadarApp(introduced)
    async with app.run_test(size=(100, 24)) as pilot:
        for key in "2345":
            await pilot.press(key)
            await pilot.pause()
            assert type(app.screen).__name__.lower().startswith(app.current_mode.replace("_", "")[:4])
        await pilot.press("1", "enter")
        await pilot.pause()
        assert len(app.screen_stack) == 2
        await pilot.press("3", "1")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen)
        assert isinstance(app.focused, RowTable)


async def test_a_visit_under_way_is_marked_and_said(introduced: Store) -> None:
    customer = seen(introduced, "Aurora", 10)
    seen(introduced, "Borealis", 20)
    introduced.visit.start(customer, "k", None)
    app = RadarApp(introduced)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        assert "· Borealis" in lines(app)[0]
        assert "· ▶ Aurora" in lines(app)[1]
        assert "Visit in progress" in lines(app)[1]
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "▶ visit in progress   seen 23 Nov" in shown(app)


async def test_the_header_counts_the_marks_below_it(introduced: Store) -> None:
    """Two days late is due and not late, and who was never visited is due at once."""
    for name, days in (("A", 92), ("B", 99), ("C", 100), ("D", 76), ("E", 75), ("F", None), ("G", 500)):
        seen(introduced, name, days)
    app = RadarApp(introduced)
    async with app.run_test() as pilot:
        await pilot.pause()
        marked = [line.split()[0].lstrip("▌") or line.split()[1] for line in lines(app)]
        assert (marked.count("!!"), marked.count("!")) == (2, 4)
        assert "7 customers   2 late   4 due" in shown(app)
