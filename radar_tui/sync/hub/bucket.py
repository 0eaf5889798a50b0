"""A hub in a bucket: S3 and what speaks like it, Azure Blob Storage, Google Cloud Storage, all through obstore.

Names are put create-only, so that the store itself decides who was first. Credentials come from the environment or the
places that obstore knows; none is kept here, and no text of the library is shown, since it may repeat a signed address.
obstore is imported with the first request. It runs threads of its own and hangs in a forked process: never fork.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from radar_tui.sync.hub.stores import (
    LARGEST,
    LARGEST_FILE,
    SAFE,
    HubUnreachable,
    NotThere,
    outbox_name,
    own_name,
    readable_parts,
    too_large,
    unfit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_CONNECT = 5
"""Seconds to wait for a connection."""
_ANSWER = 30
"""Seconds to wait for the next sign of life."""
_SLOWEST = 25_000
"""Bytes a second of the slowest line on which a large object still goes up."""
_SMALL = 500_000
_LONGEST = LARGEST_FILE // _SLOWEST
_BACKOFF = timedelta(milliseconds=100)
_RETRIES = 2
_WAITS = (0.2, 0.4)
"""Seconds after each try to put an object but the last."""
_PAGE = 1000
# What obstore takes from the environment for its connections, and no longer takes once it is given options.
_CONNECTION = (
    "allow_http",
    "allow_invalid_certificates",
    "proxy_url",
    "proxy_ca_certificate",
    "proxy_excludes",
    "root_certificate",
)
_ENVIRONMENT = {"s3": "AWS", "az": "AZURE", "gs": "GOOGLE"}
_CREDENTIALS = {
    "s3": "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or what your cloud gives you) and sync again.",
    "az": "Set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY (or another credential) and sync again.",
    "gs": "Set GOOGLE_APPLICATION_CREDENTIALS to your key file, or sign in with gcloud, and sync again.",
}
_ASK = "Ask whoever keeps the bucket, then sync again."
_NO_CREATE = "has no create-only writes"


class _Failure(NamedTuple):
    """What a request came to, without the library's own error: that may hold a signed address."""

    happened: str
    advice: str
    kind: str = (
        "other"  # "absent": no such object; "taken": the name stands; "unfit": no create-only writes here
    )


# Looked for in this order in the text of an error; the first that is found says what happened. A token that could not
# be fetched for want of a network is no fault of the credentials, so the network comes first.
_SIGNS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        r"NoSuchBucket|ContainerNotFound|bucket does not exist",
        "is not there",
        "Make the bucket or name another one.",
    ),
    (r"RequestTimeTooSkewed", "refuses this laptop's clock", "Set the clock right, then sync again."),
    (
        r"BareRedirect|PermanentRedirect|AuthorizationHeaderMalformed",
        "is in another region",
        "Set AWS_REGION to the bucket's own.",
    ),
    (
        r"\bBadScheme\b",
        "is reached by http:// only",
        "Use https://, or set {}_ALLOW_HTTP=true for a server of your own.",
    ),
    (r"169\.254\.169\.254|metadata\.google", "has no credentials on this laptop", "credentials"),
    (
        r"error sending request|operation timed out|dns error|error decoding response body|"
        r"kind: (?:Connect|Timeout|Request|Interrupted)\b",
        "cannot be reached",
        "Connect to the network, then sync again.",
    ),
    (r"QuotaExceeded|InsufficientStorage|status code: 507", "is full", "Make room there, then sync again."),
    (r"EntityTooLarge|RequestBodyTooLarge|status code: 413", "does not take an object of this size", _ASK),
    (r"NotImplemented|status code: 501", _NO_CREATE, "Choose another place for the hub."),
    (
        r"MissingAccount|Account must be specified|Invalid ?Access ?Key|Missing(?:AccessKey|SecretAccessKey|Password)|"
        r"(?:Open|Decode|Missing)Credentials|TokenRequest|AzureCli|WebIdentity|InvalidGrant",
        "has no valid credentials on this laptop",
        "credentials",
    ),
    (r"status code: 401|Unauthenticated", "does not accept the credentials of this laptop", "credentials"),
    (
        r"SignatureDoesNotMatch|InvalidAccessKeyId|AuthenticationFailed|ExpiredToken",
        "does not accept the credentials of this laptop",
        "credentials",
    ),
    (r"status code: 403|PermissionDenied", "does not let you list, read and write", _ASK),
    (r"status code: (?:429|5\d\d)", "is busy or out of order", "Sync again later."),
)


