"""Words of a checklist with their translations, and what is wrong with them."""

from __future__ import annotations

import pickle

import pytest

from radar_tui.domain.words import Faults, Words

LANGUAGE = "“{}” is not a language; use two letters such as en, it, de"
NONE = "there are no words for “{}”"


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (" ", [((), "there are no words here")]),
        (7, [((), "words in quotes are needed here, or a table with “en” and other languages")]),
        ({"it": "sì"}, [((), "the English words (en) are missing")]),
        ({"en": "yes", "Italian": "sì"}, [(("Italian",), LANGUAGE.format("Italian"))]),
        ({"en": "yes", 39: "sì"}, [((39,), LANGUAGE.format("39"))]),
        ({"en": " ", "it": 7}, [(("en",), NONE.format("en")), (("it",), NONE.format("it"))]),
    ],
)
def test_each_fault_is_named_with_its_place(data: object, faults: object) -> None:
    with pytest.raises(Faults) as raised:
        Words.of(data)
    assert list(raised.value.faults) == faults
    assert str(raised.value) == "; ".join(reason for _, reason in raised.value.faults)


def test_words_know_their_translations() -> None:
    words = Words.of({"en": " Yes ", "it": " Sì "})
    assert (words, words.within("it-CH"), words.within("IT"), words.within("de")) == (
        "Yes",
        "Sì",
        "Sì",
        "Yes",
    )
    assert Words.of(words) is words
    assert words.as_data() == {"en": "Yes", "it": "Sì"}
    assert Words.of(" Yes ").as_data() == "Yes"
    copy = pickle.loads(pickle.dumps(words))
    assert (copy, copy.translations) == (words, {"it": "Sì"})
