"""What the reports for the office share: the words on every page, their language, shares and scores in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.nps import FEW, interval, nps, signed
from radar_tui.domain.text import one_line
from radar_tui.reports.document import Interval

if TYPE_CHECKING:
    from radar_tui.domain.nps import NpsCounts
    from radar_tui.store.lists.company import Share

INTERNAL = "Internal – not for customers"
PAGE = "Page {n} of {of}"
NONE = "–"


def share_words(share: Share) -> str:
    """`72 % (18 of 25)`."""
    if not share.whole:
        return NONE
    return f"{100 * share.part / share.whole:.0f} % ({share.part} of {share.whole})"


def score_words(counts: NpsCounts) -> str:
    """`+31 [+17, +45] n 93`; under five answers `+50 (2/1/1) n 4`: an interval need not hold the score then."""
    score, between = nps(counts), interval(counts)
    if score is None or between is None:
        return f"{NONE} n 0"
    if counts.n < FEW:
        return f"{signed(score)} ({counts.promoters}/{counts.passives}/{counts.detractors}) n {counts.n}"
    return f"{signed(score)} [{signed(between[0])}, {signed(between[1])}] n {counts.n:,}"


def interval_row(name: str, counts: NpsCounts, benchmark: float | None = None) -> Interval:
    """A score as a row of `Intervals`."""
    low, high = (interval(counts) if counts.n >= FEW else None) or (None, None)
    words = score_words(counts)
    if benchmark is not None:
        words += f" · benchmark {signed(benchmark)}"
    return Interval(one_line(name), nps(counts), low, high, words, benchmark)
