"""What the customer sees: two questions, one after the other, and thanks. Nothing of ours but our company's name.

Each answer is sealed the moment the contact presses enter, so that no later fault can lose it. Until the laptop is
handed back they may still go back and change their mind: then the first answer is voided and the new one is sealed
beside it, for what is sealed is never edited.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from radar_tui.domain.text import one_line
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.frame.drafts import Unwritten
from radar_tui.ui.steps.handing_over.entered import Asking, Entered, HandedBack
from radar_tui.ui.widgets.cells import shortened
from radar_tui.ui.widgets.fields import TextField
from radar_tui.ui.widgets.hint_line import Hint, HintLine
from radar_tui.ui.widgets.scale import Scale
from radar_tui.ui.widgets.wrapping import balanced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from radar_tui.domain.nps import ResponseQuestion

CHORD_SECONDS = 3.0
CHORD = "ctrl+g then ctrl+r"
"""The way back in words: two different keys, so that neither a slip nor a key held down opens our screens; no
terminal, multiplexer or shell keeps them for itself, and no text field uses them."""

LONGEST_NAME = 60
"""Cells of a name, so that it never hides the question."""
GLUE = "\u00a0"
"""Holds the words of a name on one line."""


class HandedOverScreen(Ours, Unwritten, Screen[HandedBack]):
    """Opened by the BRM, left only by the chord. `seal(question, score, reason)` commits and never raises; False if
    the disk did not take it yet, which the contact does not notice: only the words that all is kept are left out."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (19, "-low"), (27, "-high")]
    handed_over = True
    keeps_digits = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("tab,down", "reason", show=False),
        Binding("shift+tab,up", "before", show=False),
        Binding("backspace", "back", show=False),
        Binding("ctrl+g", "chord(0)", show=False, priority=True),
        Binding("ctrl+r", "chord(1)", show=False, priority=True),
        # Textual would copy, quit or ask whether to quit.
        Binding("ctrl+c,super+c,ctrl+q,ctrl+p", "nothing", show=False, priority=True),
    ]

    def __init__(self, asking: Asking, seal: Callable[[ResponseQuestion, int, str], bool]) -> None:
        super().__init__()
        self.asking = asking
        self.given = [Entered() for _ in asking.questions]
        self.at = 0
        self._seal = seal
        self._kept = True
        self._unchosen = False
        self._chord_begun: float | None = None

    # What it shows

    def compose(self) -> ComposeResult:
        words = self.asking.words
        with Vertical(id="page"):
            yield Static(id="question")
            yield Scale(words.low, words.high)
            yield Static(id="reason-asked")
            with Horizontal(id="reason-line"):
                yield TextField(id="reason")
            yield Static(id="who")
        yield Static(id="thanks")
        yield HintLine(id="keys")

    @property
    def scale(self) -> Scale:
        return self.query_one(Scale)

    @property
    def reason(self) -> TextField:
        return self.query_one("#reason", TextField)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self.scale.tall = event.size.height >= 32
        self._show_words()

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def _show(self) -> None:
        """The question we are at, as far as it is answered; thanks after the last."""
        self._unchosen = False
        done = self.at == len(self.given)
        self.set_class(done, "-done")
        if done:
            self.set_focus(None)
        else:
            given = self.given[self.at]
            self.scale.show(given.score)
            self.reason.value = given.reason
            self.scale.focus()
        self._show_words()
        self._show_keys()

    def _show_words(self) -> None:
        words, width = self.asking.words, max(10, min(self.app.size.width - 4, 64))
        if self.at == len(self.given):
            thanks = words.thanked(shortened(self.asking.name.strip(), LONGEST_NAME))
            kept = [*balanced(thanks, width), ""] if self._kept else []
            self._put("#thanks", [*kept, *balanced(words.hand_back, width)])
            return
        company = shortened(self.asking.company.strip(), LONGEST_NAME)
        if cell_len(company) <= width // 2:
            company = company.replace(" ", GLUE)
        asked = words.question(self.asking.questions[self.at], company)
        self._put("#question", balanced(one_line(asked), width))
        place = words.progress(self.at + 1, len(self.given)) if len(self.given) > 1 else ""
        name = shortened(self.asking.name.strip(), LONGEST_NAME)
        self._put("#who", [" · ".join(part for part in (name, place) if part)])
        self._show_asked()

    def _show_asked(self) -> None:
        """What is asked beside the number: to choose one, or for the reason; in the same words whatever was chosen."""
        words = self.asking.words
        asked = words.reason_again if self.given[self.at].asked_again else words.reason
        width = max(10, min(self.app.size.width - 4, 76))
        self._put("#reason-asked", balanced(words.choose_first if self._unchosen else asked, width))

    def _put(self, selector: str, lines: Sequence[str]) -> None:
        self.query_one(selector, Static).update(Content("\n".join(lines)))

    def _show_keys(self) -> None:
        words = self.asking.words
        last = self.at >= len(self.given) - 1
        hints = [
            Hint("0–10", words.choose, "screen.choose"),
            Hint("tab", words.give_reason, "screen.reason"),
            Hint("enter", words.finish if last else words.next, "screen.next"),
        ]
        if self.at > 0:
            hints.append(Hint(getattr(self.app, "glyphs", UNICODE).erase, words.back, "screen.back"))
        self.query_one(HintLine).show(hints)

    # What the contact does

    def on_key(self, event: events.Key) -> None:
        """Letters typed on the scale begin the reason: nobody has to know of tab, and none of them is lost."""
        self._chord_begun = None
        letter = event.character
        if letter is not None and letter.isalpha() and self.scale.has_focus:
            event.stop()
            self.reason.focus()
            self.reason.cursor_position = len(self.reason.value)
            self.reason.insert_text_at_cursor(letter)

    def on_input_changed(self, event: TextField.Changed) -> None:
        event.stop()
        self._chord_begun = None

    def on_scale_picked(self, event: Scale.Picked) -> None:
        event.stop()
        self._chord_begun = None
        self._given().score = event.score
        self._unchosen = False
        self._show_asked()

    def on_input_submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self.action_next()

    def _given(self) -> Entered:
        """What is entered for the question we are at, with the reason as it stands in the field."""
        given = self.given[self.at]
        given.reason = self.reason.text
        return given

    def action_choose(self) -> None:
        if self.at < len(self.given):
            self.scale.focus()

    def action_reason(self) -> None:
        """To the reason, and from there to the scale again."""
        if self.at < len(self.given):
            (self.scale if self.reason.has_focus else self.reason).focus()

    def action_before(self) -> None:
        """From the reason to the scale, from there to the question before."""
        if self.reason.has_focus:
            self.scale.focus()
        else:
            self.action_back()

    def action_back(self) -> None:
        """The question before, until the last is answered."""
        if 0 < self.at < len(self.given):
            self._given()
            self.at -= 1
            self._show()

    def action_next(self) -> None:
        """Seal what was chosen, then go on. Without a choice the question stays and says so; without a reason it is
        asked for once more, with the answer on the disk."""
        if self.at == len(self.given):
            return
        given = self._given()
        self._unchosen = given.score is None
        if given.score is None:
            self.scale.focus()
            self._show_asked()
            return
        self._seal_at(self.at)
        if given.asked_again or given.reason.strip():
            self.at += 1
            self._show()
        else:
            given.asked_again = True
            self.reason.focus()
            self._show_asked()

    def _seal_at(self, index: int) -> None:
        given = self.given[index]
        if given.waits and given.score is not None:
            kept = self._seal(self.asking.questions[index], given.score, given.reason)
            self._kept = self._kept and kept
            given.sealed = (given.score, given.reason)

    def not_saved(self) -> list[tuple[str, str]]:
        """What was chosen without enter, should Radar have to end: who and which question, and the answer."""
        return [
            (f"{self.asking.name}, {question}", f"{given.score}  {given.reason}".strip())
            for question, given in zip(self.asking.questions, self.given, strict=True)
            if given.waits
        ]

    # What only the BRM does

    def action_nothing(self) -> None:
        """A key that must not do what it does elsewhere."""

    def action_chord(self, half: int) -> None:
        """The first half is remembered for a moment, the second goes back if it is the very next key."""
        now = monotonic()
        begun, self._chord_begun = self._chord_begun, now if half == 0 else None
        if half == 1 and begun is not None and now - begun <= CHORD_SECONDS:
            self._hand_back()

    def _hand_back(self) -> None:
        """A choice without enter is an answer too: it is sealed, and the BRM hears of it."""
        if self.at < len(self.given):
            self._given()
        unconfirmed = [index for index, given in enumerate(self.given) if given.waits]
        for index in unconfirmed:
            self._seal_at(index)
        self.dismiss(
            HandedBack(
                [self.asking.questions[index] for index in unconfirmed],
                [given.reason for given in self.given if given.score is None and given.reason.strip()],
            )
        )
