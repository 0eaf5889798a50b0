"""Which sheet of a file is read: the one that shows a table Radar knows. Of several somebody must say which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.exchange.finding import headings_of
from radar_tui.exchange.not_read import NotRead
from radar_tui.exchange.recognise import recognised, vocabulary
from radar_tui.exchange.tables.csv_file import split_rows
from radar_tui.exchange.tables.reading import opened
from radar_tui.exchange.tables.table_file import Unclear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.exchange.finding import Found
    from radar_tui.exchange.headings import Headings
    from radar_tui.exchange.options import Options
    from radar_tui.exchange.recognise import Recognised
    from radar_tui.exchange.tables.table_file import TableFile


class ImportTable(NamedTuple):
    """A sheet, its headings, the last line that they take, what it is, and what of the file is not read for it."""

    file: TableFile
    names: list[str]
    head: int
    found: Recognised
    not_read: NotRead


class _Tried(NamedTuple):
    file: TableFile
    headings: Found
    found: Recognised | RadarError


def chosen(options: Options, known: Headings) -> ImportTable:
    """The table to read. Raises RadarError where there is none, Unclear where there are several."""
    files = opened(options.path, options.encoding)
    looked_at = [file for file in files if _is_called(file, options.sheet)] if options.sheet else files
    if not looked_at:
        raise RadarError(
            f"There is no sheet “{options.sheet}”.", f"There are: {_named(files)}. Nothing was imported."
        )
    tried = [one for file in looked_at if (one := _tried(file, options, known))]
    if not tried:
        raise RadarError(f"{options.path.name} is empty.", "Nothing was imported.")
    good = [one for one in tried if not isinstance(one.found, RadarError)]
    seen = [one for one in good if options.sheet or not one.file.hidden]
    if options.kind and len(seen) > 1:
        seen = [one for one in seen if one.file.name.casefold() == options.kind] or seen
    if not seen and good:
        raise Unclear(
            f"Only what is hidden in {options.path.name} holds a table that Radar knows.",
            "sheet",
            [(one.file.name, "hidden") for one in good],
        )
    if not seen:
        raise _nearest(tried)
    if len(seen) > 1:
        raise Unclear(
            f"{options.path.name} has {len(seen)} sheets that Radar knows.", "sheet",
            [(one.file.name, one.found.kind) for one in seen if not isinstance(one.found, RadarError)],
        )  # fmt: skip
    return _table(seen[0], files)


def _tried(file: TableFile, options: Options, known: Headings) -> _Tried | None:
    words = vocabulary(known, options.customer_column)
    headings = headings_of(file, words)
    if headings and not headings.known and (split := split_rows(file)):
        file, headings = split, headings_of(split, words)
    if headings is None:
        return None
    try:
        found = recognised(
            headings.names, known, options.kind, options.customer_column,
            one_customer=options.customer_id is not None,
        )  # fmt: skip
    except RadarError as error:
        return _Tried(file, headings, error)
    return _Tried(file, headings, found)


def _nearest(tried: Sequence[_Tried]) -> RadarError:
    best = max(tried, key=lambda one: (not one.file.hidden, one.headings.known))
    if isinstance(best.found, RadarError):
        return best.found
    raise TypeError(best.found)


def _table(one: _Tried, files: Sequence[TableFile]) -> ImportTable:
    if isinstance(one.found, RadarError):
        raise one.found
    others = [
        f"{'hidden ' if file.hidden else ''}sheet {file.name}" for file in files if file.name != one.file.name
    ]
    not_read = NotRead(others, list(one.headings.above), one.headings.lines)
    return ImportTable(one.file, one.headings.names, one.headings.lines[-1], one.found, not_read)


def _is_called(file: TableFile, name: str) -> bool:
    return file.name.strip().casefold() == name.strip().casefold()


def _named(files: Sequence[TableFile]) -> str:
    return (
        ", ".join(f"{file.name}{' (hidden)' if file.hidden else ''}" for file in files if file.name)
        or "no sheets"
    )
