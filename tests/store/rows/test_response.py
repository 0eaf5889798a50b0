"""Sealed answers and the duties they create, on a real file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Contact
from radar_tui.domain.nps import NpsCounts, count, newest
from radar_tui.domain.response import Response, resting_until
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.conflict import open_count, open_rows
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.response import ResponseLists

if TYPE_CHECKING:
    from radar_tui.domain.nps import ResponseQuestion
    from tests.store.conftest import Plant

TODAY = date(2026, 12, 3)


def seal(
    plant: Plant, score: int, question: ResponseQuestion = "recommend", contact: str = "ada"
) -> Response:
    return plant.store.response.seal(
        customer_id="aurora", contact_id=contact, visit_id=plant.visit.id, question=question, score=score
    )


def test_an_answer_creates_its_duty(plant: Plant) -> None:
    response = seal(plant, 6)
    duty = plant.store.follow_up.get(fact_id("follow_up", response.id))
    assert response.id == fact_id("response", plant.visit.id, "ada", "recommend", "")
    assert (response.asked_on, response.channel) == (TODAY, "visit")
    assert (duty.response_id, duty.play, duty.status, duty.owner_id) == (
        response.id,
        "recover",
        "open",
        "marta",
    )
    assert duty.due_at == plant.store.clock().replace(day=4)  # one working day of eight hours later


def test_sealing_twice_neither_doubles_nor_edits(plant: Plant) -> None:
    first = seal(plant, 6)
    assert seal(plant, 10) == first
    assert plant.store.response.where() == [first]
    assert len(plant.store.follow_up.where()) == 1


def test_another_answer_to_what_a_sync_has_brought_meanwhile_is_kept_beside_it(plant: Plant) -> None:
    first = seal(plant, 6)
    assert seal(plant, 6) == first
    assert open_count(plant.store) == 0
    for _ in range(2):
        assert seal(plant, 9) == first
    [row] = [row for row in open_rows(plant.store) if row.table == "response"]
    [told] = row.conflicts
    assert (row.key, told.fields) == (first.id, ("score", "follow-up: play", "follow-up: due"))
    assert [side.texts[0] for side in told.sides] == ["6", "9"]
    plant.store.conflict.take_mine(told.sides[1].ids)
    assert plant.store.response.get(first.id).score == 9
    assert plant.store.follow_up.get(fact_id("follow_up", first.id)).play == "learn"
    assert open_count(plant.store) == 0


def test_each_question_and_contact_has_its_own_answer(plant: Plant) -> None:
    ids = {seal(plant, 9).id, seal(plant, 9, "retain").id, seal(plant, 9, contact="bo").id}
    assert len(ids) == 3


def test_a_voided_answer_may_be_asked_again(plant: Plant) -> None:
    first = seal(plant, 2)
    plant.store.response.void(first.id, "the wrong person answered")
    again = seal(plant, 9)
    assert again.id != first.id
    plant.store.response.void(again.id, "once more")
    third = seal(plant, 8)
    assert len({first.id, again.id, third.id}) == 3
    assert plant.store.response.company("recommend", TODAY) == NpsCounts(0, 1, 0)


def test_voiding_keeps_the_answer_with_its_reason_and_closes_the_duty(plant: Plant) -> None:
    response = seal(plant, 2)
    plant.store.response.void(response.id, " the wrong person answered ")
    voided = plant.store.response.get(response.id)
    duty = plant.store.follow_up.get(fact_id("follow_up", response.id))
    assert (voided.score, voided.voided_at, voided.void_reason) == (
        2,
        plant.store.clock(),
        "the wrong person answered",
    )
    assert (duty.status, duty.outcome) == ("closed", "voided: the wrong person answered")
    plant.store.response.void(response.id, "another reason")
    assert plant.store.response.get(response.id) == voided


def test_nothing_is_voided_without_a_reason(plant: Plant) -> None:
    response = seal(plant, 2)
    with pytest.raises(RadarError, match="reason"):
        plant.store.response.void(response.id, "  ")
    assert plant.store.response.get(response.id) == response


def test_an_answer_by_phone_is_owned_by_who_owns_the_customer(plant: Plant) -> None:
    def by_phone() -> Response:
        return plant.store.response.seal(
            customer_id="aurora", contact_id="ada", visit_id=None, question="retain", score=9, channel="phone"
        )

    response = by_phone()
    assert by_phone() == response
    assert plant.store.follow_up.get(fact_id("follow_up", response.id)).owner_id == "olof"


def test_the_decision_maker_is_asked_first_and_nobody_who_left(plant: Plant) -> None:
    plant.store.response.save(_old("bo", 30, 9))
    ada, bo = ResponseLists(plant.store, plant.visit).contacts()
    assert (ada.id, ada.title, ada.language, ada.asked_on) == ("ada", "", "it", None)
    assert resting_until(ada.asked_on, TODAY, 75) is None
    assert (bo.id, bo.asked_on) == ("bo", TODAY - timedelta(days=30))
    assert resting_until(bo.asked_on, TODAY, 75) == TODAY + timedelta(days=45)
    assert resting_until(bo.asked_on, TODAY, 30) is None


def _old(contact: str, days_ago: int, score: int, *, voided: bool = False) -> Response:
    return Response(
        id=f"{contact} {days_ago} {score}",
        customer_id="aurora",
        contact_id=contact,
        question="recommend",
        score=score,
        asked_on=TODAY - timedelta(days=days_ago),
        voided_at=datetime(2026, 12, 1, tzinfo=UTC) if voided else None,
    )


def test_the_company_counts_what_the_domain_counts(plant: Plant) -> None:
    plant.store.contact.save_all(Contact(id=f"k{n}", customer_id="aurora", name=f"K {n}") for n in range(8))
    plant.store.response.save_all(
        [
            _old("k0", 10, 9),
            _old("k0", 40, 2),
            _old("k1", 364, 8),
            _old("k2", 365, 3),
            _old("k3", -1, 3),
            _old("k4", 5, 3, voided=True),
            _old("k4", 50, 10),
            _old("k5", 5, 9),
            _old("k5", 5, 6),
            _old("k6", 1, 0),
        ]
    )
    found = plant.store.response.company("recommend", TODAY)
    assert found == NpsCounts(2, 1, 2)
    assert found == count(row.score for row in newest(plant.store.response.where(), TODAY))
    assert plant.store.response.company("retain", TODAY) == NpsCounts(0, 0, 0)


def test_the_companys_score_never_reads_all_answers(plant: Plant) -> None:
    from radar_tui.store.rows.response import _COMPANY

    plan = plant.store.rows(f"EXPLAIN QUERY PLAN {_COMPANY}", {"question": "", "since": "", "until": ""})
    steps = [row["detail"] for row in plan]
    assert any("SEARCH r USING INDEX response_contact" in step for step in steps)
    assert not any("SCAN r" in step for step in steps)


def test_of_two_answers_on_one_day_every_screen_counts_the_lower(plant: Plant) -> None:
    """Two laptops asked one person on one day: whichever was written last, all figures say the same."""
    store = plant.store
    for id, score in (("1", 6), ("2", 9)):
        store.response.save(
            Response(
                id=id,
                customer_id="aurora",
                contact_id="ada",
                question="recommend",
                score=score,
                asked_on=TODAY,
            )
        )
    lists = CustomerLists(store, "aurora")
    [row] = store.radar.page(TODAY, ids=["aurora"])
    found = {
        "company": store.response.company("recommend", TODAY).detractors * 6,
        "radar": row.recommend,
        "overview": lists.scores("recommend", TODAY)[0].score,
        "people": next(one for one in lists.people(0, 9) if one.id == "ada").recommend,
        "brief": next(one for one in brief(store, "aurora", TODAY).people if one.name == "Ada").recommend,
        "card": next(one for one in store.measure.measured("aurora", TODAY) if one.key == "recommend").value,
    }
    assert found == {**dict.fromkeys(found, 6), "card": 60}
