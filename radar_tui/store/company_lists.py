"""What the Company screen shows, read fast: answers by market, benchmarks, who was seen in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.nps import Counts
from radar_tui.store.radar import WINDOW_DAYS

if TYPE_CHECKING:
    from radar_tui.store.store import Store

NO_MARKET = ""
"""The key of customers whose market is not known."""


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """A published NPS and where it stands."""

    nps: float
    source: str
    year: int
    region: str


@dataclass(frozen=True, slots=True)
class MarketRow:
    """A market with its customers on the radar, our answers from it, and its newest benchmark."""

    id: str
    name: str
    customers: int
    recommend: Counts
    retain: Counts
    benchmark: BenchmarkRow | None


@dataclass(frozen=True, slots=True)
class Company:
    """Both questions, each on its own; `in_time` of `customers` on the radar are within their cadence."""

    recommend: Counts
    retain: Counts
    customers: int
    in_time: int
    markets: list[MarketRow]


# The newest unvoided answer of each contact within the window that ends today (design §6).
_ANSWERS = """
SELECT coalesce(c.market_id, '') AS market, count(*) FILTER (WHERE a.score >= 9) AS promoters,
    count(*) FILTER (WHERE a.score BETWEEN 7 AND 8) AS passives, count(*) FILTER (WHERE a.score <= 6) AS detractors
FROM (SELECT customer_id, score, row_number() OVER (PARTITION BY contact_id ORDER BY asked_on DESC, id DESC) AS place
    FROM response WHERE question = :question AND voided_at IS NULL AND asked_on > :since AND asked_on <= :today) a
    JOIN customer c ON c.id = a.customer_id
WHERE a.place = 1 GROUP BY market"""

_MARKETS = """
SELECT m.id, m.name, b.nps, b.source, b.year, b.region,
    (SELECT count(*) FROM customer_due d JOIN customer c ON c.id = d.customer_id WHERE c.market_id = m.id) AS customers
FROM market m LEFT JOIN benchmark b ON b.id = (SELECT x.id FROM benchmark x WHERE x.market_id = m.id
    ORDER BY x.year DESC, x.id DESC LIMIT 1)
ORDER BY m.name, m.id"""

_IN_TIME = "SELECT count(*), count(*) FILTER (WHERE due_on >= ?) FROM customer_due"

_WITHOUT = """SELECT count(*) FROM customer_due d JOIN customer c ON c.id = d.customer_id WHERE c.market_id IS NULL"""


def company(store: Store, today: date) -> Company:
    """Read it all; goes through every answer of the window, so a worker does it."""
    recommend, retain = (_by_market(store, question, today) for question in ("recommend", "retain"))
    none = Counts(0, 0, 0)
    markets = [
        MarketRow(
            row["id"],
            row["name"],
            row["customers"],
            recommend.get(row["id"], none),
            retain.get(row["id"], none),
            None
            if row["nps"] is None
            else BenchmarkRow(row["nps"], row["source"], row["year"], row["region"]),
        )
        for row in store.rows(_MARKETS)
    ]
    without = store.row(_WITHOUT)[0]
    if without or NO_MARKET in recommend or NO_MARKET in retain:
        markets.append(
            MarketRow(
                NO_MARKET, "", without, recommend.get(NO_MARKET, none), retain.get(NO_MARKET, none), None
            )
        )
    customers, in_time = store.row(_IN_TIME, [today.isoformat()])
    return Company(_sum(recommend), _sum(retain), customers, in_time, markets)


def _by_market(store: Store, question: str, today: date) -> dict[str, Counts]:
    since = (today - timedelta(days=WINDOW_DAYS)).isoformat()
    rows = store.rows(_ANSWERS, {"question": question, "since": since, "today": today.isoformat()})
    return {row["market"]: Counts(row["promoters"], row["passives"], row["detractors"]) for row in rows}


def _sum(by_market: dict[str, Counts]) -> Counts:
    found = list(by_market.values())
    return Counts(*(sum(counts[place] for counts in found) for place in range(3)))
