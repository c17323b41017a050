"""Loose hints: columns that an import would rather leave alone, but that matching may try.

A wrong guess costs an import a value in the wrong field; here it costs some bits, and is told.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline.normalize.text import word_set
from pipeline.readers.content import MOST, is_address, is_phone, share
from pipeline.readers.header_words import header_words

PLACES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "address": word_set(
            "address addr street adresse strasse anschrift direccion indirizzo rue"
        ),
        "city": word_set("city town suburb municipality ort stadt ville ciudad citta cidade"),
        "postcode": word_set("postcode zip zipcode postal plz cap cep"),
        "region": word_set("state province region bundesland"),
        "country": word_set("country land pays pais paese"),
    }
)
"""Words of the parts of addresses, by field."""

_NAME = word_set("name names nombre nom nome naam navn namn")
_NO_PLACE = word_set(
    "birth born ip mac email mail url web website id type count score status date time size phone"
    " previous former lat latitude lon longitude geo verified valid created updated house number"
)
_NO_NAME = word_set(
    "user file program programme product brand list field event host domain nick middle maiden"
    " street city state county country region campaign form ad sheet table column model plan"
    " display screen login mother father spouse emergency owner manager assistant contact"
)
_LETTERS = 0.9


def says_place(field: str, header: str) -> bool:
    """Whether a header has a word of a part of addresses, and none that makes it something else."""
    words = header_words(header)
    return not PLACES[field].isdisjoint(words) and _NO_PLACE.isdisjoint(words)


def is_some_name(header: str, values: Sequence[str]) -> bool:
    """Whether a column may name what its rows are about: ``Site name``, ``restaurant_name``."""
    words = header_words(header)
    if not words or _NAME.isdisjoint((words[0], words[-1])) or not _NO_NAME.isdisjoint(words):
        return False
    lettered = share(values, lambda value: any(map(str.isalpha, value))) > _LETTERS
    return lettered and max(share(values, is_address), share(values, is_phone)) < MOST
