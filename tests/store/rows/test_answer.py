"""Answers are durable, meet themselves, and raise or take back their action in the same transaction."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.checklist import Checklist, values_of
from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.visit import NOT_APPLICABLE, Answer, Visit
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id

if TYPE_CHECKING:
    from radar_tui.store.store import Store

PASS = {
    "key": "pass", "ask": "Is the pass valid?", "type": "yes/no", "flag": "no", "action": "Renew the pass", "days": 7,
}  # fmt: skip
HOURS = {
    "key": "hours", "ask": "How long?", "type": "number", "unit": "h", "min": 0, "flag": "> 8",
    "action": {"> 24": "Explain it in writing", "> 8": "Explain it"},
}  # fmt: skip
WORN = {"key": "worn", "ask": "Is it worn?", "type": "yes/no", "action": {"yes": "Order a seal"}}
STEPS: list[dict[str, Any]] = [
    {"key": "before", "kind": "questions", "title": "Before", "questions": [PASS, HOURS]},
    {"key": "each", "kind": "questions", "title": "Each", "each": "item", "questions": [WORN]},
]


@pytest.fixture
def visit(store: Store) -> Visit:
    """A visit in progress since 3 December."""
    store.colleague.save(Colleague(id="marta", name="Marta"))
    store.colleague.save(Colleague(id="luca", name="Luca"))
    store.customer.save(Customer(id="aurora", name="Aurora"))
    for tag in ("W-013", "W-014"):
        store.item.save(Item(id=tag, customer_id="aurora", tag=f"[b]{tag}"))
    checklist = Checklist.model_validate({"key": "mine", "version": 1, "title": "Mine", "steps": STEPS})
    return store.visit.start("aurora", store.checklist.pin(checklist), "marta")


def actions(store: Store) -> list[tuple[str, str | None, date | None, str]]:
    return [(row.title, row.owner_id, row.due_on, row.status) for row in store.action.where()]


@pytest.fixture
def chain(store: Store, visit: Visit) -> Visit:
    """A visit with questions that hang on each other, and one that is asked of each item."""
    steps = [
        {"key": "a", "kind": "questions", "title": "A", "questions": [
            {"key": "tender", "ask": "Is there a tender?", "type": "yes/no"},
            {"key": "asked", "ask": "Are we asked?", "type": "yes/no", "when": {"tender": "yes"}, "flag": "no",
             "action": "Ask to be asked"},
            {"key": "why", "ask": "Do we know why?", "type": "yes/no", "when": {"asked": "no"}, "flag": "no",
             "action": "Find out why"},
        ]},
        {"key": "b", "kind": "questions", "title": "B", "each": "item", "questions": [
            {"key": "worn", "ask": "Is it worn?", "type": "yes/no", "when": {"tender": "yes"},
             "action": {"yes": "Order a seal"}},
        ]},
    ]  # fmt: skip
    checklist = Checklist.model_validate({"key": "chain", "version": 1, "title": "Chain", "steps": steps})
    return store.visit.start("aurora", store.checklist.pin(checklist), "marta")


def raised_by(store: Store, visit: Visit) -> tuple[list[str], list[str]]:
    """The titles of the visit's open actions, and the questions whose answers are flagged."""
    answers = store.answer.of_visit(visit.id).values()
    titles = [row.title for row in store.action.where("visit_id = ? AND status = 'open'", [visit.id])]
    return sorted(titles), sorted(row.question for row in answers if row.flagged)


