"""Whom to visit, read fast: plain rows for the customers in view, no models."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.cadence import Reason, Sign, Signals, reasons
from radar_tui.domain.nps import NONE, QUESTIONS, WINDOW_DAYS, NpsCounts, differ
from radar_tui.domain.text import fold
from radar_tui.store.facts.actions import OPEN_ACTION
from radar_tui.store.facts.answers import DECIDES, by_band, counts, newest, year_until
from radar_tui.store.facts.begun import in_progress_since
from radar_tui.store.facts.card import KnownMeasures
from radar_tui.store.facts.derived import Known, answered
from radar_tui.store.facts.duties import OWED, TO_CALL, UNHAPPY
from radar_tui.store.facts.measures import FELL, NEWEST_ON
from radar_tui.store.facts.seen import LATE, LATE_OR_DUE, due
from radar_tui.store.facts.streams import PLANNED
from radar_tui.store.facts.tickets import RESOLVED
from radar_tui.store.facts.verdicts import standing
from radar_tui.store.reading import local_day, local_moment, read, stored_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from radar_tui.store.connection import Connection


class RadarCounts(NamedTuple):
    """Customers on the radar: all, past their due day, never visited; and how many rows are marked late, and due."""

    all: int
    overdue: int
    never: int
    late: int
    due: int


class RadarRow(NamedTuple):
    """One line of the Radar. Scores 0–10 are the decision makers' (None: none of them answered), `*_of` how many they
    are the lowest of; `*_moved` is -1, 0 or 1 between the answers of all of this year and of last year, None where
    one of them is missing."""

    customer_id: str
    name: str
    last_seen: date | None
    due_on: date | None
    planned_on: date | None
    cadence_days: int
    recommend: int | None
    recommend_of: int
    recommend_moved: int | None
    retain: int | None
    retain_of: int
    retain_moved: int | None
    card: float | None
    open: int
    in_progress_since: date | None
    reason: str
    reasons: tuple[Reason, ...]


_DUE = "SELECT customer_id, name, last_seen, due_on, planned_on, cadence_days FROM"
# Late ones first, then those never seen (due at once), then the rest: three runs through the covering index.
_RUNS = (
    ("due_on < :today", "overdue"),
    ("due_on IS NULL", "never"),
    ("due_on >= :today", "rest"),
)

# Who is unhappy is one of those to call: to look among the others takes long.
_SIGNALS = f"""
SELECT j.value, {in_progress_since("j.value")},
    iif(j.value IN (SELECT value FROM json_each(:to_call)), ({UNHAPPY.format(customer="j.value")}), NULL)
FROM json_each(:ids) j"""  # noqa: S608 -- our own words only

_ITEMS = f"""
SELECT customer_id, tag, out_of_service, near_limit, to_report
FROM {standing("SELECT value FROM json_each(:ids)")}
WHERE out_of_service OR near_limit OR to_report ORDER BY tag, id"""  # noqa: S608 -- our own words only
_WHY = ("out_of_service", "near_limit", "to_report")

_SIGNS = (
    # One call serves both answers of a person.
    f"""
SELECT iif({TO_CALL}, 'calls', 'loops'), j.value, c.name, min(f.due_at) AS due, count(*) FROM json_each(:ids) j
    CROSS JOIN response r ON r.customer_id = j.value CROSS JOIN follow_up f ON f.response_id = r.id
    CROSS JOIN contact c ON c.id = r.contact_id WHERE {OWED} GROUP BY c.id, 1 ORDER BY due, c.name""",  # noqa: S608
    f"""
SELECT 'actions', j.value, a.title, a.due_on, 1 FROM json_each(:ids) j CROSS JOIN action a ON a.customer_id = j.value
WHERE {OPEN_ACTION} ORDER BY a.due_on, a.title""",  # noqa: S608
    f"""
SELECT 'resolved', j.value, t.subject, t.followed_up_on, 0
FROM json_each(:ids) j CROSS JOIN ticket t ON t.customer_id = j.value WHERE {RESOLVED}
ORDER BY t.followed_up_on DESC, t.subject""",  # noqa: S608
    f"""
SELECT 'off_target', j.value, m.name, {NEWEST_ON} AS day, 0
FROM json_each(:ids) j CROSS JOIN measure m ON m.customer_id = j.value WHERE {FELL}
ORDER BY -m.weight, day, m.name""",  # noqa: S608
    f"""
