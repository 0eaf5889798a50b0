"""The Company screen: two questions that are never mixed, markets against their benchmarks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.company import Filters, last_days
from radar_tui.domain.customer import Benchmark, Contact
from radar_tui.domain.nps import NpsCounts
from radar_tui.domain.response import Response
from radar_tui.domain.text import one_line
from radar_tui.store.ids import new_id
from radar_tui.store.lists import company_levers
from radar_tui.store.rows.benchmark import Benchmarks
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.glyphs import ASCII, UNICODE, Glyphs
from radar_tui.ui.frame.about import AboutScreen
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.frame.words.scores import score, short_score
from radar_tui.ui.screens.company.benchmarks import BenchmarksScreen
from radar_tui.ui.screens.company.places import VisitsScreen
from radar_tui.ui.screens.company.rows import _by_currency, bands, bar
from radar_tui.ui.screens.company.screen import CompanyScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet
from tests.ui.world import HOSTILE, build, introduce, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


async def opened(pilot: Pilot[None]) -> None:
    """The screen, with its figures read."""
    await press(pilot, "3")


def company_table(app: RadarApp) -> RowTable:
    """The list of the tab that is shown."""
    assert isinstance(app.screen, CompanyScreen)
    assert app.screen.table is not None
    return app.screen.table


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, each with what it makes a worker read."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def answered(
    store: Store, customer_id: str, question: ResponseQuestion, *scores: int, on: date = TODAY
) -> None:
    """One new contact an answer."""
    for place, value in enumerate(scores):
        contact = store.contact.save(Contact(id=new_id(), customer_id=customer_id, name=f"Contact {place}"))
        store.response.save(
            Response(
                id=new_id(),
                customer_id=customer_id,
                contact_id=contact.id,
                question=question,
                score=value,
                asked_on=on,
            )
        )


async def test_both_questions_stand_apart_with_interval_and_counts(store: Store) -> None:
    world = build(store)
    answered(store, world.customer, "retain", 10, 10, 10, 10, 10)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        lines = shown(app).splitlines()
        await press(pilot, "k")
        markets = shown(app).splitlines()
    nps = next(line for line in lines if line.startswith(" NPS"))
    assert nps.split()[1:] == ["−100", "(0/0/1)", "+100", "[+17,", "+100]"]
    assert any("0 of 1 customer within their cadence" in line for line in lines)
    market = next(line for line in markets if line.startswith("▌ Paper and tissue"))
    for words in ("−100 (0/0/1)", "+100 [+17, +100]", "+24"):
        assert words in market
    assert any(
        "recommend 0 promoters, 0 passives, 1 detractor, retain no clear difference" in line
        for line in markets
    )
    assert any("+24 in 2025, EU: Invented for a test" in line for line in markets)


async def test_n_adds_a_market_with_its_benchmark(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "k")
        assert "Press n" in shown(app)
        await pilot.press("n")
        assert isinstance(app.screen, FormScreen)
        await pilot.press("tab", *"Dairy", "tab", *"28.5", "tab", *"Survey", "enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Dairy" in shown(app)
    (market,) = store.market.where()
    known = Benchmarks(store).newest(market.id)
    assert known is not None
    assert (market.name, known.nps, known.source, known.year) == ("Dairy", 28.5, "Survey", 2026)


async def test_a_benchmark_needs_a_market(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n", "tab", "tab", *"28", "tab", *"Survey", "enter")
        assert "A benchmark belongs to a market." in shown(app)
    assert Benchmarks(store).where() == []


async def test_e_edits_the_newest_benchmark_and_m_names_the_market(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "k")
        await pilot.press("e", "tab", "tab", *"31", "enter")
        await pilot.pause()
        known = Benchmarks(store).newest(world.market)
        assert known is not None
        assert known.nps == 31
        await pilot.press("m", "end", *"!", "enter")
        await pilot.pause()
        assert store.market.get(world.market).name == "Paper and tissue!"


async def test_enter_lists_the_benchmarks_of_all_years_and_an_older_one_is_edited(store: Store) -> None:
    world = build(store)
    newer = Benchmark(id=new_id(), market_id=world.market, nps=40, source="S" * 900, year=2026, region="EU")
    Benchmarks(store).save(newer)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "k")
        assert "+40 in 2026, EU:" in shown(app), "a long source hides no year"
        await press(pilot, "enter")
        assert isinstance(app.screen, BenchmarksScreen)
        lines = shown(app).splitlines()
        assert [line.split()[:2] for line in lines[3:5]] == [["▌", "2026"], ["2025", "+24"]]
        await press(pilot, "down", "e", "tab", "tab", *"31", "enter")
        assert isinstance(app.screen, BenchmarksScreen)
        assert "2025   +31" in shown(app)
        await press(pilot, "n")
        assert isinstance(app.screen, FormScreen)
    assert sorted(row.nps for row in Benchmarks(store).of(world.market)) == [31, 40]


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        await press(pilot, "k")
        for strip in strips_of(app):
            assert strip.cell_length == 160
            assert not any(ord(letter) < 32 for letter in strip.text)
        start = one_line(HOSTILE[name])[:6]
        assert company_table(app).render_line(1).text.count(start) >= 2


def test_a_bare_score_never_stands_for_few_answers() -> None:
    assert short_score(NpsCounts(2, 1, 0), UNICODE) == [("+67", "strong"), (" (2/1/0)", "muted")]
    assert short_score(NpsCounts(3, 1, 1), UNICODE)[1][0].startswith(" [")
    assert score(NpsCounts(0, 0, 0), UNICODE) == short_score(NpsCounts(0, 0, 0), UNICODE) == [("–", "muted")]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_bar_shows_every_band_without_colour(glyphs: Glyphs) -> None:
    letters = bands(glyphs)
    assert bar(NpsCounts(5, 3, 2), 10, glyphs) == letters[0] * 5 + letters[1] * 3 + letters[2] * 2
    assert bar(NpsCounts(1000, 0, 1), 10, glyphs) == letters[0] * 9 + letters[2]
    assert bar(NpsCounts(0, 0, 0), 10, glyphs) == glyphs.none


async def test_a_voided_answer_is_gone_from_every_figure_at_the_next_paint(store: Store) -> None:
    world = build(store)
    answered(store, world.customer, "recommend", 10, 10, 10, 10)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "5 from 1 customer" in shown(app)
        [low] = [row for row in store.response.where() if row.score < 7 and row.question == "recommend"]
        await press(pilot, "1")
        store.response.void(low.id, "asked by mistake")
        await press(pilot, "3")
        assert "4 from 1 customer" in shown(app)
        assert " NPS                       +100" in shown(app)
        await press(pilot, "k")
        assert "+100 (4/0/0)" in shown(app)
        await press(pilot, "l")
        assert "nobody is a passive or detractor" in shown(app)
        await press(pilot, "q", "t")
        assert "+100 (4/0/0)" in shown(app)


async def test_the_quarters_are_a_plot_or_a_table(store: Store) -> None:
    world = build(store)
    answered(store, world.customer, "recommend", 10, 8, 10, 9, 3, on=date(2026, 8, 3))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "q")
        assert {"●", "┬", "┴"} <= set(shown(app))
        assert "No answers yet." in shown(app)
        await press(pilot, "t")
        assert "Q3 2026   +17 [−44, +66]" in shown(app)
        assert "●" not in shown(app)
        await press(pilot, "t")
        assert "Q3 2026   100 %  1 of 1         14 %  1 of 7         50 %  1 of 2" in shown(app)
        await press(pilot, "t", "t")
        await press(pilot, "enter")
        assert "every role · Q" in shown(app)
        await press(pilot, "escape")
        assert "every role · last 365 days" in shown(app)


async def test_where_nobody_answered_it_says_what_to_do(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert " Nobody answered in this time. The NPS step of a visit asks both questions." in shown(app)


def test_of_many_currencies_those_that_do_not_fit_are_counted() -> None:
    def words(*currencies: str) -> str:
        return "".join(text for text, _ in _by_currency(dict.fromkeys(currencies, 12.0), UNICODE))

    assert words("EUR") == "+12 EUR"
    assert words("EUR", "GBP", "SEK") == "+12 EUR +12 GBP +12 SEK"
    assert words("EUR", "GBP", "SEK", "USD") == "+12 EUR +12 GBP 2 more"


async def test_only_a_role_or_a_brm_or_a_period(store: Store) -> None:
    world = build(store)
    answered(store, world.customer, "recommend", 10, 9)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "3 from 1 customer" in shown(app)
        await pilot.press("slash", "tab", "tab", "right", "right", "right", "enter")
        await press(pilot)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "every market · every BRM · user · last 365 days" in shown(app)
        assert "2 from 1 customer" in shown(app)
        await press(pilot, "escape", "k", "g", "g")
        assert "by role" in shown(app)
        await press(pilot, "enter")
        assert "every BRM · decision maker" in shown(app)
        assert "1 from 1 customer" in shown(app)


async def test_levers_lead_to_the_customer_and_value_to_its_visits(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "l")
        assert "+200.0" in shown(app)
        await press(pilot, "o")
        assert "retain" in shown(app)
        await press(pilot, "o", "enter")
        assert isinstance(app.screen, CustomerScreen)
        await press(pilot, "escape", "f", "enter")
        assert isinstance(app.screen, VisitsScreen)
        assert app.screen.query_one(RowTable).count > 0
        await press(pilot, "enter")
        assert isinstance(app.screen, VisitScreen)
        await press(pilot, "escape", "o")
        assert isinstance(app.screen, CustomerScreen)


async def test_an_action_from_the_lever_list_aims_at_the_answer_it_is_to_move(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "l", "n")
        assert isinstance(app.screen, FormScreen)
        await press(pilot, *"call", "enter")
        assert isinstance(app.screen, CompanyScreen)
    action = store.action.where("title LIKE '%: call'")[0]
    assert action.customer_id == world.customer
    assert action.measure_id is not None
    assert store.measure.get(action.measure_id).name == "Recommendation"


async def test_an_action_from_a_users_lever_aims_at_no_measure_that_only_others_move(store: Store) -> None:
    world = build(store)
    for contact in store.contact.where("customer_id = ?", [world.customer]):
        store.contact.save(contact.model_copy(update={"role": "user"}))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "l", "n")
        await press(pilot, *"call", "enter")
    assert store.action.where("title LIKE '%: call'")[0].measure_id is None


async def test_a_list_of_levers_that_is_cut_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = build(store)
    answered(store, world.customer, "recommend", 3, 4, 5, 8)
    monkeypatch.setattr(company_levers.levers, "__defaults__", (2,))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "l")
        assert "recommend, the first 2 of" in shown(app)


async def test_the_report_is_of_whom_one_looks_at_and_says_so(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot)
        assert isinstance(app.screen, CompanyScreen)
        app.screen.look_at(Filters(role="user", period=last_days(store.clock().date(), 90)))
        await press(pilot, "r")
        assert "every market · every BRM · user · last 90 days" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_every_figure_says_where_it_comes_from(store: Store, size: tuple[int, int]) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await press(pilot, "i")
        assert isinstance(app.screen, AboutScreen)
        sheet = app.screen.query_one(Sheet)
        lines = app.screen.lines(sheet.size.width)
        assert all(sum(len(text) for text, _ in line) <= sheet.size.width for line in lines)
        words = " ".join(" ".join(" ".join(text for text, _ in line) for line in lines).split())
        for needed in ("adjusted Wald", "last 365 days", "n 1 for recommend", "100/n", "source"):
            assert needed in words
