"""Our promises, kept or not in the customer's eyes, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.promise import MOST_PROMISES, Want, decided
from radar_tui.domain.room import is_ours, mark_after
from radar_tui.domain.text import plural
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import ListPane
from radar_tui.ui.steps.base.promise_rows import COLUMNS, SAID, STYLES, in_full, promise_rows
from radar_tui.ui.steps.base.step import Marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.promise import WantDecision
    from radar_tui.store.lists.visit import VisitPromiseRow, VisitWantRow
    from radar_tui.ui.widgets.cells import ListCell, ListColumn, Part

KEYS: dict[str, bool | None] = {"y": True, "n": False, "x": None}


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """Checked of all promises."""
    promises = [row for row in VisitLists(book.store, book.visit).promises(book.today) if not row.new]
    checked = sum(promise.checked for promise in promises)
    return StepTally(
        bool(promises) and checked == len(promises), f"{checked}/{len(promises)}" if promises else ""
    )


def recap(book: Book, step: Step) -> ListCell:
    """What was kept, and what they ask for."""
    lists = VisitLists(book.store, book.visit)
    checked = [promise for promise in lists.promises(book.today) if promise.checked]
    wants = [want.title for want in lists.wants() if want.today and not book.hides(want.ours, want.title)]
    parts: list[Part] = []
    for kept, words in SAID.items():
        if count := sum(promise.kept is kept for promise in checked):
            parts += [(", " if parts else "", ""), (f"{count} {words}", STYLES[kept])]
    if wants:
        parts += [("; " if parts else "", ""), (book.seen(f"they ask for: {', '.join(wants)}"), "")]
    return parts


class Pane(ListPane):
    """One key a promise; below, what they asked for."""

    columns: ClassVar[Sequence[ListColumn]] = COLUMNS
    empty = """No promises yet: here the customer says whether we keep them.