SELECT 'streams', j.value, s.name, NULL, 0 FROM json_each(:ids) j CROSS JOIN stream s ON s.customer_id = j.value
WHERE {PLANNED} ORDER BY s.name""",  # noqa: S608
)
"""What speaks for a visit: the field of `Signals`, customer, whom or what it is about, when; the first one first. And
how many open duties and actions of the customer it stands for. One statement each: SQLite joins them no faster."""

# Two seeks a contact and question: what counts today, and what counted a year ago. MATERIALIZED, or each count seeks.
_SCORES = f"""
WITH given AS MATERIALIZED (
    SELECT x.customer_id, q.value AS question, {DECIDES} AS decides,
        iif({counts("x", "until")}, {newest("q.value")}, NULL) AS now,
        iif({counts("x", "since")}, {newest("q.value", since=":before", until=":since")}, NULL) AS was,
        iif({DECIDES} AND {counts("x", "until")}, {newest("q.value", "asked_on", since="''")}, NULL) AS newest_on
    FROM json_each(:ids) j CROSS JOIN contact x ON x.customer_id = j.value
        CROSS JOIN json_each('["recommend", "retain"]') q)
SELECT customer_id, question, min(now) FILTER (WHERE decides), count(now) FILTER (WHERE decides),
    max(newest_on), {by_band("now")}, {by_band("was")}
FROM given GROUP BY customer_id, question"""  # noqa: S608 -- our own words only
_NOBODY = (None, 0, NONE, NONE)


class Radar:
    """Reads for the Radar; each costs a page, whatever the size of the territory."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self._names: tuple[tuple[tuple[int, int], date], list[tuple[str, str]]] | None = None
        self._counts: tuple[tuple[tuple[int, int], date], RadarCounts] | None = None

    def name_of(self, colleague_id: str) -> str:
        """A colleague's name, empty if there is none with this id."""
        row = self.db.row("SELECT name FROM colleague WHERE id = ?", [colleague_id])
        return str(row[0]) if row else ""

    def customer_name(self, customer_id: str) -> str:
        """The name of a customer on the radar, empty if it is not on it."""
        row = self.db.row("SELECT name FROM customer_due WHERE customer_id = ?", [customer_id])
        return str(row[0]) if row else ""

    def counts(self, today: date) -> RadarCounts:
        """How many customers stand on the radar; kept until anything in the file changes."""
        now = (self.db.version(), today)
        if self._counts is not None and self._counts[0] == now:
            return self._counts[1]
        row = self.db.row(
            f"SELECT count(*), count(*) FILTER (WHERE {_RUNS[0][0]}), count(*) FILTER (WHERE {_RUNS[1][0]}), "  # noqa: S608
            f"count(*) FILTER (WHERE {LATE}), count(*) FILTER (WHERE {LATE_OR_DUE}) FROM {due(self.db, today)}",
            {"today": today.isoformat()},
        )
        *_, late, marked = row
        self._counts = (now, RadarCounts(*row)._replace(due=marked - late))
        return self._counts[1]

    def matching(self, words: str, today: date) -> list[str]:
        """Ids of the customers whose name holds every word, the most overdue first."""
        wanted = fold(words).split()
        return [id for id, name in self._all_names(today) if all(word in name for word in wanted)]

    def page(
        self, today: date, offset: int = 0, limit: int = 64, ids: Sequence[str] | None = None
    ) -> list[RadarRow]:
        """`limit` customers from `offset` in the order of the Radar; `ids` narrows it to those, in their order."""
        rows = (
            self._due_page(today, offset, limit)
            if ids is None
            else self._chosen(today, ids[offset : offset + limit])
        )
        wanted = json.dumps([row["customer_id"] for row in rows])
        day = {"ids": wanted, "today": today.isoformat()}
        signs, owed = self._signs(day, today)
        to_call = json.dumps([id for id, found in signs.items() if "calls" in found])
        signals = {row[0]: row for row in self.db.rows(_SIGNALS, {**day, "to_call": to_call})}
        before = (today - timedelta(days=2 * WINDOW_DAYS)).isoformat()
        answers: dict[tuple[str, str], Any] = {}
        known: dict[str, dict[str, Known]] = {question: {} for question in QUESTIONS}
        asked = {"ids": wanted, "before": before, **year_until(today)}
        for id, question, score, count, newest_on, *bands in self.db.rows(_SCORES, asked):
            answers[id, question] = score, count, NpsCounts(*bands[:3]), NpsCounts(*bands[3:])
            known[question][id] = answered(score, count, newest_on)
        cards = KnownMeasures(self.db).values([row["customer_id"] for row in rows], today, known)
        return [
            _radar_row(row, signals[id], signs.get(id, {}), owed[id], answers, cards[id], today)
            for row in rows
            for id in [row["customer_id"]]
        ]

    def _signs(self, day: dict[str, str], today: date) -> tuple[dict[str, dict[str, Any]], Counter[str]]:
        """By customer: what speaks for a visit, as fields of `Signals`; and how many duties and actions are open."""
        signs: dict[str, dict[str, Any]] = {}
        owed: Counter[str] = Counter()
        for statement in _SIGNS:
            for field, customer_id, who, when, open in self.db.rows(statement, day):
                owed[customer_id] += open
                # An action without a day speaks for no visit.
                if when is not None or field != "actions":
                    sign = _sign(who, when, today, self.db.clock())
                    signs.setdefault(customer_id, {}).setdefault(field, []).append(sign)
        for row in self.db.rows(_ITEMS, day):
            tags = signs.setdefault(row["customer_id"], {})
            for why in (why for why in _WHY if row[why]):
                tags.setdefault(why, []).append(row["tag"])
        return signs, owed

    def _due_page(self, today: date, offset: int, limit: int) -> list[Any]:
        counts = self.counts(today)
        rest = counts.all - counts.overdue - counts.never
        sizes = {"overdue": counts.overdue, "never": counts.never, "rest": rest}
        rows: list[Any] = []
        for condition, run in _RUNS:
            if offset < sizes[run] and limit > 0:
                rows += self.db.rows(
                    f"{_DUE} {due(self.db, today)} WHERE {condition} "
                    "ORDER BY due_on, name, customer_id LIMIT :limit OFFSET :offset",
                    {"today": today.isoformat(), "limit": limit, "offset": offset},
                )
                limit -= min(limit, sizes[run] - offset)
            offset = max(0, offset - sizes[run])
        return rows

    def _chosen(self, today: date, ids: Sequence[str]) -> list[Any]:
        return self.db.rows(
            f"{_DUE} {due(self.db, today)} JOIN json_each(?) j ON j.value = customer_id ORDER BY j.key",
            [json.dumps(list(ids))],
        )

    def _all_names(self, today: date) -> list[tuple[str, str]]:
        """Every id and folded name in order; kept until anything in the file changes."""
        now = (self.db.version(), today)
        if self._names is None or self._names[0] != now:
            names: list[tuple[str, str]] = []
            for condition, _ in _RUNS:
                rows = self.db.rows(
                    f"SELECT customer_id, name FROM {due(self.db, today)} WHERE {condition} "  # noqa: S608
                    "ORDER BY due_on, name, customer_id",
                    {"today": today.isoformat()},
                )
                names += [(row[0], fold(row[1])) for row in rows]
            self._names = (now, names)
        return self._names[1]


