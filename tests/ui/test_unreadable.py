"""With rows in the file that no Radar writes, every place shows what it shows without them, and says that they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.ui.every_place import PARTS
from tests.ui.test_every_screen import each_place, is_clean, stands_well
from tests.ui.world import build, shown
from tests.unreadable import planted

if TYPE_CHECKING:
    from radar_tui.ui.app import RadarApp


@pytest.mark.parametrize("part", PARTS)
async def test_every_place_shows_what_it_shows_without_them(store: Store, part: str) -> None:
    customer = build(store).customer
    store.customer.save(Customer(id=new_id(), name="Other"))
    store.backup.make()
    spoiled = store.path.with_name("spoiled.db")
    store.connection.execute("VACUUM INTO ?", [str(spoiled)])
    seen: list[dict[str, str]] = []
    for path in (store.path, spoiled):
        found: dict[str, str] = {}
        seen.append(found)

        def look(app: RadarApp, place: str, found: dict[str, str] = found) -> None:
            stands_well(app, place)
            is_clean(app, place)
            found[place] = shown(app)

        with Store.open(path, clock=store.clock) as opened:
            if path == spoiled:
                with opened.transaction() as connection:
                    count = len(list(planted(connection)))
                assert count > 500
            walked = await each_place(opened, customer, (80, 24), look, [part])
            assert walked > 40, walked
    sound, other = seen
    assert list(sound) == list(other)
    for place in sound:
        if place.startswith(("sync", "keys of sync")):
            continue  # they name the file and its size
        here, there = sound[place].split("\n"), other[place].split("\n")
        if here[1] != there[1]:  # the head of a customer
            assert re.search("[0-9]+ rows cannot be read: radar check$", there[1]), place
            del here[1], there[1]
        assert here == there, place
