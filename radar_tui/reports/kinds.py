"""Every kind of report: of what it is, how it is made, and where its figures come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.checklist import STEP_RULES
from radar_tui.domain.company import WHO_COUNTS
from radar_tui.errors import RadarError
from radar_tui.reports.company import company_report
from radar_tui.reports.customer import customer_report
from radar_tui.reports.service import service_blocks, service_report
from radar_tui.reports.visit import visit_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.domain.checklist import StepKind
    from radar_tui.domain.company import Filters
    from radar_tui.domain.visit import Visit
    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store

Subject = Literal["company", "customer", "visit"]
"""Of what a report is; a company has no id."""


class ReportKind(NamedTuple):
    """One kind: `make` takes the id of its subject, or of the company what is looked at; `about` explains the figures
    on the screen."""

    of: Subject
    make: Callable[[Store, str, Filters | None], Report]
    about: Sequence[tuple[str, str]]


def made(store: Store, of: Subject, id: str, filters: Filters | None = None) -> Report:
    """The report of a subject; that of a visit is what its checklist is about, that of the company of whom `filters`
    leave.

    Raises RadarError if the subject is gone, or a visit is a self-check.
    """
    return REPORTS[kind_of(store, store.visit.get(id)) if of == "visit" else of].make(store, id, filters)


def kind_of(store: Store, visit: Visit) -> str:
    """What is left behind after a visit: the service review if its checklist is about service alone."""
    of_service = _of_service(store, visit)
    return "service" if of_service and "integrity" not in _steps(store, visit) else "visit"


def newest(store: Store, customer_id: str, kind: str) -> Visit:
    """The newest visit that took place at a customer and is reported as `kind`. Raises RadarError without one."""
    begun = store.visit.begun(customer_id)
    for visit in begun:
        if kind_of(store, visit) == kind:
            return visit
    if not begun:
        raise RadarError("No visit has taken place at this customer yet.", "What there is: radar brief NAME")
    if kind == "visit":
        raise RadarError("The visits to this customer were service reviews.", "radar report service NAME")
    raise RadarError("No service review has taken place at this customer yet.", "radar report visit NAME")


def _visit(store: Store, visit_id: str, _: Filters | None) -> Report:
    report = visit_report(store, visit_id)
    if _of_service(store, store.visit.get(visit_id)):
        return replace(report, blocks=[*report.blocks, *service_blocks(store, visit_id)])
    return report


def _of_service(store: Store, visit: Visit) -> bool:
    return any(STEP_RULES[kind].of_service for kind in _steps(store, visit))


def _steps(store: Store, visit: Visit) -> set[StepKind]:
    return {step.kind for step in store.checklist.of_visit(visit).steps}


_KEPT = [
    ("As of", "The day of the visit: what was refurbished, done or promised after it is not in it."),
    ("Language", "That of the weightiest contact in the room, where Radar has it, unless e sets one for all reports."),
    ("We agreed", "Actions of this visit with owner and day, without dropped ones, without what an answer raised by "
        "itself, and without those that are ours."),
    ("Next visit", "The next planned visit to this customer, if it lies after this one."),
    ("We promise you", "The promises that stood on the day of the visit."),
    ("Left out", "Scores and answers, chances, values of a year, the summary, other customers, measures that nobody "
        "said the customer may see, and what is ours: marked with ctrl+o, or begun with “internal”."),
]  # fmt: skip
REPORTS: dict[str, ReportKind] = {
    "visit": ReportKind("visit", _visit, [
        ("Verdicts", "The findings of this visit, one an item; items without a verdict are not in the report. Earlier "
            "visits: up to four before it, the oldest first."),
        ("Recommended", "Lines found on this visit that were not declined; price is quantity × price of the list, – "
            "where it is not known."),
        *_KEPT,
    ]),
    "service": ReportKind("visit", lambda store, id, _: service_report(store, id), [
        ("Period", "From the completed visit before this one, or 90 days, to the end of this one; in brackets as many "
            "days before."),
        ("Days to resolve", "Median days from opened to closed of those closed in the period."),
        ("Not satisfied", "Verdicts of the year before the visit, by the moment of closing, and those never followed "
            "up; what was done by the day of the visit."),
        ("Measured", "Readings until the day of the visit; the dashed line is the target."),
        *_KEPT,
    ]),
    "customer": ReportKind("customer", lambda store, id, _: customer_report(store, id), [
        ("Card", "Σ weight × score ÷ Σ weight of the measures with a valid value; covered is the weight of those."),
        ("Recommend, Retain", "The lowest of the newest answers of decision makers within 365 days."),
        ("Over time", "Two years: the lowest of the decision makers' newest answers, and snapshots of the card."),
        ("Weighted by chance", "Value × probability of ideas and quotes, a currency each."),
        ("Met", "The day on the counterpart pair."),
    ]),
    "company": ReportKind("company", lambda store, _, filters: company_report(store, filters), [
        ("Whom", "Those that the filter of the screen leaves: market, BRM, role and period stand under the title. "
            "Colleagues in direct contact, promises, self-checks and observation days are of everybody."),
        ("Score", f"% promoters − % detractors. {WHO_COUNTS}; interval at 95 %."),
        ("Benchmark", "The newest published NPS of the market, for the first question; its source stands below."),
        ("Change", "Against the quarter before: risen or fallen only where z is at least 1.96; = is no clear change, "
            "– nobody answered in one of the two."),
        ("Adds", "Points of the company's score if this contact became a promoter."),
        ("Coverage", "Customers on the Radar that are due later than that day, those never visited among the whole; "
            "contacts who met their counterpart; colleagues who met a customer."),
        ("Value from visits", "Quantity × price of lines found on visits of the quarter that were not declined."),
        ("Kept", "Kept ÷ answers given on visits; not asked does not count."),
    ]),
}  # fmt: skip
