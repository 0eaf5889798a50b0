"""The last line of every screen: its keys, as many as fit, `?` always among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widget import Widget

from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from textual import events
    from textual.binding import ActiveBinding
    from textual.content import Content
    from textual.screen import Screen

Entry = tuple[str, str, str]
"""Keys as shown, what they do, and the action that a click runs."""

GAP = 3


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
        merged: dict[str, Entry] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not binding.description:
                continue
            key = self.app.get_key_display(binding)
            known = merged.get(binding.description)
            keys = key if known is None else known[0] if key in known[0].split() else f"{known[0]} {key}"
            merged[binding.description] = (keys, binding.description, known[2] if known else _call(active))
        return list(merged.values())

    def shown(self) -> list[Entry]:
        """The entries that fit; what opens the list of all keys always does."""
        entries = self.entries()
        help_entries = [entry for entry in entries if entry[2].endswith("show_keys()")]
        width = self.content_size.width
        room = width - sum(_width(entry) for entry in help_entries)
        fitting: list[Entry] = []
        for entry in entries:
            if entry in help_entries:
                continue
            if (room := room - _width(entry)) < -GAP:
                break
            fitting.append(entry)
        return [*fitting, *help_entries]

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for keys, words, _ in self.shown():
            parts += [(keys, "accent"), (f" {words}{' ' * GAP}", "muted")]
        return content(parts)

    async def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        for entry in self.shown():
            if 0 <= x < _width(entry) - GAP:
                await self.app.run_action(entry[2], default_namespace=self.screen)
                return
            x -= _width(entry)


def _width(entry: Entry) -> int:
    return cell_len(entry[0]) + 1 + cell_len(entry[1]) + GAP


def _call(active: ActiveBinding) -> str:
    """The action with its namespace, so that a click runs it where the key would."""
    from textual.app import App
    from textual.screen import Screen as AnyScreen

    action = active.binding.action
    action = action if "(" in action else f"{action}()"
    if "." in action.split("(")[0]:
        return action
    if isinstance(active.node, App):
        return f"app.{action}"
    return f"screen.{action}" if isinstance(active.node, AnyScreen) else f"focused.{action}"
