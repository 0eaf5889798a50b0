"""The checklists that come with Radar: the steps of the design, every type of question, words in five languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import SHIPPED, shipped
from radar_tui.checklists.nps import LANGUAGES, NpsWords, all_nps_words, nps_words

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Checklist, Question

BY_KEY = {checklist.key: checklist for checklist in shipped()}


def questions(checklist: Checklist) -> list[Question]:
    return [question for step in checklist.steps for question in step.questions]


ALL = [question for checklist in shipped() for question in questions(checklist)]


def test_each_file_holds_the_checklist_it_is_named_after() -> None:
    assert tuple(BY_KEY) == SHIPPED


@pytest.mark.parametrize(
    ("key", "occasion", "kinds"),
    [
        (
            "refurbishment",
            "customer visit",
            "questions people integrity replacements spares new_streams promises nps actions next_visit summary",
        ),
        (
            "service",
            "customer visit",
            "questions people tickets feedback kpis promises nps actions next_visit summary",
        ),
        (
            "follow_me_home",
            "observation day",
            "questions people questions questions questions questions actions summary",
        ),
        (
            "business_with_yourself",
            "self-check",
            "questions questions questions promises actions summary",
        ),
    ],
)
def test_the_steps_are_those_of_the_design(key: str, occasion: str, kinds: str) -> None:
    assert BY_KEY[key].occasion == occasion
    assert [step.kind for step in BY_KEY[key].steps] == kinds.split()


def test_every_type_of_question_and_every_feature_is_used() -> None:
    assert {question.type for question in ALL} == {
        "yes/no", "choice", "several", "number", "text", "date", "rating",
    }  # fmt: skip
    for used in ("when", "flag", "action", "help", "unit", "required"):
        assert any(getattr(question, used) for question in ALL), used
    assert {step.each for checklist in shipped() for step in checklist.steps} >= {"contact", "stream"}


def test_a_refurbishment_visit_requires_at_most_five_keys_of_its_own() -> None:
    required = [question for question in questions(BY_KEY["refurbishment"]) if question.required]
    assert len(required) <= 5
    assert {question.type for question in required} <= {"yes/no", "choice", "rating"}


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.key)
def test_questions_are_short_enough_to_be_read_at_a_glance(question: Question) -> None:
    assert len(question.ask) <= 80
    assert question.ask.rstrip("”").endswith("?")
    assert len(question.help) <= 120


def test_each_customer_kind_has_a_checklist_for_its_visits() -> None:
    visits = [checklist for checklist in shipped() if checklist.occasion == "customer visit"]
    for kind in ("product", "service", "both"):
        assert any(checklist.suits_kind(kind) for checklist in visits)


# What the customer reads


def test_the_two_questions_come_in_five_languages() -> None:
    assert tuple(all_nps_words()) == LANGUAGES == ("en", "it", "de", "fr", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_with_its_placeholders(language: str) -> None:
    words = nps_words(language)
    for name in NpsWords.model_fields:
        text = getattr(words, name)
        assert text == text.strip() != ""
        assert ("{company}" in text) is (name in ("recommend", "retain")), name
    assert words.place.count("{n}") == words.place.count("{of}") == 1


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_language_repeats_the_english_words(language: str) -> None:
    same = {
        name
        for name in NpsWords.model_fields
        if getattr(nps_words(language), name) == getattr(nps_words("en"), name)
    }
    assert same == set()


def test_the_name_of_the_company_is_data() -> None:
    words = nps_words("en")
    assert words.question("recommend", "{of} [b]") == (
        "How likely are you to recommend {of} [b] to a colleague or a peer?"
    )
    assert "Toller" in words.question("retain", "Toller")
    assert words.progress(1, 2) == "question 1 of 2"


@pytest.mark.parametrize(("asked", "first"), [("de-AT", "Wie"), ("IT", "Con"), ("pt", "How"), ("", "How")])
def test_a_language_without_words_falls_back_to_english(asked: str, first: str) -> None:
    assert nps_words(asked).recommend.split()[0] == first
