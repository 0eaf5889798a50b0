"""What is looked up before a visit: `radar due`, `radar brief`, `radar checklists`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from radar_tui.cli.running import opened, print_json, the_customer

if TYPE_CHECKING:
    import argparse

    from radar_tui.domain.brief import Brief
    from radar_tui.store.lists.radar import RadarRow
    from radar_tui.store.store import Store


def due(parsed: argparse.Namespace) -> int:
    from radar_tui.domain.text import plural

    with opened(parsed) as store:
        today = store.clock().date()
        counts = store.radar.counts(today)
        # In the order of the Radar those due come first.
        limit = counts.all if parsed.all else counts.late + counts.due
        rows = store.radar.page(today, 0, limit) if limit else []
        if parsed.json:
            print_json([_due_object(row, store) for row in rows])
            return 0
        if not counts.all:
            print("No customers yet. Add them with: radar. Look at the sample with: radar demo")
        elif not rows:
            print(f"Nobody is due in the next 14 days; {plural(counts.all, 'customer')} on the radar.")
        else:
            for line in _due_table(rows, store):
                print(line)
    return 0


def _due_table(rows: list[RadarRow], store: Store) -> list[str]:
    from shutil import get_terminal_size

    from radar_tui.domain.cadence import band
    from radar_tui.domain.columns import fitted
    from radar_tui.domain.days import day_words

    today = store.clock().date()
    glyphs = {"late": "!!", "due": " !", "fine": " ·"}
    width = max(60, min(get_terminal_size().columns, 120))
    name = 24 + (width - 80) // 2 if width > 80 else 24
    days = [day_words(row.last_seen, today) or "–" for row in rows]
    seen = max(6, *map(len, days))
    reason = width - name - seen - 30
    head = f"   {'Customer':<{name}}  {'Seen':>{seen}}  {'Due':<12} Rec Ret Open  Reason to visit"
    lines = [head[:width]]
    for row, day in zip(rows, days, strict=True):
        here = "▶ " if row.in_progress_since else ""
        lines.append(
            f"{glyphs[band(row.due_on, today, row.cadence_days)]} {fitted(here + row.name, name)}  "
            f"{day:>{seen}}  {fitted(_due_words(row, store), 12)} "
            f"{_score(row.recommend)} {_score(row.retain)} {row.open:>4}  {fitted(row.reason, reason)}".rstrip()
        )
    return lines


def _due_words(row: RadarRow, store: Store) -> str:
    if row.due_on is None:
        return "now"
    late = (store.clock().date() - row.due_on).days
    return f"{late} d late" if late > 0 else "today" if late == 0 else f"in {-late} d"


def _score(score: int | None) -> str:
    return f"{'–' if score is None else score:>3}"


def _due_object(row: RadarRow, store: Store) -> dict[str, object]:
    from radar_tui.domain.cadence import band, days_late

    today = store.clock().date()
    return {
        "customer_id": row.customer_id,
        "name": row.name,
        "last_seen": row.last_seen.isoformat() if row.last_seen else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "days_late": days_late(row.due_on, today),
        "urgency": band(row.due_on, today, row.cadence_days),
        "planned_on": row.planned_on.isoformat() if row.planned_on else None,
        "in_progress_since": row.in_progress_since.isoformat() if row.in_progress_since else None,
        "cadence_days": row.cadence_days,
        "recommend": row.recommend,
        "recommend_of": row.recommend_of,
        "retain": row.retain,
        "retain_of": row.retain_of,
        "card": row.card,
        "open": row.open,
        "reason": row.reason,
        "reasons": [{**asdict(why), "day": why.day.isoformat() if why.day else None} for why in row.reasons],
    }


def brief(parsed: argparse.Namespace) -> int:
    from radar_tui.store.lists import brief as briefs

    with opened(parsed) as store:
        customer_id, _ = the_customer(store, " ".join(parsed.customer))
        card = briefs.brief(store, customer_id, store.clock().date())
        if parsed.json:
            print_json(_brief_object(customer_id, card))
            return 0
        for line in briefs.lines(card, 80, 24):
            print(line)
    return 0


def _brief_object(customer_id: str, card: Brief) -> dict[str, object]:
    from radar_tui.domain.brief import openers

    loops = [
        {
            "kind": loop.kind, "who": loop.who, "text": loop.words, "play": loop.play, "status": loop.status,
            "since": loop.since, "due_on": loop.due_on, "late": loop.late, "owner": loop.owner,
        }
        for loop in card.loops
    ]  # fmt: skip
    people = [{**asdict(one), "may_be_asked": one.may_be_asked(card.today)} for one in card.people]
    return {
        "customer_id": customer_id,
        "name": card.name,
        "last_seen": card.last_seen,
        "due_on": card.due_on,
        "planned_on": card.planned_on,
        "sentences": [asdict(sentence) for sentence in openers(card)],
        "loops": loops,
        "people": people,
        "promises": [asdict(promise) for promise in card.promises],
        "wants": [asdict(want) for want in card.wants],
        "changes": card.changes,
        "items": card.items,
    }


def checklists(_: argparse.Namespace) -> int:
    from radar_tui import paths
    from radar_tui.checklists.loader import library
    from radar_tui.domain.columns import fitted
    from radar_tui.domain.text import one_line, plural

    folder = paths.user_checklists()
    found = library(folder)
    for checklist in found.checklists:
        questions = sum(len(step.questions) for step in checklist.steps)
        print(
            f"{fitted(checklist.title, 28)} {fitted(f'{checklist.key} {checklist.version}', 26)} "
            f"{plural(len(checklist.steps), 'step')}, {plural(questions, 'question')}"
            f" · {one_line(found.sources[checklist.key])}"
        )
    print(f"Your own: one .toml file each in {folder}")
    for problem in found.problems:
        print(f"!! {one_line(str(problem))}", file=sys.stderr)
    return 1 if found.problems else 0
