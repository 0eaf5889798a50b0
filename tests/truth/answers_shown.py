"""Every surface that shows a score, an arrow, a lever or a share, against the truth."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from radar_tui.cli import main
from radar_tui.cli import nps as nps_cli
from radar_tui.domain.company import Filters, periods
from radar_tui.domain.nps import FEW, QUESTIONS, NpsCounts, band, differ, gain
from radar_tui.reports.company import company_report
from radar_tui.reports.document import Heading, Intervals, ReportFigures, ReportTable
from radar_tui.reports.inside import score_words
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.company import before, by_quarter, company
from radar_tui.store.lists.company_levers import levers
from radar_tui.store.lists.company_shares import shares
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.over_time import SPAN_DAYS, over_time
from radar_tui.store.lists.radar import Radar
from tests.truth.answers import DAY, YEAR, Answers, bands, nps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pytest

    from radar_tui.store.lists.company import Company
    from radar_tui.store.store import Store
    from tests.truth.facts import Truth
    from tests.truth.rows import Response

Difference = tuple[str, str, object, object]
_COUNTS = re.compile(r"promoters (\d+), passives (\d+), detractors (\d+)")
_LINE = re.compile(r"  (recommend|retain) +\S+ +(\[\S+ \S+\])? +(?P<n>\d+) +(\d+) +(\d+) +(\d+)")
_CHANGE = {1: "risen", -1: "fallen", 0: "="}
LOOKED_AT = 6
"""Filters tried in a random world; of the sample all are."""


def differences(
    store: Store,
    truth: Truth,
    told: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Difference]:
    answers = Answers(truth)
    yield from _customers(store, answers, told)
    dice = Random(len(truth.rows.responses) + truth.now.hour)
    every = _filters(store, answers)
    for filters in every[:1] + dice.sample(every[1:], min(LOOKED_AT, len(every) - 1)):
        yield from _company(store, answers, filters)
        yield from _levers(store, answers, filters)
        yield from _quarters(store, answers, filters)
        yield from _report(store, answers, filters)
    monkeypatch.setattr(nps_cli, "opened", lambda _: nullcontext(store))
    yield from _command(answers, capsys)


def _filters(store: Store, answers: Answers) -> list[Filters]:
    markets = ["", *(row[0] for row in store.rows("SELECT id FROM market ORDER BY id"))]
    owners = ["", *(row[0] for row in store.rows("SELECT id FROM colleague ORDER BY id"))]
    roles = ["decision maker", "influencer", "user", "gatekeeper"]
    return [
        Filters(),
        *(Filters(market=market) for market in markets),
        *(Filters(owner=owner) for owner in owners),
        *(Filters(role=role) for role in roles),
        *(Filters(period=period) for period in periods(answers.truth.today)),
        Filters(market=markets[-1], role="user", period=periods(answers.truth.today)[5]),
        Filters(owner=owners[-1], role="decision maker", period=periods(answers.truth.today)[2]),
    ]


def _moved(was: list[int], now: list[int]) -> int | None:
    return differ(NpsCounts(*bands(was)), NpsCounts(*bands(now))) if was and now else None


def _customers(store: Store, answers: Answers, told: list[dict[str, Any]]) -> Iterator[Difference]:
    truth, today = answers.truth, answers.truth.today
    on_radar = {row.customer_id: row for row in Radar(store).page(today, 0, len(truth.on_the_radar) or 1)}
    said = {row["customer_id"]: row for row in told}
    for one in truth.rows.customers:
        drawn = over_time(store, one.id, today)
        count = 0
        for question in QUESTIONS:
            given = answers.of(one, question, today)
            count += len(given)
            listed = CustomerLists(store, one.id).scores(question, today)
            so = sorted((contact.id, answer.score, answer.asked_on) for contact, answer in given)
            yield (
                "overview",
                f"{one.name} {question}",
                sorted((r.contact_id, r.score, r.asked_on) for r in listed),
                so,
            )
            since = today - timedelta(days=SPAN_DAYS)
            moves = [(day, score) for day, score in answers.moves(one, question) if day > since]
            yield "over time", f"{one.name} {question}", [tuple(p) for p in getattr(drawn, question)], moves
            if row := on_radar.get(one.id):
                deciding = answers.deciding(one, question, today)
                shown = getattr(row, question), getattr(row, f"{question}_of")
                yield "radar", f"{one.name} {question}", shown, deciding
                also = said[one.id][question], said[one.id][f"{question}_of"]
                yield "due --json", f"{one.name} {question}", also, deciding
                was = [answer.score for _, answer in answers.of(one, question, today - YEAR)]
                now = [answer.score for _, answer in given]
                yield (
                    "radar",
                    f"{one.name} {question} moved",
                    getattr(row, f"{question}_moved"),
                    _moved(was, now),
                )
        yield "about", one.name, store.response.answers(one.id, today), count
        people = {contact.name: contact for contact in truth.rows.contacts if contact.customer_id == one.id}
        for person in brief(store, one.id, today).people:
            newest = [
                answers.newest(people[person.name], question, today - YEAR, today) for question in QUESTIONS
            ]
            theirs = [answer.score if answer else None for answer in newest]
            yield "brief", f"{one.name} {person.name}", [person.recommend, person.retain], theirs


def _company(store: Store, answers: Answers, filters: Filters) -> Iterator[Difference]:
    today = answers.truth.today
    window = filters.window(today)
    found, was = company(store, today, filters), before(store, today, filters)
    for place, question in enumerate(QUESTIONS):
        given = answers.counting(question, window.since, min(window.until, today), filters)
        where = f"company {filters} {question}"
        yield where, "counts", getattr(found, question), bands(answer.score for _, answer in given)
        earlier = answers.scores(question, window.before.since, window.before.until, filters)
        yield where, "before", was[place], bands(earlier)
        yield from _aggregates(answers, found, place, given, where)
        for groups, name in ((found.markets, "market_id"), (found.owners, "owner_id"), (found.roles, "role")):
            for group in groups:
                of = [
                    answer.score
                    for contact, answer in given
                    if (
                        getattr(contact if name == "role" else answers.customers[contact.customer_id], name)
                        or ""
                    )
                    == group.id
                ]
                yield where, f"{name} {group.id}", getattr(group, question), bands(of)
            yield where, f"{name} in all", sum(getattr(group, question).n for group in groups), len(given)
    for market in found.markets:
        there = [one for one in answers.customers.values() if (one.market_id or "") == market.id]
        yield "company", f"{market.id} customers", market.customers, len(there)
    in_time = answers.in_time(today, filters)
    yield f"company {filters}", "in time", (found.in_time.part, found.in_time.whole), in_time
    yield (
        f"company {filters}",
        "paired",
        (found.paired.part, found.paired.whole),
        answers.paired(today, filters),
    )


def _aggregates(
    answers: Answers, found: Company, place: int, given: list[Any], where: str
) -> Iterator[Difference]:
    by_customer: dict[str, list[int]] = {}
    for contact, answer in given:
        by_customer.setdefault(contact.customer_id, []).append(answer.score)
    yield where, "answering", found.answering[place], len(by_customer)
    several = (found.recommend_as, found.retain_as)[place]
    yield where, "pooled", _near(several.pooled), _near(nps(answer.score for _, answer in given))
    scores = {id: nps(of) or 0.0 for id, of in by_customer.items()}
    mean = sum(scores.values()) / len(scores) if scores else None
    yield where, "mean", _near(several.mean_of_customers), _near(mean)
    weights: dict[str, list[tuple[float, int]]] = {}
    for id, score in scores.items():
        if worth := answers.customers[id].annual_value:
            weights.setdefault(answers.customers[id].currency, []).append((score, worth))
    weighted = {
        code: _near(sum(score * worth for score, worth in pairs) / sum(worth for _, worth in pairs))
        for code, pairs in weights.items()
    }
    yield where, "weighted", {code: _near(score) for code, score in several.weighted.items()}, weighted


def _near(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _same(answer: Response) -> tuple[str, str, date, int]:
    return answer.contact_id, answer.question, answer.asked_on, answer.score


def _levers(store: Store, answers: Answers, filters: Filters) -> Iterator[Difference]:
    today = answers.truth.today
    window = filters.window(today)
    owed = {_same(answer) for duty, answer in answers.truth.duties if duty.play == "recover"}
    for question in QUESTIONS:
        given = answers.counting(question, window.since, min(window.until, today), filters)
        listed = levers(store, today, filters, question, len(given))
        so = {
            contact.id: (answer.score, answer.asked_on, gain(band(answer.score), len(given)),
                         answers.last_contact(contact))
            for contact, answer in given
            if answer.score <= 8
        }  # fmt: skip
        shown = {row.contact_id: (row.score, row.asked_on, row.gain, row.last_contact) for row in listed}
        yield f"levers {filters}", question, shown, so
        gains = [row.gain for row in listed]
        yield f"levers {filters}", f"{question} order", gains, sorted(gains, reverse=True)
        late = {row.contact_id for row in listed if row.open_recover}
        asked = {contact.id for contact, answer in given if _same(answer) in owed}
        yield f"levers {filters}", f"{question} owed", late, asked & {*so}


def _quarters(store: Store, answers: Answers, filters: Filters) -> Iterator[Difference]:
    today = answers.truth.today
    shown = [
        (row.start, tuple(row.recommend), tuple(row.retain)) for row in by_quarter(store, today, filters)
    ]
    yield f"quarters {filters}", "counts", shown, answers.by_quarter(filters)
    for row in shares(store, today, filters):
        last = min(today, (row.start + timedelta(days=95)).replace(day=1) - DAY)
        for name, share, so in (
            ("in time", row.in_time, answers.in_time(last, filters)),
            ("paired", row.paired, answers.paired(last, filters)),
        ):
            yield f"shares {filters}", f"{row.start} {name}", (share.part, share.whole), so


def _command(answers: Answers, capsys: pytest.CaptureFixture[str]) -> Iterator[Difference]:
    today = answers.truth.today
    assert main.main(["nps", "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    for question in QUESTIONS:
        so = bands(answers.scores(question, today - YEAR, today))
        said = whole[question]
        yield "nps --json", question, (said["promoters"], said["passives"], said["detractors"]), so
    assert main.main(["nps"]) == 0
    printed = _COUNTS.findall(capsys.readouterr().out)
    both = [bands(answers.scores(question, today - YEAR, today)) for question in QUESTIONS]
    yield "nps", "counts", printed, [tuple(map(str, counts)) for counts in both if any(counts)]
    for by, groups in _groups(answers).items():
        assert main.main(["nps", "--by", by]) == 0
        lines = [match.groups() for match in _LINE.finditer(capsys.readouterr().out) if match["n"] != "0"]
        told = sorted((question, bool(between), *counts) for question, between, _, *counts in lines)
        wanted = sorted(
            (question, sum(counts) >= FEW, *map(str, counts))
            for (_, question), counts in groups.items()
            if any(counts)
        )
        yield f"nps --by {by}", "text", told, wanted
        assert main.main(["nps", "--by", by, "--json"]) == 0
        said = {(row["id"], row["question"]): row for row in json.loads(capsys.readouterr().out)}
        for key, counts in groups.items():
            row = said.get(key, {"promoters": 0, "passives": 0, "detractors": 0})
            yield f"nps --by {by}", str(key), (row["promoters"], row["passives"], row["detractors"]), counts
        yield f"nps --by {by}", "more", {key for key, row in said.items() if row["n"]} - {*groups}, set()


def _report(store: Store, answers: Answers, filters: Filters) -> Iterator[Difference]:
    """The company's report, of those whom the filters leave."""
    today, where = answers.truth.today, f"report {filters}"
    window = filters.window(today)
    blocks = company_report(store, filters).blocks
    tables = {title.words: block for title, block in pairwise(blocks) if isinstance(title, Heading)}
    shown = {
        words: figure for block in blocks if isinstance(block, ReportFigures) for figure, words in block.rows
    }
    yield where, "in time", shown["customers seen in time"], _share_words(*answers.in_time(today, filters))
    yield (
        where,
        "paired",
        shown["contacts who met a counterpart"],
        _share_words(*answers.paired(today, filters)),
    )
    for question in QUESTIONS:
        given = bands(answers.scores(question, window.since, min(window.until, today), filters))
        whole = tables[question.capitalize()]
        assert isinstance(whole, Intervals)
        yield where, question, whole.rows[0].words, score_words(NpsCounts(*given))
    rows = []
    earlier: list[NpsCounts] = [NpsCounts(0, 0, 0)] * 2
    for start, *both in answers.by_quarter(filters):
        now = [NpsCounts(*counts) for counts in both]
        cells = [
            (
                score_words(counts),
                {1: "risen", -1: "fallen", 0: "="}[differ(was, counts)] if was.n and counts.n else "–",
            )
            for was, counts in zip(earlier, now, strict=True)
        ]
        rows.append([f"Q{(start.month + 2) // 3} {start.year}", *cells[0], *cells[1]])
        earlier = now
    quarters = tables.get("By quarter")
    yield where, "quarters", quarters.rows if isinstance(quarters, ReportTable) else [], rows[::-1]


def _share_words(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} % ({part} of {whole})" if whole else "–"


def _groups(answers: Answers) -> dict[str, dict[tuple[str, str], tuple[int, int, int]]]:
    """What each group of `radar nps --by` has: counts by its id and the question."""
    today = answers.truth.today
    found: dict[str, dict[tuple[str, str], list[int]]] = {"market": {}, "owner": {}, "role": {}}
    for question in QUESTIONS:
        for contact, answer in answers.counting(question, today - YEAR, today):
            customer = answers.customers[contact.customer_id]
            for by, id in (
                ("market", customer.market_id),
                ("owner", customer.owner_id),
                ("role", contact.role),
            ):
                found[by].setdefault((id or "", question), []).append(answer.score)
    made = {by: {key: bands(scores) for key, scores in groups.items()} for by, groups in found.items()}
    made["quarter"] = {
        (start.isoformat(), question): counts
        for start, *both in answers.by_quarter(Filters())
        for question, counts in zip(QUESTIONS, both, strict=True)
    }
    return made
