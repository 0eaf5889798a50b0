"""Which export a file is, and which of its columns is which of ours."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.exchange.fields import FIELDS, KINDS, FileField
from radar_tui.exchange.headings import NAME_PARTS, plain
from radar_tui.exchange.tables.table_file import Unclear

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from radar_tui.exchange.fields import Kind
    from radar_tui.exchange.headings import Columns, Format, Headings


@dataclass(frozen=True, slots=True)
class Recognised:
    """`places` of each field of ours in a row, in the order in which they count; `own_id` of our own ids."""

    kind: Kind
    title: str
    places: dict[str, tuple[int, ...]]
    own_id: int | None
    unused: tuple[str, ...]
    """Headings that mean nothing to us, a repeated one with how often."""
    ids: dict[str, int]
    """Where an export of ours also has the id of what a field refers to."""
    in_parts: bool = False
    """The name stands in two columns, first and last."""
    format: Format | None = None

    @property
    def fields(self) -> list[FileField]:
        return [field for field in FIELDS[self.kind] if field.name in self.places]


def vocabulary(known: Headings, customer: str) -> frozenset[str]:
    """Every heading that means something, as it is compared."""
    own = (
        name
        for kind in KINDS
        for field in FIELDS[kind]
        for name in (field.name, field.stored, field.id_heading)
    )
    special = (word for each in known.format for words in (each.by, *each.columns.values()) for word in words)
    general = (word for columns in known.columns.values() for words in columns.values() for word in words)
    return frozenset(map(plain, (*own, *special, *general, customer))) - {""}


def recognised(
    names: Sequence[str],
    known: Headings,
    kind: Kind | None,
    customer: str = "",
    *,
    one_customer: bool = False,
) -> Recognised:
    """What a file with these headings is. `customer` is the heading of the column with the customer; with
    `one_customer` none is needed. Raises RadarError with what is missing, or Unclear with what could be meant."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name:
            at[plain(name)].append(place)
    if customer and plain(customer) not in at:
        raise RadarError(
            f"There is no column “{customer}”.", f"Nothing was imported. There are: {_listed(names)}"
        )
    candidates = [
        replace(_columns(at, each.kind, each.columns, each.title, names, known, customer), format=each)
        for each in _formats(at, known, kind)
    ]
    candidates += [
        _columns(at, each, {}, "", names, known, customer) for each in KINDS if kind in (None, each)
    ]
    for found in candidates:
        if found.title and not _missing(found, one_customer):
            return found
    whole = [found for found in candidates if not _missing(found, one_customer)]
    whole.sort(key=lambda found: len(found.places), reverse=True)
    sure = whole if kind else [found for found in whole if _tells(found, names, known)]
    if not sure:
        raise _nothing(candidates, whole, names, kind, one_customer)
    if len(sure) > 1 and len(sure[0].places) == len(sure[1].places):
        raise Unclear(
            f"These could be {sure[0].kind} or {sure[1].kind}.",
            "kind",
            [(found.kind, "") for found in sure[:2]],
        )
    return sure[0]


def _formats(at: dict[str, list[int]], known: Headings, kind: Kind | None) -> list[Format]:
    """The exports whose headings are all there, the one that asks for most first."""
    found = [
        each for each in known.format if kind in (None, each.kind) and all(plain(by) in at for by in each.by)
    ]
    return sorted(found, key=lambda each: len(each.by), reverse=True)


def _columns(
    at: dict[str, list[int]], kind: Kind, special: Columns, title: str, names: Sequence[str], known: Headings,
    customer: str,
) -> Recognised:  # fmt: skip
    called = special if title else known.columns.get(kind, {})
    places: dict[str, tuple[int, ...]] = {}
    for field in FIELDS[kind]:
        words: Iterable[str] = called.get(field.name, ())
        if field.name == "customer" and customer:
            words = [customer]
        elif not title and (field.name != "comment" or "shown on" in at):
            # Who else calls a column Comment may mean what agents write to each other.
            words = (field.name, field.stored, *words)
        if found := _at(at, words):
            places[field.name] = found
    in_parts = kind == "contacts" and "name" not in places
    if in_parts and (found := _at(at, [word for part in NAME_PARTS for word in called.get(part, ())])):
        places["name"] = found
    ids = {
        one.name: at[plain(one.id_heading)][0]
        for one in FIELDS[kind]
        if one.name in places and plain(one.id_heading) in at
    }
    used = {place for some in places.values() for place in some} | set(ids.values())
    id_at = at.get("id", [None])[0]
    own_id = id_at if id_at is not None and id_at not in used else None
    left = Counter(name for place, name in enumerate(names) if name and place not in used and place != own_id)
    unused = tuple(f"{name} ({many} columns)" if many > 1 else name for name, many in left.items())
    return Recognised(kind, title, places, own_id, unused, ids, in_parts)


