"""The app: one store handed down, five main screens, keys that hold everywhere."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from radar_tui.domain.days import weekday_words
from radar_tui.domain.text import block, one_line
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.base.glyphs import ASCII, UNICODE
from radar_tui.ui.base.key_order import KeysInOrder
from radar_tui.ui.base.saying import Saying, unsaved
from radar_tui.ui.base.themes import DARK, LIGHT, with_our_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from radar_tui.leaving import Draft
    from radar_tui.settings import Settings
    from radar_tui.store.store import Store
    from radar_tui.ui.frame.syncing import Syncing

LOOK_AGAIN_SECONDS = 2.0
MOST_UNSYNCED = 1000
"""The header counts no further: beyond that it says `999+`."""
KEY_WORDS = {
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
    "enter": "enter",
    "tab": "tab",
    "space": "space",
}


CRASHED = """Radar had to stop. Everything it showed as saved is in the database.
Start it again to go on where you were. For the makers of Radar: """


def _shows_unicode() -> bool:
    """Whether the terminal's encoding has our glyphs."""
    return "utf" in (getattr(sys.__stdout__, "encoding", None) or "utf-8").lower()


def _radar() -> Screen[None]:
    from radar_tui.ui.screens.radar.screen import RadarScreen

    return RadarScreen()


def _follow_ups() -> Screen[None]:
    from radar_tui.ui.screens.follow_ups.screen import FollowUpsScreen

    return FollowUpsScreen()


def _company() -> Screen[None]:
    from radar_tui.ui.screens.company.screen import CompanyScreen

    return CompanyScreen()


def _ourselves() -> Screen[None]:
    from radar_tui.ui.screens.ourselves.screen import OurselvesScreen

    return OurselvesScreen()


def _sync() -> Screen[None]:
    from radar_tui.ui.screens.sync.screen import SyncScreen

    return SyncScreen()


def _commands() -> type[Provider]:
    from radar_tui.ui.commands import RadarCommands

    return RadarCommands


def may_search(screen: Screen[object]) -> bool:
    """Whether everything may be searched over a screen. A visit is seen by the customer: no names of others there."""
    hidden = getattr(screen, "keeps_digits", False) or getattr(screen, "handed_over", False)
    return not screen.is_modal and not hidden