Press a to make one, w for what they ask for."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say('y')", "kept", id="promises.kept", tooltip="They say we kept it"),
        Binding("n", "say('n')", "not kept", id="promises.broken", tooltip="They say we did not keep it"),
        Binding("x", "say('x')", "not asked", id="promises.not_asked", tooltip="Not asked today"),
        Binding("w", "want", "they ask for", id="promises.want", tooltip="Note something they ask us for"),
        Binding("plus", "want", "they ask for", show=False, key_display="+", tooltip="Note something they ask us for"),
        Binding("a", "promise", "new promise", id="promises.add", tooltip="Make one of our three promises"),
        Binding("t", "tie", "tie", id="promises.tie", tooltip="Tie what they ask for to a promise, the next, none"),
        Binding("s", "serve", "served", id="promises.serve", tooltip="We serve what they ask for, or it is open again"),
        Binding("p", "park", "park", id="promises.park", tooltip="Park what they ask for, with the reason"),
        Binding("ctrl+n", "note", "note", id="promises.note", tooltip="A note on this line"),
        Binding("e,enter", "edit", "edit", show=False, tooltip="Change the words of what they ask for"),
        Binding("backspace,delete", "take_back", "take back", show=False, tooltip="Take this line back"),
        Binding("i", "about", "about", show=False, id="promises.about", tooltip="Where each figure comes from"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.promises: dict[str, VisitPromiseRow] = {}
        self.wants: dict[str, VisitWantRow] = {}
        self._decided: set[str] = set()
        self._may_promise = True
        unchecked = [row.id for row in self.lists.promises(book.today) if not (row.checked or row.new)]
        self._resume_at = unchecked[0] if unchecked else ""

    @property
    def checks(self) -> PromiseChecks:
        return PromiseChecks(self.store)

    def reload(self) -> None:
        first = not self.promises
        self.promises = {promise.id: promise for promise in self.lists.promises(self.book.today)}
        wants = [row for row in self.lists.wants(self._decided) if not self.book.hides(row.ours, row.title)]
        self.wants = {want.id: want for want in wants}
        self._may_promise = len(self.store.promise.in_force(self.book.today)) < MOST_PROMISES
        checked = sum(promise.checked for promise in self.promises.values())
        asked = sum(want.today for want in self.wants.values())
        asked_about = sum(not promise.new for promise in self.promises.values())
        words = f"{checked} of {plural(asked_about, 'promise')} checked" if asked_about else ""
        self.head((f"{words}   {plural(asked, 'want')}" if asked else words, "muted"))
        self._paint()
        if first:
            self.table.go_to(self._resume_at)

    def _paint(self) -> None:
        here = self.table.current
        at = here.key if here is not None else next(iter(self.promises), "")
        self.show_rows(promise_rows(self, self.promises.values(), self.wants.values(), at))

    def moved(self) -> None:
        self._paint()
        self.refresh_bindings()

    def in_full(self, key: str) -> str:
        row = self.promises.get(key) or self.wants.get(key)
        if row is None:
            return ""
        return in_full(self.book, row, self.wants[key].promise if key in self.wants else "")

    def _promise(self) -> VisitPromiseRow | None:
        here = self.table.current
        return self.promises.get(here.key) if here else None

    def _want(self) -> VisitWantRow | None:
        here = self.table.current
        return self.wants.get(here.key) if here else None

    # Keys

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        if action == "say":
            return self.is_mounted and (row := self._promise()) is not None and not row.new
        if action in ("tie", "serve", "park"):
            return self.is_mounted and self._want() is not None
        return action != "promise" or self._may_promise

    def action_say(self, key: str) -> None:
        """Commit what the customer says, then move on."""
        if (promise := self._promise()) is not None and not promise.new:
            self._put(promise, KEYS[key])
            self.table.action_move(1)

    def _put(self, promise: VisitPromiseRow, kept: bool | None, note: str | None = None) -> str | None:
        checks, visit = self.checks, self.book.visit.id
        before = checks.of(visit, promise.id)
        self.save(
            lambda: checks.put(visit, promise.id, kept, note),
            key=promise.id,
            words=SAID[kept],
            undo=lambda: checks.put_back(visit, promise.id, before),
        )
        return None

    def action_take_back(self) -> None:
        """A check or a want of today is taken back."""
        checks, wants, visit = self.checks, self.store.want, self.book.visit.id
        promise, want = self._promise(), self._want()
        if promise is not None and promise.checked:
            before = checks.of(visit, promise.id)
            self.save(
                lambda: checks.put_back(visit, promise.id, None),
                key=promise.id,
                undo=lambda: checks.put_back(visit, promise.id, before),
            )
        elif want is not None and want.today:
            row = wants.get(want.id)
            self.save(lambda: wants.delete(row.id), key=row.id, undo=lambda: wants.save(row))

    def action_note(self) -> None:
        promise, want = self._promise(), self._want()
        if promise is not None and promise.new:
            self.host.tell("Made today: from the next visit on.")
        elif promise is not None:
            self.may_open(promise.note, promise.ours)

            def keep(text: str) -> str | None:
                self.typed(promise.note, text)
                # A sync may have brought what they say while this was typed.
                now = self.promises.get(promise.id, promise)
                return self._put(now, now.kept, text.strip())

            self.ask_line.ask("Note", keep, value=promise.note)
        elif want is not None:
            self.may_open(want.note)
            self.ask_line.ask("Note", lambda text: self._change(want.id, note=text.strip()), value=want.note)

    def action_edit(self) -> None:
        if (want := self._want()) is None:
            self.action_note()
            return
        self.may_open(want.title)

        def keep(text: str) -> str | None:
            return self._change(want.id, title=text.strip()) if text.strip() else "Say what they ask for"

        self.ask_line.ask("They ask for", keep, value=want.title)

    def _change(self, want_id: str, **values: str) -> str | None:
        before = self.store.want.get(want_id)
        ours = mark_after(before.ours, before.title, values.get("title", before.title))
        after = before.model_copy(update={**values, "ours": ours})
        if after.decision == "parked" and not after.note:
            return "Say why it is parked"
        self._keep(before, after)
        self.typed(before.title, after.title)
        return None

    # What they ask for, decided

    def _decide(self, want: VisitWantRow, decision: WantDecision, note: str | None = None) -> None:
        before = self.store.want.get(want.id)
        after = decided(before, decision, before.note if note is None else note, before.promise_id)
        self._keep(before, after)

    def _keep(self, before: Want, after: Want) -> None:
        """What is decided here stays in view, to see it and to think again."""
        wants = self.store.want
        self._decided.add(before.id)
        self.save(
            lambda: wants.change(before, after),
            key=before.id,
            words=after.decision,
            undo=lambda: wants.change(after, before),
        )

    def action_serve(self) -> None:
        """We do what they ask for; the same key opens it again."""
        if (want := self._want()) is not None:
            self._decide(want, "open" if want.decision == "served" else "served")

    def action_park(self) -> None:
        """Not now, with the reason that the customer hears."""
        if (want := self._want()) is None:
            return
        self.may_open(want.note)

        def keep(text: str) -> str | None:
            if not text.strip():
                return "Say why it is parked"
            self._decide(want, "parked", text)
            return None

        self.ask_line.ask("Parked because", keep, value=want.note)

    def action_tie(self) -> None:
        """To the first promise, the next one, and to none after the last."""
        if (want := self._want()) is None:
            return
        if not self.promises:
            self.host.tell("No promises yet: a makes one.")
            return
        before = self.store.want.get(want.id)
        ids: list[str | None] = [*self.promises, None]
        place = ids.index(before.promise_id) + 1 if before.promise_id in ids else 0
        self._keep(before, before.model_copy(update={"promise_id": ids[place % len(ids)]}))

    def action_promise(self) -> None:
        """One of our three promises, made on the spot."""
        from radar_tui.ui.forms.ourselves import promise_form
        from radar_tui.ui.frame.form import after_saving

        self.visit_screen.must_be_open()
        self.app.push_screen(promise_form(self.host, None), after_saving(self.host))

    def action_want(self) -> None:
        """Something they ask for."""
        from radar_tui.store.ids import new_id

        wants, visit = self.store.want, self.book.visit

        def keep(text: str) -> str | None:
            if not text.strip():
                return "Say what they ask for"
            ours = mark_after(None, "", text)
            want = Want(id=new_id(), customer_id=visit.customer_id, visit_id=visit.id, title=text, ours=ours)
            self.save(lambda: wants.save(want), key=want.id, undo=lambda: wants.delete(want.id))
            self.typed("", text)
            self.table.go_to(want.id)
            return None

        self.ask_line.ask("They ask for", keep, hint="enter saves")

    def to_mark(self) -> Marked | None:
        promise, want = self._promise(), self._want()
        if want is not None:
            return Marked(self.store.want, want.id, is_ours(want.ours, want.title))
        check = self.checks.of(self.book.visit.id, promise.id) if promise and promise.note else None
        return Marked(self.checks, check.id, is_ours(check.ours, check.note)) if check else None

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import PROMISES, AboutScreen

        self.app.push_screen(AboutScreen(PROMISES))
