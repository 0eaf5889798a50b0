"""A write that failed, as the app says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.store.connection import FileGone

if TYPE_CHECKING:
    from radar_tui.store.connection import SaveFailed

CRASHED = """Radar had to stop. Everything it showed as saved is in the database.
Start it again to go on where you were. For the makers of Radar: """


def unsaved(error: SaveFailed, then: str) -> RadarError:
    """A write that the disk did not take, as the app says it; `then`: what becomes of the change."""
    kept = (
        "Or keep what is there with ctrl+p, Back up the database now." if isinstance(error, FileGone) else ""
    )
    return RadarError(error.message, " ".join(filter(None, (error.hint, kept, then))))
