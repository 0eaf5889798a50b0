"""The last thing the BRM reads before the customer holds the laptop: who, in which language, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from radar_tui.ui.base.ours import Ours
from radar_tui.ui.forms.common import LANGUAGES
from radar_tui.ui.steps.handing_over.screen import CHORD
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.widgets.cells import ListCell


class Handing(NamedTuple):
    """To whom, in which language (ISO 639-1), which questions in words; `resting` says until when, `absent` that
    they are not down as in the room."""

    name: str
    title: str
    language: str
    questions: str
    resting: str = ""
    absent: bool = False


class BeforeHandOver(Ours, ModalScreen[str | None]):
    """Dismissed with the language to ask in, or None. Who rests is only asked after the BRM has said so."""

    CSS_PATH = "before.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hand_over", "hand over", tooltip="Clear the screen for the contact"),
        Binding("o", "override", "ask anyway", tooltip="Ask although the contact rests"),
        Binding("l", "language", "language", tooltip="Ask in the next language, this time only"),
        Binding("escape", "cancel", "not yet", tooltip="Back to the step"),
        *HELP_KEYS,
    ]

    def __init__(self, handing: Handing) -> None:
        super().__init__()
        self.handing = handing
        self.language = handing.language if handing.language in dict(LANGUAGES) else "en"
        self.refused = bool(handing.resting)

    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Line(id="who")
            for name in ("language", "questions", "room", "rest", "back", "chord"):
                with Horizontal(id=name):
                    yield Line(classes="-label")
                    yield Line(classes="-value")
            yield KeyBar()

    def on_mount(self) -> None:
        self._show()
        settings = cast("Host", self.app).settings
        if settings.country:
            from radar_tui.store.rows.working_time import working_time

            # Loading the holidays is felt: while the BRM reads this, not while the customer seals.
            self.app.run_worker(partial(working_time, settings), thread=True, exit_on_error=False)

    def _show(self) -> None:
        handing = self.handing
        before = "Not now: " if self.refused else "Hand the laptop to "
        self.query_one("#who", Line).show(
            [(before, ""), (handing.name, "strong"), (f", {handing.title}" if handing.title else "", "muted")]
        )
        self._line("language", "Asked in", str(dict(LANGUAGES)[self.language]))
        self._line("questions", "Questions", handing.questions)
        self._line("room", "In the room", "not according to the step People" if handing.absent else "")
        rest: ListCell = (handing.resting, "due" if self.refused else "") if handing.resting else ""
        self._line("rest", "Rest" if self.refused else "Asked anyway", rest)
        self._line("back", "To come back", [(CHORD, "accent")] if not self.refused else "")
        self._line("chord", "", ("until then nothing of ours shows", "muted") if not self.refused else "")
        self.refresh_bindings()

    def _line(self, name: str, label: str, value: ListCell) -> None:
        line = self.query_one(f"#{name}")
        line.display = bool(value)
        line.query_one(".-label", Line).show((label, "muted"))
        line.query_one(".-value", Line).show(value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("hand_over", "language"):
            return not self.refused
        return self.refused if action == "override" else True

    def action_hand_over(self) -> None:
        self.dismiss(self.language)

    def action_override(self) -> None:
        self.refused = False
        self._show()

    def action_language(self) -> None:
        """The next of the languages that the questions are written in."""
        self.language = next_language(self.language)
        self._show()

    def action_cancel(self) -> None:
        self.dismiss(None)


def next_language(code: str) -> str:
    """The language after `code` among those the two questions ship in; the first after any other."""
    codes = [str(known) for known, _ in LANGUAGES]
    return codes[(codes.index(code) + 1) % len(codes)] if code in codes else codes[0]
