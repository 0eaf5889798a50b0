"""A bucket on loopback that speaks enough of S3 (and of Google's copy of it), and fails on demand.

For the ordinary suite: no network, no other process. What real servers do is asked in tests/hubs.
"""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable

LOST, DEAF, HANG = "lost", "deaf", "hang"
"""Faults: do it and close the connection without an answer; close without doing it; never answer."""


class FakeBucket:
    """Objects by name, and a list of faults that the next requests meet.

    `faults`: (method, fault) in order; a fault is one of the words above or (status, body). `creates_only` False: a
    server that does not know create-only puts and replaces what is there.
    """

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.faults: list[tuple[str, str | tuple[int, str]]] = []
        self.asked: list[str] = []
        self.creates_only = True
        self.answers_of_lists: Callable[[list[str]], list[str]] = list
        self.woken = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.woken.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fault(self, method: str) -> str | tuple[int, str] | None:
        """The fault that this request meets, if one is due for its method."""
        for index, (wanted, fault) in enumerate(self.faults):
            if wanted == method:
                del self.faults[index]
                return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: FakeBucket

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal of a test."""

    def _request(self, answer: Callable[[str, dict[str, list[str]], bytes], tuple[int, bytes]]) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        key = unquote(parts.path).lstrip("/").partition("/")[2]
        self.bucket.asked.append(f"{self.command} {key}")
        fault = self.bucket.fault(self.command)
        if fault == DEAF:
            self.close_connection = True
            return
        if fault == HANG:
            self.bucket.woken.wait(60)
            self.close_connection = True
            return
        if isinstance(fault, tuple):
            status, data = fault[0], fault[1].encode()
        else:
            status, data = answer(key, parse_qs(parts.query, keep_blank_values=True), body)
        if fault == LOST:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", "Thu, 03 Dec 2026 09:42:07 GMT")
        self.send_header("ETag", '"0"')
        if status < 300:
            self.send_header("x-goog-generation", "1")
        self.end_headers()
        self.wfile.write(data)

    def do_PUT(self) -> None:
        def put(key: str, _: dict[str, list[str]], body: bytes) -> tuple[int, bytes]:
            only = (
                self.headers.get("If-None-Match") == "*"
                or self.headers.get("x-goog-if-generation-match") == "0"
            )
            if key in self.bucket.objects and only and self.bucket.creates_only:
                return 412, error("PreconditionFailed")
            self.bucket.objects[key] = body
            return 200, b""

        self._request(put)

    def do_GET(self) -> None:
        def get(key: str, query: dict[str, list[str]], _: bytes) -> tuple[int, bytes]:
            if "list-type" in query:
                return 200, self._listed(query.get("prefix", [""])[0])
            if key not in self.bucket.objects:
                return 404, error("NoSuchKey")
            return 200, self.bucket.objects[key]

        self._request(get)

    def do_POST(self) -> None:
        def delete(_: str, __: dict[str, list[str]], body: bytes) -> tuple[int, bytes]:
            keys = re.findall(r"<Key>(.*?)</Key>", body.decode())
            for key in keys:
                self.bucket.objects.pop(key, None)
            rows = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return 200, f"<DeleteResult>{rows}</DeleteResult>".encode()

        self._request(delete)

    def do_DELETE(self) -> None:
        def delete(key: str, _: dict[str, list[str]], __: bytes) -> tuple[int, bytes]:
            return (204, b"") if self.bucket.objects.pop(key, None) is not None else (404, error("NoSuchKey"))

        self._request(delete)

    def _listed(self, prefix: str) -> bytes:
        """All of a prefix, `start-after` not heeded (as Azurite does not), in whatever order the test wants."""
        keys = self.bucket.answers_of_lists(
            sorted(key for key in self.bucket.objects if key.startswith(prefix))
        )
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-12-03T09:42:07.000Z</LastModified>"
            f'<ETag>"0"</ETag><Size>{len(self.bucket.objects[key])}</Size></Contents>'
            for key in keys
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()


def error(code: str) -> bytes:
    """The body of an error as S3 writes it."""
    return f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code></Error>'.encode()
