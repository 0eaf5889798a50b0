"""Files as they really are: through Excel, with titles above and totals below. What their user sees is what is stored;
what was not read is said."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.scorecard import Measure
from radar_tui.errors import RadarError
from radar_tui.exchange.imports import ImportReport, in_words, run
from radar_tui.exchange.options import Options
from radar_tui.exchange.tables.table_file import Unclear
from tests.exchange.old_books import OldRow, xls, xlsb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from radar_tui.store.store import Store

HEAD = ("Ticket ID", "Subject", "Created time", "Closed time", "Company Name")
ROW = ("T-1", "Roll squeals", "2026-09-27 09:00", "2026-09-28 10:00", "Aurora Tissue")
day = datetime.fromisoformat


@pytest.fixture(autouse=True)
def aurora(store: Store) -> None:
    store.customer.save(Customer(id="a", name="Aurora Tissue"))
    store.measure.save(
        Measure(id="m", customer_id="a", perspective="internal", name="Uptime", worst=0, best=100)
    )


def text(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> openpyxl.Workbook:
    """Saved; whoever changes it saves it again."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return made


def imported(store: Store, path: Path, **said: Any) -> ImportReport:
    """What the preview says is what the import does."""
    before = run(store, Options(path, **said), write=False)
    after = run(store, Options(path, **said), write=True)
    said_before, said_after = (in_words(report)[:-1] for report in (before, after))
    assert said_before == said_after
    assert after.imported, after.bad
    return after


def not_read(report: ImportReport) -> str:
    [line] = [line for line in in_words(report) if line.startswith("Not read: ")]
    return line.removeprefix("Not read: ")


def tickets(store: Store) -> list[tuple[Any, ...]]:
    rows = store.rows("SELECT reference, subject, opened_at, closed_at FROM ticket ORDER BY reference")
    return [tuple(row) for row in rows]


THE_ONE = ("T-1", "Roll squeals", "2026-09-27T07:00:00.000Z", "2026-09-28T08:00:00.000Z")


# Where the table begins


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_titles_above_and_totals_below(store: Store, tmp_path: Path, separator: str) -> None:
    lines = (
        "Service report, third quarter",
        "",
        "Team: North; all of it",
        separator.join(HEAD),
        separator.join(ROW),
        separator * 4,
        separator.join(("Grand total", "1", "", "", "")),
        "Exported on 30 September 2026",
    )
    report = imported(store, text(tmp_path / "in.csv", *lines))
    assert tickets(store) == [THE_ONE]
    assert not_read(report) == (
        "lines 1, 3 above the headings; 1 empty row; line 7 (a total); line 8 (below the list)"
    )
    assert "Headings: line 4" in in_words(report)


def test_what_only_looks_like_a_total_is_a_bad_row(store: Store, tmp_path: Path) -> None:
    lines = [",".join(HEAD), "Total loss,,,,", ",".join(ROW), "Total,Pump broken,2026-09-27,,"]
    report = run(store, Options(text(tmp_path / "in.csv", *lines)), write=True)
    assert [bad.line for bad in report.bad] == [2, 4]


def test_a_heading_over_two_lines_and_rows_cut_short(store: Store, tmp_path: Path) -> None:
    head = '"Ticket\nID";"Company\nName";Subject;"Created\ntime";"Closed\ntime";Priority'
    report = imported(
        store, text(tmp_path / "in.csv", head, "T-1;Aurora Tissue;Roll squeals;2026-09-27 09:00")
    )
    assert tickets(store) == [(*THE_ONE[:3], None)]
    assert not_read(report) == "nothing"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ((("Ticket", "", "Times", "", "Customer"), HEAD), "2"),
        (
            (("", "Subject", "Created", "Closed", "Company Name"), ("Ticket ID", "", "time", "time", "")),
            "1 and 2",
        ),
    ],
)
def test_two_rows_of_headings(
    store: Store, tmp_path: Path, rows: Sequence[Sequence[str]], lines: str
) -> None:
    book(tmp_path / "in.xlsx", Sheet=[*rows, ROW])
    report = imported(store, tmp_path / "in.xlsx")
    assert tickets(store) == [THE_ONE]
    assert f"Headings: line {lines}" in in_words(report)


