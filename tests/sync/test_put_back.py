"""An entry that is missing on the hub: the copies beside a database are named, and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Market
from radar_tui.errors import RadarError
from radar_tui.sync import engine
from radar_tui.sync.hub.hub import EntryMissing, entry_name
from radar_tui.sync.voiding import put_back
from tests.sync.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two laptops and a log of five entries, all of which both have read."""
    pair = Pair(tmp_path)
    for number in range(4):
        pair.one.market.save(Market(id=f"m{number}", name=f"Market {number}"))
        engine.sync(pair.one)
    engine.sync(pair.two)
    yield pair
    pair.close()


def entry(pair: Pair, seq: int) -> Path:
    from pathlib import Path

    return Path(pair.hub) / "log" / entry_name(seq)


@pytest.mark.parametrize("lost", [[5], [4, 5], [3, 4], [1, 2, 3, 4, 5]])
def test_copies_are_named_and_put_back(pair: Pair, lost: list[int]) -> None:
    kept = {seq: entry(pair, seq).read_bytes() for seq in lost}
    for seq in lost:
        entry(pair, seq).unlink()
    pair.two.market.save(Market(id="mine", name="Mine"))
    if 5 in lost:  # who has read further does not look at what is before
        with pytest.raises(EntryMissing) as error:
            engine.sync(pair.two)
        assert error.value.copies == tuple(lost)
        assert str(pair.two.path.with_name("radar.db.sync") / "log") in error.value.hint
        assert entry_name(lost[0]) in error.value.hint
    assert put_back(pair.two) == lost
    assert {seq: entry(pair, seq).read_bytes() for seq in lost} == kept
    assert engine.sync(pair.two).pushed == 1
    assert engine.sync(pair.one).pulled == 1


def test_only_what_the_log_itself_names_is_put_back(pair: Pair) -> None:
    entry(pair, 5).unlink()
    copy = pair.two.path.with_name("radar.db.sync") / "log" / entry_name(5)
    copy.write_bytes((copy.with_name(entry_name(4))).read_bytes())
    with pytest.raises(EntryMissing) as error:
        engine.sync(pair.two)
    assert error.value.copies == ()
    assert "NAME.db.sync" in error.value.hint
    with pytest.raises(RadarError, match="No entry that is missing"):
        put_back(pair.two)
    # The other one has it whole.
    assert put_back(pair.one) == [5]


def test_nothing_that_is_there_is_written_over(pair: Pair) -> None:
    before = entry(pair, 3).read_bytes()
    with pytest.raises(RadarError, match="No entry that is missing"):
        put_back(pair.one)
    assert entry(pair, 3).read_bytes() == before
