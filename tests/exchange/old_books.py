"""Binary workbooks, as small as Excel's readers take them: xls (MS-XLS in MS-CFB) and xlsb (MS-XLSB)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OldRow = Sequence[str | tuple[float, int]]
OldRows = Sequence[OldRow]
FORMATS = {164: "00000", 165: "dd/mm/yyyy hh:mm", 166: "0%"}
STYLES = (0, 164, 165, 166)
"""A number is given with the place of its style: 1 is padded, 2 a moment, 3 a percent."""


def xls(path: Path, sheets: Mapping[str, OldRows], hidden: Sequence[int] = ()) -> Path:
    """`hidden` are lines, from 1, of every sheet."""
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for number, code in FORMATS.items():
        head += _record(0x41E, struct.pack("<HHB", number, len(code), 0) + code.encode())
    for number in STYLES:
        head += _record(0xE0, struct.pack("<HH", 0, number) + bytes(16))
    bodies = [_xls_sheet(rows, hidden) for rows in sheets.values()]
    # A sheet's record is 12 bytes and its name, and one that ends the book follows them.
    at = len(head) + sum(12 + len(name) for name in sheets) + 4
    for name, body in zip(sheets, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name.encode())
        at += len(body)
    path.write_bytes(_compound(head + _record(0x0A, b"") + b"".join(bodies)))
    return path


def _xls_sheet(rows: OldRows, hidden: Sequence[int]) -> bytes:
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for line, row in enumerate(rows):
        flags = 0x20 if line + 1 in hidden else 0
        made += _record(0x208, struct.pack("<HHHHHHHH", line, 0, len(row), 255, 0, 0, flags, 15))
        for place, cell in enumerate(row):
            if isinstance(cell, tuple):
                made += _record(0x203, struct.pack("<HHHd", line, place, cell[1], cell[0]))
            else:
                words = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                made += _record(0x204, struct.pack("<HHH", line, place, 0) + words)
    return made + _record(0x0A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """One stream called Workbook, in sectors of 512 bytes."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *(at + 3 for at in range(sectors - 1)), 0xFFFFFFFE]
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    head += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + _entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    return head + struct.pack("<128I", *table) + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    letters = name.encode("utf-16-le").ljust(64, b"\0")
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        letters
        + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)


def xlsb(path: Path, rows: OldRows, hidden: Sequence[int] = ()) -> Path:
    """One sheet, called Here."""
    styles = b"".join(
        _wide(44, struct.pack("<H", number) + _letters(code)) for number, code in FORMATS.items()
    )
    styles = _wide(615, struct.pack("<I", len(FORMATS))) + styles + _wide(616, b"")
    styles += _wide(617, struct.pack("<I", len(STYLES)))
    styles += b"".join(_wide(47, struct.pack("<HH", 0, number) + bytes(12)) for number in STYLES) + _wide(
        618, b""
    )
    book = _wide(131, b"") + _wide(143, b"")
    book += (
        _wide(156, struct.pack("<II", 0, 1) + _letters("rId1") + _letters("Here"))
        + _wide(144, b"")
        + _wide(132, b"")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", _xlsb_sheet(rows, hidden))
    return path


def _xlsb_sheet(rows: OldRows, hidden: Sequence[int]) -> bytes:
    made = (
        _wide(129, b"")
        + _wide(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
        + _wide(145, b"")
    )
    for line, row in enumerate(rows):
        made += _wide(
            0, struct.pack("<IIHBBB", line, 0, 300, 0, 0x10 if line + 1 in hidden else 0, 0) + bytes(4)
        )
        for place, cell in enumerate(row):
            if isinstance(cell, tuple):
                made += _wide(5, struct.pack("<IId", place, cell[1], cell[0]))
            else:
                made += _wide(6, struct.pack("<II", place, 0) + _letters(cell))
    return made + _wide(146, b"") + _wide(130, b"")


def _letters(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _wide(kind: int, data: bytes) -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, left = b"", len(data)
    while True:
        size += bytes((left & 0x7F | (0x80 if left > 127 else 0),))
        left >>= 7
        if not left:
            return head + size + data
