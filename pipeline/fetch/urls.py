"""One strict reading of a URL: whatever two parsers could read differently is refused."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

import idna

from pipeline.errors import FetchRefused

PORTS = {"http": 80, "https": 443}
MAX_URL = 4_096
_MAX_HOST = 253
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_NUMERIC = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")
_PATH_SAFE = "/%:@!$&'()*+,;=~[]|"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart: what to connect to, and what to ask for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what robots.txt, cookies and credentials belong to."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The canonical URL, without fragment."""
        return f"{self.origin}{self.path}"

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The address, if the host is one rather than a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


def parse_url(url: str) -> Target:
    """Read an absolute http or https URL.

    Raises:
        FetchRefused: with code ``scheme``, ``userinfo`` or ``bad_url``.
    """
    text = url.strip(" \t\r\n")
    if len(text) > MAX_URL or "\\" in text or not text.isprintable():
        raise FetchRefused("bad_url", "The URL is too long or holds control characters.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise FetchRefused("bad_url", "The URL cannot be read.") from None
    if parts.scheme not in PORTS:
        raise FetchRefused("scheme", "Only http and https are fetched.")
    if "@" in parts.netloc:
        raise FetchRefused("userinfo", "A URL must not carry a user name or password.")
    if port == 0:
        raise FetchRefused("bad_url", "Port 0 does not exist.")
    host = _canonical_host(parts.netloc, parts.hostname or "")
    query = f"?{_escape(parts.query, '/?')}" if parts.query else ""
    path = _without_dots(_escape(parts.path or "/"))
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path + query)


def join_url(base: str, href: str) -> str:
    """Make a link absolute and canonical, its fragment dropped.

    Raises:
        FetchRefused: the link does not lead to an http or https page.
    """
    try:
        return parse_url(urljoin(base, href.strip())).url
    except ValueError:
        raise FetchRefused("bad_url", "The link cannot be read.") from None


def _canonical_host(netloc: str, host: str) -> str:
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


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _escape(text: str, more: str = "") -> str:
    try:
        quoted = quote(text, safe=_PATH_SAFE + more)
    except UnicodeError:
        raise FetchRefused("bad_url", "The URL holds half a character.") from None
    return _ESCAPE.sub(_normal_escape, quoted)


def _normal_escape(match: re.Match[str]) -> str:
    if not match[1]:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"
