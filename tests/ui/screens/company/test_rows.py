"""A figure on Company stands on the screen, is explained there, and stands in the report of the quarter."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from radar_tui.cli.nps import _print_whole, _whole
from radar_tui.domain.company import Filters
from radar_tui.reports.company import Quarter
from radar_tui.reports.document import ReportFigures
from radar_tui.reports.inside import share_words
from radar_tui.store.lists.company import Company, Share, company
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.screens.company.about import about
from radar_tui.ui.screens.company.rows import scores

if TYPE_CHECKING:
    import pytest

    from radar_tui.store.store import Store


def test_every_share_of_the_company_is_shown_explained_reported_and_printed(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [field.name for field in fields(Company) if field.type == "Share"]
    shares = {name: Share(501 + place, 900) for place, name in enumerate(names)}
    found = replace(company(store, store.clock().date()), **shares)  # type: ignore[arg-type]
    quarter = Quarter(store, Filters())
    quarter.found = found
    reported = {
        value for block in quarter.opening() if isinstance(block, ReportFigures) for value, _ in block.rows
    }
    explained = {title for title, _ in about(found, "last 365 days", UNICODE)}
    lines = ["".join(text for text, _ in line) for line in scores(found, None, 100, UNICODE)]
    _print_whole(found)
    printed = capsys.readouterr().out
    assert {*_whole(found)["near"]} == set(names)  # type: ignore[misc]
    for name, share in shares.items():
        label = next((line[:26].strip() for line in lines if f"  {share.part} of 900 " in line), "")
        assert label, f"{name} is not shown"
        assert label in explained, f"{name} is not explained"
        assert share_words(share) in reported, f"{name} is not in the report"
        assert f"{label}: 56 %, {share.part} of 900 " in printed, f"{name} is not printed"
