"""What the commands share: which file, which customer, and how they speak."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse

    from radar_tui.store.store import Store

INTERRUPTED = 130


def database_path(db: str | None) -> Path:
    """The file named by `--db`, else the user's own. Raises RadarError for a `~name` that is nobody."""
    from radar_tui import paths

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
    return path


def opened(parsed: argparse.Namespace, busy_seconds: float = 0.4) -> Store:
    """The store of a command that starts no new file. Raises RadarError if there is no file.

    `busy_seconds` is how long a write waits for another process, such as the app.
    """
    from radar_tui.store.connection import quoted
    from radar_tui.store.store import Store

    path = database_path(parsed.db)
    if not path.exists():
        raise RadarError(
            f"There is no database {path} yet.",
            f"Start it with: radar --db {quoted(path)}"
            if parsed.db
            else "Start it with: radar. Look at the sample with: radar demo",
        )
    return Store.open(path, busy_seconds=busy_seconds)


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
    """As ASCII: no escape sequence reaches the terminal, and no encoding garbles a name."""
    import json

    print(json.dumps(value, indent=2))


def rounded(value: float | None) -> float | None:
    """A figure as JSON has it: four decimals, None where there is none."""
    return None if value is None else round(value, 4)


def complain(message: str, hint: str) -> int:
    """Say what went wrong, and what to do, on one line each; the exit code of a failure."""
    from radar_tui.domain.text import one_line

    print(f"radar: {one_line(message)}", file=sys.stderr)
    if hint:
        print(f"       {one_line(hint)}", file=sys.stderr)
    return 1
