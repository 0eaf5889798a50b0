"""Reading a PDF back: its pages as text without the places where long words may break."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pypdf import PdfReader

from radar_tui.reports import typeset
from radar_tui.reports.look import look_of

if TYPE_CHECKING:
    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store


def pages_of(store: Store, report: Report) -> list[str]:
    """The text of each page."""
    return text_of(typeset.pdf(report, look_of(store.local.settings())))


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, spaces and breaks as one space."""
    return [
        re.sub(r"\s+", " ", page.extract_text().replace("\u200b", ""))
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


def packed(pages: list[str]) -> str:
    """All letters of a report without spaces: what was broken over lines is whole again."""
    return re.sub(r"\s+", "", "".join(pages))
