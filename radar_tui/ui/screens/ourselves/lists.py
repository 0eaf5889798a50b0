"""The lists of the Ourselves screen: promises, wants, colleagues, the price list, checklists, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words
from radar_tui.domain.money import money
from radar_tui.domain.text import plural
from radar_tui.ui.frame.tabs import PageTab
from radar_tui.ui.frame.words.common import dotted, heading
from radar_tui.ui.screens.ourselves import rounds, rows
from radar_tui.ui.screens.ourselves.page import OurselvesPage, OwnList, ReadList
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from radar_tui.store.lists.ourselves import ColleagueRow, PartRow, PromiseRow, WantRow
    from radar_tui.store.store import Store
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import ListCell


class PromisesTab(ReadList["PromiseRow"]):
    """What we promise and how often it was kept."""

    tab = Tab("promises", "Promises", "p")
    columns = [
        ListColumn("We promise", 34, grow=True),
        ListColumn("Kept", 18),
        ListColumn("Made", 6, right=True),
        ListColumn("Retired", 7, right=True),
    ]
    empty = """Nothing promised yet: at most three things that we promise every customer.
On visits they say whether we kept them. Press n to make the first one."""
    of_row = frozenset({"edit"})

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {**super().acts(), "history": self._history}

    def read(self, store: Store) -> list[PromiseRow]:
        return self.lists_of(store).promises()

    def show(self, found: Sequence[PromiseRow]) -> None:
        self.ahead = rows.too_many(found, self.glyphs)
        super().show(found)

    def cells(self, row: PromiseRow) -> list[ListCell]:
        return rows.promise_cells(row, self.today, self.glyphs)

    def detail(self, row: PromiseRow, width: int) -> list[SheetLine]:
        note = f"last said: {row.note}" if row.note else ""
        return [[(line, "strong")] for line in wrapped(row.title, width, 2)] + [
            [(line, "muted")] for line in wrapped(note, width, 1) if line
        ]

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.ourselves import promise_form

        return promise_form(self.page.host, self.store.promise.get(id) if id else None)

    def _history(self) -> None:
        from radar_tui.ui.screens.ourselves.history import PromisesHistory

        self.page.app.push_screen(PromisesHistory())


class WantsTab(OwnList["WantRow"]):
    """What customers ask for, served or parked; counted beside the screen."""

    tab = Tab("wants", "Wants", "w")
    columns = [
        ListColumn("They ask for", 26, grow=True),
        ListColumn("Customer", 18, priority=1),
        ListColumn("Decision", 8),
        ListColumn("Tied to", 18, grow=True),
        ListColumn("Reason", 24, priority=2),
    ]
    empty = """Nothing asked for yet: what customers want, tied to a promise, served, or parked.
Note it on a visit, step Promises; or press n."""
    of_row = frozenset({"edit"})

    def fill(self) -> None:
        self.ahead = []
        self.page.in_background("read wants", self._read, self._show)

    def _read(self, store: Store) -> tuple[list[str], dict[str, int]]:
        lists = self.lists_of(store)
        return lists.want_ids(), lists.want_counts()

    def _show(self, found: tuple[list[str], dict[str, int]]) -> None:
        if self.page.part is self:
            ids, counts = found
            self.ahead = rounds.wants_line(counts)
            wants = self.lists_of(self.store).wants
            self.load(len(ids), lambda offset, limit: wants(ids[offset : offset + limit]))
            self.page.show_detail()
            self.page.refresh_bindings()

    def cells(self, row: WantRow) -> list[ListCell]:
        return rounds.want_cells(row, self.glyphs)

    def detail(self, row: WantRow, width: int) -> list[SheetLine]:
        return rounds.want_lines(row, width)

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.ourselves import want_form

        return want_form(self.page.host, self.store.want.get(id) if id else None)


class ColleaguesTab(ReadList["ColleagueRow"]):
    """Our people."""

    tab = Tab("colleagues", "Colleagues", "c")
    columns = [
        ListColumn("Name", 20, grow=True),
        ListColumn("Function", 22),
        ListColumn("In contact", 10),
        ListColumn("Pairs", 5, right=True),
        ListColumn("E-mail", 28, priority=1),
        ListColumn("Phone", 18, priority=2),
    ]
    empty = """Nobody yet: the people of ours whom customers should know.
