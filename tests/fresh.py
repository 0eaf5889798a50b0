"""Databases for tests: what is always built alike is built once a process, and copied."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

NOW = datetime(2026, 12, 3, 10, 42, 7, tzinfo=timezone(timedelta(hours=1)))
"""A Thursday morning in Rome, in winter."""
Built = TypeVar("Built")
_BUILT: dict[Hashable, tuple[object, sqlite3.Connection]] = {}


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "radar.db"
        Store.open(path, clock=lambda: NOW).close()
        return path.read_bytes()


def fresh(path: Path) -> Path:
    """A new, empty database, as `Store.open` makes one."""
    path.touch(mode=0o600)
    path.write_bytes(_empty())
    return path


def built_once(store: Store, key: Hashable, build: Callable[[], Built]) -> Built:
    """What `build` puts into an empty store at NOW, and gives; from a copy where it was built before."""
    if store.connection.total_changes or store.clock() != NOW or _holds_rows(store):
        return build()
    if key in _BUILT:
        made, copy = _BUILT[key]
        copy.backup(store.connection)
        return made  # type: ignore[return-value]
    made = build()
    copy = sqlite3.connect(":memory:")
    store.connection.backup(copy)
    _BUILT[key] = made, copy
    return made


def _holds_rows(store: Store) -> bool:
    return any(store.row(f"SELECT count(*) FROM {table}")[0] for table in ("customer", "colleague", "local"))
