"""``python -m workers.web FD``: the API as the supervisor's child, on a socket that outlives it."""

import socket
import sys

import uvicorn

from workers.app import read_settings

_GRACE_SECONDS = 2


def main() -> None:
    """Serve the API on the inherited socket until a signal ends it."""
    config = uvicorn.Config(
        "api.main:create_app",
        factory=True,
        # What people search for stands in the addresses: they are not logged.
        access_log=False,
        log_level=read_settings().log_level.lower(),
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
