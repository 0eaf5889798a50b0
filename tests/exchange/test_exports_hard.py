"""What is hard on an export: names had by two, hostile text, a full disk and a kill; and it comes back all the same."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import vobject

from radar_tui.domain.action import Action
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.service import Ticket
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.exchange import imports
from radar_tui.exchange.address_file import write_addresses
from radar_tui.exchange.calendar_file import write_calendar
from radar_tui.exchange.exports import write_csv, write_folder, write_xlsx
from radar_tui.exchange.options import Options
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.fresh import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.exchange.fields import Kind

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "'=kept",
    "+39 0583 1",
    "-1",
    "@SUM(A1)",
    "a\nb\rc\r\nd",
    "bell \x07 escape \x1b[31m",
    "日本語、株式会社",
    "שלום \u202eלהפוך",
    "semi;colon, comma \\ back",
    '"quoted" [/x] https://example.com/a,b;c _x0041_',
    "long " + "ö" * 10_000,
)
AT_TWICE = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""Half past two in Rome for the second time that night."""


def world(store: Store, texts: tuple[str, ...]) -> None:
    """Two customers of one name and two colleagues, contacts and items of one name; every text somewhere."""
    two = [Colleague(id=new_id(), name="Ann Lee", direct_contact=one) for one in (True, False)]
    store.colleague.save_all(two)
    for place, text in enumerate(texts):
        customer = Customer(
            id=new_id(),
            name="Twins & Co",
            owner_id=two[place % 2].id,
            annual_value=place * 1_234_567 + 5,
            currency=("EUR", "JPY")[place % 2],
            notes=text,
            city=text,
            archived_at=AT_TWICE if place % 2 else None,
            cadence_days=place + 1,
            status=("active", "former")[place % 2],
        )
        store.customer.save(customer)
        for _ in range(2):
            store.contact.save(
                Contact(
                    id=new_id(),
                    customer_id=customer.id,
                    name="Bo Li",
                    job_title=text,
                    email="both@example.com",
                    phone="+39 1",
                    language="it",
                    role="decision maker",
                    left_on=date(2026, 3, 29),
                )
            )
            store.item.save(
                Item(
                    id=new_id(), customer_id=customer.id, tag="P-1", model=text, installed_on=date(1998, 1, 2)
                )
            )
            store.ticket.save(
                Ticket(
                    id=new_id(),
                    customer_id=customer.id,
                    reference="" if place == 1 else "4711",
                    subject=text,
                    opened_at=AT_TWICE,
                    closed_at=NOW,
                    satisfied=(None, True, False)[place % 3],
                    comment=text,
                    followed_up_by=two[1].id,
                    followed_up_on=date(2026, 12, 1),
                )
            )


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_rows_of_one_name_come_back_into_a_new_database_each_as_it_was(
    store: Store, tmp_path: Path, ending: str
) -> None:
    world(store, HOSTILE)
    write_xlsx(store, tmp_path / "all.xlsx")
    write_folder(store, tmp_path / "all")
    kinds: tuple[Kind, ...] = ("colleagues", "customers", "contacts", "items", "tickets")
    with Store.open(tmp_path / "new.db", clock=store.clock) as new:
        for kind in kinds:
            # Our own file says by its headings what it is; of a workbook the kind says which sheet.
            options = (
                Options(tmp_path / "all.xlsx", kind)
                if ending == "xlsx"
                else Options(tmp_path / "all" / f"{kind}.csv")
            )
            first, again = (imports.run(new, options, write=True) for _ in range(2))
            assert not first.bad, (kind, first.bad)
            assert first.found.kind == kind
            assert (first.counts.new, again.counts.new, again.counts.changed) == (first.rows, 0, 0)
        for table in ("colleague", "customer", "contact", "item", "ticket"):
            there, here = (
                {row["id"]: dict(row) for row in each.rows(f"SELECT * FROM {table}")} for each in (store, new)
            )
            assert there == here, table


def test_any_text_is_read_by_another_program_as_it_was(store: Store, tmp_path: Path) -> None:
    for place, text in enumerate(HOSTILE):
        store.customer.save(Customer(id=f"c{place}", name=text))
        store.contact.save(
            Contact(id=f"k{place}", customer_id=f"c{place}", name=text, job_title=text, phone="+39 1")
        )
        store.action.save(
            Action(id=f"a{place}", customer_id=f"c{place}", title=text, due_on=date(2026, 12, 10))
        )
    write_calendar(store, tmp_path / "out.ics")
    write_addresses(store, tmp_path / "out.vcf")
    calendar, book = ((tmp_path / name).read_bytes() for name in ("out.ics", "out.vcf"))
    assert all(len(line) <= 75 for line in (calendar + book).split(b"\r\n"))
    actions = {each.uid.value: each for each in vobject.readOne(calendar.decode()).vtodo_list}
    cards = {each.uid.value: each for each in vobject.readComponents(book.decode())}
    for place, text in enumerate(HOSTILE):
        safe = one_line(text.strip())
        assert actions[f"action-a{place}@radar"].summary.value == f"{safe} ({safe})"
        card = cards[f"urn:uuid:k{place}"]
        assert (card.fn.value, card.title.value, card.org.value, card.tel.value) == (
            safe,
            safe,
            [safe],
            "+39 1",
        )


def test_what_a_cell_cannot_hold_is_said(store: Store, tmp_path: Path) -> None:
    store.customer.save(Customer(id="c", name="Aurora", notes="x" * 40_000))
    assert (
        write_xlsx(store, tmp_path / "out.xlsx").words == "1 row, 1 text cut at 32,767 letters (csv has all)"
    )
    write_csv(store, "customers", tmp_path / "out.csv")
    assert "x" * 40_000 in (tmp_path / "out.csv").read_text(encoding="utf-8")


def writers() -> dict[str, Callable[[Store, Path], object]]:
    return {
        "xlsx": lambda store, path: write_xlsx(store, path, force=True),
        "csv": lambda store, path: write_csv(store, "items", path, force=True),
        "ics": lambda store, path: write_calendar(store, path, force=True),
        "vcf": lambda store, path: write_addresses(store, path, force=True),
    }


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ics", "vcf"])
def test_a_full_disk_leaves_the_old_file(
    store: Store, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "here" / "out"
    target.parent.mkdir()
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RadarError, match="no space"):
        writers()[ending](store, target)
    assert target.read_text() == "old"
    assert len(list(target.parent.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="no signals")
def test_a_kill_among_the_rows_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    store.customer.save(Customer(id="c", name="Aurora"))
    store.item.save_all([Item(id=f"i{number}", customer_id="c", tag=str(number)) for number in range(50)])
    program = (
        "import os, signal, sys; from pathlib import Path; from tests.exchange.test_exports_hard import writers\n"
        "from radar_tui.exchange import exports; from radar_tui.store.store import Store\n"
        "def dying(*words):\n"
        "    for count, row in enumerate(real(*words)):\n"
        "        count < 20 or os.kill(os.getpid(), signal.SIGKILL)\n"
        "        yield row\n"
        "real, exports.rows = exports.rows, dying\n"
        "writers()[sys.argv[2]](Store.open(Path(sys.argv[1])), Path(sys.argv[3]))"
    )
    for ending in ("xlsx", "csv"):
        target = tmp_path / f"out.{ending}"
        target.write_text("old")
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", program, str(store.path), ending, str(target)], check=False, cwd=root
        )
        assert done.returncode == -9
        assert target.read_text() == "old"
    assert store.row("PRAGMA quick_check")[0] == "ok"
