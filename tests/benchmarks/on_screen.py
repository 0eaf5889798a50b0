"""What is measured through a real terminal: starts, keys, the filter, memory; in turns with the baseline."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.store.lists.search import Search
from radar_tui.store.store import Store
from tests.benchmarks.figures import Figure, median, p95, pair
from tests.benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
ROWS, COLS = 30, 100
PAUSE = 0.03
"""Seconds between two keys: both apps have nothing left to do."""
FOOTER = "v visit"
STEP = "Before you go in"
INTEGRITY = "items graded"
TOUR = (
    *("down", "pagedown", "end", "home", "/", "w", "e", "s", "escape"),  # the Radar and its filter
    *("home", "enter", *["right"] * 6, "escape", "b", "escape"),  # a customer, its tabs, its brief
    *("2", "3", "4", "5", "1"),
)
WORDS = ("papier", "weser rail", "łódź", "zurich", "00500")


@dataclass(frozen=True, slots=True)
class Territory:
    """A database to open: what to call it, the file, and the name that stands first on its Radar."""

    title: str
    file: Path
    first: str
    goal: float


def radar(file: Path) -> list[str]:
    """The command that opens Radar on a file."""
    return [sys.executable, "-m", "radar_tui", "--db", str(file)]


def starts(territories: list[Territory], runs: int) -> list[Figure]:
    """exec → the first customer readable, and → the footer drawn, against the bare app's one line of text.

    Each run starts with another of them, so that none always follows the same one; the run before only warms.
    """
    apps: list[Territory | None] = [None, *territories]
    readable: dict[Territory | None, list[float]] = {app: [] for app in apps}
    footer: dict[Territory | None, list[float]] = {app: [] for app in apps}
    for run in range(-1, runs):
        first = run % len(apps)
        for app in [*apps[first:], *apps[:first]]:
            with Terminal(radar(app.file) if app else BARE, ROWS, COLS) as terminal:
                read = terminal.wait_for(app.first if app else "ready") - terminal.started
                drawn = terminal.wait_for(FOOTER) - terminal.started if app else read
            if run >= 0:
                readable[app].append(read * 1e3)
                footer[app].append(max(read, drawn) * 1e3)
    base = median(readable[None])
    return [
        *(
            Figure(f"first customers readable, {it.title}", "ms", median(readable[it]), it.goal, base)
            for it in territories
        ),
        *(Figure(f"footer drawn, {it.title}", "ms", median(footer[it]), 1.5, base) for it in territories),
    ]


def keys_in_radar(territory: Territory, count: int) -> list[Figure]:
    """The cursor one row down or up, in view, against a number that counts keys."""
    with Terminal(BARE, ROWS, COLS) as bare, _opened(territory) as ours:
        bare.wait_for("ready")
        took, base = _alternate(ours, bare, _cursor_keys(ours, 16), count)
    return pair(f"key → paint, Radar, {territory.title}", took, base, (1.5, 2.0))


def keys_in_visit(territory: Territory, count: int) -> list[Figure]:
    """The cursor in the integrity report, against a number that counts keys."""
    with Terminal(BARE, ROWS, COLS) as bare, _opened(territory) as ours:
        bare.wait_for("ready")
        _to_integrity(ours)
        took, base = _alternate(ours, bare, _cursor_keys(ours, 12), count)
    return pair(f"key → paint, Visit, {territory.title}", took, base, (1.5, 2.0))


def grading(territory: Territory, bare_file: Path, count: int) -> list[Figure]:
    """A verdict: key → committed, painted, cursor moved on; against a counter that commits a bare finding first."""
    with Terminal([*BARE, "--commit", str(bare_file)], ROWS, COLS) as bare, _opened(territory) as ours:
        bare.wait_for("ready")
        _to_integrity(ours)
        took, base = _alternate(ours, bare, _grading_keys(ours, 12), count)
    return pair(f"grading key with its commit, {territory.title}", took, base, (2.0, 2.0))


def filtering(territory: Territory, count: int) -> list[Figure]:
    """A letter typed into the filter → the last change of text that it caused."""
    took = _typed(territory, "/", count)
    return [
        Figure(f"filter keystroke, {territory.title} p50", "ms", median(took) * 1e3, 60),
        Figure(f"filter keystroke, {territory.title} p95", "ms", p95(took) * 1e3, 100),
    ]


def searching(territory: Territory, sample: Territory, count: int) -> list[Figure]:
    """A letter typed into the search over everything → the rows that hold it, against the filter on the sample."""
    # The first search makes the index: typing is measured once it is there.
    with Store.open(territory.file) as store:
        Search(store).make()
    took, base = _typed(territory, "//", count), _typed(sample, "/", count)
    usual = f"p50 {median(took) * 1e3:.1f} ms against {median(base) * 1e3:.1f} ms: no goal"
    what = f"search keystroke, {territory.title}, to filter p95"
    return [Figure(what, "ms", p95(took) * 1e3, 2.0, p95(base) * 1e3, notes=(usual,))]


def _typed(territory: Territory, open_with: str, count: int) -> list[float]:
    """Seconds from each letter, typed and taken back, to the last change of text that it caused."""
    took: list[float] = []
    with _opened(territory) as ours:
        for key in open_with:
            ours.press(key)
            ours.last_change()
        while len(took) < count:
            for word in WORDS:
                for letter in [*word, *["backspace"] * len(word)]:
                    pressed = ours.press(letter)
                    # What a worker finds comes after the letter itself has been painted.
                    changed = ours.last_change(quiet=0.4)
                    if changed is not None:  # a space changes nothing by itself
                        took.append(changed - pressed)
    return took


def memory(territory: Territory) -> list[Figure]:
    """The most memory ever held, above the bare app's: at the Radar, and after a tour through list and visit."""
    with Terminal(BARE, ROWS, COLS) as bare:
        bare.wait_for("ready")
        bare.last_change()
        base = bare.peak_memory()
    with _opened(territory) as ours:
        ours.last_change(quiet=1)
        at_radar = ours.peak_memory() - base
        for keys in (["end"], ["home"], ["/", "w", "e", "s"], ["escape"]):
            ours.press(*keys)
            ours.last_change()
        _to_integrity(ours)
        ours.press("down", "up")
        ours.last_change(quiet=0.5)
        toured = ours.peak_memory() - base
    return [
        Figure(f"memory above bare, {territory.title}, Radar", "MB", at_radar / 1e6, 25),
        Figure(f"memory above bare, {territory.title}, after a visit", "MB", toured / 1e6, 25),
    ]