def test_headings_that_come_again_are_no_rows(store: Store, tmp_path: Path) -> None:
    head, row = ",".join(HEAD), ",".join(ROW)
    report = imported(store, text(tmp_path / "in.csv", head, row, head, row.replace("T-1", "T-2")))
    assert [ticket[0] for ticket in tickets(store)] == ["T-1", "T-2"]
    assert not_read(report) == "line 3 (the headings again)"


def test_a_column_without_a_heading_is_named(store: Store, tmp_path: Path) -> None:
    report = imported(
        store, text(tmp_path / "in.csv", ",".join((*HEAD, "", "Mood")), ",".join((*ROW, "x", "y")))
    )
    assert not_read(report) == "columns without a heading (F); column Mood"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_that_excel_put_into_one_column(store: Store, tmp_path: Path, separator: str) -> None:
    path = tmp_path / "in.xlsx"
    book(path, Sheet=[["Report"], *([separator.join(cells)] for cells in (HEAD, ROW))])
    report = imported(store, path)
    assert tickets(store) == [THE_ONE]
    assert "separated by" in report.said
    assert not_read(report) == "line 1 above the headings"


# Which sheet, which rows


def test_the_sheet_that_shows_a_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Cover=[["Open", 3]], Old=[HEAD, ("T-0", *ROW[1:])], Here=[HEAD, ROW])
    made["Old"].sheet_state = "hidden"
    made.save(path)
    assert not_read(imported(store, path)) == "sheet Cover; hidden sheet Old"
    assert [ticket[0] for ticket in tickets(store)] == ["T-1"]
    imported(store, path, sheet="old")
    assert [ticket[0] for ticket in tickets(store)] == ["T-0", "T-1"]


def test_of_several_sheets_one_is_asked_for(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book(path, May=[HEAD, ROW], June=[HEAD, ("T-2", *ROW[1:])])
    with pytest.raises(Unclear, match="2 sheets") as asked:
        imported(store, path)
    assert asked.value.choices == (("May", "tickets"), ("June", "tickets"))
    with pytest.raises(RadarError, match="no sheet “July”"):
        imported(store, path, sheet="July")
    assert not_read(imported(store, path, sheet="June")) == "sheet May"
    assert [ticket[0] for ticket in tickets(store)] == ["T-2"]


def test_only_a_hidden_sheet_is_never_read_in_silence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Cover=[["Hello"]], Old=[HEAD, ROW])
    made["Old"].sheet_state = "veryHidden"
    made.save(path)
    with pytest.raises(Unclear, match="Only what is hidden"):
        imported(store, path)


@pytest.mark.parametrize(("said", "there"), [("leave", ["T-1"]), ("take", ["T-1", "T-2"])])
def test_rows_that_a_filter_hides_are_asked_about(
    store: Store, tmp_path: Path, said: str, there: list[str]
) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[HEAD, ROW, ("T-2", *ROW[1:])])
    made["Sheet"].row_dimensions[3].hidden = True
    made.save(path)
    with pytest.raises(Unclear, match="1 row of sheet “Sheet” is hidden"):
        imported(store, path)
    report = imported(store, path, hidden=said)
    assert [ticket[0] for ticket in tickets(store)] == there
    assert not_read(report) == ("1 hidden row" if said == "leave" else "nothing")


def test_a_hidden_column_is_said(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[HEAD, ROW])
    made["Sheet"].column_dimensions["B"].hidden = True
    made.save(path)
    assert "Read though hidden: Subject" in in_words(imported(store, path))


def test_a_web_page_that_does_not_say_its_letters(store: Store, tmp_path: Path) -> None:
    head, row = (
        "".join(f"<td>{cell}" for cell in cells) for cells in (HEAD, (ROW[0], "Žižkov čerň", *ROW[2:]))
    )
    path = text(tmp_path / "in.xls", f"<table><tr>{head}<tr>{row}</table>", encoding="cp1250")
    imported(store, path)
    assert tickets(store)[0][1] == "Žižkov čerň"


