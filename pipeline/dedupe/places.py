"""Where somebody is: addresses, cities and postcodes in one plain form."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from pipeline.dedupe.place_words import COUNTRY_MARKS, REGIONS, STATES, UNITS
from pipeline.dedupe.streets import read_street
from pipeline.normalize.countries import country_code
from pipeline.normalize.text import fold_text

MAX_LENGTH = 300
"""So many characters of an address are read."""

_PARTS = re.compile(r"[,;\n]+")
_LETTERED_POSTCODE = (
    r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|[a-z]\d[\dw] ?[a-z\d]{4}"
)
_POSTCODE = re.compile(
    rf"(?<![a-z\d-])(?:{_LETTERED_POSTCODE}|\d{{4}} ?[a-z]{{2}}|\d{{5}}[ -]\d{{3,4}}"
    r"|\d{2}[ -]\d{3}|\d{3}[ -]\d{4}|\d{4}[ -]\d{3}|\d{3} \d{2}|\d{4,6})(?![a-z\d-])"
)
_CODE_BEHIND = re.compile(r" (?:- ?|\()([a-z]{2})\)?$")
_LATE_POSTCODE = re.compile(
    rf"(?<=[a-z] )(?:{_LETTERED_POSTCODE}|\d{{5}}(?:-\d{{4}})?)(?![a-z\d-])"
)
_APOSTROPHES = str.maketrans("", "", "'’`´.")
_NOT_ALPHANUMERIC = re.compile("[^a-z0-9]+")
_LONG_ZIP, _ZIP = 9, 5
_CITY_WORDS = {"st": "saint", "ft": "fort", "mt": "mount", "ste": "saint"}
_DIRECTIONS = {"north": "n", "south": "s", "east": "e", "west": "w"}


class Place(NamedTuple):
    """A place in plain lower-case words; what is not known is empty.

    ``house`` is a number with its suffix or a range (``12``, ``12b``, ``12-14``), ``unit`` that of
    a flat. ``street`` holds all other words of the address in their kept forms
    (``5 Cox Lane`` → ``cox ln``). ``postcode`` has no blanks; ``country`` is an ISO 3166 code.
    """

    house: str = ""
    unit: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""


class _Tail(NamedTuple):
    """What was found behind the street of a one-line address."""

    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""


def parse_place(
    address: str = "", city: str = "", postcode: str = "", region: str = "", country: str = ""
) -> Place:
    """Read a place, each value as published; about 10 µs.

    City, postcode, region and country are also taken out of a one-line address, where their own
    fields do not tell them: ``5 Cox Lane, London M5 5HG``.
    """
    parts = [text for part in _PARTS.split(address[:MAX_LENGTH]) if (text := _plain(part))]
    town, second = normalize_city(city), ""
    if "," in city:
        second = city.partition(",")[2]
    tail = _take_tail(parts, town, has_postcode=bool(postcode)) if parts else _Tail()
    house, unit, street = read_street(parts)
    return Place(
        house,
        unit,
        street,
        town or tail.city,
        normalize_postcode(postcode) or tail.postcode,
        normalize_region(region or second) or tail.region,
        normalize_country(country) or tail.country,
    )


@lru_cache(maxsize=4_096)
def normalize_city(text: str) -> str:
    """Give a city's name to compare: ``St. Louis`` and ``Saint Louis`` alike."""
    words = fold_text(text.partition(",")[0].translate(_APOSTROPHES)).split()
    if len(words) > 1 and words[-1] == "city":
        words.pop()
    kept = [_CITY_WORDS.get(word, word) for word in words] if len(words) > 1 else words
    return " ".join(_DIRECTIONS.get(word, word) for word in kept)


def normalize_postcode(text: str) -> str:
    """Give a postcode without blanks, dashes and its country's letters; ZIP+4 without the 4."""
    words = _NOT_ALPHANUMERIC.sub(" ", text.lower()).split()
    if len(words) > 1 and words[0] in COUNTRY_MARKS:
        words = words[1:]
    code = "".join(words)
    return code[:_ZIP] if len(code) == _LONG_ZIP and code.isdecimal() else code


@lru_cache(maxsize=1_024)
def normalize_region(text: str) -> str:
    """Give a state or province to compare: ``CA`` and ``California`` alike."""
    folded = fold_text(text)
    return REGIONS.get(folded, folded)


def normalize_country(text: str) -> str:
    """Give the ISO 3166 code of a country, or its folded name where it is not known."""
    return (country_code(text) or fold_text(text)) if text else ""


def _plain(text: str) -> str:
    """Fold a part of an address; the dashes and slashes of numbers stay."""
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFC", text))
    return text.lower().translate(_APOSTROPHES).strip()


def _take_tail(parts: list[str], city: str, *, has_postcode: bool) -> _Tail:
    """Take city, postcode, region and country off the end of an address."""
    if len(parts) == 1:
        return _Tail() if has_postcode else _take_late_postcode(parts)
    country = normalize_country(parts[-1]) if country_code(parts[-1]) else ""
    if country:
        parts.pop()
    region = parts.pop() if len(parts) > 1 and normalize_region(parts[-1]) in STATES else ""
    place = postcode = ""
    if len(parts) > 1 and (found := _POSTCODE.search(parts[-1])):
        postcode = normalize_postcode(found[0])
        rest = (parts.pop()[: found.start()] + " " + found.string[found.end() :]).split()
        if rest and normalize_region(rest[-1]) in STATES:
            region = rest.pop()
        while rest and rest[0].strip("-") in COUNTRY_MARKS:
            rest.pop(0)
        place = " ".join(rest)
    if not place and len(parts) > 1 and _may_be_city(parts[-1], city):
        place = parts.pop()
    if code := _CODE_BEHIND.search(place):
        region, place = code[1], place[: code.start()]
    return _Tail(normalize_city(place), postcode, normalize_region(region), country)


def _may_be_city(text: str, city: str) -> bool:
    """Whether the last part of an address names the city rather than a flat."""
    if city:
        return normalize_city(text) == city
    return not any(c.isdecimal() for c in text) and text.partition(" ")[0] not in UNITS


def _take_late_postcode(parts: list[str]) -> _Tail:
    """Find the postcode in an address without commas, and the city behind it."""
    found = _LATE_POSTCODE.search(parts[0])
    if found is None:
        return _Tail()
    behind = parts[0][found.end() :]
    parts[0] = parts[0][: found.start()]
    words = parts[0].split()
    region = words.pop() if len(words) > 1 and words[-1] in STATES else ""
    if region:
        parts[0] = " ".join(words)
    return _Tail(normalize_city(behind), normalize_postcode(found[0]), region)
