"""`radar export`: spreadsheets, a calendar and an address book, whole or not at all."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from radar_tui.cli.running import ProgressLine, complain, opened, the_customer

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from radar_tui.store.store import Store

_NOUNS = {"csv": ("row",), "ics": ("entry", "entries"), "vcf": ("contact",)}


def export_command(parsed: argparse.Namespace) -> int:
    """Write one file and say where it is and what is in it."""
    from radar_tui.domain.text import one_line
    from radar_tui.files import named
    from radar_tui.store.lists.exports import EXPORTS

    what, only = parsed.what, " ".join(parsed.only)
    if what == "csv" and (only or parsed.output == "-") and only.replace(" ", "_") not in EXPORTS:
        said = f"There is no table “{one_line(only)}”." if only else "Which table?"
        return complain(said, f"radar export csv TABLE, one of: {', '.join(EXPORTS)}")
    if only and what in ("xlsx", "ics"):
        return complain(
            f"An {what} holds everything: there is none of “{one_line(only)}”.", f"radar export {what}"
        )
    if parsed.mine and what != "ics":
        return complain("Only the calendar can be yours alone.", "radar export ics --mine")
    with opened(parsed) as store:
        if parsed.mine and not store.local.settings().me:
            return complain(
                "Radar does not know who you are.", "Tell it in the app: ctrl+p, Change who you are."
            )
        if parsed.output == "-":
            return _print(store, what, only.replace(" ", "_"))
        path = named(parsed.output or _name(store, what, only))
        words = _written(store, parsed, only, path)
    print(f"{words} in {one_line(str(path))}")
    return 0


def _name(store: Store, what: str, only: str) -> str:
    """`radar-tickets-2026-12-03.csv`, or `radar-2026-12-03` for a folder of all, in the folder where one is."""
    table = f"{only.replace(' ', '_')}-" if what == "csv" and only else ""
    ending = "" if what == "csv" and not only else f".{what}"
    return f"radar-{table}{store.clock():%Y-%m-%d}{ending}"


def _print(store: Store, what: str, table: str) -> int:
    from radar_tui.domain.text import block
    from radar_tui.exchange.exports import print_csv

    if what != "csv":
        return complain("Only csv can be printed.", "Give a file: -o FILE")
    if sys.stdout.isatty():
        # Text of others must not reach the terminal as an escape sequence; a pipe gets it as it is.
        made = io.StringIO(newline="")
        print_csv(store, table, made)
        print(block(made.getvalue()), end="")
    else:
        print_csv(store, table, sys.stdout)
    return 0


def _written(store: Store, parsed: argparse.Namespace, only: str, path: Path) -> str:
    """How many of what were written, in words."""
    from radar_tui.domain.text import plural

    if parsed.what == "xlsx":
        from radar_tui.exchange.exports import write_xlsx

        with ProgressLine() as line:
            return write_xlsx(store, path, force=parsed.force, progress=line.tell).words
    return plural(_counted(store, parsed, only, path), *_NOUNS[parsed.what])


def _counted(store: Store, parsed: argparse.Namespace, only: str, path: Path) -> int:
    force = parsed.force
    if parsed.what == "csv" and not only:
        from radar_tui.exchange.exports import write_folder

        return sum(write_folder(store, path, force=force).values())
    if parsed.what == "csv":
        from radar_tui.exchange.exports import write_csv

        return write_csv(store, only.replace(" ", "_"), path, force=force)
    if parsed.what == "ics":
        from radar_tui.exchange.calendar_file import write_calendar

        owner = store.local.settings().me if parsed.mine else None
        return write_calendar(store, path, owner, force=force)
    from radar_tui.exchange.address_file import write_addresses

    customer = the_customer(store, only)[0] if only else None
    return write_addresses(store, path, customer, force=force)
