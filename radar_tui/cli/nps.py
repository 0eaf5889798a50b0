"""`radar nps --by …`: the figures of the Company screen, in words, as JSON or as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from radar_tui.cli.running import opened, print_json, rounded
from radar_tui.domain.company import NO_NAME, SHARES, WHO_COUNTS, aggregate_words, few_words, quarter_name
from radar_tui.domain.nps import (
    FEW,
    NONE,
    NpsCounts,
    against,
    differ,
    interval,
    nps,
    signed,
    standard_error,
    z,
)
from radar_tui.domain.spreadsheet import as_cell
from radar_tui.domain.text import plural

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from radar_tui.store.lists.company import Company, GroupRow, MarketRow, QuarterRow

Both = tuple[dict[str, Any], dict[str, Any]]
"""What a group says besides its figures, by question."""
MOVED = {1: "risen", -1: "fallen", 0: "same"}


def nps_command(parsed: argparse.Namespace) -> int:
    """Print the company as a whole, or one line a group and question."""
    from radar_tui.store.lists.company import by_quarter, company

    with opened(parsed) as store:
        today = store.clock().date()
        found = company(store, today)
        quarters = by_quarter(store, today) if parsed.by == "quarter" else []
    lines = rows(found, parsed.by, quarters)
    if parsed.json:
        print_json(lines if parsed.by else _whole(found))
    elif parsed.csv:
        _print_csv(lines)
    elif parsed.by:
        _print_table(lines, parsed.by)
    else:
        _print_whole(found)
    return 0


def figures(counts: NpsCounts) -> dict[str, float | int | None]:
    """Score, standard error, interval at 95 % (none under five answers) and counts of some answers, as JSON and CSV
    have them."""
    low, high = (interval(counts) if counts.n >= FEW else None) or (None, None)
    return {
        "nps": rounded(nps(counts)),
        "se": rounded(standard_error(counts)),
        "low": rounded(low),
        "high": rounded(high),
        "n": counts.n,
        "promoters": counts.promoters,
        "passives": counts.passives,
        "detractors": counts.detractors,
    }


def rows(company: Company, by: str | None, quarters: list[QuarterRow]) -> list[dict[str, Any]]:
    """One object a group and question; without `by` the company is the only group."""
    made: list[dict[str, Any]] = []
    for key, name, both, more in _groups(company, by, quarters):
        for question, counts, also in zip(("recommend", "retain"), both, more, strict=True):
            row = {"question": question, **figures(counts)}
            if by is not None:
                row = {"id": key, by: name, **row}
            made.append(row | also)
    return made


def _groups(
    company: Company, by: str | None, quarters: list[QuarterRow]
) -> Iterable[tuple[str, str, tuple[NpsCounts, NpsCounts], Both]]:
    if by is None:
        yield "", "", (company.recommend, company.retain), ({}, {})
    elif by == "quarter":
        earlier = (NONE, NONE)
        for quarter in quarters:
            both = _both(quarter)
            yield quarter.start.isoformat(), quarter_name(quarter.start), both, _moves(earlier, both)
            earlier = both
    elif by == "market":
        for market in company.markets:
            yield market.id, market.name or NO_NAME[by], _both(market), (_benchmark(market),) * 2
    else:
        for group in company.owners if by == "owner" else company.roles:
            yield group.id, group.name or NO_NAME[by], _both(group), ({}, {})


def _both(row: GroupRow | QuarterRow) -> tuple[NpsCounts, NpsCounts]:
    return row.recommend, row.retain


def _moves(earlier: tuple[NpsCounts, NpsCounts], now: tuple[NpsCounts, NpsCounts]) -> Both:
    """Against the quarter before: z, and whether that is more than chance; None where one of the two has no answers."""
    first, second = (
        {
            "z": rounded(apart := z(was, counts)),
            "moved": MOVED[differ(was, counts)] if apart is not None else None,
        }
        for was, counts in zip(earlier, now, strict=True)
    )
    return first, second


def _benchmark(market: MarketRow) -> dict[str, Any]:
    known = market.benchmark
    return {
        "benchmark": known.nps if known else None,
        "source": known.source if known else None,
        "year": known.year if known else None,
    }


def _whole(company: Company) -> dict[str, object]:
    """The two questions, each with its three aggregates, and how near we are to our customers."""
    made: dict[str, object] = {}
    for question, counts, several in (
        ("recommend", company.recommend, company.recommend_as),
        ("retain", company.retain, company.retain_as),
    ):
        scores = {currency: round(score, 4) for currency, score in several.weighted.items()}
        made[question] = figures(counts) | {
            "pooled": rounded(several.pooled),
            "mean_of_customers": rounded(several.mean_of_customers),
            "weighted": next(iter(scores.values())) if len(scores) == 1 else None,
            "weighted_by_currency": scores,
            "without_value": several.weightless,
        }
    return made | {"near": {name: getattr(company, name)._asdict() for name in SHARES}}


def _print_whole(company: Company) -> None:
    for question, counts, several in (
        ("Recommend", company.recommend, company.recommend_as),
        ("Retain", company.retain, company.retain_as),
    ):
        print(f"{question:<10} {in_words(counts)}")
        if counts.n:
            print(f"{'':<10} {', '.join(aggregate_words(several))}")
    for name, (label, noun, doing, _) in SHARES.items():
        part, of = getattr(company, name)
        share = (
            f"{100 * part / of:.0f} %, {part:,} of {plural(of, noun)} {doing}" if of else f"no {noun}s yet"
        )
        print(f"{label}: {share}")
    print(f"{WHO_COUNTS}, within the last 365 days; interval at 95 %.")


def in_words(counts: NpsCounts) -> str:
    """`+31 [+17, +45]  n 93  promoters 40, …`; the counts always stand beside the score, and alone under five."""
    score, between = nps(counts), interval(counts)
    if score is None or between is None:
        return "–  nobody has answered"
    ends = f"[{signed(between[0])}, {signed(between[1])}]" if counts.n >= FEW else ""
    return (
        f"{signed(score):>4} {ends:<14} n {counts.n:<4} "
        f"promoters {counts.promoters}, passives {counts.passives}, detractors {counts.detractors}"
    )


def _print_csv(lines: list[dict[str, Any]]) -> None:
    import csv
    import sys

    from radar_tui.domain.text import one_line

    writer = csv.writer(sys.stdout, lineterminator="\n")
    if lines:
        writer.writerow(lines[0])
    for line in lines:
        writer.writerow(
            [as_cell(one_line(value)) if isinstance(value, str) else value for value in line.values()]
        )


def _print_table(lines: list[dict[str, Any]], by: str) -> None:
    from radar_tui.domain.columns import fitted

    if not lines:
        print("Nobody has answered yet.")
        return
    print(f"{by.capitalize():<20}  Question    NPS  Interval          n  Promoters  Passives  Detractors")
    last = None
    for line in lines:
        counts = NpsCounts(line["promoters"], line["passives"], line["detractors"])
        score, between = nps(counts), interval(counts)
        name = "" if line["id"] == last else line[by]
        last = line["id"]
        shown = "–" if score is None else signed(score)
        ends = f"[{signed(between[0])}, {signed(between[1])}]" if between and counts.n >= FEW else ""
        print(
            f"{fitted(name, 20)}  {line['question']:<9}  {shown:>4}  {ends:<13}  {counts.n:>5}  "
            f"{counts.promoters:>9}  {counts.passives:>8}  {counts.detractors:>10}"
            f"{_against(line, counts)}{'  ' + line['moved'] if line.get('moved') in ('risen', 'fallen') else ''}"
        )
    within = "in the quarter, by its end," if by == "quarter" else "within the last 365 days;"
    print(f"{WHO_COUNTS}, {within} interval at 95 % from {FEW} answers on.")


def _against(line: dict[str, Any], counts: NpsCounts) -> str:
    if "benchmark" not in line:
        return ""
    if line["benchmark"] is None:
        return "  no benchmark yet" if line["id"] else ""
    from radar_tui.domain.text import one_line

    way = {1: "above", -1: "below", 0: "no clear difference from"}[against(counts, line["benchmark"])]
    return (
        f"  {way} {signed(line['benchmark'])} ({one_line(line['source'])}, {line['year']})"
        if counts.n >= FEW
        else (f"  {few_words(counts)}" if counts.n else "")
    )
