"""What a service review shows: counted from the tickets, and read so that ten thousand of them make nobody wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.store.lists import service as service_lists
from radar_tui.store.lists.service import ServiceLists, Standing
from radar_tui.store.rows.measure import Readings
from tests.ui.world import World, build

if TYPE_CHECKING:
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


@pytest.fixture
def world(store: Store) -> World:
    return build(store)


def ticket(store: Store, customer_id: str, opened: int, closed: int | None = None, **more: Any) -> str:
    """A ticket opened and closed that many days ago; the last visit was 142 days ago."""
    now = store.clock()
    return store.ticket.save(
        Ticket(
            id=new_id(),
            customer_id=customer_id,
            opened_at=now - timedelta(days=opened),
            closed_at=None if closed is None else now - timedelta(days=closed),
            **more,
        )
    ).id


def test_tickets_count_since_the_last_visit_and_verdicts_of_a_year(store: Store, world: World) -> None:
    other = store.customer.save(Customer(id=new_id(), name="Other"))
    ticket(store, other.id, 3, satisfied=False)
    old = ticket(store, world.customer, 300, 200, satisfied=True)
    ages = ticket(store, world.customer, 500, satisfied=False)
    since = ticket(store, world.customer, 200, 100, satisfied=False, followed_up_on=TODAY)
    urgent = ticket(store, world.customer, 3, kind="service request", priority="urgent")
    lists = ServiceLists(store, world.customer)
    assert lists.counted() == (
        True,
        {"service request": Standing(1, 0), "ticket": Standing(1, 1)},
        1,
        1,
        1,
    )
    assert lists.ticket_ids() == [urgent, ages, since]
    assert [row.id for row in lists.tickets([since, "gone", urgent])] == [since, urgent]
    assert lists.unhappy_ids() == [ages, since], "what nobody followed through never leaves, and stands first"
    assert lists.unhappy_ids(1) == [ages]
    assert [row.id for row in lists.not_satisfied([since, "gone", ages])] == [since, ages]
    assert lists.waiting() == 1
    figures = lists.figures()
    assert (figures.now.opened, figures.now.closed, figures.now.open_at_end) == (1, 1, 2)
    assert old not in [each.id for each in figures.worst]


def test_a_customer_never_visited_is_looked_at_for_ninety_days(store: Store) -> None:
    other = store.customer.save(Customer(id=new_id(), name="Other"))
    ticket(store, other.id, 200, 100)
    lately = ticket(store, other.id, 200, 80)
    still = ticket(store, other.id, 200)
    lists = ServiceLists(store, other.id)
    assert lists.counted()[:2] == (False, {"ticket": Standing(1, 1)})
    assert lists.ticket_ids() == [still, lately]
    assert lists.figures().now.closed == 1


def test_a_completed_visit_shows_the_tickets_as_they_stood_then(store: Store, world: World) -> None:
    visit = store.visit.get(world.visit)
    assert visit.completed_at is not None
    ago = (store.clock() - visit.completed_at).days
    then = ticket(store, world.customer, ago + 5, ago - 5, satisfied=False)
    ticket(store, world.customer, ago - 1, ago - 3, satisfied=False)
    lists = ServiceLists.around(store, visit)
    assert lists.ticket_ids() == [then]
    # It was rated when it was closed, and that came later.
    assert (lists.unhappy_ids(), lists.waiting()) == ([], 0)
    assert lists.counted()[1:] == ({"ticket": Standing(1, 0)}, 0, 0, 0)
    figures = lists.figures()
    assert (figures.until, figures.now.opened, figures.now.open_at_end) == (visit.completed_at, 1, 1)
    reopened = visit.model_copy(update={"status": "in progress"})
    assert ServiceLists.around(store, reopened).counted().tickets == {"ticket": Standing(0, 2)}


def test_a_verdict_belongs_to_the_year_in_which_the_ticket_was_closed(store: Store, world: World) -> None:
    late = ticket(store, world.customer, 400, 30, satisfied=False)
    ticket(store, world.customer, 500, 380, satisfied=True)
    done = store.ticket.get(late)
    store.ticket.save(done.model_copy(update={"followed_up_on": TODAY, "outcome": "Put right"}))
    lists = ServiceLists(store, world.customer)
    assert (lists.counted().satisfied, lists.counted().unhappy, lists.unhappy_ids()) == (0, 1, [late])


def test_the_newest_reading_is_that_of_the_newest_day_and_the_one_before_of_an_earlier(
    store: Store, world: World
) -> None:
    row = store.measure.save(
        Measure(id=new_id(), customer_id=world.customer, perspective="internal", name="Uptime", target=95)
    )
    readings = Readings(store)
    for days, value in ((30, 96.0), (60, 90.0), (0, 80.0), (0, 97.0), (-5, 10.0)):
        readings.save(
            Reading(id=new_id(), measure_id=row.id, as_of=TODAY - timedelta(days=days), value=value)
        )
    [found] = [each for each in ServiceLists(store, world.customer).measures(TODAY) if each.id == row.id]
    assert (found.value, found.before, found.as_of, found.stale) == (97, 96, TODAY, False)
    assert found.last == (90, 96, 97), (
        "a day each; one written down anew counts, one of a day to come does not"
    )


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("_TICKETS", "sqlite_autoindex_ticket"),
        ("_FEEDBACK", "sqlite_autoindex_ticket"),
        ("_UNHAPPY_IDS", "ticket_unhappy"),
        ("_WAITING", "ticket_unhappy"),
        ("_READINGS", "reading_measure"),
        ("_COUNTED", "ticket_customer"),
        ("_TICKET_IDS", "ticket_customer"),
        ("_REVIEW", "ticket_customer"),
        ("_VERDICTS", "ticket_customer"),
    ],
)
def test_no_query_goes_through_the_tickets_of_all(store: Store, sql: str, index: str) -> None:
    text = getattr(service_lists, sql)
    names = ("customer", "end", "since", "earliest", "year", "most", "measure", "today")
    parameters = ["[]"] if "?" in text else dict.fromkeys(names, "")
    plan = [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {text}", parameters)]
    assert any(index in line for line in plan), plan
    assert not any(line.startswith("SCAN") and "json_each" not in line for line in plan), plan
