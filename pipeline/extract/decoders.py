"""Ways to read e-mail addresses that their owners hid from robots. None is used unasked.

Who hides an address does not want it collected, so a source must name the decoders it may use,
and what they find is marked as such wherever it goes.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from types import MappingProxyType
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import InvalidInput
from pipeline.extract.email_scan import is_known_domain, scan_emails
from pipeline.extract.visible import Line, Visible

_MAX_FOUND = 200
_MAX_SCRIPT = 50_000
_MAX_LINE = 2_000
_CLOUDFLARE = "/cdn-cgi/l/email-protection#"
_LONGEST = 400
_TYPO3 = re.compile(r"UnCryptMailto\(['\"]([^'\"]{3,400})['\"]")
_TYPO3_RANGES = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))
_ATOB = re.compile(r"\batob\(\s{0,4}['\"]([A-Za-z0-9+/=]{8,400})['\"]")
_DOT = r"(?:\.|\s{0,2}[\[({<]\s?(?:dot|punkt|point|punto|\.)\s?[\])}>]\s{0,2}|\s(?:dot|punkt)\s)"
_BRACKETED = re.compile(
    r"([\w.+-]{1,64})\s{0,2}[\[({<]\s?(?:at|@|ät|arroba|chez)\s?[\])}>]\s{0,2}"
    rf"([\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}})",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}) at ([\w-]{1,63}(?:(?:\.| dot )[\w-]{1,63}){1,4})", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"\bmail\W{0,4}\Z", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)

Finding = tuple[str, LexborNode, tuple[int, int] | None]
"""An address made readable, the element that hid it, and its line and position if it has any."""


def check_decoders(names: Sequence[str]) -> None:
    """Refuse names that no decoder has.

    Raises:
        InvalidInput: there is no such decoder.
    """
    for name in names:
        if name not in DECODERS:
            known = ", ".join(DECODERS)
            raise InvalidInput(f"There is no decoder {name!r}; there are {known}.")


def decode_emails(
    html: LexborHTMLParser, visible: Visible, names: Sequence[str]
) -> Iterator[tuple[str, Finding]]:
    """Give the addresses that these decoders make readable, each with the decoder's name."""
    for name in names:
        for finding in islice(DECODERS[name](html, visible), _MAX_FOUND):
            yield name, finding


def _cloudflare(html: LexborHTMLParser, _: Visible) -> Iterator[Finding]:
    """Read Cloudflare's ``data-cfemail``: the first byte is xored with all others."""
    for node in html.css(f'[data-cfemail], a[href*="{_CLOUDFLARE}"]'):
        href = node.attributes.get("href") or ""
        text = node.attributes.get("data-cfemail") or href.partition(_CLOUDFLARE)[2]
        try:
            key, *data = bytes.fromhex(text[:_LONGEST])
        except ValueError:
            continue
        yield from _scan(bytes(byte ^ key for byte in data).decode("utf-8", "replace"), node)


def _entities(html: LexborHTMLParser, visible: Visible) -> Iterator[Finding]:
    """Read entities that were escaped once too often: ``ann&amp;#64;firm.example``."""
    del html
    for number, line in enumerate(visible.lines):
        if "&#" in line.text or "&commat" in line.text:
            yield from _scan(unescape(line.text[:_MAX_LINE]), line.nodes[0], (number, 0))


def _rot13(html: LexborHTMLParser, _: Visible) -> Iterator[Finding]:
    for node in html.css('a[href^="znvygb:" i], [data-enc-email], [data-rot13], [class~="rot13"]'):
        attributes = node.attributes
        text = attributes.get("data-enc-email") or attributes.get("data-rot13")
        if not text:
            href = attributes.get("href") or ""
            text = href if href.lower().startswith("znvygb:") else node.text()
        hidden = unquote(text[:_LONGEST]).replace("[at]", "@")
        yield from _scan(codecs.decode(hidden, "rot13"), node)


def _typo3(html: LexborHTMLParser, _: Visible) -> Iterator[Finding]:
    """Read TYPO3's links, whose letters are shifted by a number that only newer pages tell."""
    for node in html.css('a[href*="UnCryptMailto"], [data-mailto-token]'):
        attributes = node.attributes
        token = attributes.get("data-mailto-token") or ""
        found = _TYPO3.search(unquote(attributes.get("href") or ""))
        text = token or (found[1] if found else "")
        vector = attributes.get("data-mailto-vector") or ""
        steps = [-int(vector)] if vector.lstrip("-").isdecimal() else range(-25, 26)
        for step in steps:
            plain = "".join(_shifted(ord(c), step) for c in text[:_LONGEST])
            if plain.lower().startswith("mailto:"):
                yield from _scan(plain[7:], node)
                break


def _shifted(code: int, step: int) -> str:
    for low, high in _TYPO3_RANGES:
        if low <= code <= high:
            return chr(low + (code - low + step) % (high - low + 1))
    return chr(code)


def _at(html: LexborHTMLParser, visible: Visible) -> Iterator[Finding]:
    """Read ``ann [at] firm [dot] example`` and ``ann at firm dot example``."""
    del html
    for number, line in enumerate(visible.lines):
        text = line.text[:_MAX_LINE]
        low = text.lower()
        if not any(sign in low for sign in ("at", "ät", "@", "arroba", "chez")):
            continue
        for match in _BRACKETED.finditer(text):
            yield from _joined(match, line, number)
        for match in _SPOKEN.finditer(text):
            announced = _ANNOUNCED.search(text[max(0, match.start() - 24) : match.start()])
            if announced or " dot " in match[2].lower():
                yield from _joined(match, line, number)


def _joined(match: re.Match[str], line: Line, number: int) -> Iterator[Finding]:
    domain = _DOTS.sub(".", match[2])
    while domain.count(".") > 1 and not is_known_domain(domain):
        domain = domain.rpartition(".")[0]
    if is_known_domain(domain):
        start = match.start()
        yield from _scan(f"{match[1]}@{domain}", line.node_at(start), (number, start))


def _atob(html: LexborHTMLParser, _: Visible) -> Iterator[Finding]:
    """Read base64 that the page's scripts decode."""
    for node in html.css("script:not([src]), [onclick*=atob], [href*=atob]"):
        attributes = node.attributes
        text = f"{attributes.get('onclick') or ''} {attributes.get('href') or ''}"
        text = node.text()[:_MAX_SCRIPT] if node.tag == "script" else unquote(text)
        for match in _ATOB.finditer(text) if "atob" in text else ():
            try:
                plain = base64.b64decode(match[1]).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError):
                continue
            yield from _scan(plain, (node.parent or node) if node.tag == "script" else node)


def _reversed(html: LexborHTMLParser, _: Visible) -> Iterator[Finding]:
    """Read text that a style turns round: ``elpmaxe.mrif@nna``."""
    for node in html.css('[style*="rtl" i], [class~="reversed"]'):
        text = node.text()[:_LONGEST]
        if "@" in text:
            yield from _scan(text[::-1], node)


def _scan(text: str, node: LexborNode, place: tuple[int, int] | None = None) -> Iterator[Finding]:
    for found in scan_emails(text.removeprefix("mailto:").partition("?")[0]):
        yield found.value, node, place


Decoder = Callable[[LexborHTMLParser, Visible], Iterator[Finding]]

DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        "cloudflare": _cloudflare,
        "at": _at,
        "entities": _entities,
        "rot13": _rot13,
        "typo3": _typo3,
        "atob": _atob,
        "reversed": _reversed,
    }
)
"""The decoders by name."""
