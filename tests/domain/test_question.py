"""What may be answered to each type of question, how it is shown, and what it raises."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from radar_tui.domain.days import EXPECTED
from radar_tui.domain.question import Question, Raised, meets, parse, raised, show
from radar_tui.domain.question_type import TYPES, TypeName
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.domain.words import Words

TODAY = date(2026, 12, 3)


def impossible(asked: Question, condition: str) -> str | None:
    return asked.kind.impossible(asked, condition)


def question(type: str, **more: Any) -> Question:
    return Question.model_validate({"key": "asked", "ask": "How is it?", "type": type, **more})


YES_NO = question("yes/no")
CHOICE = question(
    "choice", options={"fine": "All fine", "late": {"en": "Late, or not at all", "it": "In ritardo"}}
)
SEVERAL = question("several", options=["Site pass", "Safety briefing", "Pump 2; spare"])
NUMBER = question("number", unit="°C", min=0, max=120)
FREE_NUMBER = question("number")
TEXT = question("text")
DATE = question("date")
RATING = question("rating", min=0, max=10)
USUAL_RATING = question("rating")
EACH = [YES_NO, CHOICE, SEVERAL, NUMBER, FREE_NUMBER, TEXT, DATE, RATING]
NINE = question("choice", options={f"o{n}": f"Choice {n}" for n in range(1, 10)})


@pytest.mark.parametrize(
    ("asked", "typed", "value"),
    [
        (YES_NO, "y", "yes"),
        (YES_NO, " No ", "no"),
        (YES_NO, "N/A", NOT_APPLICABLE),
        (NUMBER, "na", NOT_APPLICABLE),
        (TEXT, "n/a", NOT_APPLICABLE),
        (TEXT, "na", "na"),
        (CHOICE, "late", "late"),
        (CHOICE, "ALL FINE", "fine"),
        (CHOICE, "in ritardo", "late"),
        (CHOICE, "2", "late"),
        (CHOICE, "al", "fine"),
        (CHOICE, "in r", "late"),
        (SEVERAL, "2, site pass", '["site_pass", "safety_briefing"]'),
        (SEVERAL, "Pump 2; spare", '["pump_2_spare"]'),
        (SEVERAL, "Pump 2; spare · Site pass", '["site_pass", "pump_2_spare"]'),
        (SEVERAL, '["safety_briefing"]', '["safety_briefing"]'),
        (NUMBER, "72,5", "72.5"),
        (NUMBER, "72.50 °C", "72.5"),
        (NUMBER, "72°c", "72"),
        (NUMBER, "-0", "0"),
        (NUMBER, "120", "120"),
        (FREE_NUMBER, "1,240.5", "1240.5"),
        (FREE_NUMBER, "1.240,5", "1240.5"),
        (FREE_NUMBER, "1 240", "1240"),
        (FREE_NUMBER, "0,125", "0.125"),
        (FREE_NUMBER, "−3", "-3"),
        (DATE, "2026-12-3", "2026-12-03"),
        (DATE, "3.12.26", "2026-12-03"),
        (DATE, "03/12/2026", "2026-12-03"),
        (DATE, "3 December 2026", "2026-12-03"),
        (DATE, "tomorrow", "2026-12-04"),
        (DATE, "+14", "2026-12-17"),
        (DATE, "-3", "2026-11-30"),
        (DATE, "today", "2026-12-03"),
        (DATE, "Yesterday", "2026-12-02"),
        (DATE, "1. jan 0999", "0999-01-01"),
        (USUAL_RATING, "1", "1"),
        (USUAL_RATING, "5 of 5", "5"),
        (RATING, "0", "0"),
        (CHOICE, "1", "fine"),
        (NINE, "9", "o9"),
        (NUMBER, "0", "0"),
        (FREE_NUMBER, "1'000", "1000"),
        (FREE_NUMBER, "0.10", "0.1"),
        (FREE_NUMBER, "1,2405", "1.2405"),
        (FREE_NUMBER, "1.234.567,8", "1234567.8"),
        (RATING, "10", "10"),
        (RATING, "7 of 10", "7"),
        (RATING, "7/10", "7"),
        (TEXT, "  [red]x[/] \x1b[31m ", "[red]x[/] \x1b[31m"),
    ],
)
def test_typed_text_becomes_its_canonical_value(asked: Question, typed: str, value: str) -> None:
    assert parse(asked, typed, TODAY) == value


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        (YES_NO, "maybe", "yes or no"),
        (YES_NO, "", "yes or no"),
        (CHOICE, "3", "one of: All fine, Late, or not at all"),
        (CHOICE, "0", "one of: All fine, Late, or not at all"),
        (CHOICE, "12", "one of: All fine, Late, or not at all"),
        (question("choice", options=["Late one", "Late two"]), "late", "one of: Late one, Late two"),
        (USUAL_RATING, "0", "a whole number from 1 to 5"),
        (USUAL_RATING, "6", "a whole number from 1 to 5"),
        (FREE_NUMBER, "1" * 16, "a number"),
        (CHOICE, "²", "one of: All fine, Late, or not at all"),
        (SEVERAL, "Site pass, boots", "any of: Site pass, Safety briefing, Pump 2; spare"),
        (SEVERAL, "[]", "any of: Site pass, Safety briefing, Pump 2; spare"),
        (NUMBER, "121", "a number from 0 to 120 °C"),
        (NUMBER, "-1", "a number from 0 to 120 °C"),
        (NUMBER, "warm", "a number from 0 to 120 °C"),
        (NUMBER, "nan", "a number from 0 to 120 °C"),
        (FREE_NUMBER, "1e999999", "a number"),
        (FREE_NUMBER, "٣", "a number"),
        (question("number", min=1.5), "1", "a number of at least 1.5"),
        (question("number", max=1.5, unit="bar"), "2", "a number of at most 1.5 bar"),
        (DATE, "31.2.2026", EXPECTED),
        (DATE, "12/31/2026", EXPECTED),
        (DATE, "soon", EXPECTED),
        (DATE, "3 foo 2026", EXPECTED),
        (RATING, "11", "a whole number from 0 to 10"),
        (RATING, "7.5", "a whole number from 0 to 10"),
        (RATING, "4 of 5", "a whole number from 0 to 10"),
        (TEXT, "   ", "a few words"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(asked: Question, typed: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse(asked, typed, TODAY)
    assert str(refused.value) == said


def test_a_comma_that_could_be_thousands_or_decimals_is_not_guessed() -> None:
    with pytest.raises(ValueError, match=r"1,240 could be 1240 or 1\.240"):
        parse(FREE_NUMBER, "1,240")


def test_relative_dates_need_to_know_today() -> None:
    with pytest.raises(ValueError):
        parse(DATE, "today")


@pytest.mark.parametrize(
    ("asked", "value", "shown"),
    [
        (YES_NO, "yes", "Yes"),
        (CHOICE, "late", "Late, or not at all"),
        (CHOICE, "gone", "gone"),
        (SEVERAL, '["site_pass", "gone"]', "Site pass · gone"),
        (SEVERAL, "not json", "not json"),
        (NUMBER, "72.5", "72.5 °C"),
        (FREE_NUMBER, "72.5", "72.5"),
        (DATE, "2026-12-03", "3 Dec 2026"),
        (DATE, "broken", "broken"),
        (RATING, "7", "7 of 10"),
        (TEXT, "[red]x[/]", "[red]x[/]"),
        (TEXT, NOT_APPLICABLE, "n/a"),
        (TEXT, None, ""),
    ],
)
def test_values_are_shown_as_people_read_them(asked: Question, value: str | None, shown: str) -> None:
    assert show(asked, value) == shown


def test_labels_are_shown_in_the_language_asked_for() -> None:
    assert show(CHOICE, "late", "it") == "In ritardo"
    assert show(CHOICE, "fine", "it") == "All fine"


LABELS = st.text(st.characters(codec="utf-8", exclude_characters="·"), min_size=1, max_size=20).map(str.strip)


@st.composite
def choices(draw: st.DrawFn, type: str) -> Question:
    """A question with any labels that the validation lets through."""
    labels = draw(st.lists(LABELS.filter(bool), min_size=2, max_size=9))
    try:
        return question(type, options={f"key_{place}": label for place, label in enumerate(labels)})
    except ValidationError:
        return question(type, options={"one": "First thing", "two": "Second, and last"})


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, str]:
    """A question of any type and a canonical value of it."""
    kind = draw(st.sampled_from(get_args(TypeName)))
    if kind == "yes/no":
        return YES_NO, draw(st.sampled_from(["yes", "no"]))
    if kind == "choice":
        asked = draw(choices(kind))
        return asked, draw(st.sampled_from(list(asked.options)))
    if kind == "several":
        asked = draw(choices(kind))
        keys = draw(st.lists(st.sampled_from(list(asked.options)), min_size=1, unique=True))
        return asked, json.dumps([key for key in asked.options if key in keys])
    if kind == "number":
        number = draw(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4))
        plain = format(number.normalize(), "f")
        unit = draw(st.sampled_from(["", "°C", "h", "%", "m3/h", "kg/m2"]))
        return question("number", unit=unit), "0" if Decimal(plain) == 0 else plain
    if kind == "date":
        return DATE, draw(st.dates()).isoformat()
    if kind == "rating":
        return RATING, str(draw(st.integers(0, 10)))
    assert kind == "text", f"no answers to a {kind} question are tried"
    return TEXT, draw(st.text(st.characters(codec="utf-8"), min_size=1).map(str.strip).filter(bool))


@given(answered())
def test_what_is_shown_is_understood_again(pair: tuple[Question, str]) -> None:
    asked, value = pair
    assert parse(asked, show(asked, value)) == parse(asked, value)


@given(answered())
def test_a_canonical_value_is_its_own_canonical_value(pair: tuple[Question, str]) -> None:
    asked, value = pair
    canonical = parse(asked, value)
    assert parse(asked, canonical) == canonical
    if asked.type != "text":
        assert canonical == value


@given(st.sampled_from(EACH), st.text())
def test_anything_typed_is_an_answer_or_a_plain_refusal(asked: Question, typed: str) -> None:
    try:
        value = parse(asked, typed, TODAY)
    except ValueError as error:
        refused = str(error)
    else:
        value.encode("utf-8")
        assert parse(asked, value, TODAY) == value
        return
    assert refused.startswith(asked.expected)


def test_flags_and_actions_follow_the_answer() -> None:
    asked = question("yes/no", flag="no", action="Renew the site pass")
    assert raised(asked, "no") == Raised(True, "Renew the site pass")
    assert raised(asked, "yes") == Raised(False, None)
    assert raised(asked, NOT_APPLICABLE) == Raised(False, None)
    assert raised(asked, None) == Raised(False, None)


def test_an_action_may_depend_on_the_answer_without_a_flag() -> None:
    asked = question(
        "number", unit="h", min=0, flag="> 8", action={"> 24": "Write the cause down", "flagged": "Call"}
    )
    assert raised(asked, "8") == Raised(False, None)
    assert raised(asked, "8.5") == Raised(True, "Call")
    assert raised(asked, "30") == Raised(True, "Write the cause down")
    assert raised(question("yes/no", action={"yes": "Send the drawing"}), "yes") == Raised(
        False, "Send the drawing"
    )


def test_several_meets_a_condition_if_any_of_its_answers_does() -> None:
    assert meets(SEVERAL, ("safety_briefing",), '["site_pass", "safety_briefing"]')
    assert not meets(SEVERAL, ("safety_briefing",), '["site_pass"]')
    assert not meets(SEVERAL, ("safety_briefing",), "safety_briefing")


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("< 7", "6", True),
        ("< 7", "7", False),
        ("<= 7", "7", True),
        ("> 7", "7", False),
        (">= 7", "7", True),
        ("7", "7", True),
        ("= 7", "8", False),
    ],
)
def test_ratings_and_numbers_are_compared(condition: str, value: str, holds: bool) -> None:
    assert meets(RATING, (condition,), value) is holds


@pytest.mark.parametrize(
    ("type", "more"),
    [
        ("several", {"options": ["One"]}),
        ("choice", {"options": ["One", "Two"]}),
        ("number", {"min": 5, "max": 5}),
        ("rating", {"min": 0, "max": 1}),
        ("rating", {"min": 9, "max": 10}),
        ("yes/no", {"action": {"no": "x" * 200}, "days": 0}),
        ("yes/no", {"action": {"no": "x"}, "days": 999}),
        ("text", {"key": "k" * 60}),
    ],
)
def test_a_question_at_the_end_of_what_is_allowed(type: str, more: dict[str, Any]) -> None:
    asked = question(type, **more)
    assert (asked.required, asked.help, asked.days) == (False, "", more.get("days", 14))


@pytest.mark.parametrize(
    ("type", "more"),
    [
        ("choice", {"options": {f"o{n}": f"Choice {n}" for n in range(10)}}),
        ("rating", {"min": -1, "max": 5}),
        ("rating", {"min": 3, "max": 2}),
        ("yes/no", {"action": {"no": "x" * 201}}),
        ("yes/no", {"action": {"no": "x"}, "days": -1}),
        ("yes/no", {"action": {"no": "x"}, "days": 1000}),
        ("yes/no", {"required": 1}),
        ("number", {"min": "1"}),
        ("number", {"max": "1"}),
        ("yes/no", {"action": {"no": "x"}, "days": "3"}),
        ("number", {"max": float("inf")}),
        ("text", {"key": "k" * 61}),
        ("choice", {"options": {"na": "Nothing", "b": "Else"}}),
        ("choice", {"options": {"a": "One · two", "b": "Else"}}),
    ],
)
def test_a_question_beyond_what_is_allowed(type: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question(type, **more)


def test_two_long_options_that_begin_alike_are_not_made_one() -> None:
    long = "x" * 60
    assert list(question("choice", options=[long, "Else"]).options) == [long, "else"]
    assert list(question("choice", options=[f"{long}y", "Else"]).options) == [long, "else"]
    for labels in ([long, f"{long}y"], [f"{long} one", f"{long} two"]):
        with pytest.raises(ValidationError, match="needs a key"):
            question("choice", options=labels)


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ValidationError, match="a rating from 3 to 2 has no range"):
        question("rating", min=3, max=2)
    with pytest.raises(ValidationError, match="an action is a title in quotes"):
        question("yes/no", action={"no": "x", "yes": 3})


def test_conditions_are_read_as_they_are_written() -> None:
    assert question("yes/no", flag=True).flag == ("yes",)
    assert question("yes/no", flag=[False, " yes "]).flag == ("no", "yes")
    assert question("rating", flag=3).flag == ("3",)
    assert not meets(RATING, ("often",), "3")
    assert meets(RATING, ("< 3", "9"), "9")
    assert not meets(YES_NO, (NOT_APPLICABLE,), NOT_APPLICABLE)


def test_a_number_without_an_end_has_no_impossible_condition() -> None:
    assert impossible(FREE_NUMBER, "< -1000000") is None
    assert impossible(question("number", min=0), "> 1000000") is None
    assert impossible(question("number", max=9), "< -9") is None
    assert impossible(question("number", min=0, max=9.5), "> 9.5")


@pytest.mark.parametrize("condition", ["11", "> 10", "< 0", ">= 11", "<= -1", "often", "= -1"])
def test_a_condition_that_can_never_hold_is_known(condition: str) -> None:
    assert impossible(RATING, condition)


@pytest.mark.parametrize("condition", ["10", "> 9", "< 1", ">= 10", "<= 0", "0"])
def test_a_condition_at_the_end_of_the_range_can_hold(condition: str) -> None:
    assert impossible(RATING, condition) is None


def test_words_fall_back_to_english() -> None:
    asked = question("text", ask={"en": "Why?", "it": "Perché?"})
    assert asked.words("it") == "Perché?"
    assert asked.words("it-CH") == "Perché?"
    assert asked.words("de") == "Why?"
    assert asked.ask == "Why?"


def test_words_survive_json_with_their_translations() -> None:
    asked = question("choice", options={"a": {"en": "One", "it": "Uno"}, "b": "Two"})
    again = Question.model_validate_json(asked.model_dump_json(exclude_defaults=True))
    assert again.options["a"].within("it") == "Uno"
    assert isinstance(again.options["b"], Words)
    assert again.model_dump() == asked.model_dump()


def test_every_type_of_question_is_one_object() -> None:
    assert set(TYPES) == set(get_args(TypeName)) == {one.type for one in EACH}
    assert all(kind.ways for kind in TYPES.values())


def test_a_day_ahead_without_a_year_is_the_next_one_and_one_that_passed_is_doubted() -> None:
    asked = Question.model_validate({"key": "stop", "ask": "When?", "type": "date", "ahead": True})
    other = asked.model_copy(update={"ahead": False})
    today = date(2026, 12, 3)
    assert [parse(each, "3 nov", today) for each in (asked, other)] == ["2027-11-03", "2026-11-03"]
    assert [each.kind.doubt(each, "2026-11-03", today) for each in (asked, other)] == [
        "3 Nov was 30 days ago",
        "",
    ]
    assert asked.kind.doubt(asked, "n/a", today) == asked.kind.doubt(asked, "2026-12-03", today) == ""
