"""What is shown tells no secret."""

from __future__ import annotations

import pytest

from radar_tui.errors import RadarError, without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("//user:SECRET@host/share", "//…@host/share"),
        (r"\\user:SEC@RET@host\share", r"\\…@host\share"),
        (
            "https://SECRET@host/x is away; see s3://KEY:SECRET@b/c.",
            "https://…@host/x is away; see s3://…@b/c.",
        ),
        ("az://c/team?sv=2022&sig=SECRET%3D&se=9", "az://c/team?sv=2022&sig=…&se=9"),
        ("/mnt/x?X-Amz-Signature=SECRET", "/mnt/x?X-Amz-Signature=…"),
        ("/home/marta@work/team", "/home/marta@work/team"),
        ("file:///mnt/marta@work?", "file:///mnt/marta@work?"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
    error = RadarError(f"No hub at {address}", f"radar hub join {address}")
    assert "SECRET" not in f"{error!r} {error} {error.args}"
