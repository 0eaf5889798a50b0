"""What the customer reads on the handed-over screen, in five languages; the words stand in `nps.toml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

LANGUAGES = ("en", "it", "de", "fr", "es")


class NpsWords(BaseModel):
    """The words in one language. `{company}` stands for our name, `{n}` and `{of}` for the place of a question,
    `{name}` for whom we thank."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recommend: str
    retain: str
    low: str
    high: str
    reason: str
    reason_again: str
    choose_first: str
    place: str
    choose: str
    give_reason: str
    next: str
    back: str
    finish: str
    thanks: str
    hand_back: str

    def question(self, question: str, company: str) -> str:
        """The words of `recommend` or `retain` with our company's name in them, whatever letters it has."""
        return (self.recommend if question == "recommend" else self.retain).replace("{company}", company)

    def thanked(self, name: str) -> str:
        """The thanks to somebody, without a name where there is none to say."""
        return self.thanks.replace("{name}", name) if name else self.thanks.replace(", {name}", "")

    def progress(self, at: int, of: int) -> str:
        """`question 1 of 2`."""
        return self.place.replace("{n}", str(at)).replace("{of}", str(of))


@lru_cache(1)
def all_nps_words() -> dict[str, NpsWords]:
    """Language (ISO 639-1) to words."""
    import tomllib

    table = tomllib.loads(Path(__file__).with_name("nps.toml").read_text(encoding="utf-8"))
    return {language: NpsWords.model_validate(words) for language, words in table.items()}


def nps_words(language: str) -> NpsWords:
    """The words in a language (`de-AT` counts as `de`), in English where they are not translated."""
    words = all_nps_words()
    return words.get(language[:2].lower(), words["en"])
