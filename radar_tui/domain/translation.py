"""What a customer reads in their own language: a text of ours by language, as JSON (`{"it": "…"}`) beside the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def translated(text: str, translations: str, language: str) -> str:
    """`text` in a language (ISO 639-1); as it is where nobody wrote it in that."""
    return by_language(translations).get(language, text)


def by_language(translations: str) -> dict[str, str]:
    """Language to text. What another program wrote there and cannot be read says nothing."""
    try:
        found = json.loads(translations or "{}")
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {language: text for language, text in pairs if isinstance(text, str) and text.strip()}


def kept(texts: Mapping[str, str]) -> str:
    """The texts as they are stored, "" without any; the same texts are the same letters on every laptop."""
    written = {language: text.strip() for language, text in texts.items() if text.strip()}
    return json.dumps(written, ensure_ascii=False, sort_keys=True) if written else ""
