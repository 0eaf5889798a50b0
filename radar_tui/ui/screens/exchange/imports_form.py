"""Which file to import, what it holds where Radar can't tell, and where its bad rows are kept."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from radar_tui import paths
from radar_tui.files import named
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.exchange.fields import Kind
    from radar_tui.exchange.options import Dates, Decimal, Options
    from radar_tui.ui.base.host import Host


def ask_for_a_file(app: Host, then: Callable[[Options], None], before: Options | None = None) -> None:
    """Open the form; when it closes `then` gets what was chosen, unless it was cancelled."""
    chosen: list[Options] = []

    def save(values: FormValues) -> str:
        chosen.append(_options(app, values, before))
        return str(chosen[-1].path)

    def closed(path: str | None) -> None:
        if path is not None:
            then(chosen[-1])

    app.push_screen(FormScreen("Import a file", _fields(app, before), save), closed)


def rejects_form(path: Path) -> FormScreen:
    """Where the bad rows of the file at `path` go; dismissed with the path of a file that is not there yet."""
    field = FormField(
        "rejects", "Bad rows go to", value=str(path.with_name(f"{path.stem}-bad.csv")), required=True
    )
    return FormScreen("Import the good rows. Where shall the bad ones be kept?", [field], _new_file)


def _new_file(values: FormValues) -> str:
    path = named(str(values["rejects"]).strip())
    if os.path.exists(path):
        raise ValueError(f"There is a file {path} already.")
    return str(path)


def _fields(app: Host, before: Options | None) -> list[FormField]:
    from radar_tui.exchange.fields import KINDS

    kinds = [(None, "what its headings say"), *((kind, kind) for kind in KINDS)]
    dates = [
        (None, "what the other dates show"),
        ("day-first", "3 April"),
        ("month-first", "4 March"),
        ("swapped", "swapped by Excel where it is a real date"),
    ]
    decimal = [(None, "what the other numbers show"), (",", "1,5"), (".", "1.5")]
    teams = [(None, "for this file"), ("team", "for every file of the team")]
    holds = "team" if before and before.zone_for_team else None
    whose = app.store.radar.customer_name(before.customer_id) if before and before.customer_id else ""
    return [
        FormField(
            "path", "File", value=str(before.path) if before else "", hint="~/Downloads/tickets.csv", required=True
        ),
        FormField("kind", "It holds", "choice", before.kind if before else None, options=kinds),
        FormField("dates", "3/4/2026 is", "choice", before.dates if before else None, options=dates),
        FormField(
            "column", "Customer's column", value=before.customer_column if before else "",
            hint="its heading, where Radar can't tell",
        ),
        FormField("customer", "One customer", value=whose, hint="of all rows, where no column says it"),
        FormField("decimal", "Decimals as in", "choice", before.decimal if before else None, options=decimal),
        FormField("sheet", "Sheet", value=before.sheet if before else "", hint="its name, of several"),
        FormField("zone", "Times are those of", value=before.zone if before else "", hint="e.g. Europe/Rome"),
        FormField("for_team", "That holds", "choice", holds, options=teams),
        FormField("encoding", "Encoding", value=before.encoding if before else "", hint="of a csv, e.g. cp1250"),
    ]  # fmt: skip


def _options(app: Host, values: FormValues, before: Options | None) -> Options:
    """Raises ValueError for a file or a customer that is not there."""
    from radar_tui.exchange.options import Options

    path = named(str(values["path"]).strip().strip("\"'"))
    if not os.path.isfile(path):  # of a name that is too long as well
        raise ValueError(f"There is no file {path}.")
    return replace(
        before or Options(path),
        path=path,
        kind=cast("Kind | None", values["kind"]),
        customer_column=str(values["column"] or "").strip(),
        customer_id=_customer(app, str(values["customer"] or "").strip()),
        dates=cast("Dates | None", values["dates"]),
        own_headings=paths.user_headings(),
        decimal=cast("Decimal | None", values["decimal"]),
        sheet=str(values["sheet"] or "").strip(),
        encoding=str(values["encoding"] or "").strip(),
        zone=str(values["zone"] or "").strip(),
        zone_for_team=values["for_team"] == "team",
    )


def _customer(app: Host, name: str) -> str | None:
    """The id of the one customer called so. Raises ValueError."""
    if not name:
        return None
    radar = app.store.radar
    found = [
        id for id in radar.matching(name, app.today) if radar.customer_name(id).casefold() == name.casefold()
    ]
    if len(found) != 1:
        raise ValueError("One customer: the whole name of one on the radar.")
    return found[0]
