"""Servers of buckets on loopback: Azurite (Azure Blob Storage) by npm, moto (S3) by pip."""

from __future__ import annotations

import base64
import email.utils
import hashlib
import hmac
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AZURITE = "azurite@3.35.0"
# Azurite's one account, the same everywhere and known to everybody (Azurite's README, “Default Storage Account”).
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
_PATIENCE = 60


@contextmanager
def azurite(folder: Path) -> Iterator[str]:
    """Azurite, installed into `folder` and running; its URL. Skips the test where there is no Node.js or no npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip(
            "Azurite needs Node.js with npm, which is not installed here: the Azure hub was not asked"
        )
    got = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder), AZURITE],
        capture_output=True,
        text=True,
        timeout=600,
    )
    if got.returncode:
        pytest.skip(f"npm could not install {AZURITE}, so the Azure hub was not asked: {got.stderr[-300:]}")
    port = _free_port()
    main = folder / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
    options = ["--blobHost", "127.0.0.1", "--blobPort", str(port), "--location", str(folder / "data")]
    server = subprocess.Popen(
        [node, str(main), *options, "--silent", "--skipApiVersionCheck", "--disableTelemetry"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _listening(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(_PATIENCE)


@contextmanager
def s3_server() -> Iterator[str]:
    """moto's S3 server, running in this process; its URL."""
    server = pytest.importorskip(
        "moto.server", reason="moto is not installed (pip install '.[hubs]'): the S3 hub was not asked"
    )
    port = _free_port()
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    running.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.stop()


def make_container(url: str, name: str) -> None:
    """Make a container on Azurite: Radar itself never makes one (Azure's “Authorize with Shared Key”)."""
    date, version = email.utils.formatdate(usegmt=True), "2021-08-06"
    headers = {"x-ms-date": date, "x-ms-version": version}
    lines = ["PUT", *[""] * 11, *(f"{key}:{value}" for key, value in headers.items())]
    lines[5] = "application/octet-stream"
    lines.append(f"/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container")
    signed = hmac.new(base64.b64decode(KEY), "\n".join(lines).encode(), hashlib.sha256).digest()
    headers |= {
        "Authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(signed).decode()}",
        "Content-Type": lines[5],
        "Content-Length": "0",
    }
    _put(f"{url}/{ACCOUNT}/{name}?restype=container", headers)


def make_bucket(url: str, name: str) -> None:
    """Make a bucket on moto, which asks nobody who they are."""
    _put(f"{url}/{name}", {"Content-Length": "0"})


def _put(url: str, headers: dict[str, str]) -> None:
    request = urllib.request.Request(url, method="PUT", headers=headers, data=b"")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=_PATIENCE) as answer:
        assert answer.status in (200, 201)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listening(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "Azurite ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Azurite does not listen")


def without_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own credentials reach a test, nor does a proxy stand between it and loopback."""
    for variable in list(os.environ):
        if variable.upper().startswith(("AWS_", "AZURE_", "AZURITE_", "GOOGLE_")):
            monkeypatch.delenv(variable)
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(variable, "127.0.0.1,localhost")
