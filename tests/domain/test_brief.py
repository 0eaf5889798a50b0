"""The three sentences, and the card on one screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.brief import (
    Brief,
    BriefWant,
    Crossed,
    InTheRoom,
    Loop,
    PromiseSeen,
    Sentence,
    Solved,
    _loop,
    _numbered,
    _person,
    _promise,
    lines,
    openers,
)
from radar_tui.domain.columns import width

TODAY = date(2026, 12, 3)
JULY = date(2026, 7, 14)
PLAIN = Brief("Aurora Tissue", TODAY, last_seen=JULY, due_on=date(2026, 10, 12))
RECOVER = Loop(
    "follow-up", "recover Paolo: 4", "late replies", JULY, "Marta", "recover", JULY, late=True, who="Paolo"
)
PAOLO = InTheRoom("Paolo", "decision maker")
OWED = Loop("action", "Send the drawing", "Send the drawing", JULY, "Marta", late=True)


def said(brief: Brief) -> tuple[str, ...]:
    """The words of the sentences."""
    return tuple(sentence.text for sentence in openers(brief))


def test_always_three_sentences() -> None:
    assert said(PLAIN) == (
        "It has been 142 days since we were here: what has changed for you?",
        "What should we do more of, and what should we stop?",
        "Which of your plans for next year should we know of?",
    )
    assert said(replace(PLAIN, last_seen=None))[0].startswith("We have not been here yet")
    assert len(said(replace(PLAIN, last_seen=TODAY))) == 3
    assert not any("0 days" in words for words in said(replace(PLAIN, last_seen=TODAY)))


def test_what_hurts_comes_before_what_we_want() -> None:
    brief = replace(
        PLAIN,
        loops=(OWED, RECOVER),
        solved=(Solved("No reply", date(2026, 11, 12), "new rota"),),
        near_limit=("W-014",),
        out_of_service=("W-015",),
        planned_streams=("Line 3",),
        people=(PAOLO,),
    )
    assert said(brief) == (
        "On 14 Jul you told us: “late replies”. I would like to hear the whole story.",
        "You were not satisfied with “No reply”. On 12 Nov: new rota.",
        "We still owe you “Send the drawing”, due 14 Jul. Here is where it stands.",
    )


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            {"promises": (PromiseSeen("Reply in a day", False, JULY, said_by=("Rita",)),)},
            "On 14 Jul we had not kept “Reply in a day”",
        ),
        (
            {"promises": (PromiseSeen("Reply in a day", True, JULY, said_by=("Rita",)),)},
            "You told us we kept “Reply in a day”",
        ),
        ({"done": ("Send the drawing",)}, "We said we would: “Send the drawing”"),
        ({"near_limit": ("A", "B", "C", "D")}, "A, B, C and 1 more were near the limit"),
        ({"near_limit": ("A", "B", "C")}, "A, B, C were near the limit"),
        ({"near_limit": ("ABCDEFGHIJKLM",)}, "ABCDEFGHIJK… was near the limit"),
        ({"loops": (OWED,)}, "We still owe you “Send the drawing”, due 14 Jul."),
        (
            {"solved": (Solved("No reply", JULY, "new rota."),), "people": (PAOLO,)},
            "You were not satisfied with “No reply”. On 14 Jul: new rota.",
        ),
        ({"done": ("x" * 71,)}, f"We said we would: “{'x' * 69}…”"),
        (
            {"crossed": (Crossed("x" * 41, 1, "", 2, False),)},
            f"{'x' * 39}… is at 1 against a target of 2.",
        ),
        ({"near_limit": ("A",)}, "A was near the limit when we last looked: may we look at that first?"),
        ({"out_of_service": ("B",), "near_limit": ("A",)}, "B was out of service when we last looked:"),
        (
            {"crossed": (Crossed("On time", 91.5, "%", 95, False),)},
            "On time is at 91.5 % against a target of 95. What do you notice of it?",
        ),
        (
            {"crossed": (Crossed("On time", 96, "", 95, True),)},
            "On time is back at 96 against a target of 95. What made the difference for you?",
        ),
        (
            {"wants": (BriefWant("A cabinet on site", said_by=("Rita",)),)},
            "You asked for “A cabinet on site”",
        ),
        ({"planned_streams": ("Line 3",)}, "How far is your new stream “Line 3”"),
        (
            {"loops": (replace(RECOVER, play="nudge"),)},
            "On 14 Jul you told us: “late replies”. What is missing?",
        ),
        ({"loops": (replace(RECOVER, about=""),)}, "Not everything went as you expect"),
        (
            {"loops": (replace(RECOVER, status="fixed"),)},
            "On 14 Jul you told us: “late replies”. We have put it",
        ),
        (
            {"loops": (replace(RECOVER, status="called"),)},
            "On 14 Jul you told us: “late replies”. Here is what",
        ),
    ],
)
def test_each_fact_has_its_sentence(fact: dict[str, object], sentence: str) -> None:
    assert said(replace(PLAIN, **fact))[0].startswith(sentence)  # type: ignore[arg-type]
    if "near_limit" not in fact:
        # A second one of its kind keeps still.
        twice = {name: 2 * known for name, known in fact.items()}  # type: ignore[operator]
        assert said(replace(PLAIN, **twice))[1] == said(PLAIN)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fact",
    [
        {"loops": (replace(RECOVER, theirs=False),)},
        {"loops": (replace(RECOVER, theirs=False, about=""),)},
        {"loops": (replace(RECOVER, status="confirmed"),)},
        {"loops": (replace(OWED, about=""),)},
        {"promises": (PromiseSeen("Reply in a day", False, JULY), PromiseSeen("Calls", True, JULY))},
        {"wants": (BriefWant("A cabinet on site"),)},
        {"solved": (Solved("No reply", JULY, "new rota"),), "people": (InTheRoom("Rita", "user"),)},
        {"crossed": (Crossed("Our margin", 3, "%", 5, good=False, theirs=False),)},
    ],
)
def test_what_somebody_else_said_and_what_is_ours_is_not_repeated_before_others(
    fact: dict[str, object],
) -> None:
    assert openers(replace(PLAIN, **fact)) == openers(PLAIN)  # type: ignore[arg-type]


def test_what_somebody_said_is_for_them_alone() -> None:
    brief = replace(
        PLAIN,
        loops=(RECOVER,),
        promises=(PromiseSeen("Reply in a day", False, JULY, said_by=("Rita", "Ugo")),),
        solved=(Solved("No reply", JULY, "new rota"),),
        people=(PAOLO, InTheRoom("Rita", "user")),
    )
    assert [(each.kind, each.to, each.about, each.day) for each in openers(brief)] == [
        ("unhappy", ("Paolo",), "late replies", JULY),
        ("resolved_ticket", ("Paolo",), "No reply", JULY),
        ("promise_broken", ("Rita", "Ugo"), "Reply in a day", JULY),
    ]
    shown = lines(brief)
    assert shown[3].startswith("Open with    1 To Paolo: On 14 Jul you told us")
    assert any("3 To Rita, Ugo: On 14 Jul we had not kept" in line for line in shown)


def test_the_newest_word_counts_and_an_old_one_is_left_alone() -> None:
    newer = replace(RECOVER, about="wrong part", since=TODAY - timedelta(days=3))
    assert "wrong part" in said(replace(PLAIN, loops=(RECOVER, newer)))[0]
    old = replace(RECOVER, since=TODAY - timedelta(days=400))
    assert "late replies" not in " ".join(said(replace(PLAIN, loops=(old,))))
    for ago, told in ((364, True), (365, False)):
        loop = replace(RECOVER, since=TODAY - timedelta(days=ago))
        assert ("late replies" in said(replace(PLAIN, loops=(loop,)))[0]) is told
    nudge = replace(newer, play="nudge")
    assert "late replies" in said(replace(PLAIN, loops=(nudge, RECOVER)))[0]


def test_praise_and_what_is_not_late_are_no_openers() -> None:
    for loop in (replace(RECOVER, play="learn"), replace(OWED, due_on=TODAY), replace(OWED, due_on=None)):
        assert openers(replace(PLAIN, loops=(loop,))) == openers(PLAIN)


def test_parked_wants_and_promises_never_asked_are_silent() -> None:
    quiet = replace(
        PLAIN, wants=(BriefWant("Discounts", "parked"),), promises=(PromiseSeen("Reply in a day"),)
    )
    assert openers(quiet) == openers(PLAIN)


def test_no_score_and_no_play_is_spoken() -> None:
    brief = replace(PLAIN, loops=(RECOVER,), people=(InTheRoom("Paolo", "decision maker", recommend=4),))
    spoken = " ".join(said(brief))
    assert "4" not in spoken.replace("14 Jul", "").replace("142", "")
    assert "recover" not in spoken


def test_the_card() -> None:
    brief = replace(
        PLAIN,
        place="Lucca, Italy",
        market="Paper",
        annual_value=186_000_00,
        planned_on=date(2026, 12, 10),
        loops=(RECOVER,),
        people=(
            InTheRoom("Paolo Conti", "decision maker", "", 6, None, JULY, TODAY),
            InTheRoom("Rita Neri", "user", "", 10, 9, JULY, TODAY + timedelta(days=9)),
        ),
        promises=(PromiseSeen("Reply in a day", False, JULY, "twice", ("Rita Neri",)),),
        wants=(BriefWant("A cabinet", "parked", "Reply in a day"),),
        changes=("2 tickets opened, 1 closed",),
        items={"serviceable": 8, "": 4},
        last_checklist="Refurbishment visit",
        last_brm="Marta Ricci",
        summary="Calm.",
    )
    assert lines(brief) == [
        "Aurora Tissue                                                       52 days late",
        "Lucca, Italy · Paper · € 186,000 a year                 seen 14 Jul, next 10 Dec",
        "",
        "Open with    1 To Paolo: On 14 Jul you told us: “late replies”. I would like to",
        "               hear the whole story.",
        "             2 To Rita Neri: On 14 Jul we had not kept “Reply in a day”. How has",
        "               it been since?",
        "             3 It has been 142 days since we were here: what has changed for",
        "               you?",
        "Open loops   !! recover Paolo: 4                           due 14 Jul, Marta",
        "In the room  Paolo Conti, decision maker    rec.  6 ret.  –  may be asked",
        "             Rita Neri, user                rec. 10 ret.  9  ask from 12 Dec",
        "Promises     !! not kept 14 Jul  Reply in a day: twice",
        "Wants        A cabinet · parked · Reply in a day",
        "Since then   2 tickets opened, 1 closed",
        "Items        12 items: 8 serviceable, 4 not inspected yet",
        "Last visit   Refurbishment visit, 14 Jul by Marta Ricci. Calm.",
    ]


def test_an_empty_card_says_what_is_not_there() -> None:
    assert lines(Brief("New", TODAY, status="prospect")) == [
        "New                                                                      due now",
        "prospect                                                              never seen",
        "",
        "Open with    1 We have not been here yet: how does your plant work, and where",
        "               does it hurt?",
        "             2 Who here works with what we deliver, and whom of us should they",
        "               know?",
        "             3 What would have to happen in the first year for you to call it a",
        "               good one?",
        "Open loops   Nothing is open.",
        "In the room  No contacts yet.",
        "Promises     None made yet.",
        "Wants        None noted.",
        "Since then   Nothing new on record.",
        "Items        None in service.",
        "Last visit   Never visited.",
    ]


def test_a_card_of_rows_that_know_little() -> None:
    brief = Brief(
        "Old",
        TODAY,
        status="former",
        last_seen=JULY,
        loops=(
            Loop("action", "Send it", "Send it"),
            Loop("follow-up", "recover Paolo: 4", "late replies.", play="recover", who="Paolo"),
        ),
        people=(InTheRoom("Paolo", "user"),),
        promises=(PromiseSeen("A", True, JULY), PromiseSeen("B")),
        wants=(BriefWant("C", said_by=("Paolo",)),),
        solved=(Solved("No reply", JULY, "new rota"),),
        items={"deteriorating": 2, "unserviceable": 3},
    )
    assert lines(brief) == [
        "Old                                                              former customer",
        "former                                                               seen 14 Jul",
        "",
        "Open with    1 To Paolo: You told us: “late replies”. I would like to hear the",
        "               whole story.",
        "             2 To Paolo: You asked for “C”. Is it still what you need?",
        "             3 It has been 142 days since we were here: what has changed for",
        "               you?",
        "Open loops   ·  Send it",
        "             ·  recover Paolo: 4",
        "In the room  Paolo, user                    rec.  – ret.  –  may be asked",
        "Promises     ✓  kept 14 Jul      A",
        "             –  not asked        B",
        "Wants        C · open",
        "Since then   Nothing new on record.",
        "Items        5 items: 2 deteriorating, 3 unserviceable",
        "Last visit   14 Jul.",
    ]


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (TODAY - timedelta(days=2), "2 days late"),
        (TODAY - timedelta(days=1), "1 day late"),
        (TODAY, "due today"),
        (TODAY + timedelta(days=1), "due in 1 day"),
        (TODAY + timedelta(days=9), "due in 9 days"),
    ],
)
def test_the_head_says_when_the_next_visit_is_due(due_on: date, words: str) -> None:
    assert lines(replace(PLAIN, due_on=due_on))[:2] == [f"Aurora Tissue{words:>67}", f"{'seen 14 Jul':>80}"]


def test_how_much_of_a_row_is_shown() -> None:
    assert _numbered((Sentence("x", "aaaa " * 40), Sentence("x", "b")), 26) == [
        "1 aaaa aaaa aaaa aaaa aaaa",
        "  aaaa aaaa aaaa aaaa aaa…",
        "2 b",
    ]
    assert _loop(replace(RECOVER, owner="x" * 17), TODAY, 60).endswith(f"  due 14 Jul, {'x' * 15}…")
    assert len(_promise(PromiseSeen("x" * 99), TODAY, 60)) == 60
    buyer = InTheRoom("Paolo", "user", "Buyer")
    assert _person(buyer, TODAY, 52).startswith("Paolo, user, Buyer  rec.")
    assert _person(buyer, TODAY, 51).startswith("Paolo, user        rec.")
    visit = lines(replace(PLAIN, summary="word " * 60), 80, 60)
    assert visit[-2].startswith("Last visit")
    assert visit[-1].endswith("…")


def test_every_part_has_a_line_in_any_height() -> None:
    brief = replace(PLAIN, loops=(OWED,) * 30, changes=tuple("abcdefghij"), summary="word " * 60)
    for height in range(17, 60):
        shown = lines(brief, 80, height)
        labels = [line.split("  ")[0] for line in shown[3:] if not line.startswith(" ")]
        assert labels == [
            *("Open with", "Open loops", "In the room", "Promises"),
            *("Wants", "Since then", "Items", "Last visit"),
        ]
        first = next(n for n, line in enumerate(shown) if line.startswith("Since then"))
        last = next(n for n, line in enumerate(shown) if line.startswith("Items"))
        rows = [line[13:].split() for line in shown[first:last]]
        more = 10 - len(rows)
        rest = [[letter] for letter in "abcdefghij"[: len(rows)]]
        assert rows == [*rest[:-1], [*rest[-1], f"+{more}"] if more else rest[-1]]
        assert not more or len(shown[last - 1]) == 80
        visit = shown[last + 1 :]
        assert len(visit) == 2 or visit[0].endswith(" +1")


def test_what_has_no_room_is_counted() -> None:
    brief = replace(PLAIN, loops=(OWED,) * 30, changes=tuple("abcdefghij"))
    shown = lines(brief)
    assert len(shown) == 22
    cut = [line for line in shown if line.endswith(tuple(f" +{n}" for n in range(1, 31)))]
    assert len(cut) == 2
    visible = sum("Send the drawing" in line and "We still owe" not in line for line in shown)
    assert any(line.endswith(f" +{30 - visible}") for line in cut)
    assert len([line for line in lines(brief, 80, 60) if "!!" in line]) == 30


hostile = st.text(max_size=300) | st.just("[red]x[/] \x1b[31m\u202e" * 20) | st.just("日本" * 100)


@given(hostile, st.integers(0, 15), st.integers(60, 160), st.integers(22, 60))
def test_it_fits_whatever_the_text(text: str, count: int, wide: int, height: int) -> None:
    brief = replace(
        PLAIN,
        name=text,
        place=text,
        summary=text,
        loops=(replace(RECOVER, words=text, about=text, owner=text),) * count,
        people=(InTheRoom(text, "decision maker", text, 3, 4, JULY, TODAY),) * count,
        promises=(PromiseSeen(text, True, JULY, text),) * min(count, 3),
        wants=(BriefWant(text, "open", text),) * count,
        changes=(text,) * count,
        solved=(Solved(text, JULY, text),),
    )
    shown = lines(brief, wide, height)
    assert len(shown) <= height
    for line in shown:
        assert width(line) <= wide
        assert not any(
            ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or letter == "\u202e" for letter in line
        )


def test_a_loop_is_marked_late_and_says_its_day() -> None:
    late = _loop(RECOVER, date(2026, 12, 3), 60)
    assert late.startswith("!! recover Paolo: 4")
    assert late.endswith("due 14 Jul, Marta")
    assert _loop(replace(RECOVER, late=False), JULY, 60).startswith("·  recover Paolo: 4")


def test_the_card_fits_a_terminal_of_any_size() -> None:
    full = replace(PLAIN, loops=(OWED, RECOVER) * 4, changes=("new press",) * 9, summary="All well. " * 30)
    for cells in range(1, 40):
        for height in (1, 4, 12):
            assert len(lines(full, cells, height)) <= height