def test_rows_that_a_web_page_hides(store: Store, tmp_path: Path) -> None:
    head, row = ("".join(f"<td>{cell}" for cell in cells) for cells in (HEAD, ROW))
    page = f"<table><tr>{head}<tr>{row}<tr style='display: none'>{row.replace('T-1', 'T-2')}</table>"
    path = text(tmp_path / "in.xls", page)
    with pytest.raises(Unclear, match="1 row of a web page is hidden"):
        imported(store, path)
    assert not_read(imported(store, path, hidden="leave")) == "1 hidden row"


def test_a_total_is_no_customer(store: Store, tmp_path: Path) -> None:
    path = text(
        tmp_path / "in.csv", "Company,City,Annual value", "Lario,Como,1200", "Total,,1200", "Total,Paris,900"
    )
    assert not_read(imported(store, path)) == "line 3 (a total)"
    assert [customer.name for customer in store.customer.where("id <> 'a'", order="name")] == [
        "Lario",
        "Total",
    ]


def test_a_few_words_below_the_list(store: Store, tmp_path: Path) -> None:
    lines = [",".join(HEAD), ",".join(ROW), "Exported by:,Ann,,,", "On:,2026-09-30,,,"]
    assert not_read(imported(store, text(tmp_path / "in.csv", *lines))) == "lines 3, 4 (below the list)"


# Cells


@pytest.mark.parametrize(
    ("value", "code", "tag"),
    [
        (712, "00000", "00712"), (712, '"W-"0000', "W-0712"), (712345, "000-000", "712-345"), (712, "0", "712"),
        (712, "#,##0", "712"), (712, "General", "712"), (12, "00\\-00", "00-12"), ('="00712"', "General", "00712"),
        ("'00712", "General", "'00712"), (123456789012345, "General", "123456789012345"),
    ],
)  # fmt: skip
def test_a_tag_is_what_the_cell_shows(store: Store, tmp_path: Path, value: Any, code: str, tag: str) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[("Customer", "Tag"), ("Aurora Tissue", value)])
    cell = made["Sheet"]["B2"]
    if isinstance(value, str):
        cell.data_type = "s"
    cell.number_format = code
    made.save(path)
    imported(store, path)
    assert [item.tag for item in store.item.where()] == [tag]


@pytest.mark.parametrize(
    ("value", "code", "reason"),
    [
        (7.12e20, "General", "keeps 15 digits only"),
        (712000, "0.00E+00", "shortened by the spreadsheet"),
        ("7.12E+05", "General", "shortened by the spreadsheet"),
        (day("2026-05-03"), "d-mmm", "is a date"),
        ("#N/A", "General", "#N/A is an error of the spreadsheet"),
        ("=A9&1", "General", "was never stored"),
    ],
)
def test_a_tag_that_excel_spoiled_is_refused(
    store: Store, tmp_path: Path, value: Any, code: str, reason: str
) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[("Customer", "Tag"), ("Aurora Tissue", value)])
    made["Sheet"]["B2"].number_format = code
    made.save(path)
    report = run(store, Options(path), write=True)
    [bad] = report.bad
    assert reason in bad.reason


@pytest.mark.parametrize(
    ("value", "code", "reading"),
    [(0.97, "0%", 97), (0.9712, "0.0%", 97.12), (97, "0", 97), (97.5, '0.0" h"', 97.5), (1, "0.00%", 100)],
)
def test_a_percent_is_what_the_cell_shows(
    store: Store, tmp_path: Path, value: float, code: str, reading: float
) -> None:
    path = tmp_path / "in.xlsx"
    made = book(
        path,
        Sheet=[
            ("Customer", "Measure", "Date", "Value"),
            ("Aurora Tissue", "Uptime", day("2026-09-01"), value),
        ],
    )
    made["Sheet"]["D2"].number_format = code
    made.save(path)
    imported(store, path)
    assert store.row("SELECT value FROM reading")[0] == reading


