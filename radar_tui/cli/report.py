"""`radar report`: what the customer keeps of a visit, and what the office gets, as PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.cli.running import opened, the_customer
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse

    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store


def report_command(parsed: argparse.Namespace) -> int:
    """Write one report and say where it is, or print it as text."""
    from radar_tui import files
    from radar_tui.reports import saving

    with opened(parsed) as store:
        made = _made(store, parsed)
        if parsed.text:
            from radar_tui.reports.email import email_text

            print(email_text(made), end="")
            return 0
        path = files.named(parsed.output) if parsed.output else Path(saving.file_name(made, store))
        warning = saving.save(store, made, path, force=parsed.force)
    print(f"{path}")
    if warning:
        print(one_line(warning), file=sys.stderr)
    return 0


def _made(store: Store, parsed: argparse.Namespace) -> Report:
    from radar_tui.reports.kinds import REPORTS, newest

    kind, words = REPORTS[parsed.what], " ".join(parsed.customer)
    if kind.of == "company":
        if words:
            raise RadarError(
                "The company is a whole: it is not of one customer.", f"radar report customer {words}"
            )
        return kind.make(store, "", None)
    if not words:
        raise RadarError("Of which customer?", f"radar report {parsed.what} NAME")
    customer_id, _ = the_customer(store, words)
    id = newest(store, customer_id, parsed.what).id if kind.of == "visit" else customer_id
    return kind.make(store, id, None)
