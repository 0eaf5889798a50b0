"""Whom we have to call, what is late, and who is unhappy now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain import follow_up as steps
from radar_tui.domain.days import iso
from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.follow_up import FollowUpLists
from radar_tui.store.lists.radar import Radar

if TYPE_CHECKING:
    from radar_tui.domain.nps import ResponseQuestion
    from tests.store.conftest import Plant


def answered(plant: Plant, score: int, contact: str = "ada", question: ResponseQuestion = "recommend") -> str:
    """An answer of now, sealed as on a visit; the id of its follow-up."""
    sealed = plant.store.response.seal(
        customer_id="aurora", contact_id=contact, visit_id=None, question=question, score=score
    )
    return fact_id("follow_up", sealed.id)


def said(plant: Plant) -> list[str]:
    """Every reason on the Radar, best first, beside the visit that is under way."""
    [row] = Radar(plant.store).page(plant.store.clock().date())
    return [each.text for each in row.reasons if each.kind != "in_progress"]


def late(plant: Plant) -> tuple[int, int]:
    """How many are late on Follow-ups, and in the brief."""
    store = plant.store
    told = brief(store, "aurora", store.clock().date())
    return FollowUpLists(store).counts(iso(store.clock()))[1], sum(loop.late for loop in told.loops)


def after(plant: Plant, **span: int) -> None:
    plant.at(plant.store.clock() + timedelta(**span))


def test_an_unhappy_decision_maker_comes_before_all_that_sells(plant: Plant) -> None:
    plant.store.finding.grade(plant.visit.id, "W-1", "deteriorating")
    answered(plant, 2)
    # The call is due tomorrow only: nothing is late.
    assert late(plant) == (0, 0)
    assert said(plant)[0] == "Unhappy, call Ada"


def test_who_was_called_is_not_to_be_called(plant: Plant) -> None:
    id = answered(plant, 2)
    after(plant, days=4)
    assert said(plant)[:2] == ["Unhappy, call Ada", "Call overdue: Ada"]
    assert late(plant) == (1, 1)
    plant.store.follow_up.move(id, steps.called)
    assert not [words for words in said(plant) if "all" in words]
    assert late(plant) == (0, 0)


def test_after_the_call_a_loop_is_late_when_its_next_step_has_not_come_within_ten_working_days(
    plant: Plant,
) -> None:
    id = answered(plant, 2)
    plant.store.follow_up.move(id, steps.called)  # Thursday 3 December
    after(plant, days=14)
    assert late(plant) == (0, 0)
    after(plant, days=1)
    assert late(plant) == (1, 1)
    assert said(plant)[0] == "Loop overdue: Ada"
    plant.store.follow_up.move(id, lambda duty: steps.cause_found(duty, "A late part"))
    assert late(plant) == (0, 0)
    assert "Loop overdue: Ada" not in said(plant)
    plant.store.follow_up.move(id, steps.fixed)
    after(plant, days=20)
    assert late(plant) == (1, 1)


def test_a_step_taken_back_is_due_as_before(plant: Plant) -> None:
    follow_ups = plant.store.follow_up
    due = follow_ups.get(id := answered(plant, 2)).due_at
    before, called = follow_ups.move(id, steps.called)
    assert called.due_at > due
    follow_ups.change_back(before, called)
    assert follow_ups.get(id).due_at == due


def test_only_what_counts_makes_unhappy_now(plant: Plant) -> None:
    """Not a user, not who left, not an answer before the newest, not one of before the window."""
    answered(plant, 2, contact="bo")
    assert said(plant)[0] != "Unhappy, call Bo"
    answered(plant, 4)
    assert said(plant)[0] == "Unhappy, call Ada"
    now = plant.store.clock()
    after(plant, days=WINDOW_DAYS)
    assert not [words for words in said(plant) if words.startswith("Unhappy")]
    plant.at(now + timedelta(days=80))
    answered(plant, 9)
    assert not [words for words in said(plant) if words.startswith("Unhappy")]
    answered(plant, 3, question="retain")
    assert said(plant)[0] == "Unhappy, call Ada"
    plant.store.connection.execute("UPDATE contact SET left_on = '2027-01-01' WHERE id = 'ada'")
    assert not [words for words in said(plant) if words.startswith("Unhappy")]
