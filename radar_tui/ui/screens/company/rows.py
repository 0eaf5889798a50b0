"""What stands on the Company screen: columns, cells and lines of each tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import NO_NAME, SHARES, effort, quarter_name, weightless_words
from radar_tui.domain.nps import NpsCounts, differ, nps, signed
from radar_tui.domain.text import plural
from radar_tui.ui.frame.words.scores import short_score
from radar_tui.ui.widgets.cells import ListColumn, ListRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from radar_tui.domain.nps import Aggregates
    from radar_tui.store.lists.company import Company, GroupRow, MarketRow, QuarterRow, Share
    from radar_tui.store.lists.company_levers import LeverRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part
    from radar_tui.ui.widgets.sheet import SheetLine

LABEL = 26
ARROW_AT = 16
BANDS = ("Promoters", "Passives", "Detractors")
NOBODY = "Nobody answered in this time. The NPS step of a visit asks both questions."
MARKETS = [
    ListColumn("Group", 16, grow=True),
    ListColumn("Customers", 9, priority=2, right=True),
    ListColumn("Recommend", 16),
    ListColumn("Answers", 7, right=True),
    ListColumn("Retain", 16),
    ListColumn("Answers", 7, priority=3, right=True),
    ListColumn("Benchmark", 9, right=True),
    ListColumn("Source", 10, priority=1, grow=True),
]
GROUPS = [MARKETS[0], *MARKETS[2:6]]
"""BRMs and roles have no benchmark."""

QUARTERS = [
    ListColumn("Quarter", 8),
    ListColumn("Recommend", 18),
    ListColumn("Answers", 7, right=True),
    ListColumn("Retain", 18),
    ListColumn("Answers", 7, right=True),
]
LEVERS = [
    ListColumn("Adds", 6, right=True),
    ListColumn("Contact", 15, grow=True),
    ListColumn("Customer", 18, grow=True),
    ListColumn("Role", 14, priority=2),
    ListColumn("Score", 5, right=True),
    ListColumn("Last contact", 23, grow=True),
]
EMPTY = {
    "markets": """No markets yet: here stands our score in each, beside a published one.
Press n to add a market with its benchmark: figure, publisher and year.""",
    "quarters": "Nobody has answered yet: on the NPS step of a visit your customers answer both questions.",
    "levers": """Here stands whose move to a promoter would add most to the score.
