"""The lists of the Customer screen: people, items, streams and visits, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.money import money
from radar_tui.domain.text import plural
from radar_tui.ui.base.place import ExportContacts, ReportOf, VisitAt, VisitTo
from radar_tui.ui.frame.words.common import Detail, dotted, heading
from radar_tui.ui.screens.customer.page import CustomerList
from radar_tui.ui.widgets.cells import ListColumn
from radar_tui.ui.widgets.tab_line import Tab
from radar_tui.ui.widgets.verdicts import VERDICT_STYLES, history

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from radar_tui.store.lists.customer import (
        CustomerPersonRow,
        ItemRow,
        StreamRow,
        VisitRow,
    )
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import ListCell, Part

HISTORY_GLYPHS = 8
GONE_STYLES = dict.fromkeys(VERDICT_STYLES, "muted")


class PeopleTab(CustomerList["CustomerPersonRow"]):
    """Their contacts and whom of ours they know."""

    tab = Tab("people", "People", "p")
    columns = [
        ListColumn("Name", 17, grow=True),
        ListColumn("Role", 14),
        ListColumn("Function", 12, priority=1),
        ListColumn("Job title", 18, priority=2),
        ListColumn("Of ours", 16, grow=True),
        ListColumn("Rec.", 4, right=True),
        ListColumn("Ret.", 4, right=True),
        ListColumn("E-mail", 28, priority=3),
        ListColumn("Phone", 18, priority=4),
    ]
    empty = """Nobody known here yet: who decides, who uses our items, who pays.
Press n to add the first contact."""
    of_row = frozenset({"edit", "pair"})

    def acts(self) -> Mapping[str, Callable[[], None]]:
        go = self.page.go
        export = ExportContacts(self.page.customer_id, self.page.head.name if self.page.head else "")
        return {
            "new": self.add, "edit": self.edit, "pair": self._pair, "map": self._map, "about": self._about,
            "export": lambda: go(export),
        }  # fmt: skip

    def fetch(self, offset: int, limit: int) -> Sequence[CustomerPersonRow]:
        return self.lists.people(offset, limit)

    def cells(self, row: CustomerPersonRow) -> list[ListCell]:
        """A contact; who left is dimmed."""
        left = row.left_on is not None
        role: Part = (row.role, "strong" if row.role == "decision maker" else "muted")
        return [
            (row.name, "muted" if left else ""),
            (f"left {day_words(row.left_on, self.today)}", "muted") if left else role,
            (row.function, "muted"),
            (row.job_title, "muted"),
            pair(row, self.glyphs),
            score(row.recommend, self.glyphs),
            score(row.retain, self.glyphs),
            (row.email, "muted"),
            (row.phone, "muted"),
        ]

    def words_of(self, row: CustomerPersonRow) -> Detail:
        """How to reach a contact, and whom of ours they know and met when last."""
        met = [
            f"knows {name} (met {day_words(met_on, self.today)})" if met_on else f"should meet {name}"
            for name, met_on in row.counterparts
        ]
        asked = f"last asked {day_words(row.asked_on, self.today)}" if row.asked_on else "never asked"
        left = f"left {day_words(row.left_on, self.today)}" if row.left_on else ""
        return heading(row.name, row.job_title, row.function, left), dotted(row.email, row.phone, *met, asked)

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.customer import contact_form

        page, contact = self.page, self.store.contact.get(id) if id else None
        return contact_form(page.host, page.customer_id, contact)

    def _pair(self) -> None:
        from radar_tui.ui.forms.customer import counterpart_form, newest_pair

        if id := self.page.chosen:
            app = self.page.host
            self.page.show_form(counterpart_form(app, self.store.contact.get(id), newest_pair(app, id)))

    def _map(self) -> None:
        from radar_tui.ui.screens.customer.counterparts import CounterpartsScreen

        self.page.app.push_screen(CounterpartsScreen(self.page.customer_id))

    def _about(self) -> None:
        from radar_tui.ui.frame import about

        self.page.app.push_screen(about.AboutScreen(about.PEOPLE))


def pair(row: CustomerPersonRow, glyphs: Glyphs) -> ListCell:
    """Who of ours is this contact's counterpart, marked while they have not met."""
    if not row.counterparts:
        return (glyphs.none, "muted")
    parts: list[Part] = []
    for name, met_on in row.counterparts:
        parts += [(", ", "muted")] if parts else []
        parts += [] if met_on else [(f"{glyphs.due} ", "due")]
        parts.append((name, "" if met_on else "muted"))
    return parts


def score(value: int | None, glyphs: Glyphs) -> ListCell:
    """0–10, or the glyph for no value."""
    return (glyphs.none, "muted") if value is None else str(value)


