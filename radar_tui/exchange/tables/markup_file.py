"""Tables that stand in markup: web pages and XML that call themselves .xls, and OpenDocument."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from radar_tui.errors import RadarError
from radar_tui.exchange.tables import number_formats
from radar_tui.exchange.tables.encodings import encoding_of
from radar_tui.exchange.tables.table_file import MOST_COLUMNS, FileCell, Shown, TableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_BYTES = 200_000_000
MOST_CELLS = 8_000_000
_CHUNK = 1 << 18
Grid = list[tuple[int, list[FileCell]]]


class _Found(NamedTuple):
    """One table: its name, its rows with their lines, which of them are hidden, and whether it is hidden itself."""

    name: str
    rows: Grid
    unseen: set[int]
    hidden: bool
    columns: frozenset[int] = frozenset()


def html_file(path: Path, encoding: str) -> list[TableFile]:
    """The tables of a web page that have rows. Raises RadarError where there is none."""
    page = _Page(path)
    try:
        page.feed(_letters(path, encoding))
    except AssertionError as error:
        raise _unreadable(path) from error
    page.close()
    found = [
        _Found(f"table {number}", rows, page.unseen.get(id(rows), set()), hidden=False)
        for number, rows in enumerate(page.tables, 1)
        if rows
    ]
    return _files(path, "a web page", found)


def xml_file(path: Path) -> list[TableFile]:
    """The sheets of an XML Spreadsheet of Excel 2003."""
    reader = _Spreadsheet(path)
    with path.open("rb") as file:
        _parsed(path, reader, iter(lambda: file.read(_CHUNK), b""))
    return _files(path, "an XML spreadsheet", reader.found)


def ods_file(path: Path) -> list[TableFile]:
    """The sheets of an OpenDocument spreadsheet."""
    reader = _OpenDocument(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            _parsed(path, reader, iter(lambda: file.read(_CHUNK), b""))
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
    ) as error:
        raise _unreadable(path) from error
    return _files(path, "OpenDocument", reader.found)


def _files(path: Path, what: str, found: list[_Found]) -> list[TableFile]:
    if not found:
        raise RadarError(f"{path.name} is {what} without a table.", "Nothing was imported.")
    return [_file(path, what, one, len(found) > 1 or what == "OpenDocument") for one in found]


def _file(path: Path, what: str, one: _Found, named: bool) -> TableFile:
    def rows() -> Iterator[tuple[int, list[FileCell]]]:
        yield from ((line, list(cells)) for line, cells in one.rows)

    said = f"{what}, “{one.name}”" if named else what
    return TableFile(
        path,
        said,
        rows,
        lambda: 1.0,
        ragged=True,
        name=one.name,
        hidden=one.hidden,
        unseen=frozenset(one.unseen),
        unseen_columns=one.columns,
    )


def _unreadable(path: Path) -> RadarError:
    return RadarError(
        f"{path.name} cannot be read: its markup is broken.",
        "Nothing was imported. Open it in Excel and save it as xlsx.",
    )


def _too_big(path: Path) -> RadarError:
    return RadarError(
        f"{path.name} holds more than Radar takes at once.", "Nothing was imported. Export it as csv."
    )


def _letters(path: Path, encoding: str) -> str:
    """As the page says, else as its bytes do. Raises Unclear where they leave a doubt."""
    data = path.read_bytes()[:MOST_BYTES]
    try:
        return data.decode(encoding or _charset(path))
    except (LookupError, UnicodeDecodeError):
        return data.decode(encoding_of(path, encoding).codec, "replace")


def _charset(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    said = re.search(rb"charset=[\"']?([\w-]{1,40})", head)
    return said[1].decode("ascii") if said else "utf-8-sig"


class _Page(HTMLParser):
    """The rows of each table of a web page; a cell over several columns is followed by empty ones."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.tables: list[Grid] = []
        self.unseen: dict[int, set[int]] = {}
        self._open: list[Grid] = []
        self._cell: list[str] | None = None
        self._wide = 1
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            line = len(self._open[-1]) + 1
            self._open[-1].append((line, []))
            if "display:none" in (dict(attrs).get("style") or "").replace(" ", "").lower():
                self.unseen.setdefault(id(self._open[-1]), set()).add(line)
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._end_cell()
            wide = dict(attrs).get("colspan") or "1"
            self._cell, self._wide = [], min(int(wide) if wide.isascii() and wide.isdecimal() else 1, 200)
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None or not self._open or not self._open[-1]:
            self._cell = None
            return
        self._cells += self._wide
        if self._cells > MOST_CELLS:
            raise _too_big(self.path)
        words = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n")).strip()
        self._open[-1][-1][1].extend([words, *[""] * (self._wide - 1)])
        self._cell = None


