"""Where a page's plain phone numbers belong: its host, dialling codes, addresses and language."""

import re
from collections import Counter
from itertools import islice
from types import MappingProxyType
from urllib.parse import urlsplit

import phonenumbers
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.visible import Visible
from pipeline.normalize.numbering import REGIONS, calling_code
from pipeline.normalize.text import word_set

# Country codes that mostly serve as generic names.
_GENERIC = word_set("ac ag ai cc co fm gg io la ly me tv ws")
_LANGUAGES = MappingProxyType(
    dict(
        pair.split(":")
        for pair in [
            "cs:CZ",
            "da:DK",
            "de:DE",
            "el:GR",
            "es:ES",
            "et:EE",
            "fi:FI",
            "fr:FR",
            "he:IL",
            "hr:HR",
            "hu:HU",
            "it:IT",
            "ja:JP",
            "ko:KR",
            "lt:LT",
            "lv:LV",
            "nb:NO",
            "nl:NL",
            "nn:NO",
            "no:NO",
            "pl:PL",
            "pt:PT",
            "ro:RO",
            "ru:RU",
            "sk:SK",
            "sl:SI",
            "sv:SE",
            "tr:TR",
            "uk:UA",
            "vi:VN",
        ]
    )
)
# Written to begin with a sign or a digit, by which it is found fast: ``\b00`` is not.
_CODE = re.compile(r"(?:\+|0(?<!\w0)0)\s?\(?(\d{1,4})")
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    "|UT|V[AT]|W[AIVY]"
)
_ADDRESSES = (
    ("GB", re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNP-Y]? \d[ABD-HJLNP-UW-Z]{2}\b")),
    ("CA", re.compile(r"\b[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    ("US", re.compile(rf"\b(?:{_STATES})\.?,? {{1,2}}\d{{5}}\b")),
    ("AU", re.compile(r"\b(?:NSW|VIC|QLD|TAS|ACT)\.?,? {1,2}\d{4}\b")),
    ("DE", re.compile(r"\bD[-–]\d{5}\b")),
    ("AT", re.compile(r"\bA[-–]\d{4}\b")),
    ("CH", re.compile(r"\bCH[-–]\d{4}\b")),
)
# What stands in all of them, found faster than they are.
_CAPITAL = re.compile(r"[A-Z][\d., –-]")
# What the end of a postcode looks like; found fast, as it begins with a digit.
POSTCODE = re.compile(r"\d(?:[A-Z]{2}\b|\d{3,4}(?!\d)|[A-Z] ?\d[A-Z]\d\b)")
_MAX_HINTS = 60
_AROUND = 10
_MOST = 3
_MAX_LINE = 200
_MAX_LINES = 300
_DIGITS = re.compile(r"\d\d|\d[A-Z]")
_CODES = 30


def region_of_host(url: str) -> str:
    """Give the country of a URL's top-level domain, or nothing for a generic one."""
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    if ending in _GENERIC:
        return ""
    region = "GB" if ending == "uk" else ending.upper()
    return region if region in phonenumbers.SUPPORTED_REGIONS else ""


def names_postcode(text: str) -> bool:
    """Whether a postcode stands in a text, written as its country does."""
    return bool(_find_shapes(text))


def find_regions(
    html: LexborHTMLParser,
    visible: Visible,
    *,
    url: str,
    region: str = "",
    default: str = "US",
) -> tuple[str, ...]:
    """Give the countries a page's plain numbers may belong to, the likeliest first.

    ``region`` is what its source says, ``default`` what holds where the page tells nothing.
    """
    told = [region, region_of_host(url), _by_language(html)]
    if not any(told[:2]):
        short = [line.text for line in visible.lines if len(line.text) <= _MAX_LINE]
        near = "\n".join(islice(filter(_DIGITS.search, short), _MAX_LINES))
        told = [*_by_address(near), *_by_code(near), *told]
    known = [name for name in dict.fromkeys(told) if name]
    return (*known[:_MOST], default) if not known else tuple(known[:_MOST])


def _by_address(text: str) -> list[str]:
    counts: Counter[str] = Counter()
    for hint in islice(POSTCODE.finditer(text), _MAX_HINTS):
        around = text[max(hint.start() - _AROUND, 0) : hint.end() + _AROUND]
        for region in _find_shapes(around):
            counts[region] += 1
    return [region for region, count in counts.most_common(2) if count]


def _find_shapes(text: str) -> list[str]:
    """Give the countries whose postcodes stand in a text."""
    if not _CAPITAL.search(text):
        return []
    return [region for region, shape in _ADDRESSES if shape.search(text)]


def _by_code(text: str) -> list[str]:
    if "+" not in text and "00" not in text:
        return []
    codes: Counter[str] = Counter()
    for place, found in enumerate(_CODE.finditer(text)):
        if place > _CODES:
            break
        codes[calling_code(found[1])] += 1
    del codes[""]
    return [REGIONS[int(code)][0] for code, _ in codes.most_common(2)]


def _by_language(html: LexborHTMLParser) -> str:
    root = html.root
    lang = (root.attributes.get("lang") or "") if root is not None else ""
    language, _, country = lang.replace("_", "-").partition("-")
    country = country.upper()
    if country in phonenumbers.SUPPORTED_REGIONS and lang.lower() != "en-us":
        return country
    return _LANGUAGES.get(language.lower(), "")
