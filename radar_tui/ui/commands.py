"""The palette: every command of the screen underneath, every main screen, every customer by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from radar_tui.domain.text import one_line
from radar_tui.ui.base.ours import Ours, may_search
from radar_tui.ui.base.place import CustomerAt, ExportContacts, Room, VisitAsText, VisitTo
from radar_tui.ui.widgets.header_line import MAIN_SCREENS

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.base.place import Place

MOST_CUSTOMERS = 30


class PaletteCommand(NamedTuple):
    """One line of the palette. `key` is the id of the binding that does it on the screen underneath, or of the one
    that does the same where a screen has it."""

    words: str
    run: Callable[[], object]
    help: str
    key: str = ""


class RadarCommands(Provider):
    """Commands first, then customers whose name holds the letters typed."""

    @property
    def host(self) -> Host:
        return cast("Host", self.app)

    def commands(self) -> list[PaletteCommand]:
        """What can be done here: by keys of the screen underneath, then what can be done anywhere."""
        app, keys = self.host, self._keys()
        known = {command.key for command in keys}
        return [
            *(
                PaletteCommand(f"Go to {words}", partial(app.go_main, name), f"key {key}")
                for key, name, words, _ in MAIN_SCREENS
            ),
            *keys,
            *(command for command in self._anywhere() if not command.key or command.key not in known),
            *(
                PaletteCommand(f"Theme: {theme}", partial(setattr, app, "theme", theme), "how Radar looks")
                for theme in sorted(app.available_themes)
            ),
        ]

    def _keys(self) -> list[PaletteCommand]:
        """The keys of the screen underneath that mean something now, but for those of lists and main screens."""
        found = []
        for active in self.screen.active_bindings.values():
            binding, id = active.binding, active.binding.id
            if id is None or id.startswith(("main.", "row.", "help", "commands")) or not active.enabled:
                continue
            run = partial(self.app.run_action, binding.action, active.node)
            words, key = binding.tooltip or binding.description, self.host.get_key_display(binding)
            found.append(PaletteCommand(words, run, f"key {key}", id))
        return found

    def _anywhere(self) -> list[PaletteCommand]:
        app, go = self.host, self._go
        visit_id = self.screen.visit_id if isinstance(self.screen, Ours) else ""
        # Where / filters a list, that is not the key to search.
        search = go("Search everything that was typed", Room.SEARCH, "key / in an empty filter", "search")
        email = go(
            "What the visit came to, as text for an e-mail",
            VisitAsText(visit_id),
            "copied, and shown",
            "summary.email",
        )
        glyphs = "Show glyphs again" if app.settings.ascii else "Plain letters instead of glyphs"
        return [
            go("Do business with yourself", VisitTo(None), "start or resume a self-check", "ourselves.visit"),
            *([search] if may_search(self.screen) else []),
            go("The action plan: who does what by when", Room.ACTIONS, "actions of all customers"),
            go("Import a file", Room.IMPORT, "from csv or xlsx, with a preview", "sync.file"),
            *([email] if visit_id else []),
            go("Export all tables", Room.EXPORT_TABLES, "xlsx or csv, for your own house", "sync.export"),
            go("Export the calendar", Room.EXPORT_CALENDAR, "ics: visits, calls, actions", "radar.calendar"),
            go("Export all contacts", ExportContacts(), "vcf, for a phone"),
            PaletteCommand("Back up the database now", self._backup, "a checked copy beside the file"),
            go("Change who you are", Room.INTRODUCTION, "your name and company"),
            go("Reports: company, logo, colour, paper", Room.REPORT_LOOK, "how what leaves the laptop looks"),
            go("Settings", Room.SETTINGS, "working days, holidays, hours to call within, currency"),
            PaletteCommand(glyphs, self._change_glyphs, "for terminals that do not show them; from the next start"),
        ]  # fmt: skip

    def _go(self, words: str, place: Place, help: str, key: str = "") -> PaletteCommand:
        return PaletteCommand(words, partial(self._open, place), help, key)

    def _open(self, place: Place) -> None:
        with self.host.saying():
            self.host.open(place)

    def _backup(self) -> None:
        with self.host.saying():
            made = self.host.store.backup.make()
            self.host.tell(f"Backup written: {made.name}")

    def _change_glyphs(self) -> None:
        app = self.host
        with app.saying():
            settings = replace(app.settings, ascii=not app.settings.ascii)
            app.store.local.save(settings)
            app.settings = settings
            app.tell("From the next start of Radar.")

    async def discover(self) -> Hits:
        for command in self.commands():
            yield DiscoveryHit(Content(command.words), command.run, command.words, command.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self.commands():
            if (score := matcher.match(command.words)) > 0:
                yield Hit(score, matcher.highlight(command.words), command.run, command.words, command.help)
        if self.host.discreet and isinstance(self.screen, Ours) and self.screen.visit_id:
            return  # no names of others
        radar, today = self.host.store.radar, self.host.today
        ids = radar.matching(query, today)[:MOST_CUSTOMERS]
        found = [(0.9, id, radar.customer_name(id), "customer") for id in ids]
        found += [
            (0.8, id, name, f"{why} customer")
            for id, name, why in self.host.store.customer.off_radar(query)[:MOST_CUSTOMERS]
        ]
        for score, customer_id, full_name, help in found:
            name = one_line(full_name)
            yield Hit(score, Content(name), partial(self._open, CustomerAt(customer_id)), name, help)
