"""Columns: which columns of a file are compared, and as what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.dedupe.features import MATCH_FIELDS
from pipeline.dedupe_file.table import Table
from pipeline.errors import InvalidInput
from pipeline.normalize.emails import find_emails
from pipeline.normalize.phones import find_phones, looks_like_phone

SEVERAL = frozenset({"email", "phone", "website", "id_number"})
"""Of these a record may have many; the columns of any other field are joined by a blank."""

_NEXT_FIELD = re.compile(r",(?=\s*\w+\s*=)")


@dataclass(frozen=True, slots=True)
class Columns:
    """For each field the places of its columns, from 0, in the order in which they are joined.

    Cells of the ``mixed`` columns hold e-mails, phones or both.
    """

    places: Mapping[str, Sequence[int]]
    mixed: frozenset[int] = frozenset()
    guessed: bool = False

    def values(self, cells: Sequence[str]) -> dict[str, str | list[str]]:
        """Give a row's values by field; cells that are blank or missing give none."""
        found: dict[str, str | list[str]] = {}
        width = len(cells)
        for field, places in self.places.items():
            filled = [text for at in places if at < width and (text := cells[at].strip())]
            if not self.mixed.isdisjoint(places):
                filled = [part for text in filled for part in _parts(field, text)]
            if filled:
                found[field] = filled if field in SEVERAL else " ".join(filled)
        return found

    def by_name(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Give for each field the names of its columns."""
        return {field: [names[at] for at in places] for field, places in self.places.items()}

    def as_option(self, names: Sequence[str]) -> str:
        """Give the same as ``--map`` takes it, for a person to change."""
        named = self.by_name(names).items()
        return ",".join(f"{field}={name}" for field, columns in named for name in columns)


def read_columns(given: Sequence[str], table: Table) -> Columns:
    """Read what a person chose: each text is ``field=column``, or several with commas.

    Raises:
        InvalidInput: there is no such field or column, or it is written otherwise.
    """
    places: dict[str, list[int]] = {}
    for pair in (pair.strip() for text in given for pair in _NEXT_FIELD.split(text)):
        if pair:
            field, column = _read_pair(pair)
            chosen = places.setdefault(field, [])
            place = table.place_of(column)
            if place not in chosen:
                chosen.append(place)
    return Columns({field: places[field] for field in MATCH_FIELDS if field in places})


def _parts(field: str, text: str) -> list[str]:
    """Give the e-mails or the phones of a cell that may hold both."""
    if field == "email":
        return find_emails(text) if "@" in text else []
    words = (word for word in text.split() if "@" not in word)
    return [one for one in find_phones(" ".join(words).strip(" ;,|/")) if looks_like_phone(one)]


def _read_pair(pair: str) -> tuple[str, str]:
    field, sign, column = (part.strip() for part in pair.partition("="))
    if not (field and sign and column):
        raise InvalidInput(f"--map {pair}: write it as FIELD=COLUMN.")
    if field not in MATCH_FIELDS:
        raise InvalidInput(
            f"--map {pair}: there is no field {field!r}. There are: {', '.join(MATCH_FIELDS)}."
        )
    return field, column
