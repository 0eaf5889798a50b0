"""`radar nps`: the vectors of design §6 through the command, by group, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.cli.main import main
from radar_tui.domain.company import next_quarter, quarters
from radar_tui.domain.customer import Benchmark, Contact, Customer, Market
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.response import Response
from radar_tui.store.connection import system_clock
from radar_tui.store.rows.benchmark import Benchmarks
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

SCORES = {"promoters": 10, "passives": 8, "detractors": 3}


def answered(store: Store, customer: str, promoters: int, passives: int, detractors: int) -> None:
    """One contact an answer, all recommend and today."""
    today = store.clock().date()
    scores = [10] * promoters + [8] * passives + [3] * detractors
    people = [Contact(id=f"{customer}{n}", customer_id=customer, name="P") for n in range(len(scores))]
    store.contact.save_all(people)
    store.response.save_all(
        Response(
            id=f"r{person.id}", customer_id=customer, contact_id=person.id, question="recommend",
            score=score, asked_on=today,
        )
        for person, score in zip(people, scores, strict=True)
    )  # fmt: skip


def made(path: Path, *customers: tuple[int, int, int, int]) -> str:
    """A file with customers A, B …: annual value, then counts; each in a market of its own."""
    with Store.open(path, clock=system_clock) as store:
        store.colleague.save(Colleague(id="o", name="@Marta"))
        for place, (value, *counts) in enumerate(customers):
            name = "ABC"[place]
            store.market.save(Market(id=f"m{name}", name=f"=Market {name}"))
            store.customer.save(
                Customer(id=name, name=name, market_id=f"m{name}", owner_id="o", annual_value=value)
            )
            answered(store, name, *counts)
        Benchmarks(store).save(Benchmark(id="b", market_id="mA", nps=24, source="-Survey", year=2026))
    return str(path)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["nps", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("counts", "nps", "error", "low", "high"),
    [
        ((2, 2, 2), 0, 33.3, None, None),  # scores 1, 8, 8, 10, 5, 9
        ((50, 30, 20), 30, 7.81, None, None),
        ((162, 108, 54), 33.3, 4.14, None, None),
        ((5, 0, 0), 100, 0, 17.5, 100),
        ((4, 3, 3), 10, None, -36.1, 51.4),
    ],
)
def test_the_vectors(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    counts: Any,
    nps: float,
    error: Any,
    low: Any,
    high: Any,
) -> None:
    found = json.loads(printed(capsys, "--json", "--db", made(tmp_path / "r.db", (1, *counts))))["recommend"]
    assert found["nps"] == pytest.approx(nps, abs=0.05)
    assert (found["promoters"], found["passives"], found["detractors"]) == counts
    if error is not None:
        assert found["se"] == pytest.approx(error, abs=0.05)
    if low is not None:
        assert (found["low"], found["high"]) == pytest.approx((low, high), abs=0.05)


def test_a_quarter_says_whether_it_differs_from_the_one_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """50/30/20, then 40/30/30: z 1.73, no arrow. Then nobody but promoters: risen."""
    path = made(tmp_path / "r.db", (1, 40, 30, 30), (1, 50, 30, 20), (1, 40, 0, 0))
    with Store.open(tmp_path / "r.db", clock=system_clock) as store:
        first = quarters(store.clock().date())[-3]
        second = next_quarter(first)
        for customer, start in (("B", first), ("A", second), ("C", next_quarter(second))):
            store.connection.execute(
                "UPDATE response SET asked_on = ? WHERE customer_id = ?", [start.isoformat(), customer]
            )
    lines = json.loads(printed(capsys, "--by", "quarter", "--json", "--db", path))
    found = [(line["nps"], line["z"], line["moved"]) for line in lines if line["question"] == "recommend"]
    assert found == [
        (30, None, None),
        (10, pytest.approx(1.73, abs=0.005), "same"),
        (100, pytest.approx(8.80, abs=0.01), "risen"),
    ]
    assert "  risen\n" in printed(capsys, "--by", "quarter", "--db", path)


def test_three_aggregates_with_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = made(tmp_path / "r.db", (100, 8, 1, 1), (700, 0, 0, 1), (200, 1, 1, 0))
    found = json.loads(printed(capsys, "--json", "--db", db))["recommend"]
    assert found["pooled"] == pytest.approx(53.8, abs=0.05)
    assert found["mean_of_customers"] == pytest.approx(6.7, abs=0.05)
    assert found["weighted"] == pytest.approx(-53.0, abs=0.05)
    words = printed(capsys, "--db", db).splitlines()[1]
    assert (
        words.strip() == "pooled respondents +54, mean of customers +7, weighted by annual value in EUR −53"
    )


def test_a_score_of_few_has_no_interval_in_a_table_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three promoters would stand as +100 [−38, +98], an interval without its own score."""
    db = made(tmp_path / "r.db", (100, 3, 0, 0))
    assert "[" not in printed(capsys, "--by", "market", "--db", db)
    db = made(tmp_path / "more.db", (100, 5, 0, 0))
    assert "[+17, +100]" in printed(capsys, "--by", "market", "--db", db)