class RadarApp(Saying, KeysInOrder):
    """Opens on the Radar of `store`. The store's clock is the app's."""

    TITLE = "Radar"
    # The Radar's own styles too: read with its screen, they would have all styles parsed once more at start.
    CSS_PATH = ["app.tcss", "screens/radar/screen.tcss"]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        "follow_ups": _follow_ups,
        "company": _company,
        "ourselves": _ourselves,
        "sync": _sync,
    }
    # Its screen is `get_default_screen`, for the same reason: one in MODES has all styles parsed again.
    DEFAULT_MODE = "radar"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "main('radar')", "Radar", show=False, id="main.radar", tooltip="Whom to visit, and why"),
        Binding(
            "2",
            "main('follow_ups')",
            "Follow-ups",
            show=False,
            id="main.follow_ups",
            tooltip="Answers to act on",
        ),
        Binding("3", "main('company')", "Company", show=False, id="main.company", tooltip="Our own scores"),
        Binding(
            "4",
            "main('ourselves')",
            "Ourselves",
            show=False,
            id="main.ourselves",
            tooltip="Promises, colleagues, price list",
        ),
        Binding(
            "5", "main('sync')", "Sync", show=False, id="main.sync", tooltip="This database and the team's"
        ),
        Binding(
            "ctrl+p", "command_palette", "commands", id="commands", tooltip="Every command, every customer"
        ),
        Binding("question_mark", "show_keys", "keys", id="help", tooltip="All keys of this screen"),
        Binding(
            "f1",
            "show_keys",
            "keys",
            show=False,
            id="help.field",
            tooltip="All keys of this screen",
        ),
        Binding(
            "slash", "search", "search", show=False, id="search", tooltip="Search everything that was typed"
        ),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="quit", tooltip="Close Radar"),
        Binding("ctrl+z", "undo", "undo", show=False, id="undo", tooltip="Take the last one-key change back"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.settings: Settings = store.local.settings()
        self.glyphs = ASCII if self.settings.ascii or not _shows_unicode() else UNICODE
        self.brm_name = ""
        self._held: list[Callable[[], None]] = []
        self._faulty = False
        self._readable = True
        self._unsynced_words = ""
        self._counted_at = -1
        self._seen_version = store.version()
        self._seen_day = self.today
        self.drafts: list[Draft] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._start_with(self.settings.theme if self.settings.theme in self.available_themes else DARK.name)

    def _start_with(self, theme: str) -> None:
        """Set the theme before anything is painted; assigning it would have all styles parsed once more."""
        self.set_reactive(RadarApp.theme, theme)
        dark = self.current_theme.dark
        self.update_classes(
            {"-dark-mode": dark, "-light-mode": not dark, f"-theme-{theme}": True}, update=False
        )
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        return _radar()

    def get_css_variables(self) -> dict[str, str]:
        return with_our_variables(super().get_css_variables(), colour=not self.no_color)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and one that leaves no glyph where the terminal has none."""
        filters = super().get_line_filters()
        if self.glyphs is UNICODE:
            return filters
        from radar_tui.ui.base.plain_letters import PlainLetters

        return [*filters, PlainLetters()]

    # Time and words for the header

    @property
    def today(self) -> date:
        """Today on this laptop."""
        return self.store.clock().date()

    def today_words(self) -> str:
        return weekday_words(self.today, self.today)

    def unsynced_words(self) -> str:
        """`● 12 unsynced`: what the team has not seen. Nothing without a hub, and when the hub has it all."""
        try:
            count = self.store.touched.count(MOST_UNSYNCED)
        except RadarError:
            return self._unsynced_words
        finally:
            self._counted_at = self.store.connection.total_changes
        shown = f"{MOST_UNSYNCED - 1}+" if count >= MOST_UNSYNCED else str(count)
        self._unsynced_words = f"{self.glyphs.unsynced} {shown} unsynced" if count else ""
        return self._unsynced_words

    def _count_again(self) -> None:
        """Paint the header anew if anything was written since it counted."""
        changes = self.store.connection.total_changes
        if self.screen_stack and self._counted_at != changes:
            self._counted_at = changes
            self.show_unsynced()

    def show_unsynced(self) -> None:
        """Paint the header anew."""
        from radar_tui.ui.widgets.header_line import HeaderLine

        for line in self.screen.query(HeaderLine):
            line.refresh()

    # Life

    def on_mount(self) -> None:
        self.add_mode("radar", _radar)
        self.set_interval(LOOK_AGAIN_SECONDS, self._look_again)
        self.call_after_refresh(self._after_first_paint)
        self.theme_changed_signal.subscribe(self, lambda _: self._keep_theme())
        if not self.is_headless:
            from radar_tui.ui.base.ending import when_told_to_end

            when_told_to_end(asyncio.get_running_loop(), self._told_to_end)

    def _after_first_paint(self) -> None:
        if not gc.isenabled():  # the command line switched it off for a quicker start
            gc.freeze()
            gc.enable()
        if not self.settings.introduced:
            self.introduce()
        self._offer_drafts()
        if self.store.notice:
            self.tell(self.store.notice)
        if not self.store.looks_only:
            self.run_worker(self._backup_if_due, thread=True, exit_on_error=False)

    def introduce(self, *, joined: bool = False) -> None:
        """Ask who the BRM is."""
        from radar_tui.ui.screens.settings.intro import intro_screen

        self.push_screen(intro_screen(self, joined=joined), lambda _: self.reload())

    def _introduce_to_the_team(self) -> None:
        """Who has just joined may be among the team's colleagues already. Another screen in front is not disturbed."""
        me = self.store.colleague.find(self.settings.me)
        known = me is not None and self.store.colleague.namesake(me.name, but=me.id) is None
        if not (known and self.settings.introduced) and len(self.screen_stack) == 1:
            self.introduce(joined=True)

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
        """Read again what the screen shows; one that is just being built reads when it comes to the front."""
        from radar_tui.ui.frame.page import Page

        if isinstance(self.screen, Page) and self.screen.is_mounted:
            with self.saying():
                self.screen.reload()
        self.show_unsynced()

    # Sync goes on whatever screen is open

    @cached_property
    def syncing(self) -> Syncing:
        """The sync that is at work, or how the last one ended."""
        from radar_tui.ui.frame.syncing import Syncing

        return Syncing(self)

    def left_behind(self) -> bool:
        """After the app has ended: whether a sync is still at work."""
        return "syncing" in self.__dict__ and self.syncing.left_behind()

    def on_syncing_moved(self, message: Syncing.Moved) -> None:
        self.syncing.moved(message.progress)

    def on_syncing_ended(self, message: Syncing.Ended) -> None:
        """Every screen shows what came; who is not at the Sync screen is told how it ended."""
        self.syncing.ended(message)
        self.reload()
        if self.syncing.job == "join" and message.error is None:
            with self.saying():
                self._introduce_to_the_team()
        if self.current_mode == "sync":
            return
        if self.syncing.error is not None:
            self.say(self.syncing.error)
        else:
            self.tell(self.syncing.words())

    def _keep_theme(self) -> None:
        if self.theme != self.settings.theme:
            from dataclasses import replace

            with self.saying():
                self.settings = replace(self.settings, theme=self.theme)
                self.store.local.save(self.settings)

    # Errors: said, never thrown at the user

    def fault(self, error: Exception) -> RadarError:
        """Words for a fault beside the screen: what is wrong with the file, or else that it is ours; the details go to
        a file."""
        if words := self.store.blamed(error):
            return words
        from radar_tui.leaving import keep_crash

        report = keep_crash(self.store.path, error)
        return RadarError(
            "Radar could not finish this. Nothing is lost.", f"For the makers of Radar: {report}"
        )

    def say(self, error: RadarError) -> None:
        """Show an error in words."""
        if isinstance(error, SaveFailed):
            error = unsaved(error, "It was not saved: do it again.")
        self.notify(error.hint, title=error.message, severity="error", timeout=8, markup=False)

    def tell(self, words: str) -> None:
        """Show a short piece of good news."""
        self.notify(words, timeout=4, markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notification; while the customer holds the laptop it waits for `say_held`."""
        message, title = block(message), one_line(title)
        show = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup
        )
        if self.screen_stack and getattr(self.screen, "handed_over", False):
            self._held.append(show)
        else:
            show()

    def say_held(self) -> None:
        """Say what waited while the customer held the laptop."""
        held, self._held = self._held, []
        for show in held:
            show()

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Say a RadarError instead of raising it."""
        try:
            yield
        except RadarError as error:
            self.say(error)

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
            if words := self.store.blamed(error):
                self.panic(Text(str(words)))
                return
            from radar_tui.leaving import keep_crash

            self.panic(Text(f"{CRASHED}{keep_crash(self.store.path, error)}"))

    def panic(self, *renderables: RenderableType) -> None:
        self._keep_drafts()
        super().panic(*renderables)

    def _told_to_end(self, number: int) -> None:
        """The system ends Radar: what can be saved is, the rest of what was typed is offered at the next start."""
        with suppress(RadarError):
            self._may_leave()
        self._keep_drafts()
        self.workers.cancel_all()
        self.exit(return_code=128 + number)

    def _keep_drafts(self) -> None:
        """Nothing may come in the way of ending; what was offered and not taken is kept on."""
        from radar_tui.leaving import keep_drafts
        from radar_tui.ui.frame.drafts import gathered

        with suppress(Exception):
            if found := gathered(self):
                keep_drafts(self.store.path, [*self.drafts, *found])

    def _offer_drafts(self) -> None:
        from radar_tui.leaving import kept_drafts

        self.drafts = kept_drafts(self.store.path)
        if self.drafts:
            from radar_tui.ui.frame.drafts import DraftsScreen

            self.push_screen(
                DraftsScreen(self.drafts), lambda away: self.forget(*self.drafts) if away else None
            )

    def forget(self, *drafts: Draft) -> None:
        """These are in the database now, or not needed."""
        from radar_tui.leaving import keep_drafts

        self.drafts = [one for one in self.drafts if one not in drafts]
        keep_drafts(self.store.path, self.drafts)

    async def action_quit(self) -> None:
        """Close Radar, unless an answer is not on the disk yet."""
        if self._may_leave():
            # A sync at work stops where that is safe, and goes on from there at the next one.
            self.workers.cancel_all()
            self.exit()

    def _may_leave(self) -> bool:
        """Whether every screen that is open here may close; the one that may not says why."""
        asked = [getattr(screen, "may_leave", None) for screen in self.screen_stack]
        return all(may_leave() for may_leave in asked if callable(may_leave))

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
            self._count_again()

    # Keys that hold everywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the customer holds the laptop nothing of ours may be opened."""
        if self.screen_stack and getattr(self.screen, "handed_over", False):
            return False
        if action == "main":
            return not self.screen.is_modal and not getattr(self.screen, "keeps_digits", False)
        if action == "search":
            return may_search(self.screen)
        if action == "undo":
            return hasattr(self.screen, "undo")
        return True

    def action_main(self, name: str) -> None:
        if not self._may_leave():
            return
        self.switch_mode(name)
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_search(self) -> None:
        from radar_tui.ui.screens.search.screen import SearchScreen

        if not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen())

    def action_show_keys(self) -> None:
        from radar_tui.ui.screens.settings.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def action_undo(self) -> None:
        undo = getattr(self.screen, "undo", None)
        if callable(undo):
            undo()

    def get_key_display(self, binding: Binding) -> str:
        if binding.key_display:
            return binding.key_display
        from textual.keys import format_key

        modifiers, key = binding.parse_key()
        arrow = key in ("up", "down", "left", "right") and self.glyphs is not UNICODE
        shown = key if arrow else KEY_WORDS.get(key) or format_key(key)
        return "+".join([*modifiers, shown])

    def get_system_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        return iter(())
