"""The API as the supervisor's child: ``python -m workers.web FD LEVEL``, on an inherited socket."""

import socket
import sys

import uvicorn

_GRACE_SECONDS = 2


def main() -> None:
    """Serve the API on the inherited socket until a signal ends it."""
    descriptor, level = sys.argv[1:]
    config = uvicorn.Config(
        "api.main:app",
        # What people search for stands in the addresses: they are not logged.
        access_log=False,
        log_level=level.lower(),
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )
    with socket.socket(fileno=int(descriptor)) as listener:
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
