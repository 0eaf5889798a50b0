"""The app: one store handed down, five main screens, keys that hold everywhere."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from radar_tui.errors import RadarError
from radar_tui.ui.base.faults import CRASHED
from radar_tui.ui.base.looks import LookingApp
from radar_tui.ui.base.ours import Ours, may_search
from radar_tui.ui.base.place import Main, Place, Room
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.frame.drafting import DraftingApp
from radar_tui.ui.frame.page import Page
from radar_tui.ui.frame.syncing import SyncingApp
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.places import main_screen, open_place
from radar_tui.ui.widgets.header_line import MAIN_SCREENS, HeaderLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.screen import Screen

    from radar_tui.store.store import Store

LOOK_AGAIN_SECONDS = 2.0


def _commands() -> type[Provider]:
    from radar_tui.ui.commands import RadarCommands

    return RadarCommands


class RadarApp(Saying, SyncingApp, DraftingApp, LookingApp):
    """Opens on the Radar of `store`. The store's clock is the app's."""

    TITLE = "Radar"
    # The Radar's own styles too: read with its screen, they would have all styles parsed once more at start.
    CSS_PATH = ["app.tcss", "screens/radar/screen.tcss"]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        name: partial(main_screen, name) for _, name, *_ in MAIN_SCREENS[1:]
    }
    # Its screen is `get_default_screen`, for the same reason: one in MODES has all styles parsed again.
    DEFAULT_MODE = "radar"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"main('{name}')", words, show=False, id=f"main.{name}", tooltip=tooltip)
            for key, name, words, tooltip in MAIN_SCREENS
        ),
        Binding(
            "ctrl+p", "command_palette", "commands", id="commands", tooltip="Every command, every customer"
        ),
        Binding("question_mark", "show_keys", "keys", id="help", tooltip="All keys of this screen"),
        Binding("f1", "show_keys", "keys", show=False, id="help.field", tooltip="All keys of this screen"),
        Binding(
            "slash", "search", "search", show=False, id="search", tooltip="Search everything that was typed"
        ),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="quit", tooltip="Close Radar"),
        Binding("ctrl+z", "undo", "undo", show=False, id="undo", tooltip="Take the last one-key change back"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._faulty = False
        self._readable = True
        self._seen_version = store.version()
        self._seen_day = self.today

    def get_default_screen(self) -> Screen[None]:
        return main_screen("radar")

    def show_unsynced(self) -> None:
        for line in self.screen.query(HeaderLine):
            line.refresh()

    # Life

    def on_mount(self) -> None:
        if not self.is_headless:
            from radar_tui.ui.base.ending import when_told_to_end

            when_told_to_end(asyncio.get_running_loop(), self._told_to_end)
        self.add_mode("radar", partial(main_screen, "radar"))
        self.set_interval(LOOK_AGAIN_SECONDS, self._look_again)
        self.call_after_refresh(self._after_first_paint)
        self.keep_theme()

    def _after_first_paint(self) -> None:
        if not gc.isenabled():  # the command line switched it off for a quicker start
            gc.freeze()
            gc.enable()
        if not self.settings.introduced:
            self.open(Room.INTRODUCTION)
        self.offer_drafts()
        if self.store.notice:
            self.tell(self.store.notice)
        self.count_conflicts()
        if not self.store.looks_only:
            self.run_worker(self._backup_if_due, thread=True, exit_on_error=False)

    def _backup_if_due(self) -> None:
        try:
            with self.store.again() as store:
                store.backup.make_if_due()
        except RadarError as error:
            self.call_from_thread(self.say, error)

    def _look_again(self) -> None:
        """Another process, or midnight, may have changed what is shown."""
        try:
            version, day = self.store.version(), self.today
        except RadarError as error:
            if self._readable:
                self.say(error)
            self._readable = False
            return
        self._readable = True
        if (version[0], day) != (self._seen_version[0], self._seen_day):
            self.reload()
        self._seen_version, self._seen_day = version, day

    def reload(self) -> None:
        """A screen that is just being built reads when it comes to the front."""
        if isinstance(self.screen, Page) and self.screen.is_mounted:
            with self.saying():
                self.screen.reload()
        self.show_unsynced()

    def _handle_exception(self, error: Exception) -> None:
        """What no handler took: an error that has words is said, and a fault of ours ends the app with words a BRM can
        use; the details go to a file, not over the screen."""
        from textual.worker import WorkerFailed

        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if isinstance(error, RadarError):
            self.say(error)
        elif self.is_headless:
            super()._handle_exception(error)
        elif not self._faulty:
            # The first fault says most; those that follow from it would only write over it.
            self._faulty = True
            self._return_code = 1
            from radar_tui.leaving import keep_crash

            if words := self.store.blamed(error):
                self.panic(Text(str(words)))
                return
            self.panic(Text(f"{CRASHED}{keep_crash(self.store.path, error)}"))

    def panic(self, *renderables: RenderableType) -> None:
        self.keep_drafts()
        super().panic(*renderables)

    def _told_to_end(self, number: int) -> None:
        """The system ends Radar: what can be saved is, the rest of what was typed is offered at the next start."""
        with suppress(RadarError):
            self._may_leave()
        self.keep_drafts()
        self.workers.cancel_all()
        self.exit(return_code=128 + number)

    async def action_quit(self) -> None:
        """Close Radar, unless an answer is not on the disk yet."""
        if self._may_leave():
            # A sync at work stops where that is safe, and goes on from there at the next one.
            self.workers.cancel_all()
            self.exit()

    def _may_leave(self) -> bool:
        """Whether every screen that is open here may close; the one that may not says why."""
        return all(screen.may_leave() for screen in self.screen_stack if isinstance(screen, Ours))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: dict[str, DOMNode] | None = None,  # type: ignore[override]
    ) -> bool:
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except RadarError as error:
            self.say(error)
            return True
        finally:
            self.count_again()

    # Keys that hold everywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the customer holds the laptop nothing of ours may be opened."""
        if self.front.handed_over:
            return False
        if action == "main":
            return not (self.screen.is_modal or self.front.keeps_digits)
        if action == "search":
            return may_search(self.screen)
        if action == "undo":
            return isinstance(self.screen, Undoing)
        return True

    def open(self, place: Place) -> None:
        open_place(self, place)

    def go_main(self, name: Main) -> None:
        if not self._may_leave():
            return
        self.switch_mode(name)
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_main(self, name: Main) -> None:
        self.go_main(name)

    def action_search(self) -> None:
        self.open(Room.SEARCH)

    def action_show_keys(self) -> None:
        self.open(Room.KEYS)

    def action_undo(self) -> None:
        if isinstance(self.screen, Undoing):
            self.screen.undo()

    def get_system_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        return iter(())
