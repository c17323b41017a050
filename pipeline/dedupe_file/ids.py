"""Ids: by what a file's rows are named, so that pairs of them can be told and answered."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from pipeline.dedupe_file.table import Table
from pipeline.errors import InvalidInput
from pipeline.normalize.formulas import unguard_formula
from pipeline.readers.header_words import header_words

_FIRST = ("id", "record id", "rec id", "row id", "lead id", "contact id", "uuid", "guid", "uid")
_SHORT = 7
_LAST_WORDS = frozenset({"id", "uuid", "guid", "uid"})


@dataclass(frozen=True)
class RowIds:
    """The id of each row: its cell in the column ``name``, else its number, 1 being the first."""

    name: str | None
    ids: Sequence[str]

    def get_position(self, text: str) -> int | None:
        """Give the position of a row by its id, or None; surrounding blanks are no matter."""
        bare = text.strip()
        spellings = (bare, unguard_formula(bare)) if bare else ()
        return next((self._positions[one] for one in spellings if one in self._positions), None)

    def title(self, position: int) -> str:
        """Name a row for a person."""
        return self.ids[position] if self.name else f"row {self.ids[position]}"

    @cached_property
    def _positions(self) -> dict[str, int]:
        told = reversed(list(enumerate(self.ids)))
        return {text.strip(): position for position, text in told}


class IdFinder:
    """Watches the rows of a table go by, to see which column names each of them alone."""

    def __init__(self, table: Table, chosen: str, evidence: AbstractSet[int]) -> None:
        """Look at the column ``chosen``, or else at those that may be ids and are no evidence."""
        self._names = table.names
        self._chosen = table.place_of(chosen) if chosen else None
        places = _find_likely(table.names, evidence) if self._chosen is None else [self._chosen]
        self._cells: dict[int, list[str]] = {place: [] for place in places}
        self._seen: dict[int, set[str]] = {place: set() for place in places}
        self._rows = 0

    def add(self, cells: Sequence[str], *, is_record: bool) -> None:
        """Look at one more row; rows that are no records need no id."""
        self._rows += 1
        for place in list(self._cells):
            text = cells[place] if place < len(cells) else ""
            bare = text.strip()
            if is_record and (not bare or bare in self._seen[place]):
                self._refuse(place, bare)
                continue
            self._seen[place].add(bare)
            self._cells[place].append(text)

    def finish(self) -> RowIds:
        """Give the ids: of the likeliest column that names every record, else row numbers."""
        for place, cells in self._cells.items():
            if self._rows:
                return RowIds(self._names[place], cells)
        return RowIds(None, [str(number) for number in range(1, self._rows + 1)])

    def _refuse(self, place: int, text: str) -> None:
        if place == self._chosen:
            told = f"{text!r} stands there twice" if text else "some of its cells are blank"
            raise InvalidInput(
                f"--id {self._names[place]}: {told}; ids must be different for every row."
            )
        del self._cells[place], self._seen[place]


def _find_likely(names: Iterable[str], evidence: AbstractSet[int]) -> list[int]:
    """Find the columns that may be ids, the likeliest first."""
    ranks: dict[int, int] = {}
    for place, name in enumerate(names):
        words = header_words(name)
        if place in evidence or not words:
            continue
        told = " ".join(words)
        if told in _FIRST:
            ranks[place] = _FIRST.index(told)
        elif words[-1] in _LAST_WORDS or _is_short_id(words):
            ranks[place] = len(_FIRST)
    return sorted(ranks, key=lambda place: (ranks[place], place))


def _is_short_id(words: Sequence[str]) -> bool:
    """Whether a header is like ``recid`` or ``ncid``."""
    return len(words) == 1 and words[0].endswith("id") and len(words[0]) <= _SHORT