class _Reader:
    """What the two kinds of XML share: rows and cells that may stand at a place or be repeated."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[_Found] = []
        self.line, self.cells = 0, 0
        self.row: list[FileCell] = []
        self.words: list[str] | None = None

    def begin(self, tag: str, given: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError

    def data(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)

    def put(self, cell: FileCell, times: int) -> None:
        # What nobody filled is not kept many times over.
        times = min(times, 1000) if cell == "" else times
        self.cells += times
        if self.cells > MOST_CELLS or len(self.row) + times > 20_000:
            raise _too_big(self.path)
        self.row.extend([cell] * times)

    def end_row(self, times: int, *, unseen: bool) -> None:
        while self.row and self.row[-1] == "":
            self.row.pop()
        if self.row and self.found:
            self.cells += (times - 1) * len(self.row)
            if self.cells > MOST_CELLS or times > MOST_CELLS:
                raise _too_big(self.path)
            for again in range(times):
                self.found[-1].rows.append((self.line + 1 + again, self.row))
                if unseen:
                    self.found[-1].unseen.add(self.line + 1 + again)
        self.line += times
        self.row = []


def _parsed(path: Path, reader: _Reader, pieces: Iterator[bytes]) -> None:
    """Hand the markup to the reader piece by piece; entities of its own are refused, they could unfold for ever."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _unreadable(path)

    def plain(call: Callable[..., None]) -> Callable[..., None]:
        return lambda tag, *rest: call(tag.rpartition(" ")[2], *rest)

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = plain(
        lambda tag, given: reader.begin(
            tag, {name.rpartition(" ")[2]: value for name, value in given.items()}
        )
    )
    parser.EndElementHandler = plain(reader.end)
    parser.CharacterDataHandler = reader.data
    total = 0
    try:
        for piece in pieces:
            total += len(piece)
            if total > MOST_BYTES:
                raise _too_big(path)
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _unreadable(path) from error


def _whole(given: dict[str, str], name: str, otherwise: int) -> int:
    found = given.get(name, "")
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 9 else otherwise


class _Spreadsheet(_Reader):
    """https://learn.microsoft.com/previous-versions/office/developer/office-xp/aa140066(v=office.10)"""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.codes: dict[str, str] = {}
        self.style = self.own_style = self.type = ""
        self.unseen = False

    def begin(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "Style":
                self.own_style = given.get("ID", "")
            case "NumberFormat":
                self.codes[self.own_style] = given.get("Format", "")
            case "Worksheet":
                self.found.append(_Found(given.get("Name", ""), [], set(), hidden=False))
                self.line = 0
            case "Row":
                self.line = max(self.line, min(_whole(given, "Index", 1), MOST_CELLS) - 1)
                self.unseen = given.get("Hidden") == "1"
            case "Cell":
                self.style = given.get("StyleID", "")
                self.put("", max(0, _whole(given, "Index", 0) - 1 - len(self.row)))
                self.type, self.words = "", None
            case "Data":
                self.type, self.words = given.get("Type", "String"), []
            case "Visible" if self.found:
                self.words = []

    def end(self, tag: str) -> None:
        match tag:
            case "Cell":
                self.put(self._cell(), 1)
                self.words = None
            case "Row":
                self.end_row(1, unseen=self.unseen)
            case "Visible" if self.found:
                shown = "".join(self.words or ())
                self.found[-1] = self.found[-1]._replace(hidden=shown in ("SheetHidden", "SheetVeryHidden"))
                self.words = None

    def _cell(self) -> FileCell:
        words = "".join(self.words or ())
        try:
            if self.type == "DateTime":
                return datetime.fromisoformat(words)
            if self.type == "Number":
                value, code = float(words), {"Percent": "0.00%", "Scientific": "0.00E+00"}
                style = self.codes.get(self.style, "")
                found = number_formats.shown(value, code.get(style, style))
                return Shown.of(*found) if found else value
        except ValueError:
            pass
        return words


class _OpenDocument(_Reader):
    """What a cell shows stands in it as text; days and moments stand beside it, exactly."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.given: dict[str, str] = {}
        self.times = self.row_times = 1
        self.unseen = self.is_row = False
        self.hidden_styles: set[str] = set()
        self.own_style = ""
        self.column = 0

    def begin(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "style":
                self.own_style = given.get("name", "")
            case "table-properties" if given.get("display") == "false":
                self.hidden_styles.add(self.own_style)
            case "table":
                hidden = given.get("style-name", "") in self.hidden_styles
                self.found.append(_Found(given.get("name", ""), [], set(), hidden))
                self.line = self.column = 0
            case "table-column":
                many = min(_whole(given, "number-columns-repeated", 1), MOST_COLUMNS)
                if given.get("visibility") == "collapse" and self.found:
                    more = self.found[-1].columns | set(range(self.column, self.column + many))
                    self.found[-1] = self.found[-1]._replace(columns=more)
                self.column += many
            case "table-row":
                self.row_times = _whole(given, "number-rows-repeated", 1)
                self.unseen = given.get("visibility") in ("filter", "collapse")
            case "table-cell" | "covered-table-cell":
                self.given, self.times, self.words = given, _whole(given, "number-columns-repeated", 1), []
            case "p" if self.words:
                self.words.append("\n")
            case "s" if self.words is not None:
                self.words.append(" " * min(_whole(given, "c", 1), 100))

    def end(self, tag: str) -> None:
        match tag:
            case "table-cell" | "covered-table-cell":
                self.put(self._cell(), self.times)
                self.words = None
            case "table-row":
                self.end_row(self.row_times, unseen=self.unseen)

    def _cell(self) -> FileCell:
        words, given = "".join(self.words or ()), self.given
        try:
            match given.get("value-type"):
                case "date":
                    return datetime.fromisoformat(given.get("date-value", ""))
                case "percentage":
                    return Shown.of(round(float(given["value"]) * 100, 10), words)
                case "float" | "currency":
                    return Shown.of(float(given["value"]), words)
        except (KeyError, ValueError):
            pass
        return words
