"""What goes out as a spreadsheet: one table as csv, or all of them as xlsx; whole or not at all."""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import date, datetime
from math import isfinite
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar

from radar_tui.domain.money import plain_money
from radar_tui.domain.spreadsheet import as_cell, from_cell
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.files import refuse, written
from radar_tui.store.lists.exports import EXPORTS, Export, as_of_now, rows
from radar_tui.store.reading import local_moment, stored_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.store.lists.exports import Type
    from radar_tui.store.store import Store

T = TypeVar("T")
MOST_LETTERS = 32_767
"""What a cell of Excel holds (Excel specifications and limits); longer text is cut off, and ends in …"""
MOST_ROWS = 1_048_576
"""What a sheet of Excel holds, its heading among them; a longer table goes on in the next sheet."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900; days before stand as text."""
_WIDTHS: dict[Type, int] = {
    "text": 24, "day": 11, "moment": 17, "number": 10, "whole": 9, "money": 13, "yes or no": 9,
}  # fmt: skip
_FORMATS: dict[Type, str] = {
    "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "number": "0.##", "whole": "0", "money": "#,##0.00",
}  # fmt: skip
_LONG = frozenset({"notes", "summary", "verbatim", "comment", "outcome", "subject", "title", "note"})


class Workbook(NamedTuple):
    """How many rows each table has, and how many texts are longer than a cell holds."""

    rows: dict[str, int]
    cut: int = 0

    @property
    def words(self) -> str:
        """`1,234 rows`, and that something was cut."""
        cut = (
            f", {plural(self.cut, 'text')} cut at {MOST_LETTERS:,} letters (csv has all)" if self.cut else ""
        )
        return plural(sum(self.rows.values()), "row") + cut


def heading(column: str) -> str:
    """`Cadence days`: the name by which an import knows the column again."""
    return column.replace("_", " ").capitalize()


def write_csv(store: Store, name: str, path: Path, *, force: bool = False) -> int:
    """One of EXPORTS in UTF-8, its rows counted. Raises RadarError, with nothing written."""
    with (
        written(path, database=store.path, force=force) as part,
        part.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        return print_csv(store, name, file)


def write_folder(store: Store, folder: Path, *, force: bool = False) -> dict[str, int]:
    """All of EXPORTS as of one moment, a csv file each, in a folder that is made; how many rows each has. Raises
    RadarError; each file is whole or not there, and without `force` none of them is, so that it can be tried again."""
    files = {name: folder / f"{name}.csv" for name in EXPORTS}
    if folder.is_file():
        raise RadarError(f"{folder} is a file.", "Name a folder for the tables, or one table: csv TABLE")
    for file in files.values():
        refuse(file, database=store.path, force=force)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RadarError(f"{folder} cannot be made ({error.strerror}).", "Name another folder.") from error
    counts: dict[str, int] = {}
    try:
        with as_of_now(store):
            for name, file in files.items():
                counts[name] = write_csv(store, name, file, force=force)
    except BaseException:
        for name in counts if not force else ():
            with suppress(OSError):
                files[name].unlink()
        raise
    return counts


def print_csv(store: Store, name: str, file: IO[str]) -> int:
    """The same into an open file. Amounts are in major units; a moment carries its distance from UTC."""
    export = EXPORTS[name]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heading(column) for column, _ in export.columns)
    count = 0
    currency = _currency_place(export)
    for row in rows(store, export):
        writer.writerow(
            "" if value is None else _csv_cell(value, type, row, currency)
            for value, (_, type) in zip(row, export.columns, strict=True)
        )
        count += 1
    return count


def _csv_cell(value: Any, type: Type, row: tuple[Any, ...], currency: int) -> object:
    if type == "money":
        return plain_money(value, row[currency])
    if type == "moment" and (moment := _read(local_moment, value)) is not None:
        return moment.isoformat()
    if type == "yes or no":
        return "yes" if value else "no"
    # A day that another program wrote may be any text.
    return as_cell(value) if isinstance(value, str) else value


def _read(reader: Callable[[str], T], stored: str) -> T | None:
    """A stored day or moment; None for what is none, so that it goes out as the text that it is."""
    with suppress(RadarError):
        return reader(stored)
    return None


