"""What must not be loaded before the first customers can be read (design §8), in fresh interpreters."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"pydantic", "sqlite_utils", "platformdirs", "uuid_utils", "tomllib", "statistics"}
"""Measured at tens of milliseconds each; none is needed to show whom to visit."""

LOADED = "import json, sys; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)))"

FIRST_PAGE = """
import sys
from pathlib import Path
import radar_tui.cli.main
from radar_tui.store.store import Store
with Store.open(Path(sys.argv[1])) as store:
    store.local.settings()
    today = store.clock().date()
    assert store.radar.counts(today).all == 1
    [row] = store.radar.page(today)
    assert row.name == "Aurora"
"""


def loaded_by(script: str, *arguments: str) -> set[str]:
    """The top modules in memory at the end of a script."""
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{LOADED}", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "radar.db"
    with Store.open(path) as store, store.transaction() as connection:
        connection.execute("INSERT INTO customer (id, name, kind) VALUES ('c', 'Aurora', 'both')")
    return path


def test_the_command_alone_loads_next_to_nothing() -> None:
    loaded = loaded_by("import radar_tui.cli.main")
    assert not loaded & (HEAVY | {"textual", "rich", "sqlite3", "argparse", "subprocess", "asyncio"})


def test_the_first_page_needs_no_models(db: Path) -> None:
    loaded = loaded_by(FIRST_PAGE, str(db))
    assert "sqlite3" in loaded
    assert not loaded & (HEAVY | {"textual", "rich", "argparse", "asyncio", "unittest"})


def test_the_app_shows_its_customers_before_anything_heavy(db: Path) -> None:
    """The whole first screen: Textual itself brings platformdirs, the rest comes after the paint."""
    loaded = loaded_by(
        "import sys; from pathlib import Path; import radar_tui.cli.main; from radar_tui.store.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "from radar_tui.ui.app import RadarApp; import radar_tui.ui.screens.radar.screen\n"
        "app = RadarApp(store)",
        str(db),
    )
    assert "textual" in loaded
    assert not loaded & (HEAVY - {"platformdirs"})


@pytest.mark.parametrize(
    "module",
    [
        "radar_tui.errors",
        "radar_tui.paths",
        "radar_tui.settings",
        "radar_tui.domain.brief",
        "radar_tui.domain.cadence",
        "radar_tui.domain.columns",
        "radar_tui.domain.days",
        "radar_tui.domain.money",
        "radar_tui.domain.nps",
        "radar_tui.domain.text",
        "radar_tui.store.file.backup",
        "radar_tui.store.rows.local",
        "radar_tui.store.file.opening",
        "radar_tui.store.lists.radar",
        "radar_tui.store.store",
    ],
)
def test_what_the_first_screen_uses_is_light_on_its_own(module: str) -> None:
    assert not loaded_by(f"import {module}") & (HEAVY | {"textual", "rich"})


def test_opening_a_file_changes_nothing_and_needs_no_migration(db: Path) -> None:
    before = db.read_bytes()
    loaded_by(FIRST_PAGE, str(db))
    assert db.read_bytes() == before
