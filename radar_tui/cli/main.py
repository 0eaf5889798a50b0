"""The command line: `radar` opens the app, the other commands print and end.

Plain `radar` is what a BRM waits for in the car park, so nothing is imported here that the app does not need.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from radar_tui.cli.running import Printed, complain, database_path
from radar_tui.errors import Cancelled, RadarError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from radar_tui.cli.commands import Command

USAGE, INTERRUPTED, CLOSED_PIPE = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for what went wrong, 2 for a command that makes no sense."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _open_closed_streams()
    _speak_any_encoding()
    code = _ended(arguments)
    try:
        sys.stdout.flush()
    except OSError:
        # What is left must not be written at exit either.
        _drop_output()
        code = code or CLOSED_PIPE
    return code


def _ended(arguments: list[str]) -> int:
    """The exit code of one command; whatever went wrong is said."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except Cancelled as error:
        complain(error.message, error.hint)
        return INTERRUPTED
    except RadarError as error:
        from radar_tui.store.connection import SaveFailed

        again = " Give the command again." if isinstance(error, SaveFailed) else ""
        return complain(error.message, f"{error.hint}{again}".lstrip())
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return CLOSED_PIPE  # `radar due | head -1` has read enough
    except OSError as error:
        return complain(
            f"{error.strerror or error}: {error.filename or 'the output'}", "Nothing was changed."
        )
    except Exception as error:
        return _unexpected(error, arguments)


def _run(arguments: list[str]) -> int:
    # Written out, since argparse alone costs more than the imports of the store.
    if not arguments:
        return _open_app(None)
    if arguments[0] == "--db" and len(arguments) == 2 and arguments[1]:
        return _open_app(arguments[1])
    from radar_tui.cli.parser import parser

    try:
        parsed = parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    command: Command | None = parsed.chosen
    if command is None:
        return _open_app(parsed.db)
    try:
        done = command.done()
        if command.where == "main:demo" or (parsed.command == "export" and not sys.stdout.isatty()):
            return done(parsed)  # the app speaks for itself, and a table goes through a pipe as it is
        with contextlib.redirect_stdout(Printed(sys.stdout)):
            return done(parsed)
    except (Cancelled, KeyboardInterrupt):
        if not command.stopped:
            raise
        complain("Stopped. Nothing is lost.", command.stopped)
        return INTERRUPTED


# The app


def _open_app(db: str | None) -> int:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise RadarError(
            "Radar is an app for the terminal, and this is none.",
            "For scripts and pipes: radar due, radar brief, radar nps. See radar --help",
        )
    # What is loaded until the first paint stays for good: looking for garbage among it costs 15 ms. The app enables it.
    gc.disable()
    from radar_tui.store.store import Store

    with Store.open(database_path(db)) as store:
        from radar_tui.ui.app import RadarApp

        app = RadarApp(store)
        app.run()
        code = app.return_code or 0
    if app.left_behind():
        # A hub that does not answer holds a thread; the sync is whole at whatever moment its process ends.
        with suppress(OSError):  # the terminal may be gone
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return code


def demo(parsed: argparse.Namespace) -> int:
    """`radar demo`."""
    from radar_tui.store import demo as sample
    from radar_tui.store.connection import system_clock

    target = database_path(parsed.db) if parsed.db else None
    made = sample.fresh(target, system_clock, force=parsed.force)
    if parsed.no_open:
        print(f"{made}")
        return 0
    return _open_app(str(made))


# Speaking


def _open_closed_streams() -> None:
    """`radar due >&-`: what has no place to go to goes nowhere, and no file that is opened later gets its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _speak_any_encoding() -> None:
    """A terminal that knows no `–` shows `?` instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _unexpected(error: Exception, arguments: list[str]) -> int:
    """What stands in a file that no Radar wrote; else a mistake of ours: said shortly, in full for who asks."""
    from radar_tui.cli.parser import parser
    from radar_tui.store.file.check import unsound

    path = database_path(parser().parse_args(arguments).db)
    if path.is_file() and (words := unsound(path)):
        return complain(words.message, words.hint)
    if os.environ.get("RADAR_DEBUG"):
        raise error
    return complain(
        f"Radar made a mistake ({type(error).__name__}: {error}).",
        "Your data is safe. With RADAR_DEBUG=1 it tells the whole story, for a report.",
    )


def _drop_output() -> None:
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
