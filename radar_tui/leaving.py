"""What Radar leaves when it has to end at once: the text that was being typed, and of a fault where it happened.

Both go through one writer: a file that only its owner may read, beside the database or, where nothing can be written
there, in the state folder. The text stands in the drafts alone; of a fault only types and lines of code are kept.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from radar_tui.files import replace_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DRAFTS, _CRASH = "drafts.json", "crash.txt"


@dataclass(frozen=True, slots=True)
class Typed:
    """One field: its name in the form, its label, what stood in it, and the same in the words shown there."""

    name: str
    label: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved: in which form or line, on what, when (ISO), and the fields that were changed."""

    title: str
    where: str
    at: str
    typed: tuple[Typed, ...]


def keep_drafts(database: Path, drafts: Sequence[Draft]) -> None:
    """Put `drafts` in the place of those that are kept; none removes the file. Nothing is raised: Radar is ending."""
    if drafts:
        _keep(database, _DRAFTS, json.dumps([asdict(draft) for draft in drafts]))
        return
    for place in _places(database, _DRAFTS):
        with suppress(OSError):
            place.unlink(missing_ok=True)


def kept_drafts(database: Path) -> list[Draft]:
    """What was typed and not saved when Radar last had to end; [] if nothing was, or if it cannot be read."""
    for place in _places(database, _DRAFTS):
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            found = json.loads(place.read_text(encoding="utf-8"))
            return [
                Draft(
                    str(one["title"]),
                    str(one["where"]),
                    str(one["at"]),
                    tuple(Typed(*(str(field[name]) for name in Typed.__slots__)) for field in one["typed"]),
                )
                for one in found
            ]
    return []


def keep_crash(database: Path, error: BaseException) -> Path:
    """Keep where a fault happened; returns the file."""
    return _keep(database, _CRASH, "\n".join(_told(error)) + "\n")


def _told(error: BaseException) -> Iterator[str]:
    """Types and lines of code, the cause first: what an error says may quote what a customer said."""
    if before := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        yield from _told(before)
        yield "then"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"


def _places(database: Path, kind: str) -> Iterator[Path]:
    import platformdirs

    whole = database.resolve()
    yield whole.with_name(f"{whole.name}.{kind}")
    number = hashlib.sha256(str(whole).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    yield platformdirs.user_state_path("radar", appauthor=False) / f"{number}.{kind}"


def _keep(database: Path, kind: str, text: str) -> Path:
    """Write `text`, or else nothing: the disk may be why Radar ends. Returns where it is."""
    for place in _places(database, kind):
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_bytes(place, text.encode("utf-8", "replace"))
            return place
    return place
