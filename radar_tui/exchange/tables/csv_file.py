"""Reading a csv file: its encoding and separator are found out and stated, its rows come one by one."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from radar_tui.errors import RadarError
from radar_tui.exchange.tables.encodings import encoding_of, put_right
from radar_tui.exchange.tables.table_file import FileCell, TableFile, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from radar_tui.exchange.tables.encodings import Encoding

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 40
"""Logical rows from which the separator is told; above the headings may stand titles that have none."""


def csv_file(path: Path, said: str = "") -> TableFile:
    """The rows of a text file, in the encoding that somebody said, else in its own. Raises RadarError if it is no text;
    so do its rows where the text breaks off."""
    encoding = encoding_of(path, said)
    separator, skipped = _separator(path, encoding)
    size = max(1, path.stat().st_size)
    read = 0

    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        nonlocal read
        read = 0
        with path.open("rb") as file, _opened(file, encoding) as lines:
            if skipped:
                lines.readline()
            reader = csv.reader(map(put_right, lines) if encoding.twice else lines, delimiter=separator)
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
                    "Nothing was imported. Export it again.",
                ) from error

    return TableFile(
        path,
        f"{encoding.said}, separated by {_SEPARATORS[separator]}",
        rows,
        lambda: min(1.0, read / size),
        decimal="," if separator == ";" else ".",
        ragged=True,
    )


def _opened(file: BinaryIO, encoding: Encoding) -> TextIOWrapper:
    # Python's cp1252 knows no letter for five bytes; one of those must not stop an import.
    errors = "replace" if encoding.codec == "cp1252" else "strict"
    file.seek(encoding.skip)
    return TextIOWrapper(file, encoding=encoding.codec, errors=errors, newline="")


def _separator(path: Path, encoding: Encoding) -> tuple[str, int]:
    """The separator, and how many lines to skip before the table: Excel may write `sep=;` there."""
    try:
        with path.open("rb") as file, _opened(file, encoding) as lines:
            first = lines.readline(1 << 16)
            if first.strip('"')[:4].lower() == "sep=" and first.strip('"')[4:5] in _SEPARATORS:
                return first.strip('"')[4], 1
            sample = first + lines.read(1 << 16)
    except UnicodeError as error:
        raise RadarError(
            f"{path.name} is no text that can be read.", "Nothing was imported. Export it as csv or xlsx."
        ) from error
    return max(_SEPARATORS, key=lambda separator: _regular(sample, separator)), 0


def split_rows(file: TableFile) -> TableFile | None:
    """The same table where each row stands in one cell: so Excel opens a csv of a language that separates otherwise.
    None where it does not stand so."""
    filled = [
        [words for cell in cells if (words := text(cell))] for _, cells in islice(file.rows(), _LOOKED_AT)
    ]
    if any(len(words) > 1 for words in filled):
        return None
    sample = "\n".join(words[0] for words in filled if words)
    separator = max(_SEPARATORS, key=lambda separator: _regular(sample, separator))
    if not _regular(sample, separator):
        return None

    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        for line, cells in file.rows():
            words = next((words for cell in cells if (words := text(cell))), "")
            yield line, list(next(csv.reader([words], delimiter=separator), []))

    return file._replace(rows=rows, said=f"{file.said}, separated by {_SEPARATORS[separator]}", ragged=True)


def _regular(sample: str, separator: str) -> int:
    """How many cells stand in rows of the commonest width, if they were separated so."""
    widths: Counter[int] = Counter()
    try:
        for row in islice(csv.reader(StringIO(sample, newline=""), delimiter=separator), _LOOKED_AT):
            widths[len(row)] += 1
    except csv.Error:
        return 0
    return max((many * (width - 1) for width, many in widths.items()), default=0)
