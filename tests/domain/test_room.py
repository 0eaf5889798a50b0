"""What is ours, in every dress of the word and by its mark, and what others are called in the room."""

from __future__ import annotations

import pytest

from radar_tui.domain.room import begins_internal, for_customer, is_ours, mark_after, title_of, veiled

OURS = [
    "1. internal: x", "they ask\n2) intern: x", "a) interno: x",
    "internal: they pay late", "  INTERNAL:x", "\n\tInternal: y", "INTERNAL : x", "internal x", "(internal: x)",
    "[Internal] x", "seal worn\ninternal: they leave us", "seal worn\r\n - internal they leave", "interno: x",
    "Intern: x", "interne : x", "internal\uff1a x", "intern\uff1ax", "\uff49nternal: x", "in\u200bternal: x",
    "\u2022 internal: x", "\u201cinternal: x\u201d", "Interna: x", "intern \u2013 x", "internal", "internal, x",
    "seal worn\u2028internal: x", "*internal* x", "__internal__: x", "interne\u00a0: x",
]  # fmt: skip
THEIRS = [
    "", "seal worn", "see internal: 4", "external: ok", "internally cracked", "Internals worn",
    "Interne Dichtung undicht", "international: x", "the intern: x", "internet: x", "interne",
]  # fmt: skip


@pytest.mark.parametrize("text", OURS)
def test_the_word_is_met_in_every_dress(text: str) -> None:
    assert begins_internal(text)
    assert for_customer(text) == ""


@pytest.mark.parametrize("text", THEIRS)
def test_the_rest_is_read_as_it_was_written(text: str) -> None:
    assert for_customer(text) == text


@pytest.mark.parametrize("text", [*OURS, *THEIRS])
def test_a_mark_decides_whatever_the_words(text: str) -> None:
    assert for_customer(text, True) == ""
    assert for_customer(text, False) == text


def test_one_text_of_a_row_is_enough() -> None:
    assert is_ours(None, "They want a discount", "internal: never")
    assert not is_ours(False, "internal: never")
    assert not is_ours(None, "They want a discount", "")


@pytest.mark.parametrize("mark", [None, False, True])
def test_typing_the_word_marks_and_nothing_else_changes_a_mark(mark: bool | None) -> None:
    assert mark_after(mark, "", "internal: x") is True
    assert mark_after(mark, "seal", "seal\nintern: x") is True
    assert mark_after(mark, "internal seal worn", "internal seals worn") is mark
    assert mark_after(mark, "internal: x", "x") is mark
    assert mark_after(mark, "", "x") is mark


def test_a_title_falls_back_to_the_function() -> None:
    assert title_of("Plant director", "management") == "Plant director"
    assert title_of(" ", "purchasing") == "purchasing"
    assert title_of("", "") == ""


def test_no_part_of_a_name_is_left() -> None:
    names = ["Anna", "Anna Bruni", " "]
    assert veiled("Introduce Anna Bruni to Anna", names) == "Introduce … to …"


@pytest.mark.parametrize("text", ["Zoë  Bruni", "zoë\u00a0bruni", "Zoe\u0308 Bruni", "Zoë\nBruni"])
@pytest.mark.parametrize("name", ["Zoë Bruni", " Zoe\u0308  Bruni"])
def test_a_name_is_the_same_however_it_is_spaced_and_its_letters_are_put_together(
    text: str, name: str
) -> None:
    assert veiled(f"Ask {text}!", [name]) == "Ask …!"


def test_a_text_that_names_nobody_stays_letter_by_letter() -> None:
    assert veiled("Cafe\u0301  Bruni", ["Zoë Bruni"]) == "Cafe\u0301  Bruni"
