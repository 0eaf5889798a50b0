"""Text that no spreadsheet runs, and that comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.spreadsheet import as_cell, from_cell


@pytest.mark.parametrize("text", ["=1+1", "+39 0583", "-12", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-"])
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text: str) -> None:
    assert as_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "12", "'quoted'", "Aurora = Tissue", " =1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert as_cell(text) == from_cell(text) == text


@given(st.text(alphabet="=+-@'\t\r a") | st.text())
def test_it_comes_back_as_it_was(text: str) -> None:
    assert from_cell(as_cell(text)) == text
    assert not as_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
