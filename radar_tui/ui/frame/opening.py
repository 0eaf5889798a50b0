"""Opening a file with the system's own viewer. Runs in a worker: some viewers take their time to start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_SECONDS = 10


def open_file(path: Path) -> None:
    """Raises RadarError, which says where the file is, if nothing opens it."""
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError as error:
            raise _nothing(path) from error
        return
    command = "open" if sys.platform == "darwin" else "xdg-open"
    # Without a display xdg-open may start a browser in this very terminal.
    seen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not seen or shutil.which(command) is None:
        raise _nothing(path)
    try:
        started = subprocess.Popen(
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        failed = started.wait(PATIENCE_SECONDS) != 0
    except subprocess.TimeoutExpired:
        return  # a viewer that is still there has opened it
    except OSError as error:
        raise _nothing(path) from error
    if failed:
        raise _nothing(path)


def _nothing(path: Path) -> RadarError:
    return RadarError("Nothing here opens a PDF.", f"It is in {path}")