def _radar_row(
    row: Any,
    signal: Any,
    signs: Mapping[str, Any],
    owed: int,
    answers: Mapping[tuple[str, str], Any],
    card: float | None,
    today: date,
) -> RadarRow:
    customer_id = row["customer_id"]
    _, begun, unhappy = signal
    asked = json.loads(unhappy or "null")
    recommend, retain = (answers.get((customer_id, question), _NOBODY) for question in QUESTIONS)
    why = reasons(
        Signals(
            due_on=stored_day(row["due_on"]),
            cadence_days=row["cadence_days"],
            planned_on=stored_day(row["planned_on"]),
            unhappy=Sign(asked[0], stored_day(asked[1])) if asked else None,
            **signs,
            in_progress_since=stored_day(begun),
        ),
        today,
    )
    return read(
        RadarRow,
        row,
        recommend=recommend[0],
        recommend_of=recommend[1],
        recommend_moved=_moved(recommend),
        retain=retain[0],
        retain_of=retain[1],
        retain_moved=_moved(retain),
        card=card,
        open=owed,
        in_progress_since=stored_day(begun),
        reason=why[0].text,
        reasons=tuple(why),
    )


def _sign(who: str, when: str | None, today: date, now: datetime) -> Sign:
    """A moment is late once it has passed, a day on the next one."""
    if when is None or "T" not in when:
        return Sign(who, stored_day(when), when is not None and when < today.isoformat())
    return Sign(who, local_day(when), local_moment(when) < now)


def _moved(answered: Any) -> int | None:
    """Whether a customer's NPS of this year differs from last year's (design §6)."""
    *_, now, before = answered
    return differ(before, now) if before.n and now.n else None
