"""A row of a file becomes a row of ours, or a reason why it can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.service import Told, settled
from radar_tui.exchange import values
from radar_tui.exchange.fields import FIELDS
from radar_tui.exchange.headings import plain
from radar_tui.exchange.tables.table_file import FileCell, Unclear, text
from radar_tui.store.rows.imports import natural, natural_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from radar_tui.exchange.fields import FileField, Kind
    from radar_tui.exchange.headings import Headings
    from radar_tui.exchange.options import SameName
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.store.store import Store

TABLES: dict[Kind, str] = {
    "tickets": "ticket",
    "customers": "customer",
    "contacts": "contact",
    "colleagues": "colleague",
    "items": "item",
    "parts": "part",
    "readings": "reading",
}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_MADE_ON_THE_WAY = ("market", "stream")
FileValue = str | int | float | None
Names = tuple[str, ...]
GONE, MOVED = "deleted or spam", "moved from another customer"
UNKNOWN_STATUS = "of a status that Radar does not know"


class Uncounted(Exception):
    """A row that does not count, for a reason that is among the remarks."""


class Ways(NamedTuple):
    """How a file writes what can be written in more than one way, and what somebody said about it."""

    moments: values.Moments
    decimal: str
    currency: str
    now: str
    satisfied_from: int | None = None
    same_name: SameName | None = None


class Doubt(NamedTuple):
    """A contact of the file who may be one that is there: the same name at the same customer, another e-mail."""

    there: str
    name: str
    email: str
    email_there: str


class Converter:
    """Made for one file. `row` gives id and values in the order of `columns`; `on_the_way` are markets and streams that
    rows named and nobody had: (table, id, customer_id, name). `remarks` counts what was decided about rows, with the
    first example; `doubts` are contacts who may be there already."""

    def __init__(
        self, store: Store, names: Sequence[str], found: Recognised, known: Headings, ways: Ways,
        customer_id: str | None,
    ) -> None:  # fmt: skip
        self._imports = store.imports
        self.found, self.kind, self.table = found, found.kind, TABLES[found.kind]
        self.fields = [field for field in found.fields if not (customer_id and field.name == "customer")]
        self._names, self._known, self.ways = names, known, ways
        self._currency, self._customer_id = ways.currency, customer_id
        self._named: dict[str, tuple[dict[tuple[str, ...], list[str]], set[str]]] = {}
        self._there, self._ids = self._imports.known(self.table)
        self._emails = self._imports.emails() if self.kind == "contacts" else {}
        self._by_mail = {
            (customer, self._emails[id].casefold()): id
            for (customer, *_), ids in (self._there.items() if self._emails else ())
            for id in ids
            if self._emails[id]
        }
        self._references = {key[1] for key in self._there} if self.kind == "tickets" else set()
        self.currency = ways.currency
        self._currency_at = found.places.get("currency")
        self.on_the_way: dict[str, tuple[str, str, str | None, str]] = {}
        self.remarks: dict[str, list[str]] = {}
        self.doubts: list[Doubt] = []
        self._customer = customer_id or ""
        self._at = {field.name: place for place, field in enumerate(self.fields)}
        ends = self.kind == "tickets" and "status" in self._at and "closed_at" not in self._at
        self._end = [field for field in FIELDS["tickets"] if field.name == "closed_at"] if ends else []
        # The customer comes first: streams and measures are looked for there.
        self._takes = [
            (
                field,
                self._take(field),
                found.places[field.name],
                names[found.places[field.name][0]],
                *self._by_id(field),
            )
            for field in self.fields
        ]
        self._passing = [place for place, field in enumerate(self.fields) if not field.stays]

    def row(self, cells: Sequence[FileCell]) -> tuple[str, list[FileValue]]:
        """Raises ValueError with the reason, Uncounted for a row that does not count."""
        taken: list[FileValue] = []
        if self._currency_at is not None:
            self._currency = self._currency_in(cells)
        many = len(cells)
        for field, take, places, heading, id_at, ids in self._takes:
            cell: FileCell = None
            if id_at is not None and id_at < many and (known := cells[id_at]) in ids:
                cell, take = known, str
            elif field.name == "phone":
                cell = self._all_of(cells, places)
            else:
                for place in places:
                    if place < many and (cell := cells[place]) not in ("", None):
                        break
            try:
                value = take(cell) if cell not in ("", None) else None
            except ValueError as error:
                raise ValueError(f"{heading}: {values.fault(cell) or error}") from None
            if value is None or value == "":
                if field.needed and not (field.name == "reference" and _UUID.match(self._given(cells))):
                    raise ValueError(f"{heading} is empty")
                value = None
            elif field.name == "customer":
                self._customer = str(value)
            taken.append(value)
        if self.found.in_parts:
            taken = self._with_whole_name(cells, taken)
        if self.kind == "tickets":
            taken = self._settled(taken)
        if self._customer_id:
            taken.insert(0, self._customer_id)
        id = self._id(cells, taken)
        # A reading knows its customer by its measure.
        return id, taken[1:] if self.kind == "readings" else taken

    def _settled(self, taken: list[FileValue]) -> list[FileValue]:
        """With the end as the status has it, and without what only says so."""
        at = self._at
        told = Told(*(str(taken[at[name]]) if name in at and taken[at[name]] is not None else None
                      for name in ("status", "opened_at", "closed_at", "updated_at")))  # type: ignore[arg-type]  # fmt: skip
        reference = str(taken[at["reference"]] or "")
        if told.status == "gone":
            self._remark(GONE, reference)
            ended = told.closed_at or told.updated_at
            if ended is None or natural("ticket", [self._customer, reference]) not in self._there:
                raise Uncounted
            # One that came in before it was deleted is open no longer.
            told = told._replace(status="closed", closed_at=ended)
        closed, decided = settled(told, self.ways.now)
        if decided:
            self._remark(decided, reference)
        if "closed_at" in at:
            taken[at["closed_at"]] = closed
        kept = (
            [value for place, value in enumerate(taken) if place not in self._passing]
            if self._passing
            else taken
        )
        return [*kept, closed] if self._end else kept

    def _remark(self, words: str, example: str) -> None:
        self.remarks.setdefault(words, []).append(example)

    @staticmethod
    def _all_of(cells: Sequence[FileCell], places: Sequence[int]) -> str:
        """Whoever has two numbers keeps both."""
        found = (text(cells[place]) for place in places if place < len(cells))
        return ", ".join(dict.fromkeys(number for number in found if number))

    @property
    def columns(self) -> list[FileField]:
        """Of the values of a row, in their order."""
        return self._all[1:] if self.kind == "readings" else self._all

    @property
    def _all(self) -> list[FileField]:
        """With the one customer of all rows first."""
        first = [FIELDS[self.kind][0]] if self._customer_id else []
        return [*first, *(field for field in self.fields if field.stays), *self._end]

    def _currency_in(self, cells: Sequence[FileCell]) -> str:
        """What the row's amounts are in: how many decimals they have hangs on it."""
        found = (_key(cells[place]).upper() for place in self._currency_at or () if place < len(cells))
        return next((word for word in found if word), self.currency)

    def _with_whole_name(self, cells: Sequence[FileCell], taken: list[FileValue]) -> list[FileValue]:
        at = next(place for place, field in enumerate(self.fields) if field.name == "name")
        parts = [text(cells[place]) for place in self.found.places["name"] if place < len(cells)]
        return [*taken[:at], " ".join(part for part in parts if part), *taken[at + 1 :]]

    def _id(self, cells: Sequence[FileCell], taken: list[FileValue]) -> str:
        by_name = dict(zip((field.stored for field in self._all), taken, strict=True))
        given = self._given(cells)
        if given in self._ids or (self.table == "ticket" and by_name["reference"] is None):
            return given
        if self.table == "contact":
            return self._contact_id(
                str(by_name["customer_id"]), str(by_name["name"]), by_name.get("email"), given
            )
        names = {"ticket": ("customer_id", "reference"), "item": ("customer_id", "tag"), "part": ("sku",),
                 "reading": ("measure_id", "as_of")}.get(self.table, ("name",))  # fmt: skip
        key = natural(self.table, [by_name[name] for name in names])
        there = self._there.get(key)
        if there is None:
            if self.kind == "tickets" and key[1] in self._references and (moved := self._moved(by_name)):
                return moved
            return given if _UUID.match(given) else natural_id(self.table, key)
        if len(there) > 1 and self.table in ("customer", "colleague"):
            raise ValueError(f"{len(there)} of yours have this name")
        return there[0]

    def _moved(self, row: Mapping[str, FileValue]) -> str | None:
        """The one ticket of this reference at another customer that was opened then, or is about the same."""
        reference, subject = str(row["reference"]), row.get("subject")
        found = [
            ticket
            for ticket in self._imports.tickets_called(reference)
            if ticket.opened_at == row["opened_at"] or (subject and ticket.subject == subject)
        ]
        if len(found) != 1:
            return None
        self._remark(MOVED, f"{reference} from {found[0].customer}")
        return found[0].id

    def _given(self, cells: Sequence[FileCell]) -> str:
        """The id that stands in the row, if it is an export of ours."""
        own = self.found.own_id
        return text(cells[own]).lower() if own is not None and own < len(cells) else ""

    def _by_id(self, field: FileField) -> tuple[int | None, set[str]]:
        """Where the id of what the field refers to stands, and the ids there are."""
        if field.name not in self.found.ids:
            return None, set()
        return self.found.ids[field.name], self._named[field.of][1]

    def _contact_id(self, customer_id: str, name: str, email: FileValue, given: str) -> str:
        """By e-mail, else by name unless both have an e-mail of their own."""
        mail = str(email or "").casefold()
        if mail and (found := self._by_mail.get((customer_id, mail))):
            return found
        key = natural("contact", [customer_id, name])
        for id in self._there.get(key, ()):
            if not (mail and self._emails[id]) or self.ways.same_name == "same":
                return id
            if self.ways.same_name is None:
                self.doubts.append(Doubt(id, name, str(email), self._emails[id]))
        if _UUID.match(given):
            return given
        return natural_id("contact", (customer_id, mail) if mail else key)

    # What each field takes

    def _take(self, field: FileField) -> Callable[[FileCell], FileValue]:
        moments, decimal = self.ways.moments, self.ways.decimal
        match field.type:
            case "moment":
                return _unless_nothing(moments.text)
            case "day":
                return _unless_nothing(moments.day)
            case "number":
                return _unless_nothing(lambda cell: values.number(cell, decimal))
            case "whole":
                return _unless_nothing(lambda cell: _within(field, values.whole(cell, decimal)))
            case "money":
                return _unless_nothing(lambda cell: _within(field, values.amount(cell, self._currency)))
            case "word":
                return self._word(field)
            case "ref":
                return self._reference(field)
            case "key":
                return _SPECIAL.get(field.name, _key)
        return _text

    def _word(self, field: FileField) -> Callable[[FileCell], FileValue]:
        listed = self._known.words.get(field.of, {})  # type: ignore[call-overload]
        special = self.found.format.words.get(field.of, {}) if self.found.format else {}  # type: ignore[call-overload]
        verdict = field.of in ("satisfied", "direct_contact")
        meant: dict[str, FileValue] = {
            word.casefold(): _VERDICTS.get(name, name) if verdict else name
            for words_of in (special, listed)
            for name, words in words_of.items()
            for word in (name, *words)
        }
        if field.of == "satisfied" and plain(self._names[self.found.places["satisfied"][0]]) == "satisfied":
            # Our own column, as it is stored; elsewhere a 1 may as well be the worst of five.
            meant |= {"1": 1, "0": 0}
        scale = self.ways.satisfied_from
        if field.of == "ticket_kind":
            return lambda cell: meant.get(text(cell).casefold(), "ticket")

        def take(cell: FileCell) -> FileValue:
            word = " ".join(text(cell).casefold().split())
            if word in meant and not (scale is not None and word in _SCALE):
                return meant[word]
            if word in values.NOTHING:
                return None
            if field.of == "ticket_status":
                self._remark(UNKNOWN_STATUS, text(cell)[:40])
                return None
            if field.of == "satisfied" and not special and (points := _points(word)) is not None:
                if scale is None:
                    raise _no_threshold(text(cell)[:40])
                return int(points >= scale)
            raise ValueError(
                f"“{text(cell)[:40]}” is none of {', '.join(listed)}; imports.toml can say what it means"
            )

        return take

    def _reference(self, field: FileField) -> Callable[[FileCell], FileValue]:
        table = field.of
        found, ids = self._named[table] = self._named.get(table) or self._imports.known(table)
        of_customer = table in ("stream", "measure")
        met: dict[tuple[str, str], str] = {}
        unknown: dict[tuple[str, ...], str] = {}

        def take(cell: FileCell) -> FileValue:
            words = _key(cell)
            place = (self._customer if of_customer else "", words)
            if (known := met.get(place)) is not None:
                return known
            if words.casefold() in values.NOTHING:
                return None
            if words in ids:
                return words
            key = natural(table, [self._customer, words] if of_customer else [words])
            there = found.get(key)
            if there is None:
                if table not in _MADE_ON_THE_WAY:
                    if key not in unknown:
                        unknown[key] = _unknown(table, words, key, found)
                    raise ValueError(unknown[key])
                id = natural_id(table, key)
                self.on_the_way[id] = (table, id, self._customer if of_customer else None, words)
                there = found[key] = [id]
            if len(there) > 1:
                raise ValueError(f"{len(there)} are called “{words[:40]}”")
            met[place] = there[0]
            return there[0]

        return take


