"""sample.db: current, whole, and a territory worth looking at."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.follow_up import STEPS
from radar_tui.domain.opportunity import stage_of
from radar_tui.store.file.check import faults
from radar_tui.store.store import Store
from tests.sample.build import build
from tests.sample.world import LAST_DAY, TABLES
from tests.truth.facts import Truth
from tests.truth.rows import read
from tests.truth.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.domain.opportunity import OpportunityKind

COMMITTED = Path(__file__).resolve().parents[2] / "sample.db"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sample") / "sample.db")


@pytest.fixture(scope="module")
def sample(built: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{built.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def values(sample: sqlite3.Connection, sql: str, *parameters: object) -> list[Any]:
    """The first column of a query."""
    return [row[0] for row in sample.execute(sql, parameters)]


def one(sample: sqlite3.Connection, sql: str, *parameters: object) -> Any:
    return sample.execute(sql, parameters).fetchone()[0]


def dump(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, and the schema."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        tables = values(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        rows = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables
        }
        rows["sqlite_master"] = connection.execute(
            "SELECT name, sql FROM sqlite_master ORDER BY 1"
        ).fetchall()
    return rows


def test_the_committed_sample_is_what_the_code_builds(built: Path) -> None:
    expected, found = dump(built), dump(COMMITTED)
    stale = [table for table in expected if found.get(table) != expected[table]]
    assert not stale, f"write it again with: python -m tests.sample ({', '.join(stale)} differ)"
    assert found.keys() == expected.keys()


def test_it_is_one_compact_file_with_nothing_beside_it(built: Path) -> None:
    assert [path.name for path in built.parent.iterdir()] == ["sample.db"]
    assert built.stat().st_size < 5_000_000
    with closing(sqlite3.connect(built)) as connection:
        assert one(connection, "PRAGMA journal_mode") == "delete"
        assert one(connection, "PRAGMA freelist_count") == 0
        assert one(connection, "PRAGMA integrity_check") == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert one(connection, "SELECT count(*) FROM touched") == 0


def test_it_is_as_large_as_a_territory(sample: sqlite3.Connection) -> None:
    counts = {table: one(sample, f"SELECT count(*) FROM {table}") for table in TABLES}
    assert (counts["customer"], counts["contact"], counts["item"], counts["ticket"]) == (26, 120, 600, 1500)
    assert counts["market"] == 4
    assert one(sample, "SELECT count(DISTINCT country) FROM customer") == 3
    assert 8 <= counts["colleague"] <= 12
    assert all(counts.values()), counts
    first, last = sample.execute(
        "SELECT date(min(completed_at)), date(max(completed_at)) FROM visit"
    ).fetchone()
    assert (date.fromisoformat(last) - date.fromisoformat(first)).days > 690


def test_every_word_of_every_closed_set_stands_somewhere(sample: sqlite3.Connection) -> None:
    missing = []
    for table, sql in sample.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        for column, words in re.findall(r"CHECK \((\w+) IN \(([^)]*)\)\)", sql):
            wanted = {word.strip().strip("'") for word in words.split(",")}
            found = {str(v) for v in values(sample, f"SELECT DISTINCT {column} FROM {table}")}
            missing += [f"{table}.{column}: {word}" for word in sorted(wanted - found)]
    assert missing == []


def test_every_state_of_every_play_stands_somewhere(sample: sqlite3.Connection) -> None:
    found = sample.execute("SELECT DISTINCT play, status FROM follow_up").fetchall()
    assert set(found) == {(play, step) for play, steps in STEPS.items() for step in steps}


def test_the_open_ends_of_a_row_stand_somewhere(sample: sqlite3.Connection) -> None:
    for table, condition in (
        ("customer", "archived_at IS NOT NULL"),
        ("contact", "left_on IS NOT NULL"),
        ("colleague", "left_on IS NOT NULL"),
        ("counterpart", "met_on IS NULL"),
        ("item", "retired_on IS NOT NULL"),
        ("item", "refurbished_on IS NOT NULL"),
        ("part", "archived_at IS NOT NULL"),
        ("promise", "retired_on IS NOT NULL"),
        ("promise_check", "kept IS NULL"),
        ("response", "voided_at IS NOT NULL AND void_reason <> ''"),
        ("follow_up", "gesture <> '' AND status = 'closed'"),
        ("follow_up", "status = 'called' AND outcome <> '' AND closed_at IS NULL"),
        ("ticket", "closed_at IS NULL"),
        ("ticket", "satisfied = 0 AND followed_up_on IS NULL"),
        ("ticket", "satisfied = 0 AND followed_up_on IS NOT NULL AND shown_on IS NULL"),
        ("ticket", "satisfied IS NULL AND closed_at IS NOT NULL"),
        ("finding", "measure IS NOT NULL"),
        ("answer", "flagged = 1"),
        ("visit", "customer_id IS NULL"),
    ):
        assert one(sample, f"SELECT count(*) FROM {table} WHERE {condition}") > 0, (table, condition)


def test_three_promises_stand(sample: sqlite3.Connection) -> None:
    assert one(sample, "SELECT count(*) FROM promise WHERE retired_on IS NULL") == 3


def test_five_are_late_and_three_due_within_a_fortnight(sample: sqlite3.Connection) -> None:
    due = sample.execute(
        "SELECT count(*), count(*) FILTER (WHERE due_on < '2026-12-03'), "
        "count(*) FILTER (WHERE due_on BETWEEN '2026-12-03' AND '2026-12-17'), "
        "count(*) FILTER (WHERE due_on IS NULL) FROM customer_due"
    ).fetchone()
    assert due == (24, 5, 3, 2)
    assert one(sample, "SELECT name FROM customer_due WHERE due_on IS NOT NULL ORDER BY due_on") == (
        "Aurora Tissue S.p.A."
    )


def test_nothing_has_happened_after_the_last_day(sample: sqlite3.Connection) -> None:
    assert one(sample, "SELECT value FROM local WHERE key = 'sample_last_day'") == LAST_DAY.isoformat()
    happened = {
        "visit": ("started_at", "completed_at"),
        "answer": ("answered_at",),
        "finding": ("found_at",),
        "response": ("asked_on", "voided_at"),
        "follow_up": ("closed_at",),
        "ticket": ("opened_at", "closed_at", "followed_up_on", "shown_on"),
        "item": ("installed_on", "refurbished_on", "retired_on"),
        "contact": ("left_on",),
        "counterpart": ("met_on",),
        "action": ("done_on",),
        "reading": ("as_of",),
        "scorecard": ("as_of",),
    }
    for table, columns in happened.items():
        for column in columns:
            assert one(sample, f"SELECT max({column}) FROM {table}") < "2026-12-04", (table, column)
    assert one(sample, "SELECT min(planned_on) FROM visit WHERE status = 'planned'") > "2026-12-03"


def test_rows_follow_each_other_in_time(sample: sqlite3.Connection) -> None:
    for what, sql in {
        "visits end after they start": "SELECT count(*) FROM visit WHERE completed_at <= started_at",
        "tickets close after they open": "SELECT count(*) FROM ticket WHERE closed_at <= opened_at",
        "a complaint is followed up after the ticket was closed": (
            "SELECT count(*) FROM ticket WHERE followed_up_on < date(closed_at) OR shown_on < followed_up_on"
        ),
        "nobody answers who has left": (
            "SELECT count(*) FROM response r JOIN contact c ON c.id = r.contact_id WHERE r.asked_on >= c.left_on"
        ),
        "nobody is asked twice within the rest period": (
            "SELECT count(*) FROM response a JOIN response b ON a.contact_id = b.contact_id "
            "AND a.question = b.question AND a.asked_on < b.asked_on "
            "AND julianday(b.asked_on) - julianday(a.asked_on) < 75"
        ),
        "items are not graded before they came or after they went": (
            "SELECT count(*) FROM finding f JOIN item i ON i.id = f.item_id "
            "WHERE date(f.found_at) < i.installed_on OR date(f.found_at) > i.retired_on"
        ),
        "a gesture comes after the customer confirmed": (
            "SELECT count(*) FROM follow_up WHERE gesture <> '' AND status NOT IN ('confirmed', 'closed')"
        ),
        "a closed follow-up has its outcome": (
            "SELECT count(*) FROM follow_up WHERE (status = 'closed') <> (closed_at IS NOT NULL) "
            "OR status = 'closed' AND outcome = ''"
        ),
    }.items():
        assert one(sample, sql) == 0, what


def test_each_response_has_its_follow_up_with_the_right_play(sample: sqlite3.Connection) -> None:
    wrong = one(
        sample,
        "SELECT count(*) FROM response r LEFT JOIN follow_up f ON f.response_id = r.id "
        "WHERE f.play IS NOT CASE WHEN r.score <= 6 THEN 'recover' WHEN r.score <= 8 THEN 'nudge' ELSE 'learn' END",
    )
    assert wrong == 0


def test_no_visit_is_on_a_weekend(sample: sqlite3.Connection) -> None:
    for column in ("planned_on", "started_at", "completed_at"):
        assert values(sample, f"SELECT id FROM visit WHERE strftime('%w', {column}) IN ('0', '6')") == []


def test_a_note_on_a_promise_is_about_that_promise(sample: sqlite3.Connection) -> None:
    for part, notes in (
        ("dock", "late weekend longer dates stores ordered"),
        ("report", "report ask meeting next list"),
        ("price", "price paid compared ordered"),
        ("technician", "face explain name needed"),
    ):
        said = values(
            sample,
            "SELECT DISTINCT k.note FROM promise_check k JOIN promise p ON p.id = k.promise_id "
            "WHERE k.note <> '' AND instr(p.title, ?)",
            part,
        )
        assert said
        assert not [note for note in said if not any(word in note for word in notes.split())]


def test_who_has_nothing_of_ours_speaks_of_nothing_of_ours(sample: sqlite3.Connection) -> None:
    spoken = {
        "response": ("verbatim",), "ticket": ("subject", "comment", "outcome"), "answer": ("note",),
        "want": ("title",), "visit": ("summary",), "action": ("title",),
    }  # fmt: skip
    for table, columns in spoken.items():
        for column in columns:
            said = values(
                sample,
                f"SELECT DISTINCT t.{column} FROM {table} t "
                + ("JOIN visit v ON v.id = t.visit_id " if table == "answer" else "")
                + f"WHERE {'v' if table == 'answer' else 't'}.customer_id IN (SELECT id FROM customer c "
                "WHERE c.status = 'active' AND NOT EXISTS (SELECT 1 FROM item WHERE customer_id = c.id))",
            )
            assert not [words for words in said if re.search(r"seat|valve|valvol|seal|housing", words, re.I)]


def test_items_serviceable_are_those_with_that_verdict(built: Path, sample: sqlite3.Connection) -> None:
    """On its day each newest reading is the share of the newest verdicts of the items that were in service."""
    rows = read(built)
    found = sample.execute(
        "SELECT m.customer_id, max(r.as_of), r.value FROM reading r JOIN measure m ON m.id = r.measure_id "
        "WHERE m.name = 'Items serviceable' GROUP BY m.id"
    ).fetchall()
    assert len(found) == 11
    for customer, day, value in found:
        evening = datetime.combine(date.fromisoformat(day), time(23, 59), UTC)
        verdicts = Verdicts(Truth(rows, evening))
        [there] = [one for one in rows.customers if one.id == customer]
        known = [word for word in map(verdicts.verdict, verdicts.plant(there)) if word]
        assert value == round(100 * known.count("serviceable") / len(known), 1), there.name


def test_nothing_is_refurbished_after_it_is_gone(sample: sqlite3.Connection) -> None:
    assert values(sample, "SELECT tag FROM item WHERE refurbished_on >= retired_on") == []


def test_the_stage_of_what_verdicts_called_for_follows_the_decisions(sample: sqlite3.Connection) -> None:
    decided = sample.execute(
        "SELECT o.stage, group_concat(l.decision, ',') FROM opportunity o "
        "JOIN opportunity_line l ON l.opportunity_id = o.id GROUP BY o.id"
    ).fetchall()
    for stage, decisions in decided:
        so = stage_of(decisions.split(","))
        assert stage == so or (so, stage) == ("idea", "quoted"), decisions


def test_no_text_names_a_year_since_the_demo_moves_every_date(sample: sqlite3.Connection) -> None:
    for table, columns in {
        "customer": ("notes",),
        "visit": ("summary",),
        "answer": ("note",),
        "finding": ("note",),
        "response": ("verbatim",),
        "follow_up": ("cause", "outcome", "gesture"),
        "action": ("title",),
        "opportunity": ("title",),
        "ticket": ("subject", "comment", "outcome"),
        "promise_check": ("note",),
        "want": ("title", "note"),
        "stream": ("note",),
    }.items():
        for column in columns:
            named = values(sample, f"SELECT {column} FROM {table} WHERE {column} GLOB '*20[0-9][0-9]*'")
            assert named == [], (table, column)


def test_the_price_list_has_every_model_in_every_currency_it_is_used_in(sample: sqlite3.Connection) -> None:
    missing = sample.execute(
        "SELECT DISTINCT i.model, c.currency, k.kind FROM item i JOIN customer c ON c.id = i.customer_id "
        "CROSS JOIN (SELECT 'replacement' AS kind UNION SELECT 'spares' UNION SELECT 'housing') k "
        "WHERE NOT EXISTS (SELECT 1 FROM part p WHERE p.model = i.model AND p.kind = k.kind "
        "AND p.currency = c.currency AND p.unit_price > 0 AND p.archived_at IS NULL)"
    ).fetchall()
    assert missing == []


def test_benchmarks_say_that_they_are_invented(sample: sqlite3.Connection) -> None:
    assert values(sample, "SELECT DISTINCT source FROM benchmark") == ["Invented for the sample"]
    assert one(sample, "SELECT count(DISTINCT market_id) FROM benchmark") == 4


def test_aurora_is_overdue_with_twelve_items_to_report(sample: sqlite3.Connection) -> None:
    tags = values(
        sample,
        "SELECT tag FROM item i JOIN customer c ON c.id = i.customer_id "
        "WHERE c.name = 'Aurora Tissue S.p.A.' AND i.retired_on IS NULL ORDER BY tag",
    )
    assert tags == [f"W-{number:03d}" for number in range(10, 22)]
    decider = sample.execute(
        "SELECT k.name, k.language FROM contact k JOIN customer c ON c.id = k.customer_id "
        "WHERE c.name = 'Aurora Tissue S.p.A.' AND k.role = 'decision maker'"
    ).fetchall()
    assert decider == [("Paolo Conti", "it")]
    assert one(sample, "SELECT due_on FROM customer_due WHERE name = 'Aurora Tissue S.p.A.'") == "2026-10-12"


def scores(sample: sqlite3.Connection, customer: str) -> list[int]:
    """What the decision maker of a customer answered to the recommend question, oldest first."""
    return values(
        sample,
        "SELECT r.score FROM response r JOIN contact k ON k.id = r.contact_id "
        "JOIN customer c ON c.id = r.customer_id WHERE c.name = ? AND k.role = 'decision maker' "
        "AND r.question = 'recommend' AND r.voided_at IS NULL ORDER BY r.asked_on",
        customer,
    )


def test_velden_drifts_away(sample: sqlite3.Connection) -> None:
    asked = scores(sample, "Velden Dairy Ltd")
    assert asked == sorted(asked, reverse=True)
    assert (asked[0] >= 9, asked[-1]) == (True, 3)
    halves = sample.execute(
        "SELECT count(*) FILTER (WHERE opened_at < '2025-12-03'), count(*) FILTER (WHERE opened_at >= '2025-12-03') "
        "FROM ticket t JOIN customer c ON c.id = t.customer_id WHERE c.name = 'Velden Dairy Ltd'"
    ).fetchone()
    assert halves[1] > 2 * halves[0]
    cards = values(
        sample,
        "SELECT value FROM scorecard s JOIN customer c ON c.id = s.customer_id "
        "WHERE c.name = 'Velden Dairy Ltd' ORDER BY as_of",
    )
    assert cards[0] - cards[-1] > 30
    held = values(
        sample,
        "SELECT julianday(completed_at) FROM visit v JOIN customer c ON c.id = v.customer_id "
        "WHERE c.name = 'Velden Dairy Ltd' AND v.status = 'completed' ORDER BY 1",
    )
    gaps = [after - before for before, after in pairwise(held)]
    assert gaps == sorted(gaps)


def test_cascade_was_a_detractor_and_is_a_promoter(sample: sqlite3.Connection) -> None:
    asked = scores(sample, "Cascade Foods Ltd")
    assert min(asked) <= 6
    assert asked[-1] >= 9
    story = sample.execute(
        "SELECT f.play, f.status, f.cause <> '', f.gesture <> '' FROM follow_up f "
        "JOIN response r ON r.id = f.response_id JOIN contact k ON k.id = r.contact_id "
        "WHERE k.name = 'Helen Thornton' AND r.question = 'recommend' AND r.score <= 6 ORDER BY r.asked_on DESC"
    ).fetchone()
    assert story == ("recover", "closed", 1, 1)


def test_one_visit_is_under_way_half_graded(sample: sqlite3.Connection) -> None:
    graded, of = sample.execute(
        "SELECT (SELECT count(*) FROM finding f WHERE f.visit_id = v.id), (SELECT count(*) FROM item i "
        "WHERE i.customer_id = v.customer_id AND i.retired_on IS NULL) FROM visit v WHERE v.status = 'in progress'"
    ).fetchone()
    assert 0 < graded < of


def test_answers_belong_to_questions_of_the_checklist_that_the_visit_pinned(
    sample: sqlite3.Connection,
) -> None:
    strangers = values(
        sample,
        "SELECT DISTINCT a.question FROM answer a JOIN visit v ON v.id = a.visit_id "
        "JOIN checklist k ON k.id = v.checklist_id WHERE instr(k.definition, '\"' || a.question || '\"') = 0",
    )
    assert strangers == []


def test_every_row_is_one_that_the_models_accept_and_the_file_is_sound(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(built.read_bytes())
    with Store.open(copy) as store:
        assert faults(store) == []
        settings = store.local.settings()
        assert settings.company == "Toller Refurbishing"
        assert store.radar.name_of(settings.me) == "Marta Ricci"


def test_the_visit_under_way_agrees_with_the_lines_that_its_verdicts_make(
    built: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(built.read_bytes())
    with Store.open(copy) as store:
        visit = store.visit.where("status = 'in progress'")[0]
        findings = store.finding.where("visit_id = ?", [visit.id])
        before = store.rows("SELECT id FROM opportunity_line ORDER BY id")
        wanted: dict[str, OpportunityKind] = {"unserviceable": "replacement", "deteriorating": "spares"}
        for finding in findings:
            store.opportunity.keep_in_step(visit.id, finding.item_id, wanted.get(finding.verdict))
        assert store.rows("SELECT id FROM opportunity_line ORDER BY id") == before
        checklist = store.checklist.of_visit(visit)
        step = checklist.step(visit.current_step)
        assert step is not None
        assert step.kind == "integrity"
