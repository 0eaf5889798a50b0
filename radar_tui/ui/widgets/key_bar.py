"""The last line of every screen: its keys, as many as fit, `?` always among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.screen import Screen

Entry = tuple[str, str, str]
"""Keys as shown, what they do, and the action that a click runs."""

_HELP = ("show_keys", "app.show_keys")


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
            keys = f"{known[0]} {key}" if known else key
            merged[binding.description] = (keys, binding.description, known[2] if known else _call(active))
        return list(merged.values())

    def render(self) -> Content:
        entries = self.entries()
        help_entries = [entry for entry in entries if entry[2].endswith("show_keys")]
        others = [entry for entry in entries if entry not in help_entries]
        width = self.content_size.width
        room = width - sum(_width(entry) for entry in help_entries)
        shown: list[Entry] = []
        for entry in others:
            if (room := room - _width(entry)) < 0:
                break
            shown.append(entry)
        content = Content("")
        for keys, words, action in (*shown, *help_entries):
            content += Content.from_markup(
                "[@click=$action][$accent b]$keys[/] $words[/]   ".replace("$action", _quoted(action)),
                keys=keys,
                words=words,
            )
        return content


def _width(entry: Entry) -> int:
    return cell_len(entry[0]) + 1 + cell_len(entry[1]) + 3


def _call(active: ActiveBinding) -> str:
    """The action with its namespace, so that a click runs it where the key would."""
    action = active.binding.action
    if "." in action.split("(")[0]:
        return action
    node = active.node
    from textual.app import App
    from textual.screen import Screen as AnyScreen

    if isinstance(node, App):
        return f"app.{action}"
    return f"screen.{action}" if isinstance(node, AnyScreen) else f"focused.{action}"


def _quoted(action: str) -> str:
    return action if "(" in action else f"{action}()"
