"""What must be true of every word that laptops wrote, whatever happened to them.

A word is unlike any other, so it cannot get lost unseen: in the end it stands where it was written, or somebody wrote
over it who saw it, or took its row back, or it is `mine` in a conflict. A conflict's `kept` proves nothing: it only
stood there when the two met.

The status of a customer is one of three, which come again and again. With each a word of its own is written
(`customer.country`), so that it can be told apart which of them met, and each time two differ is a conflict of its own,
however often the same two met before and were decided.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radar_tui.sync.hub.entry import HubDamaged, NewerRadar, unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from tests.sync.laptops import World

TOLD = ("country", "status")
"""The columns of a customer that are always written together: a word, and a value that comes again."""
_WORD = re.compile(rb"w\d+\.")


@dataclass(frozen=True)
class Written:
    """`word` was put into a field over `seen`, by `laptop`, as its `moment`th event."""

    laptop: int
    moment: int
    table: str
    id: str
    column: str
    word: str
    seen: str | None


@dataclass(frozen=True)
class Removed:
    """A row was taken back by somebody who saw these words in it."""

    table: str
    id: str
    seen: frozenset[str]


def words_in_the_log(hub: Path) -> set[str]:
    """Every word that has reached everybody."""
    found: set[bytes] = set()
    for file in (hub / "log").glob("*"):
        # One that cannot be read has told nobody anything.
        with contextlib.suppress(HubDamaged, NewerRadar):
            if re.fullmatch(r"\d{10}", file.name):
                found |= set(_WORD.findall(unpack(file.read_bytes(), file.name).body))
    return {word.decode() for word in found}


def lost(world: World) -> list[str]:
    """The words that are nowhere, and the times that two statuses met and nobody is told."""
    from tests.sync.laptops import WORDS

    store = world.laptops[0].store
    standing = {
        (table, row["id"], column): row[column]
        for table, columns in WORDS.items()
        for row in store.rows(f"SELECT * FROM main.{table}")
        for column in (*columns, *(TOLD[:1] if table == "customer" else ()))
    }
    conflicts = store.rows("SELECT * FROM main.conflict")
    kept = " ".join(f"{row['mine']} {row['kept'] if row['col'] is None else ''}" for row in conflicts)
    over = _written_over(world)
    gone = {(one.table, one.id, word) for one in world.removed for word in one.seen}
    found = [
        f"lost: {one}"
        for one in world.written
        if one not in world.forgiven
        and standing.get((one.table, one.id, one.column)) != one.word
        and (one.table, one.id, one.column, one.word) not in over
        and (one.table, one.id, one.word) not in gone
        and json.dumps(one.word)[1:-1] not in kept
    ]
    return found + list(_met_in_silence(world, conflicts))


def _written_over(world: World) -> set[tuple[str, str, str, str | None]]:
    """The words, each with its field, that somebody saw who wrote another over it. What was given up with a restore was
    never written, unless it had been sent, itself or with its row that was taken back, or one over it had been."""
    sent = words_in_the_log(Path(world.hub)).union(*(one.seen for one in world.removed))
    over: set[tuple[str, str, str, str | None]] = set()
    for one in reversed(world.written):
        where = (one.table, one.id, one.column)
        if one not in world.forgiven or one.word in sent or (*where, one.word) in over:
            over.add((*where, one.seen))
    return over


def together(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Whether two conflicts are about the word and the status that met at one time."""
    same = ("kind", "tbl", "key", "entry")
    return (
        one["tbl"] == "customer"
        and one["col"] in TOLD
        and all(one[column] == other[column] for column in same)
    )


def _met_in_silence(world: World, conflicts: Iterable[sqlite3.Row]) -> Iterable[str]:
    """Of each conflict of two words the two statuses, if they differ, must be one too."""
    conflicts = list(conflicts)
    before: dict[tuple[str, str], set[str]] = {}
    for one in world.written:
        if one.column == "country":
            before.setdefault((one.id, one.word), set()).add(one.seen or "")
    for row in conflicts:
        if (row["tbl"], row["col"]) != ("customer", "country") or row["key"] in world.mixed:
            continue
        base, kept, mine = (json.loads(row[name]) for name in ("base", "kept", "mine"))
        status = world.said[mine]
        on_the_way = _between(before, row["key"], base, kept)
        if status in {world.said[word] for word in on_the_way} or (
            base is not None and world.said[base] in {status, *(world.said[word] for word in on_the_way)}
        ):
            continue
        wanted = json.dumps(status)
        if not any(
            together(other, row) and other["col"] == "status" and other["mine"] == wanted
            for other in conflicts
        ):
            yield f"met in silence: {status!r} of {mine} against {kept} over {base} in {row['key']}"


def _between(before: dict[tuple[str, str], set[str]], id: str, base: Any, kept: str) -> set[str]:
    """The words that stood on the way from `base` to `kept`, with `kept`."""
    found: set[str] = set()
    asked = [kept]
    while asked:
        word = asked.pop()
        if word != base and word not in found:
            found.add(word)
            asked += before.get((id, word), ())
    return found
