"""Given names that one person goes by: nicknames, short forms, spellings in other languages."""

from collections.abc import Mapping, Set

from pipeline.dedupe.name_lists import read_lines

_NONE: Set[int] = frozenset()


def are_one_name(a: str, b: str) -> bool:
    """Whether two folded given names can be one person's, such as Bob, Bert and Robert.

    They share a canonical name, so that Bob and Bert agree as both are Robert, while Bert being
    Albert too does not make Bob one.
    """
    ours = _GROUPS.get(a)
    return ours is not None and not ours.isdisjoint(_GROUPS.get(b, _NONE))


def find_forms(word: str) -> Set[str]:
    """Give all other forms of a folded given name."""
    return frozenset(
        form for group in _GROUPS.get(word, _NONE) for form in _LINES[group] if form != word
    )


def _number(lines: list[list[str]]) -> Mapping[str, Set[int]]:
    groups: dict[str, set[int]] = {}
    for number, words in enumerate(lines):
        for word in words:
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


_LINES = list(read_lines("nicknames.txt"))
_GROUPS = _number(_LINES)

KNOWN = frozenset(_GROUPS)
"""Every name and nickname of the table."""
