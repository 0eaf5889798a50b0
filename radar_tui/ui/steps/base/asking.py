"""One line to type into below a step's list: an answer, a note, a date, a want."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.ui.widgets.fields import TextField
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.steps.base.saving import SavingPage


class AskedField(TextField):
    """Enter keeps what was typed, esc drops it, page up and down keep it and go on to another step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "save", tooltip="Keep what was typed"),
        Binding("escape", "drop", "cancel", tooltip="Close without saving"),
        Binding("pagedown", "keep_and_go(1)", "save, next step", show=False, tooltip="Keep it, next step"),
        Binding("pageup", "keep_and_go(-1)", "save, step before", show=False, tooltip="Keep it, the step before"),
        Binding("ctrl+z", "restore", "as it was", show=False, tooltip="Put back what stood there before"),
    ]  # fmt: skip

    @property
    def ask_line(self) -> AskLine:
        return cast("AskLine", self.parent)

    def begin(self, value: str, typed: str | None) -> None:
        """Hold `value` to be edited, or the first letter that was typed in its place."""
        self._original, self._shown = value, one_line(value)
        self.value = self._shown if typed is None else typed
        self.cursor_position = len(self.value)

    def action_keep(self) -> None:
        self.ask_line.keep()

    async def action_keep_and_go(self, by: int) -> None:
        if self.ask_line.keep():
            await cast("SavingPage", self.screen).action_go(by)

    def action_drop(self) -> None:
        self.ask_line.drop()

    def action_restore(self) -> None:
        self.value = self._shown
        self.cursor_position = len(self.value)


class AskLine(Vertical):
    """Hidden until `ask`; then its field has the focus until what was typed is kept or dropped. `home` is the widget
    that has the focus otherwise."""

    DEFAULT_CSS = """
    AskLine { height: 2; display: none; }
    AskLine.-open { display: block; }
    """

    def __init__(self, home: Widget) -> None:
        super().__init__()
        self.home = home
        self._then: Callable[[str], str | None] = lambda _: None
        self._words = ""
        self._warned = False

    def compose(self) -> ComposeResult:
        yield Line()
        yield AskedField()

    @property
    def is_open(self) -> bool:
        return self.has_class("-open")

    @property
    def field(self) -> AskedField:
        return self.query_one(AskedField)

    def ask(
        self,
        words: str,
        then: Callable[[str], str | None],
        *,
        value: str = "",
        typed: str | None = None,
        hint: str = "",
    ) -> None:
        """Ask for a text. `then` gets it and returns what is wrong with it, or None when it is kept.

        `value` stands there to be edited; `typed` replaces it with the first letter that was already typed.
        """
        try:
            cast("SavingPage", self.screen).must_be_open()
        except RadarError as error:
            self.host.say(error)
            return
        self._then, self._warned, self._words = then, False, words
        self._say(hint)
        self.field.begin(value, typed)
        self.add_class("-open")
        self.screen.set_focus(self.field)

    def _say(self, hint: str = "", trouble: str = "") -> None:
        line = self.query_one(Line)
        if trouble:
            line.show((trouble, "late"), "")
        else:
            line.show((self._words, "strong"), (hint, "muted"))

    def keep(self) -> bool:
        """Hand over what was typed; False if it was not taken."""
        try:
            trouble = self._then(self.field.text)
        except RadarError as error:
            trouble = error.message
        if trouble is not None:
            self._say(trouble=trouble)
            return False
        self.close()
        return True

    def drop(self) -> None:
        """Close; what was typed is only thrown away when asked twice."""
        if self.field.changed and not self._warned:
            self._warned = True
            self._say(trouble="Not saved yet: enter saves, esc again drops it")
            return
        self.close()

    def close(self) -> None:
        """Hide and give the focus back."""
        self.remove_class("-open")
        if self.home.is_attached:
            self.screen.set_focus(self.home)

    @property
    def host(self) -> Host:
        return cast("Host", self.app)
