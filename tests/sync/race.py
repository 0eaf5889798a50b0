"""Two real processes that append to one log at the same time: of each number exactly one may become theirs.

Spawned, not forked: obstore hangs after a fork.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from radar_tui.sync.hub.addresses import open_store

if TYPE_CHECKING:
    from pathlib import Path

LINKS, NO_LINKS = "links", "no links"
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a race came to. `won`: for each laptop the numbers it created; `contested`: how many numbers the loser had
    still seen free when it began to write."""

    won: tuple[list[int], list[int]]
    contested: int


def race(address: str, appends: int, links: str = LINKS) -> Outcome:
    """Two processes create the numbers 1…`appends`, both at the same moment."""
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(2), spawn.Queue()
    laptops = [
        spawn.Process(target=_laptop, args=(who, address, appends, links, start, answers), daemon=True)
        for who in (0, 1)
    ]
    for laptop in laptops:
        laptop.start()
    won: list[list[int]] = [[], []]
    contested = 0
    for _ in laptops:
        who, mine, tight = answers.get(timeout=_PATIENCE + appends)
        won[who] = mine
        contested += tight
    for laptop in laptops:
        laptop.join(_PATIENCE)
        assert laptop.exitcode == 0
    return Outcome((won[0], won[1]), contested)


def one_winner_each(address: str, appends: int, links: str = LINKS) -> Outcome:
    """Race, and check the log: every number has one winner, and the winner's bytes stand there."""
    outcome = race(address, appends, links)
    assert sorted(outcome.won[0] + outcome.won[1]) == list(range(1, appends + 1))
    store = open_store(address)
    assert store.names("log") == [f"{number:010}" for number in range(1, appends + 1)]
    for who in (0, 1):
        for number in outcome.won[who]:
            assert store.get(f"log/{number:010}") == _bytes(who, number)
    return outcome


def only_ours(folder: Path) -> bool:
    """Whether nothing but the log's entries is in `folder`: no temporary file was left."""
    return all(path.name.isdigit() for path in (folder / "log").iterdir())


def _bytes(who: int, number: int) -> bytes:
    return f"laptop {who}, entry {number}\n".encode() * 200


def _laptop(who: int, address: str, appends: int, links: str, start: Any, answers: Any) -> None:
    if links == NO_LINKS:
        os.link = _refused
    store: Any = open_store(address)
    put, puts = store._put, [0]

    def counted(name: str, data: bytes) -> Any:
        puts[0] += 1
        return put(name, data)

    store._put = counted
    mine, tight = [], 0
    for number in range(1, appends + 1):
        start.wait(_PATIENCE)
        puts[0] = 0
        if store.create(f"log/{number:010}", _bytes(who, number)):
            mine.append(number)
        elif puts[0]:
            tight += 1
    answers.put((who, mine, tight))


def _refused(*_: object, **__: object) -> None:
    """What Linux says of a hard link on exFAT."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))
