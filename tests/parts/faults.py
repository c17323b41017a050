"""What can happen to a running engine, each as sudden as in life."""

import contextlib
import http.client
import json
import signal
import socket
import time
from collections.abc import Callable, Mapping
from random import Random
from urllib.parse import urlsplit

import psutil
from redis.exceptions import ConnectionError as NotUp

from tests.parts.stack import Stack, kill
from tests.parts.valkey import connect
from tests.parts.waiting import wait_until

Fault = Callable[[Stack, Random], None]


def kill_a_child(stack: Stack, random: Random) -> None:
    """Kill one of the processes that do the tasks."""
    children = wait_until(stack.worker_children)
    kill(random.choice(children))


def freeze_a_child(stack: Stack, random: Random) -> None:
    """Stop one of them until its work is another's, then let it go on: it must find the fence."""
    child = random.choice(wait_until(stack.worker_children))
    with contextlib.suppress(psutil.NoSuchProcess):
        child.suspend()
        time.sleep(stack.settings.lease_seconds + 0.5)
        child.resume()


def kill_the_worker(stack: Stack, _: Random) -> None:
    """Kill the process that takes messages and minds the others."""
    wait_until(lambda: kill(stack.process("worker")))


def kill_the_broker(stack: Stack, _: Random) -> None:
    """Kill the broker; it comes back with what it had."""
    wait_until(lambda: kill(stack.process("broker")))


def empty_the_broker(stack: Stack, _: Random) -> None:
    """Delete every message, acknowledged or not."""

    def flush() -> bool:
        with contextlib.suppress(NotUp), connect(stack.settings) as client:
            return bool(client.flushall())
        return False

    wait_until(flush)


def kill_the_api(stack: Stack, random: Random) -> None:
    """Kill the API while a file is on its way to it: nothing of it may be seen afterwards."""
    target = urlsplit(stack.address)
    with socket.create_connection((target.hostname or "", target.port or 0), timeout=30) as upload:
        head = "POST /api/imports HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n"
        upload.sendall(f"{head}Host: {target.netloc}\r\n\r\n".encode())
        upload.sendall(b"name,email\n" + b"x" * random.randrange(200_000))
        wait_until(lambda: kill(stack.process("api")))
        upload.settimeout(0.2)
        # Cut off, or still waiting for the next API to take it: answered it must not be.
        with contextlib.suppress(ConnectionError, TimeoutError):
            assert upload.recv(1) == b""


def kill_everything(stack: Stack, _: Random) -> None:
    """Kill the supervisor, and with it all others; start it again."""
    stack.supervisor.send_signal(signal.SIGKILL)
    stack.supervisor.wait()
    wait_until(lambda: not stack.survivors(), seconds=10)
    stack.start()


# How often each happens, of twenty.
FAULTS: Mapping[Fault, int] = {
    kill_a_child: 6,
    freeze_a_child: 2,
    kill_the_worker: 4,
    kill_the_broker: 3,
    empty_the_broker: 2,
    kill_the_api: 2,
    kill_everything: 1,
}


def upload(stack: Stack, content: bytes, key: str) -> int:
    """Upload a file, again and again until the API says that it has it; give the run's id."""

    def attempt() -> int | None:
        target = urlsplit(stack.address)
        connection = http.client.HTTPConnection(target.netloc, timeout=30)
        headers = {"Content-Type": "text/csv", "Idempotency-Key": key}
        with contextlib.closing(connection):
            try:
                connection.request("POST", "/api/imports", content, headers)
                answer = connection.getresponse()
                body = json.load(answer)
            except (OSError, http.client.HTTPException):
                return None
        assert answer.status == 202, body
        return int(body["id"])

    return wait_until(attempt) or 0
