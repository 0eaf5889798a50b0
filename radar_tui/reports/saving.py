"""A report into a file, whole or not at all, and the name it gets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui import files
from radar_tui.domain.text import fold
from radar_tui.errors import RadarError
from radar_tui.reports import typeset
from radar_tui.reports.look import look_of
from radar_tui.reports.service import service_blocks, service_report
from radar_tui.reports.visit import visit_report

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.domain.visit import Visit
    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store

MOST_NAME_BYTES = 200
"""A file system takes 255; the day, the ending and a number stand behind."""
_OF_SERVICE = frozenset({"tickets", "feedback", "kpis"})


def report_of_visit(store: Store, visit_id: str) -> Report:
    """What is left behind after a visit. Raises RadarError if the visit is gone, or a self-check."""
    steps = _steps(store, store.visit.get(visit_id))
    if "integrity" not in steps and steps & _OF_SERVICE:
        return service_report(store, visit_id)
    made = visit_report(store, visit_id)
    return (
        replace(made, blocks=[*made.blocks, *service_blocks(store, visit_id)])
        if steps & _OF_SERVICE
        else made
    )


def kind_of(store: Store, visit: Visit) -> str:
    """What is left behind after a visit: the service review if its checklist is about service alone."""
    steps = _steps(store, visit)
    return "service" if steps & _OF_SERVICE and "integrity" not in steps else "visit"


def _steps(store: Store, visit: Visit) -> set[str]:
    return {step.kind for step in store.checklist.of_visit(visit).steps}


def newest(store: Store, customer_id: str, kind: str) -> Visit:
    """The newest visit that took place at a customer and is reported as `kind`. Raises RadarError without one."""
    for visit in store.visit.begun(customer_id):
        if kind_of(store, visit) == kind:
            return visit
    words = "service review" if kind == "service" else "visit"
    raise RadarError(f"No {words} has taken place at this customer yet.", "What there is: radar brief NAME")


def file_name(made: Report, store: Store) -> str:
    """`visit-report-aurora-tissue-2026-12-03.pdf`: letters that every file system takes."""
    words = f"{made.title} {made.subject}"
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(words))
    day = store.clock().date().isoformat()
    short = "-".join(plain.split())[:80].encode("utf-8", "ignore")[:MOST_NAME_BYTES].decode("utf-8", "ignore")
    return f"{short.strip('-') or 'report'}-{day}.pdf"


def save(store: Store, made: Report, path: Path, *, force: bool = False) -> None:
    """Write the report as PDF. Raises RadarError, with what was there untouched, if it can't or must not be."""
    files.refuse(files.named(path), database=store.path, force=force)
    pdf = typeset.pdf(made, look_of(store.local.settings()))
    with files.written(path, database=store.path, force=force) as scratch:
        scratch.write_bytes(pdf)
