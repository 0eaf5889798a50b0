"""Which checklist a visit follows: the one that fits the customer stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from radar_tui.domain.checklist import fitting_checklists
from radar_tui.domain.text import plural
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.customer import Customer
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.widgets.cells import Part


MOST_LINES = 2


class Offered(NamedTuple):
    """The checklists that fit, where each is from, and how many of one's own cannot be read."""

    checklists: Sequence[Checklist]
    sources: Sequence[str]
    problems: int = 0


class ChooseChecklist(Saying, Ours, ModalScreen[str | None]):
    """Dismissed with what `then` gives for the checklist that is chosen, or None. What `about` says of the one under
    the cursor stands above the list; `then` may raise RadarError, which is said while the list stays."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "this one", priority=True, id="start.choose", tooltip="Go on with this checklist"),
        Binding("escape", "dismiss(None)", "back", id="start.back", tooltip="Leave everything as it is"),
        *HELP_KEYS,
    ]  # fmt: skip

    def __init__(
        self,
        title: list[Part],
        offered: Offered,
        about: Callable[[Checklist], str],
        then: Callable[[Checklist], str],
        first: int = 0,
    ) -> None:
        super().__init__()
        self.heading = title
        self.offered = offered
        self._about, self._then = about, then
        self.first = first

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(self.heading)
            yield Sheet(id="about")
            yield RowTable(
                [ListColumn("Checklist", 24, grow=True), ListColumn("Steps", 8), ListColumn("From", 18)],
                head=False,
            )
            yield Line((self._problem_words(), "due"), id="problems")
            yield KeyBar()

    def on_row_table_moved(self) -> None:
        """What choosing it does goes by the checklist."""
        words = self._about(self.chosen) if self.chosen else ""
        self.query_one("#about", Sheet).show(
            lambda width: [[(line, "muted")] for line in wrapped(words, width, MOST_LINES)]
        )

    @property
    def chosen(self) -> Checklist | None:
        """The checklist under the cursor."""
        found = self.offered.checklists
        return found[self.query_one(RowTable).cursor] if found else None

    def _problem_words(self) -> str:
        if not self.offered.problems:
            return ""
        return f"{plural(self.offered.problems, 'problem')} in checklists of your own: `radar checklists` says where."

    def on_mount(self) -> None:
        table = self.query_one(RowTable)
        rows = [
            ListRow(one.key, [one.title, (plural(len(one.steps), "step"), "muted"), (source, "muted")])
            for one, source in zip(self.offered.checklists, self.offered.sources, strict=True)
        ]
        table.show_rows(rows, cursor=self.first)
        table.styles.height = min(max(1, len(rows)), 10)
        self.query_one("#problems").display = bool(self.offered.problems)
        table.focus()
        self.on_row_table_moved()

    def action_choose(self) -> None:
        if (checklist := self.chosen) is not None:
            self.dismiss(self._then(checklist))


def offered_for(app: Host, customer: Customer | None) -> Offered:
    """The checklists that fit a customer (None: ourselves), the one that fits best first."""
    from radar_tui.checklists.loader import library
    from radar_tui.paths import user_checklists

    known = library(user_checklists())
    fitting = fitting_checklists(app.store.checklist.available(user_checklists()), customer)
    sources = [known.sources.get(one.key, "an earlier visit") for one in fitting]
    return Offered(fitting, sources, len(known.problems))


def other_checklists(
    app: Host, book: Book, about: Callable[[Checklist], str], then: Callable[[Checklist], str]
) -> ChooseChecklist:
    """Asks which checklist a visit goes on with, of those that fit beside its own."""
    found = offered_for(app, book.customer)
    others = [
        (one, source)
        for one, source in zip(found.checklists, found.sources, strict=True)
        if one != book.checklist
    ]
    return ChooseChecklist(
        [("Instead of  ", "muted"), (str(book.checklist.title), "strong")],
        Offered([one for one, _ in others], [source for _, source in others], found.problems),
        about,
        then,
    )
