"""Reading an xlsx file as its user sees it. What it unpacks to is measured before anything is given to the reader, and
what the reader does not tell is noted on the way: number formats, errors, hidden rows."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from datetime import date, datetime, time
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.exchange.tables import number_formats
from radar_tui.exchange.tables.table_file import MOST_COLUMNS, NO_VALUE, FileCell, Shown, TableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_BYTES = 400_000_000
"""Unpacked, all parts together: 100,000 tickets of a usual export come to a quarter of it."""
MOST_CELLS = 8_000_000
"""Of the rectangle around all cells, which the reader keeps in memory whole."""
_CHUNK = 1 << 18
_MARGIN = 9_000
"""A formula has at most 8,192 letters; what is looked for may go on in the next piece."""
_V = rb"<(?:\w+:)?v"
_PLACE = re.compile(
    rb"<(?:\w+:)?(?:(row)|c)\b([^<>]{0,300})>?"
    rb"|<(?:\w+:)?(?P<formula>f)\b[^<>]{0,300}(?:/>|>[^<]{0,8300}</(?:\w+:)?f>)\s*"
    rb"(?:" + _V + rb"\s*/>|" + _V + rb">\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d{7,1000})""")
"""How many texts there are, says the part that has them; the reader asks for so much memory before it reads one, and
where there is none it ends the whole app."""
_LONGEST_COUNT = 2000
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,5})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b([^<>]*\bhidden\s*=\s*["'](?:1|true)["'][^<>]*)>""")
_ENDS = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,6})["']""")
_ERROR = re.compile(rb"[^<]{0,20}(?:<(?:\w+:)?f\b[^<>]{0,300}(?:/>|>[^<]{0,8300}</(?:\w+:)?f>))?\s*"
                    + _V + rb">(#[^<]{1,20})<")  # fmt: skip
_FORMAT = re.compile(r'<(?:\w+:)?numFmt\b(?=[^<>]*\bnumFmtId="(\d+)")(?=[^<>]*\bformatCode="([^"]*)")')
_STYLED = re.compile(r'<(?:\w+:)?xf\b[^<>]*?\bnumFmtId="(\d+)"')
_SHEET = re.compile(r'<(?:\w+:)?sheet\b(?=[^<>]*\bname="([^"]*)")(?=[^<>]*:id="([^"]*)")')
_PART = re.compile(r'<(?:\w+:)?Relationship\b(?=[^<>]*\bId="([^"]*)")(?=[^<>]*\bTarget="([^"]*)")')


BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, NotImplementedError, ValueError, KeyError, IndexError,
    RuntimeError,
)  # fmt: skip
"""What a damaged workbook makes its readers raise."""


class Noted(NamedTuple):
    """Of one sheet: what its cells show by (line, column from 1) as a format's code or an error's text, which lines are
    hidden, which columns show moments, so that midnight is none of a day alone, and which columns are hidden."""

    odd: dict[tuple[int, int], str]
    unseen: set[int]
    timed: set[int]
    columns: set[int]


def xlsx_file(path: Path) -> list[TableFile]:
    """The sheets in their order. Raises RadarError for what is no xlsx file, or a harmful one."""
    try:
        with zipfile.ZipFile(path) as archive:
            formats, parts, epoch = _formats(archive), _parts(archive), _epoch(archive)
        noted = _measure(path, formats)
    except BROKEN as error:
        raise damaged(path) from error
    nothing = Notes().noted()
    return sheets(path, {name: noted.get(part, nothing) for name, part in parts.items()}, epoch)


def sheets(path: Path, noted: Mapping[str, Noted], epoch: int = 0) -> list[TableFile]:
    """The sheets of a workbook that was measured, by the reader; `noted` by the names of sheets."""
    import python_calamine

    nothing = Notes().noted()
    with _Saying(path):
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        return [
            _table(path, book, sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible,
                   noted.get(sheet.name, nothing), epoch)
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]  # fmt: skip