def _at(at: dict[str, list[int]], words: Iterable[str]) -> tuple[int, ...]:
    return tuple(place for name in dict.fromkeys(map(plain, words)) for place in at.get(name, ()))


def _missing(found: Recognised, one_customer: bool) -> list[str]:
    return [
        field.name
        for field in FIELDS[found.kind]
        if field.needed and field.name not in found.places and not (one_customer and field.name == "customer")
    ]


_TELLING = {
    "customers": {"market", "owner", "cadence_days", "annual_value"},
    "colleagues": {"direct_contact"},
}
_ALWAYS = ("tickets", "readings")
"""What they need is enough to know them by."""
_MANY, _FEW = 4, 3
_YOURS = "Your own headings go into imports.toml: radar import --headings."


def _tells(found: Recognised, names: Sequence[str], known: Headings) -> bool:
    """Whether it says what it is: a list under “Name” alone may be of companies or of people, and a list with a company
    in it of anything."""
    wanted = _TELLING.get(found.kind)
    if wanted and not wanted & set(found.places) and plain(names[found.places["name"][0]]) == "name":
        return False
    if found.kind in _ALWAYS or found.ids:
        return True
    apart = {plain(word) for word in known.other.headings}
    apart |= {plain(word) for word in known.columns.get("tickets", {}).get("opened_at", ())}
    left = sum(bool(name) for name in names) - sum(map(len, found.places.values()))
    return apart.isdisjoint(map(plain, found.unused)) and (
        len(found.places) >= _MANY or (len(found.places) > 1 and len(found.places) > left)
    )


def _nothing(
    candidates: Sequence[Recognised], whole: Sequence[Recognised], names: Sequence[str], kind: Kind | None,
    one_customer: bool,
) -> RadarError:  # fmt: skip
    """The likeliest candidate, what it lacks, and what it could be taken for if somebody says so."""
    best = max(
        candidates,
        key=lambda found: (bool(found.title), len(found.places), -len(_missing(found, one_customer))),
    )
    if kind is None and not best.places:
        return RadarError(
            "None of the headings of this file is known.",
            f"Nothing was imported. There are: {_listed(names)}. {_YOURS}",
        )
    missing = _missing(best, one_customer)
    lacking = " and ".join(name.replace("_", " ") for name in missing)
    if kind or best.title or (missing == ["customer"] and len(best.places) > 1):
        hint = f"There are: {_listed(names)}"
        if "customer" in missing:
            hint = f"Name the column with the customer: --customer-column NAME. {hint}"
        what = f"{best.title} {best.kind}".strip()
        return RadarError(
            f"To import {what} a column with the {lacking} is missing.", f"Nothing was imported. {hint}"
        )
    said = _likest(best, names, missing, lacking)
    if not whole:
        return RadarError(
            said,
            f"Nothing was imported. There are: {_listed(names)}. {_YOURS}",
        )
    return Unclear(
        f"{said} {_YOURS}",
        "kind",
        [(found.kind, f"takes {_listed([names[p[0]] for p in found.places.values()])}") for found in whole],
    )


def _likest(best: Recognised, names: Sequence[str], missing: Sequence[str], lacking: str) -> str:
    """What the file is likest to, and why it may be none."""
    used = [names[place] for some in best.places.values() for place in some]
    if not missing and plain(used[0]) == "name":
        return "This may be a list of customers or of people."
    if len(used) < 2 or (missing and len(used) < _FEW):
        verb = "is" if len(used) == 1 else "are"
        return f"This looks like nothing Radar knows: of its headings only {_listed(used)} {verb} known."
    if missing:
        return f"This looks like {best.kind}, without a column that Radar knows as the {lacking}."
    return f"This may be a list of {best.kind}, but {_listed(best.unused)} belong to none of Radar's."


def _listed(names: Sequence[str]) -> str:
    named = [name for name in dict.fromkeys(names) if name]
    more = f" and {len(named) - 12} more" if len(named) > 12 else ""
    return ", ".join(" ".join(name.split())[:40] for name in named[:12]) + more
