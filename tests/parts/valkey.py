"""A real Valkey in a temporary folder, started as the product starts it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import ConnectionError as NotUp

from pipeline.settings import Settings
from tests.parts import dying_with_us
from workers.broker import broker_url, configuration, find_server, socket_path


@contextmanager
def open_valkey(settings: Settings) -> Iterator[str]:
    """Start a broker in the settings' data folder and give its URL; stop it at the end."""
    server = start_valkey(settings)
    try:
        yield broker_url(settings)
    finally:
        server.kill()
        server.wait()


def start_valkey(settings: Settings) -> subprocess.Popen[bytes]:
    """Start a broker and wait until it answers."""
    (settings.data_dir / "broker").mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [find_server(), "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        preexec_fn=dying_with_us(),  # noqa: PLW1509 - it only calls the kernel
    )
    assert server.stdin is not None
    with server.stdin as config:
        config.write(configuration(settings).encode())
    with connect(settings) as client:
        while server.poll() is None:
            try:
                client.ping()
            except NotUp:
                time.sleep(0.01)
            else:
                return server
    raise RuntimeError("Valkey ended at once.")


def connect(settings: Settings) -> Redis:
    """Give a client of the embedded broker, to look into the queue or to empty it."""
    return Redis(unix_socket_path=str(socket_path(settings)))
