"""The last line of every screen: its keys, as many as fit, the way on, the way out and `?` always among them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widget import Widget

from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from textual import events
    from textual.binding import ActiveBinding
    from textual.content import Content
    from textual.screen import Screen

Entry = tuple[str, str, "ActiveBinding"]
"""Keys as shown, what they do, and the binding that a click runs."""

GAPS = (3, 2)
ALWAYS = ("escape", "right_square_bracket", "pagedown")
"""The keys that lead out and on: they stand in the bar however short it is."""


HELP_KEYS: list[BindingType] = [
    Binding("question_mark", "app.show_keys", "keys", tooltip="All keys of this screen"),
    Binding("f1", "app.show_keys", "keys", show=False, tooltip="All keys of this screen"),
]
"""For screens over another one: the keys of the app do not reach them."""


class KeyBar(Widget):
    """Reads the active bindings of its screen; neighbours with the same words share one entry."""

    DEFAULT_CSS = """
    KeyBar { height: 2; dock: bottom; padding: 0 1; border-top: solid $panel; color: $muted; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def entries(self) -> list[Entry]:
        """The entries in the order of importance: the focused widget's keys, the screen's, the app's."""
        return self._entries(self._offered())

    def _entries(self, offered: dict[str, ActiveBinding]) -> list[Entry]:
        merged: dict[str, Entry] = {}
        for active in offered.values():
            binding = active.binding
            key = key_words(self.screen, binding)
            known = merged.get(binding.description)
            keys = key if known is None else known[0] if key in known[0].split() else f"{known[0]} {key}"
            merged[binding.description] = (keys, binding.description, known[2] if known else active)
        return list(merged.values())

    def _offered(self) -> dict[str, ActiveBinding]:
        """The bindings that have an entry; while one types, F1 takes the place of `?`."""
        found = usable(self.screen)
        help_key = "question_mark" if "question_mark" in found else "f1"
        return {
            key: active
            for key, active in found.items()
            if active.binding.description and (key == help_key if _is_help(active) else active.binding.show)
        }

    def shown(self) -> list[Entry]:
        """The entries that fit, in their order; what leads on, out and to all keys always does."""
        return self._laid_out()[0]

    def _laid_out(self) -> tuple[list[Entry], int]:
        """The entries that fit, and the cells between two: fewer where that makes room for one more."""
        offered = self._offered()  # once: it asks every action of the screen whether it may
        entries = self._entries(offered)
        always = {offered[key].binding.description for key in ALWAYS if key in offered}
        roomy, tight = (self._fitting(entries, always, gap) for gap in GAPS)
        return (roomy, GAPS[0]) if len(roomy) == len(tight) else (tight, GAPS[1])

    def _fitting(self, entries: list[Entry], always: set[str], gap: int) -> list[Entry]:
        """Those in `always`, by their words, do not give way."""
        help_entries = [entry for entry in entries if _is_help(entry[2])]
        others = [entry for entry in entries if entry not in help_entries]
        kept = [entry for entry in others if entry[1] in always]
        room = self.content_size.width + gap - sum(_width(entry) + gap for entry in [*kept, *help_entries])
        for entry in others:
            if entry in kept:
                continue
            if (room := room - _width(entry) - gap) < 0:
                break
            kept.append(entry)
        return [*(entry for entry in others if entry in kept), *help_entries]

    def render(self) -> Content:
        entries, gap = self._laid_out()
        parts: list[tuple[str, str]] = []
        for keys, words, _ in entries:
            parts += [(keys, "accent"), (f" {words}{' ' * gap}", "muted")]
        return content(parts)

    async def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        entries, gap = self._laid_out()
        for entry in entries:
            if 0 <= x < _width(entry):
                # Where the key would: at the widget, pane or screen whose binding it is.
                await self.app.run_action(entry[2].binding.action, default_namespace=entry[2].node)
                return
            x -= _width(entry) + gap


def usable(screen: Screen[object]) -> dict[str, ActiveBinding]:
    """The bindings that would do something now: while one types, letters are letters."""
    return {
        key: active
        for key, active in screen.active_bindings.items()
        if active.binding.priority or not _typed(screen, character_of(key))
    }


def key_words(screen: Screen[object], binding: Binding) -> str:
    """The key as it is shown; while one types the other key of a binding, as page down for `]`."""
    shown = screen.app.get_key_display(binding)
    if len(shown) == 1 and _typed(screen, shown):
        return screen.app.get_key_display(replace(binding, key_display=None))
    return shown


def _typed(screen: Screen[object], character: str | None) -> bool:
    """Whether the focused widget takes a character as text."""
    focused = screen.focused
    return character is not None and focused is not None and focused.check_consume_key("", character)


@cache
def character_of(key: str) -> str | None:
    """What a key types, None if nothing: `question_mark` types `?`."""
    from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character

    # `key_to_character` knows the names of Unicode only; `minus` is one of Textual's own.
    names = {short: name for name, short in KEY_NAME_REPLACEMENTS.items()}
    return key_to_character(names.get(key, key))


def _is_help(active: ActiveBinding) -> bool:
    return active.binding.action.endswith("show_keys")


def _width(entry: Entry) -> int:
    return cell_len(entry[0]) + 1 + cell_len(entry[1])
