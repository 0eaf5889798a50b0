"""What importing 100,000 tickets costs against a bare csv read and executemany into the same table; and once more."""

from __future__ import annotations

import contextlib
import csv
import random
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Customer
from radar_tui.exchange.imports import run
from radar_tui.exchange.options import Options
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.search import Search
from radar_tui.store.store import Store
from tests.benchmarks.figures import Figure, median
from tests.benchmarks.in_store import timed

if TYPE_CHECKING:
    from pathlib import Path

TICKETS, CUSTOMERS = 100_000, 200
GOAL = 5.0
HEAD = (
    "Id", "Requester", "Subject", "Ticket type", "Priority", "Organization", "Created at", "Solved at",
    "Satisfaction Score", "Status", "Group", "Tags",
)  # fmt: skip


def written(file: Path) -> Path:
    """An export like Zendesk's, 12 columns wide."""
    dice = random.Random(5)
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(HEAD)
        for number in range(TICKETS):
            month, day, hour = dice.randint(1, 9), dice.randint(1, 28), dice.randint(0, 23)
            at = f"2026-{month:02}-{day:02} {hour:02}:{number % 60:02}"
            writer.writerow(
                (
                    number + 1, f"Person {number % 900}", f"The dryer at line {number % 37} stands still",
                    dice.choice(("Incident", "Question", "Problem")), dice.choice(("Low", "Normal", "High", "Urgent")),
                    f"Customer {number % CUSTOMERS}", at, f"2026-{month + 1:02}-{day:02} {hour:02}:30",
                    dice.choice(("Good", "Bad", "Offered", "Unoffered")), "Solved", "Service", "dryer line",
                )
            )  # fmt: skip
    return file


def emptied(file: Path) -> Path:
    """A database with the customers and nothing else."""
    with Store.open(file) as store:
        store.customer.save_all(
            Customer(id=fact_id("customer", f"customer {number}"), name=f"Customer {number}")
            for number in range(CUSTOMERS)
        )
    return file


def _ours(database: Path, file: Path) -> None:
    with Store.open(database) as store:
        report = run(store, Options(file), write=True)
        if report.counts.new + report.counts.same != TICKETS:
            raise ValueError(f"{report.counts} of {TICKETS}")


def _bare(database: Path, file: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(database)) as bare,
        file.open(encoding="utf-8", newline="") as text,
    ):
        bare.execute("PRAGMA foreign_keys = ON")
        bare.execute("PRAGMA synchronous = FULL")
        ids = dict(bare.execute("SELECT name, id FROM customer").fetchall())
        rows = csv.reader(text)
        next(rows)
        bare.executemany(
            "INSERT INTO ticket (id, customer_id, reference, subject, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)",
            ((row[0], ids[row[5]], row[0], row[2], row[6], row[7]) for row in rows),
        )
        bare.commit()


def figures(folder: Path, runs: int) -> list[Figure]:
    """The medians of runs in turns, each into a database of its own."""
    file = written(folder / "tickets.csv")
    ours: list[float] = []
    bare: list[float] = []
    again: list[float] = []
    for turn in range(runs):
        database = emptied(folder / f"import-{turn}.db")
        bare.append(timed(partial(_bare, emptied(folder / f"import-bare-{turn}.db"), file)))
        ours.append(timed(partial(_ours, database, file)))
        again.append(timed(partial(_ours, database, file)))
    base = median(bare)
    return [
        Figure("100,000 tickets imported, against csv + executemany", "s", median(ours), GOAL, base),
        Figure("the same file once more", "s", median(again), GOAL, base),
    ]


def with_search(folder: Path, runs: int) -> list[Figure]:
    """The same into a database that is searched, so that triggers note every row, against one that never was; and what
    the first search after it reads again, against the import itself."""
    file = written(folder / "tickets.csv")
    noted: list[float] = []
    plain: list[float] = []
    read: list[float] = []
    for turn in range(runs):
        searched = emptied(folder / f"import-searched-{turn}.db")
        with Store.open(searched) as store:
            Search(store).make()
        plain.append(timed(partial(_ours, emptied(folder / f"import-plain-{turn}.db"), file)))
        noted.append(timed(partial(_ours, searched, file)))
        with Store.open(searched) as store:
            read.append(timed(Search(store).refresh))
    base = median(plain)
    return [
        Figure("100,000 tickets imported, noted for the search", "s", median(noted), 1.5, base),
        Figure("the first search after it", "s", median(read), 1.0, base),
    ]
