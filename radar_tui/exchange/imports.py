"""One import, start to end: read, recognise, convert, count, and write all or nothing."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, TYPE_CHECKING, NamedTuple

from radar_tui.domain.days import iso
from radar_tui.domain.spreadsheet import as_cell
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.exchange import values
from radar_tui.exchange.choosing import chosen
from radar_tui.exchange.converting import Converter, Uncounted, Ways
from radar_tui.exchange.fields import FIELDS
from radar_tui.exchange.headings import headings, plain
from radar_tui.exchange.not_read import NotRead, is_total
from radar_tui.exchange.tables.table_file import Unclear, text
from radar_tui.exchange.ways import OpenedFile, decimal_mark, order, own_zone, zone_named
from radar_tui.files import keep, private
from radar_tui.store.rows.imports import ImportColumn, ImportCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from radar_tui.exchange.choosing import ImportTable
    from radar_tui.exchange.converting import FileValue
    from radar_tui.exchange.options import Hidden, Options
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.exchange.tables.table_file import FileCell, TableFile
    from radar_tui.store.rows.imports import Staged
    from radar_tui.store.store import Store

MOST_BAD = 500
"""How many bad rows are kept to be shown; the file of rejects has them all."""
MOST_SHOWN = 50
"""How many good rows are kept for a preview."""


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
    not_read: NotRead
    unseen: list[str] = field(default_factory=list)
    clock: str = ""
    remarks: dict[str, list[str]] = field(default_factory=dict)
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
    table, converter, report = _recognised(store, options, progress, cancelled)
    columns = [ImportColumn(column.stored, column.clears) for column in converter.columns]
    currency = converter.currency
    money = report.found.kind in ("customers", "parts") and "currency" not in report.found.places
    if money:
        columns.append(ImportColumn("currency", only_new=True))
    with ExitStack() as stack:
        rejects = _Rejects(options.rejects, table.names, stack) if write and options.rejects else None
        rows = _Reading(table, converter, report, rejects, options.hidden).rows()
        if money:
            rows = ((*row, currency) for row in rows)
        store.imports.stage(columns, _told(rows, table.file, progress), cancelled)
        report.counts = store.imports.count(converter.table)
        report.remarks = converter.remarks
        if not converter.ways.moments.naive:
            report.clock = ""
        if write and (not report.bad_rows or rejects):
            keep_rejects = rejects.keep if rejects else _nothing
            _write(store, options, converter, report, keep_rejects, progress, cancelled)
    return report


def _recognised(
    store: Store,
    options: Options,
    progress: Callable[[str, float], None],
    cancelled: Callable[[], bool],
) -> tuple[ImportTable, Converter, ImportReport]:
    """The table, how its rows are read, and what is said of it so far."""
    known = headings(options.own_headings)
    table = chosen(options, known)
    found, names, source = table.found, table.names, table.file
    if options.hidden is None and (unseen := sum(line > table.head for line in source.unseen)):
        raise Unclear(
            f"{plural(unseen, 'row')} of {source.said} {'is' if unseen == 1 else 'are'} hidden, by a filter perhaps.",
            "hidden",
            [("leave", "read what is seen"), ("take", "read the hidden ones as well")],
        )
    look = OpenedFile(source, table.head, found, progress, cancelled)
    dates = order(look, options.dates)
    decimal, numbers = decimal_mark(look, options.decimal)
    zone, clock = _zone(options, store.setting.value("zone"))
    moments = values.Moments(
        day_first=dates.day_first, zone=zone_named(zone), swapped=dates.swapped, epoch=source.epoch
    )
    ways = Ways(
        moments, decimal, store.local.settings().currency, iso(store.clock() + _LEEWAY), options.satisfied_from,
        options.same_name,
    )  # fmt: skip
    converter = Converter(store, names, found, known, ways, options.customer_id)
    said = f"{found.title or 'Own headings'}, {source.said}"
    used = [(" ".join(names[found.places[one.name][0]].split()), one.name) for one in converter.fields]
    covered = [heading for field, (heading, _) in zip(converter.fields, used, strict=True)
              if source.unseen_columns.intersection(found.places[field.name])]  # fmt: skip
    return table, converter, ImportReport(
        found, said, dates.said, numbers, used, table.not_read, covered, f"{zone}, {clock}"
    )  # fmt: skip


_LEEWAY = timedelta(hours=1)
"""A laptop's clock may be slow: what was opened within the hour is not yet called future."""


def _zone(options: Options, team: str) -> tuple[str, str]:
    """Whose clock shows a moment that has no zone of its own, and who says so."""
    if options.zone:
        return options.zone, "as you said" + (
            ", for the whole team from now on" if options.zone_for_team else ""
        )
    return (
        (team, "as the team has set") if team else (own_zone(), "as this laptop's clock; nobody said another")
    )


