"""The virtual table: fetches by page, keeps its cursor in view, gives up columns by priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.column_widths import shared_out
from radar_tui.ui.widgets.row_table import PAGE, RowTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

COLUMNS = [
    ListColumn("Name", 10, grow=True),
    ListColumn("Second", 8, priority=1),
    ListColumn("Third", 8, priority=2, right=True),
]


class TableApp(App[None]):
    """A table of `count` rows that notes what it was asked for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.asked: list[tuple[int, int]] = []
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield RowTable(COLUMNS, empty="Nothing here.\nPress n.")

    def on_mount(self) -> None:
        self.table.load(self.count, self.fetch)
        self.table.focus()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def fetch(self, offset: int, limit: int) -> list[ListRow]:
        self.asked.append((offset, limit))
        last = min(offset + limit, self.count)
        return [ListRow(str(index), [f"row {index}", "b", str(index)]) for index in range(offset, last)]

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        self.chosen.append(event.key)

    def lines(self) -> list[str]:
        return [self.table.render_line(y).text for y in range(self.table.size.height)]


async def test_only_the_page_in_view_is_fetched() -> None:
    app = TableApp(100_000)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.asked == [(0, PAGE)]
        await pilot.press("end")
        await pilot.pause()
        assert app.asked[-1] == (99_999 // PAGE * PAGE, PAGE)
        assert len(app.asked) <= 3
        assert "row 99999" in app.lines()[-1]


async def test_the_cursor_moves_stays_in_view_and_chooses() -> None:
    app = TableApp(50)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press(*["down"] * 20)
        await pilot.pause()
        assert app.table.cursor == 20
        assert any(line.startswith("▌ row 20") for line in app.lines())
        await pilot.press("enter", "up", "enter")
        assert app.chosen == ["20", "19"]


async def test_the_head_stays_when_it_scrolls() -> None:
    app = TableApp(50)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert app.lines()[0].split() == ["Name", "Second", "Third"]


async def test_columns_go_by_priority_and_come_back() -> None:
    app = TableApp(3)
    async with app.run_test(size=(60, 10)) as pilot:
        assert app.lines()[0].split() == ["Name", "Second", "Third"]
        await pilot.resize_terminal(25, 10)
        await pilot.pause()
        assert app.lines()[0].split() == ["Name", "Second"]
        await pilot.resize_terminal(14, 10)
        await pilot.pause()
        assert app.lines()[0].split() == ["Name"]
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert app.lines()[0].split() == ["Name", "Second", "Third"]


async def test_a_click_moves_and_a_second_one_chooses() -> None:
    app = TableApp(5)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.click(RowTable, offset=(5, 3))
        assert app.table.cursor == 2
        assert app.chosen == []
        await pilot.click(RowTable, offset=(5, 3))
        assert app.chosen == ["2"]


async def test_the_words_of_an_empty_table_are_not_cut() -> None:
    app = TableApp(0)
    async with app.run_test(size=(10, 20)) as pilot:
        await pilot.pause()
        assert [line.strip() for line in app.lines()[2:5]] == [
            "Nothing",
            "here.",
            "Press",
        ]


async def test_nothing_is_opened_where_there_are_no_rows() -> None:
    app = TableApp(0)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "enter" not in app.screen.active_bindings
        app.table.load(2, app.fetch)
        assert "enter" in app.screen.active_bindings


async def test_an_empty_table_says_what_to_do() -> None:
    app = TableApp(0)
    async with app.run_test(size=(60, 10)) as pilot:
        text = "\n".join(app.lines())
        assert "Nothing here." in text
        assert "Press n." in text
        await pilot.press("down", "enter", "end", "home", "pagedown")
        assert app.chosen == []


async def test_fewer_rows_pull_the_cursor_back() -> None:
    app = TableApp(50)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        app.count = 3
        app.table.load(3, app.fetch)
        await pilot.pause()
        assert app.table.cursor == 2
        assert any(line.startswith("▌ row 2") for line in app.lines())


def test_columns_are_as_wide_as_their_text_and_the_shortest_is_uncut_first() -> None:
    columns = [
        ListColumn("Name", 4, grow=True),
        ListColumn("Reason", 6, grow=True),
        ListColumn("No.", 3, right=True),
    ]

    def widths(width: int, needs: dict[int, int]) -> list[int]:
        return [cells for *_, cells in shared_out(columns, width, needs)]

    assert widths(18, {0: 9, 1: 20}) == [4, 6, 3]
    assert widths(28, {0: 9, 1: 20}) == [9, 11, 3], "what is left goes to the longer one"
    assert widths(160, {0: 9, 1: 20}) == [15, 26, 3], "a little air, and the number stays beside its words"
    assert widths(28, {0: 9, 1: 20, 2: 11}) == [6, 6, 11], "a day with its year is whole before a name is"
    assert widths(18, {0: 9, 1: 20, 2: 11}) == [4, 6, 3], "but nothing is pushed out of the window"


async def test_a_longer_text_widens_its_column_and_a_filter_moves_nothing() -> None:
    app = TableApp(3)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        before = app.lines()[0]
        app.table.show_rows([ListRow("0", ["r", "b", "0"])])
        await pilot.pause()
        assert app.lines()[0] == before
        app.table.show_rows([ListRow("0", ["a name that is longer than it was", "b", "0"])])
        await pilot.pause()
        assert "a name that is longer than it was" in app.lines()[1]
