"""Which questions are shown, how far a step is, and what is still required."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from radar_tui.domain.checklist import Checklist, StepKind, progress, required_left, values_of, visible
from radar_tui.domain.visit import NOT_APPLICABLE, Answer

Values = dict[tuple[str, str | None], str | None]


def asked(key: str, type: str = "yes/no", **more: Any) -> dict[str, Any]:
    return {"key": key, "ask": f"{key}?", "type": type, **more}


def checklist(*steps: dict[str, Any], **more: Any) -> Checklist:
    return Checklist.model_validate({"key": "mine", "version": 1, "title": "Mine", "steps": steps, **more})


def step(key: str, *questions: dict[str, Any], kind: str = "questions", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "title": key, "questions": questions, **more}


VISIT = checklist(
    step(
        "before",
        asked("done", required=True),
        asked("open", "text", when={"done": "no"}, required=True),
        asked("day", "date", when={"done": ["no"]}),
    ),
    step(
        "each",
        asked("runs", required=True),
        asked("why", "text", when={"runs": "no", "done": "no"}, required=True),
        asked("score", "rating"),
        asked("low", "text", when={"score": "< 3"}),
        each="item",
    ),
)
BEFORE, EACH = VISIT.steps


def shown(values: Values, subject: str | None = None, of: Any = BEFORE) -> list[str]:
    return [question.key for question in visible(VISIT, of, values, subject)]


def test_a_question_waits_for_the_answer_it_depends_on() -> None:
    assert shown({}) == ["done"]
    assert shown({("done", None): "yes"}) == ["done"]
    assert shown({("done", None): "no"}) == ["done", "open", "day"]


def test_not_applicable_hides_what_depends_on_it() -> None:
    assert shown({("done", None): NOT_APPLICABLE}) == ["done"]


def test_what_depends_on_a_hidden_question_is_hidden_with_it() -> None:
    chain = checklist(
        step("s", asked("a"), asked("b", when={"a": "yes"}), asked("c", when={"b": "yes"})),
    )
    values: Values = {("a", None): "no", ("b", None): "yes"}
    assert [question.key for question in visible(chain, chain.steps[0], values)] == ["a"]


def test_each_subject_has_its_own_answers_and_shares_those_of_the_visit() -> None:
    values: Values = {("runs", "i1"): "no", ("runs", "i2"): "yes", ("done", None): "no", ("score", "i2"): "2"}
    assert shown(values, "i1", EACH) == ["runs", "why", "score"]
    assert shown(values, "i2", EACH) == ["runs", "score", "low"]
    assert shown({**values, ("done", None): "yes"}, "i1", EACH) == ["runs", "score"]


def test_progress_leaves_not_applicable_and_hidden_questions_out() -> None:
    assert progress(VISIT, BEFORE, {}) == (0, 1)
    assert progress(VISIT, BEFORE, {("done", None): NOT_APPLICABLE}) == (0, 0)
    assert progress(VISIT, BEFORE, {("done", None): "no", ("day", None): NOT_APPLICABLE}) == (1, 2)
    assert progress(VISIT, BEFORE, {("done", None): None}) == (0, 1)


def test_progress_counts_over_all_subjects() -> None:
    values: Values = {("runs", "i1"): "yes", ("score", "i2"): NOT_APPLICABLE}
    assert progress(VISIT, EACH, values, ["i1", "i2"]) == (1, 3)
    assert progress(VISIT, EACH, values, []) == (0, 0)
    assert progress(VISIT, EACH, {("runs", "i"): NOT_APPLICABLE, ("score", "i"): "4"}, ["i"]) == (1, 1)


def test_required_questions_are_named_with_their_subject_until_answered() -> None:
    subjects: Any = {"item": ["i1", "i2"]}
    values: Values = {("done", None): "no", ("runs", "i1"): "no", ("runs", "i2"): NOT_APPLICABLE}
    left = required_left(VISIT, values, subjects)
    assert [(one.step.key, one.question.key, one.subject) for one in left] == [
        ("before", "open", None),
        ("each", "why", "i1"),
    ]
    assert required_left(VISIT, {("done", None): "yes"}, {}) == []


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["done", "open", "day"]), st.none()),
        st.sampled_from(["yes", "no", NOT_APPLICABLE, None]),
    )
)
def test_progress_is_never_more_than_what_is_shown(values: Values) -> None:
    answered, of = progress(VISIT, BEFORE, values)
    assert 0 <= answered <= of <= len(visible(VISIT, BEFORE, values))
    if answered == of:
        assert not [one for one in required_left(VISIT, values, {}) if one.step is BEFORE]


def test_answers_are_read_by_their_values() -> None:
    moment = datetime(2026, 12, 3, tzinfo=UTC)
    answer = Answer(id="1", visit_id="v", question="runs", subject_id="i1", value="no", answered_at=moment)
    assert values_of({("runs", "i1"): answer}) == {("runs", "i1"): "no"}


def test_steps_and_questions_are_found_by_key() -> None:
    assert VISIT.step("each") is EACH
    assert VISIT.step("none") is None
    found = VISIT.question("why")
    assert found is not None
    assert found == (EACH, EACH.questions[1])
    assert VISIT.question("none") is None


def test_a_checklist_without_kinds_suits_every_customer() -> None:
    assert VISIT.suits_kind("service")
    fitting = checklist(step("s", asked("a")), suits=["product", "both"])
    assert fitting.suits_kind("both")
    assert not fitting.suits_kind("service")


@pytest.mark.parametrize("kind", [kind for kind in get_args(StepKind) if kind != "questions"])
def test_every_kind_of_step_stands_alone_without_questions(kind: str) -> None:
    assert checklist(step("s", kind=kind)).steps[0].kind == kind
    with pytest.raises(ValidationError) as refused:
        checklist(step("s", asked("a"), kind=kind))
    assert [place for place, _ in refused.value.errors()[0]["ctx"]["error"].faults] == [("questions", 0)]
    with pytest.raises(ValidationError):
        checklist(step("s", kind=kind, each="item"))


def test_every_condition_on_an_unknown_question_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        checklist(step("s", asked("a", when={"b": "yes", "c": "no"})))
    assert "“b”, which is not in this checklist" in str(refused.value)
    assert "“c”, which is not in this checklist" in str(refused.value)


def test_versions_are_whole_numbers_up_to_a_million() -> None:
    assert [checklist(step("s", asked("a")), version=n).version for n in (1, 10**6)] == [1, 10**6]
    for wrong in (0, 10**6 + 1, True, "1", 1.5):
        with pytest.raises(ValidationError):
            checklist(step("s", asked("a")), version=wrong)


def test_rows_and_models_are_frozen() -> None:
    with pytest.raises(ValidationError):
        VISIT.steps[0].key = "other"  # type: ignore[misc]
