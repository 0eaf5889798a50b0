"""What each kind of step came to, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import weekday_words
from radar_tui.domain.money import priced
from radar_tui.domain.text import plural
from radar_tui.store.lists.service import REVIEW_DAYS, ServiceLists
from radar_tui.store.lists.visit import VisitLists
from radar_tui.ui.steps.base.answering import asked, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.opportunity import OpportunityKind
    from radar_tui.store.rows.opportunity import LineRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.widgets.cells import Cell, Part


def recap(book: Book, step: Step, glyphs: Glyphs) -> Cell:
    """One line on a step, read from the store."""
    makers: dict[str, Callable[[], Cell]] = {
        "questions": lambda: _questions(book, step),
        "people": lambda: _people(book),
        "integrity": lambda: _integrity(book),
        "replacements": lambda: _lines(book, "replacement"),
        "spares": lambda: _lines(book, "spares"),
        "new_streams": lambda: _new_streams(book),
        "tickets": lambda: _tickets(book),
        "feedback": lambda: _feedback(book),
        "kpis": lambda: _kpis(book),
        "promises": lambda: _promises(book),
        "nps": lambda: _nps(book),
        "actions": lambda: _actions(book),
        "next_visit": lambda: _next_visit(book),
    }
    return (makers[step.kind]() if step.kind in makers else "") or (glyphs.none, "muted")


def _questions(book: Book, step: Step) -> Cell:
    questions = asked(book, step, book.store.answer.of_visit(book.visit.id))
    answered, of = progress(questions)
    flagged = sum(one.answer is not None and one.answer.flagged for one in questions)
    parts: list[Part] = [(f"{answered} of {of} answered", "" if answered else "muted")]
    if flagged:
        parts.append((f", {flagged} flagged", "due"))
    return parts


def _people(book: Book) -> Cell:
    names = [person.name for person in VisitLists(book.store, book.visit).people() if person.here]
    return ", ".join(names) if names else ("nobody ticked", "muted")


def _integrity(book: Book) -> Cell:
    graded, of = book.store.finding.graded(book.visit.id)
    counted = book.store.finding.counted(book.visit.id)
    if not of:
        return ("no items here", "muted")
    parts: list[Part] = [(f"{graded} of {plural(of, 'item')}", "")]
    for verdict, style in (
        ("serviceable", ""),
        ("deteriorating", "due"),
        ("unserviceable", "late"),
        ("not inspected", "muted"),
    ):
        if counted.get(verdict):
            parts += [(", " if len(parts) > 1 else ": ", ""), (f"{counted[verdict]} {verdict}", style)]
    return parts


def _lines(book: Book, kind: OpportunityKind) -> Cell:
    lines = book.store.opportunity.lines_of(book.visit.id, kind)
    return by_decision(lines) if lines else ""


def by_decision(lines: Sequence[LineRow]) -> list[Part]:
    """`2 agreed € 1,240, 1 to quote € 860`: lines and value by decision, a currency each."""
    parts: list[Part] = []
    for decision, style in (("agreed", "accent"), ("to quote", ""), ("declined", "muted")):
        for currency in sorted({line.currency for line in lines}):
            chosen = [line for line in lines if line.decision == decision and line.currency == currency]
            if chosen:
                value = priced(sum(line.value for line in chosen), currency)
                parts += [
                    (", " if parts else "", ""),
                    (f"{len(chosen)} {decision}", style),
                    (f" {value}", ""),
                ]
    return parts


def _new_streams(book: Book) -> Cell:
    offers = book.store.opportunity.new_streams(book.visit.id)
    return ", ".join(f"{offer.name} {priced(offer.value, offer.currency)}" for offer in offers)


def _tickets(book: Book) -> Cell:
    counted = book.counted
    if counted is None or not counted.tickets:
        return ""
    period = "since the last visit" if counted.visited else f"in {REVIEW_DAYS} days"
    return f"{counted.open:,} open, {counted.closed:,} closed {period}"


def _feedback(book: Book) -> Cell:
    counted = book.counted
    if counted is None or not (counted.satisfied or counted.unhappy):
        return ""
    return f"{counted.satisfied:,} satisfied, {counted.unhappy:,} not, last year"


def _kpis(book: Book) -> Cell:
    measures = ServiceLists.around(book.store, book.visit).measures(book.today)
    aimed = [row.on_target for row in measures if row.on_target is not None]
    return f"{sum(aimed)} of {plural(len(aimed), 'KPI')} on target" if aimed else ""


def _promises(book: Book) -> Cell:
    lists = VisitLists(book.store, book.visit)
    checked = [promise for promise in lists.promises(book.today) if promise.checked]
    wants = [want.title for want in lists.wants() if want.today]
    parts: list[Part] = []
    for kept, words, style in ((True, "kept", ""), (False, "not kept", "late"), (None, "not asked", "muted")):
        if count := sum(promise.kept is kept for promise in checked):
            parts += [(", " if parts else "", ""), (f"{count} {words}", style)]
    if wants:
        parts += [("; " if parts else "", ""), (f"they ask for: {', '.join(wants)}", "")]
    return parts


def _nps(book: Book) -> Cell:
    responses = book.store.response.where(
        "visit_id = ? AND voided_at IS NULL", [book.visit.id], "asked_on, question, id"
    )
    by_contact: dict[str, list[str]] = {}
    for response in responses:
        by_contact.setdefault(response.contact_id, []).append(f"{response.question} {response.score}")
    said = []
    for contact_id, scores in by_contact.items():
        contact = book.store.contact.find(contact_id)
        said.append(f"{contact.name if contact else ''}: {', '.join(scores)}")
    return "; ".join(said) if said else ("not asked", "muted")


def _actions(book: Book) -> Cell:
    agreed = [
        row for row in VisitLists(book.store, book.visit).actions() if row.today and row.status != "dropped"
    ]
    return f"{len(agreed)} agreed: {', '.join(row.title for row in agreed)}" if agreed else ""


def _next_visit(book: Book) -> Cell:
    planned = book.store.visit.find(VisitLists(book.store, book.visit).planned_id())
    if planned is None or planned.planned_on is None:
        return ("not planned", "due")
    return weekday_words(planned.planned_on, book.today)
