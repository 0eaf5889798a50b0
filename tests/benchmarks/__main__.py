"""`python -m tests.benchmarks`: how fast Radar is, as ratios against the least there can be, measured in the same run.

The goals are those of the design. The exit code is 1 if a figure is over its goal.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui import paths
from radar_tui.store import demo
from radar_tui.store.connection import system_clock
from radar_tui.store.store import Store
from tests.benchmarks import in_company, in_import, in_reports, in_store, in_sync, on_screen, territory
from tests.benchmarks.figures import HEAD
from tests.benchmarks.on_screen import Territory
from tests.benchmarks.terminal import NotPainted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.figures import Figure

FIRST_LETTERS = 12


class Bench:
    """The databases of one run, each made when first needed, in a folder that goes with the run."""

    def __init__(self, folder: Path, *, runs: int, quick: bool) -> None:
        self.folder = folder
        self.runs = runs
        self.quick = quick
        self.keys = 40 if quick else 200
        self._made: dict[str, Territory] = {}

    def sample(self) -> Territory:
        """The sample as `radar demo` opens it."""
        return self._once("sample", 1.15, lambda: demo.fresh(self.folder / "sample.db", system_clock))

    def usual(self) -> Territory:
        """10,000 customers, 100,000 visits, 1,000,000 answers."""
        return self._once("10,000 customers", 1.25, partial(self._copy, territory.USUAL))

    def wide(self) -> Territory:
        """100,000 customers."""
        return self._once("100,000 customers", 1.35, partial(self._copy, territory.WIDE))

    def bare(self) -> Path:
        """A second copy of `usual` for the bare programs to write to."""
        return self._once("bare", 0, lambda: self._copy(territory.USUAL, "bare.db")).file

    def starts(self) -> list[Figure]:
        """exec → first customers readable, footer drawn."""
        known = [self.sample()] if paths.sample().exists() else []
        known += [self.usual()] if self.quick else [self.usual(), self.wide()]
        return on_screen.starts(known, self.runs)

    def radar(self) -> list[Figure]:
        """Keys in the Radar."""
        return on_screen.keys_in_radar(self.usual(), self.keys)

    def visit(self) -> list[Figure]:
        """Keys in a visit."""
        return on_screen.keys_in_visit(self.usual(), self.keys)

    def grading(self) -> list[Figure]:
        """A verdict, committed and painted."""
        return on_screen.grading(self.usual(), self.bare(), self.keys)

    def filter(self) -> list[Figure]:
        """Typing into the filter."""
        return on_screen.filtering(self.usual(), self.keys)

    def search(self) -> list[Figure]:
        """Typing into the search over everything, and what keeping it costs an import."""
        typing = on_screen.searching(self.usual(), self.sample(), self.keys)
        return [*typing, *in_import.with_search(self.folder, 1 if self.quick else 3)]

    def sql(self) -> list[Figure]:
        """What SQL takes on the UI thread, and each of the Radar's reads by itself."""
        wide = [] if self.quick else in_store.reads(self.wide().file, "100,000 customers", self.keys)
        usual = self.usual()
        on_ui = on_screen.sql_on_ui_thread(usual, self.folder / "times.json")
        return [*on_ui, *in_store.reads(usual.file, usual.title, self.keys), *wide]

    def memory(self) -> list[Figure]:
        """Peak memory above the bare app."""
        return on_screen.memory(self.usual())

    def answer(self) -> list[Figure]:
        """A committed answer against bare sqlite3."""
        return in_store.answers(self.usual().file, self.bare(), self.keys * 5)

    def tracking(self) -> list[Figure]:
        """A committed answer with and without a hub."""
        return in_store.tracking(self.usual().file, self.bare(), self.keys * 5)

    def company(self) -> list[Figure]:
        """The aggregates of the company with 1,000,000 answers."""
        return in_company.figures(self._copy(territory.USUAL, "company.db"), 5 if self.quick else 11)

    def sync(self) -> list[Figure]:
        """A sync with nothing to do, a push and a pull, as the database grows."""
        sizes = in_sync.SIZES[:2] if self.quick else in_sync.SIZES
        return in_sync.syncs(self.folder, sizes, 5 if self.quick else 11)

    def imports(self) -> list[Figure]:
        """100,000 tickets from a csv file."""
        return in_import.figures(self.folder, 1 if self.quick else 3)

    def reports(self) -> list[Figure]:
        """What the customer keeps of a visit, as PDF."""
        return in_reports.figures(self.folder, 5 if self.quick else 11)

    def _copy(self, size: territory.Size, name: str = "") -> Path:
        return territory.working_copy(territory.cached(size), self.folder, name)

    def _once(self, title: str, goal: float, make: Callable[[], Path]) -> Territory:
        if title not in self._made:
            file = make()
            with Store.open(file) as store:
                first = store.radar.page(store.clock().date(), 0, 1)[0].name
            self._made[title] = Territory(title, file, first[:FIRST_LETTERS], goal)
        return self._made[title]


NAMES = (
    "starts",
    "radar",
    "visit",
    "grading",
    "filter",
    "search",
    "sql",
    "memory",
    "answer",
    "tracking",
    "company",
    "sync",
    "import",
    "reports",
)


def main() -> int:
    """Measure and print; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer keys, without 100,000 customers")
    parser.add_argument("--only", choices=NAMES, action="append", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--runs", type=int, default=0, metavar="N", help="starts of each app (15; quick 5)")
    chosen = parser.parse_args()
    runs = chosen.runs or (5 if chosen.quick else 15)
    print(
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {on_screen.COLS}×{on_screen.ROWS}"
    )
    print(HEAD, flush=True)
    over = 0
    with tempfile.TemporaryDirectory(prefix="radar-bench-") as folder:
        bench = Bench(Path(folder), runs=runs, quick=chosen.quick)
        for name in chosen.only or NAMES:
            try:
                found: list[Figure] = getattr(bench, "imports" if name == "import" else name)()
            except NotPainted:
                for report in Path(folder).glob("*.crash.txt"):
                    print(report.read_text(encoding="utf-8"), file=sys.stderr)
                raise
            for figure in found:
                print(figure.text(), flush=True)
                over += not figure.reached
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
