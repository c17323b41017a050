"""Websites: one spelling of an address, and the domain that names its owner."""

import re
import unicodedata

from pipeline.normalize.text import normalize_text

MAX_LENGTH = 2_000

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*):(?=//))?(?:/{2,})?(?:[^/?#@]*@)?"
    r"(?P<host>[^/?#:@\s]+)(?P<port>:\d{1,5})?(?P<rest>[/?][^#\s]*)?(?:#.*)?",
    re.IGNORECASE,
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_WRAPPING = "<>\"'"
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


PLAIN = (
    r"(?:https?://)?(?:[a-z0-9]++(?:-[a-z0-9]++)*\.)+[a-z]{2,63}"
    r"(?:/[a-zA-Z0-9!$%&(*+),./:;=?\[\\\]^_`{|}~-]*)?"
)
"""The addresses, in a regular expression, that :func:`write_out` deals with."""
LABEL_MAX = 63
"""So many characters can a label of a host have; addresses up to this length have no longer one."""
_LONG_LABEL = re.compile(rf"[a-z0-9-]{{{LABEL_MAX + 1}}}")
_PLAIN = re.compile(PLAIN)
_ROOT = 3
_SCHEMES = ("https://", "http://")


def normalize_website(text: str) -> str | None:
    """Give an http(s) address with its host in lower case, or None if it is no website.

    ``https://`` is added where no scheme is given; user names and fragments are dropped. Other
    schemes (``javascript:``, ``mailto:``), e-mail addresses and bare IP addresses give None.
    """
    if len(text) <= MAX_LENGTH and _PLAIN.fullmatch(text) and not _LONG_LABEL.search(text):
        return write_out(text)
    clean = normalize_text(text).strip(_WRAPPING)
    found = _ADDRESS.fullmatch(clean) if len(clean) <= MAX_LENGTH else None
    if not found or ("@" in clean and not found["scheme"]):
        return None
    scheme = (found["scheme"] or "https").lower()
    host = _normal_host(found["host"])
    if scheme not in _DEFAULT_PORTS or host is None:
        return None
    port = (found["port"] or "").removesuffix(_DEFAULT_PORTS[scheme])
    rest = (found["rest"] or "").rstrip(_WRAPPING)
    return f"{scheme}://{host}{port}{'' if rest == '/' else rest}"


def write_out(website: str) -> str:
    """Give a plain address its scheme, and take a slash that is its whole path."""
    if not website.startswith(_SCHEMES):
        website = "https://" + website
    return website[:-1] if website[-1] == "/" and website.count("/") == _ROOT else website


def website_domain(url: str) -> str | None:
    """Give the host of a website without ``www.``, or None if it is no website."""
    website = normalize_website(url)
    if website is None:
        return None
    host = re.split("[/?:]", website.partition("://")[2], maxsplit=1)[0]
    return host.removeprefix("www.") if host.count(".") > 1 else host


def _normal_host(host: str) -> str | None:
    host = host.lower().removesuffix(".")
    if not host.isascii():
        host = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower())
    return host if _HOST.fullmatch(host) else None
