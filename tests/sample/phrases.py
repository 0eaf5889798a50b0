"""Notes, subjects and titles of the sample: short sentences as a BRM would type them in a car park."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.sample.places import Place

_THINGS = re.compile(
    r"valve|valvol|vanne|ventil|válvul|seat|sedi |knife gate|gland|seal|exchange unit|housing|spindle|leak|integrity",
    re.IGNORECASE,
)


def heard(texts: Iterable[str], place: Place | None) -> tuple[str, ...]:
    """What somebody of a customer may have said: nothing about things of ours where none stand."""
    said = tuple(texts)
    if place is None or place.items:
        return said
    return tuple(text for text in said if not _THINGS.search(text))


FINDING_NOTES = {
    "serviceable": ("repacked by their fitter", "turns easily", "quiet", "checked with the line running"),
    "deteriorating": (
        "seat worn",
        "weeps at the gland",
        "stiff after cleaning",
        "shaft play felt by hand",
        "scored on the inlet side",
        "seal swollen",
        "drips when warm",
        "slow to close",
        "coating thin at the lip",
    ),
    "unserviceable": (
        "cracked",
        "does not seal",
        "seized half open",
        "rotor touches the housing",
        "shaft bent",
        "stem sheared",
        "leaks through",
        "by-passed by the shift",
    ),
    "not inspected": (
        "line running",
        "behind scaffolding",
        "permit not ready",
        "under insulation",
        "area hosed down",
    ),
}
SUMMARIES = (
    "Round done with the fitter. {found} Next list goes out before their shutdown.",
    "Good talk on spares. {found} They want dates, not intentions.",
    "Short visit, plant was busy. {found}",
    "Walked both halls. {found} Operators showed us two things not on the list.",
    "Decision maker joined for the last half hour. {found}",
    "{found} Quotation promised for Friday.",
    "Calm visit. {found} Asked for the same technician next time.",
)
SERVICE_SUMMARIES = (
    "Went through the tickets one by one. First reply is what they count.",
    "Two old complaints closed in the room. KPIs shown on one page.",
    "New planner at the table; explained how the desk works.",
    "They asked for fewer mails and one list a week.",
    "Good quarter. Talked about the winter roster.",
    "Figures agreed, tone friendly, two actions on us.",
)
NOT_HELD = {
    "missed": (
        "Gate knew of nothing; nobody on site.",
        "Contact was called to a breakdown.",
    ),
    "cancelled": (
        "Called off the day before: stocktaking.",
        "Called off by the customer, no new date given.",
        "Moved: auditors in the house.",
    ),
}
ACTION_TITLES = {
    "product": (
        "Send the spares list before their shutdown",
        "Quote KG-150 with the short spindle",
        "Bring seat samples for slurry",
        "Show the night shift how to read the wear mark",
        "Put their order number on delivery notes",
        "Agree on a yearly price with purchasing",
        "Get the old housing drawing from the workshop",
        "Introduce our receivables to their payables",
        "Check why two exchange units came without tags",
        "Move the stock of seat sets to site",
    ),
    "service": (
        "Name one person for this customer on the desk",
        "Cut first reply to under eight hours",
        "Weekly list of open tickets, Monday noon",
        "Ask before closing a ticket",
        "Train the planners on the portal",
        "Review the categories with their IT",
        "Call the three who were not satisfied",
        "Winter roster for call-outs to the dock",
    ),
}
WANTS = (
    ("Spares in a cabinet on site, refilled monthly", "dock", "served", "Cabinet stands since spring."),
    ("Tracking number by mail when spares leave", "dock", "served", ""),
    ("Same-day spares for the two critical valves", "dock", "open", "Needs a second stock in the north."),
    ("Integrity report in their maintenance system", "report", "open", "They sent the import format."),
    ("Photos in the integrity report", "report", "served", ""),
    ("Report in German", "report", "served", "One page, words agreed with them."),
    ("Report by item, not by line", "report", "open", ""),
    ("One technician for both sites", "same", "served", ""),
    ("Technician's holiday dates in advance", "same", "served", ""),
    ("A technician who speaks French", "same", "open", "Two candidates met."),
    ("Rent a valve for the shutdown", None, "parked", "Outside our niche: no rental stock."),
    ("New valves from another maker", None, "parked", "We refurbish; gave them two addresses."),
    ("Discount on volumes above a hundred", None, "open", ""),
    ("Calibration of their flow meters", None, "parked", "No laboratory, no wish for one."),
    ("Lacquer in their house colour", None, "parked", "Would stop the coating line twice a week."),
    ("Training film for new operators", None, "open", "Priya asks what a day of filming costs."),
    ("Invoices once a month", None, "served", ""),
    ("Sensor that tells when a seat is worn", None, "parked", "Looked at twice; false alarms in slurry."),
    ("Weekend call-outs", None, "open", "Counted: eleven requests this year."),
    ("Portal log-in with their own accounts", None, "open", ""),
)
# Promise → what was said of it where it was kept, was not, and where there was nothing to see.
PROMISE_NOTES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "dock": (
        ("", "", "", "they checked the dates", "seen by the stores keeper"),
        ("four days late", "one order lay over the weekend", "two days longer than we said"),
        "no spares ordered since",
    ),
    "report": (
        ("", "", "", "was there the next day", "shown on their own list"),
        ("report took a week", "had to ask for it", "came after their meeting"),
        "nothing of ours to report on",
    ),
    "price": (
        ("", "", "", "they compared two sites"),
        ("old prices on one invoice", "the second site paid more"),
        "nothing ordered since",
    ),
    "same": (
        ("", "", "", "they know him by name"),
        ("new face each month", "had to explain the plant again"),
        "no technician needed since",
    ),
}
# Category → subjects; the first half of a ticket's subject, then where or when.
TICKETS = {
    "spares": (
        "Seat set missing from the box",
        "Wrong seal kit delivered",
        "Spares order without date",
        "Late spares",
    ),
    "valve": (
        "Valve weeps after exchange",
        "Knife gate stuck open",
        "Noise from rotary valve",
        "Leak at the gland",
    ),
    "pump": ("Dosing pump loses prime", "Pump trips on start", "Flow below set point", "Membrane torn"),
    "invoice": (
        "Invoice without order number",
        "Charged twice for a call-out",
        "Late reply on a credit note",
    ),
    "portal": (
        "Portal log-in locked",
        "Ticket closed too early",
        "Cannot see last report",
        "Late reply in portal",
    ),
    "call-out": ("Technician needed on site", "Call-out outside hours", "Second visit for the same fault"),
}
SERVICE_REQUESTS = {
    "spares": ("Price for a seat set", "Stock count on site", "Spares list for shutdown"),
    "training": ("Training for night shift", "Instructions for new fitter"),
    "documents": ("Copy of certificate", "Drawing of housing", "Integrity report as file"),
    "portal": ("New user in portal", "Change of mail address", "Weekly list wanted"),
}
PLACES_OF = {
    "food": ("intake", "line 1", "line 2", "cleaning loop", "silo 3", "night shift", "filler"),
    "water": ("dosing 1", "dosing 4", "filter hall", "slurry line", "cooling circuit", "night shift"),
    "paper": ("line 1", "stock prep", "coating kitchen", "effluent", "night shift"),
    "marine": (
        "berth 4",
        "dock 2",
        "chamber B",
        "pilot boat 7",
        "ballast room",
        "night crew",
        "cold store 3",
    ),
}
HAPPY_COMMENTS = ("Quick, thank you.", "Fixed the same day.", "Friendly and clear.", "", "", "", "", "")
# What they were not satisfied with, and what came of it.
UNHAPPY = (
    ("Had to call three times.", "One name on the desk now; called them, they tried it and agree."),
    ("Closed without asking us.", "Desk rule changed: no closing without a yes."),
    ("Part came, fitter did not.", "Both are booked together now; fitter sent the same week."),
    (
        "Explained it to a new person each time.",
        "Notes are passed on with the ticket; talked through with the shift.",
    ),
    ("Five days for a yes or no.", "Called, apologised; Ingrid answers within a day now."),
    ("Came back after a week.", "Second fitter found the cause, tested with the shift."),
    ("The list said done, the valve said not.", "Checked on site together; done now, signed by both."),
)
TEACHINGS = (
    "Watched a shift change our valve: the tag faces the wall. Two minutes lost each time.",
    "Stores put our boxes on the top shelf because the label is only on one side.",
    "Planner prints the weekly list and crosses out by hand; wants the berth in the first column.",
    "Operator listens with a screwdriver to the housing: knows before our report that a seat is gone.",
)
SELF_CHECKS = (
    "Number found in four clicks, answered after nine rings. Quote came in two days.",
    "Nobody answered between twelve and one. Order went through at once.",
    "Answered at the third ring by name. Quote in one day, wrong currency.",
    "Answered at the second ring. Quote the same day, delivery date missing.",
    "Menu has five choices, none is “spares”. Pressed 0, was helped at once.",
    "Second ring, quote in four hours, date on it. Best so far.",
)
ANSWER_NOTES = {
    False: ("checked twice", "as last time", "said by the shift", "shown to Marta"),
    True: (
        "said so first thing",
        "Stefano calls today",
        "they had noticed already",
        "will be settled this week",
    ),
}
# What was written where a question asks for words: by a part of the question's key, else by occasion.
ANSWER_TEXTS_FOR: dict[str, tuple[str, ...]] = {
    "agreed_open": (
        "Quote for the short spindle; Ingrid sends it by Friday.",
        "Seat samples are still in the workshop; Tom brings them on Tuesday.",
        "Order number on delivery notes; Anneli has it by the end of the month.",
        "Old housing drawing; Tom finds it this week.",
    ),
    "goal": (
        "They order the spares for what is worn.",
        "We may quote the new line.",
        "The late delivery is talked through and settled.",
        "I have met their payables.",
        "A day for the shutdown stands in both diaries.",
        "The decision maker has seen the list of worn items.",
        "They know the name of the technician who comes.",
    ),
    "loops_open": (
        "Two from last week; Luca calls them on Monday.",
        "The night planner, on leave until Thursday.",
        "One who left; asked for the new name.",
    ),
    "stuck": (
        "The article number on the page is not the one in the shop.",
        "No field for our order number; wrote it into the address.",
        "Asked twice for a customer number that new customers do not have.",
    ),
    "way_round": (
        "Turned the valve to read the tag.",
        "Called a colleague instead of looking it up.",
        "Wrote it on paper and typed it in the evening.",
        "Took a seat from the shelf for the other line.",
    ),
    "with_else": (
        "A torque wrench of another make and a home-made hook.",
        "Their own list, printed, in a plastic sleeve.",
    ),
    "note_does": (
        "Unpacks two valves, looks for the gasket list. Fits the first, hands black with grease.",
        "Walks to the stores for a seat set, back after twenty minutes. Writes the tag on his glove.",
        "Waits for the permit. Reads our report standing up, turns to the last page first.",
        "Two calls to the desk, both answered; second one about the same ticket.",
        "Torque table in three binders; asks the older fitter.",
        "Coffee with the shift. They say which item will fail next.",
        "Closes four tickets, prints the list for the dock, crosses out by hand.",
        "Listens to the housing with a screwdriver, decides to wait until Thursday.",
        "Box opened from below; parts on the floor, counts them again.",
        "Looks for the drawing, finds the old revision, measures instead.",
        "Log-in expired; asks the planner for hers.",
        "Cleans up, puts our labels into a jar: “for the numbers”.",
    ),
    "note_with": (
        "Three binders and a phone.",
        "The older fitter.",
        "A glove with the tag written on it.",
        "A spreadsheet of their own.",
        "Tape and a marker.",
        "The planner's log-in.",
    ),
    "note_struggle": (
        "Finds the old revision first.",
        "Twenty minutes to the stores and back.",
        "Our label is on the wrong side.",
        "Waits for the permit.",
        "Counts the parts twice.",
        "Nowhere.",
    ),
    "surprise": TEACHINGS,
}
ANSWER_TEXTS: dict[str, tuple[str, ...]] = {
    "customer visit": (
        "They plan a longer stop in spring.",
        "Wants the list a week earlier.",
        "Stores will be moved to the east gate.",
        "New fitter since last month, keen and careful.",
    ),
    "observation day": TEACHINGS,
    "self-check": (
        "Polite, but had to spell our own product name.",
        "The confirmation came from an address nobody can answer.",
        "Friendly voice, knew the price without looking.",
        "The word “spares” is nowhere on the page.",
    ),
}
