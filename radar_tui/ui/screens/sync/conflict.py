"""The conflicts of one row side by side: before, what stands, and what the other wrote; with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from radar_tui.domain.text import one_line
from radar_tui.store.schema.touched import EVERYTHING_ELSE
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.screens.sync.conflict_rows import NOTHING_TO_CHOOSE, Written, entries, heads
from radar_tui.ui.screens.sync.rows import KINDS, what
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.side_by_side import Compared, SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.changes import Columns
    from radar_tui.store.rows.conflict import ConflictRow, OpenConflict
    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.frame.form import FormScreen

ELSEWHERE = "decided meanwhile"


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
        Binding("k", "keep", "keep theirs", id="conflict.keep", tooltip="What stands stays"),
        Binding("k", "leave", "leave as it is", id="conflict.leave", tooltip="What stands stays"),
        Binding("m", "take", "take mine", id="conflict.take", tooltip="Write mine in place of what stands"),
        Binding(
            "m", "take_other", "take the other", id="conflict.other", tooltip="Write what does not stand"
        ),
        Binding("e", "edit", "edit", id="conflict.edit", tooltip="Write something else"),
        Binding("K", "keep_all", "all theirs", id="conflict.keep_all", tooltip="Every field: what stands"),
        Binding(
            "M", "take_all", "all mine", id="conflict.take_all", tooltip="Every field: what does not stand"
        ),
        Binding("escape", "back", "back", id="conflict.back", tooltip="Back to the list"),
    ]

    def __init__(self, row: ConflictRow, told: Callable[[UndoableDecision], None]) -> None:
        super().__init__()
        self.row = row
        self._tell = told
        self._conflicts: dict[str, OpenConflict] = {conflict.id: conflict for conflict in row.conflicts}
        self._decided: dict[str, str] = {}
        self._written: Mapping[int, Written] = {}

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
    def _open(self) -> list[str]:
        return [id for id in self._conflicts if id not in self._decided]

    def on_mount(self) -> None:
        self.query_one("#heads", Sheet).can_focus = False
        self.fields.focus()

    # Reading

    def reload(self) -> None:
        self._show()
        self.in_background("conflict", self._read, self._show_read)

    def _read(self, store: Store) -> tuple[ConflictRow | None, Mapping[int, Written]]:
        here = (self.row.table, self.row.key)
        found = next((row for row in store.conflict.open_rows() if (row.table, row.key) == here), None)
        return found, entries(store, {conflict.entry for conflict in self._conflicts.values()})

    def _show_read(self, read: tuple[ConflictRow | None, Mapping[int, Written]]) -> None:
        """What is open now; what is not, and was not decided here, somebody else decided."""
        row, self._written = read
        still = {conflict.id: conflict for conflict in row.conflicts} if row else {}
        for id in self._open:
            if id not in still:
                self._decided[id] = ELSEWHERE
        self._conflicts |= still
        self._show()

    # Painting

    def _show(self) -> None:
        self.fields.show_fields([self._compared(conflict) for conflict in self._conflicts.values()])
        self._show_heads()

    def on_side_by_side_moved(self) -> None:
        self._show_heads()

    def _show_heads(self) -> None:
        current, left = self.current, len(self._open)
        count = f"{left} of {len(self._conflicts)} left" if len(self._conflicts) > 1 else ""
        name = self.row.customer or EVERYTHING_ELSE
        self.query_one("#title", Line).show(
            [(name, "strong"), (f" · {what(self.row)}", "")], (count, "muted")
        )
        self.query_one("#kind", Line).show((KINDS.get(current.kind, ""), "muted"))
        now, written = self.store.clock(), self._written.get(current.entry)
        own = self._is_mine(current)
        self.query_one("#heads", Sheet).show(lambda width: heads(width, current, written, now, own=own))
        self.refresh_bindings()

    def _compared(self, conflict: OpenConflict) -> Compared:
        decision, glyphs = self._decided.get(conflict.id), self.host.glyphs
        words = "whole row" if conflict.column is None else one_line(conflict.words)
        label = words[:1].upper() + words[1:] + (f"\n{glyphs.done} {decision}" if decision else "")
        stands, mine = ("", "") if decision is None else ("muted", "muted")
        if decision == "kept":
            stands = "strong"
        elif decision == "taken":
            mine = "strong"
        # Fields of a whole row stand below each other.
        texts = [
            text.replace(" · ", "\n") if conflict.column is None else text
            for text in (conflict.base, conflict.kept, conflict.mine)
        ]
        return Compared(label, ((texts[0], "muted"), (texts[1], stands), (texts[2], mine)))

    def _is_mine(self, conflict: OpenConflict) -> bool:
        return not conflict.author or one_line(conflict.author) == one_line(self.host.brm_name)

    # Deciding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ("keep", "leave", "take", "take_other", "edit", "keep_all", "take_all"):
            return True
        if not (self.is_mounted and self.query(SideBySide)) or not self._open:
            return False
        if action.endswith("_all"):
            return len(self._open) > 1
        from radar_tui.store.rows.conflict import SEALED

        conflict = self.current
        if conflict.id in self._decided:
            return False
        choice, own = conflict.kind not in NOTHING_TO_CHOOSE, self._is_mine(conflict)
        return {
            "keep": choice and own,
            "leave": not (choice and own),
            "take": choice and own,
            "take_other": choice and not own,
            "edit": conflict.column is not None and self.row.table not in SEALED,
        }[action]

    def action_keep(self) -> None:
        self._decide([self.current.id], "kept", self.store.conflict.keep_theirs)

    action_leave = action_keep

    def action_take(self) -> None:
        self._decide([self.current.id], "taken", self.store.conflict.take_mine)

    action_take_other = action_take

    def action_keep_all(self) -> None:
        self._decide(self._open, "kept", self.store.conflict.keep_theirs)

    def action_take_all(self) -> None:
        self._decide(self._open, "taken", self.store.conflict.take_mine)

    def _decide(self, ids: Sequence[str], words: str, write: Callable[[Sequence[str]], None]) -> None:
        ids = self.store.conflict.together(ids)
        before = self.store.conflict.standing(ids)
        write(ids)
        self._after(ids, before, words)

    def _take_back(self, decision: UndoableDecision) -> None:
        decision.take_back(self.host)
        for id in decision.ids:
            self._decided.pop(id, None)

    def _after(self, ids: Sequence[str], before: Mapping[RowKey, Columns | None], words: str) -> None:
        """What was written is shown as decided; the cursor goes on to what is left, and after the last one back."""
        decision = UndoableDecision(ids, before, self.store.conflict.standing(ids))
        self.remember(lambda: self._take_back(decision), self.taken())
        self._decided |= dict.fromkeys(decision.ids, words)
        if not self._open:
            self._tell(decision)
            what = "What stands was kept" if words == "kept" else "Decided"
            self.host.tell(
                f"{what}: {self.row.words}, {', '.join(conflict.words for conflict in self._conflicts.values())}"
            )
            self.action_back()
            return
        self._show()
        self.fields.cursor = list(self._conflicts).index(self._open[0])

    def action_edit(self) -> None:
        conflict = self.current
        before = self.store.conflict.standing([conflict.id])

        def closed(saved: str | None) -> None:
            if saved is not None:
                self._after([conflict.id], before, "edited")

        self.app.push_screen(edit_form(self.store, self.row, conflict), closed)


def edit_form(store: Store, row: ConflictRow, conflict: OpenConflict) -> FormScreen:
    """A third value for a field in conflict, read as people write it."""
    from radar_tui.domain.changes import NOTHING
    from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

    start = "" if conflict.mine == NOTHING else conflict.mine

    def save(values: FormValues) -> str:
        store.conflict.edit(conflict.id, str(values["text"] or ""))
        return conflict.id

    title = f"{row.customer or EVERYTHING_ELSE} · {what(row)}"
    field = FormField("text", conflict.words[:1].upper() + conflict.words[1:], value=start)
    return FormScreen(title, [field], save)
