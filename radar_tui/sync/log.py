"""What the log says, in words: an entry by customer, or field by field where one customer is asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.changes import column_words, count_words, row_name, row_words
from radar_tui.domain.columns import clipped
from radar_tui.domain.text import plural
from radar_tui.store.rows.names import Names
from radar_tui.store.schema.touched import EVERYTHING_ELSE, count_by_table
from radar_tui.sync.audit import history
from radar_tui.sync.live import Live

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.sync.audit import LogEntry, RowChange
    from radar_tui.sync.merge import SqlValue

Customer = tuple[str | None, str]
"""Id and name; (None, "") for rows of no customer."""

MOST_LINES = 30
"""Lines told of one entry; the first entry of a hub holds everything there is."""
MOST_CELLS = 60
"""Cells of one value: a note may be a page long."""
DECIDED_TOO = "decided by somebody else, too"
MOST_ALIKE = 3
"""Rows of a kind that are told one by one."""
MOST_SORTED = 1_000
"""Rows among which the first by name are looked for."""
_MANY = frozenset({"contact", "item", "stream", "ticket", "measure", "reading", "conflict"})
"""What comes in numbers; what was said and found on a visit is told one by one."""
_HIDDEN = frozenset({"id", "customer_id", "definition"})
_HIDDEN_OF_CONFLICT = frozenset(
    {
        "id",
        "tbl",
        "key",
        "col",
        "base",
        "kept",
        "mine",
        "device",
        "entry",
        "at",
        "member",
        "kept_by",
        "decided",
    }
)
"""What a whole row says without: its place, which the line tells already, and text for machines."""
_NAMES = frozenset({"name", "title", "tag", "sku", "reference"})


class ToldEntry(NamedTuple):
    """An entry with the changes asked for, the customer of each of them, and what they say in words."""

    entry: LogEntry
    customers: tuple[Customer, ...]
    lines: tuple[str, ...]


class LocalLog:
    """The log as far as this laptop has read it. Iterating gives the newest first, at most `last` entries.

    After that `oldest` is the number of the oldest entry looked at (0: none), and `ended` says whether no older one
    is on this laptop. With `customer_id` only entries that touch the customer are given, field by field.
    """

    def __init__(self, store: Store, last: int, customer_id: str | None = None) -> None:
        self.store = store
        self.last = last
        self.customer_id = customer_id
        self.oldest = 0
        self.ended = False
        self._names = Names(store)
        self._live = Live(store)

    def __iter__(self) -> Iterator[ToldEntry]:
        given = 0
        for entry in history(self.store):
            if given == self.last:
                return
            self.oldest = entry.seq
            if (told := self._told(entry)) is not None:
                given += 1
                yield told
        self.ended = True

    @property
    def only_on_hub(self) -> int:
        """How many entries, from the first on, are not on this laptop; meaningful once `ended`."""
        return self.oldest - 1 if self.oldest else self._live.head()[0]

    def whole(
        self, entry: LogEntry, customers: Mapping[RowKey, Customer], start: int = 0, stop: int | None = None
    ) -> ToldEntry:
        """An entry with its changes from `start` to `stop`, one line each; `customers` are those of the entry."""
        changes = entry.changes[start:stop]
        of = tuple(customers[change.table, change.id] for change in changes)
        return ToldEntry(replace(entry, changes=changes), of, tuple(self._line(change) for change in changes))

    def customers(self, entry: LogEntry) -> dict[RowKey, Customer]:
        """The customer of each row of an entry, also where both are gone."""
        known = {
            (change.table, change.id): {**(change.after or {}), **(change.before or {})}
            for change in entry.changes
        }
        return self.store.touched.customers_with(known)

    def _told(self, entry: LogEntry) -> ToldEntry | None:
        customers = self.customers(entry)
        changes = entry.changes
        if self.customer_id is not None:
            changes = tuple(c for c in changes if customers[c.table, c.id][0] == self.customer_id)
            if not changes:
                return None
        lines = self._by_customer(changes, customers) if self.customer_id is None else self._fields(changes)
        of = tuple(customers[change.table, change.id] for change in changes)
        return ToldEntry(replace(entry, changes=changes), of, tuple(lines))

    # By customer

    def _by_customer(self, changes: Sequence[RowChange], customers: dict[RowKey, Customer]) -> list[str]:
        """`Aurora Tissue: 12 findings, 2 responses`, in the order of the names."""
        counts: dict[Customer, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
        for change in changes:
            counts[customers[change.table, change.id]][change.table, _state(change)] += 1
        order = sorted(
            counts, key=lambda customer: (customer[0] is None, customer[1].casefold(), customer[0] or "")
        )
        lines = [
            f"{clipped(customer[1] or EVERYTHING_ELSE, MOST_CELLS)}: {count_by_table(counts[customer])}"
            for customer in order[:MOST_LINES]
        ]
        if rest := order[MOST_LINES:]:
            rows = sum(sum(counts[customer].values()) for customer in rest)
            lines.append(f"and {plural(len(rest), 'more customer')}: {plural(rows, 'change')}")
        return lines

    # Field by field

    def _fields(self, changes: Sequence[RowChange]) -> list[str]:
        """A line for each change; one for many of a kind, as an import makes them."""
        alike: dict[tuple[str, str], list[RowChange]] = defaultdict(list)
        for change in changes:
            alike[change.table, _how(change)].append(change)
        told: list[tuple[str, Sequence[RowChange]]] = []
        for (table, how), found in alike.items():
            if table in _MANY and len(found) > MOST_ALIKE:
                told.append((self._together(table, how, found), found))
            else:
                told += [(self._line(change), [change]) for change in found]
        lines = [line for line, _ in told[:MOST_LINES]]
        if rest := [change for _, found in told[MOST_LINES:] for change in found]:
            counts: dict[tuple[str, str], int] = defaultdict(int)
            for change in rest:
                counts[change.table, _state(change)] += 1
            lines.append(f"and more: {count_by_table(counts)}")
        return lines

    def _together(self, table: str, how: str, found: Sequence[RowChange]) -> str:
        """`40 items added: W-001, W-002, W-003 and 37 more`."""
        rows = ({**(one.after or {}), **(one.before or {}), **self._now(one)} for one in found[:MOST_SORTED])
        names = sorted({row_name(table, row, self._names.name) for row in rows})
        listed = ", ".join(clipped(name, MOST_CELLS) for name in names[:MOST_ALIKE] if name)
        rest = len(names) - MOST_ALIKE + max(len(found) - MOST_SORTED, 0)
        more = f" and {rest:,} more" if rest > 0 else ""
        return f"{count_words(table, len(found))} {how}: {listed}{more}"

    def _now(self, change: RowChange) -> dict[str, SqlValue]:
        """The row as it is today, so that it is found by its name."""
        row = self._live.rows.get((change.table, change.id))
        return self._live.rows.shape.as_object(change.table, row) or {}

    def _line(self, change: RowChange) -> str:
        """`Item W-014: model RX-40 → RX-60`, `Finding on W-014 added: verdict unserviceable`."""
        before, after = change.before or {}, change.after or {}
        # What the entry says where the row is gone.
        row: dict[str, SqlValue] = {**after, **before, **self._now(change)}
        said = row_words(change.table, row, self._names.name, self._names.today)
        if change.before is not None and change.after is not None:
            fields = [
                f"{column_words(change.table, column)} {self._value(change, column, before.get(column), row)}"
                f" → {self._value(change, column, value, row)}"
                for column, value in after.items()
                if column not in _hidden(change.table)
            ]
            return f"{said}: {', '.join(fields) or DECIDED_TOO}"
        whole = after or before
        hidden = _HIDDEN_OF_CONFLICT if change.table == "conflict" else _HIDDEN
        fields = [
            f"{column_words(change.table, column)} {self._value(change, column, value, whole)}"
            for column, value in whole.items()
            if column not in hidden
            and value not in (None, "")
            and not (column in _NAMES and str(value) in said)
        ]
        what = "added" if change.after is not None else "taken back"
        return f"{said} {what}: {', '.join(fields)}" if fields else f"{said} {what}"

    def _value(self, change: RowChange, column: str, value: SqlValue, row: dict[str, SqlValue]) -> str:
        return clipped(self._names.value(change.table, column, value, row), MOST_CELLS)


def _how(change: RowChange) -> str:
    """`added`, `taken back`, or which columns were changed."""
    if change.before is None or change.after is None:
        return "added" if change.before is None else "taken back"
    hidden = _hidden(change.table)
    columns = ", ".join(column_words(change.table, column) for column in change.after if column not in hidden)
    return f"changed ({columns or DECIDED_TOO})"


def _hidden(table: str) -> frozenset[str]:
    """What a changed row says without."""
    return _HIDDEN_OF_CONFLICT if table == "conflict" else frozenset({"id"})


def _state(change: RowChange) -> str:
    if change.after is None:
        return "gone"
    return "planned" if change.table == "visit" and change.after.get("status") == "planned" else "there"
