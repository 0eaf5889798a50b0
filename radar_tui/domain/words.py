"""Words of a checklist that may carry translations for what the customer reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler

_LANGUAGE = re.compile(r"[a-z]{2}\Z")


class Faults(ValueError):
    """What is wrong inside one part of a checklist: pairs of (path below that part, reason)."""

    def __init__(self, *faults: tuple[tuple[str | int, ...], str]) -> None:
        super().__init__("; ".join(reason for _, reason in faults))
        self.faults = faults


class Words(str):
    """English text that knows its translations; in a file a string, or a table with `en` and other languages."""

    __slots__ = ("translations",)
    translations: Mapping[str, str]

    def __new__(cls, english: str, translations: Mapping[str, str] | None = None) -> Self:
        words = super().__new__(cls, english)
        words.translations = dict(translations or {})
        return words

    def __reduce__(self) -> tuple[type[Words], tuple[str, dict[str, str]]]:
        return Words, (str(self), dict(self.translations))

    def within(self, language: str) -> str:
        """The text in a language (ISO 639-1, `de-AT` counts as `de`), English where there is none."""
        return self.translations.get(language[:2].lower(), str(self))

    def as_data(self) -> str | dict[str, str]:
        """As it stands in a file."""
        return {"en": str(self), **self.translations} if self.translations else str(self)

    @classmethod
    def of(cls, data: object) -> Words:
        """From a file's string or table; raises Faults."""
        if isinstance(data, Words):
            return data
        if isinstance(data, str):
            if not data.strip():
                raise Faults(((), "there are no words here"))
            return cls(data.strip())
        if not isinstance(data, dict):
            raise Faults(((), "words in quotes are needed here, or a table with “en” and other languages"))
        faults: list[tuple[tuple[str | int, ...], str]] = []
        for language, text in data.items():
            if not _LANGUAGE.match(str(language)):
                faults.append(
                    ((language,), f"“{language}” is not a language; use two letters such as en, it, de")
                )
            elif not isinstance(text, str) or not text.strip():
                faults.append(((language,), f"there are no words for “{language}”"))
        if "en" not in data:
            faults.append(((), "the English words (en) are missing"))
        if faults:
            raise Faults(*faults)
        return cls(
            data["en"].strip(),
            {language: text.strip() for language, text in data.items() if language != "en"},
        )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.of, serialization=core_schema.plain_serializer_function_ser_schema(cls.as_data)
        )
