"""Opening a file to import by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.exchange.table_file import TableFile


def opened(path: Path, sheet: str = "") -> TableFile:
    """The file by what is in it, whatever its name ends in; of several sheets the one called `sheet`.

    Raises RadarError for what cannot be read.
    """
    if not path.is_file():
        raise RadarError(f"There is no file {path}.", "Nothing was imported.")
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise RadarError(f"{path} cannot be read ({error.strerror}).", "Nothing was imported.") from error
    if not head:
        raise RadarError(f"{path.name} is empty.", "Nothing was imported.")
    if head.startswith(b"PK"):
        from radar_tui.exchange.xlsx_file import xlsx_file

        return xlsx_file(path, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise RadarError(
            f"{path.name} is an old or locked Excel file.", "Save it as xlsx without a password, or as csv."
        )
    from radar_tui.exchange.csv_file import csv_file

    return csv_file(path)
