"""Reading a csv file: its encoding and separator are found out and stated, its rows come one by one."""

from __future__ import annotations

import codecs
import csv
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO

from radar_tui.errors import RadarError
from radar_tui.exchange.table_file import FileCell, TableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def csv_file(path: Path) -> TableFile:
    """The rows of a text file. Raises RadarError if it is no text; so do its rows where the text breaks off."""
    encoding, said = _encoding(path)
    separator, skipped = _separator(path, encoding)
    size = max(1, path.stat().st_size)
    read = 0

    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        nonlocal read
        read = 0
        with path.open("rb") as file, _text(file, encoding) as text:
            if skipped:
                text.readline()
            reader = csv.reader(text, delimiter=separator)
            line = 1 + skipped
            try:
                for count, row in enumerate(reader):
                    if not count % 1000:
                        read = file.tell()
                    yield line, row  # type: ignore[misc]
                    line = reader.line_num + 1 + skipped
            except csv.Error as error:
                words = (
                    "a cell has no end; a quotation mark may be missing" if "limit" in str(error) else error
                )
                raise RadarError(f"{path.name}, line {line}: {words}.", "Nothing was imported.") from error
            except UnicodeError as error:
                raise RadarError(
                    f"{path.name} breaks off in the middle of a letter.",
                    "Export it again; nothing was imported.",
                ) from error

    return TableFile(
        path,
        f"{said}, separated by {_SEPARATORS[separator]}",
        rows,
        lambda: min(1.0, read / size),
        decimal="," if separator == ";" else ".",
        ragged_is_bad=True,
    )


def _encoding(path: Path) -> tuple[str, str]:
    """A codec that reads the whole file, and its name in words."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, codec, said in _BOMS:
            if head.startswith(mark):
                return codec, said
        if b"\0" in head:
            # Plain letters in UTF-16 have a zero at every second place.
            even, odd = head[::2].count(0), head[1::2].count(0)
            if min(even, odd) * 10 > len(head) // 2:
                raise RadarError(
                    f"{path.name} is neither a csv nor an xlsx file.",
                    "Export it as csv or xlsx and import that.",
                )
            if max(even, odd) * 4 > len(head) // 2:
                return ("utf-16-be" if even > odd else "utf-16-le"), "UTF-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            chunk = head
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", "Windows-1252"
    return "utf-8", "UTF-8"


def _text(file: BinaryIO, encoding: str) -> TextIOWrapper:
    # Python's cp1252 knows no letter for five bytes; one of those must not stop an import.
    errors = "replace" if encoding == "cp1252" else "strict"
    return TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator, and how many lines to skip before the headings: Excel may write `sep=;` there."""
    with path.open("rb") as file, _text(file, encoding) as text:
        try:
            first = text.readline(1 << 16)
        except UnicodeError as error:
            raise RadarError(
                f"{path.name} is no text that can be read.", "Export it as csv or xlsx."
            ) from error
    if first[:4].lower() == "sep=" and first[4:5] in _SEPARATORS:
        return first[4], 1
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count), 0
