"""Opportunities and their lines as rows: those that verdicts make, new streams, and what they are worth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from radar_tui.domain.days import day_words
from radar_tui.domain.integrity import Stream
from radar_tui.domain.opportunity import (
    LINE_OF,
    PROBABILITY,
    Decision,
    Opportunity,
    OpportunityKind,
    OpportunityLine,
    Part,
    PartKind,
    needed_by,
    new_stream_lines,
    spares_percent,
    stage_of,
    value,
)
from radar_tui.domain.room import mark_after
from radar_tui.errors import RadarError
from radar_tui.store.facts.business import FOUND, WORTH, open_on
from radar_tui.store.facts.seen import held_on
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.reading import read
from radar_tui.store.rows.customer import Customers
from radar_tui.store.rows.item import Items
from radar_tui.store.rows.part import Parts
from radar_tui.store.rows.stream import Streams
from radar_tui.store.rows.table import Table
from radar_tui.store.rows.visit import Visits

if TYPE_CHECKING:
    from radar_tui.domain.customer import Customer
    from radar_tui.store.connection import Connection

TITLES: dict[OpportunityKind, str] = {"replacement": "Replacements", "spares": "Spares"}
WIDGETS = "Widgets"
DERIVED: tuple[OpportunityKind, ...] = tuple(LINE_OF.values())

# A line stands on its own visit, and while it is open on every later one where the same is asked for again: a part that
# no verdict asked for, or an item in the same life with the same verdict and no line of that visit.
_REFITTED = f"({{day}} > {held_on('w')} AND {{day}} <= {held_on('t')})"
_LINES = f"""
SELECT l.id, l.item_id, l.part_id, coalesce(i.tag, '') AS tag,
    coalesce(nullif(l.description, ''), p.name, '') AS description, l.quantity, l.unit_price, o.currency, l.decision,
    l.needed_by, l.ours, iif(w.id = t.id, NULL, {held_on("w")}) AS since
FROM visit t JOIN opportunity o ON o.customer_id = t.customer_id AND o.kind = :kind
    JOIN visit w ON w.id = o.visit_id JOIN opportunity_line l ON l.opportunity_id = o.id
    LEFT JOIN part p ON p.id = l.part_id LEFT JOIN item i ON i.id = l.item_id
WHERE t.id = :visit AND (w.id = t.id OR :verdict IS NOT NULL
    AND coalesce(w.started_at, w.completed_at) < coalesce(t.started_at, t.completed_at) AND {open_on(held_on("t"))}
    AND CASE WHEN l.item_id IS NULL THEN 1 ELSE
        EXISTS (SELECT 1 FROM finding f WHERE f.visit_id = t.id AND f.item_id = i.id AND f.verdict = :verdict)
        AND NOT EXISTS (SELECT 1 FROM opportunity_line m JOIN opportunity n ON n.id = m.opportunity_id
            WHERE m.item_id = i.id AND n.visit_id = t.id AND n.kind = o.kind)
        AND NOT coalesce({_REFITTED.format(day="i.installed_on")}, 0)
        AND NOT coalesce({_REFITTED.format(day="i.refurbished_on")}, 0) END)
