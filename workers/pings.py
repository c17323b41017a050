"""Asking a child whether it is up."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from pipeline.errors import StartRefused
from workers.children import Child

START_SECONDS = 60.0
_PING_SECONDS = 5.0
_PAUSE_SECONDS = 0.02


async def until_it_answers(child: Child, ping: Callable[[], Awaitable[bool]]) -> None:
    """Wait until a child is up.

    Raises:
        StartRefused: it does not come up in time.
    """
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        with contextlib.suppress(OSError, TimeoutError):
            if await asyncio.wait_for(ping(), _PING_SECONDS):
                return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise StartRefused(f"The {child.name} does not come up; {child.log_file} may say why.")


async def ping_broker(path: Path) -> bool:
    """Whether a broker that has read its files answers on a socket."""
    reader, writer = await asyncio.open_unix_connection(path)
    return await _ask(reader, writer, "PING\r\n", b"+PONG")


async def ping_web(address: str) -> bool:
    """Whether an HTTP server answers at an address, whatever it says."""
    target = urlsplit(address)
    reader, writer = await asyncio.open_connection(target.hostname, target.port)
    request = f"GET / HTTP/1.1\r\nHost: {target.netloc}\r\nConnection: close\r\n\r\n"
    return await _ask(reader, writer, request, b"HTTP/1.1 ")


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: str, answer: bytes
) -> bool:
    try:
        writer.write(question.encode())
        return (await reader.readline()).startswith(answer)
    finally:
        writer.close()
