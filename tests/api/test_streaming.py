"""Uploads and answers over a real socket: what only shows on the wire."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from pipeline.settings import Settings
from tests.parts.servers import open_api

MEGABYTE = 1 << 20
FORM_HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
FORM = "multipart/form-data; boundary=b"


@pytest.fixture
def served(settings: Settings, database_url: str) -> Iterator[str]:
    """The address of a running API on each kind of database."""
    with open_api(settings) as address:
        yield address


@pytest.mark.parametrize(("kind", "head"), [("text/csv", b""), (FORM, FORM_HEAD)])
def test_an_upload_goes_to_disk_as_it_arrives_and_is_gone_if_it_breaks_off(
    served: str, settings: Settings, kind: str, head: bytes
) -> None:
    with _connect(served) as connection:
        connection.sendall(_upload_head(kind, 100 * MEGABYTE) + head)
        for _ in range(48):
            connection.sendall(b"x" * (MEGABYTE // 16))
        _wait_for(lambda: sum(path.stat().st_size for path in _spooled(settings)) >= 2 * MEGABYTE)
        assert [path.suffix for path in _spooled(settings)] == [".part"]

    _wait_for(lambda: _spooled(settings) == [])
    assert httpx.get(f"{served}/api/imports", trust_env=False).json() == []


def test_the_same_upload_twice_at_once_is_one_import(served: str, settings: Settings) -> None:
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "once"}
    body = b"name,email\nAnn,ann@example.com\n" * 10_000

    def upload(_: int) -> tuple[int, int]:
        answer = httpx.post(
            f"{served}/api/imports", content=body, headers=headers, trust_env=False, timeout=30
        )
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(upload, range(8)))

    assert len(answers) == 1
    assert answers.pop()[0] == 202
    assert len(_spooled(settings)) == 1


def test_a_large_body_is_refused_before_it_is_read(served: str) -> None:
    with _connect(served) as connection:
        head = "POST /api/leads HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: {1 << 40}\r\n\r\n".encode())

        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_an_empty_answer_has_no_body_on_the_wire(served: str, lead: dict[str, str]) -> None:
    httpx.post(f"{served}/api/leads", json=lead, trust_env=False)
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)

    connection.request("DELETE", "/api/leads/1")
    answer = connection.getresponse()

    assert (answer.status, answer.read()) == (204, b"")
    assert answer.getheader("Content-Length") is None
    assert answer.getheader("Content-Type") is None
    connection.request("GET", "/api/leads/1")
    assert connection.getresponse().getheader("Content-Type", "").endswith("; charset=utf-8")
    connection.close()


def _upload_head(kind: str, length: int) -> bytes:
    return (
        f"POST /api/imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def _connect(address: str) -> socket.socket:
    target = urlsplit(address)
    return socket.create_connection((target.hostname or "", target.port or 80), timeout=10)


def _spooled(settings: Settings) -> list[Path]:
    return list(settings.spool.glob("*"))


def _wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)