def _points(word: str) -> float | None:
    """Of a mark or its picture: `4`, `4/5`, `★★★★☆`, `🙂`; None for any other word."""
    if word in _FACES:
        return _FACES[word]
    if word and not word.strip("★☆⭐"):
        return len(word) - word.count("☆")
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d)?)(?: ?(?:/|of|von|di|su|sur|de) ?\d{1,3})?", word)
    return float(found[1].replace(",", ".")) if found else None


_FACES: dict[str, float] = {
    face: points
    for points, faces in enumerate(("😡 😠", "☹️ ☹ 🙁 😞", "😐 😑", "🙂", "😊 😀 😃 😄 😍"), 1)
    for face in faces.split()
}
_SCALE = frozenset({"1/5", "2/5", "3/5", "4/5", "5/5"})


def _no_threshold(example: str) -> Unclear:
    return Unclear(
        f"Satisfaction stands as a mark, e.g. {example}: nobody says from which on a customer is satisfied.",
        "satisfied_from",
        [(4, "of 1 to 5"), (3, ""), (5, ""), (8, "of 1 to 10")],
    )


def _unknown(table: str, words: str, key: Names, found: Iterable[Names]) -> str:
    """That nothing has this name, and the one whose name begins so, or is how it begins: `Aurora S.p.A.`"""
    near = [
        other[-1]
        for other in found
        if other[:-1] == key[:-1] and (other[-1].startswith(key[-1]) or key[-1].startswith(other[-1]))
    ]
    meant = f"; is it “{near[0]}”?" if len(near) == 1 else ""
    return f"there is no {table} “{words[:40]}”{' at this customer' if key[:-1] else ''}{meant}"