ORDER BY i.tag IS NULL, i.tag, l.rowid"""  # noqa: S608 -- our own words only


class VisitLineRow(NamedTuple):
    """One line on a visit; `unit_price` and `value` in minor units of `currency`, `since` the day of the earlier visit
    on which it was found."""

    id: str
    tag: str
    description: str
    quantity: int
    unit_price: int
    currency: str
    decision: Decision
    needed_by: date | None
    since: date | None
    item_id: str | None
    part_id: str | None
    ours: bool | None

    @property
    def value(self) -> int:
        """Quantity × unit price."""
        return self.quantity * self.unit_price


class StreamOffer(NamedTuple):
    """A new stream noted on a visit: how many of each, and its value in minor units of `currency`."""

    opportunity_id: str
    name: str
    model: str
    widgets: int
    housings: int
    spares: int
    spares_percent: int
    value: int
    currency: str
    stage: str
    ours: bool | None


class DerivedLines(NamedTuple):
    """What one verdict made: for undo."""

    lines: tuple[OpportunityLine, ...]
    opportunities: tuple[Opportunity, ...]


class OpportunityLines(Table[OpportunityLine]):
    """The `opportunity_line` table."""

    name = "opportunity_line"
    model = OpportunityLine


class Opportunities(Table[Opportunity]):
    """The `opportunity` table, and through `lines` what belongs to each."""

    name = "opportunity"
    model = Opportunity

    def __init__(self, db: Connection) -> None:
        super().__init__(db)
        self.lines = OpportunityLines(db)

    # Reading

    def lines_of(self, visit_id: str, kind: OpportunityKind) -> list[VisitLineRow]:
        """The lines of one kind that stand on a visit, by item tag: found there, or still open from before."""
        asked = {line: verdict for verdict, line in LINE_OF.items()}.get(kind)
        rows = self.db.rows(_LINES, {"visit": visit_id, "kind": kind, "verdict": asked})
        newest: dict[str | None, str] = {}
        for row in rows:
            newest[row["item_id"]] = max(row["since"] or "", newest.get(row["item_id"], ""))
        return [
            read(VisitLineRow, row)
            for row in rows
            if row["since"] is None or row["item_id"] is None or row["since"] == newest[row["item_id"]]
        ]

    def found_today(self, visit_id: str) -> dict[str, tuple[int, int]]:
        """Kind to (lines, or streams, and value in minor units) found on a visit; declined lines are left out."""
        rows = self.db.rows(
            "SELECT o.kind, CASE WHEN o.kind = 'new stream' THEN count(DISTINCT o.id) ELSE count(l.id) END, "  # noqa: S608
            f"coalesce(sum({WORTH}), 0) FROM opportunity o "
            f"JOIN opportunity_line l ON l.opportunity_id = o.id AND {FOUND} "
            "WHERE o.visit_id = ? GROUP BY o.kind",
            [visit_id],
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def new_streams(self, visit_id: str) -> list[StreamOffer]:
        """The new streams noted on a visit, in the order they were noted."""
        offers = []
        for opportunity in self.where("visit_id = ? AND kind = 'new stream'", [visit_id]):
            offers.append(self._offer(opportunity))
        return offers

    def _offer(self, opportunity: Opportunity) -> StreamOffer:
        lines = {line.id: line for line in self.lines.where("opportunity_id = ?", [opportunity.id])}
        counts: dict[str, int] = {}
        model = ""
        for kind in ("replacement", "housing", "spares"):
            line = lines.get(fact_id("opportunity_line", opportunity.id, kind))
            counts[kind] = line.quantity if line else 0
            if line is not None and kind == "replacement":
                model = line.description.removeprefix(WIDGETS).strip()
        widgets, spares = counts["replacement"], counts["spares"]
        worth = value((line.quantity, line.unit_price, line.decision) for line in lines.values())
        return StreamOffer(
            opportunity.id,
            opportunity.title,
            model,
            widgets,
            counts["housing"],
            spares,
            spares_percent(widgets, spares),
            worth,
            opportunity.currency,
            opportunity.stage,
            opportunity.ours,
        )

    # Lines that follow from verdicts

    def keep_in_step(self, visit_id: str, item_id: str, wanted: OpportunityKind | None) -> None:
        """Make the line that an item's verdict asks for and drop the one it no longer asks for.

        A line that is there already keeps the quantity, price and decision that the BRM gave it; so does one that is
        still open from an earlier visit, and no second one is made.
        """
        with self.db.transaction():
            for kind in DERIVED:
                line_id = fact_id("opportunity_line", visit_id, item_id, kind)
                line = self.lines.find(line_id)
                if kind == wanted and line is None:
                    if any(open_.item_id == item_id for open_ in self.lines_of(visit_id, kind)):
                        continue
                    self._add_derived(visit_id, item_id, kind, line_id)
                elif kind != wanted and line is not None:
                    self.lines.delete(line_id)
                    self._renew(line.opportunity_id)

    def _add_derived(self, visit_id: str, item_id: str, kind: OpportunityKind, line_id: str) -> None:
        item = Items(self.db).get(item_id)
        customer = Customers(self.db).get(item.customer_id)
        part_kind: PartKind = "replacement" if kind == "replacement" else "spares"
        opportunity = self.get(self._opportunity_of(visit_id, customer, kind))
        part = Parts(self.db).fitting(item.model, part_kind, opportunity.currency)
        today = self.db.clock().date()
        lead = part.lead_days if part else 0
        by = needed_by(today, lead, customer.cadence_days) if kind == "spares" else None
        self.lines.save(
            OpportunityLine(
                id=line_id,
                opportunity_id=opportunity.id,
                part_id=part.id if part else None,
                item_id=item_id,
                description=part.name if part else f"{item.model or item.tag} {part_kind}".strip(),
                unit_price=part.unit_price if part else 0,
                needed_by=by,
            )
        )
        self._renew(fact_id("opportunity", visit_id, kind))

    def _opportunity_of(self, visit_id: str, customer: Customer, kind: OpportunityKind) -> str:
        """The visit's opportunity of a kind, made when its first line needs it."""
        id = fact_id("opportunity", visit_id, kind)
        if self.find(id) is None:
            today = self.db.clock().date()
            self.save(
                Opportunity(
                    id=id,
                    customer_id=customer.id,
                    visit_id=visit_id,
                    kind=kind,
                    title=f"{TITLES.get(kind, kind.capitalize())} found {day_words(today)}",
                    currency=customer.currency,
                    expected_on=today + timedelta(days=30),
                )
            )
        return id

    def _renew(self, opportunity_id: str) -> None:
        """Stage and probability follow the decisions on the lines; one that verdicts made goes with its last line.

        A stage that stays keeps the probability that somebody gave it, and what was quoted is more than an idea.
        """
        decisions = [line.decision for line in self.lines.where("opportunity_id = ?", [opportunity_id])]
        opportunity = self.get(opportunity_id)
        if not decisions and opportunity_id == fact_id("opportunity", opportunity.visit_id, opportunity.kind):
            self.delete(opportunity_id)
            return
        stage = stage_of(decisions)
        if stage == opportunity.stage or (stage == "idea" and opportunity.stage == "quoted"):
            return
        self.save(opportunity.model_copy(update={"stage": stage, "probability": PROBABILITY[stage]}))

    def derived(self, visit_id: str, item_id: str) -> DerivedLines:
        """The lines that an item's verdict made, with their opportunities, as they stand."""
        ids = [fact_id("opportunity_line", visit_id, item_id, kind) for kind in DERIVED]
        lines = [line for id in ids if (line := self.lines.find(id))]
        return DerivedLines(tuple(lines), tuple(self.get(line.opportunity_id) for line in lines))

    def put_back(self, visit_id: str, item_id: str, before: DerivedLines) -> None:
        """Let the lines of an item stand again as they stood before."""
        with self.db.transaction():
            now = self.derived(visit_id, item_id)
            for opportunity in before.opportunities:
                if self.find(opportunity.id) is None:
                    self.save(opportunity)
            self.lines.save_all(before.lines)
            kept = {line.id for line in before.lines}
            for line in now.lines:
                if line.id not in kept:
                    self.lines.delete(line.id)
            for id in {line.opportunity_id for line in (*before.lines, *now.lines)}:
                self._renew(id)

    # What the BRM changes on a line

    def save_line(self, line: OpportunityLine) -> None:
        """Save a line; the stage of its opportunity follows."""
        with self.db.transaction():
            self.lines.save(line)
            self._renew(line.opportunity_id)

    def change_line(self, before: OpportunityLine, after: OpportunityLine) -> None:
        """Save what differs between the two; the stage of the opportunity follows."""
        with self.db.transaction():
            self.lines.change(before, after)
            self._renew(after.opportunity_id)

    def set_decision(self, line_id: str, decision: Decision) -> DerivedLines:
        """Agreed, to quote or declined, today; what stood before, for `put_line_back`."""
        with self.db.transaction():
            line = self.lines.get(line_id)
            before = DerivedLines((line,), (self.get(line.opportunity_id),))
            self.change_line(line, line.decided(decision, self.db.clock().date()))
        return before

    def put_line_back(self, before: DerivedLines) -> None:
        """Let a line stand again as it stood before a decision, and its opportunity with it."""
        with self.db.transaction():
            self.lines.save_all(before.lines)
            self.save_all(before.opportunities)

    def set_quantity(self, line_id: str, quantity: int) -> None:
        """How many."""
        line = self.lines.get(line_id)
        try:
            changed = OpportunityLine.model_validate({**line.model_dump(), "quantity": quantity})
        except ValidationError as error:
            raise RadarError("That is more than a line can hold.", "The quantity stays as it was.") from error
        self.save_line(changed)

    def add_line(
        self, visit_id: str, kind: OpportunityKind, part_id: str, quantity: int, id: str | None = None
    ) -> str:
        """A part that no verdict asked for; returns the line's id, which may be chosen so that it can be taken back.

        A price in another currency than the opportunity's is not taken over: it is left open.
        """
        with self.db.transaction():
            visit = Visits(self.db).get(visit_id)
            customer = Customers(self.db).get(visit.customer_id or "")
            part = Parts(self.db).get(part_id)
            for open_ in self.lines_of(visit_id, kind):
                if open_.part_id == part_id and open_.item_id is None and open_.decision != "declined":
                    raise RadarError(
                        f"{part.name} stands here already.", "e on its line changes the quantity."
                    )
            opportunity = self.get(self._opportunity_of(visit_id, customer, kind))
            today = self.db.clock().date()
            line = OpportunityLine(
                id=id or new_id(),
                opportunity_id=opportunity.id,
                part_id=part.id,
                description=part.name,
                quantity=quantity,
                unit_price=part.unit_price if part.currency == opportunity.currency else 0,
                needed_by=needed_by(today, part.lead_days, customer.cadence_days)
                if kind == "spares"
                else None,
            )
            self.save_line(line)
        return line.id

    def remove_line(self, line_id: str) -> None:
        """Take a line added by hand back."""
        with self.db.transaction():
            line = self.lines.get(line_id)
            self.lines.delete(line_id)
            self._renew(line.opportunity_id)

    # New streams

    def new_stream_value(
        self, model: str, widgets: int, housings: int, percent: int, currency: str = "EUR"
    ) -> int:
        """What a new stream is worth at today's price list, in minor units."""
        return sum(
            line.quantity * (part.unit_price if part else 0)
            for line, part in self._stream_parts(model, widgets, housings, percent, currency)
        )

    def _stream_parts(
        self, model: str, widgets: int, housings: int, percent: int, currency: str
    ) -> list[tuple[Any, Part | None]]:
        """Each line with the part it is priced from; spares of a stream are spare widgets."""
        wanted: dict[PartKind, PartKind] = {"spares": "replacement"}
        return [
            (line, Parts(self.db).fitting(model, wanted.get(line.kind, line.kind), currency))
            for line in new_stream_lines(widgets, housings, percent)
        ]

    def new_stream(
        self,
        visit_id: str,
        name: str,
        *,
        model: str,
        widgets: int,
        housings: int,
        percent: int,
        id: str | None = None,
    ) -> str:
        """Note a new stream: the stream (planned), its opportunity and its lines, all or none; returns the
        opportunity's id, which may be chosen so that it can be taken back."""
        with self.db.transaction():
            visit = Visits(self.db).get(visit_id)
            customer = Customers(self.db).get(visit.customer_id or "")
            stream = Streams(self.db).save(
                Stream(id=new_id(), customer_id=customer.id, name=name, status="planned")
            )
            opportunity = self.save(
                Opportunity(
                    id=id or new_id(),
                    customer_id=customer.id,
                    visit_id=visit_id,
                    kind="new stream",
                    title=name,
                    currency=customer.currency,
                    expected_on=self.db.clock().date() + timedelta(days=customer.cadence_days),
                    stream_id=stream.id,
                    ours=mark_after(None, "", name),
                )
            )
            self._stream_lines(opportunity, model, widgets, housings, percent)
        return opportunity.id

    def change_new_stream(
        self,
        opportunity_id: str,
        name: str,
        *,
        model: str,
        widgets: int,
        housings: int,
        percent: int,
    ) -> None:
        """Change the numbers of a new stream. What the customer decided stays, and so does the price of a part that
        stays the same."""
        with self.db.transaction():
            before = self.get(opportunity_id)
            changes = {"title": name, "ours": mark_after(before.ours, before.title, name)}
            opportunity = self.save(before.model_copy(update=changes))
            if stream := Streams(self.db).find(opportunity.stream_id):
                Streams(self.db).save(stream.model_copy(update={"name": name}))
            self._stream_lines(opportunity, model, widgets, housings, percent)
            self._renew(opportunity_id)

    def stream_as_it_stands(self, opportunity_id: str) -> DerivedLines:
        """A new stream's opportunity and lines, for `put_stream_back`."""
        lines = self.lines.where("opportunity_id = ?", [opportunity_id])
        return DerivedLines(tuple(lines), (self.get(opportunity_id),))

    def put_stream_back(self, before: DerivedLines) -> None:
        """Let a new stream stand again as it stood before its numbers were changed."""
        [opportunity] = before.opportunities
        with self.db.transaction():
            self.save(opportunity)
            if stream := Streams(self.db).find(opportunity.stream_id):
                Streams(self.db).save(stream.model_copy(update={"name": opportunity.title}))
            for line in self.lines.where("opportunity_id = ?", [opportunity.id]):
                self.lines.delete(line.id)
            self.lines.save_all(before.lines)

    def drop_new_stream(self, opportunity_id: str) -> None:
        """Take a new stream back that was noted by mistake."""
        with self.db.transaction():
            opportunity = self.get(opportunity_id)
            for line in self.lines.where("opportunity_id = ?", [opportunity_id]):
                self.lines.delete(line.id)
            self.delete(opportunity_id)
            if opportunity.stream_id:
                Streams(self.db).delete(opportunity.stream_id)

    def _stream_lines(
        self, opportunity: Opportunity, model: str, widgets: int, housings: int, percent: int
    ) -> None:
        words = {"replacement": WIDGETS, "housing": "Housings", "spares": "Spare widgets"}
        gone = {fact_id("opportunity_line", opportunity.id, kind) for kind in words}
        for line, part in self._stream_parts(model, widgets, housings, percent, opportunity.currency):
            id = fact_id("opportunity_line", opportunity.id, line.kind)
            gone.discard(id)
            before = self.lines.find(id)
            part_id, price = (part.id, part.unit_price) if part else (None, 0)
            made = OpportunityLine(
                id=id,
                opportunity_id=opportunity.id,
                part_id=part_id,
                description=f"{words[line.kind]} {model}".strip(),
                quantity=line.quantity,
                unit_price=before.unit_price if before and before.part_id == part_id else price,
            )
            keeps = {"decision", "needed_by", "ours", "decided_on"}
            kept = before.model_dump(include=keeps) if before else {}
            self.lines.save(made.model_copy(update=kept))
        for id in gone:
            self.lines.delete(id)
