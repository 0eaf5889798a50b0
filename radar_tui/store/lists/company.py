"""What the Company screen and `radar nps` show, read fast: every aggregate of both questions in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.company import QUARTERS, Filters, Period, quarters
from radar_tui.domain.nps import NONE, QUESTIONS, Aggregates, NpsCounts, aggregates, total
from radar_tui.store.facts.answers import by_band, counts, newest
from radar_tui.store.facts.people import KNOWN, THERE
from radar_tui.store.facts.quarters import COUNTED, EXCEPTIONS, from_rows
from radar_tui.store.facts.seen import due, within_cadence
from radar_tui.store.reading import ROLE_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from radar_tui.store.connection import Connection

NO_MARKET = ""
"""The key of customers whose market is not known."""


class BenchmarkRow(NamedTuple):
    """A published NPS and where it stands."""

    id: str
    nps: float
    source: str
    year: int
    region: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The answers of one market, BRM, role or quarter; `id` is empty where there is none."""

    id: str
    name: str
    recommend: NpsCounts
    retain: NpsCounts


@dataclass(frozen=True, slots=True)
class MarketRow(GroupRow):
    """A market with its customers on the radar and its benchmarks, the newest first."""

    customers: int
    benchmarks: tuple[BenchmarkRow, ...]

    @property
    def benchmark(self) -> BenchmarkRow | None:
        """The newest."""
        return self.benchmarks[0] if self.benchmarks else None


class QuarterRow(NamedTuple):
    """The answers of the quarter that begins on `start`, the newest of each contact in it."""

    start: date
    recommend: NpsCounts
    retain: NpsCounts


class Share(NamedTuple):
    """`part` of `whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Company:
    """Both questions, each on its own, and how near we are to our customers."""

    recommend: NpsCounts
    retain: NpsCounts
    recommend_as: Aggregates
    retain_as: Aggregates
    answering: tuple[int, int]
    """Customers of whom anybody answered, by question."""
    markets: list[MarketRow]
    owners: list[GroupRow]
    roles: list[GroupRow]
    in_time: Share
    in_contact: Share
    paired: Share

    def movable(self, place: int) -> int:
        """How many answers to a question are no promoter's."""
        counts = (self.recommend, self.retain)[place]
        return counts.n - counts.promoters


def where(filters: Filters, *, roles: bool = True) -> str:
    """SQL: the conditions on customer c and contact x; "" stands for those that have none."""
    conditions = ["1"]
    for column, wanted in (("c.market_id", filters.market), ("c.owner_id", filters.owner)):
        if wanted is not None:
            conditions.append(f"{column} = :{column[2:]}" if wanted else f"{column} IS NULL")
    if filters.role is not None and roles:
        conditions.append("x.role = :role")
    return " AND ".join(conditions)


def parameters_of(filters: Filters, window: Period, today: date) -> dict[str, object]:
    return {
        "market_id": filters.market,
        "owner_id": filters.owner,
        "role": filters.role,
        "since": window.since.isoformat(),
        "until": min(window.until, today).isoformat(),
        "today": today.isoformat(),
        "first": quarters(today)[0].isoformat(),
    }


_NEWEST = [newest(f"'{question}'") for question in QUESTIONS]
_SIX = ", ".join(by_band(question) for question in QUESTIONS)


def answers_sql(filters: Filters) -> str:
    """The one pass through the contacts: two seeks for each, then by customer and by role from what was found.

    MATERIALIZED, or SQLite seeks again for each count.
    """
    return (
        "WITH newest AS MATERIALIZED (SELECT c.id AS customer, c.market_id AS market, c.owner_id AS owner, "  # noqa: S608
        f"c.annual_value AS worth, c.currency AS currency, x.role AS role, {_NEWEST[0]} AS recommend, "
        f"{_NEWEST[1]} AS retain FROM customer c CROSS JOIN contact x ON x.customer_id = c.id "
        f"WHERE {counts()} AND {where(filters)}) "
        f"SELECT 'customer' AS what, customer AS id, coalesce(market, '') AS market, coalesce(owner, '') AS owner, "
        f"worth, currency, {_SIX} FROM newest GROUP BY customer HAVING count(recommend) + count(retain) > 0 "
        f"UNION ALL SELECT 'role', role, '', '', 0, '', {_SIX} FROM newest GROUP BY role"
    )


