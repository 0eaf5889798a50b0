"""`kill -9` in a service review: what was painted as seen, followed through, agreed, read or typed is in the file.

Real processes in real terminals. Each way of writing is killed twice: the moment its change is painted, and at a random
moment after its keys.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.scorecard import Measure
from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.test_kill import asked, here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import NotPainted, Terminal

TICKETS = 6


def prepared(path: Path) -> None:
    """A service customer with six tickets that nobody followed through, one KPI, and a review in progress."""
    with Store.open(path) as store:
        me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
        settings = store.local.settings()
        store.local.save(type(settings)(me=me.id, company="Toller Services"))
        customer = store.customer.save(
            Customer(id=new_id(), name="Aurora Hosting", kind="service", owner_id=me.id)
        )
        for number in range(TICKETS):
            moment = datetime.now(UTC) - timedelta(days=10 + number)
            store.ticket.save(
                Ticket(id=new_id(), customer_id=customer.id, reference=f"R-{number}", subject=f"Outage {number}",
                       opened_at=moment, closed_at=moment, satisfied=False)
            )  # fmt: skip
        store.measure.save(
            Measure(id=new_id(), customer_id=customer.id, perspective="internal", name="Uptime", unit="h")
        )
        review = next(checklist for checklist in shipped() if checklist.key == "service")
        visit = store.visit.start(customer.id, store.checklist.pin(review), me.id)
        store.visit.set_step(visit.id, "feedback")


def of_row(lines: list[str], words: str) -> str:
    return next((line for line in lines if words in line and "│" in line), "")


class Writing:
    """One way of writing: where it is done, its keys, how it is painted, and whether the file has it."""

    def __init__(
        self, step: str, keys: list[str], shown: Callable[[list[str]], bool], kept: Callable[[Path], bool]
    ) -> None:
        self.step, self.keys, self.shown, self.kept = step, keys, shown, kept


def seen(row: int) -> Writing:
    def shown(lines: list[str]) -> bool:
        line = of_row(lines, f"Outage {row}")
        return bool(line) and not line.rstrip(" ▌█▐▕").endswith("–")

    def kept(file: Path) -> bool:
        return bool(asked(file, f"SELECT 1 FROM ticket WHERE reference = 'R-{row}' AND shown_on IS NOT NULL"))

    return Writing("feedback", ["down"] * row + ["space"], shown, kept)


def agreed(row: int) -> Writing:
    def kept(file: Path) -> bool:
        return bool(asked(file, f"SELECT 1 FROM action WHERE title = 'Follow through: Outage {row}'"))

    def shown(lines: list[str]) -> bool:
        return any("It is an action of this visit now." in line for line in lines)

    return Writing("feedback", ["down"] * row + ["a"], shown, kept)


def followed(row: int) -> Writing:
    """Who and when are proposed; rows followed through go to the end, so the last waiting one is taken."""

    def kept(file: Path) -> bool:
        return bool(
            asked(file, f"SELECT 1 FROM ticket WHERE outcome = 'gasket{row}' AND followed_up_on NOT NULL")
        )

    def shown(lines: list[str]) -> bool:
        return "Marta Ricci" in of_row(lines, f"gasket{row}")

    return Writing(
        "feedback", ["end"] + ["up"] * row + ["e", "tab", "tab", *f"gasket{row}", "enter"], shown, kept
    )


def read(value: int) -> Writing:
    def kept(file: Path) -> bool:
        return bool(asked(file, f"SELECT 1 FROM reading WHERE value = {value}"))

    def shown(lines: list[str]) -> bool:
        return f" {value} " in of_row(lines, "Uptime")

    return Writing("kpis", ["r", *str(value), "enter"], shown, kept)


def typed(subject: str, opened: int) -> Writing:
    """The Service tab counts it as soon as the form has closed."""

    def kept(file: Path) -> bool:
        return bool(asked(file, f"SELECT 1 FROM ticket WHERE subject = '{subject}'"))

    def shown(lines: list[str]) -> bool:
        return any(line.split()[:2] == ["Opened", str(opened)] for line in lines)

    return Writing("", ["n", *subject, "enter"], shown, kept)


def to_the_place(terminal: Terminal, file: Path, step: str) -> None:
    """The step of the visit, or (without one) the Service tab of the customer."""
    terminal.wait_for("Aurora Hosting", timeout=30)
    if step:
        with Store.open(file) as store:
            [(visit,)] = asked(file, "SELECT id FROM visit")
            store.visit.set_step(visit, step)
        terminal.press("v")
        terminal.wait_for(lambda lines: bool(here(lines)), timeout=30)
        terminal.wait_for("Outage 0" if step == "feedback" else "Uptime", timeout=10)
    else:
        terminal.press("enter")
        terminal.wait_for("Overview", timeout=30)
        for _ in range(9):
            terminal.press("right")
            with suppress(NotPainted):
                terminal.wait_for("By month", timeout=1)
                return


@pytest.mark.parametrize(
    ("first", "second"),
    [(seen(0), seen(2)), (agreed(1), agreed(3)), (followed(0), followed(1)), (read(71), read(83)),
     (typed("Router", TICKETS + 1), typed("Switch", TICKETS + 2))],
    ids=["seen", "action", "follow-through", "reading", "ticket"],
)  # fmt: skip
def test_killed_while_writing_nothing_painted_is_lost(
    tmp_path: Path, first: Writing, second: Writing
) -> None:
    file = tmp_path / "radar.db"
    prepared(file)
    for writing, waits in ((first, True), (second, False)):
        with Terminal([sys.executable, "-m", "radar_tui", "--db", str(file)], rows=40, cols=180) as terminal:
            to_the_place(terminal, file, writing.step)
            assert not writing.shown(terminal.screen())
            terminal.press(*writing.keys)
            if waits:
                terminal.wait_for(writing.shown, timeout=20)
            else:
                time.sleep(random.Random(writing.keys[-1]).uniform(0, 0.3))
            terminal.kill()
            painted = writing.shown(terminal.screen())
        assert painted or not waits
        assert writing.kept(file) or not painted, "\n".join(terminal.screen())
        assert asked(file, "PRAGMA integrity_check") == [("ok",)]
        assert asked(file, "PRAGMA foreign_key_check") == []
