"""Files made to do harm, each played in a process of its own: it ends by itself, in words, within its memory.

The suite plays a few of each kind; RADAR_HOSTILE=1000 plays so many, and RADAR_HOSTILE_FROM=5000 others.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import pickle
import re
import resource
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from radar_tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 20
"""What one file may take of the processor, all commands together; more is a hang."""
MEMORY = 1 << 30
"""Bytes that a process may have more than it began with."""
_NEW_USER, _NEW_MOUNTS, _REMOUNT, _READ_ONLY = 0x10000000, 0x20000, 32, 1
"""unshare(2), mount(2)"""
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
_OWN_FAULTS = ("Traceback", "made a mistake", "could not finish this", "Exception", "Errno")


def seeds(few: int) -> range:
    """Which files are played."""
    first = int(os.environ.get("RADAR_HOSTILE_FROM", "0"))
    return range(first, first + int(os.environ.get("RADAR_HOSTILE", str(few))))


@dataclass
class Said:
    """What a command left: its exit code and all it printed."""

    code: int | None
    text: str


def command(*arguments: str) -> Said:
    """One command of `radar`; what it prints goes over real pipes' encodings.

    In this process, but for `report`: typst computes with threads, and a fork of a process that did has none of them.
    """
    if arguments[0] == "report":
        ended = subprocess.run(
            [sys.executable, "-m", "radar_tui", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Said(ended.returncode, ended.stdout.decode("utf-8"))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main.main(list(arguments))
    out.flush()
    return Said(code, out.buffer.getvalue().decode("utf-8"))


def in_words(said: Said) -> list[str]:
    """What a user may not be told; empty if all of it is in words."""
    wrong = [f"code {said.code}"] if said.code not in (0, 1, 2) else []
    wrong += [words for words in _OWN_FAULTS if words in said.text]
    if said.code == 1 and not said.text.strip():
        wrong.append("failed without a word")
    if found := _UNSAFE.search(said.text):
        wrong.append(f"sends {found[0]!r} to the terminal")
    return [f"{one}: {said.text[-800:]}" for one in wrong]


def alone(play: Callable[[], object], folder: Path) -> list[str]:
    """`play` in a child of this process, bounded in time and memory: what was wrong, in words.

    `play` returns a list of what it found wrong, or what it raised is wrong.
    """
    answer = folder / "answer"
    child = os.fork()
    if child == 0:
        _bounded()
        try:
            os.environ["RADAR_DEBUG"] = "1"
            found: object = play()
        except BaseException:
            found = [traceback.format_exc(limit=-6)]
        with contextlib.suppress(BaseException):
            answer.write_bytes(pickle.dumps(found))
        os._exit(0)
    until = time.monotonic() + SECONDS * 6
    while True:
        ended, status, _ = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return ["hangs"]
        time.sleep(0.002)
    if status or not answer.exists():
        return [f"ended by {status}"]
    found = pickle.loads(answer.read_bytes())
    answer.unlink()
    assert isinstance(found, list)
    return found


def own_disk(place: Path, size: str) -> bool:
    """Mount an empty disk of `size` (`3m`) at `place`, which only this process and its children see and which is gone
    with them. False where the system does not allow it. Call it in a child: it changes the process for good."""
    maps = (("setgroups", "deny"), ("uid_map", f"0 {os.getuid()} 1"), ("gid_map", f"0 {os.getgid()} 1"))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER | _NEW_MOUNTS):
        return False
    with contextlib.suppress(OSError):
        for name, line in maps:
            with open(f"/proc/self/{name}", "w") as text:
                text.write(line)
    return not libc.mount(b"none", os.fsencode(place), b"tmpfs", 0, f"size={size}".encode())


def can_only_be_read(place: Path) -> bool:
    """Take the right to write from a disk of `own_disk`. Nothing on it may be open."""
    return not ctypes.CDLL(None).mount(b"none", os.fsencode(place), b"tmpfs", _REMOUNT | _READ_ONLY, None)


def _bounded() -> None:
    with open("/proc/self/statm") as text:
        here = int(text.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (here + MEMORY, here + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