def test_errors_and_formulas_without_a_value_are_named_in_any_column(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book(path, Sheet=[HEAD, ("T-1", "#REF!", *ROW[2:]), ("T-2", "x", "=NOW()", *ROW[3:])])
    report = run(store, Options(path), write=True)
    assert [bad.reason for bad in report.bad] == [
        "Subject: #REF! is an error of the spreadsheet",
        "Created time: the result of the formula was never stored; open the file in Excel, save it and import it again",
    ]


@pytest.mark.parametrize(("epoch", "number"), [(False, 46292.375), (True, 44830.375)])
def test_days_that_stand_as_numbers(store: Store, tmp_path: Path, epoch: bool, number: float) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[HEAD, ("T-1", "x", number, None, "Aurora Tissue")])
    if epoch:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.save(path)
    imported(store, path)
    assert tickets(store)[0][2] == "2026-09-27T07:00:00.000Z"


def test_days_that_stand_as_numbers_in_a_csv(store: Store, tmp_path: Path) -> None:
    imported(store, text(tmp_path / "in.csv", ";".join(HEAD), "T-1;x;46292,375;46293;Aurora Tissue"))
    assert tickets(store) == [("T-1", "x", "2026-09-27T07:00:00.000Z", "2026-09-28T12:00:00.000Z")]


@pytest.mark.parametrize(
    ("code", "stored"), [("dd/mm/yyyy hh:mm", "2026-09-26T22:00"), ("dd/mm/yyyy", "2026-09-27T12:00")]
)
def test_midnight_is_a_moment_where_hours_are_shown(
    store: Store, tmp_path: Path, code: str, stored: str
) -> None:
    path = tmp_path / "in.xlsx"
    made = book(path, Sheet=[HEAD, ("T-1", "x", day("2026-09-27"), None, ROW[4])])
    made["Sheet"]["C2"].number_format = code
    made.save(path)
    imported(store, path)
    assert tickets(store)[0][2] == f"{stored}:00.000Z"


# What was mangled


@pytest.mark.parametrize(
    ("turned", "stayed", "other", "opened"),
    [
        (day("2026-03-09 09:00"), "27/09/2026 09:00", "day-first", "2026-09-03T07:00:00.000Z"),
        (day("2026-03-09 09:00"), "09/27/2026 09:00", "month-first", "2026-09-03T07:00:00.000Z"),
    ],
)
def test_days_that_excel_took_for_months(
    store: Store, tmp_path: Path, turned: datetime, stayed: str, other: str, opened: str
) -> None:
    path = tmp_path / "in.xlsx"
    book(path, Sheet=[HEAD, ("T-1", "x", turned, None, ROW[4]), ("T-2", "x", stayed, None, ROW[4])])
    with pytest.raises(Unclear, match="Excel seems to have read some dates") as asked:
        imported(store, path)
    assert [value for value, _ in asked.value.choices] == ["swapped", other]
    imported(store, path, dates="swapped")
    assert [ticket[2] for ticket in tickets(store)] == [opened, "2026-09-27T07:00:00.000Z"]
    imported(store, path, dates=other)
    assert [ticket[2] for ticket in tickets(store)] == [
        "2026-03-09T08:00:00.000Z",
        "2026-09-27T07:00:00.000Z",
    ]


def test_real_dates_beyond_the_twelfth_were_not_swapped(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    rows = [
        ("T-1", "x", day("2026-09-13 09:00"), None, ROW[4]),
        ("T-2", "x", "27/09/2026 09:00", None, ROW[4]),
    ]
    book(path, Sheet=[HEAD, *rows])
    assert imported(store, path).dates == "day first, as 27/09/2026 shows"


# Kinds of file


def test_a_web_page_named_xls(store: Store, tmp_path: Path) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in ROW).replace("squeals", "sque&auml;ls<br>")
    head = "".join(f"<th>{cell}</th>" for cell in HEAD)
    text(
        tmp_path / "in.xls",
        f'<html><head><meta charset="windows-1252"></head><table><tr><td colspan=5>Report<tr>{head}<tr>{cells}</table>',
    )
    report = imported(store, tmp_path / "in.xls")
    assert tickets(store) == [(THE_ONE[0], "Roll squeäls", *THE_ONE[2:])]
    assert "a web page" in report.said
    assert not_read(report) == "line 1 above the headings"


