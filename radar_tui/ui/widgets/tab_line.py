"""The tabs of a screen on one line; each has a letter, marked in its own word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events


class Tab(NamedTuple):
    """A tab: its name in code, its words, and the letter of the words that is its key."""

    name: str
    words: str
    key: str


def tab_keys(prefix: str, tabs: Sequence[Tab]) -> list[BindingType]:
    """The letter of each tab as a binding that the keys screen and the palette tell of."""
    return [
        Binding(
            tab.key,
            f"tab('{tab.name}')",
            tab.words,
            show=False,
            id=f"{prefix}.{tab.name}",
            tooltip=f"The tab {tab.words}",
        )
        for tab in tabs
    ]


class TabLine(Widget):
    """Paints the tabs, the one we are at in the accent; counts stand beside them where there is room."""

    DEFAULT_CSS = "TabLine { height: 2; padding: 0; border-bottom: solid $panel; color: $muted; }"

    class Picked(Message):
        """A click on a tab."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.tabs = list(tabs)
        self.here = self.tabs[0].name
        self._counts: dict[str, int] = {}
        self._marks: Mapping[str, tuple[str, str]] = {}
        self._places: list[tuple[int, int, str]] = []

    def show(
        self, here: str, counts: dict[str, int], marks: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        """Show the tab `here`; `counts` are rows by tab name, `marks` glyphs (with style) for what is late or due."""
        self.here, self._counts, self._marks = here, counts, marks or {}
        self.refresh()

    def render(self) -> Content:
        counted = [self._count(tab) for tab in self.tabs]
        needed = sum(len(tab.words) + len(count) + 2 for tab, count in zip(self.tabs, counted, strict=True))
        needed += sum(len(mark) + 1 for mark, _ in self._marks.values())
        if needed > self.content_size.width:
            counted = [""] * len(self.tabs)
        shown, self._places = Content(""), []
        for tab, count in zip(self.tabs, counted, strict=True):
            start = shown.cell_length
            shown += self._tab(tab, count)
            self._places.append((start, shown.cell_length, tab.name))
        return shown

    def _count(self, tab: Tab) -> str:
        count = self._counts.get(tab.name)
        return f" {count:,}" if count else ""

    def _tab(self, tab: Tab, count: str) -> Content:
        mark, style = self._marks.get(tab.name, ("", ""))
        if tab.name == self.here:
            return Content.styled(f" {tab.words}{count}{mark and ' '}{mark} ", "$background on $accent bold")
        words = tab.words if tab.key in tab.words.lower() else f"{tab.words} {tab.key}"
        place = words.lower().index(tab.key)
        before, letter, after = words[:place], words[place], words[place + 1 :]
        return Content.assemble(
            f" {before}", (letter, "$accent bold underline"), after, (count, "$foreground"),
            (f" {mark}" if mark else "", f"${style}" if style else ""), " ",
        )  # fmt: skip

    def on_click(self, event: events.Click) -> None:
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(name))
