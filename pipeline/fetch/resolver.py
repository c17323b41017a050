"""Names become addresses once, at the connection, and only vetted ones are handed on."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from aiohttp.abc import AbstractResolver, ResolveResult

from pipeline.errors import FetchFailed
from pipeline.fetch.addresses import Gate

Lookup = Callable[[str, int], Awaitable[list[str]]]


async def look_up(host: str, port: int) -> list[str]:
    """Ask the system for all addresses of a host.

    Raises:
        FetchFailed: with code ``dns`` when there is none.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed("dns", "The host name is not known.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class VettedResolver(AbstractResolver):
    """Looks a host up and vets every address. The connection is made to these very addresses.

    There is no second look-up between the check and the connection, so a name that changes its
    mind in between (DNS rebinding) gains nothing.
    """

    def __init__(self, gate: Gate, lookup: Lookup) -> None:
        self._gate = gate
        self._lookup = lookup

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - both are asked for
    ) -> list[ResolveResult]:
        """Give the vetted addresses of a host.

        Raises:
            FetchRefused: one of them must not be reached.
        """
        addresses = await self._lookup(host, port)
        self._gate.admit(host, port, addresses)
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is held open."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
