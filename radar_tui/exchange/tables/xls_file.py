"""Reading the binary workbooks, xls and xlsb: measured first, record by record, their number formats noted."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.exchange.tables import number_formats
from radar_tui.exchange.tables.table_file import NO_VALUE
from radar_tui.exchange.tables.xlsx_file import (
    BROKEN,
    MOST_CELLS,
    Noted,
    Notes,
    damaged,
    sheets,
    too_big,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from radar_tui.exchange.tables.table_file import TableFile

MOST_BYTES = 200_000_000
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_SECTOR = 0xFFFFFFFA
_BOUND_SHEET, _FORMAT, _XF, _DATE_MODE, _LOCK, _END, _ROW = 0x85, 0x41E, 0xE0, 0x22, 0x2F, 0x0A, 0x208
_COLUMN = 0x7D
_FORMULA, _MANY_RK, _BOOL_OR_ERROR = 0x06, 0xBD, 0x205
_CELLS = frozenset({0x203, _FORMULA, 0x27E, _MANY_RK, _BOOL_OR_ERROR, 0xFD, 0x204, 0x201, 0xBE, 0xD6})


def xls_file(path: Path) -> list[TableFile]:
    """The sheets of a workbook of Excel 97 to 2003. Raises RadarError for what is none, or locked."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_big(path)
        compound = _Compound(path.read_bytes())
        if "EncryptedPackage" in compound.streams:
            raise _locked(path)
        if "Workbook" not in compound.streams:
            raise damaged(path)
        noted, epoch = _xls_notes(path, compound.read("Workbook"))
    except BROKEN as error:
        raise damaged(path) from error
    return sheets(path, noted, epoch)


def xlsb_file(path: Path) -> list[TableFile]:
    """The sheets of a binary workbook of Excel since 2007."""
    parts: dict[str, bytearray] = {}
    try:
        for part, data in unpacked(path):
            if part.startswith("xl/") and part.endswith((".bin", ".rels")):
                parts.setdefault(part, bytearray()).extend(data)
        noted, epoch = _xlsb_notes(path, {part: bytes(data) for part, data in parts.items()})
    except BROKEN as error:
        raise damaged(path) from error
    return sheets(path, noted, epoch)


def _locked(path: Path) -> RadarError:
    return RadarError(
        f"{path.name} is locked with a password.",
        "Nothing was imported. Save it without one and import that.",
    )