def test_what_a_question_raised_goes_and_comes_with_it(store: Store, chain: Visit) -> None:
    answer = store.answer.answer
    for question, value in (("tender", "yes"), ("asked", "no"), ("why", "no")):
        answer(chain.id, question, value)
    answer(chain.id, "worn", "yes", subject_id="W-013")
    everything = (["Ask to be asked", "Find out why", "[b]W-013: Order a seal"], ["asked", "why"])
    assert raised_by(store, chain) == everything
    answer(chain.id, "tender", "no")
    assert raised_by(store, chain) == ([], [])
    answer(chain.id, "tender", "yes")
    assert raised_by(store, chain) == everything
    store.answer.take_back(chain.id, "tender")
    assert raised_by(store, chain) == ([], [])
    answer(chain.id, "tender", "yes")
    answer(chain.id, "asked", "yes")
    assert raised_by(store, chain) == (["[b]W-013: Order a seal"], [])
    store.answer.take_back(chain.id, "asked")
    answer(chain.id, "asked", "no")
    assert raised_by(store, chain) == everything
    assert store.answer.of_visit(chain.id)["why", None].value == "no", "no answer is lost"


def test_an_action_that_somebody_changed_stays_when_its_question_goes(store: Store, chain: Visit) -> None:
    store.answer.answer(chain.id, "tender", "yes")
    action = store.answer.answer(chain.id, "asked", "no").action
    assert action is not None
    store.action.change(action, action.model_copy(update={"owner_id": "luca"}))
    store.answer.answer(chain.id, "tender", "no")
    assert raised_by(store, chain) == (["Ask to be asked"], [])


def test_an_answer_is_there_for_every_other_reader(store: Store, visit: Visit) -> None:
    given = store.answer.answer(visit.id, "hours", "7,50 h", note="by their count")
    assert given.answer.id == fact_id("answer", visit.id, "hours", None)
    assert (given.answer.value, given.answer.flagged, given.before, given.action) == (
        "7.5",
        False,
        None,
        None,
    )
    with store.again() as other:
        assert other.answer.of_visit(visit.id) == {("hours", None): given.answer}
        assert other.answer.of(visit.id, "hours") == given.answer
        assert values_of(other.answer.of_visit(visit.id)) == {("hours", None): "7.5"}


def test_answering_again_meets_the_same_row_and_keeps_its_note(store: Store, visit: Visit) -> None:
    first = store.answer.answer(visit.id, "hours", "1", note="by their count")
    second = store.answer.answer(visit.id, "hours", "2")
    assert second.before == first.answer
    assert (second.answer.value, second.answer.note) == ("2", "by their count")
    assert store.answer.answer(visit.id, "hours", "2", note="").answer.note == ""
    assert len(store.answer.where()) == 1


def test_a_note_may_come_without_an_answer(store: Store, visit: Visit) -> None:
    given = store.answer.answer(visit.id, "pass", None, note="ask at the gate")
    assert (given.answer.value, given.answer.flagged, given.action) == (None, False, None)


def test_hostile_text_is_kept_as_it_is(store: Store, visit: Visit) -> None:
    note = "[red]x[/] \x1b[31m " + "n" * 10_000
    store.answer.answer(visit.id, "pass", "yes", note=note)
    answer = store.answer.of(visit.id, "pass")
    assert answer is not None
    assert answer.note == note


@pytest.mark.parametrize(("question", "value"), [("pass", "perhaps"), ("hours", "-1"), ("hours", "")])
def test_what_is_no_answer_is_refused_and_nothing_written(
    store: Store, visit: Visit, question: str, value: str
) -> None:
    with pytest.raises(RadarError) as refused:
        store.answer.answer(visit.id, question, value)
    assert refused.value.hint in ("Please give yes or no.", "Please give a number of at least 0 h.")
    assert store.answer.where() == []


def test_a_question_of_another_checklist_is_refused(store: Store, visit: Visit) -> None:
    with pytest.raises(RadarError, match="does not ask “weather”"):
        store.answer.answer(visit.id, "weather", "fine")


def test_an_answer_raises_its_action_once(store: Store, visit: Visit) -> None:
    given = store.answer.answer(visit.id, "pass", "no")
    assert given.answer.flagged
    assert given.action is not None
    assert given.action.id == fact_id("action", visit.id, "pass", None)
    assert given.action.customer_id == "aurora"
    store.answer.answer(visit.id, "pass", "no", note="the card is in the car")
    assert actions(store) == [("Renew the pass", "marta", date(2026, 12, 10), "open")]