def sql_on_ui_thread(territory: Territory, times: Path) -> list[Figure]:
    """A tour through the screens and a visit: what each SQL statement on the UI thread took. Commits count too."""
    traced = [sys.executable, str(Path(__file__).with_name("traced.py")), str(times), str(territory.file)]
    with Terminal(traced, ROWS, COLS, {"PYTHONPATH": str(Path.cwd())}) as ours:
        _settled(ours, territory)
        for key in TOUR:
            ours.press(key)
            ours.last_change()
        _to_integrity(ours)
        for key in ("s", "d", "u", "x", "ctrl+z", *["]"] * 8, "escape"):
            ours.press(key)
            ours.last_change()
        ours.press("ctrl+q")
        ours.wait()
    took: list[tuple[str, float]] = json.loads(times.read_text(encoding="utf-8"))
    slowest = sorted(took, key=lambda one: -one[1])[:3]
    return [
        Figure(
            f"SQL on the UI thread, {len(took)} statements, p95",
            "ms",
            p95([milliseconds for _, milliseconds in took]),
            5,
            notes=tuple(f"{milliseconds:.1f} ms: {statement[:90]}" for statement, milliseconds in slowest),
        )
    ]


Key = tuple[str, "Callable[[list[str]], bool]"]


def _opened(territory: Territory) -> Terminal:
    return _settled(Terminal(radar(territory.file), ROWS, COLS), territory)


def _settled(terminal: Terminal, territory: Territory) -> Terminal:
    """Once the Radar stands, with all that comes after its first paint."""
    terminal.wait_for(territory.first)
    terminal.wait_for(FOOTER)
    terminal.last_change(quiet=0.5)
    return terminal


def _to_integrity(terminal: Terminal) -> None:
    """Start or resume the visit to the first customer and go to its integrity report."""
    terminal.press("home", "v")
    terminal.wait_for(lambda lines: any("enter start" in line or STEP in line for line in lines))
    if not any(STEP in line for line in terminal.screen()):
        terminal.press("enter")
        terminal.wait_for(STEP)
    terminal.press(*["["] * 12)  # it resumes where it was left
    for _ in range(12):
        terminal.last_change(quiet=0.3)
        if any(INTEGRITY in line for line in terminal.screen()):
            terminal.press("home")
            terminal.last_change()
            return
        terminal.press("]")
    raise AssertionError("the visit has no integrity report:\n" + "\n".join(terminal.screen()))


def _marked(lines: list[str]) -> int:
    """The line of the cursor, -1 if none."""
    return next((y for y, line in enumerate(lines) if "▌" in line), -1)


def _cursor_keys(terminal: Terminal, span: int) -> Iterator[Key]:
    """Down `span` rows and up again, for ever."""
    while True:
        for key, by in [("down", 1)] * span + [("up", -1)] * span:
            goal = _marked(terminal.screen()) + by
            yield key, lambda lines, goal=goal: _marked(lines) == goal  # type: ignore[misc]


def _grading_keys(terminal: Terminal, span: int) -> Iterator[Key]:
    """Grade `span` items, go back to the first, grade them otherwise, for ever."""
    while True:
        for key, word in (("s", " serviceable"), ("x", "not inspected")):
            terminal.press("home")
            terminal.last_change()
            for _ in range(span):
                here = _marked(terminal.screen())
                yield (
                    key,
                    lambda lines, here=here, word=word: (  # type: ignore[misc]
                        word in lines[here] and _marked(lines) == here + 1
                    ),
                )


def _alternate(
    ours: Terminal, bare: Terminal, keys: Iterator[Key], count: int
) -> tuple[list[float], list[float]]:
    """A key here, a key there, `count` times each after a few to warm; seconds from key to paint."""
    took: list[float] = []
    base: list[float] = []
    for number in range(1, count + 6):
        key, painted = next(keys)
        time.sleep(PAUSE)
        pressed = ours.press(key)
        took.append(ours.wait_for(painted) - pressed)
        time.sleep(PAUSE)
        pressed = bare.press("j")
        base.append(bare.wait_for(f"count {number}.") - pressed)
    return took[5:], base[5:]
