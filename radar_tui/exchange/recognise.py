"""Which export a file is, and which of its columns is which of ours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.exchange.fields import FIELDS, KINDS, FileField
from radar_tui.exchange.headings import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    ids: dict[str, int]
    """Where an export of ours also has the id of what a field refers to."""
    in_parts: bool = False
    """The name stands in two columns, first and last."""
    format: Format | None = None

    @property
    def fields(self) -> list[FileField]:
        return [field for field in FIELDS[self.kind] if field.name in self.places]


def recognised(
    names: Sequence[str],
    known: Headings,
    kind: Kind | None,
    customer: str = "",
    *,
    one_customer: bool = False,
) -> Recognised:
    """What a file with these headings is. `customer` is the heading of the column with the customer; with
    `one_customer` none is needed. Raises RadarError with what is missing or could be meant."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name:
            at[plain(name)].append(place)
    if customer and plain(customer) not in at:
        raise RadarError(f"There is no column “{customer}”.", f"There are: {_listed(names)}")
    candidates = [
        replace(_columns(at, each.kind, each.columns, each.title, names, known, customer), format=each)
        for each in _formats(at, known, kind)
    ]
    candidates += [
        _columns(at, each, {}, "", names, known, customer) for each in KINDS if kind in (None, each)
    ]
    for layout in candidates:
        if layout.title and not _missing(layout, one_customer):
            return layout
    whole = [
        layout
        for layout in candidates
        if not _missing(layout, one_customer) and (kind or _tells(layout, names))
    ]
    if not whole:
        raise _nothing(candidates, names, kind, one_customer)
    whole.sort(key=lambda layout: len(layout.places), reverse=True)
    if len(whole) > 1 and len(whole[0].places) == len(whole[1].places):
        raise RadarError(
            f"These could be {whole[0].kind} or {whole[1].kind}.", f"Say which, e.g. --as {whole[0].kind}"
        )
    return whole[0]


def _formats(at: dict[str, list[int]], known: Headings, kind: Kind | None) -> list[Format]:
    """The exports whose headings are all there, the one that asks for most first."""
    formats = [
        each for each in known.format if kind in (None, each.kind) and all(plain(by) in at for by in each.by)
    ]
    return sorted(formats, key=lambda each: len(each.by), reverse=True)


def _columns(
    at: dict[str, list[int]], kind: Kind, special: Columns, title: str, names: Sequence[str], known: Headings,
    customer: str,
) -> Recognised:  # fmt: skip
    general = known.columns.get(kind, {})
    places: dict[str, tuple[int, ...]] = {}
    for field in FIELDS[kind]:
        # With a recognised export, `Id` or `Type` must not be taken for something else by a general alias.
        own = [field.name, field.stored]
        called = special.get(field.name, ()) if title else general.get(field.name, ())
        if field.name == "customer" and customer:
            own, called = [customer], ()
        at_places = [
            place for name in dict.fromkeys(map(plain, (*own, *called))) for place in at.get(name, ())
        ]
        if at_places:
            places[field.name] = tuple(at_places)
    in_parts = kind == "contacts" and "name" not in places
    if in_parts:
        both = [
            at.get(plain(name), []) for part in ("first_name", "last_name") for name in general.get(part, ())
        ]
        if joined := [place for some in both for place in some]:
            places["name"] = tuple(joined)
    ids = {
        each.name: at[plain(each.id_heading)][0]
        for each in FIELDS[kind]
        if each.name in places and plain(each.id_heading) in at
    }
    used = {place for some in places.values() for place in some} | set(ids.values())
    id_at = at.get("id", [None])[0]
    own_id = id_at if id_at is not None and id_at not in used else None
    unused = dict.fromkeys(
        name for place, name in enumerate(names) if name and place not in used and place != own_id
    )
    return Recognised(kind, title, places, own_id, tuple(unused), ids, in_parts)


def _missing(layout: Recognised, one_customer: bool) -> list[str]:
    return [
        field.name
        for field in FIELDS[layout.kind]
        if field.needed
        and field.name not in layout.places
        and not (one_customer and field.name == "customer")
    ]


_TELLING = {
    "customers": {"market", "owner", "cadence_days", "annual_value"},
    "colleagues": {"direct_contact"},
}


def _tells(layout: Recognised, names: Sequence[str]) -> bool:
    """Whether it says what it is: a list under “Name” alone may be of companies or of people."""
    wanted = _TELLING.get(layout.kind)
    return (
        wanted is None
        or bool(wanted & set(layout.places))
        or plain(names[layout.places["name"][0]]) != "name"
    )


def _nothing(
    candidates: Sequence[Recognised], names: Sequence[str], kind: Kind | None, one_customer: bool
) -> RadarError:
    """The nearest candidate, and what it lacks."""
    best = min(
        candidates,
        key=lambda layout: (not layout.title, len(_missing(layout, one_customer)), -len(layout.places)),
    )
    if kind is None and not best.places:
        return RadarError(
            "None of the headings of this file is known.",
            f"There are: {_listed(names)}. Name yours in imports.toml, see radar import --help",
        )
    missing = _missing(best, one_customer)
    if not missing:
        return RadarError(
            "This may be a list of customers or of people.", f"Say which, e.g. --as {best.kind}"
        )
    words = " and ".join(name.replace("_", " ") for name in missing)
    hint = f"There are: {_listed(names)}"
    if "customer" in missing:
        hint = f"Name the column with the customer: --customer-column NAME. {hint}"
    what = f"{best.title} {best.kind}".strip()
    return RadarError(f"To import {what} a column with the {words} is missing.", hint)


def _listed(names: Sequence[str]) -> str:
    named = [name for name in dict.fromkeys(names) if name]
    more = f" and {len(named) - 12} more" if len(named) > 12 else ""
    return ", ".join(name[:40] for name in named[:12]) + more
