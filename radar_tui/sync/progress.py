"""How a sync says what it is doing."""

from __future__ import annotations

from typing import NamedTuple


class SyncProgress(NamedTuple):
    """What a sync is doing, in words; `done` of `total`, 0 if that is not known."""

    words: str
    done: int = 0
    total: int = 0
