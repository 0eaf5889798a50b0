"""The palette: every command of the screen underneath, every main screen, every customer by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from radar_tui.domain.text import one_line
from radar_tui.ui.widgets.header_line import MAIN_SCREENS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from radar_tui.ui.app import RadarApp

MOST_CUSTOMERS = 30
IMPORT = "Import a file"
EMAIL = "What the visit came to, as text for an e-mail"
TABLES, CALENDAR = "Export all tables", "Export the calendar"
REPORTS = "Reports: company, logo, colour, paper"
SELF_CHECK = "Do business with yourself"
SEARCH = "Search everything that was typed"


class RadarCommands(Provider):
    """Commands first, then customers whose name holds the letters typed."""

    @property
    def radar(self) -> RadarApp:
        return cast("RadarApp", self.app)

    def _commands(self) -> list[tuple[str, Callable[[], object], str]]:
        from radar_tui.ui.app import may_search

        app = self.radar
        found: list[tuple[str, Callable[[], object], str]] = [
            (f"Go to {words}", partial(app.action_main, name), f"key {key}")
            for key, name, words in MAIN_SCREENS
        ]
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if (
                binding.id is None
                or binding.id.startswith(("main.", "row.", "help", "commands"))
                or not active.enabled
            ):
                continue
            words = binding.tooltip or binding.description
            call = partial(self._run, binding.action, active.node)
            found.append((words, call, f"key {app.get_key_display(binding)}"))
        if not any(words.startswith(SELF_CHECK) for words, *_ in found):
            found.append((SELF_CHECK, self._check_ourselves, "start or resume a self-check"))
        # Where / filters a list.
        if may_search(self.screen) and not any(words == SEARCH for words, *_ in found):
            found.append((SEARCH, app.action_search, "key / in an empty filter"))
        found.append(("The action plan: who does what by when", self._plan, "actions of all customers"))
        if not any(words.startswith(IMPORT) for words, *_ in found):
            found.append((IMPORT, self._import, "from csv or xlsx, with a preview"))
        if getattr(self.screen, "visit_id", "") and not any(words == EMAIL for words, *_ in found):
            found.append((EMAIL, self._email, "copied, and shown"))
        if not any(words.startswith(TABLES) for words, *_ in found):
            found.append((TABLES, partial(self._export, "export_tables"), "xlsx or csv, for your own house"))
        if not any(words.startswith(CALENDAR) for words, *_ in found):
            found.append((CALENDAR, partial(self._export, "export_calendar"), "ics: visits, calls, actions"))
        found.append(("Export all contacts", partial(self._export, "export_contacts"), "vcf, for a phone"))
        found.append(("Back up the database now", self._backup, "a checked copy beside the file"))
        found.append(("Change who you are", app.introduce, "your name and company"))
        found.append((REPORTS, self._report_settings, "how what leaves the laptop looks"))
        found.append(("Settings", self._settings, "working days, holidays, hours to call within, currency"))
        glyphs = "Show glyphs again" if app.settings.ascii else "Plain letters instead of glyphs"
        found.append(
            (glyphs, self._change_glyphs, "for terminals that do not show them; from the next start")
        )
        for theme in sorted(app.available_themes):
            found.append((f"Theme: {theme}", partial(setattr, app, "theme", theme), "how Radar looks"))
        return found

    def _run(self, action: str, node: object) -> Awaitable[bool]:
        return self.app.run_action(action, cast("RadarApp", node))

    def _backup(self) -> None:
        with self.radar.saying():
            made = self.radar.store.backup.make()
            self.radar.tell(f"Backup written: {made.name}")

    def _import(self) -> None:
        from radar_tui.ui.screens.exchange.imports_form import import_a_file

        import_a_file(self.radar)

    def _email(self) -> None:
        from radar_tui.ui.screens.reports.email_text import EmailTextScreen

        self.app.push_screen(EmailTextScreen(str(getattr(self.screen, "visit_id", ""))))

    def _export(self, name: str) -> None:
        from radar_tui.ui.screens.exchange import exports_form

        getattr(exports_form, name)(self.radar)

    def _plan(self) -> None:
        from radar_tui.ui.screens.actions.screen import ActionsScreen

        self.app.push_screen(ActionsScreen())

    def _check_ourselves(self) -> None:
        from radar_tui.ui.screens.visit.going import start_visit

        with self.radar.saying():
            start_visit(self.radar, None)

    def _change_glyphs(self) -> None:
        from dataclasses import replace

        app = self.radar
        with app.saying():
            settings = replace(app.settings, ascii=not app.settings.ascii)
            app.store.local.save(settings)
            app.settings = settings
            app.tell("From the next start of Radar.")

    def _report_settings(self) -> None:
        from radar_tui.ui.screens.reports.settings import report_settings_form

        self.app.push_screen(report_settings_form(self.radar), lambda _: self.radar.reload())

    def _settings(self) -> None:
        from radar_tui.ui.screens.settings.screen import settings_form

        self.app.push_screen(settings_form(self.radar), lambda _: self.radar.reload())

    def _open(self, customer_id: str) -> None:
        from radar_tui.ui.screens.customer.screen import CustomerScreen

        self.app.push_screen(CustomerScreen(customer_id))

    async def discover(self) -> Hits:
        for words, call, help in self._commands():
            yield DiscoveryHit(Content(words), call, words, help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, call, help in self._commands():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), call, words, help)
        radar, today = self.radar.store.radar, self.radar.today
        for customer_id in radar.matching(query, today)[:MOST_CUSTOMERS]:
            name = one_line(radar.customer_name(customer_id))
            yield Hit(0.9, Content(name), partial(self._open, customer_id), name, "customer")
        for customer_id, full_name, why in self.radar.store.customer.off_radar(query)[:MOST_CUSTOMERS]:
            name = one_line(full_name)
            yield Hit(0.8, Content(name), partial(self._open, customer_id), name, f"{why} customer")