def _unless_nothing(read: Callable[[FileCell], FileValue]) -> Callable[[FileCell], FileValue]:
    def take(cell: FileCell) -> FileValue:
        if isinstance(cell, str) and (
            not (word := cell.strip()) or (len(word) < 8 and word.casefold() in values.NOTHING)
        ):
            return None
        return read(cell)

    return take


def _within(field: FileField, value: int) -> int:
    if field.least is not None and value < field.least:
        raise ValueError(f"{value} is under {field.least:g}")
    if field.most is not None and value > field.most:
        raise ValueError(f"{value} is over {field.most:g}")
    if abs(value) > values.MOST:
        raise ValueError("too large")
    return value


def _text(cell: FileCell) -> str:
    if reason := values.fault(cell):
        raise ValueError(reason)
    return text(cell)


def _key(cell: FileCell) -> str:
    """On one line, single spaces; nothing that a spreadsheet made of it."""
    if reason := values.fault(cell):
        raise ValueError(reason)
    return values.name_text(cell)


def _currency(cell: FileCell) -> str:
    word = _key(cell).upper()
    if not re.fullmatch("[A-Z]{3}", word):
        raise ValueError(f"“{word[:40]}” is no currency; three letters, e.g. EUR")
    return word


def _language(cell: FileCell) -> str:
    word = re.split("[-_]", _key(cell).lower())[0]
    if not re.fullmatch("[a-z]{2}", word):
        raise ValueError(f"“{word[:40]}” is no language; two letters, e.g. it")
    return word


_VERDICTS: dict[str, FileValue] = {"yes": 1, "no": 0, "unknown": None}
_SPECIAL: dict[str, Callable[[FileCell], FileValue]] = {"currency": _currency, "language": _language}
