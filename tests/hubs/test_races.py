"""Two processes, 1,000 appends, one winner each. moto is not asked: its create-only puts are not atomic."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.sync.race import LINKS, NO_LINKS, one_winner_each, only_ours

if TYPE_CHECKING:
    from pathlib import Path

APPENDS = 1000


@pytest.mark.parametrize(
    "links", [LINKS, pytest.param(NO_LINKS, marks=pytest.mark.skipif(os.name == "nt", reason="same"))]
)
def test_on_a_folder(tmp_path: Path, links: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = one_winner_each(str(tmp_path), APPENDS, links)
    assert only_ours(tmp_path)
    _tell(capsys, f"a folder, {links}", outcome.contested, len(outcome.won[0]))


def test_on_azurite(azure_hub: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = one_winner_each(azure_hub, APPENDS)
    _tell(capsys, "Azurite", outcome.contested, len(outcome.won[0]))


def _tell(capsys: pytest.CaptureFixture[str], where: str, contested: int, first: int) -> None:
    assert contested > APPENDS // 20, "too few of the appends were a race"
    with capsys.disabled():
        print(
            f"\n{where}: {APPENDS:,} appends, one winner each ({first} to {APPENDS - first}), {contested} contested"
        )
