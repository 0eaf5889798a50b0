"""The Company screen: two questions that are never mixed, markets against their benchmarks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Contact, Customer, Market
from radar_tui.domain.nps import Counts
from radar_tui.domain.response import Response
from radar_tui.domain.text import one_line
from radar_tui.store.benchmark import Benchmarks
from radar_tui.store.company_lists import company
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.glyphs import UNICODE
from radar_tui.ui.screens.company import answers, score, signed
from radar_tui.ui.screens.form import FormScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.world import HOSTILE, build, introduce, shown, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.response import ResponseQuestion
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


async def opened(pilot: Pilot[None]) -> None:
    """The screen, with its figures read."""
    await pilot.press("3")
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


def test_answers_are_counted_by_market_and_question_the_newest_a_contact(store: Store) -> None:
    world = build(store)
    other = store.customer.save(Customer(id=new_id(), name="No market"))
    answered(store, world.customer, "recommend", 9, 10, 7)
    answered(store, world.customer, "retain", 2)
    answered(store, other.id, "recommend", 3)
    answered(store, other.id, "recommend", 10, on=date(2024, 12, 3))
    again = Response(
        id=new_id(),
        customer_id=world.customer,
        contact_id=world.contact,
        question="recommend",
        score=8,
        asked_on=TODAY,
    )
    store.response.save(again)
    found = company(store, TODAY)
    market, without = found.markets
    assert market.recommend == Counts(2, 2, 0)
    assert market.retain == Counts(0, 0, 1)
    assert without.recommend == Counts(0, 0, 1)
    assert found.recommend == Counts(2, 2, 1) == store.response.company("recommend", TODAY)
    assert found.retain == Counts(0, 0, 1) == store.response.company("retain", TODAY)


def test_the_newest_benchmark_counts(store: Store) -> None:
    world = build(store)
    known = Benchmarks(store).newest(world.market)
    assert known is not None
    Benchmarks(store).save(known.model_copy(update={"id": new_id(), "year": 2026, "nps": 30}))
    (market,) = company(store, TODAY).markets
    assert market.benchmark is not None
    assert (market.benchmark.nps, market.benchmark.year) == (30, 2026)


def test_customers_never_seen_are_not_within_their_cadence(store: Store) -> None:
    build(store)
    store.customer.save(Customer(id=new_id(), name="Never seen"))
    found = company(store, TODAY)
    assert (found.in_time, found.customers) == (0, 2)


async def test_both_questions_stand_apart_with_interval_and_counts(store: Store) -> None:
    world = build(store)
    answered(store, world.customer, "retain", 10, 10, 10, 10, 10)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        lines = shown(app).splitlines()
    nps = next(line for line in lines if line.startswith(" NPS"))
    assert nps.split()[1:] == ["−100", "[−98,", "+48]", "+100", "[+17,", "+100]"]
    market = next(line for line in lines if "Paper and tissue" in line)
    assert "1 (0/0/1)" in market
    assert "+24" in market
    assert any("In brackets: promoters" in line for line in lines)
    assert any("+24 says Invented for a test, 2025, EU" in line for line in lines)
    assert any("0 of 1 customer within their cadence" in line for line in lines)


async def test_n_adds_a_market_with_its_benchmark(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
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
        await pilot.press("e", "tab", "tab", *"31", "enter")
        await pilot.pause()
        known = Benchmarks(store).newest(world.market)
        assert known is not None
        assert known.nps == 31
        await pilot.press("m", "end", *"!", "enter")
        await pilot.pause()
        assert store.market.get(world.market).name == "Paper and tissue!"


@pytest.mark.parametrize("name", HOSTILE)
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        for strip in strips_of(app):
            assert strip.cell_length == 160
            assert not any(ord(letter) < 32 for letter in strip.text)
        start = one_line(HOSTILE[name])[:6]
        assert app.screen.query_one(RowTable).render_line(1).text.count(start) >= 2


def test_a_bare_score_never_stands_for_few_answers() -> None:
    assert answers(Counts(2, 1, 0)) == ("3 (2/1/0)", "muted")
    assert answers(Counts(3, 1, 1)) == ("5", "muted")
    assert score(Counts(0, 0, 0), UNICODE) == [("–", "muted")]


def test_scores_have_their_sign() -> None:
    assert [signed(value) for value in (31.4, 0.2, -0.4, -12.0)] == ["+31", "0", "0", "−12"]


def test_markets_without_customers_stand_too(store: Store) -> None:
    store.market.save(Market(id=new_id(), name="Empty"))
    (market,) = company(store, TODAY).markets
    assert (market.name, market.customers, market.benchmark) == ("Empty", 0, None)
