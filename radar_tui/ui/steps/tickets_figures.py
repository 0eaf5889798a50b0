"""The figures of a service review, as lines: what came and went since the last visit, against the period before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len

from radar_tui.domain.days import month_words
from radar_tui.domain.service import days_open
from radar_tui.domain.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.service import Month, Nature, ServiceFigures
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.sheet import SheetLine

LABEL = 17
MOST_SORTS = 4
WIDEST_BAR, FULL_BAR = 40, 5
"""Cells a bar may take, and how many tickets it takes at least to fill it: one alone is no mountain."""
ABOUT = [
    ("Period", "From the last completed visit to now; without one, the last 90 days. Before: as many days before."),
    ("Opened, closed", "Tickets and service requests whose moment of opening or closing lies in the period."),
    ("Open now", "Opened and not closed at the end of the period. Before: at the end of that one."),
    ("Time to resolve", "Median days from opened to closed of those closed in the period; n beside it."),
    ("By kind and other sorts", "Those opened in the period, the most frequent first."),
    ("By month", "Calendar months on this laptop's clock, opened and closed."),
    ("Hurt most", "Days open × priority (low 1, normal 2, high 3, urgent 4), twice where they were not satisfied."),
    ("Source", "The tickets and service requests of this customer, typed or imported."),
]  # fmt: skip


def lines(review: ServiceFigures, width: int, glyphs: Glyphs) -> list[SheetLine]:
    """The period beside the one before, its sorts, the months as bars with their numbers, and what hurt most."""
    now, was = review.now, review.was
    days = max(1, round((review.until - review.since) / timedelta(days=1)))
    return [
        [(f"{'':<{LABEL}}", ""), (f"last {days} d".rjust(10), "label"), ("before".rjust(10), "label")],
        _counted("Opened", now.opened, was.opened),
        _counted("Closed", now.closed, was.closed),
        _counted("Open now", now.open_at_end, was.open_at_end),
        _resolved(now, was, glyphs),
        [],
        *_sorts("By kind", {SHORT_KIND.get(kind, kind): n for kind, n in now.kinds.items()}, width, glyphs),
        *_sorts("By category", now.categories, width, glyphs),
        *_sorts("By priority", now.priorities, width, glyphs),
        [],
        *_months(review.months, width, glyphs),
        [],
        *_worst(review, glyphs),
    ]


SHORT_KIND = {"service request": "request"}


def _counted(label: str, now: int, was: int) -> SheetLine:
    return [(f"{label:<{LABEL}}", "muted"), (f"{now:>10,}", "strong"), (f"{was:>10,}", "muted")]


def _resolved(now: Nature, was: Nature, glyphs: Glyphs) -> SheetLine:
    def days(of: Nature) -> str:
        return glyphs.none if of.median_days is None else f"{of.median_days:.1f} d"

    n = f"   n {now.closed:,}" if now.closed else ""
    return [
        (f"{'Time to resolve':<{LABEL}}", "muted"),
        (f"{days(now):>10}", "strong"),
        (f"{days(was):>10}", "muted"),
        (n, "muted"),
    ]


def _sorts(label: str, sorts: dict[str, int], width: int, glyphs: Glyphs) -> list[SheetLine]:
    """`By kind  tickets 16   requests 12`, on as many lines as it takes."""
    shown = list(sorts.items())[:MOST_SORTS]
    rest = sum(list(sorts.values())[MOST_SORTS:])
    words = [f"{one_line(word)} {count:,}" for word, count in shown] + ([f"others {rest:,}"] if rest else [])
    rows: list[str] = []
    for word in words or [glyphs.none]:
        if rows and cell_len(rows[-1]) + 3 + cell_len(word) <= width - LABEL:
            rows[-1] += f"   {word}"
        else:
            rows.append(word)
    return [
        [(f"{label if place == 0 else '':<{LABEL}}", "muted"), (row, "")] for place, row in enumerate(rows)
    ]


def _months(months: Sequence[Month], width: int, glyphs: Glyphs) -> list[SheetLine]:
    """Two bars a month, told apart by letter: opened and closed."""
    full, light = ("█", "▒") if glyphs.bar == "━" else ("#", "+")
    most = max(FULL_BAR, *(count for month in months for count in month[1:]))
    room = max(4, min(WIDEST_BAR, (width - LABEL - 14) // 2))

    def bar(letter: str, count: int) -> str:
        return letter * (max(1, round(room * count / most)) if count else 0)

    head: SheetLine = [
        (f"{'By month':<{LABEL}}", "muted"),
        (f"{full} opened".ljust(room + 6), "label"),
        (f"{light} closed", "label"),
    ]
    return [
        head,
        *(
            [
                (f"  {month_words(month.start)}".ljust(LABEL), "muted"),
                (f"{month.opened:>4,} {bar(full, month.opened)}".ljust(room + 6), ""),
                (f"{month.closed:>4,} {bar(light, month.closed)}", "muted"),
            ]
            for month in months
        ),
    ]


def _worst(review: ServiceFigures, glyphs: Glyphs) -> list[SheetLine]:
    if not review.worst:
        return [[(f"{'Hurt most':<{LABEL}}", "muted"), (glyphs.none, "muted")]]
    made: list[SheetLine] = [[("Hurt most", "muted")]]
    for ticket in review.worst:
        days = plural(round(days_open(ticket, review.until)), "day")
        state = "open for" if ticket.closed_at is None else "took"
        unhappy = ", not satisfied" if ticket.satisfied is False else ""
        about = one_line(ticket.subject or ticket.reference or "no subject")
        made.append([(f"  {about}", "")])
        made.append([(f"    {ticket.priority}, {state} {days}{unhappy}", "muted")])
    return made