def quarters_sql(filters: Filters, *, counted: bool = True) -> str:
    """Question, quarter and the three counts: of everybody as `counted` already, else from the rows."""
    return COUNTED if filters.everybody and counted else from_rows(where(filters))


def looked_at(db: Connection, filters: Filters, today: date) -> list[str]:
    """Market, BRM, role and period that are looked at, in words."""
    market = db.row("SELECT name FROM market WHERE id = ?", [filters.market or ""])
    owner = db.row("SELECT name FROM colleague WHERE id = ?", [filters.owner or ""])
    return [
        market[0] if market else "every market" if filters.market is None else "no market",
        owner[0] if owner else "every BRM" if filters.owner is None else "no BRM",
        filters.role or "every role",
        filters.window(today).words,
    ]


_MARKETS = """
SELECT m.id, m.name, (SELECT count(*) FROM customer c JOIN customer_due d ON d.customer_id = c.id
    WHERE c.market_id = m.id) AS customers FROM market m ORDER BY m.name, m.id"""

_BENCHMARKS = """
SELECT market_id, id, nps, source, year, region FROM benchmark ORDER BY market_id, year DESC, id DESC"""

_WITHOUT = """SELECT count(*) FROM customer_due d JOIN customer c ON c.id = d.customer_id WHERE c.market_id IS NULL"""

_ROLES = f"SELECT role FROM (SELECT DISTINCT role FROM contact) ORDER BY {ROLE_ORDER}"  # noqa: S608


def company(db: Connection, today: date, filters: Filters | None = None) -> Company:
    """Everything at once; it goes to every contact, so the screen lets a worker do it."""
    filters = filters or Filters()
    parameters = parameters_of(filters, filters.window(today), today)
    by_customer: dict[str, dict[str, NpsCounts]] = {question: {} for question in QUESTIONS}
    by_market: dict[str, list[tuple[NpsCounts, NpsCounts]]] = {}
    by_owner: dict[str, list[tuple[NpsCounts, NpsCounts]]] = {}
    by_role: dict[str, list[tuple[NpsCounts, NpsCounts]]] = {}
    worth: dict[str, tuple[str, float]] = {}
    for row in db.rows(answers_sql(filters), parameters):
        what, id, market, owner, value, currency, *six = row
        both = NpsCounts(*six[:3]), NpsCounts(*six[3:])
        if what == "role":
            by_role[id] = [both]
            continue
        worth[id] = currency, value
        for question, given in zip(QUESTIONS, both, strict=True):
            if given.n:
                by_customer[question][id] = given
        by_market.setdefault(market, []).append(both)
        by_owner.setdefault(owner, []).append(both)
    recommend, retain = (by_customer[question] for question in QUESTIONS)
    return Company(
        recommend=total(recommend.values()),
        retain=total(retain.values()),
        recommend_as=aggregates(recommend, worth),
        retain_as=aggregates(retain, worth),
        answering=(len(recommend), len(retain)),
        markets=_markets(db, filters, by_market),
        owners=_groups(_owner_names(db), by_owner),
        roles=_groups([(row[0], row[0]) for row in db.rows(_ROLES)], by_role),
        in_time=in_time(db, today, filters, parameters),
        in_contact=_in_contact(db, today),
        paired=paired(db, filters, parameters),
    )


def before(db: Connection, today: date, filters: Filters) -> tuple[NpsCounts, NpsCounts]:
    """Both questions in the window before the one looked at, to say whether a score has moved."""
    parameters = parameters_of(filters, filters.window(today).before, today)
    rows = db.rows(answers_sql(filters), parameters)
    by_role = [tuple(row)[6:] for row in rows if row[0] == "role"]
    return total(NpsCounts(*six[:3]) for six in by_role), total(NpsCounts(*six[3:]) for six in by_role)


