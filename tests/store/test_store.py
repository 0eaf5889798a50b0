"""The roof: each noun is there, is what mypy takes it for, and is loaded when it is first asked for."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.store import Noun, Store

if TYPE_CHECKING:
    from pathlib import Path


def test_each_noun_is_of_the_class_that_its_annotation_names(store: Store) -> None:
    nouns = [name for name, value in vars(Store).items() if isinstance(value, Noun)]
    assert len(nouns) >= 27
    for name in nouns:
        noun = getattr(store, name)
        assert Store.__annotations__[name] == f"Noun[{type(noun).__name__}]"
        assert getattr(store, name) is noun


def test_a_noun_is_loaded_when_it_is_asked_for(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from radar_tui.store.store import Store\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    before = 'radar_tui.store.rows.want' in sys.modules\n"
        "    store.want\n"
        "    print(before, 'radar_tui.store.rows.want' in sys.modules)"
    )
    path = str(tmp_path / "radar.db")
    said = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.split() == ["False", "True"]


def test_a_text_that_is_no_utf_8_ends_no_query_and_stays_as_it_is(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO market (id, name) VALUES ('m', CAST(x'50756CFF70' AS TEXT))")
    assert store.row("SELECT name FROM market")[0] == "Pul\ufffdp"
    assert store.market.get("m").name == "Pul\ufffdp"
    assert store.row("SELECT CAST(name AS BLOB) FROM market")[0] == b"Pul\xffp"
    with pytest.raises(sqlite3.OperationalError):  # what sync reads it as
        store.connection.execute("SELECT name FROM market").fetchone()
