"""A hub in a bucket, through the real obstore against a server on loopback that fails on demand."""

from __future__ import annotations

import json
import os
import time
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.sync.hub import bucket as module
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.bucket import BucketStore
from radar_tui.sync.hub.stores import HubUnreachable
from tests.sync.fake_bucket import DEAF, HANG, LOST, FakeBucket, error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENTRY = "log/0000000001"
SECRET = "hunter2secret"


@pytest.fixture
def fake() -> Iterator[FakeBucket]:
    bucket = FakeBucket()
    yield bucket
    bucket.close()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's own credentials are used or asked for: every place where obstore would look is named here."""
    for variable in list(os.environ):
        if variable.upper().startswith(("AWS_", "AZURE_", "AZURITE_", "GOOGLE_")):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setattr(module, "_WAITS", (0.01, 0.01))
    monkeypatch.setattr(module, "_BACKOFF", timedelta(milliseconds=5))


def on_s3(monkeypatch: pytest.MonkeyPatch, url: str) -> BucketStore:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    store = open_store("s3://bucket/team")
    assert isinstance(store, BucketStore)
    return store


def on_google(monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> BucketStore:
    key = folder / "key.json"
    account = {
        "gcs_base_url": url,
        "disable_oauth": True,
        "client_email": "",
        "private_key": "",
        "private_key_id": "",
    }
    key.write_text(json.dumps(account), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    monkeypatch.setenv("GOOGLE_SERVICE_ACCOUNT", str(key))
    monkeypatch.setenv("GOOGLE_ALLOW_HTTP", "true")
    store = open_store("gs://bucket/team")
    assert isinstance(store, BucketStore)
    return store


@pytest.fixture(params=["s3", "gs"])
def store(
    request: pytest.FixtureRequest, fake: FakeBucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> BucketStore:
    if request.param == "s3":
        return on_s3(monkeypatch, fake.url)
    return on_google(monkeypatch, fake.url, tmp_path)


@pytest.fixture
def s3(fake: FakeBucket, monkeypatch: pytest.MonkeyPatch) -> BucketStore:
    return on_s3(monkeypatch, fake.url)


def refused(use: Callable[[], object], words: str) -> HubUnreachable:
    """The error of `use`; it says `words`, and nothing of the library or of the credentials."""
    with pytest.raises(HubUnreachable, match=words) as found:
        use()
    whole = "".join(traceback.format_exception(found.value))
    assert "safe on this laptop" in found.value.message
    assert found.value.hint
    for leak in (SECRET, "AKIATEST", "RetryError", "Debug source", "Server returned"):
        assert leak not in whole
        assert leak not in repr(found.value.__context__)
    return found.value


# What a store does


def test_the_first_stands(store: BucketStore, fake: FakeBucket) -> None:
    assert store.get(ENTRY) is None
    assert store.create(ENTRY, b"mine")
    assert not store.create(ENTRY, b"theirs")
    assert store.create(ENTRY, b"mine"), "the same bytes are ours"
    assert store.get(ENTRY) == b"mine"
    assert fake.objects == {"team/" + ENTRY: b"mine"}


def test_a_large_object_goes_up_in_one_create_only_piece(store: BucketStore, fake: FakeBucket) -> None:
    large = bytes(range(256)) * 50_000
    assert store.create("snapshot/0000000200", large)
    assert not store.create("snapshot/0000000200", large[:-1])
    assert store.get("snapshot/0000000200") == large
    puts = [asked for asked in fake.asked if asked.startswith("PUT")]
    assert puts == ["PUT team/snapshot/0000000200"] * 2


def test_names_whatever_the_server_makes_of_the_offset(store: BucketStore, fake: FakeBucket) -> None:
    for number in (3, 1, 12, 2):
        store.create(f"log/{number:010}", b"x")
    fake.objects["team/log/0000000012 (conflicted copy)"] = b"stranger"
    fake.objects["team/logbook"] = b"stranger"
    fake.answers_of_lists = lambda keys: keys[::-1]
    assert store.names("log", "0000000002") == ["0000000003", "0000000012", "0000000012 (conflicted copy)"]
    assert store.names("snapshot") == []
    assert store.get("log/0000000012 (conflicted copy)") == b"stranger"


def test_outboxes_are_listed_and_emptied(store: BucketStore, fake: FakeBucket) -> None:
    store.create("outbox/D1/0000000001", b"x")
    store.create("outbox/D1/0000000002", b"x")
    store.create("outbox/D2/0000000001", b"x")
    assert store.names("outbox") == ["D1", "D2"]
    assert store.names("outbox/D1") == ["0000000001", "0000000002"]
    store.remove("outbox/D1/0000000001")
    store.remove("outbox/D1/0000000001")
    assert store.names("outbox/D1") == ["0000000002"]
    with pytest.raises(ValueError, match="not in an outbox"):
        store.remove("log/0000000001")


def test_a_name_that_would_lead_out_is_not_there(store: BucketStore, fake: FakeBucket) -> None:
    assert store.get("../secret") is None
    assert store.names("..") == []
    assert fake.asked == []


# Founding


def test_probing_leaves_nothing(store: BucketStore, fake: FakeBucket) -> None:
    store.probe()
    assert fake.objects == {}


def test_a_server_that_replaces_is_unfit(store: BucketStore, fake: FakeBucket) -> None:
    fake.creates_only = False
    refused(store.probe, "cannot keep two laptops apart")
    assert fake.objects == {}


def test_a_server_without_create_only_puts_is_unfit(s3: BucketStore, fake: FakeBucket) -> None:
    fake.faults = [("PUT", (501, error("NotImplemented").decode()))] * 3
    refused(s3.probe, "cannot keep two laptops apart")


# An answer that got lost


def test_a_put_that_arrived_without_an_answer_is_ours(store: BucketStore, fake: FakeBucket) -> None:
    """obstore tries again by itself and is told that its own object is there already."""
    fake.faults = [("PUT", LOST)]
    assert store.create(ENTRY, b"mine")
    assert fake.objects["team/" + ENTRY] == b"mine"


def test_every_answer_lost_and_yet_ours(store: BucketStore, fake: FakeBucket) -> None:
    fake.faults = [("PUT", LOST)] * 3
    assert store.create(ENTRY, b"mine")


def test_a_busy_server_after_the_put_arrived(store: BucketStore, fake: FakeBucket) -> None:
    fake.objects["team/" + ENTRY] = b"mine"
    fake.faults = [("PUT", (503, error("SlowDown").decode()))] * 3
    assert store.create(ENTRY, b"mine")


def test_an_error_while_another_won_is_a_lost_race(store: BucketStore, fake: FakeBucket) -> None:
    fake.objects["team/" + ENTRY] = b"theirs"
    fake.faults = [("PUT", (500, error("InternalError").decode()))] * 3
    assert not store.create(ENTRY, b"mine")


def test_a_put_that_never_arrived_is_no_lost_race(store: BucketStore, fake: FakeBucket) -> None:
    fake.faults = [("PUT", DEAF)] * 3
    refused(lambda: store.create(ENTRY, b"mine"), "cannot be reached")
    assert fake.objects == {}


def test_taken_but_not_there_is_tried_again(s3: BucketStore, fake: FakeBucket) -> None:
    """S3 answers 409 or 412 while another's put is under way that may fail yet."""
    fake.faults = [("PUT", (412, error("PreconditionFailed").decode()))]
    assert s3.create(ENTRY, b"mine")
    fake.faults = [("PUT", (412, error("PreconditionFailed").decode()))] * 3
    refused(lambda: s3.create("log/0000000002", b"mine"), "does not show it")


def test_reading_back_fails_too(s3: BucketStore, fake: FakeBucket) -> None:
    fake.faults = [
        ("PUT", (403, error("AccessDenied").decode())),
        ("GET", (403, error("AccessDenied").decode())),
    ]
    refused(lambda: s3.create(ENTRY, b"mine"), "does not let you")


# Faults in words


@pytest.mark.parametrize(
    ("status", "code", "words", "hint"),
    [
        (403, "AccessDenied", "does not let you", "whoever keeps"),
        (403, "InvalidAccessKeyId", "credentials", "AWS_ACCESS_KEY_ID"),
        (403, "SignatureDoesNotMatch", "does not accept the credentials", "AWS_SECRET_ACCESS_KEY"),
        (401, "Unauthorized", "does not accept the credentials", "AWS_ACCESS_KEY_ID"),
        (403, "RequestTimeTooSkewed", "clock", "clock"),
        (404, "NoSuchBucket", "is not there", "another"),
        (404, "", "does not answer as a bucket does", "network"),
        (301, "PermanentRedirect", "region", "AWS_REGION"),
        (503, "SlowDown", "busy", "later"),
        (507, "InsufficientStorage", "full", "room"),
    ],
)
def test_what_a_server_refuses_is_said_in_words(
    s3: BucketStore, fake: FakeBucket, status: int, code: str, words: str, hint: str
) -> None:
    body = error(code).decode() if code else "<html>Welcome to the hotel</html>"
    uses: tuple[tuple[str, Callable[[], object]], ...] = (
        ("GET", lambda: s3.get(ENTRY)),
        ("GET", lambda: s3.names("log")),
        ("PUT", lambda: s3.create(ENTRY, b"x")),
        ("POST", lambda: s3.remove("outbox/D1/0000000001")),
    )
    for method, use in uses:
        fake.faults = [(method, (status, body))] * 3
        found = refused(use, words)
        assert hint in found.hint, (method, found.hint)
        assert found.message.startswith("s3://bucket/team ")


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch, fake: FakeBucket) -> None:
    store = on_s3(monkeypatch, fake.url)
    fake.close()
    began = time.monotonic()
    for use in (
        lambda: store.get(ENTRY),
        lambda: store.names("log"),
        lambda: store.create(ENTRY, b"x"),
        store.probe,
    ):
        assert "network" in refused(use, "cannot be reached").hint
    assert time.monotonic() - began < 10, "few tries, soon over"


def test_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch, fake: FakeBucket) -> None:
    monkeypatch.setattr(module, "_ANSWER", 1)
    store = on_s3(monkeypatch, fake.url)
    fake.faults = [("GET", HANG)] * 4
    began = time.monotonic()
    refused(lambda: store.get(ENTRY), "cannot be reached")
    assert time.monotonic() - began < 8


def test_http_has_to_be_asked_for(monkeypatch: pytest.MonkeyPatch, fake: FakeBucket) -> None:
    store = on_s3(monkeypatch, fake.url)
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    assert "AWS_ALLOW_HTTP=true" in refused(lambda: store.get(ENTRY), "http://").hint
    assert fake.asked == []


def test_a_signature_of_the_environment_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, fake: FakeBucket
) -> None:
    """obstore's own error repeats the whole address, the signature in it."""
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "account")
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", f"sv=2026&sig={SECRET}")
    monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", fake.url)
    monkeypatch.setenv("AZURE_ALLOW_HTTP", "true")
    store = open_store("az://container/team")
    fake.faults = [("GET", (403, error("AuthorizationFailure").decode()))] * 2
    refused(lambda: store.get(ENTRY), "does not let you")
    refused(lambda: store.names("log"), "does not let you")
    assert len(fake.asked) == 2, "the signature went to the server alone"