class ItemsTab(CustomerList["ItemRow"]):
    """Our items in their plant, each with its verdicts."""

    tab = Tab("items", "Items", "m")
    columns = [
        ListColumn("Item", 10),
        ListColumn("Model", 8),
        ListColumn("Stream", 18, priority=1),
        ListColumn("Refurb.", 7, right=True),
        ListColumn("History", 15),
        ListColumn("Newest", 14),
        ListColumn("Seen", 6, priority=2, right=True),
        ListColumn("Note", 10, grow=True),
    ]
    empty = """No items of ours in this plant yet: each gets its verdict on every visit.
Press n to add the first one."""
    no_match = "No item with these letters. Press esc for all."
    filtered = "letters of a tag, a model or a stream"
    of_row = frozenset({"edit"})

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self.add, "edit": self.edit, "filter": self.open_filter}

    def fill(self) -> None:
        ids = self.lists.item_ids(self.words)
        self.table.empty = self.no_match if self.words else self.empty
        self.load(len(ids), lambda offset, limit: self.lists.items(offset, limit, ids))

    def cells(self, row: ItemRow) -> list[ListCell]:
        """An item with its verdicts, the newest on the right."""
        words: ListCell = (row.verdict or self.glyphs.none, VERDICT_STYLES.get(row.verdict, "muted"))
        if not row.in_service:
            words = (f"retired {day_words(row.retired_on, self.today)}", "muted")
        return [
            (row.tag, "" if row.in_service else "muted"),
            (row.model, "muted"),
            (row.stream, "muted"),
            (short_day(row.refurbished_on, self.today) or self.glyphs.none, "muted"),
            history(
                row.history, HISTORY_GLYPHS, self.glyphs, VERDICT_STYLES if row.in_service else GONE_STYLES
            ),
            words,
            (short_day(row.found_on, self.today), "muted"),
            (row.note, "muted"),
        ]

    def words_of(self, row: ItemRow) -> Detail:
        """Where an item runs and what was last noted of it."""
        found = f"seen {day_words(row.found_on, self.today)}" if row.found_on else "not inspected yet"
        installed = f"refurbished {day_words(row.refurbished_on, self.today)}" if row.refurbished_on else ""
        return heading(row.tag, row.model, row.stream, installed, found), row.note

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.customer import item_form

        return item_form(self.page.host, self.page.customer_id, self.store.item.get(id) if id else None)


class StreamsTab(CustomerList["StreamRow"]):
    """The lines in which our items run."""

    tab = Tab("streams", "Streams", "f")
    columns = [
        ListColumn("Process stream", 26, grow=True),
        ListColumn("Status", 8),
        ListColumn("Items", 6, right=True),
        ListColumn("Note", 26, grow=True),
    ]
    empty = """No process streams yet: the lines in which our items run, or could run.
Press n to add the first one."""
    of_row = frozenset({"edit"})

    def fetch(self, offset: int, limit: int) -> Sequence[StreamRow]:
        return self.lists.streams(offset, limit)

    def cells(self, row: StreamRow) -> list[ListCell]:
        """A process stream."""
        items: ListCell = str(row.items) if row.items else (self.glyphs.none, "muted")
        return [
            row.name,
            (row.status, "" if row.status == "running" else "muted"),
            items,
            (row.note, "muted"),
        ]

    def words_of(self, row: StreamRow) -> Detail:
        """A stream with its whole note."""
        return heading(row.name, row.status, plural(row.items, "item")), row.note

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.customer import stream_form

        return stream_form(self.page.host, self.page.customer_id, self.store.stream.get(id) if id else None)


class VisitsTab(CustomerList["VisitRow"]):
    """Every visit, planned and past."""

    tab = Tab("visits", "Visits", "t")
    columns = [
        ListColumn("Day", 6, right=True),
        ListColumn("Checklist", 19),
        ListColumn("Occasion", 15, priority=3),
        ListColumn("Status", 11),
        ListColumn("Met", 22, priority=1),
        ListColumn("BRM", 16, priority=2),
        ListColumn("Found", 10, right=True),
        ListColumn("Summary", 16, grow=True),
    ]
    empty = """Never visited: here stands every visit, planned and past.
Press v to start one."""
    of_row = frozenset({"edit"})

    def fetch(self, offset: int, limit: int) -> Sequence[VisitRow]:
        return self.lists.visits(offset, limit)

    def cells(self, row: VisitRow) -> list[ListCell]:
        """A visit; what is still to come is not dimmed."""
        style = {"in progress": "accent", "planned": "strong", "completed": ""}.get(row.status, "muted")
        return [
            short_day(row.day, self.today) or self.glyphs.none,
            row.checklist,
            (row.occasion, "muted"),
            (row.status, style),
            (row.met or self.glyphs.none, "muted"),
            (row.brm or self.glyphs.none, "muted"),
            money(row.found, self.page.currency) if row.found else (self.glyphs.none, "muted"),
            (row.summary, "muted"),
        ]

    def words_of(self, row: VisitRow) -> Detail:
        """Who was met by whom, and the whole summary."""
        met = f"met {row.met}" if row.met else ""
        if row.status == "discarded":
            return heading(
                row.checklist, row.brm, "discarded"
            ), "enter takes it up again, with all that hangs on it"
        return heading(row.checklist, row.brm, met), row.summary

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.visit import planned_visit_form

        visit = self.store.visit.get(id) if id else None
        return planned_visit_form(self.page.host, self.page.customer_id, visit)

    def may(self, act: str) -> bool:
        """A visit that has begun is not edited in a form."""
        if act != "edit" or not super().may(act):
            return super().may(act)
        visit = self.store.visit.find(self.page.chosen)
        return visit is not None and visit.standing in ("planned", "missed", "cancelled")

    def opened(self, key: str) -> None:
        """A visit that has begun opens where it is, one that was discarded is taken up again; a planned one starts; of
        the others only the day is known."""
        status = self.store.visit.get(key).standing
        if status in ("in progress", "completed", "discarded"):
            self.page.go(VisitAt(key))
        elif status == "planned":
            self.page.go(VisitTo(self.page.customer_id, key))
        else:
            self.edit()

    def reported(self) -> ReportOf | None:
        """What the customer keeps of the visit under the cursor."""
        visit = self.store.visit.find(self.page.chosen)
        took_place = visit is not None and visit.status in ("completed", "in progress")
        return ReportOf("visit", visit.id) if visit and took_place else None
