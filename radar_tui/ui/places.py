"""Which screen stands at a place: the only file that names screens. Each is loaded when first opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never

from radar_tui.ui.base.place import (
    BriefOf,
    CardOf,
    CustomerAt,
    EntryAt,
    ExportContacts,
    FollowUpAt,
    OurselvesAt,
    OverTimeAt,
    Place,
    ReportOf,
    Room,
    VisitAsText,
    VisitAt,
    VisitTo,
)

if TYPE_CHECKING:
    from textual.screen import Screen

    from radar_tui.exchange.options import Options
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.base.place import Main


def main_screen(name: Main) -> Screen[None]:
    """A new one of the five main screens."""
    match name:
        case "radar":
            from radar_tui.ui.screens.radar.screen import RadarScreen

            return RadarScreen()
        case "follow_ups":
            from radar_tui.ui.screens.follow_ups.screen import FollowUpsScreen

            return FollowUpsScreen()
        case "company":
            from radar_tui.ui.screens.company.screen import CompanyScreen

            return CompanyScreen()
        case "ourselves":
            from radar_tui.ui.screens.ourselves.screen import OurselvesScreen

            return OurselvesScreen()
        case "sync":
            from radar_tui.ui.screens.sync.screen import SyncScreen

            return SyncScreen()


def open_place(app: Host, place: Place) -> None:
    """Open the screen over those that are open. Raises RadarError if what it shows is gone."""
    match place:
        case Room():
            _open_room(app, place)
        case CustomerAt(customer_id, tab, row):
            from radar_tui.ui.screens.customer.screen import CustomerScreen

            customer = CustomerScreen(customer_id)
            app.push_screen(customer)
            if tab:
                customer.point(tab, row)
        case BriefOf(customer_id):
            from radar_tui.ui.screens.customer.brief import BriefScreen

            app.push_screen(BriefScreen(customer_id))
        case CardOf(customer_id):
            from radar_tui.ui.screens.scorecard.screen import ScorecardScreen

            app.push_screen(ScorecardScreen(customer_id))
        case OverTimeAt(customer_id, measure_id):
            from radar_tui.ui.screens.scorecard.history import CustomerHistory, MeasureHistory

            app.push_screen(
                MeasureHistory(customer_id, measure_id) if measure_id else CustomerHistory(customer_id)
            )
        case ExportContacts(customer_id, customer):
            from radar_tui.ui.screens.exchange.exports_form import export_contacts

            export_contacts(app, customer_id, customer)
        case VisitAt(visit_id, step):
            from radar_tui.ui.screens.visit.going import open_visit

            open_visit(app, visit_id, step)
        case VisitTo(customer_id, planned_id):
            from radar_tui.ui.screens.visit.going import start_visit

            start_visit(app, customer_id, planned_id)
        case VisitAsText(visit_id):
            from radar_tui.ui.screens.reports.email_text import EmailTextScreen

            app.push_screen(EmailTextScreen(visit_id))
        case FollowUpAt(follow_up_id):
            from radar_tui.ui.screens.follow_ups.one import FollowUpScreen

            app.push_screen(FollowUpScreen(follow_up_id))
        case OurselvesAt(tab, row):
            from radar_tui.ui.frame.tabs import TabsPage

            app.go_main("ourselves")
            if isinstance(app.screen, TabsPage):
                app.screen.point(tab, row)
        case ReportOf(of, id, filters):
            from radar_tui.reports.kinds import made
            from radar_tui.ui.screens.reports.screen import ReportScreen

            app.push_screen(ReportScreen(partial(made, of=of, id=id, filters=filters)))
        case EntryAt(seq):
            from radar_tui.ui.screens.sync.entry import EntryScreen

            app.push_screen(EntryScreen(seq))
        case _:
            assert_never(place)


def _open_room(app: Host, room: Room) -> None:
    match room:
        case Room.ACTIONS:
            from radar_tui.ui.screens.actions.screen import ActionsScreen

            app.push_screen(ActionsScreen())
        case Room.SEARCH:
            from radar_tui.ui.screens.search.screen import SearchScreen

            if not isinstance(app.screen, SearchScreen):
                app.push_screen(SearchScreen())
        case Room.KEYS:
            from radar_tui.ui.screens.settings.keys import KeysScreen

            if not isinstance(app.screen, KeysScreen):
                app.push_screen(KeysScreen(app.screen))
        case Room.SETTINGS:
            from radar_tui.ui.screens.settings.screen import settings_form

            app.push_screen(settings_form(app), lambda _: app.reload())
        case Room.REPORT_LOOK:
            from radar_tui.ui.screens.reports.settings import report_settings_form

            app.push_screen(report_settings_form(app), lambda _: app.reload())
        case Room.INTRODUCTION | Room.JOINED:
            from radar_tui.ui.screens.settings.intro import intro_screen

            app.push_screen(intro_screen(app, joined=room is Room.JOINED), lambda _: app.reload())
        case Room.IMPORT:
            from radar_tui.ui.screens.exchange.imports import ImportsScreen
            from radar_tui.ui.screens.exchange.imports_form import ask_for_a_file

            def preview(options: Options) -> None:
                app.push_screen(ImportsScreen(options))

            ask_for_a_file(app, preview)
        case Room.EXPORT_TABLES:
            from radar_tui.ui.screens.exchange.exports_form import export_tables

            export_tables(app)
        case Room.EXPORT_CALENDAR:
            from radar_tui.ui.screens.exchange.exports_form import export_calendar

            export_calendar(app)
        case _:
            assert_never(room)
