"""What the customer reads in a report, in five languages; the words stand in `words.toml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(1)
def all_words() -> dict[str, dict[str, str]]:
    """Language (ISO 639-1) to words by key."""
    import tomllib

    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def spoken(language: str) -> str:
    """The language that a report for somebody is written in: theirs (`de-AT` counts as `de`), else English."""
    code = language[:2].lower()
    return code if code in all_words() else "en"


class ReportWords:
    """The words of one language; `{…}` in them are filled without looking into what they are filled with."""

    def __init__(self, language: str) -> None:
        self.language = spoken(language)
        self._words = all_words()[self.language]

    def __call__(self, key: str, count: int = 1, **values: str) -> str:
        """The words of `key`; of `one|many` those for `count`, which is one in French for none as well."""
        one, _, many = self._words[key].partition("|")
        words = many if many and count != 1 and not (count == 0 and self.language == "fr") else one
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", value)
        return words