def _both(counts: Iterable[tuple[NpsCounts, NpsCounts]]) -> tuple[NpsCounts, NpsCounts]:
    pairs = list(counts)
    return total(pair[0] for pair in pairs), total(pair[1] for pair in pairs)


def _groups(
    names: list[tuple[str, str]], counts: dict[str, list[tuple[NpsCounts, NpsCounts]]]
) -> list[GroupRow]:
    """Those with answers, in the order of `names`; those without a name last."""
    return [GroupRow(id, name, *_both(counts[id])) for id, name in [*names, ("", "")] if id in counts]


def _owner_names(db: Connection) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in db.rows("SELECT id, name FROM colleague ORDER BY name, id")]


def _markets(
    db: Connection, filters: Filters, counts: dict[str, list[tuple[NpsCounts, NpsCounts]]]
) -> list[MarketRow]:
    benchmarks: dict[str, list[BenchmarkRow]] = {}
    for row in db.rows(_BENCHMARKS):
        benchmarks.setdefault(row[0], []).append(BenchmarkRow(*tuple(row)[1:]))
    rows = [
        MarketRow(id, name, *_both(counts.get(id, [])), customers, tuple(benchmarks.get(id, ())))
        for id, name, customers in db.rows(_MARKETS)
    ]
    without = db.row(_WITHOUT)[0]
    if without or NO_MARKET in counts:
        rows.append(MarketRow(NO_MARKET, "", *_both(counts.get(NO_MARKET, [])), without, ()))
    return [row for row in rows if filters.market in (None, row.id)]


def by_quarter(db: Connection, today: date, filters: Filters | None = None) -> list[QuarterRow]:
    """From the first of the last twelve quarters in which anybody answered; any period of `filters` is left aside."""
    filters = filters or Filters()
    parameters = parameters_of(filters, filters.window(today), today)
    db.look()
    # What was counted holds the readable answers of contacts who are not.
    counted = filters.everybody and not db.unreadable
    sql = quarters_sql(filters, counted=counted)
    answers = {(row[0], row[1]): NpsCounts(*tuple(row)[2:]) for row in db.rows(sql, parameters)}
    for question, quarter, *six in db.rows(EXCEPTIONS, parameters) if counted else ():
        stood = answers.get((question, quarter), NONE)
        answers[question, quarter] = NpsCounts(*(n - six[k] + six[k + 3] for k, n in enumerate(stood)))
    rows = [
        QuarterRow(start, *(answers.get((question, start.isoformat()), NONE) for question in QUESTIONS))
        for start in quarters(today, QUARTERS)
    ]
    return list(dropwhile(lambda row: not row.recommend.n and not row.retain.n, rows))


def in_time(db: Connection, today: date, filters: Filters, parameters: dict[str, object]) -> Share:
    """Customers within their cadence, as they stand."""
    row = db.row(
        f"SELECT count(*) FILTER (WHERE {within_cadence('d.due_on')}), count(*) FROM {due(db, today)} d "  # noqa: S608
        f"JOIN customer c ON c.id = d.customer_id WHERE {where(filters, roles=False)}",
        parameters,
    )
    return Share(*row)


def _in_contact(db: Connection, today: date) -> Share:
    return Share(
        *db.row(
            "SELECT coalesce(sum(o.direct_contact), 0), count(*) FROM colleague o "  # noqa: S608 -- our own words
            f"WHERE {THERE.format(person='o', day='today')}",
            {"today": today.isoformat()},
        )
    )


def paired(db: Connection, filters: Filters, parameters: dict[str, object]) -> Share:
    """Contacts who are still there on a day and have met their counterpart, as the scorecard counts them."""
    customer = (
        "" if filters.market is None and filters.owner is None else "JOIN customer c ON c.id = x.customer_id "
    )
    row: Any = db.row(
        f"SELECT count(*) FILTER (WHERE {KNOWN.format(contact='x', day='today')}), count(*) "  # noqa: S608
        f"FROM contact x {customer}JOIN customer_due d ON d.customer_id = x.customer_id "
        f"WHERE {THERE.format(person='x', day='today')} AND {where(filters)}",
        parameters,
    )
    return Share(*row)
