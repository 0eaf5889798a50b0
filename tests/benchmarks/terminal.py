"""A real terminal around a real process: keys go in through a pty, the screen is what a terminal would show.

    with Terminal([sys.executable, "-m", "radar_tui", "--db", str(file)], rows=30, cols=100) as terminal:
        terminal.wait_for("Reason to visit")
        pressed = terminal.press("down")
        painted = terminal.wait_for(lambda lines: lines[4].startswith(" ▌"))
        print(painted - pressed, "seconds from key to paint")

A thread takes the time of every piece of output as it arrives and does nothing else with it; the pieces are
understood (pyte is slow) only once the process has been quiet for a moment, so that costs no time measured.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Expected = str | Callable[[list[str]], bool]

KEYS: dict[str, str] = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"ctrl+{chr(letter)}": chr(letter - 96) for letter in range(ord("a"), ord("z") + 1)},
}

# What Textual asks a terminal at start: can it paint whole frames (yes: 2, known and off)? Anything else: no (0).
_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_KNOWN_MODES = {b"2026"}
# Keyboard protocol requests, which pyte would print.
_UNSHOWN = re.compile(rb"\x1b\[[<=>?]\d*u")
_QUIET = 0.02
_LONGEST_BACKLOG = 0.3


class NotPainted(AssertionError):
    """What was waited for never stood on the screen; the message shows what did."""


class Terminal:
    """One process in a terminal of its own. Moments are `time.perf_counter()` seconds.

    `env` is added to this process's environment; PYTHONDONTWRITEBYTECODE and NO_COLOR are not inherited.
    """

    def __init__(
        self, argv: Sequence[str], rows: int = 30, cols: int = 100, env: Mapping[str, str] | None = None
    ) -> None:
        self.rows, self.cols = rows, cols
        self.exit_code: int | None = None
        self._pieces: deque[tuple[float, bytes]] = deque()
        self._arrived = threading.Event()
        self._last_arrival = self._shown_at = 0.0
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        environment = _environment(env or {})
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(argv, rows, cols, environment)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def press(self, *keys: str) -> float:
        """Press keys by name (`down`, `ctrl+z`, `s`), all at once; returns the moment before the first."""
        return self.send("".join(KEYS.get(key, key) for key in keys))

    def send(self, text: str) -> float:
        """Type text as it is; returns the moment before its first byte."""
        left = text.encode()
        moment = time.perf_counter()
        while left:
            left = left[os.write(self._fd, left) :]
        return moment

    def screen(self) -> list[str]:
        """What the terminal shows now, a line of `cols` cells each (a wide letter stands once)."""
        while self._pieces:
            self._show(self._pieces.popleft())
        return self._lines()

    def wait_for(self, expected: Expected, timeout: float = 10) -> float:
        """The moment at which a text stood on the screen, or at which a function of the lines said yes.

        If it already does, that is the moment of the last output. Raises NotPainted after `timeout` seconds.
        """
        deadline = time.perf_counter() + timeout
        fulfilled = _fulfilled(expected)
        if fulfilled(self._lines()):
            return self._shown_at
        while time.perf_counter() < deadline:
            self._gather(deadline)
            while self._pieces:
                self._show(self._pieces.popleft())
                if fulfilled(self._lines()):
                    return self._shown_at
            if not self._reader.is_alive() and not self._pieces:
                break
        screen = "\n".join(line.rstrip() for line in self._lines())
        raise NotPainted(f"{expected!r} did not appear within {timeout} s:\n{screen}")

    def last_change(self, quiet: float = 0.15, timeout: float = 10) -> float | None:
        """The moment of the last change of text, once none came for `quiet` seconds; None if none came at all.

        Output that changes no text (a blinking cursor) does not count.
        """
        deadline = time.perf_counter() + timeout
        changed: float | None = None
        settled = time.perf_counter() + quiet
        before = self._lines()
        while time.perf_counter() < min(settled, deadline):
            self._gather(min(settled, deadline))
            while self._pieces:
                self._show(self._pieces.popleft())
                if (now := self._lines()) != before:
                    before, changed = now, self._shown_at
                    settled = changed + quiet
        return changed

    def peak_memory(self) -> int:
        """The most memory the process ever held, in bytes; where /proc is missing, what it holds now."""
        with contextlib.suppress(FileNotFoundError):
            with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
                for line in status:
                    if line.startswith("VmHWM:"):
                        return int(line.split()[1]) * 1024
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, check=True)
        return int(told.stdout) * 1024

    def is_alive(self) -> bool:
        """Whether the process still runs; `exit_code` is set once it does not (negative: the signal)."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is None

    def wait(self, timeout: float = 10) -> int:
        """Wait until the process ends by itself; its exit code."""
        deadline = time.perf_counter() + timeout
        while self.is_alive():
            if time.perf_counter() > deadline:
                raise NotPainted(f"still running after {timeout} s:\n" + "\n".join(self.screen()))
            time.sleep(0.005)
        self.kill()
        assert self.exit_code is not None
        return self.exit_code

    def kill(self) -> None:
        """End the process with SIGKILL, if it still runs; `screen()` then shows the last it painted."""
        if self._fd < 0:
            return
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
            self.exit_code = os.waitstatus_to_exitcode(status)
        self._reader.join(timeout=5)
        os.close(self._fd)
        self._fd = -1

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._fd, 65536)
            except OSError:
                piece = b""
            if not piece:
                self._arrived.set()
                return
            moment = time.perf_counter()
            self._pieces.append((moment, piece))
            self._last_arrival = moment
            self._arrived.set()
            for mode in _QUERY.findall(piece):
                state = 2 if mode in _KNOWN_MODES else 0
                with contextlib.suppress(OSError):
                    os.write(self._fd, b"\x1b[?%s;%d$y" % (mode, state))

    def _gather(self, deadline: float) -> None:
        """Wait for output, then until it pauses: nothing is understood while more may be on its way."""
        self._arrived.wait(max(0.0, deadline - time.perf_counter()))
        since = time.perf_counter()
        while self._reader.is_alive():
            now = time.perf_counter()
            left = min(self._last_arrival + _QUIET, since + _LONGEST_BACKLOG) - now
            if left <= 0:
                break
            time.sleep(left)
        self._arrived.clear()

    def _show(self, arrival: tuple[float, bytes]) -> None:
        self._shown_at = arrival[0]
        self._stream.feed(_UNSHOWN.sub(b"", arrival[1]))

    def _lines(self) -> list[str]:
        cells = range(self.cols)
        return [
            "".join([row[x].data for x in cells])
            for row in map(self._screen.buffer.__getitem__, range(self.rows))
        ]


def _fulfilled(expected: Expected) -> Callable[[list[str]], bool]:
    if callable(expected):
        return expected
    return lambda lines: any(expected in line for line in lines)


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """That of a modern terminal in UTF-8; without what would change what is measured."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "NO_COLOR", "TERM_PROGRAM", "COLUMNS", "LINES"}
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    return {**inherited, **terminal, **added}


def _become(argv: Sequence[str], rows: int, cols: int, environment: dict[str, str]) -> None:
    """In the forked child: the size first, so that the process never sees another one; then the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        os.execvpe(argv[0], list(argv), environment)
    except BaseException as error:
        os.write(2, f"{argv[0]} did not start: {error}\n".encode())
    finally:
        os._exit(127)
