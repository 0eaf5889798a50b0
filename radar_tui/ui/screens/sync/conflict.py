"""The conflicts of one row side by side: before, what stands, and what the other wrote; with who and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from radar_tui.domain.conflict import decisions
from radar_tui.store.schema.touched import EVERYTHING_ELSE
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.screens.sync.conflict_rows import NOTHING_TO_CHOOSE, block, edit_form, heads
from radar_tui.ui.screens.sync.rows import kind_words, what
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.changes import Columns
    from radar_tui.domain.conflict import Me
    from radar_tui.store.lists.conflict import ConflictRow, OpenConflict
    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.widgets.sheet import SheetLine

ELSEWHERE = "decided meanwhile"
Group = tuple[str, ...]
"""What tells a question of a row from its others."""


class UndoableDecision(NamedTuple):
    """Conflicts that were decided together, and their rows as they stood before and as it left them."""

    ids: Sequence[str]
    rows: Mapping[RowKey, Columns | None]
    left: Mapping[RowKey, Columns | None]

    def take_back(self, app: Host) -> None:
        """The rows as they were, but for what was changed since; the conflicts open again, and it is said.

        Raises RadarError, with nothing changed.
        """
        app.store.conflict.ask_again(self.ids, self.rows, self.left)
        app.tell("The decision is taken back.")


class ConflictScreen(Undoing):
    """What is decided stays in its place until all is; then the screen closes. `told` hears of the last decision, so
    that it can still be taken back then."""

    CSS_PATH = "conflict.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right", "choose(1)", "choose", id="conflict.next", tooltip="The next side", key_display="← →"
        ),
        Binding("left", "choose(-1)", "choose", id="conflict.before", tooltip="The side before", show=False),
        Binding("enter", "decide", "take this", id="conflict.decide", tooltip="Decide for the marked side"),
        Binding("k", "keep", "leave it", id="conflict.keep", tooltip="What stands stays"),
        Binding("m", "take", "take mine", id="conflict.take", tooltip="Write mine in place of what stands"),
        Binding(
            "m", "take_other", "take the other", id="conflict.other", tooltip="Write what does not stand"
        ),
        Binding("e", "edit", "edit", id="conflict.edit", tooltip="Write something else"),
        Binding("K", "keep_all", "leave all", id="conflict.keep_all", tooltip="Every field: what stands"),
        Binding("M", "take_all", "all mine", id="conflict.take_all", tooltip="Every field: what I wrote"),
        Binding("escape", "back", "back", id="conflict.back", tooltip="Back to the list"),
    ]

    def __init__(self, row: ConflictRow, me: Me, told: Callable[[UndoableDecision], None]) -> None:
        super().__init__()
        self.row = row
        self._me = me
        self._tell = told
        self._conflicts: dict[Group, OpenConflict] = {one.group: one for one in row.conflicts}
        self._chosen: dict[Group, int] = {}
        self._decided: dict[Group, tuple[str, int | None]] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Line(id="kind")
        yield Sheet(id="heads")
        yield SideBySide()
        yield KeyBar()

    @property
    def fields(self) -> SideBySide:
        return self.query_one(SideBySide)

    @property
    def current(self) -> OpenConflict:
        """The conflict under the cursor."""
        return list(self._conflicts.values())[self.fields.cursor]

    @property
    def chosen(self) -> int:
        """The place of the side of it that is marked; what stands, until another one is."""
        return min(self._chosen.get(self.current.group, 0), len(self.current.sides) - 1)

    @property
    def _open(self) -> list[OpenConflict]:
        return [one for one in self._conflicts.values() if one.group not in self._decided]

    def on_mount(self) -> None:
        self.query_one("#heads", Sheet).can_focus = False
        self.fields.focus()

    # Reading

    def reload(self) -> None:
        self._show()
        self.in_background("conflict", self._read, self._show_read)

    def _read(self, store: Store) -> tuple[ConflictRow | None, Mapping[Group, str]]:
        from radar_tui.store.lists.conflict import open_rows

        here = (self.row.table, self.row.key)
        row = next((row for row in open_rows(store) if (row.table, row.key) == here), None)
        still = {one.group for one in row.conflicts} if row else set()
        gone = {group: one for group, one in self._conflicts.items() if group not in still}
        said = {group: decisions(store.conflict.get(one.ids[0]).decided) for group, one in gone.items()}
        return row, {
            group: f"{ELSEWHERE} by {by[0].author}" if by else ELSEWHERE for group, by in said.items()
        }

    def _show_read(self, read: tuple[ConflictRow | None, Mapping[Group, str]]) -> None:
        """What is open now; what is not, and was not decided here, somebody else decided."""
        row, gone = read
        for one in row.conflicts if row else ():
            self._conflicts[one.group] = one
            self._decided.pop(one.group, None)
        self._decided = {**{group: (words, None) for group, words in gone.items()}, **self._decided}
        self._show()

    # Painting

    def _show(self) -> None:
        self.fields.show_blocks([partial(self._block, one.group) for one in self._conflicts.values()])
        self._show_heads()

    def _block(self, group: Group, width: int) -> list[SheetLine]:
        words, taken = self._decided.get(group, ("", None))
        # Asked for while it is painted, so no other widget may be needed here.
        return block(
            width, self._conflicts[group], self._chosen.get(group, 0), words, taken, self.host.glyphs
        )

    def on_side_by_side_moved(self) -> None:
        self._show_heads()

    def on_resize(self) -> None:
        if self.is_mounted and self.query(SideBySide):
            self._show_heads()

    def _show_heads(self) -> None:
        current, chosen, left = self.current, self.chosen, len(self._open)
        count = f"{left} of {len(self._conflicts)} left" if len(self._conflicts) > 1 else ""
        name = self.row.customer or EVERYTHING_ELSE
        self.query_one("#title", Line).show(
            [(name, "strong"), (f" · {what(self.row)}", "")], (count, "muted")
        )
        self.query_one("#kind", Line).show((kind_words(current), "muted"))
        sheet, now, glyphs = self.query_one("#heads", Sheet), self.store.clock(), self.host.glyphs

        def lines(width: int) -> list[SheetLine]:
            return heads(width, current, chosen, now, glyphs, own=lambda side: self._me.wrote(side.writers))

        sheet.styles.height = len(lines(max(1, self.size.width - 2))) + 1
        sheet.show(lines)
        self.refresh_bindings()

    def action_choose(self, by: int) -> None:
        self._chosen[self.current.group] = max(0, min(self.chosen + by, len(self.current.sides) - 1))
        self._show()

    # Deciding

    def _own(self, one: OpenConflict) -> int | None:
        """The place of the side that I wrote and that does not stand; the newest of several."""
        return next(
            (place for place in range(len(one.sides) - 1, 0, -1) if self._me.wrote(one.sides[place].writers)),
            None,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ("choose", "decide", "keep", "take", "take_other", "edit", "keep_all", "take_all"):
            return True
        if not (self.is_mounted and self.query(SideBySide)) or not self._open:
            return False
        if action == "keep_all":
            return len(self._open) > 1
        if action == "take_all":
            return len(self._open) > 1 and any(self._own(one) is not None for one in self._open)
        from radar_tui.store.rows.conflict import SEALED

        one = self.current
        if one.group in self._decided:
            return False
        choice, own = one.kind not in NOTHING_TO_CHOOSE and len(one.sides) > 1, self._own(one)
        return {
            "choose": choice and len(one.sides) > 2,
            "decide": choice and self.chosen > 0,
            "keep": True,
            "take": choice and own is not None,
            "take_other": choice and own is None and len(one.sides) == 2,
            "edit": any(one.columns) and self.row.table not in SEALED,
        }[action]

    def action_decide(self) -> None:
        self._take([(self.current, self.chosen)])

    def action_keep(self) -> None:
        self._keep([self.current])

    def action_take(self) -> None:
        self._take([(self.current, self._own(self.current) or 0)])

    def action_take_other(self) -> None:
        self._take([(self.current, 1)])

    def action_keep_all(self) -> None:
        self._keep(self._open)

    def action_take_all(self) -> None:
        """Only what is mine; the rest stays open."""
        self._take([(one, place) for one in self._open if (place := self._own(one)) is not None])

    def _keep(self, questions: Sequence[OpenConflict]) -> None:
        self._decide({one.group: ("kept", 0) for one in questions}, self.store.conflict.keep_theirs)

    def _take(self, sides: Sequence[tuple[OpenConflict, int]]) -> None:
        ids = [one.sides[place].ids[0] for one, place in sides]
        words = {one.group: ("taken", place) for one, place in sides}
        self._decide(words, lambda _: self.store.conflict.take_mine(ids))

    def _decide(
        self, decided: Mapping[Group, tuple[str, int | None]], write: Callable[[Sequence[str]], object]
    ) -> None:
        """Write what was decided, and show it as such; the cursor goes on to what is left."""
        ids = [id for group in decided for id in self._conflicts[group].ids]
        before = self.store.conflict.standing(ids)
        write(ids)
        self._after(decided, UndoableDecision(ids, before, self.store.conflict.standing(ids)))

    def _after(self, decided: Mapping[Group, tuple[str, int | None]], decision: UndoableDecision) -> None:
        self.remember(lambda: self._take_back(decided, decision), self.taken())
        self._decided |= decided
        if not self._open:
            self._tell(decision)
            what = (
                "What stands was kept" if {words for words, _ in decided.values()} == {"kept"} else "Decided"
            )
            self.host.tell(
                f"{what}: {self.row.words}, {', '.join(one.words for one in self._conflicts.values())}"
            )
            self.action_back()
            return
        self._show()
        self.fields.cursor = list(self._conflicts.values()).index(self._open[0])

    def _take_back(self, decided: Iterable[Group], decision: UndoableDecision) -> None:
        decision.take_back(self.host)
        for group in decided:
            self._decided.pop(group, None)

    def action_edit(self) -> None:
        one = self.current
        before = self.store.conflict.standing(one.ids)

        def closed(saved: str | None) -> None:
            if saved is not None:
                left = self.store.conflict.standing(one.ids)
                self._after({one.group: ("edited", None)}, UndoableDecision(one.ids, before, left))

        self.app.push_screen(
            edit_form(self.store, self.row, one, self.chosen or int(len(one.sides) == 2)), closed
        )