class _Compound:
    """A file of streams (MS-CFB): `streams` are their first sectors and sizes by name."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise ValueError(shift)
        self.size = 1 << shift
        directory, self.limit, small, more = (
            struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60, 68)
        )
        tables = list(struct.unpack_from("<109I", data, 76))
        while more < _NO_SECTOR and len(tables) * self.size < len(data):
            *found, more = self._numbers(self._sector(more))
            tables += found
        self.chain = [
            number for table in tables if table < _NO_SECTOR for number in self._numbers(self._sector(table))
        ]
        self.small_chain = self._numbers(self._joined(small)) if small < _NO_SECTOR else []
        self.small = b""
        self.streams: dict[str, tuple[int, int]] = {}
        entries = self._joined(directory)
        for at in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, many = struct.unpack_from("<II", entries, at + 116)
            if kind == 5:
                self.small = self._joined(start)
            elif kind == 2:
                name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                self.streams[name] = (start, many)

    def read(self, name: str) -> bytes:
        start, many = self.streams[name]
        if many >= self.limit:
            return self._joined(start)[:many]
        pieces = (self.small[at * 64 : at * 64 + 64] for at in _chained(start, self.small_chain))
        return b"".join(pieces)[:many]

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _joined(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chained(start, self.chain))

    def _numbers(self, data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chained(start: int, chain: list[int]) -> Iterator[int]:
    steps = 0
    while start < _NO_SECTOR:
        yield start
        start, steps = chain[start], steps + 1
        if steps > len(chain):
            raise ValueError("a chain without an end")


def _xls_notes(path: Path, book: bytes) -> tuple[dict[str, Noted], int]:
    """By the names of the sheets, and the days between 1900 and the workbook's first (MS-XLS)."""
    codes, styles, places, epoch = dict[int, str](), list[int](), dict[str, int](), 0
    for kind, data in _records(book, 0):
        if kind == _LOCK:
            raise _locked(path)
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _letters(data, 2, "<H")
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _DATE_MODE:
            epoch = 1462 if data[0] else 0
        elif kind == _BOUND_SHEET:
            places[_letters(data, 6, "<B")] = struct.unpack_from("<I", data)[0]
    formats = number_formats.odd_ones(codes, styles)
    return {name: _xls_sheet(path, book, place, formats) for name, place in places.items()}, epoch


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _END:
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _letters(data: bytes, at: int, size: str) -> str:
    many = struct.unpack_from(size, data, at)[0]
    at += struct.calcsize(size)
    wide = data[at] & 1
    return data[at + 1 : at + 1 + many * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _xls_sheet(path: Path, book: bytes, place: int, formats: Mapping[int, str]) -> Noted:
    found = _Extent(path)
    for kind, data in _records(book, place):
        if kind == _ROW and data[12] & 0x20:
            found.notes.unseen.add(struct.unpack_from("<H", data)[0] + 1)
        if kind == _COLUMN and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            found.notes.hide(first + 1, last + 1)
        if kind not in _CELLS:
            continue
        row, column, style = struct.unpack_from("<HHH", data)
        found.cell(row, column)
        if kind == _MANY_RK:
            for at in range(4, len(data) - 5, 6):
                found.note(row, column + at // 6, formats.get(struct.unpack_from("<H", data, at)[0]))
        elif kind == _BOOL_OR_ERROR:
            found.note(row, column, _ERRORS.get(data[6]) if data[7] else None)
        elif kind == _FORMULA and data[12:14] == b"\xff\xff":
            found.note(row, column, _ERRORS.get(data[8]) if data[6] == 2 else None)
        else:
            found.note(row, column, formats.get(style))
    return found.notes.noted()


class _Extent:
    """How far the cells of one sheet reach, and what is odd about them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = self.columns = 0
        self.notes = Notes()

    def cell(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > MOST_CELLS:
            raise too_big(self.path)

    def note(self, row: int, column: int, words: str | None) -> None:
        if words:
            self.notes.note(row + 1, column + 1, words)


def _xlsb_notes(path: Path, parts: Mapping[str, bytes]) -> tuple[dict[str, Noted], int]:
    """The same of MS-XLSB."""
    codes, styles, in_cells = dict[int, str](), list[int](), False
    for kind, data in _wide_records(parts.get("xl/styles.bin", b"")):
        if kind == 44:
            codes[struct.unpack_from("<H", data)[0]] = _wide_letters(data, 2)[0]
        elif kind in (617, 618):
            in_cells = kind == 617
        elif kind == 47 and in_cells:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    formats, epoch = number_formats.odd_ones(codes, styles), 0
    relations = parts.get("xl/_rels/workbook.bin.rels", b"").decode("utf-8", "replace")
    targets = {
        id: target
        for tag in re.findall(r"<Relationship\b[^<>]*>", relations)
        for id in re.findall(r'\bId="([^"]*)"', tag)
        for target in re.findall(r'\bTarget="([^"]*)"', tag)
    }
    found = {}
    for kind, data in _wide_records(parts.get("xl/workbook.bin", b"")):
        if kind == 153:
            epoch = 1462 if data[0] & 1 else 0
        elif kind == 156:
            id, end = _wide_letters(data, 8)
            part = f"xl/{targets.get(id, '').removeprefix('/xl/')}".lower()
            found[_wide_letters(data, end)[0]] = _xlsb_sheet(path, parts.get(part, b""), formats)
    for part, data in parts.items():
        # A sheet that no name leads to is measured as well: the reader may find it.
        if part.startswith("xl/worksheets/") and part.endswith(".bin"):
            _xlsb_sheet(path, data, formats)
    return found, epoch


def _xlsb_sheet(path: Path, sheet: bytes, formats: Mapping[int, str]) -> Noted:
    found, row = _Extent(path), 0
    for kind, data in _wide_records(sheet):
        if kind == 0:
            row = struct.unpack_from("<I", data)[0]
            if len(data) > 11 and data[11] & 0x10:
                found.notes.unseen.add(row + 1)
        elif kind == 60 and data[16] & 1:
            first, last = struct.unpack_from("<II", data)
            found.notes.hide(first + 1, last + 1)
        elif 1 <= kind <= 11:
            column, style = struct.unpack_from("<II", data)
            found.cell(row, column)
            error = _ERRORS.get(data[8], NO_VALUE) if kind in (3, 11) else None
            found.note(row, column, error or formats.get(style & 0xFFFFFF))
    return found.notes.noted()


def _wide_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and size have seven bits a byte, of which the lowest come first."""
    at = 0
    while at < len(part):
        head = []
        for most in (2, 4):
            value = 0
            for place in range(most):
                value |= (part[at] & 0x7F) << (7 * place)
                at += 1
                if not part[at - 1] & 0x80:
                    break
            head.append(value)
        kind, size = head
        yield kind, part[at : at + size]
        at += size


def _wide_letters(data: bytes, at: int) -> tuple[str, int]:
    """A text, and where it ends."""
    many = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * many
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
