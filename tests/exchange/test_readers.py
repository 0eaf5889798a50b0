"""Hostile files: whatever the bytes, a table or a clear message; what an xlsx file unpacks to is measured first."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.customer import Customer
from radar_tui.errors import RadarError
from radar_tui.exchange.imports import run
from radar_tui.exchange.options import Options
from radar_tui.exchange.tables import xlsx_file
from radar_tui.exchange.tables.reading import opened
from radar_tui.exchange.tables.table_file import text
from radar_tui.exchange.values import Moments

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet(*rows: tuple[Any, ...]) -> str:
    """The xml of a sheet; a cell is text, a number, or raw xml that begins with `<`."""
    made = []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, cell in enumerate(row):
            at = f"{chr(65 + place)}{number}"
            if isinstance(cell, str) and cell.startswith("<"):
                cells.append(cell)
            elif isinstance(cell, str):
                cells.append(f'<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>')
            else:
                cells.append(f'<c r="{at}"><v>{cell}</v></c>')
        made.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(made)}</sheetData></worksheet>'


def xlsx(path: Path, content: str, **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="Tickets" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", content)
        for name, data in more.items():
            archive.writestr(f"xl/{name}", data)
    return path


def rows_of(path: Path) -> list[list[str]]:
    return [[text(cell) for cell in row] for _, row in opened(path, "utf-8")[0].rows()]


def test_a_sheet_is_imported(store: Store, tmp_path: Path) -> None:
    store.customer.save(Customer(id="a", name="Aurora Tissue"))
    content = sheet(
        ("Ticket ID", "Subject", "Created time", "Priority", "Company Name"),
        (77, "=1+1 &amp; more", "2026-09-27 09:00", "High", "Aurora Tissue"),
        (78, '<c r="B3"><f>1+1</f><v>2</v></c>', "2026-09-27 09:00", "High", "Aurora Tissue"),
    )
    report = run(store, Options(xlsx(tmp_path / "in.xlsx", content)), write=True)
    assert not report.bad
    assert [(t.reference, t.subject) for t in store.ticket.where()] == [("77", "=1+1 & more"), ("78", "2")]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_BYTES", 2_000_000)
    bomb = xlsx(tmp_path / "bomb.xlsx", sheet(("A",)), bomb=b"\0" * 3_000_000)
    with pytest.raises(RadarError, match="unpacks to more"):
        opened(bomb)
    # One that lies about its size in both of its headers is found out by its data.
    data = bytearray(bomb.read_bytes())
    size = (3_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    bomb.write_bytes(bytes(data).replace(size, (99).to_bytes(4, "little")))
    with pytest.raises(RadarError, match="unpacks to more"):
        opened(bomb)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row><c><v>1</v></c></row>" * 1_000,
    ],
)
def test_a_few_cells_far_apart_are_refused(tmp_path: Path, cells: str) -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    with pytest.raises(RadarError, match="unpacks to more"):
        opened(xlsx(tmp_path / "far.xlsx", content))


@pytest.mark.parametrize("place", [0, xlsx_file._CHUNK - 30])
def test_texts_that_are_counted_but_not_there_are_refused(tmp_path: Path, place: int) -> None:
    """The reader would ask for 24 GB at once, and end the whole app where there are none."""
    texts = f'<sst xmlns="{MAIN}" uniqueCount="0999999999"><si><t>x</t></si></sst>'
    part = {"sharedStrings.xml": b" " * place + texts.encode()}
    with pytest.raises(RadarError, match="unpacks to more"):
        opened(xlsx(tmp_path / "texts.xlsx", sheet(("A",)), **part))


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_another_workbook_that_the_reader_knows_is_refused(tmp_path: Path, name: str) -> None:
    path = xlsx(tmp_path / "in.csv", sheet(("A",)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(RadarError, match="more than one workbook"):
        opened(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 and nothing", "no Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no Excel file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\x01\0\0" * 500, "neither a csv nor an Excel"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    with pytest.raises(RadarError, match=words):
        opened(path)
    with pytest.raises(RadarError, match="There is no file"):
        opened(tmp_path / "none.csv")


WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\ufeff"), max_size=8)


@settings(max_examples=40)
@given(
    st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
def test_what_was_written_is_read(tmp_path: Path, rows: list[list[str]], encoding: str) -> None:
    made = io.StringIO()
    csv.writer(made).writerows([["Name", "b", "c"], *rows])
    path = tmp_path / "in.csv"
    path.write_bytes(made.getvalue().encode(encoding))
    assert rows_of(path)[1:] == [[text(cell) for cell in row] for row in rows]


@settings(max_examples=50)
@given(st.data())
def test_any_bytes_are_a_table_or_a_message(tmp_path: Path, store: Store, data: st.DataObject) -> None:
    """Whole nonsense, and good files with some bytes changed; whatever is imported can be read again."""
    good = xlsx(
        tmp_path / "good.xlsx", sheet(("Company", "City", "Industry"), ("Lario", "Como", 7))
    ).read_bytes()
    plain = b'Company,City,Industry\r\n"Lario",Como,Paper\r\nX\xc3\xa9,,\r\n'
    found = bytearray(data.draw(st.sampled_from([good, plain, b""])) or data.draw(st.binary(max_size=60)))
    for _ in range(data.draw(st.integers(0, 6)) if found else 0):
        found[data.draw(st.integers(0, len(found) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "in.csv"
    path.write_bytes(found)
    with suppress(RadarError):
        run(store, Options(path, kind="customers"), write=True)
    store.customer.where()
    store.market.where()
    store.connection.execute("DELETE FROM customer")


@settings(max_examples=50)
@given(st.text(max_size=20), st.booleans())
def test_a_date_is_a_date_or_a_reason(words: str, day_first: bool) -> None:
    with suppress(ValueError):
        assert datetime.fromisoformat(Moments(day_first=day_first, zone=UTC).text(words))
