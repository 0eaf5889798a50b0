"""A sync of two laptops through a hub in a folder, at three sizes of database, with a thousand changed rows."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from radar_tui.store.ids import fact_id
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from tests.benchmarks.figures import Figure, median

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHANGED = 1000
SIZES = (10_000, 100_000, 1_000_000)
MOST_GROWTH = 3
MOST_MS = 2000
_DAY = "2026-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds at one size: medians of nothing to do, a push, a pull and a bare write of the same rows; founding
    and joining once each."""

    rows: int
    nothing: float
    push: float
    pull: float
    bare: float
    founding: float
    joining: float


def syncs(folder: Path, sizes: tuple[int, ...], runs: int) -> list[Figure]:
    """Each kind of sync against a bare write of the same rows, at each size, and how much it grows with the size."""
    took = [_at_size(folder, rows, runs) for rows in sizes]
    found = []
    for one in took:
        title = f"{one.rows:,} rows, {CHANGED:,} changed"
        once = f"once: founding with all rows {one.founding / 1e3:.1f} s, joining {one.joining / 1e3:.1f} s"
        found += [
            Figure(f"sync, nothing to do, {one.rows:,} rows", "ms", one.nothing, MOST_MS, None),
            Figure(
                f"push, {title}", "ms", one.push, MOST_MS, None, (f"{one.push / one.bare:.1f}× a bare write",)
            ),
            Figure(
                f"pull, {title}",
                "ms",
                one.pull,
                MOST_MS,
                None,
                (f"{one.pull / one.bare:.1f}× a bare write", once),
            ),
        ]
    if len(took) > 1:
        small, big = took[0], took[-1]
        grown = f"{small.rows:,} → {big.rows:,} rows"
        found += [
            Figure(f"nothing to do, {grown}", "ms", big.nothing, MOST_GROWTH, small.nothing),
            Figure(f"push, {grown}", "ms", big.push, MOST_GROWTH, small.push),
            Figure(f"pull, {grown}", "ms", big.pull, MOST_GROWTH, small.pull),
            Figure(f"bare write, {grown}", "ms", big.bare, float("inf"), small.bare),
        ]
    return found


def _at_size(folder: Path, rows: int, runs: int) -> Took:
    place = folder / f"sync-{rows}"
    place.mkdir()
    _fill(place / "first.db", rows)
    shutil.copy(place / "first.db", place / "bare.db")
    with ExitStack() as stack:
        first = stack.enter_context(Store.open(place / "first.db"))
        second = stack.enter_context(Store.open(place / "second.db"))
        bare = stack.enter_context(closing(sqlite3.connect(place / "bare.db")))
        bare.execute("PRAGMA synchronous = FULL")
        found = _ms(lambda: joining.create(first, str(place / "hub")))
        join = _ms(lambda: joining.join(second, str(place / "hub")))
        for store in (first, second):
            engine.sync(store)
        nothing = [_ms(lambda: engine.sync(first)) for _ in range(runs)]
        answers = [row[0] for row in first.rows("SELECT id FROM answer ORDER BY id")]
        ids = answers[:: len(answers) // CHANGED][:CHANGED]
        push, pull, write = [], [], []
        for turn in range(runs):
            words = [(f"turn {turn}", id) for id in ids]
            with first.transaction() as connection:
                connection.executemany("UPDATE answer SET note = ? WHERE id = ?", words)
            push.append(_ms(lambda: engine.sync(first)))
            pull.append(_ms(lambda: engine.sync(second)))
            write.append(_ms(lambda words=words: _write(bare, words)))  # type: ignore[misc]
    shutil.rmtree(place)
    return Took(rows, median(nothing), median(push), median(pull), median(write), found, join)


def _write(bare: sqlite3.Connection, words: list[tuple[str, str]]) -> None:
    with bare:
        bare.executemany("UPDATE answer SET note = ? WHERE id = ?", words)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _fill(path: Path, rows: int) -> None:
    """A database of about `rows` rows that travel: customers, visits, and their answers."""
    customers = [fact_id("customer", str(n)) for n in range(max(20, rows // 500))]
    visits = [fact_id("visit", str(n)) for n in range(rows // 25)]
    left = rows - len(customers) - len(visits) - 1
    with Store.open(path) as store, store.transaction() as connection:
        connection.execute("INSERT INTO checklist VALUES ('list', 'list', 1, 'List', '{}')")
        connection.executemany(
            "INSERT INTO customer (id, name) VALUES (?, ?)", [(id, f"Customer {id[:6]}") for id in customers]
        )
        connection.executemany(
            "INSERT INTO visit (id, customer_id, checklist_id, status, completed_at) "
            f"VALUES (?, ?, 'list', 'completed', '{_DAY}')",
            [(id, customers[n % len(customers)]) for n, id in enumerate(visits)],
        )
        connection.executemany(
            "INSERT INTO answer (id, visit_id, question, value, answered_at) "
            f"VALUES (?, ?, ?, 'yes', '{_DAY}')",
            ((fact_id("answer", str(n)), visits[n % len(visits)], f"question_{n % 40}") for n in range(left)),
        )
