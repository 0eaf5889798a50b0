"""What a sync does not do of itself: it asks, and somebody answers; what runs by itself never does."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from radar_tui.domain.changes import count_words, row_words
from radar_tui.domain.text import one_line, plural
from radar_tui.errors import RadarError
from radar_tui.store.rows.names import Names
from radar_tui.store.schema.touched import SYNCED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.sync.merge import SqlValue

Kind = Literal["take", "unnoted"]
Unnoted = Literal["ask", "team", "mine"]

MOST_EXAMPLES = 5
"""Examples told of one table; one more is kept, so that it shows."""
_MOST_ROWS, _SHARE = 200, 0.02
_SMALL_TABLE, _SHARE_OF_TABLE = 50, 0.2
_MOST_NAME = 40


@dataclass(frozen=True, slots=True)
class SyncAnswers:
    """What the user said beforehand. `take`: also a large deletion. `unnoted`: of rows that are other here than in the
    team's data although nobody noted a change, take the team's, or send mine."""

    take: bool = False
    unnoted: Unnoted = "ask"


ASK = SyncAnswers()
"""Nobody has answered anything."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of one table that would go. Examples in words: `Aurora Tissue`, `41 answers of Aurora Tissue`."""

    table: str
    rows: int
    examples: tuple[str, ...]

    @property
    def words(self) -> str:
        """`1,135 answers`."""
        return count_words(self.table, self.rows)

    @property
    def told(self) -> list[str]:
        """The examples, and that there are more."""
        return [*self.examples[:MOST_EXAMPLES], *["…"] * (len(self.examples) > MOST_EXAMPLES)]


class Asks(RadarError):
    """A question to the user; until it is answered nothing of what it is about was changed. `entries` are the numbers
    of those that take rows away, `who` wrote them, in words."""

    def __init__(
        self, kind: Kind, losses: Iterable[Loss], entries: Iterable[int] = (), authors: Iterable[str] = ()
    ) -> None:
        self.kind: Kind = kind
        self.losses = tuple(losses)
        self.entries = tuple(entries)
        names = sorted({one_line(name)[:_MOST_NAME] for name in authors})
        self.who = " and ".join(names) if all(names) and 0 < len(names) < 3 else "others"
        rows = sum(loss.rows for loss in self.losses)
        told = ", ".join(loss.words for loss in self.losses[:3]) + (" …" if len(self.losses) > 3 else "")
        if kind == "take":
            numbers = " ".join(map(str, self.entries)) if len(self.entries) <= MOST_EXAMPLES else "ENTRY"
            message = (
                f"What {self.who} did would take {plural(rows, 'row')} away here ({told}). Nothing was taken."
            )
            hint = (
                f"Was it a mistake? Whoever did it runs: radar hub undo {numbers} --yes. See it: radar log --entry "
                f"{min(self.entries, default='N')}. Was it meant? Take it: radar sync --yes"
            )
        else:
            message = (
                f"{plural(rows, 'row')} here {'is' if rows == 1 else 'are'} missing or other than the team's, and "
                f"nothing says that anybody changed them ({told}). Nothing was sent."
            )
            hint = "Take the team's: radar sync --unnoted team. Send what is here to all: radar sync --unnoted mine"
        super().__init__(message, hint)


def is_large(store: Store, gone: Mapping[RowKey, Mapping[str, SqlValue]]) -> bool:
    """Whether rows that would go are more than any ordinary work takes back: in Radar single answers, findings, lines,
    pairs and streams are taken back, never a customer who was visited. `gone` says what is known of each row.

    More than 200 rows that are also more than a fiftieth of all, more than a fifth of a table of 50 rows or more, or a
    customer together with a visit.
    """
    if any(
        table == "visit" and ("customer", str(row.get("customer_id"))) in gone
        for (table, _), row in gone.items()
    ):
        return True
    counts = Counter(table for table, _ in gone)
    smallest = _SMALL_TABLE * _SHARE_OF_TABLE
    if any(
        count > smallest
        and (there := _count(store, table)) >= _SMALL_TABLE
        and count > _SHARE_OF_TABLE * there
        for table, count in counts.items()
    ):
        return True
    return len(gone) > _MOST_ROWS and len(gone) > _SHARE * sum(_count(store, table) for table in SYNCED)


def _count(store: Store, table: str) -> int:
    return int(store.row(f"SELECT count(*) FROM main.{table}")[0])  # noqa: S608


def losses(store: Store, rows: Mapping[RowKey, Mapping[str, SqlValue]]) -> tuple[Loss, ...]:
    """`rows`, by key with what is known of their columns, in words; call it while what they refer to is there."""
    customers = store.touched.customers_with(rows)
    names = Names(store)
    by_table: dict[str, list[RowKey]] = defaultdict(list)
    for key in rows:
        by_table[key[0]].append(key)
    found = []
    for table in sorted(by_table, key=SYNCED.index):
        keys = by_table[table]
        if table == "customer":
            examples = sorted(str(rows[key].get("name") or "") for key in keys)
        else:
            counts: dict[str, int] = defaultdict(int)
            for key in keys:
                if customers[key][0] is not None:
                    counts[customers[key][1]] += 1
            order = sorted(counts, key=lambda name: (-counts[name], name))
            examples = [f"{count_words(table, counts[name])} of {name}" for name in order]
            if not examples:
                examples = [
                    row_words(table, rows[key], names.name, names.today) for key in keys[: MOST_EXAMPLES + 1]
                ]
        found.append(Loss(table, len(keys), tuple(examples[: MOST_EXAMPLES + 1])))
    return tuple(found)
