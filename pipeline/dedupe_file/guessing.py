"""Guessing: which columns are compared, where nobody has said so."""

from collections.abc import Sequence

from pipeline.dedupe.features import MATCH_FIELDS
from pipeline.dedupe_file.columns import Columns
from pipeline.dedupe_file.header_hints import (
    find_birth_parts,
    is_address_part,
    is_birth_date,
    is_person_number,
    says_person_number,
)
from pipeline.dedupe_file.loose_hints import PLACES, is_some_name, says_place
from pipeline.dedupe_file.table import Table
from pipeline.readers.content import values_at
from pipeline.readers.header_words import header_words


def guess_columns(table: Table) -> Columns:
    """Guess the columns by their headers and values, as an import does, and those it leaves alone.

    What no two rows share, or what only numbers the rows, is never taken for evidence.
    """
    kinds, names = table.plan.mapping.kinds, table.names
    places: dict[str, list[int]] = {field: [] for field in MATCH_FIELDS}
    for place, kind in enumerate(kinds):
        for field in ("email", "phone") if kind == "contact" else (kind,):
            if field in places:
                places[field].append(place)
    free = [place for place, kind in enumerate(kinds) if kind == ""]
    _find_births(table, free, places)
    places["id_number"] = _find_person_numbers(table, free)
    _find_loosely(table, free, places)
    if places["address"]:
        places["address"] = _with_parts(names, places["address"][0], free)
    mixed = frozenset(place for place, kind in enumerate(kinds) if kind == "contact")
    return Columns({field: found for field, found in places.items() if found}, mixed, guessed=True)


def _find_births(table: Table, free: Sequence[int], places: dict[str, list[int]]) -> None:
    whole = [
        place
        for place in free
        if is_birth_date(table.names[place], values_at(table.split.sample, place))
    ]
    places["birth_date"] = whole[:1] or find_birth_parts(table.names)


def _find_loosely(table: Table, free: Sequence[int], places: dict[str, list[int]]) -> None:
    """Find the parts of an address, and a name of any kind, where no column surely is that."""
    for field in PLACES:
        found = [place for place in free if says_place(field, table.names[place])]
        places[field] = places[field] or found[:1]
    if not any(places[field] for field in ("name", "given_name", "surname")):
        sample = table.split.sample
        places["name"] = [
            place for place in free if is_some_name(table.names[place], values_at(sample, place))
        ][:1]


def _find_person_numbers(table: Table, free: Sequence[int]) -> list[int]:
    named = [place for place in free if says_person_number(table.names[place])]
    if not named:
        return []
    values: dict[int, list[str]] = {place: [] for place in named}
    for row in table.rows():
        for place in named if row.is_record else ():
            values[place] += values_at([row.cells], place)
    return [place for place in named if is_person_number(values[place])]


def _with_parts(names: Sequence[str], address: int, free: Sequence[int]) -> list[int]:
    """Give an address with the columns beside it that hold its parts, in order of place."""
    words = header_words(names[address])
    parts = [
        place
        for place in free
        if header_words(names[place]) == words or is_address_part(names[place])
    ]
    return sorted({address, *parts})
