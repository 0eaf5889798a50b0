"""How near we were to our customers, quarter by quarter, against a count of the rows by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.company import Filters, next_quarter, quarters
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.domain.visit import Visit
from radar_tui.store.lists.company import Share, company
from radar_tui.store.lists.company_shares import SharesRow, shares

if TYPE_CHECKING:
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)
DAYS = st.dates(date(2024, 10, 1), TODAY)
LEFT = st.none() | DAYS
ROWS = st.tuples(
    st.lists(st.sampled_from([1, 60, 90, 999]), min_size=1, max_size=3),
    st.lists(LEFT, min_size=1, max_size=2),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), DAYS), max_size=8),
    st.lists(st.tuples(st.integers(0, 2), LEFT), max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.none() | DAYS), max_size=5),
)


@settings(max_examples=40)
@given(ROWS)
def test_each_quarter_is_what_the_rows_say(store: Store, rows: tuple) -> None:  # type: ignore[type-arg]
    cadences, left, visits, people, met = rows
    visits = [(place % len(cadences), brm % len(left), day) for place, brm, day in visits]
    people = [(place % len(cadences), gone) for place, gone in people]
    met = [(contact % len(people), colleague % len(left), day) for contact, colleague, day in met if people]
    with store.transaction() as connection:
        for table in ("counterpart", "visit", "contact", "customer", "colleague"):
            connection.execute(f"DELETE FROM {table}")
        _write(store, cadences, left, visits, people, met)
    found = {row.start: row for row in shares(store, TODAY, Filters())}
    for start in quarters(TODAY):
        end = min(TODAY, next_quarter(start) - timedelta(days=1))
        there = [place for place, gone in enumerate(left) if gone is None or gone > end]
        seen = {
            place: max(days)
            for place in range(len(cadences))
            if (days := [day for at, _, day in visits if at == place and day <= end])
        }
        in_time = sum(day + timedelta(days=cadences[place]) > end for place, day in seen.items())
        here = [place for place, (_, gone) in enumerate(people) if gone is None or gone > end]
        known = {contact for contact, colleague, day in met if colleague in there and day and day <= end}
        active = {brm for _, brm, day in visits if start <= day <= end}
        active |= {colleague for _, colleague, day in met if day and start <= day <= end}
        expected = SharesRow(
            start,
            Share(in_time, len(cadences)),
            Share(len(known & set(here)), len(here)),
            Share(len(active & set(there)), len(there)),
        )
        assert found.get(start, expected) == expected
        if start not in found:
            assert not in_time
            assert not known & set(here)
            assert not active & set(there)


def _write(store: Store, cadences: list, left: list, visits: list, people: list, met: list) -> None:  # type: ignore[type-arg]
    store.connection.execute(
        "INSERT OR IGNORE INTO checklist (id, key, version, title, definition) VALUES ('k', 'k', 1, 'K', '{}')"
    )
    store.colleague.save_all([Colleague(id=f"o{n}", name="O", left_on=day) for n, day in enumerate(left)])
    store.customer.save_all(
        [Customer(id=f"c{n}", name="C", cadence_days=days) for n, days in enumerate(cadences)]
    )
    store.contact.save_all(
        [
            Contact(id=f"p{n}", customer_id=f"c{at}", name="P", left_on=day)
            for n, (at, day) in enumerate(people)
        ]
    )
    store.visit.save_all(
        [
            Visit(
                id=f"v{n}",
                customer_id=f"c{place}",
                checklist_id="k",
                status="completed",
                completed_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
                brm_id=f"o{brm}",
            )
            for n, (place, brm, day) in enumerate(visits)
        ]
    )
    store.counterpart.save_all(
        [
            Counterpart(id=f"k{n}", contact_id=f"p{contact}", colleague_id=f"o{colleague}", met_on=day)
            for n, (contact, colleague, day) in enumerate(met)
        ]
    )


def test_today_is_what_the_score_tab_shows_and_filters_count(store: Store) -> None:
    with store.transaction() as connection:
        _write(store, [90, 90], [None], [(0, 0, date(2026, 11, 3))], [(0, None), (1, None)], [(0, 0, TODAY)])
        connection.execute("UPDATE customer SET owner_id = 'o0' WHERE id = 'c0'")
    for filters in (Filters(), Filters(owner="o0"), Filters(owner="")):
        newest, now = shares(store, TODAY, filters)[-1], company(store, TODAY, filters)
        assert (newest.in_time, newest.paired) == (now.in_time, now.paired)
    assert newest == SharesRow(date(2026, 10, 1), Share(0, 1), Share(0, 1), Share(0, 1))
