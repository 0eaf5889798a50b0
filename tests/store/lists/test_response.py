"""Who may be asked on a visit, and what was answered on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Contact, Customer
from radar_tui.store.lists.response import ResponseLists
from radar_tui.store.rows.attendee import Attendees

if TYPE_CHECKING:
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.domain.visit import Visit
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


@pytest.fixture
def visit(store: Store) -> Visit:
    store.customer.save(Customer(id="c", name="Aurora"))
    with store.transaction() as connection:
        connection.execute("INSERT INTO checklist VALUES ('k', 'k', 1, 'K', '{}')")
    for id, name in (("b", "Bruno"), ("a", "Anna")):
        store.contact.save(Contact(id=id, customer_id="c", name=name))
    store.contact.save(Contact(id="d", customer_id="c", name="Zoe", role="decision maker", language="fr"))
    return store.visit.start("c", "k", None)


def sealed(
    store: Store,
    contact: str,
    visit: Visit | None,
    question: ResponseQuestion = "recommend",
    days_ago: int = 0,
) -> str:
    made = store.response.seal(
        customer_id="c",
        contact_id=contact,
        visit_id=visit.id if visit else None,
        question=question,
        score=9,
        verbatim="so",
    )
    store.response.save(made.model_copy(update={"asked_on": TODAY - timedelta(days=days_ago)}))
    return made.id


def test_decision_makers_first_then_by_name(store: Store, visit: Visit) -> None:
    Attendees(store).put(visit.id, "b", here=True)
    rows = ResponseLists(store, visit).contacts()
    assert [(row.id, row.here, row.asked_on) for row in rows] == [
        ("d", False, None),
        ("a", False, None),
        ("b", True, None),
    ]
    assert (rows[0].title, rows[0].language, rows[0].customer_id) == ("", "fr", "c")


def test_last_asked_is_the_newest_of_other_days_that_stands(store: Store, visit: Visit) -> None:
    sealed(store, "a", None, days_ago=200)
    sealed(store, "a", None, "retain", days_ago=90)
    store.response.void(sealed(store, "b", None, days_ago=5), "wrong person")
    sealed(store, "d", visit)
    asked = {row.id: row.asked_on for row in ResponseLists(store, visit).contacts()}
    assert asked == {"a": TODAY - timedelta(days=90), "b": None, "d": None}


def test_who_left_is_gone_unless_here_or_answered(store: Store, visit: Visit) -> None:
    for id in "abd":
        store.contact.save(store.contact.get(id).model_copy(update={"left_on": TODAY}))
    Attendees(store).put(visit.id, "a", here=True)
    sealed(store, "b", visit)
    assert [row.id for row in ResponseLists(store, visit).contacts()] == ["a", "b"]


def test_what_was_given_with_its_play(store: Store, visit: Visit) -> None:
    other = store.visit.start("c", "k", None)
    sealed(store, "a", other)
    retain = sealed(store, "a", visit, "retain")
    first = sealed(store, "a", visit)
    store.response.void(first, "a slip")
    second = sealed(store, "a", visit)
    lists = ResponseLists(store, visit)
    given = lists.given()
    assert [(row.id, row.question, row.voided, row.void_reason) for row in given] == [
        (second, "recommend", False, ""),
        (first, "recommend", True, "a slip"),
        (retain, "retain", False, ""),
    ]
    assert {(row.play, row.score, row.reason) for row in given} == {("learn", 9, "so")}
    assert all(row.due_at is not None and row.due_at.utcoffset() is not None for row in given)
    assert lists.answered() == (1, 2)
