"""In which letters a csv file is written: what its bytes say, else somebody must. Wrong letters are never silent."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.exchange.tables.table_file import Unclear

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
CANDIDATES = {
    "cp1252": "Windows-1252, Western Europe",
    "cp1250": "Windows-1250, Central Europe",
    "mac_roman": "Mac",
    "cp850": "DOS, Western Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "cp1253": "Windows-1253, Greek",
    "cp1254": "Windows-1254, Turkish",
}
"""What a file of single bytes may be in, the likeliest first."""
_WEST = {
    "it": "àèéìíòóùú", "fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüß", "es": "áéíóúñü", "pt": "áâãàçéêíóôõúü",
    "nordic": "åäöøæéü", "nl": "éèëïóöüáí", "is": "áðéíóúýþæö", "ca": "àçéèíïóòúü",
}  # fmt: skip
_CENTRE = {
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýžöü", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sl": "čšžćđ",
    "ro": "ăâîşţ", "de": "äöüß",
}  # fmt: skip
_LETTERS: dict[str, dict[str, str]] = {
    "cp1252": _WEST, "mac_roman": _WEST, "cp850": _WEST, "cp1250": _CENTRE,
    "cp1251": {"ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"},
    "cp1253": {"el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"}, "cp1254": {"tr": "çğıöşüâî"},
}  # fmt: skip
_OTHER_LETTERS = ("cp1251", "cp1253")
"""Nobody mixes their letters with Latin ones in one word."""
_WORDS = "àéèíóúőыяiuоиаксвуηοέή"
"""Odd letters that are words by themselves: è, à, ő; but never č or ŕ."""
_SIGNS = frozenset("\u00a0€°«»§·²³µ®™“”„‘’‚–—…½¼¾×±¿¡ºª£•")
_ODD = re.compile(r"[^\x00-\x7f]+")
TWICE = "utf-8-twice"
"""What somebody says of a file whose letters were spoiled so."""
_WORD = re.compile(rb"[A-Za-z]*(?:[\x80-\xff]+[A-Za-z]*)+")
_MOST_WORDS = 20_000


class Encoding(NamedTuple):
    """A codec that reads the whole file, its name in words, how many bytes of marks stand before the text,
    and whether it is to be read once more."""

    codec: str
    said: str
    skip: int
    twice: bool = False


def encoding_of(path: Path, said: str) -> Encoding:
    """`said` is what somebody said, empty for nothing. Raises Unclear where the bytes leave a doubt."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, codec, called in _BOMS:
        if head.startswith(mark):
            skip = len(mark)
            while head.startswith(mark, skip):
                skip += len(mark)
            return Encoding(codec, called, skip)
    if said == TWICE:
        return Encoding("utf-8", "UTF-8, written twice, put right", 0, twice=True)
    if said:
        return Encoding(_named(said), f"{said}, as you said", 0)
    if b"\0" in head and (wide := _wide(path, head)):
        return wide
    words = _odd_words(path)
    if words is None:
        return _once_or_twice(path)
    return _told_apart(path, words)


def _once_or_twice(path: Path) -> Encoding:
    """UTF-8 that somebody read as Windows-1252 and wrote as UTF-8 again shows `GrÃ¶ÃŸe`. Raises Unclear for it."""
    odd: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        while (chunk := file.read(_CHUNK)) and len(odd) < _MOST_WORDS:
            if not chunk.isascii():
                odd.update(_ODD.findall(chunk))
    if twice := next((word for word in sorted(odd) if _read_twice(word) != word), ""):
        raise Unclear(
            f"{path.name} was once read in wrong letters and written down so, e.g. {twice[:30]}.",
            "encoding",
            [(TWICE, f"put right: {_read_twice(twice)[:30]}"), ("utf-8", f"as it stands: {twice[:30]}")],
        )
    return Encoding("utf-8", "UTF-8", 0)


def put_right(text: str) -> str:
    """`GrÃ¶ÃŸe` as `Größe`; what was not spoiled so stays as it is."""
    return text if text.isascii() else _ODD.sub(lambda odd: _read_twice(odd[0]), text)


def _read_twice(word: str) -> str:
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return word


def _named(said: str) -> str:
    try:
        return codecs.lookup(said).name
    except LookupError:
        raise RadarError(
            f"There is no encoding “{said}”.", f"Known are among others {', '.join(CANDIDATES)} and utf-8."
        ) from None


def _wide(path: Path, head: bytes) -> Encoding | None:
    """Plain letters in UTF-16 have a zero at every second place. Raises RadarError for what is no text."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > len(head) // 2:
        raise RadarError(
            f"{path.name} is neither a csv nor an Excel file.",
            "Nothing was imported. Export it as csv or xlsx and import that.",
        )
    if max(even, odd) * 4 > len(head) // 2:
        return Encoding("utf-16-be" if even > odd else "utf-16-le", "UTF-16", 0)
    return None


def _odd_words(path: Path) -> set[bytes] | None:
    """The words with bytes beyond ASCII; None if all is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    found: set[bytes] = set()
    plain = True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if plain:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    plain = False
                    file.seek(0)
            elif len(found) < _MOST_WORDS:
                found.update(_WORD.findall(chunk))
        if plain:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                file.seek(0)
                while chunk := file.read(_CHUNK):
                    found.update(_WORD.findall(chunk))
                plain = False
    return None if plain else found


def _told_apart(path: Path, words: set[bytes]) -> Encoding:
    """The one in which every odd word is one of a language: of one for all if there is such a one."""
    sample = sorted(words)
    read = {codec: [word.decode(codec, "replace") for word in sample] for codec in CANDIDATES}
    for one_language in (True, False):
        fits = [codec for codec, found in read.items() if _fits(codec, found, one_language)]
        if fits and all(read[codec] == read[fits[0]] for codec in fits):
            return Encoding(fits[0], CANDIDATES[fits[0]].split(",")[0], 0)
        if fits:
            break
    choices = fits or list(CANDIDATES)
    # A word that the likeliest two read differently shows the most.
    example = next(
        (at for at in range(len(sample)) if len({read[codec][at] for codec in choices[:2]}) > 1), 0
    )
    raise Unclear(
        f"{path.name} does not say in which letters it is written.",
        "encoding",
        [(codec, f"{CANDIDATES[codec].split(',')[0]}: {read[codec][example][:30]}") for codec in choices[:4]],
    )


def _fits(codec: str, words: list[str], one_language: bool) -> bool:
    letters = set()
    for word in words:
        if codec in _OTHER_LETTERS and any(letter.isascii() for letter in word):
            return False
        for place, letter in enumerate(word):
            if letter.isascii():
                continue
            inside = 0 < place < len(word) - 1 and word[place - 1].isalpha() and word[place + 1].isalpha()
            if not letter.isalpha() or letter in "ºª":
                if letter not in _SIGNS or (inside and letter not in "’·"):
                    return False
                continue
            if len(word) == 1 and letter.islower() and letter not in _WORDS:
                return False
            # A capital amid small letters is one letter taken for another.
            if place and word[place - 1].islower() and letter.isupper():
                return False
            letters.add(letter.casefold() if letter != "ß" else letter)
    if not letters:
        return True
    languages = _LETTERS[codec].values()
    if one_language:
        return any(letters <= set(known) for known in languages)
    return letters <= set("".join(languages))