def test_no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (
        "AZURE_STORAGE_ACCOUNT_NAME"
        in refused(lambda: open_store("az://container/team").get(ENTRY), "credentials").hint
    )
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "gone.json"))
    assert (
        "GOOGLE_APPLICATION_CREDENTIALS"
        in refused(lambda: open_store("gs://bucket/x").get(ENTRY), "credentials").hint
    )


def test_an_object_that_is_far_too_large(s3: BucketStore, fake: FakeBucket) -> None:
    fake.objects["team/" + ENTRY] = b"x" * 1001
    assert ENTRY in refused(lambda: s3.get(ENTRY, 1000), "larger").message
    assert ENTRY in refused(lambda: next(s3.pieces(ENTRY, 1000)), "larger").message


def test_a_large_object_is_read_piece_by_piece(s3: BucketStore, fake: FakeBucket) -> None:
    fake.objects["team/" + ENTRY] = bytes(range(256)) * 10_000
    assert b"".join(s3.pieces(ENTRY)) == fake.objects["team/" + ENTRY]
    assert not list(s3.pieces("log/0000000099"))


def test_a_panic_of_the_library_is_said_in_words(s3: BucketStore, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_: int) -> None:
        raise PanicException(SECRET)

    monkeypatch.setattr(s3, "_connection", panics)
    refused(lambda: s3.get(ENTRY), "does not answer")


def test_ctrl_c_is_not_swallowed(s3: BucketStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(s3, "_connection", interrupted)
    with pytest.raises(KeyboardInterrupt):
        s3.get(ENTRY)
