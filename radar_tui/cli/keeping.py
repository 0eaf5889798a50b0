"""What keeps the file: `radar check`, `radar backup`, `radar restore`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.cli.running import database_path, opened
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse

    from radar_tui.store.file.check import Fault


def check(parsed: argparse.Namespace) -> int:
    from radar_tui.domain.text import plural
    from radar_tui.store.file.aside import put_aside
    from radar_tui.store.file.check import faults, left_out, repair

    with opened(parsed) as store:
        broken = faults(store)
        if parsed.repair and broken:
            repair(store)
            left = faults(store)
            print(f"Put right: {plural(len(broken) - len(left), 'thing')}. A backup from before was kept.")
            broken = left
            if any(fault.aside for fault in left) and (parsed.yes or _agreed(left)):
                print(f"Put aside: {plural(put_aside(store), 'row')}. See them as conflicts: radar, then 5")
                broken = faults(store)
        if words := left_out(store):
            print(words)
        if not broken:
            print(f"{store.path} is sound: pages, references, indexes, triggers, due dates and rows.")
            return 0
        for fault in broken:
            print(f"!! {fault.words}\n   {fault.hint}")
    return 1


def _agreed(faults: list[Fault]) -> bool:
    """Whether the rows that no Radar wrote are to be put aside: asked only where somebody can answer."""
    if not sys.stdin.isatty():
        return False
    for fault in faults:
        if fault.aside:
            print(f"!! {fault.words}")
    answer = input("Put these rows aside? They are kept as conflicts, to be written again. y/N ")
    return answer.strip().casefold() in ("y", "yes")


def backup(parsed: argparse.Namespace) -> int:
    with opened(parsed) as store:
        made = store.backup.make()
    print(f"{made} ({_size(made)}, checked)")
    return 0


def restore(parsed: argparse.Namespace) -> int:
    from radar_tui.store.connection import system_clock
    from radar_tui.store.file import backup as backups

    database = database_path(parsed.db)
    if parsed.list:
        return _list_backups(database)
    chosen = _named_backup(database, parsed.backup) if parsed.backup else backups.newest_good(database)
    if chosen is None:
        raise RadarError(
            f"There is no good backup of {database}.", "Name one from elsewhere: radar restore FILE --db …"
        )
    aside = backups.restore(database, chosen, system_clock())
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
    from radar_tui.domain.days import weekday_words
    from radar_tui.store.file import backup as backups

    kept = backups.good_backups(database, checked=False)
    if not kept:
        print(f"No backups of {database} yet. Radar makes one a day when it starts.")
    for file in kept:
        state = "sound" if backups.is_sound(file) else "DAMAGED"
        made = backups.made_at(file)
        print(
            f"{f'{weekday_words(made.date())} {made:%H:%M:%S}':<24}  {_size(file):>9}  {state:<7}  {file.name}"
        )
    return 0


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
