"""Plain letters for a terminal without Unicode: as wide as what they stand for."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from radar_tui.domain.text import one_line
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.base.plain_letters import plain
from tests.ui.world import HOSTILE

RULES = ("─", "│")
"""What Textual paints borders with; no glyph of ours, but on every screen."""


@pytest.mark.parametrize("text", [*(one_line(words) for words in HOSTILE.values()), *UNICODE, *RULES])
def test_every_cell_stays_where_it_is(text: str) -> None:
    assert plain(text).isascii()
    assert cell_len(plain(text)) == cell_len(text)


def test_words_stay_readable() -> None:
    assert plain("Mälar Mejeri · € 890 – “più tardi”…") == 'Malar Mejeri . E 890 - "piu tardi"~'
