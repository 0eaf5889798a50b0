"""What went wrong, for who sits before the app and for who makes it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.store.connection import FileGone

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.connection import SaveFailed


def unsaved(error: SaveFailed, then: str) -> RadarError:
    """A write that the disk did not take, as the app says it; `then`: what becomes of the change."""
    kept = (
        "Or keep what is there with ctrl+p, Back up the database now." if isinstance(error, FileGone) else ""
    )
    return RadarError(error.message, " ".join(filter(None, (error.hint, kept, then))))


def crash_report(error: Exception, database: Path) -> Path:
    """Write what happened beside the database; returns where."""
    import traceback

    report = database.with_name(f"{database.name}.crash.txt")
    with suppress(OSError):
        report.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="replace")
        report.chmod(0o600)
    return report
