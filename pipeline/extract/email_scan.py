"""Finds e-mail addresses in plain text: from each ``@`` outwards, in linear time."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from pipeline.normalize.text import word_set

MAX_TRIED = 1_500
"""How many ``@`` of one text are looked at."""

_MAX_LOCAL = 64
_MAX_DOMAIN = 253
_MAX_LABEL = 63
_LOCAL_BACKWARDS = re.compile(r"[\w.&'+-]*")
_DOMAIN = re.compile(r"[\w.-]*")
_NOT_FIRST = ".'-&+"
_ENDINGS = word_set(
    "com net org edu gov mil int info biz name pro aero coop museum mobi jobs travel tel cat asia"
    " post xxx eu uk su ac example"
)
_COUNTRIES = frozenset(region.lower() for region in phonenumbers.SUPPORTED_REGIONS)
_FILES = word_set(
    "png jpg jpeg gif svg webp avif ico bmp tiff css js mjs json map pdf mp3 mp4 webm woff woff2"
    " ttf html htm php asp aspx jsp xml txt zip"
)
# What stands glued behind an address where a page forgot a blank: ``x.comPhone``, ``x.comtel``.
_GLUED = re.compile(
    r"(com|net|org|info|biz|edu|gov|co\.uk|[a-z]{2})(?:[A-Z\d]"
    r"|(?:tel|phone|fax|mobile|cell|web|www|http|address|email|call|website)\b).*\Z",
    re.DOTALL,
)
# Letters of scripts that have no capitals to end an address at: ``邮箱ann@firm.example电话``.
_FOREIGN = re.compile(r"[\u0370-\U0010ffff]+")
_ANNOUNCED = re.compile(r"(?:\A|mail|contact|kontakt|[:(<])\W{0,4}\Z", re.IGNORECASE)
_AROUND = 24
_MAX_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text, where it begins, and how it is written there."""

    value: str
    start: int
    published: str


def scan_emails(text: str, breaks: Sequence[int] = (), limit: int = MAX_TRIED) -> Iterator[Found]:
    """Find e-mail addresses: look for each ``@``, then outwards as far as an address may reach.

    ``breaks`` are where another element of the page begins: letters from there on are taken for
    an address of their own where both sides would do, as in ``<b>Mail</b><a>ann@firm.example``.
    After ``limit`` of the signs no more are looked at.
    """
    at = text.find("@")
    end_of_last = 0
    while at != -1 and limit > 0:
        limit -= 1
        found = _around(text, at, end_of_last, breaks)
        if found:
            yield found
            end_of_last = found.start + len(found.published)
        at = text.find("@", max(at + 1, end_of_last))


def find_emails(text: str) -> Sequence[Found]:
    """Find the addresses in what a page says more than once, such as the target of a link."""
    return _remembered(text) if len(text) < _MAX_REMEMBERED else [*scan_emails(text)]


def is_domain(domain: str) -> bool:
    """Whether a text can be an e-mail address's domain, and is no file's name."""
    labels = domain.split(".")
    ending = labels[-1].lower()
    return (
        len(labels) > 1
        and all(
            0 < len(label) <= _MAX_LABEL and "-" not in (label[0], label[-1]) for label in labels
        )
        and "_" not in domain
        and (ending.isalpha() or ending.startswith("xn--"))
        and len(ending) > 1
        and ending not in _FILES
    )


def is_known_domain(domain: str) -> bool:
    """Whether a text is a domain beneath a top-level domain in common use."""
    return is_domain(domain) and _is_known(domain.rpartition(".")[2])


@lru_cache(maxsize=256)
def _remembered(text: str) -> Sequence[Found]:
    return tuple(scan_emails(text))


def _around(text: str, at: int, floor: int, breaks: Sequence[int]) -> Found | None:
    left = at - text.startswith(" ", at - 1) if at else at
    right = at + 1 + text.startswith(" ", at + 1)
    before = text[max(left - _MAX_LOCAL, floor) : left]
    local = _match(_LOCAL_BACKWARDS, before[::-1])[::-1]
    domain = _match(_DOMAIN, text[right : right + _MAX_DOMAIN])
    if not local or "." not in domain:
        return None
    begin, end = _cut(text, (left - len(local), left), (right, right + len(domain)), breaks)
    local, domain = text[begin:left], text[right:end]
    local = _own_script(local, -1).lstrip(_NOT_FIRST)
    domain = _unglued(_own_script(domain, 0).rstrip(".-_"))
    if not local or local[-1] in ".-" or ".." in local or not is_domain(domain):
        return None
    start = left - len(local)
    if right - left > 1:
        announced = _ANNOUNCED.search(text[max(0, start - _AROUND) : start])
        if not (announced and _is_known(domain.rpartition(".")[2])):
            return None
    return Found(f"{local}@{domain}", start, text[start : right + len(domain)])


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[0] if found else ""


def _cut(
    text: str, local: tuple[int, int], domain: tuple[int, int], breaks: Sequence[int]
) -> tuple[int, int]:
    """Cut both sides where another element begins, as long as an address remains."""
    (begin, left), (right, end) = local, domain
    for edge in breaks[bisect_left(breaks, begin + 1) : bisect_left(breaks, end)]:
        if edge < left:
            begin = edge
        elif edge > right and is_domain(text[right:edge]):
            return begin, edge
    return begin, end


def _own_script(text: str, side: int) -> str:
    """Keep the Latin part next to the ``@`` of what is partly written in another script."""
    if text.isascii():
        return text
    latin = _FOREIGN.split(text)
    return latin[side] or text


def _is_known(ending: str) -> bool:
    return ending.lower() in _ENDINGS or ending.lower() in _COUNTRIES


def _unglued(domain: str) -> str:
    head, dot, ending = domain.rpartition(".")
    if not dot or _is_known(ending):
        return domain
    glued = _GLUED.match(ending)
    return f"{head}.{glued[1]}" if glued else domain
