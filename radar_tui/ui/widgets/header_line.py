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

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.base.place import Main

MAIN_SCREENS: tuple[tuple[str, Main, str, str], ...] = (
    ("1", "radar", "Radar", "Whom to visit, and why"),
    ("2", "follow_ups", "Follow-ups", "Answers to act on"),
    ("3", "company", "Company", "Our own scores"),
    ("4", "ourselves", "Ourselves", "Promises, colleagues, price list"),
    ("5", "sync", "Sync", "This database and the team's"),
)
"""Key, name, words, and what stands there."""

GAP = 2


class HeaderLine(Widget):
    """One line; a click on a screen's name goes there."""

    DEFAULT_CSS = "HeaderLine { height: 1; dock: top; padding: 0 1; color: $muted; }"

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here

    def _labels(self) -> list[tuple[str, Main]]:
        count = self._radar.conflicts
        waiting = f" {self._radar.glyphs.due}{count}" if count else ""
        return [
            (f" {key} {words}{waiting if name == 'sync' else ''} ", name)
            for key, name, words, _ in MAIN_SCREENS
        ]

    def _product(self) -> str:
        return f"{self._radar.glyphs.product} Radar  "

    @property
    def _radar(self) -> Host:
        return cast("Host", self.app)

    def render(self) -> Content:
        left: list[tuple[str, str]] = [(self._product(), "accent")]
        left += [(label, "on" if name == self.here else "muted") for label, name in self._labels()]
        room = self.content_size.width - sum(cell_len(text) for text, _ in left)
        right = self._right(room - 1)
        space = " " * max(1, room - sum(cell_len(text) for text, _ in right))
        return content([*left, (space, ""), *right])

    def _right(self, room: int) -> list[tuple[str, str]]:
        """BRM, unsynced, date: as much of it as fits into `room` cells; what is unsynced goes last."""
        app = self._radar
        brm, unsynced, today = one_line(app.brm_name), app.unsynced_words(), app.today_words()
        short = unsynced.rpartition(" ")[0]
        found: tuple[str, ...] = (today,)
        for found in (
            (brm, unsynced, today),
            (brm, short, today),
            (unsynced, today),
            (short, today),
            (unsynced or today,),
            (short or today,),
        ):
            found = tuple(text for text in found if text)
            if sum(map(cell_len, found)) + GAP * (len(found) - 1) <= room:
                break
        parts: list[tuple[str, str]] = []
        for text in found:
            parts += [(" " * GAP, "")] if parts else []
            if unsynced and text in (unsynced, short):
                mark, _, words = text.partition(" ")
                parts += [(mark, "due"), (f" {words}", "muted")]
            else:
                parts.append((text, "muted"))
        return parts

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x - cell_len(self._product())
        for label, name in self._labels():
            if 0 <= x < cell_len(label):
                self._radar.go_main(name)
                return
            x -= cell_len(label)
