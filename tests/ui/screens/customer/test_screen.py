"""The Customer screen: every tab, its keys, what an empty one says, and text that must stay text."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.text import one_line
from radar_tui.store.ids import new_id
from radar_tui.store.lists.customer import ScoreRow
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.customer.overview import Overview
from radar_tui.ui.screens.customer.screen import TABS, CustomerScreen, kind_words
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.search.screen import SearchScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.screens.visit.start import ChooseChecklist
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.tab_line import TabLine
from tests.ui.world import HOSTILE, build, introduce, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store

LISTS = [tab for tab in TABS if tab.name != "overview"]


async def opened(pilot: Pilot[None], customer_id: str, *keys: str) -> CustomerScreen:
    """The screen of a customer, after some keys."""
    screen = CustomerScreen(customer_id)
    pilot.app.push_screen(screen)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    return screen


async def test_the_title_says_who_they_are_and_how_late_we_are(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer)
        first, second = shown(app).splitlines()[:2]
        assert "Aurora Tissue" in first
        assert "!! 52 days late" in first
        assert second == " product · active · Paper and tissue · Lucca · every 90 days · Marta Ricci"


async def test_the_overview_is_all_that_a_brm_needs_before_going(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer)
        text = shown(app)
    for words in (
        "Why now", "Unhappy, call Paolo Conti", "14 Jul  Refurbishment visit  Marta Ricci",
        "found € 760", "12 items seen.",
        "9 Dec", "rec.  6", "Paolo Conti, decision maker", "34 of 100", "80 % of the weights", "58 on 30 Nov",
        "3 days late", "recover",
        "2 days late", "Train the night shift", "idea 1  € 760", "€ 186,000", "Two tissue lines.",
    ):  # fmt: skip
        assert words in text, words


async def test_a_wide_overview_has_two_columns(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await opened(pilot, world.customer)
        line = next(line for line in shown(app).splitlines() if "Why now" in line)
    assert "Scores" in line


@pytest.mark.parametrize("tab", TABS, ids=[tab.name for tab in TABS])
async def test_each_tab_opens_with_the_letter_that_is_marked_in_it(store: Store, tab: object) -> None:
    from radar_tui.ui.widgets.tab_line import Tab

    assert isinstance(tab, Tab)
    assert tab.key in tab.words.lower() or tab.name in ("service", "streams"), (
        "its letters all mean something else"
    )
    world = build(store)
    app = RadarApp(store)
    async with app.run_test() as pilot:
        screen = await opened(pilot, world.customer, tab.key)
        assert screen.here == tab.name
        assert app.focused is not None
        assert app.focused in screen.query_one(f"#tab-{tab.name}").walk_children(with_self=True)


async def test_arrows_tab_and_clicks_change_the_tab_and_go_round(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, world.customer, "right")
        assert screen.here == "people"
        await pilot.press("tab", "left", "shift+tab", "left")
        assert screen.here == "service"
        await pilot.press("right")
        assert screen.here == "overview"
        await pilot.click(TabLine, offset=(14, 0))
        assert screen.here == "people"


@pytest.mark.parametrize("tab", LISTS, ids=[tab.name for tab in LISTS])
async def test_an_empty_tab_says_what_it_is_for_and_which_key_fills_it(store: Store, tab: object) -> None:
    from radar_tui.ui.widgets.tab_line import Tab

    assert isinstance(tab, Tab)
    introduce(store)
    customer = store.customer.save(Customer(id=new_id(), name="New one"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, customer.id, tab.key)
        text = shown(app)
    assert "yet" in text or "Never" in text
    assert "Press n" in text or "Press v" in text


async def test_a_new_customer_has_an_overview_too(store: Store) -> None:
    introduce(store)
    customer = store.customer.save(Customer(id=new_id(), name="New one"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, customer.id)
        text = shown(app)
    assert "never visited" in text
    assert "v starts one" in text
    assert "e writes them" in text


async def test_off_the_radar_no_answer_counts_and_it_is_said(store: Store) -> None:
    world = build(store)
    store.customer.save(store.customer.get(world.customer).model_copy(update={"status": "former"}))
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, world.customer)
        assert "off the radar no answer counts" in shown(app)


async def test_people_show_their_counterparts_and_the_empty_pairs(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, world.customer, "p")
        lines = [screen.query_one("#tab-people", RowTable).render_line(y).text for y in (1, 2)]
        assert "Paolo Conti" in lines[0]
        assert "Anneli Strand" in lines[0]
        assert lines[1].split() == ["Zoe", "user", "–", "–", "–"]
        assert "p@x.example" in shown(app)


async def test_c_pairs_a_contact_with_a_colleague_and_takes_it_back(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "p", "down", "c")
        assert isinstance(app.screen, FormScreen)
        await pilot.press("a", "tab", *"3.11.2026", "enter")
        await pilot.pause()
        (pair,) = store.counterpart.where("contact_id = ?", [world.stranger])
        assert (pair.colleague_id, pair.met_on) == (world.colleague, date(2026, 11, 3))
        assert "Anneli Strand" in shown(app).splitlines()[7]
        await pilot.press("c", "left", "enter")
        await pilot.pause()
        assert store.counterpart.where("contact_id = ?", [world.stranger]) == []


async def test_items_show_their_verdicts_oldest_first(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, world.customer, "m")
        line = screen.query_one("#tab-items RowTable", RowTable).render_line(1).text
        assert "· · · · · s s d  deteriorating" in line
        assert "seat worn" in shown(app)


async def test_items_are_filtered_by_letters_and_esc_shows_all_again(store: Store) -> None:
    world = build(store)
    for tag, model in (("P-1", "Pumpe Ölfilter"), ("P-2", "pump"), ("Z-1", "valve")):
        store.item.save(Item(id=new_id(), customer_id=world.customer, tag=tag, model=model))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, world.customer, "m", "slash", *"pum olf")
        table = screen.query_one("#tab-items RowTable", RowTable)
        assert table.count == 1
        assert "P-1" in shown(app)
        await pilot.press("enter", "e")
        assert isinstance(app.screen, FormScreen)
        await pilot.press("escape", "escape")
        assert table.count == 4
        assert screen.is_current
        await pilot.press("slash", *"nothing")
        assert "No item with these letters." in shown(app)
        await pilot.press("escape", "slash", "slash")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)


async def test_enter_opens_the_visit_under_the_cursor(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "t", "down", "enter")
        assert isinstance(app.screen, VisitScreen)
        assert app.screen.visit_id == world.visit


async def test_enter_on_a_planned_visit_starts_it_and_on_a_missed_one_edits_it(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "t", "enter")
        assert isinstance(app.screen, ChooseChecklist)
        await pilot.press("escape")
        planned = store.visit.get(world.planned)
        store.visit.save(planned.model_copy(update={"status": "missed"}))
        app.reload()
        await pilot.press("enter")
        assert isinstance(app.screen, FormScreen)


async def test_a_planned_visit_is_moved_or_cancelled_and_a_new_one_planned(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "t", "e", "tab", "c", "enter")
        await pilot.pause()
        assert store.visit.get(world.planned).status == "cancelled"
        await pilot.press("n", *"17.12.2026", "enter")
        await pilot.pause()
        [planned] = store.visit.planned(world.customer)
        assert planned.planned_on == date(2026, 12, 17)


async def test_a_visit_that_took_place_is_not_edited_in_a_form(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "t", "down", "e")
        assert isinstance(app.screen, CustomerScreen)


async def test_s_moves_the_stage_on_and_ctrl_z_back(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "u", "s")
        assert store.opportunity.get(world.opportunity).stage == "quoted"
        await pilot.press("s")
        won = store.opportunity.get(world.opportunity)
        assert (won.stage, won.probability) == ("won", 100)
        await pilot.press("s")
        assert store.opportunity.get(world.opportunity) == won
        await pilot.press("ctrl+z", "ctrl+z")
        before = store.opportunity.get(world.opportunity)
        assert (before.stage, before.probability) == ("idea", 20)
        await pilot.press("ctrl+z")
        assert store.opportunity.get(world.opportunity) == before


async def test_the_lines_of_an_opportunity_stand_below_it(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, world.customer, "u")
        line = screen.query_one("#lines", RowTable).render_line(1).text
        assert line.replace("▌", "").split() == [
            "Seat", "and", "seal", "set", "W-010", "2", "€", "380", "€", "760", "to", "quote", "–",
        ]  # fmt: skip
        await pilot.press("enter")
        assert app.focused is screen.query_one("#lines")
        await pilot.press("escape")
        assert app.screen is screen
        assert app.focused is screen.table


async def test_space_does_an_action_and_opens_it_again(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "a", "space")
        done = store.action.get(world.action)
        assert (done.status, done.done_on) == ("done", date(2026, 12, 3))
        assert "✓" in shown(app)
        await pilot.press("space")
        assert store.action.get(world.action).status == "open"
        await pilot.press("ctrl+z")
        assert store.action.get(world.action) == done


@pytest.mark.parametrize(
    ("tab", "typed", "count"),
    [
        ("p", "Giulia Ferri", "SELECT count(*) FROM contact WHERE name = ?"),
        ("m", "W-099", "SELECT count(*) FROM item WHERE tag = ?"),
        ("f", "Tissue line 2", "SELECT count(*) FROM stream WHERE name = ?"),
        ("u", "A service round", "SELECT count(*) FROM opportunity WHERE title = ?"),
        ("a", "Call the buyer", "SELECT count(*) FROM action WHERE title = ?"),
    ],
)
async def test_n_adds_to_the_list_one_is_looking_at(store: Store, tab: str, typed: str, count: str) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, tab, "n")
        assert isinstance(app.screen, FormScreen)
        await pilot.press(*("space" if letter == " " else letter for letter in typed), "enter")
        await pilot.pause()
        assert isinstance(app.screen, CustomerScreen)
        assert store.row(count, [typed])[0] == 1
        assert typed in shown(app)


async def test_keys_of_other_tabs_do_nothing_and_are_not_offered(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, world.customer, "p")
        keys = {active.binding.key for active in screen.active_bindings.values() if active.enabled}
        assert {"c", "n", "e"} <= keys
        assert not {"s", "space"} & keys
        await pilot.press("o")
        assert "n" not in screen.active_bindings


async def test_archiving_asks_leaves_the_radar_and_can_be_taken_back(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer, "ctrl+d")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("escape")
        assert store.customer.get(world.customer).archived_at is None
        await pilot.press("ctrl+d", "enter")
        await pilot.pause()
        assert store.customer.get(world.customer).archived_at is not None
        assert "archived" in shown(app).splitlines()[0]
        assert store.customer.off_radar("auro tiss") == [(world.customer, "Aurora Tissue", "archived")]
        assert store.radar.matching("aurora", app.today) == []
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert store.radar.matching("aurora", app.today) == [world.customer]
        await pilot.press("ctrl+z")
        assert store.customer.get(world.customer).archived_at is not None


async def test_the_palette_finds_an_archived_customer(store: Store) -> None:
    world = build(store)
    store.customer.save(store.customer.get(world.customer).model_copy(update={"archived_at": store.clock()}))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"aurora")
        await pilot.pause(0.5)
        await pilot.press("down", "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, CustomerScreen)
        assert app.screen.customer_id == world.customer


async def test_a_customer_that_is_gone_is_said_and_does_not_end_the_app(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "nobody")
        for tab in TABS:
            await pilot.press(tab.key, "e")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    app = RadarApp(store)
    start = one_line(text)[:6]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, world.customer)
        for size in ((80, 24), (160, 45)):
            await pilot.resize_terminal(*size)
            for tab in TABS:
                await pilot.press(tab.key)
                await pilot.pause()
                for strip in strips_of(app):
                    assert strip.cell_length == size[0]
                    assert not any(ord(letter) < 32 for letter in strip.text)
                lines = shown(app).splitlines()
                assert lines[0].startswith(f" {start}")
                # The figures of the service come first; its words may stand below the edge.
                assert tab.name in ("service", "streams") or any(start in line for line in lines[4:])
        assert app.screen is screen


def test_the_country_goes_before_anything_is_cut() -> None:
    from radar_tui.store.lists.customer import Head

    head = Head(
        "Aurora", "both", "active", "Paper and tissue", "Lucca", "Italy", 90, "EUR", 0, "Marta Ricci", "", False, True,
        None, None, None, None,
    )  # fmt: skip
    full = "product and service · active · Paper and tissue · Lucca, Italy · every 90 days · Marta Ricci"
    assert kind_words(head, 200) == full
    assert kind_words(head, len(full) - 1) == full.replace(", Italy", "")
    short = full.replace(", Italy", "").replace(" · active", "")
    assert kind_words(head, len(short)) == short
    # SyncFolder a word on rows that cannot be read there is no room for more.
    assert kind_words(head, 10) == "product and service · Paper and tissue"


async def test_a_ticket_that_was_told_stands_in_the_figures(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, world.customer, "y")
        before = len(store.ticket.where())
        await pilot.press("n", *"pump", "enter")
        await pilot.pause()
        assert ["Opened", "1", "0"] in [line.split() for line in shown(app).splitlines()]
    assert len(store.ticket.where()) == before + 1
    [ticket] = store.ticket.where("subject = 'pump'")
    assert (ticket.customer_id, ticket.opened_at, ticket.closed_at) == (world.customer, store.clock(), None)


async def test_every_figure_of_a_customer_says_where_it_comes_from(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "lowest of the newest answers" in " ".join(shown(app).split())
        await pilot.press("escape")
        await opened(pilot, world.customer)
        await pilot.press("i")
        await pilot.pause()
        assert "days; n 1;" in " ".join(shown(app).split())


@pytest.mark.parametrize(
    ("scores", "there", "words"),
    [
        ([10, 9, 9, 7, 3, 10], 6, "NPS         rec. +50 all 6   ret. –"),
        ([10, 9, 9, 7, 3, 10], 60, "NPS         rec. +50 [−15, +83] 6 of 60   ret. –"),
        ([10, 9, 9, 7, 3], 6, "NPS         rec. +40 [+9, +58] 5 of 6   ret. –"),
        ([10, 9, 9, 7], 4, "NPS         rec. +75 (3/1/0) all 4   ret. –"),
        ([10], 4, ""),
    ],
)
def test_the_nps_of_a_customer_knows_its_people(scores: list[int], there: int, words: str) -> None:
    """Design §6: all asked is a census without an interval, a known population narrows it, few show their counts."""
    day = date(2026, 12, 1)
    rows = [
        ScoreRow(str(place), "X", decides=False, score=score, asked_on=day)
        for place, score in enumerate(scores)
    ]
    overview = SimpleNamespace(scores={"recommend": rows, "retain": []}, there=there, glyphs=UNICODE)
    lines = Overview._nps(cast("Overview", overview))
    assert "".join(text for line in lines for text, _ in line) == words


async def test_the_tab_counts_the_items_in_service_and_lists_those_that_are_gone_below(store: Store) -> None:
    world = build(store)
    store.item.save(Item(id=new_id(), customer_id=world.customer, tag="W-000", retired_on=date(2026, 3, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot, world.customer, "m")
        assert "Items 1 " in shown(app)
        assert "W-000" in shown(app)
        assert "retired 1 Mar" in shown(app)
