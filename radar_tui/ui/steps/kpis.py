"""The customer's KPIs: target, newest reading and those before it, and what counts as worst and best."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import short_day
from radar_tui.domain.text import figure, one_line, plural, short_figure
from radar_tui.store.lists.service import ServiceLists
from radar_tui.ui.base.place import OverTimeAt
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import HEADING, ListPane
from radar_tui.ui.widgets.cells import ListColumn, ListRow, shortened
from radar_tui.ui.widgets.plot import spark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.store.lists.service import MeasureRow
    from radar_tui.ui.widgets.cells import ListCell

TRENDS = {
    "reached": "; it has reached its target since",
    "lost": "; it was on target before",
    "better": "; better than before",
    "worse": "; worse than before",
}
MOST_NAME, MOST_UNIT = 60, 30


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """On target of those that have a target."""
    known = [row.on_target for row in shown(book) if row.on_target is not None]
    return StepTally(False, f"{sum(known)}/{len(known)}" if known else "")


def recap(book: Book, step: Step) -> ListCell:
    """On target of those that have one."""
    aimed = [row.on_target for row in shown(book) if row.on_target is not None]
    return f"{sum(aimed)} of {plural(len(aimed), 'KPI')} on target" if aimed else ""


def shown(book: Book) -> list[MeasureRow]:
    """The customer's measures; while discreet those that they may see."""
    measures = ServiceLists.around(book.store, book.visit).measures(book.today)
    return [row for row in measures if row.for_customer or not book.discreet]


class Pane(ListPane):
    """Measures by perspective, each read on the spot."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("   Measure", 19, grow=True),
        ListColumn("Target", 7, right=True),
        ListColumn("Newest", 7, right=True),
        ListColumn("Unit", 6, priority=1),
        ListColumn("Trend", 7, priority=1),
        ListColumn("Last 8", 8, priority=2),
        ListColumn("Before", 8, priority=2, right=True),
        ListColumn("Read on", 7, right=True),
        ListColumn("Worst", 7, priority=3, right=True),
        ListColumn("Best", 7, priority=3, right=True),
    ]
    empty = """No KPIs of this customer yet.
Here each stands with its target and its newest reading. Its scorecard adds them."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "read", "reading", id="kpis.reading", tooltip="Write down what it is today"),
        Binding(
            "h", "history", "over time", id="kpis.history", tooltip="All readings of this KPI, by their dates"
        ),
        Binding("i", "about", "about", id="kpis.about", tooltip="Where each figure comes from"),
        Binding("enter", "read", "reading", show=False, tooltip="Write down what it is today"),
    ]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.measures: dict[str, MeasureRow] = {}

    def reload(self) -> None:
        measures = shown(self.book)
        self.measures = {row.id: row for row in measures}
        aimed = [row.on_target for row in measures if row.on_target is not None]
        self.head((f"{sum(aimed)} of {plural(len(aimed), 'KPI')} on target" if aimed else "", "muted"))
        rows: list[ListRow] = []
        perspective = ""
        for measure in measures:
            if measure.perspective != perspective:
                perspective = measure.perspective
                rows.append(ListRow(f"{HEADING}{perspective}", [(perspective.capitalize(), "label")]))
            rows.append(ListRow(measure.id, self._cells(measure)))
        self.show_rows(rows)

    def in_full(self, key: str) -> str:
        row = self.measures.get(key)
        if row is None:
            return ""
        unit = f" {shortened(row.unit, MOST_UNIT)}" if row.unit else ""
        stale = "; the newest reading is too old to count" if row.stale else ""
        trend = TRENDS.get(row.trend, "")
        last = f". Last readings: {'; '.join(map(figure, row.last))}" if len(row.last) > 1 else ""
        scale = f"worst {figure(row.worst)}, best {figure(row.best)}{unit}"
        return f"{shortened(row.name, MOST_NAME)}: {scale}{trend}{stale}{last}"

    # Keys

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        here = self.table.current if self.is_mounted else None
        if action == "history" and self.book.discreet:
            return False
        return here is not None and here.key in self.measures

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import KPIS, AboutScreen

        self.app.push_screen(AboutScreen(KPIS))

    def action_history(self) -> None:
        here, customer = self.table.current, self.book.visit.customer_id
        if here is not None and customer is not None:
            self.host.open(OverTimeAt(customer, here.key))

    def action_read(self) -> None:
        """Ask for the value of today; it is on the disk before it is painted."""
        here, customer = self.table.current, self.book.visit.customer_id
        if here is None or customer is None or (row := self.measures.get(here.key)) is None:
            return
        from radar_tui.domain.scorecard import Reading
        from radar_tui.store.ids import new_id
        from radar_tui.store.rows.measure import Readings

        readings, today = Readings(self.store), self.book.today

        def keep(text: str) -> str | None:
            try:
                value = number(text, row.unit)
            except ValueError as error:
                return f"Please give {error}"
            reading = Reading(id=new_id(), measure_id=row.id, as_of=today, value=value)

            def keep_it() -> None:
                with self.store.transaction():
                    self.store.measure.write_down(customer, row.id)
                    readings.save(reading)

            self.save(
                keep_it,
                key=row.id,
                words=short_figure(value),
                undo=lambda: readings.delete(reading.id),
            )
            return None

        unit = f" in {row.unit}" if row.unit else ""
        self.ask_line.ask(f"{one_line(row.name)} today{unit}", keep, hint="enter saves")

    def _cells(self, row: MeasureRow) -> list[ListCell]:
        glyphs = self.host.glyphs
        none: ListCell = (glyphs.none, "muted")
        style = "due" if row.on_target is False else ""
        day = short_day(row.as_of, self.book.today)
        return [
            [(f"{glyphs.due}  " if row.on_target is False else "   ", "due"), (row.name, "")],
            none if row.target is None else short_figure(row.target),
            self.with_unsaved(
                row.id,
                none if row.value is None else (short_figure(row.value), "muted" if row.stale else style),
            ),
            (row.unit, "muted"),
            (row.trend, "due" if row.trend == "lost" else "muted"),
            (spark(row.last, glyphs), "muted") if len(row.last) > 1 else none,
            none if row.before is None else (short_figure(row.before), "muted"),
            (day or glyphs.none, "due" if row.stale else "muted"),
            (short_figure(row.worst), "muted"),
            (short_figure(row.best), "muted"),
        ]


def number(text: str, unit: str) -> float:
    """What was typed as a number, with a decimal comma or point. Raises ValueError saying what is expected."""
    from radar_tui.domain.question import Question, parse

    asked = Question(key="reading", ask="?", type="number", unit=unit)
    value = parse(asked, text)
    if value == "n/a":
        raise ValueError(asked.expected)
    return float(value)
