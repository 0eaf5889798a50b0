"""What every aggregate of the company costs with 1,000,000 answers, and one more answer with its quarter counted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from radar_tui.domain.company import Filters
from radar_tui.store.lists.company import before, by_quarter, company
from radar_tui.store.lists.company_levers import levers
from radar_tui.store.lists.company_shares import shares
from radar_tui.store.schema.counted import COUNT_AGAIN
from radar_tui.store.store import Store
from tests.benchmarks.figures import Figure, median
from tests.benchmarks.in_store import timed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST = 1_000_000
LIMIT = 300.0
"""Milliseconds for all aggregates, and as a yardstick for each of the other readings."""

# Three years of answers, spread over all contacts and both questions; SQLite's own dice.
_FILL = """
WITH RECURSIVE round(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM round WHERE n + 1 < :rounds)
INSERT INTO response (id, customer_id, contact_id, question, score, asked_on, channel)
SELECT lower(hex(randomblob(16))), c.customer_id, c.id, q.value, min(10, abs(random()) % 5 + abs(random()) % 8),
    date(:today, '-' || ((1095 / :rounds) * n + abs(random()) % (1095 / :rounds)) || ' days'), 'survey'
FROM contact c, round, json_each('["recommend", "retain"]') q
ORDER BY random() LIMIT :missing"""


def fill(store: Store) -> int:
    """Add answers until there are a million; returns how many there are."""
    connection = store.connection
    known, contacts = (store.row(f"SELECT count(*) FROM {table}")[0] for table in ("response", "contact"))
    missing = max(0, MOST - known)
    made = store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'response'")
    with store.transaction():
        for name, _ in made:
            connection.execute(f"DROP TRIGGER {name}")
        rounds = -(-missing // (2 * contacts))
        today = store.clock().date().isoformat()
        connection.execute(_FILL, {"rounds": rounds, "missing": missing, "today": today})
        for _, sql in made:
            connection.execute(sql)
        for statement in COUNT_AGAIN:
            connection.execute(statement)
    return int(store.row("SELECT count(*) FROM response")[0])


def figures(file: Path, runs: int) -> list[Figure]:
    """The median of each reading."""
    with Store.open(file) as store:
        if (there := fill(store)) != MOST:
            raise ValueError(f"{there} answers instead of {MOST}")
        today, everybody = store.clock().date(), Filters()
        market = store.row("SELECT id FROM market ORDER BY id LIMIT 1")[0]
        reads: dict[str, Callable[[], object]] = {
            "all aggregates of 1,000,000 answers": lambda: (company(store, today), by_quarter(store, today)),
            "the same of one market": partial(company, store, today, Filters(market=market)),
            "the quarters of one market": partial(by_quarter, store, today, Filters(market=market)),
            "the shares by quarter, a view of their own": partial(shares, store, today, everybody),
            "the window before": partial(before, store, today, everybody),
            "the lever list": partial(levers, store, today, everybody, "recommend", 1),
        }
        found = []
        for what, read in reads.items():
            read()
            found.append(Figure(what, "ms", median([timed(read) for _ in range(runs)]) * 1e3, LIMIT))
        return found
