"""`radar import`: what it prints, how far it is, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.cli.running import BUSY_SECONDS, Running, complain, opened, the_customer

if TYPE_CHECKING:
    import argparse

    from radar_tui.exchange.imports import ImportReport

MOST_PRINTED = 20


def import_command(parsed: argparse.Namespace) -> int:
    """Import one file; 1 if it has bad rows and nothing was imported."""
    from radar_tui import paths

    if parsed.headings:
        from radar_tui.exchange.headings import SHIPPED, headings

        own = paths.user_headings()
        headings(own)
        print(f"Your own: {own}{'' if own.is_file() else ' (not there yet)'}\nRadar's, as a model: {SHIPPED}")
        return 0
    if not parsed.file:
        return complain("Which file shall be imported?", "radar import FILE")
    return _tell(_run(parsed), parsed)


def _run(parsed: argparse.Namespace) -> ImportReport:
    from radar_tui import paths
    from radar_tui.exchange.imports import run
    from radar_tui.exchange.options import Options
    from radar_tui.files import named

    with opened(parsed, BUSY_SECONDS) as store, Running() as running:
        customer_id = the_customer(store, parsed.customer)[0] if parsed.customer else None
        options = Options(
            named(parsed.file), parsed.kind, parsed.customer_column or "", customer_id, parsed.dates,
            named(parsed.rejects) if parsed.rejects else None, paths.user_headings(), parsed.decimal,
            parsed.sheet or "", parsed.encoding or "", parsed.zone or "", parsed.for_team, parsed.hidden,
            parsed.satisfied_from, parsed.same_name,
        )  # fmt: skip
        return run(
            store, options, write=not parsed.dry_run, progress=running.tell, cancelled=running.cancelled
        )


def _tell(report: ImportReport, parsed: argparse.Namespace) -> int:
    from radar_tui.domain.text import one_line, plural
    from radar_tui.exchange.imports import in_words

    for line in in_words(report):
        print(one_line(line))
    for bad in report.bad[:MOST_PRINTED]:
        print(f"!! line {bad.line}: {one_line(bad.reason)}")
    if report.bad_rows > MOST_PRINTED:
        print(f"   and {report.bad_rows - MOST_PRINTED:,} more; --rejects FILE lists them all")
    if report.imported:
        if report.bad_rows:
            print(f"{plural(report.bad_rows, 'bad row')} in {parsed.rejects}")
        if report.backup:
            print(f"A backup from before: {report.backup.name}")
        return 0
    if not report.bad_rows:
        print("Nothing was imported: this was a dry run.")
        return 0
    print(
        f"Nothing was imported. To import the {report.good:,} good ones: --rejects FILE keeps the bad ones there."
    )
    return 0 if parsed.dry_run else 1
