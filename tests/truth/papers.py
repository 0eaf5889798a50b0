"""The figures on our four reports, worked out from plain rows, against the blocks that paper and text are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from radar_tui.reports.company import company_report
from radar_tui.reports.customer import customer_report
from radar_tui.reports.document import Facts, Heading, Intervals, Plots, ReportFigures, ReportTable
from radar_tui.reports.kinds import kind_of, made
from tests.truth.business import Business
from tests.truth.sentences import COMPUTED, Talk, ours
from tests.truth.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from radar_tui.reports.document import Block, Report
    from radar_tui.store.store import Store
    from tests.truth.facts import Truth
    from tests.truth.rows import Customer, Line, Ticket, Visit

Difference = tuple[str, str, object, object]
KINDS = {"Replacements": "replacement", "Spares to have on site": "spares", "Services": "service"}
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


def day(value: date | None) -> str:
    """As English paper has it."""
    return format_date(value, "medium", locale="en_GB") if value else ""


def money(amount: int, currency: str) -> str:
    """`€ 1,240`, with cents only where there are any; what does not break is a space."""
    value = f"{amount / 100:,.2f}".removesuffix(".00")
    return f"{SIGNS.get(currency, currency)} {value}"


def differences(store: Store, truth: Truth) -> Iterator[Difference]:
    """Every visit that took place, every customer, and the company; all of them in English."""
    store.local.save(replace(store.local.settings(), language="en"))
    for visit in truth.rows.visits:
        if visit.customer_id is not None and (visit.started_at or visit.completed_at):
            paper = Paper(made(store, "visit", visit.id))
            of_service = kind_of(store, store.visit.get(visit.id)) == "service"
            told = _service if of_service else _visit
            yield from ((f"{told.__name__[1:]} report", f"{visit.id} {what}", says, so)
                        for what, says, so in told(paper, truth, visit))  # fmt: skip
    for one in truth.rows.customers:
        paper = Paper(customer_report(store, one.id))
        for what, says, so in _customer(paper, Talk(truth, one)):
            yield "customer report", f"{one.name} {what}", says, so
    paper = Paper(company_report(store))
    yield from (("company report", what, says, so) for what, says, so in _company(paper, truth))


class Paper:
    """The blocks of a report, found by the heading or the words above them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.parts: dict[str, list[Block]] = {"": []}
        under = ""
        for block in report.blocks:
            words = (
                getattr(block, "words", "")
                if isinstance(block, Heading) or getattr(block, "leads", False)
                else ""
            )
            if words:
                under = words
                self.parts.setdefault(words, [])
            else:
                self.parts[under].append(block)

    def one(self, under: str, kind: type[Any]) -> Any:
        """The first block of a kind there; None without one."""
        return next((block for block in self.parts.get(under, ()) if isinstance(block, kind)), None)

    def rows(self, under: str, last: bool = False) -> list[list[str]]:
        """The rows of the table there as plain words; of two tables under one heading the last."""
        tables = [block for block in self.parts.get(under, ()) if isinstance(block, ReportTable)]
        return [[_plain(cell) for cell in row] for row in (tables[-1 if last else 0].rows if tables else ())]

    def figures(self, under: str) -> list[tuple[str, str]]:
        found = self.one(under, ReportFigures)
        return (
            [(figure, what if isinstance(what, str) else what.words) for figure, what in found.rows]
            if found
            else []
        )

    def fact(self, label: str) -> str:
        rows = [
            row
            for blocks in self.parts.values()
            for block in blocks
            if isinstance(block, Facts)
            for row in block.rows
        ]
        return next((words for name, words in rows if name == label), "")


