"""Radar with a stopwatch on every SQL statement of its UI thread.

`python tests/benchmarks/traced.py TIMES DATABASE` opens the app; on leaving it TIMES holds a JSON list of
[statement, milliseconds from its start until its last row was fetched].
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
import time
from pathlib import Path
from typing import Any

_TIMES: list[tuple[str, float]] = []


class TimedCursor(sqlite3.Cursor):
    """Adds up what one statement costs: running it and fetching its rows."""

    def execute(self, sql: str, parameters: Any = (), /) -> TimedCursor:
        start = time.perf_counter()
        try:
            super().execute(sql, parameters)
        finally:
            self._note(sql, start)
        return self

    def fetchall(self) -> list[Any]:
        start = time.perf_counter()
        found = super().fetchall()
        self._note("", start)
        return found

    def fetchone(self) -> Any:
        start = time.perf_counter()
        found = super().fetchone()
        self._note("", start)
        return found

    def _note(self, sql: str, start: float) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        took = (time.perf_counter() - start) * 1e3
        if sql:
            self.place = len(_TIMES)
            _TIMES.append((" ".join(sql.split()), took))
        else:
            statement, before = _TIMES[self.place]
            _TIMES[self.place] = statement, before + took


class TimedConnection(sqlite3.Connection):
    """A connection whose statements are timed."""

    def execute(self, sql: str, parameters: Any = (), /) -> TimedCursor:
        return self.cursor(TimedCursor).execute(sql, parameters)


def main(times: str, database: str) -> int:
    """Run Radar on `database`, then write what its statements took."""
    from radar_tui.cli import main

    untimed = sqlite3.connect
    sqlite3.connect = lambda *given, **named: untimed(*given, factory=TimedConnection, **named)  # type: ignore[assignment]
    code = main.main(["--db", database])
    Path(times).write_text(json.dumps(_TIMES), encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
