"""A report into a file, whole or not at all, and the name it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui import files
from radar_tui.domain.text import fold
from radar_tui.reports import typeset
from radar_tui.reports.look import look_of

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store

MOST_NAME_BYTES = 200
"""A file system takes 255; the day, the ending and a number stand behind."""


def file_name(made: Report, store: Store) -> str:
    """`visit-report-aurora-tissue-2026-12-03.pdf`: letters that every file system takes."""
    words = f"{made.title} {made.subject}"
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(words))
    day = store.clock().date().isoformat()
    short = "-".join(plain.split())[:80].encode("utf-8", "ignore")[:MOST_NAME_BYTES].decode("utf-8", "ignore")
    return f"{short.strip('-') or 'report'}-{day}.pdf"


def save(store: Store, made: Report, path: Path, *, force: bool = False) -> str:
    """Write the report as PDF; returns what is to be said of letters that no font has, empty if all are there.

    Raises RadarError, with what was there untouched, if it can't or must not be.
    """
    files.refuse(files.named(path), database=store.path, force=force)
    look = look_of(store.local.settings())
    pdf = typeset.pdf(made, look)
    with files.written(path, database=store.path, force=force) as scratch:
        scratch.write_bytes(pdf)
    letters = typeset.missing(made, look)
    return f"No font of this laptop has {' '.join(letters)}: boxes in the PDF." if letters else ""
