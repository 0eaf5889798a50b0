"""How the app looks: its themes, glyphs for any terminal, and what keys are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.base.host import Host
from radar_tui.ui.base.themes import DARK, LIGHT, with_our_variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding
    from textual.filter import LineFilter

    from radar_tui.store.store import Store

KEY_WORDS = {
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
    "enter": "enter",
    "tab": "tab",
    "space": "space",
}


class LookingApp(Host):
    """The app as it is painted: in the theme of the settings, which another choice changes for good."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._start_with(self.settings.theme if self.settings.theme in self.available_themes else DARK.name)

    def _start_with(self, theme: str) -> None:
        """Set the theme before anything is painted; assigning it would have all styles parsed once more."""
        self.set_reactive(LookingApp.theme, theme)
        dark = self.current_theme.dark
        self.update_classes(
            {"-dark-mode": dark, "-light-mode": not dark, f"-theme-{theme}": True}, update=False
        )
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        return with_our_variables(super().get_css_variables(), colour=not self.no_color)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and one that leaves no glyph where the terminal has none."""
        filters = super().get_line_filters()
        if self.glyphs is UNICODE:
            return filters
        from radar_tui.ui.base.plain_letters import PlainLetters

        return [*filters, PlainLetters()]

    def keep_theme(self) -> None:
        """Whatever theme is chosen from here on stays the one of this laptop."""
        self.theme_changed_signal.subscribe(self, lambda _: self._keep())

    def _keep(self) -> None:
        if self.theme != self.settings.theme:
            from dataclasses import replace

            with self.saying():
                self.settings = replace(self.settings, theme=self.theme)
                self.store.local.save(self.settings)

    def get_key_display(self, binding: Binding) -> str:
        if binding.key_display:
            return binding.key_display
        from textual.keys import format_key

        modifiers, key = binding.parse_key()
        arrow = key in ("up", "down", "left", "right") and self.glyphs is not UNICODE
        shown = key if arrow else KEY_WORDS.get(key) or format_key(key)
        return "+".join([*modifiers, shown])
