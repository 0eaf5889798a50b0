"""Commands with a stream that is closed, or a pipe whose reader has left: real processes, no word of ours about it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = [
    "due", "brief Nobody", "checklists", "check", "restore --list", "export csv customers -o -",
    "report company -o made.pdf --force", "sync", "--help", "nonsense", "",
]  # fmt: skip
HOW = {
    ">&-": "{} >&- 2>err",
    "2>&-": "{} >out 2>&-",
    "<&- >&- 2>&-": "{} <&- >&- 2>&-",
    "1|": "{{ {}; echo $? >code; }} 2>err | true",
    "2|": "{{ {}; echo $? >code; }} 2>&1 >out | true",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("streams")
    with Store.open(made / "radar.db") as store:
        store.customer.save(Customer(id="a", name="Aurora Tissue"))
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_without_its_streams(folder: Path, words: str) -> None:
    for name, how in HOW.items():
        for file in ("out", "err", "code"):
            (folder / file).write_text("")
        radar = f"'{sys.executable}' -m radar_tui {words} --db radar.db"
        ended = subprocess.run(["sh", "-c", how.format(radar)], cwd=folder, timeout=60, check=False)
        code = int((folder / "code").read_text() or ended.returncode)
        told = (folder / "out").read_text() + (folder / "err").read_text()
        assert code in (0, 1, 2, 141), (name, code, told)
        for wrong in ("Traceback", "made a mistake", "Exception ignored", "Errno"):
            assert wrong not in told, (name, told)
        if name == "2>&-":
            assert not told.startswith("radar: "), (
                "what was for the other stream is not printed among the figures"
            )
    with Store.open(folder / "radar.db") as store:
        assert store.customer.get("a").name == "Aurora Tissue"
