"""Each hub is an address under which nothing stands yet; servers are started once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.hubs.servers import azurite, make_bucket, make_container, s3_server, without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def _azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with azurite(tmp_path_factory.mktemp("azurite")) as url:
        make_container(url, "radar")
        yield url


@pytest.fixture(scope="session")
def _s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server() as url:
        make_bucket(url, "radar")
        yield url


@pytest.fixture
def azure_hub(_azurite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new place in a container of Azurite."""
    without_credentials(monkeypatch)
    monkeypatch.setenv("AZURE_STORAGE_USE_EMULATOR", "true")
    monkeypatch.setenv("AZURITE_BLOB_STORAGE_URL", _azurite)
    return f"az://radar/team-{next(_NUMBERS)}"


@pytest.fixture
def s3_hub(_s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new place in a bucket of moto."""
    without_credentials(monkeypatch)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    monkeypatch.setenv("AWS_ENDPOINT_URL", _s3)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    return f"s3://radar/team-{next(_NUMBERS)}"


@pytest.fixture(params=["azure_hub", "s3_hub"])
def hub(request: pytest.FixtureRequest) -> str:
    """A new place in each kind of bucket."""
    address: str = request.getfixturevalue(request.param)
    return address
