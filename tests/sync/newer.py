"""A Radar with one migration more, in a process of its own: `python -m tests.sync.newer FILE ACTIONS`.

ACTIONS is a JSON list of ["sql", text], ["sync"], ["sync until", step], ["join", address], ["verify"], ["rows", text]
and ["count"]; what each came to is printed as one JSON list.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radar_tui.store.schema import touched

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLE = "hobby"


def newer_schema(db: Database) -> None:
    """A column with a value for all rows that are there, and a table that travels."""
    db.execute("ALTER TABLE customer ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
    db.execute(
        "CREATE TABLE hobby (id TEXT PRIMARY KEY NOT NULL, contact_id TEXT NOT NULL REFERENCES contact(id), "
        "name TEXT NOT NULL) STRICT"
    )
    for name, statement in touched.TRIGGERS.items():
        if name.startswith(f"touched_{TABLE}_"):
            db.execute(statement)


def act(path: Path, *actions: list[str], fails: bool = False) -> list[Any]:
    """Do it in a new process of the newer Radar; what each action came to."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.newer", str(path), json.dumps(actions)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode != 0) == fails, done.stderr
    return list(json.loads(done.stdout or "[]"))


def _act(path: Path, actions: list[list[str]]) -> list[Any]:
    # Whatever is imported from here on knows the newer schema, the released migrations among it.
    touched.SYNCED = (*touched.SYNCED, TABLE)
    touched.PLACE_OF[TABLE] = len(touched.PLACE_OF)
    touched.TRIGGERS = touched._triggers()
    from radar_tui.store.schema import migrations

    migrations.ALL = (*migrations.ALL, newer_schema)
    migrations.NAMES = (*migrations.NAMES, newer_schema.__name__)
    from radar_tui.store.store import Store
    from radar_tui.sync import audit, engine, joining

    def end(step: str) -> Any:
        def at(reached: str) -> None:
            if reached == step:
                os._exit(9)

        return at

    found: list[Any] = []
    with Store.open(path) as store:
        for name, *rest in actions:
            if name == "sql":
                with store.transaction() as connection:
                    connection.execute(rest[0])
            elif name == "rows":
                found.append([list(row) for row in store.rows(rest[0])])
            elif name == "count":
                found.append(store.touched.count())
            elif name == "verify":
                found.append(audit.verify(store, full=True))
            elif name == "join":
                found.append(asdict(joining.join(store, rest[0])))
            elif name == "sync until":
                engine.sync(store, at=end(rest[0]))
            else:
                found.append(asdict(engine.sync(store)))
    return found


if __name__ == "__main__":
    print(json.dumps(_act(Path(sys.argv[1]), json.loads(sys.argv[2]))))
