"""The first line of the main screens: product, the five screens, BRM, unsynced, date."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.widget import Widget

from radar_tui.domain.text import one_line
from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content

    from radar_tui.ui.app import RadarApp

MAIN_SCREENS: tuple[tuple[str, str, str], ...] = (
    ("1", "radar", "Radar"),
    ("2", "follow_ups", "Follow-ups"),
    ("3", "company", "Company"),
    ("4", "ourselves", "Ourselves"),
    ("5", "sync", "Sync"),
)


class HeaderLine(Widget):
    """One line; a click on a screen's name goes there."""

    DEFAULT_CSS = "HeaderLine { height: 1; dock: top; padding: 0 1; color: $muted; }"

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here

    def _labels(self) -> list[tuple[str, str]]:
        return [(f" {key} {words} ", name) for key, name, words in MAIN_SCREENS]

    def _product(self) -> str:
        return f"{self._radar.glyphs.product} Radar  "

    @property
    def _radar(self) -> RadarApp:
        return cast("RadarApp", self.app)

    def render(self) -> Content:
        app = self._radar
        left: list[tuple[str, str]] = [(self._product(), "accent")]
        left += [(label, "on" if name == self.here else "muted") for label, name in self._labels()]
        right = [one_line(app.brm_name), app.unsynced_words(), app.today_words()]
        room = self.content_size.width - sum(cell_len(text) for text, _ in left)
        while len(right) > 1 and sum(cell_len(text) + 2 for text in right if text) > room:
            right.pop(0)
        words = "  ".join(text for text in right if text)
        return content([*left, (" " * max(1, room - cell_len(words)), ""), (words, "muted")])

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x - cell_len(self._product())
        for label, name in self._labels():
            if 0 <= x < cell_len(label):
                self._radar.action_main(name)
                return
            x -= cell_len(label)
