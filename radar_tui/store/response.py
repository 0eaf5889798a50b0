"""Responses as rows, and the follow-up that each creates."""

from __future__ import annotations

from radar_tui.domain.response import Response
from radar_tui.store.table import Table


class Responses(Table[Response]):
    """The `response` table."""

    name = "response"
    model = Response
