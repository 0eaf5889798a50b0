"""The system's wish that Radar ends, as an event among the others."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable


def when_told_to_end(loop: AbstractEventLoop, then: Callable[[int], object]) -> None:
    """Have `then` called in `loop`, with the number, when the system ends Radar: at log-out, a closed terminal or by
    `kill`. What whoever started Radar ignores (`nohup`) stays ignored."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        if sys.platform == "win32":
            signal.signal(number, lambda found, _: loop.call_soon_threadsafe(then, found))
        else:
            loop.add_signal_handler(number, then, number)
