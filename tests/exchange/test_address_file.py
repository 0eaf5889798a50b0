"""The address book as another reader understands it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import vobject
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.text import one_line
from radar_tui.exchange.address_file import card, write_addresses
from radar_tui.store.lists.agenda import AddressRow

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store


def test_whoever_is_still_there(store: Store, tmp_path: Path) -> None:
    store.customer.save_all([Customer(id="c", name="Aurora; Tissue"), Customer(id="d", name="Borealis")])
    store.contact.save_all(
        [
            Contact(id="x", customer_id="c", name="Ada Maria B", email="a@b.example", phone="+39 1", language="it",
                    job_title="Plant manager", function="production", role="decision maker"),
            Contact(id="y", customer_id="c", name="Gone", left_on=date(2026, 1, 1)),
            Contact(id="z", customer_id="d", name="Bo"),
        ]
    )  # fmt: skip
    assert write_addresses(store, tmp_path / "a.vcf") == 2
    assert write_addresses(store, tmp_path / "b.vcf", "c") == 1
    text = (tmp_path / "b.vcf").read_text(encoding="utf-8")
    [found] = vobject.readComponents(text)
    assert (found.fn.value, found.n.value.family, found.n.value.given) == ("Ada Maria B", "B", "Ada Maria")
    assert found.org.value == ["Aurora; Tissue", "production"]
    assert (found.title.value, found.email.value, found.tel.value) == (
        "Plant manager",
        "a@b.example",
        "+39 1",
    )
    assert "decision" not in text


@given(st.text(min_size=1, max_size=200))
def test_any_name_comes_back_from_folded_lines(name: str) -> None:
    written = card(AddressRow("i", name, name, "", "", "", "", ""))
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    unfolded = written.replace(b"\r\n ", b"").decode()
    [line] = [line for line in unfolded.split("\r\n") if line.startswith("FN:")]
    plain = line.removeprefix("FN:").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    assert plain == one_line(name)
