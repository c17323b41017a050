"""Names of people, parsed once: given names, surname, suffix, and how sure the order is."""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

from pipeline.dedupe.businesses import business_signs
from pipeline.dedupe.name_order import split_order, split_prefix
from pipeline.dedupe.name_parts import is_placeholder, split_words, strip_words, take_brackets
from pipeline.dedupe.name_words import GIVEN_NAMES, PARTICLES, TITLES
from pipeline.dedupe.scripts import fold_name

_MAX_LENGTH: Final = 200
_MOST_WORDS: Final = 5
_MAIL = re.compile(r"@\S*")


class Person(NamedTuple):
    """A person's name in folded words (lower-case ASCII letters).

    Of a double name each half is a word of its own (``hans-peter`` gives two), and ``given``
    holds middle names and initials too. ``prefix`` is what goes before the surname, joined:
    ``de la Cruz`` has ``dela``. ``suffix`` is one of jr, sr, ii, iii, iv. ``is_certain`` tells
    that columns or a comma set the order, which else is guessed. ``likeness`` is how much the
    name looks like a person's: 2 surely, 1 likely, 0 unknown, -1 and -2 like a business.
    """

    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    is_certain: bool = False
    likeness: int = 0

    def __bool__(self) -> bool:
        """Whether there is any name at all."""
        return bool(self.given or self.surname)

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the name, given names first."""
        return self.given + self.surname

    def to_row(self) -> list[Any]:
        """Give the name as values that JSON knows; :meth:`from_row` gives the very same again."""
        return [
            [*self.given],
            [*self.surname],
            *(self.prefix, self.suffix, self.is_certain, self.likeness),
        ]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Read what :meth:`to_row` wrote."""
        return cls(tuple(row[0]), tuple(row[1]), *row[2:])


NOBODY: Final = Person()
"""The name of a record that gives none."""


def parse_person(name: str, given: str = "", surname: str = "") -> Person:
    """Parse a whole name, or a given name and a surname from columns of their own.

    The columns win where one of them is filled. Titles, degrees and remarks in brackets are left
    out; a nickname in brackets or quotes counts among the given names. What only stands for a
    missing name (``Unknown``, ``Lady of the House``) gives none.
    """
    if given or surname:
        return _parse_columns(given[:_MAX_LENGTH], surname[:_MAX_LENGTH])
    name = name[:_MAX_LENGTH]
    folded, nicknames = take_brackets(fold_name(name))
    if "@" in folded:
        folded = _MAIL.sub(" ", folded).replace("_", " ").replace(".", " ")
    signs = business_signs(name, folded)
    head, comma, tail = folded.partition(",")
    person = _parse_comma(head, tail) if comma else _parse_plain(folded)
    return _judged(person, signs, nicknames) if person else NOBODY


def _parse_columns(given: str, surname: str) -> Person:
    text, nicknames = take_brackets(fold_name(given))
    first, first_suffix = strip_words(split_words(text), is_given=True)
    last, suffix = strip_words(split_words(take_brackets(fold_name(surname))[0]))
    first = [] if is_placeholder(first) else first
    prefix, core = ("", []) if is_placeholder(last, is_surname=True) else split_prefix(last)
    return Person(
        given=(*_halves(first), *nicknames),
        surname=_halves(core),
        prefix=prefix,
        suffix=suffix or first_suffix,
        is_certain=bool(first and core),
        likeness=2 if first and core else int(bool(first or core)),
    )


def _parse_comma(head: str, tail: str) -> Person:
    """Parse ``Last, First``; what follows the comma may also be a suffix or degrees alone."""
    first, suffix = strip_words(split_words(tail), may_vanish=True)
    if not first:
        person = _parse_plain(head)
        return person._replace(suffix=person.suffix or suffix)
    last, own_suffix = strip_words(split_words(head))
    if not last or is_placeholder([*last, *first]):
        return _parse_plain(tail)
    prefix, core = split_prefix(last)
    return Person(
        _halves(first), _halves(core), prefix, suffix or own_suffix, is_certain=True, likeness=1
    )


def _parse_plain(text: str) -> Person:
    words = split_words(text)
    kept, suffix = strip_words(words, is_given=True)
    if not kept or is_placeholder(kept):
        return NOBODY
    given, rest = split_order(kept, text)
    prefix, core = split_prefix(rest)
    is_titled = words[0] in TITLES and len(words) > 1
    is_whole = bool(given and core) and len(kept) <= _MOST_WORDS and kept[0] not in PARTICLES
    likeness = 2 if is_titled else int(is_whole)
    return Person(_halves(given), _halves(core), prefix, suffix, likeness=likeness)


def _judged(person: Person, signs: int, nicknames: Sequence[str]) -> Person:
    """Finish a whole name: whether it is a person's, and the nicknames that go with it."""
    likeness = person.likeness
    if signs:
        likeness = -signs
    elif likeness == 1 and person.given[0] in GIVEN_NAMES:
        likeness = 2
    if likeness == person.likeness and not nicknames:
        return person
    return person._replace(given=(*person.given, *nicknames), likeness=likeness)


def _halves(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(half for word in words for half in word.split("-"))