def _write(
    store: Store,
    options: Options,
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
    if options.zone and options.zone_for_team:
        store.setting.put("zone", options.zone)
    report.imported = True


def _nothing() -> None:
    pass


class _Reading:
    """The rows of one table on their way: the good ones come out, the others are counted by what they are."""

    def __init__(
        self, table: ImportTable, converter: Converter, report: ImportReport, rejects: _Rejects | None,
        hidden: Hidden | None,
    ) -> None:  # fmt: skip
        self.table, self.converter, self.report, self.rejects = table, converter, report, rejects
        self.hidden = table.file.unseen if hidden == "leave" else frozenset[int]()
        self.wide = len(table.names)
        self.nameless = [place for place, name in enumerate(table.names) if not name]
        self.head = [plain(name) for name in table.names]
        self.met: dict[str, int] = {}
        needed = sum(field.needed for field in FIELDS[converter.kind])
        self.least = max(2, needed)
        # Elsewhere a total lacks what its row would need.
        self.totals_fit = needed == 1
        self.footer: list[tuple[int, Sequence[FileCell], str]] = []
        """Rows with too few cells: the last ones stand below the list, one amid others is bad."""

    def rows(self) -> Iterator[Staged]:
        blank = 0
        read, left, table = self.report, self.report.not_read, self.table
        for line, cells in table.file.rows():
            if line <= table.head:
                continue
            if not any(cells) or not any(map(text, cells)):
                blank += bool(cells)
                continue
            left.blank, blank = left.blank + blank, 0
            if line in self.hidden:
                left.hidden += 1
                continue
            if self.totals_fit and is_total([text(cell) for cell in cells]):
                left.totals.append(line)
                continue
            try:
                id, taken = self._converted(line, cells)
            except Uncounted:
                continue
            except ValueError as error:
                self._not_good(line, cells, str(error))
                continue
            for place in self.nameless:
                if place < len(cells) and text(cells[place]):
                    left.nameless.add(place)
            self._bad_after_all()
            read.rows += 1
            if len(read.shown) < MOST_SHOWN:
                read.shown.append(_shown(self.converter, cells))
            yield (line, id, *taken)
        self._end()

    def _converted(self, line: int, cells: Sequence[FileCell]) -> tuple[str, list[FileValue]]:
        if self.table.file.ragged and len(cells) > self.wide and any(cells[self.wide :]):
            raise ValueError(
                f"{plural(len(cells), 'cell')} instead of {self.wide}; a quotation mark may be missing"
            )
        id, taken = self.converter.row(cells)
        if (before := self.met.setdefault(id, line)) != line:
            raise ValueError(f"the same as line {before}")
        return id, taken

    def _not_good(self, line: int, cells: Sequence[FileCell], reason: str) -> None:
        words = [text(cell) for cell in cells]
        if is_total(words):
            self.report.not_read.totals.append(line)
        elif [plain(word) for word in words] == self.head:
            self.report.not_read.again.append(line)
        elif sum(map(bool, words)) < self.least and len(self.report.used) > 1:
            self.footer.append((line, cells, reason))
        else:
            self._bad_after_all()
            short = self.table.file.ragged and len(cells) < self.wide
            self._bad(
                line,
                cells,
                f"{reason}; {plural(len(cells), 'cell')} instead of {self.wide}" if short else reason,
            )

    def _bad_after_all(self) -> None:
        for line, cells, reason in self.footer:
            self._bad(line, cells, reason)
        self.footer.clear()

    def _bad(self, line: int, cells: Sequence[FileCell], reason: str) -> None:
        report = self.report
        report.rows += 1
        report.bad_rows += 1
        if len(report.bad) < MOST_BAD:
            report.bad.append(Bad(line, reason))
        if self.rejects:
            self.rejects.add(line, cells, reason)

    def _end(self) -> None:
        """What stands below the list, and whether contacts of it may be there already under another address."""
        self.report.not_read.below += [line for line, _, _ in self.footer]
        doubts = [doubt for doubt in self.converter.doubts if doubt.there not in self.met]
        if doubts:
            one = doubts[0]
            raise Unclear(
                f"{plural(len(doubts), 'contact')} of the file may be there under another e-mail, "
                f"e.g. {one.name}: {one.email} in the file, {one.email_there} here.",
                "same_name",
                [("same", "the same person with a new address"), ("others", "another person of that name")],
            )


def _shown(converter: Converter, cells: Sequence[FileCell]) -> list[str]:
    """The cells that are used, as they stand in the file."""
    return [
        next((text(cells[place]) for place in places if place < len(cells) and text(cells[place])), "")
        for places in (converter.found.places[one.name] for one in converter.fields)
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
    if report.not_read.headings != (1,):
        lines.append(f"Headings: line {' and '.join(map(str, report.not_read.headings))}")
    if report.unseen:
        lines.append(f"Read though hidden: {', '.join(report.unseen)}")
    lines.append(f"Not read: {report.not_read.words(report.found.unused)}")
    if report.dates:
        lines.append(f"Dates: {report.dates}")
    if report.clock:
        lines.append(f"Times: {report.clock}")
    if report.numbers:
        lines.append(f"Numbers: {report.numbers}")
    lines += [f"{plural(len(of), 'row')} {words}: {_few(of)}" for words, of in report.remarks.items()]
    if not (counts.new or counts.changed) and counts.same:
        lines.append(f"Nothing new: {plural(counts.same, 'row')} there already as they are")
    else:
        done = "Imported" if report.imported else "To import"
        lines.append(
            f"{done}: {counts.new:,} new, {counts.changed:,} changed, {counts.same:,} there as they are"
        )
    return lines


def _few(examples: Sequence[str]) -> str:
    some = list(dict.fromkeys(examples))
    return ", ".join(some[:5]) + (f" and {len(some) - 5:,} more" if len(some) > 5 else "")