class BucketStore:
    """The objects of a hub in a bucket, under a prefix."""

    kept_by_cloud = False

    def __init__(self, scheme: str, bucket: str, prefix: str) -> None:
        self._scheme = scheme
        self._url = f"{scheme}://{bucket}/{prefix}" if prefix else f"{scheme}://{bucket}"
        self._connected: Any = None

    @property
    def address(self) -> str:
        """The URL of the bucket and prefix."""
        return self._url

    def create(self, name: str, data: bytes) -> bool:
        """See ObjectStore. obstore tries again by itself and may then meet its own object, and a time-out may still
        have arrived: after any failure what stands under the name decides."""
        own_name(name)
        waits = list(_WAITS)
        while True:
            if (failure := self._put(name, data)) is None:
                return True
            if failure.kind == "unfit":
                raise unfit(self.address)
            try:
                standing = self.get(name, max(LARGEST, len(data)))
            except HubUnreachable:
                raise self._words(failure) from None
            if standing is not None:
                return standing == data
            # Taken, but not there: the other's write was refused after all, so it is worth another try.
            if failure.kind != "taken" or not waits:
                raise self._words(failure)
            time.sleep(waits.pop(0))

    def get(self, name: str, most: int = LARGEST) -> bytes | None:
        """See ObjectStore."""
        return self._found(name, most, lambda object: bytes(object.bytes()))

    def pieces(self, name: str, most: int = LARGEST_FILE) -> Iterator[bytes]:
        """See ObjectStore."""
        stream = self._found(name, most, lambda object: iter(object.stream()))
        while stream is not None:
            part, failure = self._ask(lambda *_: next(stream, None))
            if failure is not None:
                raise self._words(failure)
            if part is None:
                return
            yield bytes(part)

    def _found(self, name: str, most: int, read: Callable[[Any], T]) -> T | None:
        """What `read` makes of an object of at most `most` bytes; None if there is none."""
        if readable_parts(name) is None:
            return None

        def asked(obstore: Any, store: Any) -> T | None:
            answer = obstore.get(store, name)
            return read(answer) if answer.meta["size"] <= most else None

        answer, failure = self._ask(asked)
        if failure is None:
            if answer is None:
                raise too_large(self.address, name)
            return cast("T", answer)
        if failure.kind == "absent":
            return None
        raise self._words(failure)

    def names(self, folder: str, after: str = "") -> list[str]:
        """See ObjectStore. `after` is passed on to spare pages, but not every server heeds it."""
        if readable_parts(folder) is None:
            return []
        start = f"{folder}/{after}" if after else None

        def listed(obstore: Any, store: Any) -> set[str]:
            pages = obstore.list(store, folder, offset=start, chunk_size=_PAGE)
            return {_below(object["path"], folder) for page in pages for object in page}

        names, failure = self._ask(listed)
        if failure is not None:
            raise self._words(failure)
        return sorted(name for name in names if name > after)

    def remove(self, name: str) -> None:
        """See ObjectStore."""
        outbox_name(name)
        self._delete(name)

    def probe(self) -> None:
        """See ObjectStore."""
        name = f"probe-{secrets.token_hex(8)}"
        first, second = secrets.token_bytes(32), secrets.token_bytes(32)
        if not self.create(name, first):
            raise unfit(self.address)
        try:
            again = self._put(name, second)
            if again is None or self.get(name) != first:
                raise unfit(self.address)
            if again.kind != "taken":
                raise unfit(self.address) if again.kind == "unfit" else self._words(again)
        finally:
            self._delete(name, quietly=True)

    # Requests

    def _put(self, name: str, data: bytes) -> _Failure | None:
        """One create-only put, in one piece: a multipart upload would not be create-only everywhere."""
        seconds = 0 if len(data) <= _SMALL else _ANSWER + len(data) // _SLOWEST

        def put(obstore: Any, store: Any) -> None:
            obstore.put(store, name, data, mode="create", use_multipart=False)

        return self._ask(put, seconds)[1]

    def _delete(self, name: str, quietly: bool = False) -> None:
        failure = self._ask(lambda obstore, store: obstore.delete(store, name))[1]
        if failure is not None and failure.kind != "absent" and not quietly:
            raise self._words(failure)

    def _ask(self, request: Callable[[Any, Any], Any], seconds: int = 0) -> tuple[Any, _Failure | None]:
        """What a request brought, or how it failed. `seconds`: a large upload gets a connection of its own."""
        try:
            import obstore

            if seconds:
                return request(obstore, self._connection(seconds)), None
            if self._connected is None:
                self._connected = self._connection(0)
            return request(obstore, self._connected), None
        except Exception as error:
            return None, self._told(type(error).__name__, str(error))
        except BaseException as error:
            # A panic of the library is no Exception (PyO3); anything else, as ctrl+c, is not ours to keep.
            if type(error).__name__ != "PanicException":
                raise
            return None, self._told("PanicException", "")

    def _connection(self, seconds: int) -> Any:
        """A connection for small requests, or (`seconds`) one that may take so long for a large upload.

        The read timeout counts from the start of a request, so that it would cut a long upload off.
        """
        from obstore.store import from_url

        known = {
            key: value
            for key in _CONNECTION
            if (value := os.environ.get(f"{_ENVIRONMENT[self._scheme]}_{key.upper()}")) is not None
        }
        options: Any = {**known, "connect_timeout": f"{_CONNECT}s", "user_agent": "radar-tui"}
        if seconds:
            options["timeout"] = f"{seconds}s"
        else:
            options.update(timeout=f"{_LONGEST}s", read_timeout=f"{_ANSWER}s")
        return from_url(
            self._url,
            client_options=options,
            retry_config={
                "max_retries": _RETRIES,
                "retry_timeout": timedelta(seconds=_ANSWER),
                "backoff": {
                    "init_backoff": _BACKOFF,
                    "max_backoff": _BACKOFF * 10,
                    "base": 2,
                },
            },
        )

    # Words

    def _told(self, kind: str, text: str) -> _Failure:
        """What an error of the library means, by its class and by what servers write into it."""
        if kind == "AlreadyExistsError":
            return _Failure(
                "says that the object is there but does not show it", "Sync again later.", "taken"
            )
        # Only a server that names the missing object is believed: a proxy's or a hotel's “404” says nothing.
        if re.search(r"NoSuchKey|BlobNotFound|specified blob does not exist", text):
            return _Failure("has no such object", "Sync again later.", "absent")
        if kind in ("NotSupportedError", "NotImplementedError"):
            return _Failure(_NO_CREATE, "Choose another place for the hub.", "unfit")
        for sign, happened, advice in _SIGNS:
            if re.search(sign, f"{kind} {text}"):
                if advice == "credentials":
                    advice = _CREDENTIALS[self._scheme]
                failed = "unfit" if happened == _NO_CREATE else "other"
                return _Failure(happened, advice.format(_ENVIRONMENT[self._scheme]), failed)
        return _Failure(
            "does not answer as a bucket does", "See whether this network lets you out, then sync again."
        )

    def _words(self, failure: _Failure) -> HubUnreachable:
        kind = NotThere if failure.happened == "is not there" else HubUnreachable
        return kind(f"{self.address} {failure.happened}; {SAFE}.", failure.advice)


def _below(path: str, folder: str) -> str:
    """The part of `path` right below `folder`."""
    return path[len(folder) + 1 :].split("/", 1)[0]
