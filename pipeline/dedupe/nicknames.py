"""Given names that one person goes by: nicknames, short forms, spellings in other languages."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.dedupe.name_lists import read_lines


def are_one_name(a: str, b: str) -> bool:
    """Whether two folded given names can be one person's, such as Bob, Bert and Robert.

    They share a canonical name: Bob and Bert agree as both are Robert, while Bert's being Albert
    too does not make Bob one.
    """
    ours = _GROUPS.get(a)
    return ours is not None and not ours.isdisjoint(_GROUPS.get(b, _NONE))


def may_begin_with(initial: str, word: str) -> bool:
    """Whether a folded given name has a form with this initial: Amanda goes by M. too (Mandy)."""
    return any(initial in _INITIALS[name] for name in _GROUPS.get(word, ()))


def canonical_names(word: str) -> Sequence[str]:
    """Give the full names that a folded given name can stand for, itself if it stands for none.

    In order of the alphabet; ``bert`` has several.
    """
    return sorted(_GROUPS.get(word, ())) or [word]


def _groups(lines: Sequence[Sequence[str]]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for canonical, *forms in lines:
        for word in (canonical, *forms):
            groups.setdefault(word, set()).add(canonical)
    return {word: frozenset(names) for word, names in groups.items()}


def _initials(groups: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    initials: dict[str, set[str]] = {}
    for word, names in groups.items():
        for name in names:
            initials.setdefault(name, set()).add(word[0])
    return {name: frozenset(letters) for name, letters in initials.items()}


_NONE: Final[frozenset[str]] = frozenset()
_GROUPS: Final = _groups(read_lines("nicknames.txt"))
_INITIALS: Final = _initials(_GROUPS)

KNOWN_FORMS: Final = frozenset(_GROUPS)
"""Every name and nickname of the table."""