def _table(path: Path, book: object, name: str, hidden: bool, noted: Noted, epoch: int) -> TableFile:
    kept: list[list[list[FileCell]]] = []
    done = 0

    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        nonlocal done
        if not kept:
            with _Saying(path):
                sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
                kept.append([list(row) for row in sheet.to_python(skip_empty_area=False)])
            _as_shown(kept[0], noted)
        for done, row in enumerate(kept[0]):
            yield 1 + done, row

    return TableFile(
        path, f"sheet “{name}”", rows, lambda: done / max(1, len(kept[0]) if kept else 1), name=name,
        hidden=hidden, unseen=frozenset(noted.unseen), epoch=epoch,
        unseen_columns=frozenset(column - 1 for column in noted.columns),
    )  # fmt: skip


def _as_shown(rows: list[list[FileCell]], noted: Noted) -> None:
    for column in noted.timed:
        for row in rows:
            place = column - 1
            if place < len(row) and isinstance(day := row[place], date) and not isinstance(day, datetime):
                row[place] = datetime.combine(day, time())
    for (line, column), words in noted.odd.items():
        at, place = line - 1, column - 1
        if not (0 <= at < len(rows) and 0 <= place < len(rows[at])):
            continue
        cell = rows[at][place]
        if words.startswith("#") and cell in ("", None):
            rows[at][place] = words
        elif isinstance(cell, float) and (found := number_formats.shown(cell, words)):
            rows[at][place] = Shown.of(*found)


class _Saying:
    """Whatever the reader stumbles over becomes a sentence; a fault inside it comes as a PanicException, which is no
    Exception."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, RadarError):
            return
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(self.path) from error


def damaged(path: Path) -> RadarError:
    """What is said of a workbook that nobody can read."""
    return RadarError(
        f"{path.name} is no Excel file that can be read.",
        "Nothing was imported. Open it in Excel and save it as xlsx, without a password, or as csv.",
    )


def _read(archive: zipfile.ZipFile, part: str) -> str:
    if part not in archive.namelist() or archive.getinfo(part).file_size > MOST_BYTES // 10:
        return ""
    with archive.open(part) as file:
        return file.read(MOST_BYTES // 10).decode("utf-8", "replace")


def _formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """The format's code of each style that shows something else than its number."""
    styles = _read(archive, "xl/styles.xml")
    codes = {int(number): unescape(code) for number, code in _FORMAT.findall(styles.partition("cellXfs")[0])}
    cells = styles.partition("cellXfs")[2].partition("cellXfs")[0]
    return number_formats.odd_ones(codes, [int(number) for number in _STYLED.findall(cells)])


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets = dict(_PART.findall(_read(archive, "xl/_rels/workbook.xml.rels")))
    found = _SHEET.findall(_read(archive, "xl/workbook.xml"))
    return {
        unescape(name): f"xl/{targets.get(id, '')}".replace("xl//xl/", "xl/").lower() for name, id in found
    }


def _epoch(archive: zipfile.ZipFile) -> int:
    """Days between 1900 and 1904, where the workbook counts from there; the reader minds it for dates only."""
    found = re.search(r'date1904="(\w+)"', _read(archive, "xl/workbook.xml"))
    return 1462 if found and found[1] in ("1", "true") else 0


