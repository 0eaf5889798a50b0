"""The keys of the verdicts."""

from __future__ import annotations

from typing import get_args

from radar_tui.domain.integrity import GLYPHS, VERDICT_KEYS, Verdict


def test_every_verdict_has_one_key() -> None:
    assert tuple(VERDICT_KEYS.values()) == get_args(Verdict)
    assert "".join(VERDICT_KEYS) == "sdux"
    assert {VERDICT_KEYS[key] for key in GLYPHS.values()} == set(GLYPHS)
