"""What the customer keeps of a visit. Nothing internal: no scores, no chances, no notes of ours, no other customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.integrity import VERDICTS
from radar_tui.domain.room import for_customer, is_ours
from radar_tui.domain.translation import translated
from radar_tui.errors import RadarError
from radar_tui.reports.document import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Report,
    ReportCell,
    ReportColumn,
    ReportFigures,
    ReportTable,
    VerdictCell,
    VerdictHistory,
)
from radar_tui.reports.look import Writing
from radar_tui.reports.words import ReportWords
from radar_tui.store.lists.action import ActionLists
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.finding import HISTORY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.opportunity import OpportunityKind
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.action import ActionRow
    from radar_tui.store.rows.opportunity import VisitLineRow
    from radar_tui.store.store import Store

ADVISED: tuple[tuple[OpportunityKind, str], ...] = (
    ("replacement", "replacements"),
    ("spares", "spares"),
    ("service", "services"),
)


class ToldVisit:
    """One visit as a customer is told of it: its rows, and the words and days of their language."""

    def __init__(self, store: Store, visit_id: str) -> None:
        settings = store.local.settings()
        self.store = store
        self.visit: Visit = store.visit.get(visit_id)
        if self.visit.customer_id is None:
            raise RadarError("A self-check has no customer to report to.", "Choose a visit at a customer.")
        if self.visit.started_at is None and self.visit.completed_at is None:
            raise RadarError(
                f"This visit did not take place: it is {self.visit.status}.", "Choose another one."
            )
        self.customer = store.customer.get(self.visit.customer_id)
        self.company = settings.company
        who = store.contact.decision_maker_in(visit_id)
        self.words = ReportWords(settings.language or (who.language if who else ""))
        self.write = Writing(self.words.language, settings.paper)
        self.lists = VisitLists(store, self.visit)
        self.day: date = self.visit.day(store.clock())
        # A line says what its part is called, unless somebody wrote something else there.
        self.parts = {part.name: part.translations for part in store.part.where("translations <> ''")}

    def theirs(self, text: str, translations: str) -> str:
        """A text of ours as they read it."""
        return translated(text, translations, self.words.language)

    def people(self) -> Block:
        """Who was there, of theirs and of ours."""
        there = ", ".join(person.name for person in self.lists.people() if person.here)
        brm = self.store.colleague.find(self.visit.brm_id)
        rows = [(self.words("present"), there)] if there else []
        if brm is not None:
            contact = " · ".join(part for part in (brm.name, brm.phone, brm.email) if part)
            rows.append((self.words("from_us", company=self.company).strip(), contact))
        return Facts(rows)

    def actions(self) -> list[Block]:
        """What was agreed on this visit, by whom and when; what an answer raised is our own affair."""
        agreed = [
            row
            for row in ActionLists(self.store).agreed_on(self.visit.id)
            if not is_ours(row.ours, row.title, self.theirs(row.title, row.translations))
        ]
        if not agreed:
            return []
        says, write = self.words, self.write
        columns = [
            ReportColumn(says("what"), grow=1),
            ReportColumn(says("who")),
            ReportColumn(says("by_when"), right=True),
        ]
        rows = [
            (
                self.theirs(row.title, row.translations),
                row.owner,
                says("done") if self._done(row) else write.day(row.due_on) or "–",
            )
            for row in agreed
        ]
        return [Heading(says("actions")), ReportTable(columns, rows)]

    def _done(self, action: ActionRow) -> bool:
        return action.status == "done" and (action.done_on is None or action.done_on <= self.day)

    def next_visit(self) -> list[Block]:
        """The day that is planned, unless it has passed."""
        planned = self.store.visit.find(self.lists.planned_id())
        day = planned.planned_on if planned else None
        ahead = day is not None and day > self.day and day >= self.store.clock().date()
        words = self.write.weekday(day) if day and ahead else self.words("not_planned")
        return [Heading(self.words("next_visit")), Paragraph(words)]

    def promises(self) -> list[Block]:
        """Those in force on the day of the visit."""
        made = [each for each in self.store.promise.in_force(self.day) if each.made_on <= self.day]
        if not made:
            return []
        rows = [
            (f"{place}.", translated(promise.title, promise.translations, self.words.language))
            for place, promise in enumerate(made, 1)
        ]
        return [Heading(self.words("promises")), Facts(rows)]

    def found(self) -> list[Block]:
        """How many items have which verdict."""
        counted = self.store.finding.counted(self.visit.id)
        if not counted:
            return []
        figures = [
            (f"{counted.get(verdict, 0)}", self.verdict(verdict, counted.get(verdict, 0)))
            for verdict in VERDICTS
        ]
        return [Heading(self.words("found")), ReportFigures(figures)]

    def integrity(self) -> list[Block]:
        """The verdict on each item looked at, beside those of earlier visits."""
        says, write = self.words, self.write
        rows = [row for row in self.store.finding.report(self.visit.id) if row.verdict is not None]
        if not rows:
            return []
        noted = any(for_customer(row.note, row.ours) for row in rows)
        earlier = [
            {day: verdict for day, verdict in zip(row.history_on, row.history, strict=True) if day}
            for row in rows
        ]
        days = sorted({day for each in earlier for day in each})[-HISTORY:]
        columns = [
            ReportColumn(says("item"), grow=0 if noted else 1),
            ReportColumn(says("model")),
            ReportColumn(says("refurbished"), right=True),
            *(ReportColumn(write.narrow_day(day), narrow=True) for day in days),
            ReportColumn(says("verdict")),
            *([ReportColumn(says("note"), grow=1)] if noted else []),
        ]
        table: list[Sequence[ReportCell]] = []
        for row, before in zip(rows, earlier, strict=True):
            # As of the visit: what was done to an item since then is not told.
            since = row.refurbished_on is not None and row.refurbished_on > self.day
            cells: list[ReportCell] = [
                row.tag, row.model, "" if since else write.day(row.refurbished_on),
                *(VerdictHistory((before[day],)) if day in before else "" for day in days),
                self.verdict(row.verdict or ""),
            ]  # fmt: skip
            table.append([*cells, for_customer(row.note, row.ours)] if noted else cells)
        return [Heading(says("integrity")), ReportTable(columns, table)]

    def verdict(self, verdict: str, count: int = 1) -> VerdictCell:
        """A verdict in their language, on so many items."""
        return VerdictCell(verdict, self.words(verdict.replace(" ", "_"), count))

    def advice(self) -> list[Block]:
        """Replacements, spares, services, with the day they are needed, and new streams; without what was declined."""
        made: list[Block] = []
        for kind, title in ADVISED:
            lines = [
                line
                for line in self.store.opportunity.lines_of(self.visit.id, kind)
                if line.decision != "declined" and line.quantity and not is_ours(line.ours, line.description)
            ]
            if lines:
                made += [Paragraph(self.words(title), leads=True), self._lines(lines)]
        made += self._new_streams()
        return [Heading(self.words("recommend")), *made] if made else []

    def nothing_to_advise(self) -> list[Block]:
        """Said only where everything that was looked at is in order."""
        counted = self.store.finding.counted(self.visit.id)
        if counted.keys() != {"serviceable"}:
            return []
        return [Heading(self.words("recommend")), Paragraph(self.words("nothing"))]

    def _lines(self, lines: Sequence[VisitLineRow]) -> ReportTable:
        says, write = self.words, self.write
        dated = any(line.needed_by for line in lines)
        columns = [
            ReportColumn(says("item")),
            ReportColumn(says("part"), grow=1),
            *([ReportColumn(says("needed_by"), right=True)] if dated else []),
            ReportColumn(says("quantity"), right=True),
            ReportColumn(says("price"), right=True),
            ReportColumn(says("state")),
        ]
        rows = []
        for line in lines:
            price = write.money(line.value, line.currency) if line.unit_price else "–"
            day = [write.day(line.needed_by)] if dated else []
            state = says("agreed" if line.decision == "agreed" else "to_quote")
            rows.append(
                [
                    line.tag,
                    self.theirs(line.description, self.parts.get(line.description, "")),
                    *day,
                    write.number(line.quantity),
                    price,
                    state,
                ]
            )
        total = ""
        # The sum of some would read like the price of all.
        priced = all(line.unit_price for line in lines)
        if priced and len(lines) > 1 and len({line.currency for line in lines}) == 1:
            total = write.money(sum(line.value for line in lines), lines[0].currency)
        blank = [""] * (2 + dated)
        return ReportTable(columns, rows, ["", says("total"), *blank[1:], total, ""] if total else ())

    def _new_streams(self) -> list[Block]:
        says, write = self.words, self.write
        made: list[Block] = []
        for offer in self.store.opportunity.new_streams(self.visit.id):
            if offer.stage == "lost" or is_ours(offer.ours, offer.name):
                continue
            rows = [
                (says(key), f"{write.number(count)}{f' × {offer.model}' if model else ''}")
                for key, count, model in (
                    ("widgets", offer.widgets, bool(offer.model)),
                    ("housings", offer.housings, False),
                    ("spare_units", offer.spares, False),
                )
                if count
            ]
            if offer.value:
                rows.append((says("price"), write.money(offer.value, offer.currency)))
            title = f"{says('new_stream')}{says('colon')}{offer.name}"
            made += [Paragraph(title, leads=True), Facts(rows)]
        return made

    def report(self, name: str, title: str, blocks: Sequence[Block]) -> Report:
        """The report of this visit with those blocks."""
        return Report(
            name=name,
            title=self.words(title),
            subject=self.customer.name,
            line=self.words("visited", day=self.write.long_day(self.day)),
            language=self.words.language,
            page=self.words("page"),
            blocks=blocks,
        )


def visit_report(store: Store, visit_id: str) -> Report:
    """The leave-behind of a visit. Raises RadarError if the visit is gone, or a self-check."""
    told = ToldVisit(store, visit_id)
    found, advice = told.found(), told.advice()
    if found and not advice:
        advice = told.nothing_to_advise()
    # What a busy reader needs stands on the first page; item by item comes last.
    blocks = [
        told.people(),
        *found,
        *advice,
        *told.actions(),
        *told.next_visit(),
        *told.promises(),
        *told.integrity(),
    ]
    return told.report("visit", "visit_report", blocks)
