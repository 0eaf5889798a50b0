"""Answers as rows."""

from __future__ import annotations

from radar_tui.domain.visit import Answer
from radar_tui.store.table import Table


class Answers(Table[Answer]):
    """The `answer` table."""

    name = "answer"
    model = Answer
