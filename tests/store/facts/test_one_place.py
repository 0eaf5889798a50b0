"""No list, report, screen, command or export states a fact's condition itself: it asks store/facts or domain."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "radar_tui"
ASKING = ("store/lists", "reports", "ui", "cli", "exchange")
"""Where facts are shown, and never made."""

_NOT = r"\s*(?:=|<>|!=)\s*"
CONDITIONS = {
    "in service": r"\bretired_on\s*(?:IS\b|[<>])",
    "verdict": rf"\bverdict{_NOT}'",
    "newest verdict": r"\bfound_at\s+DESC|\bmax\((?:\w+\.)?found_at",
    "on the radar": r"\barchived_at\s+IS\b|'former'",
    "still there": r"\bleft_on\s*(?:IS\b|[<>])",
    "counts": r"\bvoided_at\s+IS\b",
    "held": rf"\bstatus{_NOT}'completed'",
    "decides": rf"\brole{_NOT}'decision maker'",
    "unhappy": r"\bscore\s*<=\s*\d",
    "duty": rf"\bstatus{_NOT}'closed'",
    "open ticket": r"\bclosed_at\s*(?:IS\b|[<>])",
    "satisfied": r"\bsatisfied\s+(?:=|IS\b)",
    "line": rf"\bdecision{_NOT}'(?:agreed|declined|to quote)'",
    "stage": rf"\bstage{_NOT}'(?:won|lost)'",
}
"""What only a fact may filter on. What one row is, a screen may ask of the row itself (`row.left_on is None`)."""

SHOWN = "says of a row that it is so, and leaves none out"
EXCEPTIONS: dict[tuple[str, str, int], str] = {
    ("store/lists/customer.py", "on the radar", 1): SHOWN,
    ("store/lists/ourselves.py", "on the radar", 2): SHOWN,
    ("store/lists/ourselves.py", "still there", 1): SHOWN,
    ("store/lists/response.py", "counts", 1): SHOWN,
    ("store/lists/search.py", "counts", 2): SHOWN,
    ("store/lists/search.py", "in service", 2): SHOWN,
    ("store/lists/search.py", "on the radar", 3): SHOWN,
    ("store/lists/search.py", "still there", 2): SHOWN,
}
"""File, condition, how often, and why: the list may only shrink."""


def test_only_facts_state_their_conditions() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for folder in ASKING:
        for file in sorted((PACKAGE / folder).rglob("*.py")):
            text, name = file.read_text(encoding="utf-8"), file.relative_to(PACKAGE).as_posix()
            for condition, words in CONDITIONS.items():
                found[name, condition] += len(re.findall(words, text))
    stated = {(*where, count) for where, count in found.items() if count}
    assert sorted(stated - {*EXCEPTIONS}) == [], "ask store/facts instead"
    assert sorted({*EXCEPTIONS} - stated) == [], "no longer so: shorten the list"
