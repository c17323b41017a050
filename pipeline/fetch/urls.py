"""One strict reading of a URL: whatever two parsers could read differently is refused.

Canonical URLs are those of the WHATWG's standard, but that escapes of plain characters are
undone, a lone ``%`` is escaped, and a host's last dot and an empty query are dropped: so that one
page has one spelling.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from pipeline.errors import FetchRefused
from pipeline.fetch.hosts import canonical_host

PORTS = {"http": 80, "https": 443}
MAX_URL = 4_096
_PATH_SAFE = "/%:@!$&'()*+,;=~[]|"
_QUERY_SAFE = "/%:@!$&()*+,;=~[]|?{}`^\\"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_INVISIBLE = str.maketrans("", "", "\t\r\n")

_PLAIN_SEGMENT = r"/(?!\.{1,2}(?:[/?#]|\Z))[\w.~!$&'()+*,;=:@-]*"
_PLAIN_QUERY = r"\?[\w.~!$&()+*,;=:@/?-]+"
_PLAIN = re.compile(
    rf"(?:(https?://[a-z0-9.-]+(?::\d+)?)|(?!//))((?:{_PLAIN_SEGMENT})+(?:{_PLAIN_QUERY})?)(?:#|\Z)",
    re.ASCII,
)
"""An absolute URL or path that is canonical already; its origin may not be."""


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
        return _authority(self.scheme, self.host, self.port)

    @property
    def origin(self) -> str:
        """Scheme and authority: what robots.txt, cookies and credentials belong to."""
        return f"{self.scheme}://{_authority(self.scheme, self.host, self.port)}"

    @property
    def url(self) -> str:
        """The canonical URL, without fragment."""
        return f"{self.origin}{self.path}"

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The address, if the host is one rather than a name."""
        return _address(self.host)


def parse_url(url: str) -> Target:
    """Read an absolute http or https URL.

    Raises:
        FetchRefused: with code ``scheme``, ``userinfo`` or ``bad_url``.
    """
    plain = _PLAIN.match(url)
    if plain and plain[1] and len(url) <= MAX_URL:
        return Target(*_parse_origin(plain[1]), plain[2])
    text = url.partition("#")[0].strip(" \t\r\n")
    if len(text) > MAX_URL or not text.isprintable():
        raise FetchRefused("bad_url", "The URL is too long or holds control characters.")
    if "\\" in text.partition("?")[0]:
        raise FetchRefused("bad_url", "The URL holds a backslash.")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise FetchRefused("bad_url", "The URL cannot be read.") from None
    scheme, host, port = _parse_origin(f"{parts.scheme}://{parts.netloc}")
    query = f"?{_escape(parts.query, _QUERY_SAFE)}" if parts.query else ""
    path = _without_dots(_escape(parts.path or "/", _PATH_SAFE))
    return Target(scheme, host, port, path + query)


def join_url(base: str, href: str) -> str:
    """Make a link absolute and canonical, its fragment dropped.

    As in browsers, blanks around it and line breaks within do not count, and a backslash in a
    path is a slash.

    Raises:
        FetchRefused: the link does not lead to an http or https page.
    """
    plain = _PLAIN.match(href)
    if plain and len(href) <= MAX_URL:
        return f"{_canonical_origin(plain[1] or base)}{plain[2]}"
    text = href.strip(" \t\r\n\f").translate(_INVISIBLE).partition("#")[0]
    scheme = _SCHEME.match(text)
    if scheme:
        if scheme[1].lower() not in PORTS:
            raise FetchRefused("scheme", "Only http and https are fetched.")
        return parse_url(text).url
    path, mark, query = text.partition("?")
    path = path.replace("\\", "/")
    if not path.startswith("//"):
        origin, folder, page = _base(base)
        return parse_url(f"{origin}{_resolved(folder, page, path, mark, query)}").url
    if not text.startswith("//") or path.startswith("///"):
        raise FetchRefused("bad_url", "The link names its host in no plain way.")
    return parse_url(f"{_canonical_origin(base).partition(':')[0]}:{text}").url


def _resolved(folder: str, page: str, path: str, mark: str, query: str) -> str:
    if not path:
        return f"{page.partition('?')[0]}?{query}" if mark else page
    return f"{path if path.startswith('/') else folder + path}{mark}{query}"


@lru_cache(maxsize=1_024)
def _base(url: str) -> tuple[str, str, str]:
    """Give the origin of a page, the folder it lies in, and its path and query."""
    target = parse_url(url)
    folder = target.path.partition("?")[0].rpartition("/")[0] + "/"
    return target.origin, folder, target.path


@lru_cache(maxsize=4_096)
def _canonical_origin(url: str) -> str:
    return parse_url(url if _PLAIN.match(url) else f"{url}/").origin


@lru_cache(maxsize=4_096)
def _parse_origin(text: str) -> tuple[str, str, int]:
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
    host = canonical_host(parts.netloc, parts.hostname or "")
    return parts.scheme, host, port or PORTS[parts.scheme]


@lru_cache(maxsize=4_096)
def _authority(scheme: str, host: str, port: int) -> str:
    host = f"[{host}]" if ":" in host else host
    return host if port == PORTS[scheme] else f"{host}:{port}"


@lru_cache(maxsize=4_096)
def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
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


def _escape(text: str, safe: str) -> str:
    try:
        quoted = quote(text, safe=safe)
    except UnicodeError:
        raise FetchRefused("bad_url", "The URL holds half a character.") from None
    return _ESCAPE.sub(_normal_escape, quoted) if "%" in quoted else quoted


def _normal_escape(match: re.Match[str]) -> str:
    if not match[1]:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"
