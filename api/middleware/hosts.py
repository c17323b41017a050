"""Only known host names are answered, so that no foreign name can point at this engine."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import ProblemResponse

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class AllowedHosts:
    """Refuses requests whose ``Host`` is none of the names this engine goes by."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and not self._knows(scope):
            answer = ProblemResponse(400, "Unknown host; add it to LEADS_ALLOWED_HOSTS.")
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"host"]
        if len(given) != 1:
            return False
        return split_host(given[0].decode("latin-1"))[0] in self.hosts


def split_host(text: str) -> tuple[str, str]:
    """Give the name, in lower case, and the port of a ``Host`` header."""
    name, colon, port = text.rpartition(":")
    if colon and port.isascii() and port.isdigit():
        return name.lower(), port
    return text.lower(), ""
