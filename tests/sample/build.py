"""Writing the sample: all rows in one transaction, then one compact file with nothing beside it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.domain.scorecard import Scorecard
from radar_tui.settings import Settings
from radar_tui.store import demo
from radar_tui.store.store import Store
from tests.sample import business, people, places, plant, responses, rounds, service, visits
from tests.sample.checklists import Checklists
from tests.sample.world import LAST_DAY, World, at, sample_id

if TYPE_CHECKING:
    from datetime import datetime

COMPANY = "Toller Refurbishing"
BRM = "Marta Ricci"
_MADE_AT = at(LAST_DAY, 8 * 60)


def build(target: Path) -> Path:
    """Write the sample to `target`, replacing what is there; the same code always writes the same rows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sample-") as folder:
        made = Path(folder) / "sample.db"
        with Store.open(made, clock=_clock) as store, store.transaction():
            _fill(store)
        _compact(made)
        os.replace(made, target)
    return target


def made_up(checklists: Checklists) -> World:
    """All rows of the sample, made in the order in which one needs another."""
    world = World()
    places.add_markets(world)
    people.add_colleagues(world)
    places.add_customers(world)
    people.add_contacts(world)
    people.add_counterparts(world)
    plant.add_parts(world)
    plant.add_streams(world)
    plant.add_items(world)
    visits.add_visits(world, checklists)
    rounds.add_own_rounds(world, checklists)
    business.add_sales(world)
    responses.add_responses(world)
    service.add_tickets(world)
    service.add_measures(world)
    rounds.add_promises(world)
    rounds.add_actions(world)
    rounds.add_wants(world)
    checklists.add_answers(world)
    world.mark_some()
    return world


def _clock() -> datetime:
    return _MADE_AT


def _fill(store: Store) -> None:
    world = made_up(Checklists(store))
    with store.transaction() as connection:
        for table, rows in world.rows.items():
            if rows:
                columns = list(type(rows[0]).model_fields)
                connection.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{c}' for c in columns)})",
                    [row.columns() for row in rows],
                )
        connection.execute(
            "INSERT INTO local (key, value) VALUES (?, ?)", [demo.LAST_DAY, LAST_DAY.isoformat()]
        )
    # What Radar computes itself counts on these days too, so that the next card is compared with its like.
    for row in world.all(Scorecard):
        store.scorecard.snapshot(row.customer_id, row.as_of)
    store.local.save(Settings(me=sample_id("colleague", BRM), company=COMPANY))


def _compact(made: Path) -> None:
    """No free pages, no -wal beside it, and no trace of the day on which it was made."""
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("UPDATE _sqlite_migrations SET applied_at = ?", [_MADE_AT.isoformat(sep=" ")])
        # Whoever joins a hub with a copy starts with nothing of their own to tell.
        connection.execute("DELETE FROM touched")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
