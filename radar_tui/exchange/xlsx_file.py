"""Reading one sheet of an xlsx file. What it unpacks to is measured before anything is given to the reader."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.exchange.table_file import FileCell, TableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 400_000_000
"""Unpacked, all parts together: 100,000 tickets of a usual export come to a quarter of it."""
MOST_CELLS = 8_000_000
"""Of the rectangle around all cells, which the reader keeps in memory whole."""
_CHUNK = 1 << 18
_PLACE = re.compile(rb"<(?:\w+:)?(?:(row)|c)\b([^<>]{0,300})")
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d{7,1000})""")
"""How many texts there are, says the part that has them; the reader asks for so much memory before it reads one, and
where there is none it ends the whole app."""
_LONGEST_COUNT = 2000
_OTHERS = frozenset({"content.xml", "xl/workbook.bin"})
"""What an OpenDocument or a binary workbook holds, which the reader takes as well and nobody has measured."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")


def xlsx_file(path: Path, wanted: str = "") -> TableFile:
    """The rows of the sheet called `wanted`, else of the first one that has any.

    Raises RadarError for what is no xlsx file, or a harmful one.
    """
    try:
        _measure(path)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(path) from error
    sheet, start, cells = _sheet(path, wanted)
    done = 0

    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        nonlocal done
        for done, row in enumerate(cells):
            yield start + done, row

    return TableFile(path, f"sheet “{sheet}”", rows, lambda: done / max(1, len(cells)))


def _sheet(path: Path, wanted: str) -> tuple[str, int, list[list[FileCell]]]:
    """Name, line of the first row, and all rows."""
    import python_calamine

    try:
        with python_calamine.load_workbook(str(path)) as book:
            for name in sorted(book.sheet_names, key=lambda name: name.casefold() != wanted):
                sheet = book.get_sheet_by_name(name)
                rows = sheet.to_python()
                if rows:
                    return name, (sheet.start or (0, 0))[0] + 1, [list(row) for row in rows]
    except Exception as error:
        raise _damaged(path) from error
    except BaseException as error:
        # A fault inside the reader comes as a PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from None
    raise RadarError(f"{path.name} is empty.", "Nothing was imported.")


def _damaged(path: Path) -> RadarError:
    return RadarError(f"{path.name} is no xlsx file that can be read.", "Export it again, or as csv.")


def _measure(path: Path) -> None:
    """Unpack every part without keeping it, count its bytes and cells, and refuse what is too much.

    What the archive declares is looked at first, but not believed: the reader goes by the packed data itself.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if not _OTHERS.isdisjoint(names):
            raise _damaged(path)
        if len(parts) > 10_000 or sum(part.file_size for part in parts) > MOST_BYTES:
            raise _too_big(path)
    total = 0
    with path.open("rb") as file:
        for part in parts:
            file.seek(part.header_offset)
            header = file.read(30)
            name, extra = struct.unpack("<26xHH", header)
            file.seek(name + extra, 1)
            cells = _Cells(path) if part.filename.lower().startswith("xl/worksheets/") else None
            unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
            if unpack is None and part.compress_type != zipfile.ZIP_STORED:
                raise _damaged(path)
            left, before = part.compress_size, b""
            while left > 0 and (packed := file.read(min(_CHUNK, left))):
                left -= len(packed)
                while packed:
                    data = unpack.decompress(packed, _CHUNK) if unpack else packed
                    packed = unpack.unconsumed_tail if unpack else b""
                    total += len(data)
                    if total > MOST_BYTES:
                        raise _too_big(path)
                    before = before[-_LONGEST_COUNT:] + data
                    if any(int(count[1]) > MOST_CELLS for count in _COUNT.finditer(before)):
                        raise _too_big(path)
                    if cells:
                        cells.look(data)
            if cells:
                cells.look(b"", last=True)


class _Cells:
    """How far the cells of one sheet reach, by what they say and by how many there are."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = self.columns = self.in_row = 0
        self.rest = b""

    def look(self, data: bytes, *, last: bool = False) -> None:
        data = self.rest + data
        # A tag may go on in the next piece.
        end = len(data) if last else max(0, len(data) - 320)
        for place_in in _PLACE.finditer(data):
            if place_in.start() >= end:
                end = place_in.start()
                break
            if place_in[1]:
                self.rows, self.in_row = self.rows + 1, 0
            else:
                self.in_row += 1
                self.columns = max(self.columns, self.in_row)
            if place := _REFERENCE.search(place_in[2]):
                self.rows = max(self.rows, int(place[2]))
                self.columns = max(self.columns, _column(place[1]))
        self.rest = data[end:]
        if self.rows * self.columns > MOST_CELLS:
            raise _too_big(self.path)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_big(path: Path) -> RadarError:
    return RadarError(
        f"{path.name} unpacks to more than Radar takes at once.",
        "Nothing was imported. Export less, or as csv: that may be of any size.",
    )
