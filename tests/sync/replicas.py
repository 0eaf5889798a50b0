"""Copies of one folder on several machines, as a cloud service keeps them: what one machine writes arrives at the
others when it likes, in any order, one file after the other, and now and then only the beginning of one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Move(NamedTuple):
    """One file that is on its way: from a machine to the service, or from there to a machine."""

    machine: int
    up: bool
    name: str


@dataclass
class Replicas:
    """The folders of all machines, `top/0`, `top/1` …, and what the service holds in between."""

    top: Path
    held: dict[str, bytes] = field(default_factory=dict)
    known: list[dict[str, bytes]] = field(default_factory=list)
    """Of each machine what its client last saw alike in the folder and at the service."""
    begun: list[dict[str, bytes]] = field(default_factory=list)
    """Of each machine the files of which only the beginning has arrived."""

    def add(self) -> Path:
        """The folder of one more machine; all that the service holds has arrived there."""
        machine = len(self.known)
        self.known.append({})
        self.begun.append({})
        self.folder(machine).mkdir(parents=True)
        for move in [one for one in self.moves() if one.machine == machine]:
            self.make(move)
        return self.folder(machine)

    def folder(self, machine: int) -> Path:
        return self.top / str(machine)

    def moves(self) -> list[Move]:
        """All that is on its way."""
        found = []
        for machine, known in enumerate(self.known):
            here = self._files(machine)
            for name in sorted({*here, *known}):
                if here.get(name) != known.get(name) and here.get(name) != self.begun[machine].get(name, b""):
                    found.append(Move(machine, True, name))
            for name in sorted({*self.held, *known}):
                if self.held.get(name) != known.get(name):
                    found.append(Move(machine, False, name))
        return found

    def make(self, move: Move, *, part: float = 1.0) -> None:
        """Let one file arrive, or the beginning of it; what both sides changed is kept twice, as these services do."""
        machine, up, name = move
        here, there = self._files(machine).get(name), self.held.get(name)
        known = self.known[machine].get(name)
        file = self.folder(machine) / name
        if up:
            if there not in (known, here):
                name = f"{name} (conflicted copy of {machine})"
                file.rename(file.with_name(Path(name).name))
            self._hold(self.held, name, here)
            self._hold(self.known[machine], name, here)
        elif here in (known, there, self.begun[machine].get(name)):
            if part < 1 and there:
                self.begun[machine][name] = there[: int(len(there) * part)]
                self._write(file, self.begun[machine][name])
                return
            self.begun[machine].pop(name, None)
            self._write(file, there)
            self._hold(self.known[machine], name, there)

    def deliver(self) -> bool:
        """Let everything arrive everywhere; whether anything was on its way."""
        moved = False
        for _ in range(20):
            moves = self.moves()
            if not moves:
                return moved
            moved = True
            for move in sorted(moves, key=lambda move: not move.up):
                self.make(move)
        raise AssertionError("the folders never come to rest")

    def _files(self, machine: int) -> dict[str, bytes]:
        folder = self.folder(machine)
        return {
            str(file.relative_to(folder)): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file() and not file.name.endswith(".part")
        }

    @staticmethod
    def _hold(held: dict[str, bytes], name: str, content: bytes | None) -> None:
        if content is None:
            held.pop(name, None)
        else:
            held[name] = content

    @staticmethod
    def _write(file: Path, content: bytes | None) -> None:
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def copy_of(self, machine: int) -> Path:
        """The folder of another machine to which a whole disk was copied: as it is on the first."""
        twin = len(self.known)
        self.known.append(dict(self.known[machine]))
        self.begun.append(dict(self.begun[machine]))
        shutil.copytree(self.folder(machine), self.folder(twin))
        return self.folder(twin)
