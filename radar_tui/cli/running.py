"""What the commands share: which file, which customer, how they speak, progress and Ctrl+C."""

from __future__ import annotations

import errno
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse
    from typing import Self, TextIO

    from radar_tui.store.store import Store
    from radar_tui.sync.progress import SyncProgress

BUSY_SECONDS = 5
"""How long a write of a command waits while the app writes an answer."""
_PAINTS_PER_SECOND = 12
_MOST_COUNTED = 100_000
"""Beyond it a total is in bytes and says more as a share."""
_NO_FIGURES = str.maketrans("", "", "0123456789,")


class Printed:
    """Standard output to which no control character of a stored text passes, whatever a command prints."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        from radar_tui.domain.text import block

        return self._stream.write(block(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def database_path(db: str | None) -> Path:
    """The file named by `--db`, else the user's own. Raises RadarError for a `~name` that is nobody, and for what is no
    file."""
    from radar_tui import paths
    from radar_tui.files import refuse_no_file

    try:
        path = Path(db).expanduser() if db else paths.database()
    except RuntimeError as error:
        raise RadarError(f"{error}", "Give the whole path: --db FILE") from error
    try:
        path.stat()
    except OSError as error:
        # The rest is said where the file is opened.
        if error.errno == errno.ELOOP:
            raise RadarError(
                f"{path} is a link that leads back to itself.", "Give another file: --db FILE"
            ) from error
    refuse_no_file(path)
    return path


def opened(parsed: argparse.Namespace, busy_seconds: float = 0.4) -> Store:
    """The store of a command that starts no new file. Raises RadarError if there is no file.

    `busy_seconds` is how long a write waits for another process, such as the app.
    """
    from radar_tui import paths
    from radar_tui.store.connection import quoted
    from radar_tui.store.store import Store

    path = database_path(parsed.db)
    if not path.exists():
        if parsed.db:
            hint = f"Start it with: radar --db {quoted(path)}"
        elif (demo := paths.demo_database()).exists():
            hint = f"Start it with: radar. The sample's is asked with: --db {quoted(demo)}"
        else:
            hint = "Start it with: radar. Look at the sample with: radar demo"
        raise RadarError(f"There is no database {path} yet.", hint)
    store = Store.open(path, busy_seconds=busy_seconds)
    if store.notice:
        print(f"radar: {store.notice}", file=sys.stderr)
    return store


def the_customer(store: Store, words: str) -> tuple[str, str]:
    """Id and name of the one customer that `words` mean. Raises RadarError for none, or with the candidates."""
    from radar_tui.domain.text import one_line, plural
    from radar_tui.store.lists.brief import customers_like

    found = customers_like(store, words)
    if not found:
        raise RadarError(f"No customer is called “{one_line(words)}”.", "See who there is: radar due --all")
    if len(found) > 1:
        named = ", ".join(one_line(name) for _, name in found[:6])
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        raise RadarError(
            f"“{one_line(words)}” may mean {plural(len(found), 'customer')}: {named}{more}",
            "Give more of the name.",
        )
    return found[0]


def print_json(value: object) -> None:
    """As ASCII: no escape sequence reaches the terminal, and no encoding garbles a name; days as ISO-8601."""
    import json

    print(json.dumps(value, indent=2, default=str))


def rounded(value: float | None) -> float | None:
    """A figure as JSON has it: four decimals, None where there is none."""
    return None if value is None else round(value, 4)


def complain(message: str, hint: str) -> int:
    """Say what went wrong, and what to do, on one line each; the exit code of a failure."""
    from radar_tui.domain.text import one_line

    with suppress(OSError):  # nobody reads it
        print(f"radar: {one_line(message)}", file=sys.stderr)
        if hint:
            print(f"       {one_line(hint)}", file=sys.stderr)
    return 1


class ProgressLine:
    """How far something long is, on one line of the terminal that goes away at the end; nothing elsewhere."""

    def __init__(self) -> None:
        self._step = ""
        self._painted = 0.0
        self._width = 0
        self._shows = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._paint("")

    def report(self, progress: SyncProgress) -> None:
        """Say how far something counted is."""
        share = progress.done / progress.total if progress.total > 0 else 0.0
        counted = f"{progress.done:,} of {progress.total:,}" if 0 < progress.total <= _MOST_COUNTED else ""
        self.tell(progress.words, share, counted)

    def tell(self, words: str, share: float = 0.0, counted: str = "") -> None:
        """Say what is done; `share` (0–1) of it is, in figures as `counted`, if that is known.

        Painted at most a dozen times a second, unless another step begins.
        """
        now, step = time.monotonic(), words.translate(_NO_FIGURES)
        if self._shows and (step != self._step or now - self._painted >= 1 / _PAINTS_PER_SECOND):
            self._step, self._painted = step, now
            known = counted or (f"{share:.0%}" if share else "")
            self._paint(f"{words} ({known})" if known else f"{words} …")

    def _paint(self, text: str) -> None:
        """Spaces wipe what stood there, so that a terminal needs to know no escape sequence."""
        from shutil import get_terminal_size

        from radar_tui.domain.columns import clipped, width

        if not self._shows or not (text or self._width):
            return
        text = clipped(text, max(get_terminal_size().columns, 20) - 1)
        wide = width(text)
        with suppress(OSError):  # the terminal may be gone, and the work goes on
            sys.stderr.write(f"\r{text}{' ' * (self._width - wide)}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._width = wide


class Running(ProgressLine):
    """While something long is at work: its progress, and Ctrl+C as a wish to stop at the next safe place.

    An exception might come right after a commit, and what is said then would be a lie. A second Ctrl+C stops at once;
    what is killed loses nothing either.
    """

    _before: Any = None
    _stop = False

    def __enter__(self) -> Self:
        import signal

        # Only the main thread may listen to signals; elsewhere somebody else does.
        with suppress(ValueError):
            self._before = signal.signal(signal.SIGINT, self._asked)
        return self

    def __exit__(self, *error: object) -> None:
        import signal

        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        super().__exit__(*error)

    def _asked(self, *_: object) -> None:
        if self._stop:
            raise KeyboardInterrupt
        self._stop = True

    def cancelled(self) -> bool:
        """Whether the user wants to stop."""
        return self._stop