def test_an_xml_spreadsheet_named_xls(store: Store, tmp_path: Path) -> None:
    def row(cells: Sequence[str], more: str = "") -> str:
        made = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells)
        return f"<Row{more}>{made}</Row>"

    percent = (
        '<Row><Cell><Data ss:Type="String">Aurora Tissue</Data></Cell><Cell><Data ss:Type="String">Uptime</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-09-01T00:00:00.000</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.97</Data></Cell></Row>'
    )
    hidden = row(("T-2", *ROW[1:]), ' ss:Hidden="1"')
    path = text(
        tmp_path / "in.xls",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
        '<NumberFormat ss:Format="Percent"/></Style></Styles>'
        f'<Worksheet ss:Name="KPI"><Table>{row(("Customer", "Measure", "Date", "Value"))}{percent}</Table></Worksheet>'
        f'<Worksheet ss:Name="Other"><Table>{row(HEAD)}{row(ROW)}{hidden}</Table>'
        "</Worksheet></Workbook>",
    )
    assert not_read(imported(store, path, sheet="KPI")) == "sheet Other"
    assert store.row("SELECT value FROM reading")[0] == 97
    with pytest.raises(Unclear, match="1 row of an XML spreadsheet, “Other” is hidden"):
        imported(store, path, sheet="Other")
    imported(store, path, sheet="Other", hidden="leave")
    assert tickets(store) == [THE_ONE]


