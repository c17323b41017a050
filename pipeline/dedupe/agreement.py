"""How far two values of one field agree: the common answer of all comparators."""

from enum import IntEnum
from typing import Final, NamedTuple


class Level(IntEnum):
    """The grades of agreement, the better the higher."""

    MISSING = 0
    """One of the two is not known: no evidence at all."""
    CONFLICT = 1
    """Both are known and have nothing in common that would tell."""
    PARTIAL = 2
    """Some of it agrees: a shared word, a year, one name within the other."""
    CLOSE = 3
    """The same but for what a slip of the pen changes."""
    EXACT = 4
    """The same, once spelt alike."""


class Agreement(NamedTuple):
    """The grade, how alike the two are from 0 to 1, what the grade rests on, and on what.

    ``detail`` is a word of the comparator for the case at hand (``swapped``, ``acronym`` …), empty
    where the level says it all. ``term`` is what the two share, as the parser spells it, to be
    weighed by how rare it is; empty where they share nothing.
    """

    level: Level
    similarity: float
    detail: str = ""
    term: str = ""


MISSING: Final = Agreement(Level.MISSING, 0.0)
CONFLICT: Final = Agreement(Level.CONFLICT, 0.0)