Of those who answered in this time nobody is a passive or detractor.""",
    "value": "Nothing was found on the visits of the last two years: verdicts and new streams on a visit fill this.",
}


def answers(counts: NpsCounts) -> ListCell:
    """How many answers."""
    return (f"{counts.n:,}", "muted")


# Score


def bands(glyphs: Glyphs) -> tuple[str, str, str]:
    """A letter for each band, told apart without colour."""
    return ("█", "▒", "░") if glyphs.bar == "━" else ("#", "+", ".")


def bar(counts: NpsCounts, width: int, glyphs: Glyphs) -> str:
    """All answers as one bar, promoters first; whoever is there at all has a cell."""
    if not counts.n:
        return glyphs.none
    cells = [max(1, round(width * count / counts.n)) if count else 0 for count in counts]
    cells[cells.index(max(cells))] += width - sum(cells)
    return "".join(letter * count for letter, count in zip(bands(glyphs), cells, strict=True))


def scores(
    company: Company, before: tuple[NpsCounts, NpsCounts] | None, width: int, glyphs: Glyphs
) -> list[SheetLine]:
    """Both questions beside each other, each with its three aggregates, and how near we are to our customers."""
    both = (company.recommend, company.retain)
    room = max(24, min(44, (width - LABEL) // 2))

    def line(label: str, left: list[Part], right: list[Part]) -> SheetLine:
        space = " " * max(1, room - sum(len(text) for text, _ in left))
        return [(f"{label:<{LABEL}}", "muted"), *left, (space, ""), *right]

    lines = [
        line("", [("Recommend", "label")], [("Retain", "label")]),
        line("NPS", *(short_score(counts, glyphs) for counts in both)),
        line("Answers", *(_answers(counts, n) for counts, n in zip(both, company.answering, strict=True))),
    ]
    if any(counts.n for counts in both):
        lines.append(line("Bands", *([(bar(counts, room - 3, glyphs), "")] for counts in both)))
        lines += [
            line(f"{mark} {name}", *(_share(counts, place, glyphs) for counts in both))
            for place, (mark, name) in enumerate(zip(bands(glyphs), BANDS, strict=True))
        ]
    else:
        lines += [[], [(NOBODY, "")], []]
    lines.append(line("The window before", *_moved(before, both, glyphs)))
    several = (company.recommend_as, company.retain_as)
    return [
        *lines,
        line("Pooled respondents", *(_plain(each.pooled, glyphs) for each in several)),
        line("Mean of customers", *(_plain(each.mean_of_customers, glyphs) for each in several)),
        line("Weighted by annual value", *(_by_currency(each.weighted, glyphs) for each in several)),
        *(
            [line("", *(_weightless(each) for each in several))]
            if any(each.weightless for each in several)
            else []
        ),
        [],
        *(share(getattr(company, name), *said[:3], glyphs) for name, said in SHARES.items()),
    ]


def _answers(counts: NpsCounts, customers: int) -> list[Part]:
    return [(f"{counts.n:,}", ""), (f" from {plural(customers, 'customer')}", "muted")]


def _plain(value: float | None, glyphs: Glyphs) -> list[Part]:
    return [(glyphs.none, "muted")] if value is None else [(signed(value), "")]


def _by_currency(scores: Mapping[str, float], glyphs: Glyphs) -> list[Part]:
    """`+44 EUR`, of several currencies those of most customers, as many as fit: `+44 EUR +12 GBP 2 more`."""
    if not scores:
        return _plain(None, glyphs)
    shown = list(scores.items())[: 3 if len(scores) == 3 else 2]
    parts = [
        part
        for place, (currency, score) in enumerate(shown)
        for part in (((" " if place else "") + signed(score), ""), (f" {currency}", "muted"))
    ]
    more = len(scores) - len(shown)
    return [*parts, (f" {more} more", "muted")] if more else parts


def _weightless(several: Aggregates) -> list[Part]:
    return [(weightless_words(several) if several.weightless else "", "muted")]


def _share(counts: NpsCounts, place: int, glyphs: Glyphs) -> list[Part]:
    if not counts.n:
        return [(glyphs.none, "muted")]
    return [(f"{counts[place]:>5,}", ""), (f"  {100 * counts[place] / counts.n:>3.0f} %", "muted")]


def _moved(
    before: tuple[NpsCounts, NpsCounts] | None, both: tuple[NpsCounts, NpsCounts], glyphs: Glyphs
) -> list[list[Part]]:
    if before is None:
        return [[("…", "muted")], [("…", "muted")]]
    return [_arrow(was, now, glyphs) for was, now in zip(before, both, strict=True)]


def _arrow(was: NpsCounts, now: NpsCounts, glyphs: Glyphs) -> list[Part]:
    """An arrow only where the difference is more than chance."""
    value = nps(was)
    if value is None or not now.n:
        return [(glyphs.none, "muted")]
    return [
        ({1: glyphs.up, -1: glyphs.down, 0: glyphs.same}[differ(was, now)], "strong"),
        (f" from {signed(value)} (n {was.n:,})", "muted"),
    ]


def share(of: Share, label: str, noun: str, words: str, glyphs: Glyphs) -> SheetLine:
    """`Seen in time   71 %   17 of 24 customers within their cadence`."""
    start = (f"{label:<{LABEL}}", "muted")
    if not of.whole:
        return [start, (glyphs.none, "muted"), (f"  no {noun}s yet", "muted")]
    return [
        start,
        (f"{100 * of.part / of.whole:>3.0f} %", "strong"),
        (f"  {of.part:,} of {plural(of.whole, noun)} {words}", "muted"),
    ]


# Markets, BRMs, roles


def groups(company: Company, by: str, glyphs: Glyphs) -> list[ListRow]:
    """The rows of the markets, BRMs or roles; the key "" is that of those without."""
    if by == "market":
        return [ListRow(row.id or "", market_cells(row, glyphs)) for row in company.markets]
    several = company.owners if by == "owner" else company.roles
    return [ListRow(row.id or "", group_cells(row, by, glyphs)) for row in several]


def market_cells(row: MarketRow, glyphs: Glyphs) -> list[ListCell]:
    """In the order of MARKETS."""
    known = row.benchmark
    return [
        row.name if row.id else (NO_NAME["market"], "muted"),
        (f"{row.customers:,}", "muted"),
        *_both(row, glyphs),
        signed(known.nps) if known else (glyphs.none, "muted"),
        (f"{known.year}, {known.source}" if known else "", "muted"),
    ]


def group_cells(row: GroupRow, by: str, glyphs: Glyphs) -> list[ListCell]:
    """A BRM or role in the order of GROUPS."""
    return [row.name or (NO_NAME[by], "muted"), *_both(row, glyphs)]


def _both(row: GroupRow | QuarterRow, glyphs: Glyphs) -> list[ListCell]:
    cells: list[ListCell] = []
    for counts in (row.recommend, row.retain):
        cells += [short_score(counts, glyphs), answers(counts)]
    return cells


# Quarters


def quarters(several: Sequence[QuarterRow], glyphs: Glyphs) -> list[ListRow]:
    """The rows of the quarters, the newest first."""
    earlier = [None, *several[:-1]] if several else []
    rows = [
        ListRow(row.start.isoformat(), quarter_cells(row, was, glyphs))
        for was, row in zip(earlier, several, strict=True)
    ]
    return rows[::-1]


def quarter_cells(row: QuarterRow, before: QuarterRow | None, glyphs: Glyphs) -> list[ListCell]:
    """In the order of QUARTERS; an arrow where a score moved by more than chance since the quarter before."""
    cells: list[ListCell] = [quarter_name(row.start)]
    for question in ("recommend", "retain"):
        counts: NpsCounts = getattr(row, question)
        was: NpsCounts | None = getattr(before, question) if before is not None else None
        arrow = {1: glyphs.up, -1: glyphs.down, 0: glyphs.same}[differ(was, counts)] if was and was.n else ""
        shown = short_score(counts, glyphs)
        space = " " * max(1, ARROW_AT - sum(len(text) for text, _ in shown))
        cells += [[*shown, (f"{space}{arrow}" if arrow and counts.n else "", "")], answers(counts)]
    return cells


# Levers


def lever_cells(row: LeverRow, today: date) -> list[ListCell]:
    """In the order of LEVERS."""
    return [
        f"+{row.gain:.1f}",
        row.contact,
        row.customer,
        (row.role, "muted"),
        str(row.score),
        (effort(row.last_contact, today, open_recover=row.open_recover), "muted"),
    ]
