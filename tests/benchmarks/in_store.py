"""What is measured without a screen: an answer on the disk, and the reads of the Radar."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING

from radar_tui.domain.question import Question
from radar_tui.domain.words import Words
from radar_tui.store.ids import fact_id
from radar_tui.store.store import Store
from radar_tui.ui.widgets.row_table import PAGE
from tests.benchmarks.figures import Figure, median, p95

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INSERT = "INSERT INTO answer (id, visit_id, question, value, answered_at) VALUES (?, ?, ?, 'yes', ?)"
UI_LIMIT = 5.0
"""Milliseconds that SQL may take on the UI thread."""


def answers(file: Path, bare_file: Path, count: int) -> list[Figure]:
    """A committed answer through the store against a bare insert and commit, in turns, into copies of one file."""
    bare = sqlite3.connect(bare_file)
    bare.execute("PRAGMA foreign_keys = ON")
    bare.execute("PRAGMA synchronous = FULL")
    took: list[float] = []
    base: list[float] = []
    with contextlib.closing(bare), Store.open(file) as store:
        visit = store.row("SELECT id FROM visit WHERE status = 'completed' LIMIT 1")[0]
        for number in range(count + 20):
            question = Question(key=f"bench_{number}", ask=Words("Is it so?"), type="yes/no")
            took.append(timed(partial(store.answer.answer, visit, question, "yes")))
            id = fact_id(
                "bare", visit, question.key
            )  # as scattered as ours: each commit writes as many pages
            base.append(timed(partial(_insert, bare, id, visit, question.key)))
    took, base = took[20:], base[20:]
    return [
        Figure("an answer committed, against bare sqlite3", "ms", median(took) * 1e3, 1.5, median(base) * 1e3)
    ]


def tracking(file: Path, other: Path, count: int) -> list[Figure]:
    """A committed answer in a file with a hub, whose rows are noted, against one without, in turns."""
    took: list[float] = []
    base: list[float] = []
    with Store.open(file) as noted, Store.open(other) as plain:
        visit = noted.row("SELECT id FROM visit WHERE status = 'completed' LIMIT 1")[0]
        noted.connection.execute("INSERT INTO local (key, value) VALUES ('hub_id', 'benchmark')")
        for number in range(count + 20):
            question = Question(key=f"noted_{number}", ask=Words("Is it so?"), type="yes/no")
            pair = [(noted, took), (plain, base)]
            for store, times in pair if number % 2 else reversed(pair):
                times.append(timed(partial(store.answer.answer, visit, question, "yes")))
        noted.connection.execute("DELETE FROM local WHERE key = 'hub_id'")
        noted.connection.execute("DELETE FROM touched")
    took, base = took[20:], base[20:]
    return [
        Figure("an answer noted for sync, against one not", "ms", median(took) * 1e3, 1.3, median(base) * 1e3)
    ]


def reads(file: Path, title: str, count: int) -> list[Figure]:
    """The reads that the Radar makes on the UI thread, each p95."""
    with Store.open(file) as store:
        today, radar = store.clock().date(), store.radar
        total = radar.counts(today).all
        places = [number * 997 % max(1, total - PAGE) for number in range(count)]
        words = ["papier", "weser", "00", "a", "rail g"]

        def filtered(number: int) -> None:
            radar.page(today, 0, PAGE, radar.matching(words[number % len(words)], today))

        return [
            _reading(f"SQL: counts, {title}", lambda _: radar.counts(today), count),
            _reading(f"SQL: first page of the Radar, {title}", lambda _: radar.page(today, 0, PAGE), count),
            _reading(
                f"SQL: any page of the Radar, {title}", lambda n: radar.page(today, places[n], PAGE), count
            ),
            _reading(f"SQL: filter and its first page, {title}", filtered, count),
        ]


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _reading(what: str, read: Callable[[int], object], count: int) -> Figure:
    read(0)
    times = [timed(partial(read, number)) for number in range(count)]
    return Figure(f"{what}, p95", "ms", p95(times) * 1e3, UI_LIMIT)


def _insert(bare: sqlite3.Connection, id: str, visit: str, question: str) -> None:
    bare.execute(INSERT, [id, visit, question, "2026-01-01T00:00:00.000Z"])
    bare.commit()
