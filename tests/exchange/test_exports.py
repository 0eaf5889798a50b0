"""What goes out as csv and xlsx: typed, never a formula, whole or not at all, and it comes back as it was."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from radar_tui.domain.customer import Contact, Customer, Market
from radar_tui.domain.integrity import Item, Stream
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.service import Ticket
from radar_tui.errors import RadarError
from radar_tui.exchange.converting import TABLES
from radar_tui.exchange.exports import heading, write_csv, write_xlsx
from radar_tui.exchange.fields import FIELDS
from radar_tui.exchange.imports import run
from radar_tui.exchange.options import Options
from radar_tui.store.lists import exports
from radar_tui.store.lists.exports import EXPORTS
from radar_tui.store.rows.models import row_models
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.exchange.fields import Kind

HOSTILE = [
    "=1+1",
    "+39 0583",
    "-12",
    "@SUM(A1)",
    "'=quoted",
    'a\nb, "c"',
    "مؤسسة 株式会社",
    "x" * 5_000,
    "[red]x[/]",
]
ORDER: tuple[Kind, ...] = ("colleagues", "customers", "contacts", "items", "tickets")


@pytest.fixture
def full(store: Store) -> Store:
    store.colleague.save_all(
        [Colleague(id="o", name="Marta"), Colleague(id="p", name="Olof", direct_contact=True)]
    )
    store.market.save(Market(id="m", name="Paper"))
    store.customer.save_all(
        [
            Customer(
                id=f"c{n}",
                name=f"{' '.join(text[:40].split())} {n}",
                owner_id="o",
                market_id="m" if n else None,
                notes=text,
                city=text[:50],
                annual_value=123_456_789 + n,
                currency=("EUR", "JPY", "SEK")[n % 3],
                kind="both",
                status="prospect",
                cadence_days=30 + n,
            )
            for n, text in enumerate(HOSTILE)
        ]
    )
    store.contact.save(
        Contact(
            id="x", customer_id="c0", name="Ada B", phone="+39 0583", role="decision maker", language="it"
        )
    )
    store.stream.save(Stream(id="s", customer_id="c1", name="Line 1"))
    store.item.save(Item(id="i", customer_id="c1", stream_id="s", tag="007", model="RX-40"))
    store.ticket.save_all(
        [
            Ticket(
                id=f"t{n}",
                customer_id="c2",
                reference=f"00{n}",
                subject=HOSTILE[n],
                opened_at=datetime.fromisoformat(at),
                satisfied=(True, False, None)[n],
            )
            # Each side of the hour that comes twice when summer time ends.
            for n, at in enumerate(["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"])
        ]
    )
    return store


def said(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What an import can bring back, by table, without keys."""
    columns = {
        kind: [
            name
            for name, _ in EXPORTS[kind].columns
            if not name.startswith(("last_", "due_on")) and name.split("_")[-1] != "id"
        ]
        for kind in ORDER
    }
    found: dict[str, list[tuple[object, ...]]] = {}
    for kind in ORDER:
        names = [name for name, _ in EXPORTS[kind].columns]
        rows = [dict(zip(names, row, strict=True)) for row in exports.rows(store, EXPORTS[kind])]
        found[kind] = sorted((tuple(row[name] for name in columns[kind]) for row in rows), key=repr)
    return found


@pytest.mark.parametrize("kind", FIELDS)
def test_every_column_of_a_row_goes_out_and_comes_in(kind: Kind) -> None:
    assert {"id", *(field.stored for field in FIELDS[kind])} >= set(row_models()[TABLES[kind]].model_fields)
    assert {name for name, _ in EXPORTS[kind].columns} >= {
        field.name for field in FIELDS[kind] if field.stays
    }


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_went_out_comes_back_the_same_into_an_empty_file(
    ending: str, full: Store, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    with Store.open(tmp_path / "new.db", clock=clock) as new:
        for kind in ORDER:
            path = tmp_path / f"{kind}.{ending}"
            if ending == "csv":
                write_csv(full, kind, path)
            else:
                write_xlsx(full, path)
            report = run(new, Options(path, kind=kind), write=True)
            assert report.bad == []
        came, went = said(new), said(full)
        for kind in ORDER:
            assert set(came[kind]) ^ set(went[kind]) == set()


def test_a_sheet_is_typed_and_holds_no_formula(full: Store, tmp_path: Path) -> None:
    done = write_xlsx(full, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [heading(name) for name in EXPORTS]
    assert done.rows["customers"] == len(HOSTILE)
    sheet = book["Customers"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:Q{len(HOSTILE) + 1}"
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    head = [cell.value for cell in sheet[1]]
    values = dict(zip(head, (cell for cell in sheet[2]), strict=True))
    assert (values["Annual value"].data_type, values["Cadence days"].data_type) == ("n", "n")
    tickets = book["Tickets"]
    assert [tickets.cell(row, 7).data_type for row in (2, 3, 4)].count("d") == 2  # one hour comes twice


def test_a_csv_is_text_that_no_spreadsheet_runs(full: Store, tmp_path: Path) -> None:
    write_csv(full, "customers", tmp_path / "out.csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert {row["Notes"].lstrip("'") for row in rows} == {text.lstrip("'") for text in HOSTILE}


@pytest.mark.parametrize("write", [lambda s, p: write_csv(s, "customers", p), write_xlsx])
def test_a_file_that_is_there_stays(
    full: Store, tmp_path: Path, write: Callable[[Store, Path], object]
) -> None:
    path = tmp_path / "there"
    path.write_text("mine")
    with pytest.raises(RadarError, match="already"):
        write(full, path)
    with pytest.raises(RadarError, match="is a folder or a device"):
        write(full, tmp_path)
    with pytest.raises(RadarError, match="cannot be written"):
        write(full, tmp_path / "no such folder" / "out")
    assert path.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        {"there", full.path.name} | _beside(full)
    )


def _beside(store: Store) -> set[str]:
    return {each.name for each in store.path.parent.iterdir() if each.name.startswith(store.path.name)}


def test_what_another_program_wrote_goes_out_as_text(store: Store, tmp_path: Path) -> None:
    """A date that is none, a formula in its place, a number without end: no export stops at them."""
    store.customer.save(Customer(id="a", name="Aurora"))
    with store.transaction() as connection:
        connection.execute("UPDATE customer SET archived_at = 'never'")
        connection.execute(
            "INSERT INTO item (id, customer_id, tag, installed_on) VALUES ('i', 'a', 'W', '=1+1')"
        )
        connection.execute(
            "INSERT INTO measure (id, customer_id, perspective, name, worst, best) "
            "VALUES ('m', 'a', 'internal', 'M', 0, 9e999)"
        )
    write_xlsx(store, tmp_path / "all.xlsx")
    write_csv(store, "customers", tmp_path / "customers.csv")
    write_csv(store, "items", tmp_path / "items.csv")
    assert ",never," in (tmp_path / "customers.csv").read_text(encoding="utf-8-sig")
    assert ",'=1+1," in (tmp_path / "items.csv").read_text(encoding="utf-8-sig")
