"""Where the figures of each report come from, and what is left out of those that customers keep."""

from __future__ import annotations

_KEPT = [
    ("Language", "That of the weightiest contact in the room, where Radar has it, unless e sets one for all reports."),
    ("We agreed", "Actions of this visit with owner and day, without dropped ones, without what an answer raised by "
        "itself, and without those that begin with internal:."),
    ("Next visit", "The next planned visit to this customer, if it lies after this one."),
    ("We promise you", "The promises that stood on the day of the visit."),
    ("Left out", "Scores and answers, chances, values of a year, the summary, notes that begin with internal:, other "
        "customers, and financial measures."),
]  # fmt: skip
ABOUT: dict[str, list[tuple[str, str]]] = {
    "visit": [
        ("Verdicts", "The findings of this visit, one an item; items without a verdict are not in the report. Earlier "
            "visits: up to four before it, the oldest first."),
        ("Recommended", "Lines found on this visit that were not declined; price is quantity × price of the list, – "
            "where it is not known."),
        *_KEPT,
    ],
    "service": [
        ("Period", "From the completed visit before this one, or 90 days, to the end of this one; in brackets as many "
            "days before."),
        ("Days to resolve", "Median days from opened to closed of those closed in the period."),
        ("Not satisfied", "Verdicts of the year before the visit, and those never followed up; what was done is as of "
            "now."),
        ("Measured", "Readings until the day of the visit, the better end on top; the dashed line is the target."),
        *_KEPT,
    ],
    "customer": [
        ("Card", "Σ weight × score ÷ Σ weight of the measures with a valid value; covered is the weight of those."),
        ("Recommend, Retain", "The newest answer of each decision maker within 365 days; without one, of anybody."),
        ("Over time", "Two years: answers of decision makers, the mean of a day, and stored snapshots of the card."),
        ("Weighted by chance", "Value × probability of ideas and quotes, a currency each."),
        ("Met", "The day on the counterpart pair."),
    ],
    "company": [
        ("Whom", "All customers, whatever filter the screen has."),
        ("Score", "% promoters − % detractors of the newest answer of each contact within 365 days; interval at 95 %."),
        ("Benchmark", "The newest published NPS of the market, for the first question; its source stands below."),
        ("Change", "Against the quarter before: risen or fallen only where z is at least 1.96; = is no clear change."),
        ("Adds", "Points of the company's score if this contact became a promoter."),
        ("Coverage", "Customers not overdue; contacts who met their counterpart; colleagues who met a customer."),
        ("Value from visits", "Quantity × price of lines found on visits of the quarter that were not declined."),
        ("Kept", "Kept ÷ answers given on visits; not asked does not count."),
    ],
}  # fmt: skip
