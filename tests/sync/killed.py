"""A process of its own that syncs, founds, joins or undoes, and says at which moment it is; the test ends it there.

python -m tests.sync.killed, then one line on the standard input: ACTION, DATABASE, HUB and STEP, divided by tabs.
It says `go` when it begins, waits for ever at STEP after saying so, and says `done` if it never came to STEP.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from radar_tui.store.store import Store
from radar_tui.sync import engine, joining, undo
from tests.fresh import NOW


def main() -> None:
    action, database, hub, step = sys.stdin.readline().rstrip("\n").split("\t")
    vars(engine)["SNAPSHOT_ENTRIES"] = 1

    def at(reached: str) -> None:
        if reached == step:
            print(step, flush=True)
            time.sleep(600)

    with Store.open(Path(database), clock=lambda: NOW, busy_seconds=5) as store:
        print("go", flush=True)
        if action == "sync":
            engine.sync(store, at=at)
        elif action.startswith("undo"):
            undo.undo(store, [int(action.split()[1])], write=True, at=at)
        elif action == "keep":
            engine.keep(store, take_over=True, at=at)
        elif action == "create":
            joining.create(store, hub, at=at)
        else:
            joining.join(store, hub, at=at)
    print("done", flush=True)


if __name__ == "__main__":
    main()