@pytest.mark.parametrize("value", ["yes", NOT_APPLICABLE, None])
def test_another_answer_takes_the_action_back(store: Store, visit: Visit, value: str | None) -> None:
    store.answer.answer(visit.id, "pass", "no")
    assert store.answer.answer(visit.id, "pass", value).action is None
    assert actions(store) == []


def test_the_title_follows_the_answer(store: Store, visit: Visit) -> None:
    store.answer.answer(visit.id, "hours", "10")
    assert actions(store) == [("Explain it", "marta", date(2026, 12, 17), "open")]
    store.answer.answer(visit.id, "hours", "30")
    assert actions(store) == [("Explain it in writing", "marta", date(2026, 12, 17), "open")]


@pytest.mark.parametrize(
    "change",
    [
        {"owner_id": "luca"},
        {"due_on": date(2027, 1, 5)},
        {"title": "Renew all passes"},
        {"status": "done", "done_on": date(2026, 12, 3)},
        {"status": "dropped"},
        {"expected_gain": 2.0},
    ],
)
def test_an_action_that_somebody_changed_stays(store: Store, visit: Visit, change: dict[str, Any]) -> None:
    raised = store.answer.answer(visit.id, "pass", "no").action
    assert raised is not None
    changed = store.action.save(raised.model_copy(update=change))
    assert store.answer.answer(visit.id, "pass", "yes").action == changed
    store.answer.answer(visit.id, "pass", "no")
    store.answer.take_back(visit.id, "pass")
    assert store.action.where() == [changed]


def test_taking_back_removes_the_answer_and_its_action(store: Store, visit: Visit) -> None:
    given = store.answer.answer(visit.id, "pass", "no")
    store.answer.answer(visit.id, "hours", "30")
    assert store.answer.take_back(visit.id, "pass") == given.answer
    assert list(store.answer.of_visit(visit.id)) == [("hours", None)]
    assert [title for title, *_ in actions(store)] == ["Explain it in writing"]
    assert store.answer.take_back(visit.id, "pass") is None


def test_each_subject_has_its_own_answer_and_action(store: Store, visit: Visit) -> None:
    for item in ("W-013", "W-014"):
        store.answer.answer(visit.id, "worn", "yes", subject_id=item)
    assert [title for title, *_ in actions(store)] == ["[b]W-013: Order a seal", "[b]W-014: Order a seal"]
    store.answer.take_back(visit.id, "worn", "W-013")
    assert [title for title, *_ in actions(store)] == ["[b]W-014: Order a seal"]
    assert list(store.answer.of_visit(visit.id)) == [("worn", "W-014")]


def test_the_brm_may_flag_by_hand(store: Store, visit: Visit) -> None:
    assert store.answer.answer(visit.id, "pass", "yes", flagged=True).answer.flagged
    assert not store.answer.answer(visit.id, "pass", "no", flagged=False).answer.flagged


def test_answer_and_action_are_saved_together_or_not_at_all(store: Store, visit: Visit) -> None:
    with store.transaction() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER no_action BEFORE INSERT ON action BEGIN SELECT raise(ABORT, 'no'); END"
        )
    with pytest.raises((RadarError, sqlite3.DatabaseError)):
        store.answer.answer(visit.id, "pass", "no")
    assert store.answer.where() == []
    assert store.action.where() == []


def test_an_answer_that_nothing_hangs_on_reads_no_other(store: Store, visit: Visit) -> None:
    checklist = store.checklist.of_visit(visit)
    question = checklist.steps[0].questions[0].model_copy(update={"action": {}})
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    store.answer.answer(visit.id, question, "no")
    store.connection.set_trace_callback(None)
    assert statements
    assert len([sql for sql in statements if "FROM checklist" in sql]) == 1
    assert not [sql for sql in statements if "FROM answer WHERE visit_id" in sql]
    assert isinstance(store.answer.of(visit.id, "pass"), Answer)