def _measure(path: Path, formats: Mapping[int, str]) -> dict[str, Noted]:
    """What is odd in each sheet, by its part. Raises RadarError for one that is too much."""
    found: dict[str, _Cells] = {}
    for part, data in unpacked(path):
        # A sheet may lie anywhere in its package.
        if part.endswith(".xml") and not part.endswith(("sharedstrings.xml", "styles.xml")):
            if part not in found:
                found[part] = _Cells(path, formats)
            found[part].look(data, last=not data)
    return {part: cells.noted() for part, cells in found.items()}


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    """The parts of an archive in pieces, each part's last one empty. Raises RadarError for what is too much.

    What the archive declares is looked at first, but not believed: the reader goes by the packed data itself.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > 10_000 or sum(part.file_size for part in parts) > MOST_BYTES:
            raise too_big(path)
    total = 0
    with path.open("rb") as file:
        for part in parts:
            file.seek(part.header_offset)
            header = file.read(30)
            name, extra = struct.unpack("<26xHH", header)
            file.seek(name + extra, 1)
            unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
            if unpack is None and part.compress_type != zipfile.ZIP_STORED:
                raise damaged(path)
            left, before = part.compress_size, b""
            while left > 0 and (packed := file.read(min(_CHUNK, left))):
                left -= len(packed)
                while packed:
                    data = unpack.decompress(packed, _CHUNK) if unpack else packed
                    packed = unpack.unconsumed_tail if unpack else b""
                    total += len(data)
                    if total > MOST_BYTES:
                        raise too_big(path)
                    before = before[-_LONGEST_COUNT:] + data
                    if any(int(found[1]) > MOST_CELLS for found in _COUNT.finditer(before)):
                        raise too_big(path)
                    if data:
                        yield part.filename.lower(), data
            yield part.filename.lower(), b""


class Notes:
    """What is noted of the cells of one sheet, while they go by."""

    def __init__(self) -> None:
        self.odd: dict[tuple[int, int], str] = {}
        self.unseen: set[int] = set()
        self.timed: set[int] = set()
        self.days: set[int] = set()
        self.columns: set[int] = set()

    def note(self, line: int, column: int, words: str) -> None:
        """What a cell shows: an error, a format's code, or TIMED or DAY."""
        if words == number_formats.TIMED:
            self.timed.add(column)
        elif words == number_formats.DAY:
            self.days.add(column)
        else:
            self.odd[line, column] = words

    def noted(self) -> Noted:
        return Noted(self.odd, self.unseen, self.timed - self.days, self.columns)

    def hide(self, first: int, last: int) -> None:
        """Columns, from 1."""
        self.columns.update(range(first, min(last, MOST_COLUMNS) + 1))


class _Cells:
    """How far the cells of one sheet reach, by what they say and by how many there are; and what is odd about them."""

    def __init__(self, path: Path, formats: Mapping[int, str]) -> None:
        self.path, self.formats = path, formats
        self.rows = self.columns = self.row = self.column = self.counted = self.in_row = 0
        self.rest = self.type = b""
        self.notes = Notes()

    def noted(self) -> Noted:
        return self.notes.noted()

    def look(self, data: bytes, *, last: bool = False) -> None:
        data = self.rest + data
        # A tag or a formula may go on in the next piece.
        end = len(data) if last else max(0, len(data) - _MARGIN)
        at = 0
        if not self.counted:
            self._columns(data)
        for found in _PLACE.finditer(data):
            if found.start() >= end:
                break
            at = found.end()
            if found["formula"]:
                # A text that is empty is stored so; any other value would stand there.
                if self.type != b"str":
                    self.notes.note(self.row, self.column, NO_VALUE)
            elif found[1]:
                self._begin_row(found[2])
            else:
                self._cell(found[2], data, found.end())
        self.rest = data[max(end, at) :]
        if self.rows * self.columns > MOST_CELLS:
            raise too_big(self.path)

    def _columns(self, data: bytes) -> None:
        """They stand before the rows."""
        for column in _HIDDEN_COLUMN.findall(data.partition(b"sheetData")[0]):
            ends = dict(_ENDS.findall(column))
            if b"min" in ends:
                self.notes.hide(int(ends[b"min"]), int(ends.get(b"max", ends[b"min"])))

    def _begin_row(self, attributes: bytes) -> None:
        place = _REFERENCE.search(attributes)
        self.row, self.column = int(place[2]) if place else self.row + 1, 0
        self.counted, self.in_row = self.counted + 1, 0
        self.rows = max(self.rows, self.counted, self.row)
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            self.notes.unseen.add(self.row)

    def _cell(self, attributes: bytes, data: bytes, end: int) -> None:
        self.column, self.in_row = self.column + 1, self.in_row + 1
        if place := _REFERENCE.search(attributes):
            self.row, self.column = int(place[2]), _column(place[1])
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.in_row, self.column)
        kind = _TYPE.search(attributes)
        self.type = kind[1] if kind else b"n"
        if self.type == b"e":
            error = _ERROR.match(data, end)
            self.notes.note(self.row, self.column, error[1].decode("utf-8", "replace") if error else "#N/A")
        elif (
            self.type == b"n"
            and (style := _STYLE.search(attributes))
            and (code := self.formats.get(int(style[1])))
        ):
            self.notes.note(self.row, self.column, code)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def too_big(path: Path) -> RadarError:
    """What is said of a file whose cells are more than Radar keeps in memory."""
    return RadarError(
        f"{path.name} unpacks to more than Radar takes at once.",
        "Nothing was imported. Export less, or as csv: that may be of any size.",
    )
