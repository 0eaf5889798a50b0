"""One import, start to end: read, recognise, convert, count, and write all or nothing."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple

from radar_tui.domain.spreadsheet import as_cell
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.exchange.converting import Converter
from radar_tui.exchange.headings import headings
from radar_tui.exchange.reading import opened
from radar_tui.exchange.recognise import recognised
from radar_tui.exchange.table_file import text
from radar_tui.exchange.ways import OpenedFile, decimal_mark, order
from radar_tui.files import keep, private
from radar_tui.store.rows.imports import ImportColumn, ImportCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from radar_tui.exchange.fields import Kind
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.exchange.table_file import FileCell, TableFile
    from radar_tui.exchange.ways import Dates, Decimal
    from radar_tui.store.rows.imports import Staged
    from radar_tui.store.store import Store

MOST_BAD = 500
"""How many bad rows are kept to be shown; the file of rejects has them all."""
MOST_SHOWN = 50
"""How many good rows are kept for a preview."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be imported, and what the user said about it."""

    path: Path
    kind: Kind | None = None
    customer_column: str = ""
    customer_id: str | None = None
    dates: Dates | None = None
    rejects: Path | None = None
    own_headings: Path | None = None
    decimal: Decimal | None = None


class Bad(NamedTuple):
    """A row that can't be imported, by its line in the file."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What a file holds and what came of it; `imported` whether anything was written."""

    found: Recognised
    said: str
    dates: str
    numbers: str
    used: list[tuple[str, str]]
    rows: int = 0
    counts: ImportCounts = field(default_factory=lambda: ImportCounts(0, 0, 0))
    bad_rows: int = 0
    bad: list[Bad] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)
    imported: bool = False
    backup: Path | None = None

    @property
    def good(self) -> int:
        return self.rows - self.bad_rows

    @property
    def blocked(self) -> bool:
        """Whether nothing is imported until somebody asks for the good rows."""
        return bool(self.bad_rows) and not self.imported


