"""Opening a file to import by what is in it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.exchange.tables.table_file import TableFile

_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Ask for the list itself, as csv or xlsx"),
    (b"BEGIN:VCARD", "an address book", "Export the contacts as csv"),
    (b"BEGIN:VCALENDAR", "a calendar", "Visits are planned in Radar"),
    (b"SQLite format 3\0", "a database", "radar --db FILE opens one of Radar"),
    (b"\x1f\x8b", "packed with gzip", "Unpack it and import what is in it"),
    (b"7z\xbc\xaf", "packed with 7-Zip", "Unpack it and import what is in it"),
    (b"Rar!", "packed with RAR", "Unpack it and import what is in it"),
    (b"MIME-Version:", "a web archive named like a table", "Open it in Excel and save it as xlsx"),
    (b"{", "JSON", "Export it as csv or xlsx"),
    (b"[{", "JSON", "Export it as csv or xlsx"),
)


def opened(path: Path, encoding: str = "") -> list[TableFile]:
    """The sheets of a file by what is in it, whatever its name ends in; `encoding` is what somebody said.

    Raises RadarError for what cannot be read.
    """
    if not path.is_file():
        raise RadarError(f"There is no file {path}.", "Nothing was imported.")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise RadarError(f"{path} cannot be read ({error.strerror}).", "Nothing was imported.") from error
    if not head:
        raise RadarError(f"{path.name} is empty.", "Nothing was imported.")
    if head.startswith(b"PK"):
        return _archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        from radar_tui.exchange.tables.xls_file import xls_file

        return xls_file(path)
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what, hint in _OTHERS:
        if begin.startswith(mark):
            raise RadarError(f"{path.name} is {what}.", f"Nothing was imported. {hint}.")
    return _text(path, begin, head, encoding)


def _text(path: Path, begin: bytes, head: bytes, encoding: str) -> list[TableFile]:
    if begin.startswith(b"<") or head.startswith(b"\xff\xfe<\0"):
        from radar_tui.exchange.tables.markup_file import html_file, xml_file

        if b"urn:schemas-microsoft-com:office:spreadsheet" in head and begin.startswith(b"<?xml"):
            return xml_file(path)
        if any(tag in head.replace(b"\0", b"").lower() for tag in (b"<html", b"<table", b"<!doctype html")):
            return html_file(path, encoding)
        raise RadarError(f"{path.name} is XML.", "Nothing was imported. Export it as csv or xlsx.")
    from radar_tui.exchange.tables.csv_file import csv_file

    return [csv_file(path, encoding)]


def _archive(path: Path) -> list[TableFile]:
    """A workbook is an archive; any other is told by what is in it."""
    from radar_tui.exchange.tables.xlsx_file import xlsx_file

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = []
    parts = {name.lower() for name in names}
    books = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & parts
    if len(books) > 1:
        # The reader takes the first that it likes, and only one was measured.
        raise RadarError(
            f"{path.name} is more than one workbook.", "Nothing was imported. Export it again, or as csv."
        )
    if "xl/workbook.bin" in parts:
        from radar_tui.exchange.tables.xls_file import xlsb_file

        return xlsb_file(path)
    if "content.xml" in parts:
        from radar_tui.exchange.tables.markup_file import ods_file

        return ods_file(path)
    if not names or any(name.startswith("xl/") or name.endswith("workbook.xml") for name in parts):
        return xlsx_file(path)
    for mark, what in (
        ("word/", "a Word document"),
        ("ppt/", "a presentation"),
        ("index/", "a Numbers document"),
    ):
        if any(name.startswith(mark) for name in parts):
            raise RadarError(
                f"{path.name} is {what}.", "Nothing was imported. Export the table as csv or xlsx."
            )
    few = ", ".join(one_line(name)[:60] for name in names[:5] if not name.endswith("/"))
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    raise RadarError(f"{path.name} is a zip.", f"Nothing was imported. Unpack it; in it are: {few}{more}.")
