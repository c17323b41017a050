"""One spelling of a host: what two parsers could take for different hosts is refused."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from pipeline.errors import FetchRefused

_MAX_HOST = 253
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_NUMERIC = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")


def canonical_host(netloc: str, host: str) -> str:
    """Give the one spelling of a host that stands in a URL's authority.

    Names come out in ASCII and lower case, without the last dot. An IPv4 address in any form but
    four decimal numbers (octal, hexadecimal, a single number) is refused, and so is a zone.

    Raises:
        FetchRefused: with code ``bad_url``.
    """
    if netloc.startswith("["):
        return _canonical_ipv6(host)
    if not host or "%" in netloc:
        raise FetchRefused("bad_url", "The URL names no plain host.")
    ascii_host = _to_ascii(host).removesuffix(".")
    labels = ascii_host.split(".")
    if _NUMERIC.match(labels[-1]):
        if ascii_host != host or not _is_ipv4(ascii_host):
            raise FetchRefused("bad_url", "An IPv4 address is written as four decimal numbers.")
        return ascii_host
    if len(ascii_host) > _MAX_HOST or not all(_LABEL.match(label) for label in labels):
        raise FetchRefused("bad_url", "The host is not a name the network knows.")
    return ascii_host


def _canonical_ipv6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        raise FetchRefused("bad_url", "The IPv6 address cannot be read.") from None
    if address.scope_id:
        raise FetchRefused("bad_url", "An address with a zone never leads outside.")
    return address.compressed


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise FetchRefused("bad_url", "The host is not a name the network knows.") from None


def _is_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except AddressValueError:
        return False
