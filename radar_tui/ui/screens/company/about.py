"""Where each figure of the Company screen comes from: formula in words, n, window, source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import WHO_COUNTS
from radar_tui.domain.nps import signed

if TYPE_CHECKING:
    from radar_tui.store.lists.company import Company
    from radar_tui.ui.base.glyphs import Glyphs


BENCHMARK = [
    ("Benchmark", "The newest published figure of a market; its source and year stand beside it, enter on the market "
        "lists those of all years. Above or below is said where the whole interval of ours is, from five answers on."),
]  # fmt: skip
VALUE = [
    ("Value found", "Quantity × unit price of the lines noted on visits, declined ones left out, each in its currency, "
        "by the quarter of the visit; won is a part of it. Enter lists the visits, enter there opens one."),
]  # fmt: skip


def about(found: Company, window: str, glyphs: Glyphs) -> list[tuple[str, str]]:
    """Each figure with its formula in words, n, window and source."""
    weighted = "; ".join(
        f"{question} " + ", ".join(f"{signed(score)} {currency}" for currency, score in of.weighted.items())
        for question, of in (("recommend", found.recommend_as), ("retain", found.retain_as))
        if of.weighted
    )
    n = f"n {found.recommend.n:,} for recommend, {found.retain.n:,} for retain"
    return [
        ("NPS", f"Share of promoters (9–10) less share of detractors (0–6), in points. {WHO_COUNTS}: "
            f"as of the end of the window; {window}; {n}. Voided answers are left out, too."),
        ("[low, high]", "95 % interval, adjusted Wald (Rocks 2016): as if ¾ promoter, ¾ detractor and 1½ passive "
            "had answered too. Under five answers the counts of each band stand there instead: (2/1/0)."),
        ("The window before", f"An arrow only where the difference is more than chance (z at least 1.96); "
            f"{glyphs.same} is no significant change."),
        ("Pooled respondents", "Every answer counts once."),
        ("Mean of customers", f"Every customer counts once; {found.answering[0]:,} and {found.answering[1]:,} "
            "of them answered."),
        ("Weighted by annual value", "Every customer counts by the annual value on its overview; a score "
            f"for each currency, since values of one do not weigh against those of another{weighted and ': '}"
            f"{weighted}. Who has no value there is left out."),
        ("Seen in time", "Customers whose next visit is due later than today, of all on the Radar; those never visited "
            "are among the whole."),
        ("In direct contact", "Colleagues marked as in direct contact with customers, of all who have not left, "
            "whatever the filter."),
        ("Counterparts met", "Contacts who have met the colleague that they are paired with, of all who have not "
            "left."),
        *BENCHMARK,
        ("Quarters", "In a quarter the newest answer in it of each contact who was still there by its end counts, at "
            "customers that are on the Radar today; the arrow is against the quarter "
            "before. In the plot a hollow mark stands for under five answers."),
        ("How near we were", "Quarters (q), then t twice: each figure on the last day of the quarter, or today. Every "
            "quarter counts the customers that are on the Radar today, by today's cadence. Who is marked as in direct "
            "contact is known for today only, so there it is the colleagues who met a customer in the quarter: on a "
            "visit, or as a counterpart."),
        ("Adds", "Points that the score gains if this contact becomes a promoter: 100/n for a passive, 200/n for a "
            "detractor. Last contact is that with this person: in the room, as a counterpart, or by an answer."),
        *VALUE,
    ]  # fmt: skip
