"""`radar scorecard` as a user types it: the vectors of design §6, snapshots, and what changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.cli import main
from radar_tui.store.connection import system_clock
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TODAY = system_clock().date()
HOSTILE = "Évil [red]x[/] \x1b[31mCorp"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Aurora, with two measures of its own and a decision maker who gave a 9; and a hostile name without anything."""
    path = tmp_path / "radar.db"
    monkeypatch.setenv("RADAR_DB", str(path))
    day = TODAY.isoformat()
    with Store.open(path) as store, store.transaction() as connection:
        connection.executemany(
            "INSERT INTO customer (id, name) VALUES (?, ?)", [("a", "Aurora Tissue"), ("h", HOSTILE)]
        )
        connection.execute(
            "INSERT INTO contact VALUES ('p', 'a', 'Paolo', '', '', 'decision maker', '', '', 'it', NULL)"
        )
        connection.execute(
            "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on) "
            "VALUES ('r', 'a', 'p', 'recommend', 9, ?)",
            [day],
        )
        connection.executemany(
            "INSERT INTO measure (id, customer_id, perspective, name, unit, worst, best, weight, valid_days) "
            "VALUES (?, 'a', 'internal', ?, 'hours', 48, 4, 25, 60)",
            [("m1", "First reply"), ("m2", "Late reply"), ("m3", "Old reply")],
        )
        old = (TODAY - timedelta(days=61)).isoformat()
        connection.executemany(
            "INSERT INTO reading VALUES (?, ?, ?, ?)",
            [("1", "m1", day, 15), ("2", "m2", day, 60), ("3", "m3", old, 4)],
        )
    return path


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.main(["scorecard", *words]) == 0
    return capsys.readouterr().out


def of_aurora(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(ran(capsys, "aurora", "--json"))


def test_the_vectors_of_the_design(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = of_aurora(capsys)
    measures = {measure["name"]: measure for measure in card["measures"]}
    assert (measures["First reply"]["score"], measures["Late reply"]["score"]) == (75, 0)
    assert (measures["Old reply"]["score"], measures["Old reply"]["state"]) == (None, "stale")
    assert (measures["Recommendation"]["value"], measures["Recommendation"]["computed"]) == (90, True)
    # 25·75 + 25·0 + 20·90 + 10·0 (counterparts) + 5·0 (observation day) over 85 of 135.
    assert card["value"] == pytest.approx((25 * 75 + 20 * 90) / 85, abs=1e-3)
    assert card["coverage"] == pytest.approx(85 / 150, abs=1e-3)
    assert card["perspectives"] == {"financial": None, "customer": 90, "internal": 37.5, "learning": 0}
    assert card["stale"] == ["Old reply"]
    assert card["missing"] == ["Orders won", "Retention", "Promises kept"]
    assert card["since"] is None


def test_a_card_in_words(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ran(capsys, "aurora")
    assert text.startswith("Aurora Tissue   43 of 100, 57 % of the weights covered")
    assert "Too old to count: Old reply" in text
    assert "Nothing known yet: Orders won, Retention, Promises kept" in text
    assert "No snapshot yet" in text
    assert max(map(len, text.splitlines())) <= 80


def test_everybody_and_a_snapshot_of_each(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "snapshot" not in ran(capsys)
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM scorecard").fetchone() == (0,)
    text = ran(capsys, "--all")
    assert "\x1b" not in text
    assert f"2 snapshots of {TODAY.isoformat()} stored." in text
    assert "43     57 %      –     90     38      0  1" in text
    ran(capsys, "--all")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM scorecard").fetchone() == (2,)
    assert [card["name"] for card in json.loads(ran(capsys, "--json"))] == ["Aurora Tissue", HOSTILE]


def test_what_changed_and_why(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = TODAY - timedelta(days=20)
    with Store.open(db) as store:
        store.measure.read("m2", before, 48)
        store.scorecard.snapshot("a", before)
    text = ran(capsys, "aurora")
    assert f"Since the snapshot of {before.isoformat()}: 38 → 43" in text
    assert "Old reply                 100 → –" in text
    assert "weights beside them" in text
    assert "Recommendation              – → 90" in text
    card = of_aurora(capsys)
    since = card["since"]
    assert since["rest"] == 0
    points = sum(each["points"] for each in since["measures"]) + since["shift"]
    assert points == pytest.approx(card["value"] - since["value"], abs=0.01)


def test_a_customer_and_all_is_no_question(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["scorecard", "aurora", "--all"]) == 1
    assert "not both" in capsys.readouterr().err
