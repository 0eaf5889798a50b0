"""`radar report`: writes one PDF whole or not at all, and never over a file that somebody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar_tui.cli.main import main
from radar_tui.store.store import Store
from tests.reports.read import text_of
from tests.ui.world import build


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "radar.db"
    with Store.open(path) as store:
        build(store)
    return str(path)


def test_the_newest_visit_goes_into_the_file_that_is_named(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "left.pdf"
    assert main(["report", "visit", "aurora", "-o", str(out), "--db", db]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert "Visit report Aurora Tissue" in " ".join(text_of(out.read_bytes()))
    assert out.stat().st_mode & 0o077 == 0


def test_letters_that_no_font_has_are_said(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(Path(db)) as store:
        [customer] = store.customer.where()
        store.customer.save(customer.model_copy(update={"name": "Aurora \U00012000"}))
    assert main(["report", "customer", "aurora", "-o", str(tmp_path / "a.pdf"), "--db", db]) == 0
    assert capsys.readouterr().err == "No font of this laptop has \U00012000: boxes in the PDF.\n"


def test_no_file_is_replaced_unasked_and_the_database_never(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "left.pdf"
    out.write_text("mine")
    assert main(["report", "visit", "aurora", "-o", str(out), "--db", db]) == 1
    assert out.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert main(["report", "visit", "aurora", "-o", str(out), "--force", "--db", db]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert main(["report", "visit", "aurora", "-o", db, "--force", "--db", db]) == 1
    assert "the database itself" in capsys.readouterr().err
    assert main(["report", "visit", "aurora", "-o", str(tmp_path / "no" / "x.pdf"), "--db", db]) == 1
    assert "cannot be written" in capsys.readouterr().err
    for wrong in ("~nosuch/x.pdf", f"{tmp_path}/{'a' * 300}.pdf"):
        assert main(["report", "visit", "aurora", "-o", wrong, "--db", db]) == 1
        assert "be written" in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix in (".pdf", ".part")) == [
        "left.pdf"
    ]


def test_without_a_name_it_is_called_by_what_it_is(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "visit", "aurora", "--db", db]) == 0
    [made] = tmp_path.glob("visit-report-aurora-tissue-*.pdf")
    assert capsys.readouterr().out.strip() == made.name


@pytest.mark.parametrize(
    ("arguments", "title"), [(["customer", "aurora"], "Customer review"), (["company"], "Company, Q")]
)
def test_what_is_for_the_office_says_so_on_every_page(
    db: str, tmp_path: Path, arguments: list[str], title: str
) -> None:
    out = tmp_path / "office.pdf"
    assert main(["report", *arguments, "-o", str(out), "--db", db]) == 0
    pages = text_of(out.read_bytes())
    assert title in pages[0]
    assert all("Internal – not for customers" in page for page in pages)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["visit"], "Of which customer?"),
        (["company", "aurora"], "not of one customer"),
        (["visit", "nobody"], "No customer is called"),
        (["service", "aurora"], "No service review has taken place"),
    ],
)
def test_what_it_cannot_report_it_says(
    db: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *arguments, "--db", db]) == 1
    assert said in capsys.readouterr().err