def _plain(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.replace("\u00a0", " ")
    return (
        cell.words
        if hasattr(cell, "words")
        else "/".join(cell.verdicts if hasattr(cell, "verdicts") else cell.marks)
    )


Told = tuple[str, object, object]


def _head(paper: Paper, truth: Truth, visit: Visit) -> Iterator[Told]:
    """What both papers that a customer keeps begin and end with."""
    held = Verdicts(truth).held_on(visit) or truth.today
    yield "day", paper.report.line, f"Visit of {format_date(held, 'long', locale='en_GB')}"
    there = {one.contact_id for one in truth.rows.attendees if one.visit_id == visit.id}
    names = {one.name for one in truth.rows.contacts if one.id in there}
    yield "present", {*filter(None, paper.fact("Present").split(", "))}, names
    talk = Talk(truth, next(one for one in truth.rows.customers if one.id == visit.customer_id))
    agreed = [
        [
            one.title,
            day(one.due_on) or "–" if one.status != "done" or (one.done_on or held) > held else "done",
        ]
        for one in truth.rows.actions
        if one.visit_id == visit.id and one.status != "dropped" and talk.agreed(one)
    ]
    told = [[row[0], row[2]] for row in paper.rows("What we agreed")]
    yield "agreed", sorted(told), sorted(agreed)
    planned_ = truth.visits(talk.customer, "planned")
    ahead = [e for e in planned_ if e.id != visit.id and e.occasion in ("customer visit", visit.occasion)]
    planned = min(ahead, key=lambda one: (one.planned_on or date.min, one.id), default=None)
    on = planned.planned_on if planned else None
    [words] = paper.parts["Next visit"]
    expected = format_date(on, "full", locale="en_GB") if on and on > held and on >= truth.today else ""
    yield "next", getattr(words, "words", ""), expected or "We will propose a day."
    made_ = [one for one in truth.rows.promises if one.made_on <= held < (one.retired_on or date.max)]
    promised = [one.title for one in sorted(made_, key=lambda one: (one.made_on, one.id))]
    facts = paper.one("What we promise you", Facts)
    yield "promised", [words for _, words in facts.rows] if facts else [], promised


def _visit(paper: Paper, truth: Truth, visit: Visit) -> Iterator[Told]:
    yield from _head(paper, truth, visit)
    found = {one.item_id: one for one in truth.rows.findings if one.visit_id == visit.id}
    tags = {one.id: one.tag for one in truth.rows.items}
    counted = Counter(one.verdict for one in found.values())
    verdicts = ("serviceable", "deteriorating", "unserviceable", "not inspected")
    figures = [(f"{counted[one]}", one) for one in verdicts] if found else []
    yield "verdicts", paper.figures("What we looked at"), figures
    table = paper.one("Integrity report", ReportTable)
    columns = [column.title.replace("\u00a0", " ") for column in table.columns] if table else []
    told = [
        (
            row[0],
            row[columns.index("Today")],
            [verdict for verdict in row[3 : columns.index("Today")] if verdict],
        )
        for row in paper.rows("Integrity report")
    ]
    so = [(tags[id], one.verdict, _before(truth, found[id], columns)) for id, one in found.items()]
    yield "items", sorted(told), sorted(so)
    business = Business(truth)
    offers = business.offers
    for title, kind in KINDS.items():
        standing = business.on_visit(visit, kind)
        lines = [
            one for one in truth.rows.lines
            if one.id in standing and one.decision != "declined" and one.quantity and not ours("", one.ours)
        ]  # fmt: skip
        rows = [[row[0], *row[-3:]] for row in paper.rows(title)]
        yield (
            title,
            sorted(rows),
            sorted(_line(one, offers[one.opportunity_id].currency, tags) for one in lines),
        )
        currencies = {offers[one.opportunity_id].currency for one in lines}
        whole = sum(one.quantity * one.unit_price for one in lines)
        summed = len(lines) > 1 and len(currencies) == 1 and all(one.unit_price for one in lines)
        table = paper.one(title, ReportTable)
        total = [_plain(cell) for cell in table.total if cell] if table else []
        yield f"{title} total", total, ["Total", money(whole, currencies.pop())] if summed else []


def _line(line: Line, currency: str, tags: dict[str, str]) -> list[str]:
    price = money(line.quantity * line.unit_price, currency) if line.unit_price else "–"
    state = "agreed" if line.decision == "agreed" else "we quote"
    return [tags.get(line.item_id or "", ""), f"{line.quantity}", price, state]


def _before(truth: Truth, now: Any, columns: Sequence[str]) -> list[str]:
    """The verdicts of earlier visits under the days of those, of a day the newest."""
    held = {one.id: Verdicts(truth).held_on(one) for one in truth.rows.visits}
    earlier = [
        one for one in truth.rows.findings
        if one.item_id == now.item_id and one.visit_id != now.visit_id and one.found_at < now.found_at
    ]  # fmt: skip
    shown = sorted(earlier, key=lambda one: one.found_at)[-4:]
    by_day = {held[one.visit_id]: one.verdict for one in shown if held[one.visit_id]}
    return [
        verdict
        for on, verdict in sorted(by_day.items(), key=lambda pair: pair[0] or date.min)
        if _narrow(on) in columns
    ]


def _narrow(on: date | None) -> str:
    return f"{format_date(on, 'd MMM', locale='en_GB')} {on.year}" if on else ""


def _service(paper: Paper, truth: Truth, visit: Visit) -> Iterator[Told]:
    yield from _head(paper, truth, visit)
    mine = [one for one in truth.rows.tickets if one.customer_id == visit.customer_id]
    # Ninety days are those of the wall: one on which the clock is changed is longer or shorter.
    until = (visit.completed_at or truth.now).astimezone(truth.now.tzinfo)
    ends = [one.completed_at for one in truth.rows.visits
            if one.customer_id == visit.customer_id and one.status == "completed" and one.id != visit.id
            and one.completed_at and (visit.completed_at is None or one.completed_at <= until)]  # fmt: skip
    since = min(max(ends, default=until - timedelta(days=90)), until - timedelta(days=1))
    as_of = [one for one in mine if visit.completed_at is None or one.opened_at <= until]
    periods = [_period(as_of, since, until, visit), _period(as_of, since - (until - since), since, visit)]
    figures = [f"{now} ({was})" for now, was in zip(*periods, strict=True)]
    yield "figures", [figure for figure, _ in paper.figures("Tickets and service requests")], figures
    year = until - timedelta(days=365)
    rated = [(one.satisfied, one) for one in mine if one.satisfied is not None
             and (visit.completed_at is None or (one.closed_at or one.opened_at) <= until)]  # fmt: skip
    of_year = [said for said, one in rated if (one.closed_at or one.opened_at) > year]
    words = [getattr(block, "words", "") for block in paper.parts.get("Where you were not satisfied", ())]
    told = next((one for one in words if " / " in one), "")
    expected = f"{of_year.count(1)} / {len(of_year)} satisfied, of those rated in the last year"
    yield "satisfied", told, expected if of_year else ""
    unhappy = [
        one
        for said, one in rated
        if said == 0 and ((one.closed_at or one.opened_at) > year or not one.followed_up_on)
    ]
    held = Verdicts(truth).held_on(visit) or truth.today
    pending = "not followed up yet: we owe you an answer"
    so = [(one.reference, one.followed_up_on is None or one.followed_up_on > held) for one in unhappy]
    rows = [(row[0], row[3] == pending) for row in paper.rows("Where you were not satisfied")]
    yield "not satisfied", sorted(rows), sorted(so)
    plots = paper.one("Measured", Plots)
    yield (
        "measured",
        sorted((one.title, one.points[-1][1]) for one in plots.plots) if plots else [],
        _measured(truth, visit, held),
    )


def _period(tickets: Sequence[Ticket], since: datetime, until: datetime, visit: Visit) -> list[str]:
    """Opened, closed, open at its end, and the median days of those closed in it."""
    opened = sum(since < one.opened_at <= until for one in tickets)
    closed = [one for one in tickets if one.closed_at and since < one.closed_at <= until]
    still = sum(
        one.opened_at <= until and (one.closed_at is None or one.closed_at > until) for one in tickets
    )
    days = [max(0.0, ((one.closed_at or until) - one.opened_at).total_seconds() / 86_400) for one in closed]
    half = f"{round(median(days), 1):,g}" if days else "–"
    return [f"{opened}", f"{len(closed)}", f"{still}", half]


def _measured(truth: Truth, visit: Visit, held: date) -> list[tuple[str, float]]:
    found = []
    for one in truth.rows.measures:
        if (
            one.customer_id != visit.customer_id
            or not one.for_customer
            or one.name.strip().casefold() in COMPUTED
        ):
            continue
        read = [each for each in truth.rows.readings if each.measure_id == one.id and each.as_of <= held]
        if read:
            found.append((one.name, max(read, key=lambda each: (each.as_of, each.id)).value))
    return sorted(found)


def _customer(paper: Paper, talk: Talk) -> Iterator[Told]:
    truth, one = talk.truth, talk.customer
    figures = {words.split(",")[0]: figure for figure, words in paper.figures("")}
    for question in ("recommend", "retain"):
        scores = [
            answer.score for contact in truth.rows.contacts
            if contact.customer_id == one.id and contact.role == "decision maker"
            for answer in truth.counting(contact) if answer.question == question
        ]  # fmt: skip
        yield question, figures[question], f"{min(scores)}" if scores else "–"
    if one in truth.on_the_radar:
        seen, due, planned = truth.seen(one), truth.due(one), truth.planned(one)
        yield "seen", figures["last seen"], day(seen) or "never"
        coming = f"due {day(due) or 'now'}, every {one.cadence_days} days" + (
            f"; planned {day(planned)}" if planned else ""
        )
        yield "due", paper.fact("Next visit"), coming
    yield "follow-ups", sorted(row[1:3] for row in paper.rows("Open follow-ups")), sorted(
        [next(c.name for c in truth.rows.contacts if c.id == answer.contact_id), f"{answer.question} {answer.score}"]
        for _, answer in truth.of(one)
    )  # fmt: skip
    told = [row[0] for row in paper.rows("Actions") if row[3] not in ("done", "dropped")]
    yield "actions", sorted(told), sorted(each.title for each in talk.actions)
    yield from _business(paper, truth, one)
    visits = [each for each in truth.rows.visits if each.customer_id == one.id]
    so = Counter(
        "discarded" if each.status == "cancelled" and each.started_at else each.status for each in visits
    )
    yield "visits", Counter(row[2] for row in paper.rows("Visits")) if len(visits) <= 24 else so, so
    days = Counter(day(Verdicts(truth).held_on(each) or each.planned_on) for each in visits)
    yield "visit days", Counter(row[0] for row in paper.rows("Visits")) if len(visits) <= 24 else days, days


def _business(paper: Paper, truth: Truth, one: Customer) -> Iterator[Told]:
    """What is open, its chance, and what it comes to, a currency each."""
    business = Business(truth)
    offers = [
        each
        for each in truth.rows.opportunities
        if each.customer_id == one.id and each.stage not in ("won", "lost")
    ]
    worth = {each.id: business.left(each) for each in offers}
    so = [
        [each.stage, f"{each.probability} %", money(worth[each.id], each.currency) if worth[each.id] else "–"]
        for each in offers
    ]
    yield "pipeline", sorted([row[2], row[3], row[5]] for row in paper.rows("Pipeline")), sorted(so)


def _company(paper: Paper, truth: Truth) -> Iterator[Told]:
    there = truth.on_the_radar
    in_time = sum((truth.due(one) or date.min) > truth.today for one in there)
    share = f"{100 * in_time / len(there):.0f} % ({in_time} of {len(there)})" if there else "–"
    yield "in time", paper.figures("")[0][0], share
    for title in ("Recommend", "Retain"):
        given = [
            each
            for contact in truth.rows.contacts
            for each in truth.counting(contact)
            if each.question == title.lower()
        ]
        row = paper.one(title, Intervals).rows[0]
        yield title, row.words.replace("\u00a0", " ").split(" n ")[-1].replace(",", ""), f"{len(given)}"
        high = sum(each.score >= 9 for each in given) - sum(each.score <= 6 for each in given)
        yield (
            f"{title} score",
            row.score and round(row.score, 6),
            round(100 * high / len(given), 6) if given else None,
        )
    today = truth.today
    in_force = [one for one in truth.rows.promises if one.made_on <= today < (one.retired_on or date.max)]
    titles = [one.title for one in in_force]
    yield "promises", sorted(row[0] for row in paper.rows("Promises")), sorted(titles)
