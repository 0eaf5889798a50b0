"""The first line of the main screens: product, the five screens, BRM, unsynced, date."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from radar_tui.domain.text import one_line
from radar_tui.ui.glyphs import UNICODE

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

    def render(self) -> Content:
        from radar_tui.ui.app import RadarApp

        app = self.app
        glyphs = app.glyphs if isinstance(app, RadarApp) else UNICODE
        left = Content.from_markup("[$accent b]$product[/]  ", product=f"{glyphs.product} Radar")
        for key, name, words in MAIN_SCREENS:
            style = "$background on $accent b" if name == self.here else "$muted"
            left += Content.from_markup(
                f"[@click=app.main('{name}')][{style}] $label [/][/]", label=f"{key} {words}"
            )
        if not isinstance(app, RadarApp):
            return left
        right = [one_line(app.brm_name), app.unsynced_words(), app.today_words()]
        room = self.content_size.width - left.cell_length
        while len(right) > 1 and sum(cell_len(text) + 2 for text in right if text) > room:
            right.pop(0)
        words = "  ".join(text for text in right if text)
        gap = max(1, room - cell_len(words))
        return left + Content(" " * gap) + Content.styled(words, "$muted")
