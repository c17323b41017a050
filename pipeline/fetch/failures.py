"""Gives every way a connection can fail one stable name."""

import ssl

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from pipeline.errors import FetchFailed

TRANSIENT = frozenset({"dns", "connect", "disconnected", "truncated"})
"""Codes of failures that a second try may cure."""

TROUBLE = frozenset({"timeout", "connect"})
"""Codes of failures that tell of a host which may have more to do than it can."""

_NAMES: tuple[tuple[type[BaseException], str, str], ...] = (
    (TimeoutError, "timeout", "The host took too long."),
    (ssl.SSLError, "tls", "The host's certificate or encryption is not sound."),
    (ssl.CertificateError, "tls", "The host's certificate or encryption is not sound."),
    (aiohttp.ClientSSLError, "tls", "The host's certificate or encryption is not sound."),
    (aiohttp.ClientConnectorDNSError, "dns", "The host name is not known."),
    (aiohttp.ClientConnectorError, "connect", "The host does not take the connection."),
    (aiohttp.ClientPayloadError, "truncated", "The page ends in the middle."),
    (aiohttp.InvalidURL, "bad_url", "The URL cannot be read."),
    (HttpProcessingError, "bad_response", "The answer is not proper HTTP."),
    (aiohttp.ServerDisconnectedError, "disconnected", "The host hung up."),
    (aiohttp.ClientConnectionError, "disconnected", "The host hung up."),
    (ConnectionError, "disconnected", "The host hung up."),
)


def name_failure(error: Exception) -> FetchFailed:
    """Turn what the HTTP client raised into a :class:`FetchFailed` with a stable code."""
    for kind, code, message in _NAMES:
        if isinstance(error, kind):
            return FetchFailed(code, message)
    return FetchFailed("failed", f"The fetch failed ({type(error).__name__}).")