def run(
    store: Store,
    options: Options,
    *,
    write: bool,
    progress: Callable[[str, float], None] = lambda words, part: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Read the whole file and, with `write`, import it: everything in one transaction after a backup. With a bad row
    nothing is written unless `options.rejects` names a file to put the bad ones in. `progress` gets words and how much
    of them is done (0–1), often. Raises RadarError with nothing written; Cancelled when `cancelled` says so."""
    if options.rejects is not None and options.rejects.exists():
        raise RadarError(f"There is a file {options.rejects} already.", "Name another one for the bad rows.")
    source, head, names, converter, report = _recognised(store, options, progress, cancelled)
    columns = [ImportColumn(column.stored, column.clears) for column in converter.columns]
    currency = converter.currency
    money = report.found.kind in ("customers", "parts") and "currency" not in report.found.places
    if money:
        columns.append(ImportColumn("currency", only_new=True))
    with ExitStack() as stack:
        rejects = _Rejects(options.rejects, names, stack) if write and options.rejects else None
        rows = _converted(source, head, len(names), converter, report, rejects)
        if money:
            rows = ((*row, currency) for row in rows)
        store.imports.stage(columns, _told(rows, source, progress), cancelled)
        report.counts = store.imports.count(converter.table)
        if write and (not report.bad_rows or rejects):
            _write(store, converter, report, rejects.keep if rejects else _nothing, progress, cancelled)
    return report


def _recognised(
    store: Store,
    options: Options,
    progress: Callable[[str, float], None],
    cancelled: Callable[[], bool],
) -> tuple[TableFile, int, list[str], Converter, ImportReport]:
    """The file, the line of its headings, these, and how its rows are read."""
    source = opened(options.path, options.kind or "")
    head, names = source.headings()
    known = headings(options.own_headings)
    layout = recognised(
        names, known, options.kind, options.customer_column, one_customer=options.customer_id is not None
    )
    look = OpenedFile(source, head, layout, progress, cancelled)
    day_first, dates = order(look, options.dates)
    decimal, numbers = decimal_mark(look, options.decimal)
    settings = store.local.settings()
    converter = Converter(
        store, names, layout, known, day_first=day_first, decimal=decimal, currency=settings.currency,
        customer_id=options.customer_id,
    )  # fmt: skip
    said = f"{layout.title or 'Own headings'}, {source.said}"
    used = [(names[layout.places[field.name][0]], field.name) for field in converter.fields]
    return source, head, names, converter, ImportReport(layout, said, dates, numbers, used)


def _write(
    store: Store,
    converter: Converter,
    report: ImportReport,
    keep_rejects: Callable[[], None],
    progress: Callable[[str, float], None],
    cancelled: Callable[[], bool],
) -> None:
    """All staged rows at once, after a backup; the bad ones are kept in the same breath."""
    if report.counts.new + report.counts.changed:
        progress("a backup first", 0.0)
        report.backup = store.backup.make()
        progress("writing", 0.0)
        store.imports.write(converter.table, converter.on_the_way.values(), cancelled, keep_rejects)
    else:
        keep_rejects()
    report.imported = True


def _nothing() -> None:
    pass


def _converted(
    source: TableFile,
    head: int,
    wide: int,
    converter: Converter,
    report: ImportReport,
    rejects: _Rejects | None,
) -> Iterator[Staged]:
    lines: dict[str, int] = {}
    convert, ragged = converter.row, source.ragged_is_bad
    for line, cells in source.rows():
        if line <= head or not any(cells) or not any(map(text, cells)):
            continue
        report.rows += 1
        try:
            if ragged and len(cells) != wide and (len(cells) < wide or any(cells[wide:])):
                raise ValueError(
                    f"{plural(len(cells), 'cell')} instead of {wide}; a quotation mark may be missing"
                )
            id, taken = convert(cells)
            if (before := lines.setdefault(id, line)) != line:
                raise ValueError(f"the same as line {before}")
        except ValueError as error:
            report.bad_rows += 1
            if len(report.bad) < MOST_BAD:
                report.bad.append(Bad(line, str(error)))
            if rejects:
                rejects.add(line, cells, str(error))
            continue
        if len(report.shown) < MOST_SHOWN:
            report.shown.append(_shown(converter, cells))
        yield (line, id, *taken)


def _shown(converter: Converter, cells: Sequence[FileCell]) -> list[str]:
    """The cells that are used, as they stand in the file."""
    return [
        next((text(cells[place]) for place in places if place < len(cells) and text(cells[place])), "")
        for places in (converter.found.places[field.name] for field in converter.fields)
    ]


def _told(
    rows: Iterator[Staged], source: TableFile, progress: Callable[[str, float], None]
) -> Iterator[Staged]:
    for count, row in enumerate(rows):
        if count and not count % 5000:
            progress(f"{count:,} rows read", source.read())
        yield row


class _Rejects:
    """The file of bad rows: as they stood, with line and reason; it gets its name just before the commit."""

    def __init__(self, path: Path, names: Sequence[str], stack: ExitStack) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            os.close(private(self._part, os.O_CREAT | os.O_WRONLY))
            self._file: IO[str] = stack.enter_context(self._part.open("w", encoding="utf-8-sig", newline=""))
        except OSError as error:
            raise _rejects_refused(path, error) from error
        stack.callback(self._drop)
        self._writer = csv.writer(self._file)
        self._writer.writerow([*map(as_cell, names), "Line", "Why not"])
        self._wide = len(names)

    def add(self, line: int, cells: Sequence[FileCell], reason: str) -> None:
        padded = [*cells, *[""] * (self._wide - len(cells))][: self._wide]
        self._writer.writerow(
            [*(as_cell("" if cell is None else str(cell)) for cell in padded), line, reason]
        )

    def keep(self) -> None:
        self._file.close()
        try:
            keep(self._part, self._path, force=False)
        except OSError as error:
            raise _rejects_refused(self._path, error) from error

    def _drop(self) -> None:
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


def _rejects_refused(path: Path, error: OSError) -> RadarError:
    return RadarError(
        f"{path} cannot be written ({error.strerror}).", "Nothing was imported. Name another file."
    )


def in_words(report: ImportReport) -> list[str]:
    """What the file is, which columns count, how dates are read, and what the rows do."""
    counts = report.counts
    what = report.found.kind
    lines = [
        f"{plural(report.rows, 'row')} of {what}: {report.said}",
        "Columns: " + ", ".join(
            heading if heading.casefold() == name.replace("_", " ") else f"{heading} → {name.replace('_', ' ')}"
            for heading, name in report.used
        ),
    ]  # fmt: skip
    if report.found.unused:
        few = report.found.unused[:8]
        more = f" and {len(report.found.unused) - 8} more" if len(report.found.unused) > 8 else ""
        lines.append(f"Not used: {', '.join(few)}{more}")
    if report.dates:
        lines.append(f"Dates: {report.dates}")
    if report.numbers:
        lines.append(f"Numbers: {report.numbers}")
    if not (counts.new or counts.changed) and counts.same:
        lines.append(f"Nothing new: {plural(counts.same, 'row')} there already as they are")
    else:
        done = "Imported" if report.imported else "To import"
        lines.append(
            f"{done}: {counts.new:,} new, {counts.changed:,} changed, {counts.same:,} there as they are"
        )
    return lines
