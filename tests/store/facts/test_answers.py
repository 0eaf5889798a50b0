"""Which answers count, and what the decision makers' score is: alike wherever one of them is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.company import Filters, last_days, quarter_period
from radar_tui.domain.customer import Contact
from radar_tui.domain.nps import NpsCounts
from radar_tui.domain.response import Response
from radar_tui.store.ids import new_id
from radar_tui.store.lists.company import before, by_quarter, company
from radar_tui.store.lists.company_levers import levers
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.over_time import over_time
from radar_tui.store.lists.radar import Radar

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.store import Store
    from tests.store.conftest import Plant


@pytest.fixture
def today(plant: Plant) -> date:
    return plant.store.clock().date()


def answer(store: Store, contact: str, score: int, days: int) -> None:
    """To “recommend”, so many days ago."""
    store.response.save(
        Response(
            id=new_id(), customer_id="aurora", contact_id=contact, question="recommend", score=score,
            asked_on=store.clock().date() - timedelta(days=days),
        )
    )  # fmt: skip


def shown(store: Store) -> dict[str, NpsCounts]:
    """The NPS of the only customer, on every screen that shows it."""
    today = store.clock().date()
    everybody, role = company(store, today), company(store, today, Filters(role="decision maker"))
    own = CustomerLists(store, "aurora").scores("recommend", today)
    quarter = by_quarter(store, today)
    return {
        "Radar": store.response.company("recommend", today),
        "company": everybody.recommend,
        "market": everybody.markets[0].recommend if everybody.markets else NpsCounts(0, 0, 0),
        "role": role.recommend,
        "customer": NpsCounts(sum(row.score > 8 for row in own), 0, sum(row.score < 7 for row in own)),
        "quarter": quarter[-1].recommend if quarter else NpsCounts(0, 0, 0),
    }


def gone(store: Store, contact: str, day: date) -> None:
    store.contact.save(store.contact.get(contact).model_copy(update={"left_on": day}))


def test_who_left_counts_in_no_score(plant: Plant, today: date) -> None:
    store = plant.store
    store.contact.save(Contact(id="di", customer_id="aurora", name="Di", role="decision maker"))
    answer(store, "ada", 9, 10)
    answer(store, "di", 2, 10)
    assert set(shown(store).values()) == {NpsCounts(1, 0, 1)}
    gone(store, "di", today)
    assert set(shown(store).values()) == {NpsCounts(1, 0, 0)}
    assert [row.contact_id for row in levers(store, today, Filters(), "recommend", 1)] == []


@pytest.mark.parametrize("change", [{"status": "former"}, {"archived_at": "now"}])
def test_customers_off_the_radar_count_in_no_score(plant: Plant, change: dict[str, object]) -> None:
    store = plant.store
    answer(store, "ada", 2, 10)
    assert set(shown(store).values()) == {NpsCounts(0, 0, 1)}
    known = {"archived_at": store.clock()} if "archived_at" in change else change
    store.customer.save(store.customer.get("aurora").model_copy(update=known))
    assert set(shown(store).values()) == {NpsCounts(0, 0, 0)}
    assert levers(store, store.clock().date(), Filters(), "recommend", 1) == []
    assert store.response.answers("aurora", store.clock().date()) == 0


def test_who_has_left_since_still_counts_in_a_period_before(plant: Plant, today: date) -> None:
    store = plant.store
    answer(store, "ada", 9, 100)
    gone(store, "ada", today - timedelta(days=40))
    whole = company(store, today, Filters(period=last_days(today, 365)))
    assert whole.recommend.n == 0
    start = by_quarter(store, today)[0].start
    assert company(store, today, Filters(period=quarter_period(start))).recommend.n == 1
    quarters = {row.start: row.recommend.n for row in by_quarter(store, today)}
    assert quarters == {row.start: row.recommend.n for row in by_quarter(store, today, Filters(market=""))}
    assert quarters[start] == 1


def test_who_left_counts_in_the_window_before_if_they_were_there_by_its_end(
    plant: Plant, today: date
) -> None:
    store = plant.store
    answer(store, "ada", 9, 400)
    gone(store, "ada", today - timedelta(days=30))
    assert before(store, today, Filters())[0].n == 1
    gone(store, "ada", today - timedelta(days=370))
    assert before(store, today, Filters())[0].n == 0


def test_an_answer_of_a_day_to_come_counts_nowhere_yet(plant: Plant) -> None:
    store = plant.store
    answer(store, "ada", 9, 10)
    answer(store, "ada", 2, -5)
    assert set(shown(store).values()) == {NpsCounts(1, 0, 0)}


def test_several_decision_makers_have_one_score_the_lowest(plant: Plant, today: date) -> None:
    store = plant.store
    store.contact.save(Contact(id="di", customer_id="aurora", name="Di", role="decision maker"))
    answer(store, "ada", 9, 5)
    answer(store, "di", 2, 20)
    answer(store, "bo", 0, 1)
    (row,) = Radar(store).page(today)
    (card,) = [each for each in store.measure.measured("aurora", today) if each.key == "recommend"]
    assert (row.recommend, row.recommend_of) == (2, 2)
    assert (card.value, card.n) == (20, 2)
    assert over_time(store, "aurora", today).recommend[-1].value == 2


def test_a_decision_maker_who_left_does_not_stand_on_the_radar(plant: Plant, today: date) -> None:
    store = plant.store
    answer(store, "ada", 2, 20)
    answer(store, "bo", 9, 20)
    gone(store, "ada", today - timedelta(days=1))
    (row,) = Radar(store).page(today)
    assert (row.recommend, row.recommend_of) == (None, 0)


def test_the_last_contact_of_a_lever_is_that_of_this_person(plant: Plant, today: date) -> None:
    """The customer was visited since; this person was not in the room."""
    store = plant.store
    answer(store, "ada", 7, 90)
    plant.earlier_visit(3)
    (lever,) = levers(store, today, Filters(), "recommend", 1)
    assert (today - lever.last_contact).days == 90
    visit = plant.earlier_visit(2)
    store.connection.execute(
        "INSERT INTO attendee (id, visit_id, contact_id) VALUES ('a', ?, 'ada')", [visit.id]
    )
    (lever,) = levers(store, today, Filters(), "recommend", 1)
    assert (today - lever.last_contact).days == 2