def test_an_opendocument_spreadsheet(store: Store, tmp_path: Path) -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"

    head = "".join(cell(word) for word in ("Customer", "Tag", "Installed"))
    body = (
        cell("Aurora Tissue")
        + cell("00712", 'office:value-type="float" office:value="712"')
        + cell("27. September 2026", 'office:value-type="date" office:date-value="2026-09-27"')
    )
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    with zipfile.ZipFile(tmp_path / "in.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Plant">'
            f"<table:table-row>{head}</table:table-row><table:table-row>{body}</table:table-row>{empty}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    report = imported(store, tmp_path / "in.xlsx")
    assert [(item.tag, str(item.installed_on)) for item in store.item.where()] == [("00712", "2026-09-27")]
    assert "OpenDocument, “Plant”" in report.said


@pytest.mark.parametrize("ending", ["xls", "xlsb", "csv"])
@pytest.mark.parametrize("binary", ["xls", "xlsb"])
def test_a_binary_workbook(store: Store, tmp_path: Path, binary: str, ending: str) -> None:
    path = tmp_path / f"in.{ending}"
    rows: list[OldRow] = [
        ("Plant list", "", ""),
        ("Customer", "Tag", "Installed"),
        ("Aurora Tissue", (712.0, 1), (46292.0, 2)),
        ("Aurora Tissue", (7.12e20, 0), (46292.0, 2)),
        ("Aurora Tissue", "Größe", (46292.375, 2)),
    ]
    xls(path, {"Here": rows}, hidden=[5]) if binary == "xls" else xlsb(path, rows, hidden=[5])
    with pytest.raises(Unclear, match="1 row of sheet “Here” is hidden"):
        imported(store, path)
    report = run(store, Options(path, hidden="leave"), write=True)
    assert [bad.line for bad in report.bad] == [4]
    run(store, Options(path, hidden="take", rejects=tmp_path / "bad.csv"), write=True)
    found = [(item.tag, str(item.installed_on)) for item in store.item.where(order="tag")]
    assert found == [("00712", "2026-09-27"), ("Größe", "2026-09-27")]


def test_percents_of_a_binary_workbook(store: Store, tmp_path: Path) -> None:
    rows: list[OldRow] = [
        ("Customer", "Measure", "Date", "Value"), ("Aurora Tissue", "Uptime", (46292.0, 2), (0.97, 3)),
    ]  # fmt: skip
    imported(store, xls(tmp_path / "in.xls", {"Cover": [("x",)], "KPI": rows}))
    assert store.row("SELECT value FROM reading")[0] == 97
    assert imported(store, xlsb(tmp_path / "in.xlsb", rows)).counts.same == 1


@pytest.mark.parametrize(
    ("data", "words", "hint"),
    [
        (b"%PDF-1.7 ...", "is a PDF", "as csv or xlsx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive", "save it as xlsx"),
        (b'{"tickets": []}', "is JSON", "Export it as csv"),
        (b"BEGIN:VCARD\r\n", "address book", "as csv"),
        (b'<?xml version="1.0"?><tickets/>', "is XML", "as csv or xlsx"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(
    store: Store, tmp_path: Path, data: bytes, words: str, hint: str
) -> None:
    path = tmp_path / "in.xls"
    path.write_bytes(data)
    with pytest.raises(RadarError, match=words) as said:
        imported(store, path)
    assert said.value.hint.startswith("Nothing was imported.")
    assert hint in said.value.hint


def test_of_a_zip_it_is_said_what_is_in_it(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.xlsx", "w") as archive:
        archive.writestr("tickets/june.csv", "x")
    with pytest.raises(RadarError, match="is a zip") as said:
        imported(store, tmp_path / "export.xlsx")
    assert "in it are: tickets/june.csv" in said.value.hint


# Encodings


@pytest.mark.parametrize(
    ("words", "encoding", "said"),
    [
        ("Müller Größe", "cp1252", "Windows-1252"),
        ("café à la crème", "cp1252", "Windows-1252"),
        ("El señor Muñoz está aquí", "cp1252", "Windows-1252"),
        ("zażółć gęślą", "cp1250", "Windows-1250"),
        ("Žižkov čerň", "cp1250", "Windows-1250"),
        ("hűtő szűrő", "cp1250", "Windows-1250"),
        ("Größe prüfen", "mac_roman", "Mac"),
        ("été à l’usine", "mac_roman", "Mac"),
        ("Größe prüfen", "cp850", "DOS"),
        ("насос шумит", "cp1251", "Windows-1251"),
        ("Größe", "utf-8-sig", "UTF-8"),
        ("Größe", "utf-16", "UTF-16"),
    ],
)
def test_letters_are_told_by_their_bytes(
    store: Store, tmp_path: Path, words: str, encoding: str, said: str
) -> None:
    path = text(tmp_path / "in.csv", ",".join(HEAD), ",".join((ROW[0], words, *ROW[2:])), encoding=encoding)
    assert said in imported(store, path).said
    assert tickets(store)[0][1] == words


def test_letters_that_could_be_two_are_asked_about(store: Store, tmp_path: Path) -> None:
    path = text(
        tmp_path / "in.csv", ",".join(HEAD), ",".join((ROW[0], "perch\xe8", *ROW[2:])), encoding="latin-1"
    )
    with pytest.raises(Unclear, match="in which letters") as asked:
        imported(store, path)
    assert ("cp1252", "Windows-1252: perchè") in asked.value.choices
    assert ("cp1250", "Windows-1250: perchč") in asked.value.choices
    imported(store, path, encoding="cp1252")
    assert tickets(store)[0][1] == "perchè"


def test_letters_that_were_spoiled_before_are_asked_about(store: Store, tmp_path: Path) -> None:
    spoiled = "Größe prüfen".encode().decode("cp1252")
    path = text(tmp_path / "in.csv", ",".join(HEAD), ",".join((ROW[0], f"{spoiled} née", *ROW[2:])))
    with pytest.raises(Unclear, match="once read in wrong letters") as asked:
        imported(store, path)
    assert [value for value, _ in asked.value.choices] == ["utf-8-twice", "utf-8"]
    imported(store, path, encoding="utf-8-twice")
    assert tickets(store)[0][1] == "Größe prüfen née"
    imported(store, path, encoding="utf-8")
    assert tickets(store)[0][1] == f"{spoiled} née"


def test_a_mark_that_stands_twice_is_no_heading(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf" + "\n".join([",".join(HEAD), ",".join(ROW)]).encode())
    imported(store, path)
    assert tickets(store) == [THE_ONE]
