"""Cell types: what one cell's text looks like, by which a good cut is told from a bad one."""

import re
from functools import lru_cache

_NUMBER = (
    r"(?:[-+−(]?\d+(?:[.,'’ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:[eE][-+]?\d+)?\)?|[-+]?[.,]\d+)"
)
_MONTH = r"[^\W\d_]{3,9}\.?"
_DATE = (
    rf"(?:\d{{4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}[-/. ]?{_MONTH}[-/., ]{{0,2}}\d{{2,4}}"
    rf"|{_MONTH}[-/. ]\d{{1,2}}(?:, ?\d{{4}}|[-/]\d{{2,4}})"
    rf"|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
)
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[aApP]\.?[mM]\.?)?(?:Z|[-+]\d{2}:?\d{2})?"
_TYPES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("number", _NUMBER),
        ("time", _TIME),
        ("date", rf"{_DATE}(?:[ T]{_TIME})?"),
        ("email", r"(?:mailto:)?[^@\s,;|\"<>]+@[^@\s,;|\"<>]+\.[^@\s,;|\"<>.]+"),
        (
            "url",
            r"(?:(?:https?|ftp)://|www\.)[^\s\"<>]+|(?:[\w-]+\.)+[a-z]{2,6}(?:/[^\s\"<>,;|]*)?",
        ),
        ("money", rf"[$€£¥₹] ?{_NUMBER}|{_NUMBER} ?(?:[$€£¥₹%]|[A-Z]{{3}})"),
        ("phone", r"(?=(?:\D*\d){7})\+?\(?\d[\d ()./-]{5,20}\d(?: ?(?:x|ext\.?) ?\d+)?"),
        ("address", r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?"),
        ("code", r"[A-Za-z]{1,6}[-_/ ]?\d[\w./-]*|\d+[-_]?[A-Za-z]{1,3}|[0-9a-fA-F-]{32,36}"),
        ("path", r"(?:[A-Za-z]:|~|\.{1,2})?[\\/][\w.\\/-]+"),
    )
)
_WORD = re.compile(r"[\w.'’()&%°#*+$€£-]+(?: [\w.'’()&%°#*+$€£-]+){0,5}[.?!:]?")
_PROSE = re.compile(r"[^|;\t\x00-\x1f]*[\w)][^|;\t\x00-\x1f]*")
_TORN_COMMA = re.compile(r",(?=\S)")
_SERIES = re.compile(r"[-+]?[\d.,]+(?:[eE][-+]?\d+)?(?: +[-+]?[\d.,]+(?:[eE][-+]?\d+)?)+")
_UNCUT = re.compile(r"([\"'])[ ,;|:\t]{1,2}\1")
_OPENING, _CLOSING = re.compile(r'(?:^|[\s,;:|(])"(?=\S)'), re.compile(r'(?<=[^\s\d])"(?!\w)')
_QUOTES = "\"'`"
_LONG, _LONGEST = 300, 2_000

STRONG = frozenset({"number", "time", "date", "email", "url", "money", "phone", "address", "code"})
"""The types that hardly any header has."""

PLAUSIBILITY = {
    "": 0.6,
    "word": 0.9,
    "prose": 0.75,
    "list": 0.35,
    "series": 0.3,
    "quoted": 0.05,
    "odd": 0.1,
    "path": 0.9,
}
"""How much a cell of a type speaks for the way it was cut, where that is not 1."""


def type_of(cell: str) -> str:
    """Give a cell's type: "" if blank, one of :data:`STRONG`, or a kind of text."""
    return _type_of(cell) if len(cell) <= _LONGEST else "prose"


def plausibility(cell: str) -> float:
    """Say from 0 to 1 how likely a cell is one whole cell."""
    return PLAUSIBILITY.get(type_of(cell), 1.0)


@lru_cache(maxsize=1 << 14)
def _type_of(cell: str) -> str:
    text = cell.strip()
    if not text:
        return ""
    if len(text) <= _LONG and not (text[0].isalpha() and text.isalpha()):
        for name, pattern in _TYPES:
            if pattern.fullmatch(text):
                return name
    return _type_of_text(text)


def _type_of_text(text: str) -> str:
    if _is_quoted(text):
        return "quoted"
    if _SERIES.fullmatch(text):
        return "series"
    if _WORD.fullmatch(text):
        return "word"
    if _is_uncut(text) or not _PROSE.fullmatch(text):
        return "odd"
    return "list" if _TORN_COMMA.search(text) and " " not in text else "prose"


def _is_quoted(text: str) -> bool:
    """Whether quotes stand around a text, or one is left at its start or end."""
    first, last = text[0], text[-1]
    if first == last and len(text) > 1:
        return first in _QUOTES
    return '"' in {first, last} or first in _QUOTES


def _is_uncut(text: str) -> bool:
    """Whether a text holds the end of one quoted value and the start of another."""
    if _UNCUT.search(text):
        return True
    return '"' in text and len(_OPENING.findall(text)) > len(_CLOSING.findall(text))