def test_what_a_score_leaves_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = made(tmp_path / "r.db", (100, 8, 1, 1), (0, 0, 0, 1))
    assert "(1 has no value: left out)" in printed(capsys, "--db", db)
    assert json.loads(printed(capsys, "--json", "--db", db))["recommend"]["without_value"] == 1
    for words in (("--db", db), ("--by", "role", "--db", db)):
        assert "still there, at customers neither archived nor former" in printed(capsys, *words)


@pytest.mark.parametrize("by", ["market", "quarter", "owner", "role"])
def test_every_group_adds_up_to_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    db = made(tmp_path / "r.db", (100, 8, 1, 1), (700, 0, 0, 1), (200, 1, 1, 0))
    whole = json.loads(printed(capsys, "--json", "--db", db))["recommend"]
    rows = json.loads(printed(capsys, "--by", by, "--json", "--db", db))
    assert {row["question"] for row in rows} == {"recommend", "retain"}
    for key in ("n", *SCORES):
        assert sum(row[key] for row in rows if row["question"] == "recommend") == whole[key]
    table = printed(capsys, "--by", by, "--db", db).splitlines()
    assert table[0].startswith(by.capitalize())
    assert len(table) == len(rows) + 2


def test_csv_holds_no_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = made(tmp_path / "r.db", (100, 0, 1, 3))
    [first, _] = csv.DictReader(io.StringIO(printed(capsys, "--by", "market", "--csv", "--db", db)))
    assert (first["market"], first["source"], first["nps"]) == ("'=Market A", "'-Survey", "-75.0")
    [first, _] = csv.DictReader(io.StringIO(printed(capsys, "--by", "owner", "--csv", "--db", db)))
    assert first["owner"] == "'@Marta"
    with Store.open(tmp_path / "r.db") as store:
        [row] = store.colleague.where()
        store.colleague.save(row.model_copy(update={"name": "\x1b[31mred\x07"}))
    assert "\x1b" not in printed(capsys, "--by", "owner", "--csv", "--db", db), "a terminal may show it"


def test_json_or_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nps", "--json", "--csv"]) == 2
    assert main(["nps", "--by", "weather"]) == 2
    assert "radar nps --help" in capsys.readouterr().err


def test_nobody_has_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(tmp_path / "r.db").close()
    db = str(tmp_path / "r.db")
    assert printed(capsys, "--by", "owner", "--db", db) == "Nobody has answered yet.\n"
    assert printed(capsys, "--by", "owner", "--csv", "--db", db) == ""
    assert json.loads(printed(capsys, "--by", "role", "--json", "--db", db)) == []


def test_no_control_character_of_a_stored_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a command prints and whoever forgot to make it safe."""
    import sys

    from radar_tui.cli.running import Printed

    out = Printed(sys.stdout)
    print("EUR\x1b[2J\x9b1m\u202e", file=out)
    assert capsys.readouterr().out == "EUR␛[2J\ufffd1m\n"