Press n to add the first one."""
    of_row = frozenset({"edit"})

    def read(self, store: Store) -> list[ColleagueRow]:
        return self.lists_of(store).colleagues()

    def cells(self, row: ColleagueRow) -> list[ListCell]:
        return rows.colleague_cells(row, self.today, self.glyphs)

    def detail(self, row: ColleagueRow, width: int) -> list[SheetLine]:
        left = f"left {day_words(row.left_on, self.today)}" if row.left_on else ""
        reach = dotted(row.email, row.phone)
        return [heading(row.name, row.function, left), *([(line, "")] for line in wrapped(reach, width, 2))]

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.ourselves import colleague_form

        return colleague_form(self.page.host, self.store.colleague.get(id) if id else None)


class PartsTab(OwnList["PartRow"]):
    """What we sell."""

    tab = Tab("parts", "Price list", "l")
    columns = [
        ListColumn("SKU", 14),
        ListColumn("Name", 18, grow=True),
        ListColumn("Fits model", 10),
        ListColumn("Used as", 11),
        ListColumn("Unit price", 11, right=True),
        ListColumn("Lead time", 9, priority=1, right=True),
    ]
    empty = """No prices yet: a part that fits an item's model turns a verdict into a price.
Press n to add the first part."""
    no_match = "No part with these letters. Press esc for all."
    filtered = "letters of a SKU, name or model"
    of_row = frozenset({"edit"})

    def acts(self) -> Mapping[str, Callable[[], None]]:
        all_again = {"all": self.clear_filter} if self.words else {}
        return {**super().acts(), "filter": self.open_filter, **all_again}

    def fill(self) -> None:
        lists = self.lists_of(self.store)
        ids = lists.parts_with(self.words) if self.words else None
        self.table.empty = self.no_match if self.words else self.empty
        count = self.count() if ids is None else len(ids)
        self.load(count, lambda offset, limit: lists.parts(offset, limit, ids))

    def cells(self, row: PartRow) -> list[ListCell]:
        return rows.part_cells(row, self.glyphs)

    def detail(self, row: PartRow, width: int) -> list[SheetLine]:
        gone = "no longer sold" if row.archived else ""
        lead = plural(row.lead_days, "day") if row.lead_days else "at once"
        head = heading(row.sku, money(row.unit_price, row.currency), lead, gone)
        return [head, *([(line, "")] for line in wrapped(row.name, width, 2))]

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.ourselves import part_form

        return part_form(self.page.host, self.store.part.get(id) if id else None)


class ChecklistsTab(PageTab[OurselvesPage]):
    """Which checklists we use; they are files, read and not edited here."""

    tab = Tab("checklists", "Checklists", "k")
    columns = [
        ListColumn("Checklist", 24, grow=True),
        ListColumn("Version", 7, right=True),
        ListColumn("Steps", 5, right=True),
        ListColumn("Questions", 9, right=True),
        ListColumn("From", 22),
    ]

    def body(self) -> RowTable:
        return RowTable(self.columns)

    def count(self) -> int:
        return len(self.page.library.checklists)

    def fill(self) -> None:
        library = self.page.library
        self.page.query_one("#tab-checklists", RowTable).show_rows(
            [
                ListRow(checklist.key, rows.checklist_cells(checklist, library.sources[checklist.key]))
                for checklist in library.checklists
            ]
        )

    def show_below(self) -> None:
        library, chosen, sheet = self.page.library, self.page.chosen, self.page.query_one("#detail", Sheet)
        sheet.set_class(True, "-tall")
        sheet.show(lambda width: rows.checklist_lines(library, chosen, width))

    def opened(self, key: str) -> None:
        from radar_tui.ui.screens.ourselves.checklist import ChecklistScreen

        self.page.app.push_screen(ChecklistScreen(self.page.library.get(key)))
