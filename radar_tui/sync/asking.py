"""What a sync does not do of itself: it asks, and somebody answers; what runs by itself never does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from radar_tui.domain.changes import count_words, row_words
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.store.rows.names import Names
from radar_tui.store.schema.touched import SYNCED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from radar_tui.store.store import Store
    from radar_tui.sync.merge import Key, Value

Kind = Literal["take", "unnoted"]
Unnoted = Literal["ask", "team", "mine"]

MOST_EXAMPLES = 5
"""Examples told of one table."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user said beforehand. `take`: also a large deletion. `unnoted`: of rows that are other here than in the
    team's data although nobody noted a change, take the team's, or send mine."""

    take: bool = False
    unnoted: Unnoted = "ask"


ASK = Answers()
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


class Asks(RadarError):
    """A question to the user; until it is answered nothing of what it is about was changed."""

    def __init__(self, kind: Kind, losses: Iterable[Loss]) -> None:
        self.kind: Kind = kind
        self.losses = tuple(losses)
        rows = sum(loss.rows for loss in self.losses)
        told = ", ".join(loss.words for loss in self.losses[:3]) + (" …" if len(self.losses) > 3 else "")
        if kind == "take":
            message = (
                f"The others' changes would take {plural(rows, 'row')} away here ({told}). Nothing was taken."
            )
            hint = "Take that: radar sync --yes. Who did it: radar log. Bring it back for all: radar hub undo ENTRY"
        else:
            message = (
                f"{plural(rows, 'row')} here {'is' if rows == 1 else 'are'} missing or other than the team's, and "
                f"nothing says that anybody changed them ({told}). Nothing was sent."
            )
            hint = "Take the team's: radar sync --unnoted team. Send what is here to all: radar sync --unnoted mine"
        super().__init__(message, hint)


def losses(store: Store, rows: Mapping[Key, Mapping[str, Value]]) -> tuple[Loss, ...]:
    """`rows`, by key with what is known of their columns, in words; call it while what they refer to is there."""
    customers = store.touched.customers_with(rows)
    names = Names(store)
    by_table: dict[str, list[Key]] = defaultdict(list)
    for key in rows:
        by_table[key[0]].append(key)
    found = []
    for table in sorted(by_table, key=SYNCED.index):
        keys = by_table[table]
        if table == "customer":
            examples = [str(rows[key].get("name") or "") for key in keys]
        else:
            counts: dict[str, int] = defaultdict(int)
            for key in keys:
                if customers[key][0] is not None:
                    counts[customers[key][1]] += 1
            order = sorted(counts, key=lambda name: (-counts[name], name))
            examples = [f"{count_words(table, counts[name])} of {name}" for name in order]
            if not examples:
                examples = [
                    row_words(table, rows[key], names.name, names.today) for key in keys[:MOST_EXAMPLES]
                ]
        found.append(Loss(table, len(keys), tuple(examples[:MOST_EXAMPLES])))
    return tuple(found)
