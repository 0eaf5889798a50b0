"""Where tables, the calendar and contacts shall go; a worker writes them, and a line says where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui import paths
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.files import named, refuse
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.store.store import Store
    from radar_tui.ui.base.host import Host

    Write = Callable[[Store, Path], str]

STILL_SECONDS = 1.0
"""After which it is said that something is still being written."""
TOLD_SECONDS = 12
"""Long enough to read a whole path."""


def export_tables(app: Host) -> None:
    """All tables, as one workbook or a folder of csv files. They hold what is internal."""

    def ready(values: FormValues) -> tuple[Path, Write]:
        from radar_tui.exchange.exports import write_folder, write_xlsx

        path = typed(values)
        if values["what"] == "xlsx":
            return path, lambda store, to: write_xlsx(store, to).words
        folder = path.with_suffix("") if path.suffix == ".xlsx" else path
        return folder, lambda store, to: plural(sum(write_folder(store, to).values()), "row")

    what = [("xlsx", "one workbook, a sheet for each table"), ("csv", "a folder, a csv file for each table")]
    _ask(
        app, "Export all tables, for your own house", "radar", "xlsx", ready,
        [FormField("what", "As", "choice", "xlsx", what)],
    )  # fmt: skip


def export_calendar(app: Host) -> None:
    """Visits, calls and actions as ics."""

    def ready(values: FormValues) -> tuple[Path, Write]:
        from radar_tui.exchange.calendar_file import write_calendar

        owner = app.settings.me if values["whose"] == "mine" else None
        return typed(values), lambda store, to: plural(write_calendar(store, to, owner), "entry", "entries")

    whose = [("mine", "what I do myself"), ("all", "what everybody does")]
    _ask(
        app, "Export the calendar: visits, calls, actions", "radar", "ics", ready,
        [FormField("whose", "With", "choice", "mine" if app.settings.me else "all", whose)],
    )  # fmt: skip


def export_contacts(app: Host, customer_id: str | None = None, customer: str = "") -> None:
    """The contacts of one customer or of all as vCards."""

    def ready(values: FormValues) -> tuple[Path, Write]:
        from radar_tui.exchange.address_file import write_addresses

        return typed(values), lambda store, to: plural(write_addresses(store, to, customer_id), "contact")

    whose = f"of {customer}" if customer else "of all customers"
    _ask(app, f"Export the contacts {whose}", "contacts", "vcf", ready, [])


def typed(values: FormValues) -> Path:
    """The path of the form."""
    return named(str(values["path"]).strip().strip("\"'"))


def _ask(
    app: Host,
    title: str,
    word: str,
    ending: str,
    ready: Callable[[FormValues], tuple[Path, Write]],
    more: list[FormField],
) -> None:
    chosen: list[tuple[Path, Write]] = []

    def save(values: FormValues) -> str:
        path, write = ready(values)
        try:
            refuse(path, database=app.store.path, force=False)
        except RadarError as error:
            # A whole path would not leave room for what is wrong with it.
            raise ValueError(error.message.replace(str(path), path.name)) from error
        chosen.append((path, write))
        return str(path)

    def closed(path: str | None) -> None:
        if path is not None:
            _write_beside(app, *chosen[-1])

    proposed = paths.free(paths.documents() / f"{word}-{app.today:%Y-%m-%d}.{ending}")
    form = FormScreen(title, [*more, FormField("path", "File", value=str(proposed), required=True)], save)
    app.push_screen(form, closed)


def _write_beside(app: Host, path: Path, write: Write) -> None:
    def work() -> None:
        try:
            with app.store.again() as store:
                holds = write(store, path)
        except RadarError as error:
            app.call_from_thread(app.say, error)
        except Exception as fault:
            app.call_from_thread(app.say, app.fault(fault))
        else:
            words = f"{holds} in {path}"
            app.call_from_thread(app.notify, words, timeout=TOLD_SECONDS, markup=False)

    worker = app.run_worker(work, thread=True, group="exports", exit_on_error=False)
    app.set_timer(STILL_SECONDS, lambda: None if worker.is_finished else app.tell(f"Writing {path.name} …"))