def write_xlsx(
    store: Store, path: Path, *, force: bool = False, progress: Callable[[str], None] = lambda _: None
) -> Workbook:
    """All of EXPORTS, a sheet each, as of one moment. Raises RadarError, with nothing written.

    Columns are typed; the heading stays in view and filters. A cell holds text as text, never a formula or a link.
    """
    from xlsxwriter import Workbook as Book
    from xlsxwriter.exceptions import XlsxWriterException

    done = Workbook({})
    with (
        written(path, database=store.path, force=force) as part,
        TemporaryDirectory(prefix="radar-", ignore_cleanup_errors=True) as folder,
    ):
        # Row by row into temporary files, so that a million rows need no memory; none is left where it fails.
        book = Book(part, {"constant_memory": True, "in_memory": False, "tmpdir": folder})
        made = _Formats(book)
        try:
            with as_of_now(store):
                for name, export in EXPORTS.items():
                    progress(heading(name))
                    done.rows[name], cut = _sheets(book, made, store, export)
                    done = Workbook(done.rows, done.cut + cut)
            book.close()
        except XlsxWriterException as error:
            if error.args and isinstance(error.args[0], OSError):
                raise error.args[0] from error  # said as of any other file
            raise RadarError(f"{path} cannot be written ({error}).", "Give another place.") from error
    return done


class _Formats:
    """The formats of a workbook: one a type, and that of the heading."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.of: dict[Type, Any] = {
            type: book.add_format({"num_format": words}) for type, words in _FORMATS.items()
        }


def _sheets(book: Any, made: _Formats, store: Store, export: Export) -> tuple[int, int]:
    """One table in as many sheets as it needs; how many rows it has, and texts that were cut."""
    currency = _currency_place(export)
    count, cut, line = 0, 0, MOST_ROWS
    sheet: Any = None
    for row in rows(store, export):
        if line == MOST_ROWS:
            _finish(sheet, export, line)
            sheet, line = _begun(book, made, export, count), 1
        for place, (value, (_, type)) in enumerate(zip(row, export.columns, strict=True)):
            if value is not None and value != "":
                cut += _put(sheet, line, place, value, type, made.of.get(type), row[currency])
        line, count = line + 1, count + 1
    _finish(sheet or _begun(book, made, export, 0), export, line if sheet else 1)
    return count, cut


def _begun(book: Any, made: _Formats, export: Export, count: int) -> Any:
    number = count // (MOST_ROWS - 1)
    sheet = book.add_worksheet(heading(export.name) + (f" {number + 1}" if number else ""))
    sheet.freeze_panes(1, 1)
    for place, (column, type) in enumerate(export.columns):
        sheet.set_column(place, place, 40 if column in _LONG else _WIDTHS[type], made.of.get(type))
        sheet.write_string(0, place, heading(column), made.head)
    return sheet


def _finish(sheet: Any, export: Export, lines: int) -> None:
    if sheet is not None:
        sheet.autofilter(0, 0, max(1, lines - 1), len(export.columns) - 1)


def _put(sheet: Any, line: int, place: int, value: Any, type: Type, format: Any, currency: Any) -> bool:
    """One cell in the type of its column; what the type cannot hold stands as text. Whether that was cut."""
    if type in ("number", "whole") and isfinite(value):
        sheet.write_number(line, place, value, format)
    elif type == "money":
        sheet.write_number(line, place, float(plain_money(value, currency)), format)
    elif type == "yes or no":
        sheet.write_boolean(line, place, bool(value))
    elif type == "day" and (day := _read(stored_day, value)) is not None and day >= _FIRST_DAY:
        sheet.write_datetime(line, place, day, format)
    elif type == "moment" and (moment := _clock_time(value)) is not None:
        sheet.write_datetime(line, place, moment, format)
    else:
        # A cell of text needs no apostrophe; an import would take one of ours off, so it gets another.
        text = str(value) if from_cell(str(value)) == value else f"'{value}"
        if len(text) > MOST_LETTERS:
            sheet.write_string(line, place, text[: MOST_LETTERS - 1] + "…")
            return True
        sheet.write_string(line, place, text)
    return False


def _clock_time(stored: str) -> datetime | None:
    """What the clock of this laptop showed; None in the hour that comes twice in autumn, the second time."""
    moment = _read(local_moment, stored)
    if moment is None:
        return None
    plain = moment.replace(tzinfo=None)
    return plain if plain.astimezone() == moment and plain.date() >= _FIRST_DAY else None


def _currency_place(export: Export) -> int:
    """Which column says the currency of the amounts; 0 where there are none."""
    names = [column for column, _ in export.columns]
    return names.index("currency") if "currency" in names else 0
