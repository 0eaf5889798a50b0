"""Where figures come from: the screen that says it, and the words for those of the Radar and of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.company import WHO_COUNTS
from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

LABEL = 28

_DUE = ("Due", "Last completed visit plus the cadence of the customer; never visited is due at once. !! is late, ! due "
        "within 14 days.")  # fmt: skip
_ARROW = (
    "Arrow",
    "Not of the score beside it but of all contacts: an arrow only where this year's newest answers differ from last "
    "year's by more than chance (z at least 1.96, of the adjusted scores and errors); = is no significant change.",
)
COUNTERPARTS = [
    ("Know their counterpart", "Contacts who have met a colleague of ours that they are paired with, of all contacts "
        "who have not left; a pair with a colleague who left does not count. The card and 3 Company count the same."),
    ("Met", "The day on the pair: a tick on a visit sets it for the BRM, m there for the counterpart too."),
    ("fits", "Where nobody is paired: the colleague whose function answers theirs, e.g. receivables for payables."),
    ("Nobody known in", "Functions of theirs that a function of ours answers, and in which no contact is known."),
]  # fmt: skip
PROMISES = [
    (
        "Checked",
        "Promises on which something was noted today, not asked included, of those that stand today.",
    ),
    ("Before", "What this customer said on the last visit before this one on which they were asked."),
    (
        "Wants",
        "What they ask for on this visit; those from before that are open stand below, with their day.",
    ),
    (
        "Kept over time",
        "4 Ourselves, Promises counts kept of answered over all visits; not asked does not count.",
    ),
]
PEOPLE = [
    ("Rec., Ret.", "The newest unvoided answer of the contact to each question, 0–10, however old; the day they were "
        "last asked stands below."),
    ("Of ours", "Colleagues of ours who have not left and are paired with the contact; ! they have not met yet."),
    *COUNTERPARTS,
]  # fmt: skip


class AboutScreen(Page):
    """Each figure with its formula in words, its n, window and source."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="about.back", tooltip="Back to the figures"),
    ]

    def __init__(self, figures: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.figures = figures

    def compose(self) -> ComposeResult:
        yield Line(("Where each figure comes from", "strong"), id="title")
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def reload(self) -> None:
        self.query_one(Sheet).show(self.lines)

    def lines(self, width: int) -> list[SheetLine]:
        """The name of the figure on the left, its words on the right."""
        lines: list[SheetLine] = []
        for name, words in self.figures:
            for place, text in enumerate(wrapped(words, max(20, min(90, width - LABEL - 2)))):
                lines.append([(f"{'' if place else name:<{LABEL}}", "strong"), (text, "")])
            lines.append([])
        return lines


def radar(n: int) -> list[tuple[str, str]]:
    """Of the Radar; `n` answers make its NPS."""
    return [
        ("NPS", f"Recommend, all customers: share of promoters (9–10) less share of detractors (0–6), with its 95 % "
            "interval (adjusted Wald); of under five answers promoters/passives/detractors stand instead. "
            f"{WHO_COUNTS}, in the last {WINDOW_DAYS} days; n {n:,}."),
        ("Market", "The newest benchmark of each market, weighted by how many of our customers are in it. Source and "
            "year stand on 3 Company, Markets."),
        _DUE,
        ("Cycle", "How much of the cadence has passed since the last completed visit."),
        ("Rec., Ret.", f"The lowest of the newest answers of its decision makers who are still there, in the last "
            f"{WINDOW_DAYS} days; – where none of them answered."),
        _ARROW,
        ("Card", "Today's scorecard, 0–100: Σ weight × score ÷ Σ weight over measures with a valid reading; – where "
            "these have under 40 % of the weights. k on the customer shows each measure."),
        ("Open", "Follow-ups and actions that are not closed."),
        ("Reason to visit", "The first of: a decision maker is unhappy and was not called; a call, a loop (the next "
            "step after a call) or an action is overdue; items out of service, near their limit or not looked at for a "
            "cadence; a ticket put right; a call soon; a KPI off its target; an action soon; a visit in progress; a "
            "stream planned; a visit planned; never visited; the cadence."),
    ]  # fmt: skip


def customer(n: int) -> list[tuple[str, str]]:
    """Of one customer, who gave `n` answers in the window."""
    return [
        _DUE,
        ("Scores", f"The newest unvoided answer of each contact who is still there to each question in the last "
            f"{WINDOW_DAYS} days; n {n:,}; of a former or archived customer none counts. Decision makers stand first. "
            "h shows the lowest of theirs over time."),
        ("NPS", "Of this customer alone, once several answered: share of promoters (9–10) less share of detractors "
            "(0–6), of the newest answers of those who are still there. “12 of 19” says how many of the people we "
            "know there answered; the 95 % interval (adjusted Wald) counts with that: × √((N−n) ÷ (N−1)). “All 6” is "
            "a census: nothing is sampled, so no interval. Under five answers promoters/passives/detractors stand "
            "instead."),
        _ARROW,
        ("Card", "Σ weight × score ÷ Σ weight over measures with a valid reading; covered is the share of the weights "
            "that have one. k shows each measure, its source and its history."),
        ("Found", "Quantity × unit price of the lines noted on a visit, declined ones left out."),
        ("Pipeline", "Lines left to quote of opportunities not lost; won are those agreed. Expected is value × "
            "probability."),
        ("Service", "Period: since the last completed visit, else 90 days; before: as many days ahead. Time to "
            "resolve is the median from opened to closed of those closed. Hurt most: days open × priority, twice "
            "where not satisfied. Source: tickets typed or imported."),
    ]  # fmt: skip


FEEDBACK = [
    ("Satisfied, not, silent", f"What they said of tickets and service requests closed in the last {WINDOW_DAYS} days; "
        "silent: nobody said."),
    ("The list", "Every “not satisfied” of that year, and older ones that nobody followed through: these stand first, "
        "marked !, and never leave by themselves."),
    ("Followed by, on, outcome", "Who saw to it, on which day, and what came of it, as e wrote it down or an import "
        "brought it. An action agreed for it is named until then."),
    ("Shown", "The day on which space noted that the decision maker has seen it; ✓ in front of it."),
    ("Source", "The tickets and service requests of this customer, typed or imported."),
]  # fmt: skip
KPIS = [
    ("Newest", "The reading of the newest day until today; of several of one day the one written last."),
    ("Before", "The reading of the day before that one which has one."),
    ("On target", "Not short of the target on the way from worst to best, in either direction; ! marks one that is."),
    ("Trend", "Newest against before. Reached, lost: it crossed its target; else better, worse or same."),
    ("Last 8", "The readings of the last eight days that have one, the oldest first, each as high as it lies between "
        "the lowest and the highest of them. h shows all of them by their dates."),
    ("Too old to count", "Older than the days for which a reading of this measure is valid."),
    ("Source", "Readings typed here (r), on the card, or imported. What Radar computes stands on the card only."),
]  # fmt: skip
PLAN = [
    ("Late, due", "!! is past its day, ! due within 14 days. Late in the filter is open and past its day."),
    ("To raise, expected", "The measure that the action aims at, and by how many points of its score 0–100, as whoever "
        "agreed on it expected."),
    ("Came to", "Points by which the score of that measure rose. Done: from the last reading until it was done to the "
        "first one after. Open: from the last until it was agreed (the day of its visit, or on which it was written "
        "down) to the newest. – until it is read again. What else moved the measure is in it, too."),
    ("Source", "Readings written down, or what Radar computes for the measure: k on the customer, enter on it."),
]  # fmt: skip
CARD = [
    ("Score of a measure", "100 × (value − worst) ÷ (best − worst), from 0 to 100, in either direction; below the list "
        "stand formula, window, source and n of the one under the cursor."),
    ("Card, 0–100", "Σ weight × score ÷ Σ weight over the measures with a valid value; each perspective the same over "
        "its own."),
    ("Covered", "Σ weight of the measures with a valid value ÷ Σ weight of all."),
    ("Too old", "Its newest value is older than the days for which it is valid: named, and not counted."),
    ("Before, and what moved it", "Against the newest snapshot of an earlier day; one is stored when a visit completes "
        "and by radar scorecard --all. The points of a measure are its weight × its distance from the card of then ÷ Σ "
        "weight, now less then; all of them add up to the change."),
    ("Target, !", "! marks a value that is short of its target, or too old."),
    ("Computed, readings", "What Radar knows itself it computes from rows; readings are written down by hand, imported "
        "or read on a visit. All of them stay; of several of one day the one written last counts."),
]  # fmt: skip
