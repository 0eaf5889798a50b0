"""Every figure of the company is what its rows give, and none costs a scan per customer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.company import Filters, Period, last_days, next_quarter
from radar_tui.domain.customer import Contact, ContactRole, Customer, Market
from radar_tui.domain.nps import QUESTIONS, NpsCounts, aggregates, band, count, gain, newest, total
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.response import Response
from radar_tui.store.ids import new_id
from radar_tui.store.lists.company import (
    Share,
    answers_sql,
    before,
    by_quarter,
    company,
    parameters_of,
    quarters_sql,
)
from radar_tui.store.lists.company_levers import levers
from radar_tui.store.lists.company_value import found_on_visits, visits_with_value
from radar_tui.store.rows.benchmark import Benchmarks
from tests.ui.screens.company.test_screen import answered
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.store.conftest import Plant

TODAY = date(2026, 12, 3)
ROLES: tuple[ContactRole, ...] = ("decision maker", "user")
FILTERS = [
    Filters(),
    Filters(market="m0"),
    Filters(market=""),
    Filters(owner="marta", role="user"),
    Filters(owner=""),
    Filters(role="decision maker"),
    Filters(period=last_days(TODAY, 90)),
    Filters(role="user", period=Period("Q2", date(2026, 3, 31), date(2026, 6, 30))),
]
Known = tuple[str, str | None, str | None, str, tuple[str, float]]
"""Of a contact: customer, market, owner, role, annual value."""


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
    assert market.recommend == NpsCounts(2, 2, 0)
    assert market.retain == NpsCounts(0, 0, 1)
    assert without.recommend == NpsCounts(0, 0, 1)
    assert found.recommend == NpsCounts(2, 2, 1) == store.response.company("recommend", TODAY)
    assert found.retain == NpsCounts(0, 0, 1) == store.response.company("retain", TODAY)


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
    assert found.in_time == Share(0, 2)


def test_markets_without_customers_stand_too(store: Store) -> None:
    store.market.save(Market(id=new_id(), name="Empty"))
    (market,) = company(store, TODAY).markets
    assert (market.name, market.customers, market.benchmark) == ("Empty", 0, None)


# Against the rows

answers = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(QUESTIONS),
        st.integers(0, 10),
        st.integers(-5, 500),
        st.sampled_from([False, False, True]),
    ),
    max_size=30,
)


def people(store: Store) -> dict[str, Known]:
    """Eight contacts of four customers, by contact."""
    store.market.save_all([Market(id="m0", name="Dairy"), Market(id="m1", name="Paper")])
    store.colleague.save(Colleague(id="eva", name="Eva"))
    found: dict[str, Known] = {}
    places: list[tuple[str, str | None, str | None, str, int]] = [
        ("a", "m0", "marta", "EUR", 100),
        ("b", "m0", "eva", "SEK", 700),
        ("c", "m1", "marta", "EUR", 200),
        ("d", None, None, "EUR", 0),
    ]
    for place, (id, market, owner, currency, value) in enumerate(places):
        worth = {"currency": currency, "annual_value": value}
        store.customer.save(Customer(id=id, name=id, market_id=market, owner_id=owner, **worth))
        for number, role in enumerate(ROLES):
            contact = f"p{2 * place + number}"
            store.contact.save(Contact(id=contact, customer_id=id, name=contact, role=role))
            found[contact] = (id, market, owner, role, (currency, value))
    return found


def looked_at(filters: Filters, known: Known) -> bool:
    _, market, owner, role, _ = known
    return (
        filters.market in (None, market or "")
        and filters.owner in (None, owner or "")
        and filters.role in (None, role)
    )


@given(answers, st.sampled_from(FILTERS))
@settings(max_examples=60)
def test_every_figure_is_what_the_rows_give(
    plant: Plant, given: list[tuple[int, str, int, int, bool]], filters: Filters
) -> None:
    """Also after one and another of them was voided."""
    store = plant.store
    known = people(store)
    store.connection.execute("DELETE FROM response")
    for number, (who, question, score, ago, voided) in enumerate(given):
        contact, day = f"p{who}", (TODAY - timedelta(days=ago)).isoformat()
        at = "2026-12-01T00:00:00.000Z" if voided else None
        store.connection.execute(
            "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on, voided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [str(number), known[contact][0], contact, question, score, day, at],
        )
    compare(store, known, filters)
    for row in store.response.where("voided_at IS NULL")[:2]:
        store.connection.execute(
            "UPDATE response SET voided_at = '2026-12-03T10:00:00.000Z' WHERE id = ?", [row.id]
        )
        compare(store, known, filters)


def compare(store: Store, known: dict[str, Known], filters: Filters) -> None:
    """The figures of the store with those of domain/nps.py on all rows."""
    found, window = company(store, TODAY, filters), filters.window(TODAY)
    rows = [row for row in store.response.where() if looked_at(filters, known[row.contact_id])]
    days = (window.until - window.since).days
    inside, earlier = newest(rows, window.until, days), newest(rows, window.since, days)
    was = before(store, TODAY, filters)
    for place, question in enumerate(QUESTIONS):
        these = [row for row in inside if row.question == question]
        by_customer = {
            id: count(row.score for row in these if known[row.contact_id][0] == id)
            for id in {known[row.contact_id][0] for row in these}
        }
        assert getattr(found, question) == count(row.score for row in these)
        values = {customer: value for customer, _, _, _, value in known.values()}
        several, wanted = getattr(found, f"{question}_as"), aggregates(by_customer, values)
        assert several[:2] == pytest.approx(wanted[:2])
        assert several.weighted == pytest.approx(wanted.weighted)
        assert found.answering[place] == len(by_customer)
        for groups, index in ((found.markets, 1), (found.owners, 2), (found.roles, 3)):
            for group in groups:
                of = [row.score for row in these if (known[row.contact_id][index] or "") == group.id]
                assert getattr(group, question) == count(of)
            assert total(getattr(group, question) for group in groups).n == len(these)
        assert was[place] == count(row.score for row in earlier if row.question == question)
        for quarter in by_quarter(store, TODAY, filters):
            last = min(TODAY, next_quarter(quarter.start) - timedelta(days=1))
            there = newest(rows, last, (last - quarter.start).days + 1)
            assert getattr(quarter, question) == count(row.score for row in there if row.question == question)
        listed = levers(store, TODAY, filters, question, len(these))
        below = [row for row in these if row.score <= 8]
        assert sorted(lever.contact_id for lever in listed) == sorted(row.contact_id for row in below)
        assert [lever.gain for lever in listed] == sorted((lever.gain for lever in listed), reverse=True)
        assert all(lever.gain == gain(band(lever.score), len(these)) for lever in listed)


# Levers and value


def test_a_call_that_is_owed_comes_first_among_equals(plant: Plant) -> None:
    store = plant.store
    store.response.seal(customer_id="aurora", contact_id="ada", visit_id=None, question="recommend", score=2)
    answered(store, "aurora", "recommend", 6, 8, on=store.clock().date())
    found = levers(store, store.clock().date(), Filters(), "recommend", 3)
    assert [(row.score, row.open_recover, round(row.gain, 1)) for row in found] == [
        (2, True, 66.7),
        (6, False, 66.7),
        (8, False, 33.3),
    ]


def test_value_found_is_traced_to_its_visits(store: Store) -> None:
    build(store)
    found = found_on_visits(store, TODAY, Filters())
    assert found
    for row in found:
        visits = [
            visit
            for visit in visits_with_value(store, TODAY, Filters(), row.start)
            if visit.currency == row.currency
        ]
        assert (row.visits, row.value, row.won) == (
            len({visit.visit_id for visit in visits}),
            sum(visit.value for visit in visits),
            sum(visit.won for visit in visits),
        )
        for kind, amount in row.by_kind.items():
            assert amount == sum(visit.by_kind[kind] for visit in visits)
    lines = store.rows(
        "SELECT l.quantity * l.unit_price FROM opportunity_line l JOIN opportunity o ON o.id = l.opportunity_id "
        "WHERE o.visit_id IS NOT NULL AND l.decision <> 'declined'"
    )
    assert sum(row.value for row in found) == sum(line[0] for line in lines) > 0
    assert found_on_visits(store, TODAY, Filters(market="")) == []


# How it is read


@pytest.mark.parametrize("filters", FILTERS)
def test_no_scan_of_the_answers(store: Store, filters: Filters) -> None:
    """Each contact is two seeks in an index that holds all that is asked; rows of `response` are not read."""
    parameters = parameters_of(filters, filters.window(TODAY), TODAY)
    plan = [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {answers_sql(filters)}", parameters)]
    seeks = [step for step in plan if " r " in f"{step} "]
    assert len(seeks) == 2
    for step in seeks:
        assert step.startswith("SEARCH r USING")
        assert "response_contact (contact_id=? AND question=? AND asked_on>? AND asked_on<?)" in step
    assert not any("PART OF ORDER BY" in step or "TERM OF ORDER BY" in step for step in plan)
    assert sum(step.startswith("SCAN c") for step in plan) <= 1
    assert any("SEARCH x USING INDEX contact_customer (customer_id=?)" in step for step in plan)
    plan = [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {quarters_sql(filters)}", parameters)]
    assert not any(step.startswith(("SCAN r", "SCAN response")) for step in plan)
    if filters.everybody:
        assert plan == ["SEARCH quarter_count USING PRIMARY KEY (question=? AND quarter>?)"]


def test_the_indexes_of_responses_are_there(store: Store) -> None:
    names = {row["name"] for row in store.rows("SELECT name FROM pragma_index_list('response')")}
    assert {"response_contact", "response_customer", "response_day", "response_visit"} <= names


@pytest.mark.parametrize(
    "spoilt", ["contact SET left_on = 'now' WHERE id", "customer SET archived_at = 'now' WHERE id"]
)
def test_who_cannot_be_read_counts_in_no_quarter(plant: Plant, spoilt: str) -> None:
    store = plant.store
    store.response.save_all(
        Response(
            id=contact, customer_id="aurora", contact_id=contact, question="recommend", score=9,
            asked_on=date(2026, 11, 30),
        )
        for contact in ("ada", "bo")
    )  # fmt: skip
    assert [row.recommend.n for row in by_quarter(store, TODAY)][-1] == 2
    with store.transaction() as connection:
        connection.execute(f"UPDATE {spoilt} IN ('ada', 'aurora')")
    quarters = by_quarter(store, TODAY)
    assert (quarters[-1].recommend.n if quarters else 0) == (1 if "contact" in spoilt else 0)
