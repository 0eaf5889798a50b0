"""What the brief says and what Radar gives as reasons to visit, against the truth."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from radar_tui.cli import looking, main
from tests.truth.sentences import Said, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth
    from tests.truth.rows import Customer

Difference = tuple[str, str, object, object]
ORDER = (
    "unhappy", "Call overdue", "Loop overdue", "Action overdue", "out_of_service", "near_limit", "to_report", "Fixed",
    "Call due", "Off target", "Action due", "in_progress", "Stream planned", "Planned", "Never visited", "Every",
)  # fmt: skip


def differences(
    store: Store,
    truth: Truth,
    told: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Difference]:
    """`told` is what `radar due --all --json` said."""
    for row, one in zip(told, truth.on_the_radar, strict=True):
        yield from _reasons(row, Talk(truth, one))
    monkeypatch.setattr(looking, "opened", lambda _: nullcontext(store))
    for one in truth.rows.customers:
        monkeypatch.setattr(looking, "the_customer", lambda *_, one=one: (one.id, one.name))
        assert main.main(["brief", one.name, "--json"]) == 0
        yield from _brief(json.loads(capsys.readouterr().out), one, Talk(truth, one))


def _reasons(row: dict[str, Any], talk: Talk) -> Iterator[Difference]:
    name, told = talk.customer.name, {}
    for each in row["reasons"]:
        if each["kind"] not in ("unhappy", "in_progress", "out_of_service", "near_limit", "to_report"):
            begins = each["text"].split(": ")[0].split(" 1")[0]
            begins = next((one for one in ("Planned", "Every") if begins.startswith(one)), begins)
            told[begins] = (each["count"], each["day"], each["who"])
    so = {
        begins: (count, day and day.isoformat(), who) for begins, (count, day, who) in talk.reasons().items()
    }
    yield "due --json", f"{name} reasons", told, so
    kinds = [_place(each["kind"], each["text"]) for each in row["reasons"]]
    yield "due --json", f"{name} order", kinds, sorted(kinds)
    unhappy = [(each["count"], each["day"]) for each in row["reasons"] if each["kind"] == "unhappy"]
    days = {str(answer.asked_on) for duty, answer in talk.truth.of(talk.customer) if duty.status == "open"}
    yield "due --json", f"{name} unhappy", all(count == 1 and day in days for count, day in unhappy), True


def _place(kind: str, text: str) -> int:
    """Where it stands among all that there may be, the best first."""
    return next(place for place, one in enumerate(ORDER) if one == kind or text.startswith(one))


def _brief(told: dict[str, Any], one: Customer, talk: Talk) -> Iterator[Difference]:
    where, said = "brief --json", [
        Said(each["kind"], tuple(each["to"]), each["about"], each["day"], each["count"]) for each in told["sentences"]
    ]  # fmt: skip
    so = [replace(each, day=_text(each.day)) for each in talk.sentences()]  # type: ignore[arg-type]
    yield where, f"{one.name} sentences", said, so
    yield where, f"{one.name} words", [_unsaid(each) for each in told["sentences"]], [""] * 3
    people = [talk.person(each) for each in talk.room]
    names = list(people[0]) if people else []
    yield (
        where,
        f"{one.name} people",
        [[each[name] for name in names] for each in told["people"]],
        _plain(people),
    )
    loops = talk.loops()
    names = list(loops[0]) if loops else []
    yield (
        where,
        f"{one.name} loops",
        [[each[name] for name in names] for each in told["loops"]],
        _plain(loops),
    )
    promises = [
        [each["title"], each["kept"], each["seen_on"], tuple(each["said_by"])] for each in told["promises"]
    ]
    yield where, f"{one.name} promises", promises, [[*map(_text, each)] for each in talk.promises()]
    wants = [(each["title"], each["decision"], tuple(each["said_by"])) for each in told["wants"]]
    yield where, f"{one.name} wants", wants, talk.wants()
    planned = talk.truth.planned(one)
    yield where, f"{one.name} planned", told["planned_on"], _text(planned)
    seen = talk.held[0][0] if talk.held else None
    yield where, f"{one.name} seen", told["last_seen"], _text(seen)


def _unsaid(sentence: dict[str, Any]) -> str:
    """What a sentence should say and does not: what it is about, with its day and count, and nothing of ours."""
    words, about = sentence["text"], sentence["about"]
    if sentence["count"] and sentence["kind"] == "opening" and f"{sentence['count']} day" not in words:
        return f"{sentence['count']} days"
    shown = about.split(", ")[:3] if sentence["kind"] in ("out_of_service", "near_limit") else [about[:38]]
    return next((part for part in shown if part.rstrip(".") not in words), "")


def _plain(rows: list[dict[str, object]]) -> list[list[object]]:
    return [[*map(_text, row.values())] for row in rows]


def _text(value: object) -> object:
    """A day as JSON has it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
