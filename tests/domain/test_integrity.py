"""The keys of the verdicts, and what stays with us."""

from __future__ import annotations

from typing import get_args

import pytest

from radar_tui.domain.integrity import GLYPHS, VERDICT_KEYS, Verdict, for_customer


def test_every_verdict_has_one_key() -> None:
    assert tuple(VERDICT_KEYS.values()) == get_args(Verdict)
    assert "".join(VERDICT_KEYS) == "sdux"
    assert {VERDICT_KEYS[key] for key in GLYPHS.values()} == set(GLYPHS)


@pytest.mark.parametrize("text", ["internal: they pay late", "  INTERNAL:x", "\n\tInternal: y"])
def test_the_customer_reads_nothing_internal(text: str) -> None:
    assert for_customer(text) == ""


@pytest.mark.parametrize("text", ["", "seal worn", "internal seal worn", "see internal: 4", "external: ok"])
def test_the_customer_reads_the_rest_as_it_was_written(text: str) -> None:
    assert for_customer(text) == text
