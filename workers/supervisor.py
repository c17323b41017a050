"""Starting the whole engine: ``python -m workers.supervisor`` with ``LEADS_*`` settings.

``leads up`` starts it like that.
"""

import asyncio
import contextlib
import ipaddress
import logging
import signal
import socket
import sys

from pipeline.access import has_keys
from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.errors import DataFolderHeld, StartRefused
from pipeline.settings import Settings
from workers.app import read_settings, share_settings
from workers.broker import broker_url
from workers.engine import assemble, run
from workers.folder import hold_folder

REFUSED = 2
_BACKLOG = 512


def main() -> int:
    """Run the engine until SIGINT or SIGTERM; give 2 where it may not start, and say why."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = read_settings()
        with hold_folder(settings.data_dir), open_listener(settings) as listener:
            prepare_database(settings)
            share_settings(settings.model_copy(update={"redis_url": broker_url(settings)}))
            asyncio.run(_run_until_told(settings, listener))
    except (DataFolderHeld, StartRefused) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - for the person at the terminal
        return REFUSED
    return 0


def open_listener(settings: Settings) -> socket.socket:
    """Open the API's socket here, so that it outlives the API. Port 0 takes a free one.

    Raises:
        StartRefused: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise StartRefused(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. "
            "Choose another port; 0 takes a free one."
        ) from None


def prepare_database(settings: Settings) -> None:
    """Bring the database up to date, and see that no stranger is let in.

    Raises:
        StartRefused: the address can be reached from outside, and no API key exists.
    """
    with contextlib.closing(Database(settings.database)) as database:
        migrate(database)
        with database.read() as db:
            if not _is_own(settings.host) and not has_keys(db):
                raise StartRefused(
                    f"{settings.host} can be reached from outside, and there is no API key yet. "
                    "Make one with `leads keys add`, or use 127.0.0.1."
                )


async def _run_until_told(settings: Settings, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    running = asyncio.create_task(run(assemble(settings, listener), settings, _address(listener)))

    def stop() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: None)  # the end is on its way already
        running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await running


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    own = ipaddress.ip_address(host)
    if own.is_unspecified:
        own = ipaddress.ip_address("127.0.0.1" if own.version == 4 else "::1")  # noqa: PLR2004 - IPv4
    return f"http://[{own}]:{port}" if own.version == 6 else f"http://{own}:{port}"  # noqa: PLR2004 - IPv6


def _is_own(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
