"""A text of ours in the language of whoever reads it."""

from __future__ import annotations

import pytest

from radar_tui.domain.translation import by_language, kept, translated


def test_a_text_is_read_in_the_language_it_was_written_in_and_else_as_it_is() -> None:
    texts = kept({"it": " Ricambi in 48 ore ", "de": "", "fr": "  "})
    assert texts == '{"it": "Ricambi in 48 ore"}'
    assert translated("Spares in 48 hours", texts, "it") == "Ricambi in 48 ore"
    assert translated("Spares in 48 hours", texts, "de") == "Spares in 48 hours"
    assert translated("Spares in 48 hours", "", "it") == "Spares in 48 hours"
    assert kept({"it": " "}) == ""


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', "null", '{"it": 3, "de": {}, "fr": " "}'])
def test_what_another_program_wrote_there_says_nothing(text: str) -> None:
    assert by_language(text) == {}
    assert translated("plain", text, "it") == "plain"
