"""Findings as rows."""

from __future__ import annotations

from radar_tui.domain.integrity import Finding
from radar_tui.store.table import Table


class Findings(Table[Finding]):
    """The `finding` table."""

    name = "finding"
    model = Finding
