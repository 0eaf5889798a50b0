"""The car-park card: what to know before going in, and three sentences to open with. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.columns import clipped, fitted, wrapped
from radar_tui.domain.columns import width as cells
from radar_tui.domain.days import day_words
from radar_tui.domain.money import money
from radar_tui.domain.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = 3
_VERDICTS = ("serviceable", "deteriorating", "unserviceable")


@dataclass(frozen=True, slots=True)
class PromiseSeen:
    """A promise of ours and what this customer said of it last; `kept` None: nobody has asked them. `said_by` are
    those of the people who will be in the room who were there when it was said."""

    title: str
    kept: bool | None = None
    seen_on: date | None = None
    note: str = ""
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefWant:
    """Something the customer asked for, the promise it is tied to (or empty), open, served or parked; `said_by` as of
    a promise."""

    title: str
    decision: str = "open"
    promise: str = ""
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """Something begun and not ended, since a day or until one. `who` it came from, and `theirs` whether they will be
    in the room; `about` is the part that may be said to the customer, "" where there is none."""

    kind: Literal["follow-up", "action", "ticket"]
    words: str
    about: str = ""
    due_on: date | None = None
    owner: str = ""
    play: str = ""
    since: date | None = None
    theirs: bool = True
    late: bool = False
    who: str = ""
    status: str = "open"


@dataclass(frozen=True, slots=True)
class InTheRoom:
    """A contact: their newest scores 0–10 within the window (None: none), and from which day they may be asked."""

    name: str
    role: str
    job_title: str = ""
    recommend: int | None = None
    retain: int | None = None
    asked_on: date | None = None
    may_ask_from: date | None = None

    def may_be_asked(self, today: date) -> bool:
        """Whether the rest period is over."""
        return self.may_ask_from is None or self.may_ask_from <= today


class Solved(NamedTuple):
    """A ticket on which the customer said "not satisfied" and that was followed through, not yet shown to them."""

    subject: str
    followed_up_on: date
    outcome: str


class Crossed(NamedTuple):
    """A measure whose newest reading fell off its target, or came back to it (`good`); `theirs` where the customer may
    hear of it."""

    name: str
    value: float
    unit: str
    target: float
    good: bool
    theirs: bool = True


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything on the card. `items` counts the items in service by their newest verdict ("" while nobody has looked);
    `out_of_service` and `near_limit` are the tags of those for which nothing is agreed;
    `changes` is what has been recorded since the last visit, in words."""

    name: str
    today: date
    status: str = "active"
    place: str = ""
    market: str = ""
    annual_value: int = 0
    currency: str = "EUR"
    cadence_days: int = 90
    last_seen: date | None = None
    due_on: date | None = None
    planned_on: date | None = None
    last_checklist: str = ""
    last_brm: str = ""
    summary: str = ""
    promises: tuple[PromiseSeen, ...] = ()
    wants: tuple[BriefWant, ...] = ()
    loops: tuple[Loop, ...] = ()
    changes: tuple[str, ...] = ()
    people: tuple[InTheRoom, ...] = ()
    items: dict[str, int] = field(default_factory=dict)
    out_of_service: tuple[str, ...] = ()
    near_limit: tuple[str, ...] = ()
    planned_streams: tuple[str, ...] = ()
    solved: tuple[Solved, ...] = ()
    done: tuple[str, ...] = ()
    crossed: tuple[Crossed, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say, to those named in `to` alone; to anybody of the customer where nobody is named.

    `about` is the fact as it was written, with the `day` and `count` that are in the words.
    """

    kind: str
    text: str
    to: tuple[str, ...] = ()
    about: str = ""
    day: date | None = None
    count: int | None = None


def openers(brief: Brief) -> tuple[Sentence, ...]:
    """Three sentences to open with, the most useful first: what hurts the customer before what we want.

    Each kind of fact speaks at most once, so that three sentences are about three things; they are said to the
    customer, so no score, play or word of ours is in them. What somebody said is for them alone.
    """
    kinds = (_unhappy, _solved, _broken, _owed, _done, _worn, _off_target, _wished, _planned, _kept)
    found = [sentence for kind in kinds for sentence in list(kind(brief))[:1]]
    return tuple([*found, *_always(brief)][:SENTENCES])


def _quote(text: str, most: int = 70) -> str:
    return clipped(text, most).rstrip(".")


_HEARD = {
    ("recover", "open"): "I would like to hear the whole story.",
    ("recover", "called"): "Here is what we have found out since.",
    ("recover", "cause"): "Here is how we put it right.",
    ("recover", "fixed"): "We have put it right: is it so for you?",
    ("nudge", "open"): "What is missing?",
    ("nudge", "called"): "Here is what we make of it.",
}
"""What follows on somebody's own words, by play and step; on what is confirmed nothing does."""


def _unhappy(brief: Brief) -> Iterator[Sentence]:
    """What somebody in the room told us last that nobody has closed; what is old is left alone."""
    recent = brief.today - timedelta(days=365)
    loops = [
        loop
        for loop in brief.loops
        if loop.kind == "follow-up" and loop.theirs and (loop.since is None or loop.since > recent)
    ]
    loops.sort(key=lambda loop: (loop.play == "recover", loop.since or recent), reverse=True)
    for loop in loops:
        ending = _HEARD.get((loop.play, loop.status))
        if ending and loop.about:
            told = f"On {day_words(loop.since, brief.today)} you told us" if loop.since else "You told us"
            text = f"{told}: “{_quote(loop.about)}”. {ending}"
            yield Sentence("unhappy", text, (loop.who,), loop.about, loop.since)
        elif loop.play == "recover" and loop.status == "open":
            text = "Not everything went as you expect of us. Where did we fall short?"
            yield Sentence("unhappy", text, (loop.who,), "", loop.since)


def _solved(brief: Brief) -> Iterator[Sentence]:
    """For those who decide: it is they to whom a ticket that was followed through is shown."""
    to = tuple(person.name for person in brief.people if person.role == "decision maker")
    for ticket in brief.solved if to else ():
        when = day_words(ticket.followed_up_on, brief.today)
        text = f"You were not satisfied with “{_quote(ticket.subject)}”. On {when}: {_quote(ticket.outcome)}."
        yield Sentence("resolved_ticket", text, to, ticket.subject, ticket.followed_up_on)


def _broken(brief: Brief) -> Iterator[Sentence]:
    for promise in brief.promises:
        if promise.kept is False and promise.said_by:
            text = f"On {day_words(promise.seen_on, brief.today)} we had not kept “{_quote(promise.title)}”."
            text += " How has it been since?"
            yield Sentence("promise_broken", text, promise.said_by, promise.title, promise.seen_on)


def _owed(brief: Brief) -> Iterator[Sentence]:
    for loop in brief.loops:
        if loop.kind == "action" and loop.about and loop.due_on is not None and loop.due_on < brief.today:
            text = f"We still owe you “{_quote(loop.about)}”, due {day_words(loop.due_on, brief.today)}."
            yield Sentence("action", f"{text} Here is where it stands.", (), loop.about, loop.due_on)


def _done(brief: Brief) -> Iterator[Sentence]:
    for title in brief.done:
        text = f"We said we would: “{_quote(title)}”. It is done; is it as you need it?"
        yield Sentence("done", text, (), title)


def _worn(brief: Brief) -> Iterator[Sentence]:
    for kind, tags, how in (
        ("out_of_service", brief.out_of_service, "out of service"),
        ("near_limit", brief.near_limit, "near the limit"),
    ):
        if tags:
            named = ", ".join(clipped(tag, 12) for tag in tags[:3])
            more = f" and {len(tags) - 3} more" if len(tags) > 3 else ""
            were = "was" if len(tags) == 1 else "were"
            text = f"{named}{more} {were} {how} when we last looked: may we look at that first?"
            yield Sentence(kind, text, (), ", ".join(tags), count=len(tags))


def _off_target(brief: Brief) -> Iterator[Sentence]:
    for measure in brief.crossed:
        if measure.theirs:
            text = (
                f"{_quote(measure.name, 40)} is {'back at' if measure.good else 'at'} "
                + f"{_number(measure.value)} {measure.unit}".rstrip()
                + f" against a target of {_number(measure.target)}. "
                + ("What made the difference for you?" if measure.good else "What do you notice of it?")
            )
            yield Sentence("kpi", text, (), measure.name)


def _wished(brief: Brief) -> Iterator[Sentence]:
    for want in brief.wants:
        if want.decision == "open" and want.said_by:
            text = f"You asked for “{_quote(want.title)}”. Is it still what you need?"
            yield Sentence("want", text, want.said_by, want.title)


def _planned(brief: Brief) -> Iterator[Sentence]:
    for name in brief.planned_streams:
        text = f"How far is your new stream “{_quote(name)}”, and what will it need?"
        yield Sentence("stream", text, (), name)


def _kept(brief: Brief) -> Iterator[Sentence]:
    for promise in brief.promises:
        if promise.kept and promise.said_by:
            text = f"You told us we kept “{_quote(promise.title)}”. Does that still hold?"
            yield Sentence("promise_kept", text, promise.said_by, promise.title, promise.seen_on)


def _always(brief: Brief) -> Iterator[Sentence]:
    if brief.last_seen is None:
        asked = [
            "We have not been here yet: how does your plant work, and where does it hurt?",
            "Who here works with what we deliver, and whom of us should they know?",
            "What would have to happen in the first year for you to call it a good one?",
        ]
    else:
        asked = [
            "What should we do more of, and what should we stop?",
            "Which of your plans for next year should we know of?",
            "Who else here should we listen to?",
        ]
        if since := (brief.today - brief.last_seen).days:
            words = f"It has been {plural(since, 'day')} since we were here: what has changed for you?"
            yield Sentence("opening", words, (), "", brief.last_seen, since)
    yield from (Sentence("opening", words) for words in asked)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


# The card as text

LABEL = 12
_MORE = 4


def lines(brief: Brief, width: int = 80, height: int = 22) -> list[str]:
    """The card as at most `height` lines of at most `width` cells, safe to print; 22 leave room for the header
    and the footer of an 80×24 screen. What has no room is counted at the end of its part."""
    content = width - LABEL - 1
    # The end of a row is left free for the count of what has no room.
    row = content - _MORE
    today = brief.today
    parts: list[tuple[str, list[str]]] = [
        ("Open with", _numbered(openers(brief), content)),
        ("Open loops", [_loop(loop, today, row) for loop in brief.loops] or ["Nothing is open."]),
        ("In the room", [_person(person, today, row) for person in brief.people] or ["No contacts yet."]),
        ("Promises", [_promise(promise, today, row) for promise in brief.promises] or ["None made yet."]),
        ("Wants", [_want(want, row) for want in brief.wants] or ["None noted."]),
        ("Since then", [clipped(words, row) for words in brief.changes] or ["Nothing new on record."]),
        ("Items", [clipped(_items(brief), content)]),
        ("Last visit", wrapped(_last_visit(brief), content, 2)),
    ]
    room = _shared(parts, height - 3)
    shown = [*_head(brief, width), ""]
    for (label, rows), size in zip(parts, room, strict=True):
        shown += _part(label, rows, size, content)
    return shown[:height]


def _shared(parts: list[tuple[str, list[str]]], height: int) -> list[int]:
    """How many lines each part gets: the sentences all of theirs, the others one each, then turn by turn."""
    sizes = [len(rows) if n == 0 else 1 for n, (_, rows) in enumerate(parts)]
    left = height - sum(sizes)
    while left > 0:
        wanting = [n for n, (_, rows) in enumerate(parts) if sizes[n] < len(rows)]
        if not wanting:
            break
        for n in wanting[:left]:
            sizes[n] += 1
        left = height - sum(sizes)
    return sizes


def _part(label: str, rows: list[str], size: int, content: int) -> list[str]:
    shown = rows[:size]
    if (hidden := len(rows) - size) > 0:  # a sentence has no row at all where it has no width
        more = f" +{hidden}"
        shown[-1] = fitted(shown[-1], content - len(more)) + more
    return [f"{label if n == 0 else '':<{LABEL}} {row}".rstrip() for n, row in enumerate(shown)]


def _head(brief: Brief, width: int) -> list[str]:
    due = _due(brief)
    facts = [brief.place, brief.market, brief.status if brief.status != "active" else ""]
    if brief.annual_value:
        facts.append(f"{money(brief.annual_value, brief.currency)} a year")
    seen = f"seen {day_words(brief.last_seen, brief.today)}" if brief.last_seen else "never seen"
    if brief.planned_on:
        seen += f", next {day_words(brief.planned_on, brief.today)}"
    known = " · ".join(fact for fact in facts if fact)
    return [
        f"{fitted(brief.name, width - cells(due) - 2)}  {due}",
        f"{fitted(known, width - cells(seen) - 2)}  {seen}",
    ]


def _due(brief: Brief) -> str:
    if brief.due_on is None:
        return "due now" if brief.status != "former" else "former customer"
    late = (brief.today - brief.due_on).days
    if late > 0:
        return f"{plural(late, 'day')} late"
    return "due today" if late == 0 else f"due in {plural(-late, 'day')}"


def _numbered(sentences: tuple[Sentence, ...], content: int) -> list[str]:
    rows = []
    for n, sentence in enumerate(sentences, 1):
        to = f"To {clipped(', '.join(sentence.to), 30)}: " if sentence.to else ""
        for line, words in enumerate(wrapped(to + sentence.text, content - 2, 3 if to else 2)):
            rows.append(f"{n if line == 0 else ' '} {words}")
    return rows


def _loop(loop: Loop, today: date, content: int) -> str:
    due = f"due {day_words(loop.due_on, today)}" if loop.due_on else ""
    mark = "!!" if loop.late else "· "
    who = ", ".join(part for part in (due, clipped(loop.owner, 16)) if part)
    return f"{mark} {fitted(loop.words, content - 5 - cells(who))}  {who}"


def _person(person: InTheRoom, today: date, content: int) -> str:
    scores = f"rec. {_score(person.recommend)} ret. {_score(person.retain)}"
    ask = (
        "may be asked" if person.may_be_asked(today) else f"ask from {day_words(person.may_ask_from, today)}"
    )
    tail = f"{scores}  {ask:<15}"
    who, room = f"{person.name}, {person.role}", content - len(tail) - 2
    # A job title is shown whole or not at all: the role decides whom to ask.
    longer = f"{who}, {person.job_title}"
    return f"{fitted(longer if person.job_title and cells(longer) <= room else who, room)}  {tail}"


def _score(score: int | None) -> str:
    return f"{score if score is not None else '–':>2}"


def _promise(promise: PromiseSeen, today: date, content: int) -> str:
    said = {True: "✓  kept", False: "!! not kept", None: "–  not asked"}[promise.kept]
    when = f" {day_words(promise.seen_on, today)}" if promise.kept is not None else ""
    note = f": {promise.note}" if promise.note else ""
    return f"{said + when:<18}  {clipped(promise.title + note, content - 20)}"


def _want(want: BriefWant, content: int) -> str:
    tied = f" · {want.promise}" if want.promise else ""
    return clipped(f"{want.title} · {want.decision}{tied}", content)


def _items(brief: Brief) -> str:
    total = sum(brief.items.values())
    if not total:
        return "None in service."
    counted = [f"{brief.items[verdict]} {verdict}" for verdict in _VERDICTS if brief.items.get(verdict)]
    if brief.items.get(""):
        counted.append(f"{brief.items['']} not inspected yet")
    return f"{plural(total, 'item')}: " + ", ".join(counted)


def _last_visit(brief: Brief) -> str:
    if brief.last_seen is None:
        return "Never visited."
    by = f" by {brief.last_brm}" if brief.last_brm else ""
    what = f"{brief.last_checklist}, " if brief.last_checklist else ""
    return f"{what}{day_words(brief.last_seen, brief.today)}{by}. {brief.summary}".strip()
