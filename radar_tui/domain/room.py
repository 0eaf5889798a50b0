"""What somebody of the customer's may read: on paper, in a mail, and on a screen that they sit beside.

A note, an action or a line is *ours* where the BRM marked it so. Before there was a mark a word said it, and where
nobody has said yes or no since (the mark is None) that word still does.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_INTERNAL = re.compile(
    r"(?:[\W_]|(?:\d+|[a-z])[.)])*(?:internal(?![^\W_])|intern(?:o|a|e|i|er|es|os|as)?\s*[:;)\]}\u2013\u2014-])"
)


def title_of(job_title: str, function: str) -> str:
    """What somebody is, in their own words: their job title, else their function. A role is our word for them."""
    return job_title.strip() or function.strip()


def begins_internal(text: str) -> bool:
    """Whether a line of the text begins with the word for *internal*, in whatever dress: `INTERNAL :`, `(internal x)`,
    `1. interno:`, `intern –`, with a full-width colon or invisible letters. English needs no sign after it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    lines = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").splitlines()
    return any(_INTERNAL.match(line) for line in lines)


def is_ours(mark: bool | None, *texts: str) -> bool:
    """Whether customers read nothing of a row with these texts."""
    return any(map(begins_internal, texts)) if mark is None else mark


def for_customer(text: str, mark: bool | None = None) -> str:
    """What customers may read of a text: all of it, or nothing."""
    return "" if is_ours(mark, text) else text


def mark_after(mark: bool | None, before: str, typed: str) -> bool | None:
    """The mark once `typed` stands where `before` stood: who begins with the word has marked it."""
    return True if begins_internal(typed) and not begins_internal(before) else mark


def veiled(text: str, names: Iterable[str]) -> str:
    """A text without the names of others, however they are spaced or their letters put together; the longest first, so
    that no part of one is left."""
    words = {tuple(unicodedata.normalize("NFC", name).split()) for name in names} - {()}
    if not words:
        return text
    longest_first = sorted((r"\s+".join(map(re.escape, name)) for name in words), key=len, reverse=True)
    named = re.compile("|".join(longest_first), re.IGNORECASE)
    plain = unicodedata.normalize("NFC", text)
    return named.sub("…", plain) if named.search(plain) else text
