"""The command line: `radar` opens the app, the other commands print and end.

Plain `radar` is what a BRM waits for in the car park, so nothing is imported here that the app does not need.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.cli.running import INTERRUPTED as INTERRUPTED
from radar_tui.cli.running import complain, database_path, opened, print_json, the_customer
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from radar_tui.store.file.check import Fault
    from radar_tui.store.lists.radar import RadarRow
    from radar_tui.store.store import Store

USAGE, CLOSED_PIPE = 2, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for what went wrong, 2 for a command that makes no sense."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _speak_any_encoding()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except RadarError as error:
        from radar_tui.store.connection import SaveFailed

        # The app tries again by itself; a command ends here.
        again = isinstance(error, SaveFailed) and "by itself" in error.hint
        hint = "Put that right and give the command again." if again else error.hint
        return complain(error.message, hint)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # `radar due | head -1` has read enough; what is left must not be written at exit either.
        _drop_output()
        return CLOSED_PIPE
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
    if parsed.command is None:
        return _open_app(parsed.db)
    return COMMANDS[parsed.command](parsed)


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
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _demo(parsed: argparse.Namespace) -> int:
    from radar_tui.store import demo
    from radar_tui.store.connection import system_clock

    made = demo.fresh(database_path(parsed.db) if parsed.db else None, system_clock)
    if parsed.no_open:
        print(f"{made}")
        return 0
    return _open_app(str(made))


# What prints


def _due(parsed: argparse.Namespace) -> int:
    from radar_tui.domain.text import plural

    with opened(parsed) as store:
        today = store.clock().date()
        counts = store.radar.counts(today)
        # In the order of the Radar those due come first.
        limit = counts.all if parsed.all else counts.late + counts.never + counts.soon
        rows = store.radar.page(today, 0, limit) if limit else []
        if parsed.json:
            print_json([_due_object(row, store) for row in rows])
            return 0
        if not counts.all:
            print("No customers yet. Add them with: radar. Look at the sample with: radar demo")
        elif not rows:
            print(f"Nobody is due in the next 14 days; {plural(counts.all, 'customer')} on the radar.")
        else:
            for line in _due_table(rows, store):
                print(line)
    return 0


def _due_table(rows: list[RadarRow], store: Store) -> list[str]:
    from shutil import get_terminal_size

    from radar_tui.domain.brief import day
    from radar_tui.domain.cadence import band
    from radar_tui.domain.columns import fitted

    today = store.clock().date()
    glyphs = {"late": "!!", "due": " !", "fine": " ·"}
    width = max(60, min(get_terminal_size().columns, 120))
    name = 24 + (width - 80) // 2 if width > 80 else 24
    reason = width - name - 36
    head = f"   {'Customer':<{name}}  {'Seen':>6}  {'Due':<12} Rec Ret Open  Reason to visit"
    lines = [head[:width]]
    for row in rows:
        lines.append(
            f"{glyphs[band(row.due_on, today, row.cadence_days)]} {fitted(row.name, name)}  "
            f"{fitted(day(row.last_seen, today), 6, right=True)}  {fitted(_due_words(row, store), 12)} "
            f"{_score(row.recommend)} {_score(row.retain)} {row.open:>4}  {fitted(row.reason, reason)}".rstrip()
        )
    return lines


def _due_words(row: RadarRow, store: Store) -> str:
    if row.due_on is None:
        return "now"
    late = (store.clock().date() - row.due_on).days
    return f"{late} d late" if late > 0 else "today" if late == 0 else f"in {-late} d"


def _score(score: int | None) -> str:
    return f"{'–' if score is None else score:>3}"


def _due_object(row: RadarRow, store: Store) -> dict[str, object]:
    from radar_tui.domain.cadence import band, days_late

    today = store.clock().date()
    return {
        "customer_id": row.customer_id,
        "name": row.name,
        "last_seen": row.last_seen.isoformat() if row.last_seen else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "days_late": max(0, days_late(row.due_on, today)),
        "urgency": band(row.due_on, today, row.cadence_days),
        "planned_on": row.planned_on.isoformat() if row.planned_on else None,
        "cadence_days": row.cadence_days,
        "recommend": row.recommend,
        "retain": row.retain,
        "card": row.card,
        "open": row.open,
        "reason": row.reason,
    }


def _brief(parsed: argparse.Namespace) -> int:
    from radar_tui.store.lists.brief import brief, lines

    with opened(parsed) as store:
        customer_id, _ = the_customer(store, " ".join(parsed.customer))
        for line in lines(brief(store, customer_id, store.clock().date()), 80, 24):
            print(line)
    return 0


def _nps(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.nps import nps_command

    return nps_command(parsed)


def _scorecard(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.scorecard import scorecard

    return scorecard(parsed)


def _checklists(_: argparse.Namespace) -> int:
    from radar_tui import paths
    from radar_tui.checklists.loader import library
    from radar_tui.domain.columns import fitted
    from radar_tui.domain.text import one_line, plural

    folder = paths.user_checklists()
    found = library(folder)
    for checklist in found.checklists:
        questions = sum(len(step.questions) for step in checklist.steps)
        print(
            f"{fitted(checklist.title, 28)} {fitted(f'{checklist.key} {checklist.version}', 26)} "
            f"{plural(len(checklist.steps), 'step')}, {plural(questions, 'question')}"
            f" · {one_line(found.sources[checklist.key])}"
        )
    print(f"Your own: one .toml file each in {folder}")
    for problem in found.problems:
        print(f"!! {one_line(str(problem))}", file=sys.stderr)
    return 1 if found.problems else 0


# What keeps the file


def _check(parsed: argparse.Namespace) -> int:
    from radar_tui.domain.text import plural
    from radar_tui.store.file.aside import put_aside
    from radar_tui.store.file.check import faults, left_out, repair

    with opened(parsed) as store:
        found = faults(store)
        if parsed.repair and found:
            repair(store)
            left = faults(store)
            print(f"Put right: {plural(len(found) - len(left), 'thing')}. A backup from before was kept.")
            found = left
            if any(fault.aside for fault in left) and _agreed(parsed, left):
                print(f"Put aside: {plural(put_aside(store), 'row')}. See them as conflicts: radar, then 5")
                found = faults(store)
        if words := left_out(store):
            print(words)
        if not found:
            print(f"{store.path} is sound: pages, references, indexes, triggers, due dates and rows.")
            return 0
        for fault in found:
            print(f"!! {fault.words}\n   {fault.hint}")
    return 1


def _agreed(parsed: argparse.Namespace, found: list[Fault]) -> bool:
    """Whether rows are to be put aside: asked about only where somebody can answer."""
    if parsed.yes:
        return True
    if not sys.stdin.isatty():
        return False
    for fault in found:
        if fault.aside:
            print(f"!! {fault.words}")
    answer = input("Put these rows aside? They are kept whole as conflicts, for everybody. y/N ")
    return answer.strip().casefold() in ("y", "yes")


def _backup(parsed: argparse.Namespace) -> int:
    with opened(parsed) as store:
        made = store.backup.make()
    print(f"{made} ({_size(made)}, checked)")
    return 0


def _restore(parsed: argparse.Namespace) -> int:
    from radar_tui.store.connection import system_clock
    from radar_tui.store.file import backup

    database = database_path(parsed.db)
    if parsed.list:
        return _list_backups(database)
    chosen = _named_backup(database, parsed.backup) if parsed.backup else backup.newest_good(database)
    if chosen is None:
        raise RadarError(
            f"There is no good backup of {database}.", "Name one from elsewhere: radar restore FILE --db …"
        )
    aside = backup.restore(database, chosen, system_clock())
    print(f"{database} is again as it was in {chosen.name}.")
    if aside is not None:
        print(f"The file that was there is now {aside}")
    return 0


def _named_backup(database: Path, name: str) -> Path:
    """A backup by its path, or by its name in the folder of backups, with or without `.db`."""
    from radar_tui import paths

    folder = paths.backups(database)
    candidates = (Path(name).expanduser(), folder / name, folder / f"{name}.db")
    return next((file for file in candidates if file.is_file()), candidates[0])


def _list_backups(database: Path) -> int:
    from radar_tui.store.file import backup

    found = backup.good_backups(database, checked=False)
    if not found:
        print(f"No backups of {database} yet. Radar makes one a day when it starts.")
    for file in found:
        state = "sound" if backup.is_sound(file) else "DAMAGED"
        print(f"{backup.made_at(file):%a %d %b %Y %H:%M:%S}  {_size(file):>9}  {state:<7}  {file.name}")
    return 0


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"


def _import(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.import_ import import_command

    return import_command(parsed)


def _report(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.report import report_command

    return report_command(parsed)


def _export(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.export import export_command

    return export_command(parsed)


# The team's hub


def _sync(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.sync import sync

    return sync(parsed)


def _hub(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.sync import HUB

    return HUB[parsed.action](parsed)


def _log(parsed: argparse.Namespace) -> int:
    from radar_tui.cli.sync import log

    return log(parsed)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "due": _due,
    "brief": _brief,
    "nps": _nps,
    "scorecard": _scorecard,
    "checklists": _checklists,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "import": _import,
    "export": _export,
    "report": _report,
    "sync": _sync,
    "log": _log,
    "hub": _hub,
}


# Speaking


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
