"""Names of people, parsed once: given names, surname, suffix, and how sure the order is."""

import re
from dataclasses import dataclass
from typing import Any, Self

from pipeline.dedupe.name_words import (
    DEGREES,
    FAMILY_FIRST,
    GIVEN_NAMES,
    GLUED,
    PARTICLES,
    SUFFIXES,
    TITLES,
    business_signs,
)
from pipeline.dedupe.scripts import fold_name, repair_digits

_BRACKETED = re.compile(r"[(\[\"\u201c]([^()\[\]\"\u201c\u201d]*)[)\]\"\u201d]")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Person:
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
    def from_row(cls, row: list[Any]) -> Self:
        """Read what :meth:`to_row` wrote."""
        return cls(tuple(row[0]), tuple(row[1]), *row[2:])


NOBODY = Person()


def parse_person(name: str, given: str = "", surname: str = "") -> Person:
    """Parse a whole name, or a given name and a surname from columns of their own.

    The columns win where both are there. Titles, degrees and remarks in brackets are left out;
    a nickname in brackets or quotes counts among the given names.
    """
    if given or surname:
        return _parse_columns(given[:_MAX_LENGTH], surname[:_MAX_LENGTH])
    text, nicknames = _take_brackets(fold_name(name[:_MAX_LENGTH]))
    if "@" in text:
        text = re.sub(r"@\S*", " ", text).replace("_", " ")
    signs = business_signs(name, text)
    head, comma, tail = text.partition(",")
    if comma and (parsed := _parse_comma(head, tail, nicknames, signs)):
        return parsed
    return _parse_plain(text.replace(",", " "), nicknames, signs)


def _parse_columns(given: str, surname: str) -> Person:
    first_text, nicknames = _take_brackets(fold_name(given))
    first, _ = _strip(_words(first_text))
    last_text, _ = _take_brackets(fold_name(surname))
    last, suffix = _strip(_words(last_text))
    prefix, core = _split_prefix(last)
    if not suffix and first_text:
        first, suffix = _strip(_words(first_text), wants_suffix=True)
    return Person(
        given=(*_halves(first), *nicknames),
        surname=_halves(core),
        prefix=prefix,
        suffix=suffix,
        is_certain=bool(first and core),
        likeness=2 if first and core else 1 if first or core else 0,
    )


def _parse_comma(head: str, tail: str, nicknames: list[str], signs: int) -> Person | None:
    """Parse ``Last, First``; None if what follows the comma is no name."""
    first, suffix = _strip(_words(tail), wants_suffix=True, after_comma=True)
    last, own_suffix = _strip(_words(head), wants_suffix=True)
    if not first or not last:
        plain = _parse_plain(head, nicknames, signs)
        return _with_suffix(plain, suffix or _only_suffix(tail))
    prefix, core = _split_prefix(last)
    return Person(
        given=(*_halves(first), *nicknames),
        surname=_halves(core),
        prefix=prefix,
        suffix=suffix or own_suffix,
        is_certain=signs == 0,
        likeness=-signs if signs else 2 if first[0] in GIVEN_NAMES else 1,
    )


def _parse_plain(text: str, nicknames: list[str], signs: int) -> Person:
    words = _WORD.findall(text.lower())
    is_titled = bool(words) and words[0] in TITLES
    kept, suffix = _strip(words, wants_suffix=True)
    if not kept:
        return NOBODY
    given, rest = _split_order(kept, text)
    prefix, core = _split_prefix(rest)
    return Person(
        given=(*_halves(given), *nicknames),
        surname=_halves(core),
        prefix=prefix,
        suffix=suffix,
        likeness=-signs if signs else _likeness(kept, given, core, is_titled=is_titled),
    )


def _split_order(words: list[str], text: str) -> tuple[list[str], list[str]]:
    """Guess which words are given names and which the surname, with its particles."""
    if len(words) == 1:
        is_given = _is_given(words[0])
        return (words, []) if is_given else ([], words)
    if words[0] in PARTICLES and (start := _surname_end(words)) < len(words):
        return words[start:], words[:start]
    place = next((at for at, word in enumerate(words) if at and word in PARTICLES), 0)
    if place and place < len(words) - 1:
        return words[:place], words[place:]
    capital = _capital_word(words, text)
    if capital == 0 or (capital is None and _is_reversed(words)):
        return words[1:], words[:1]
    end = 1
    while end < len(words) - 1 and (len(words[end]) == 1 or _is_given(words[end])):
        end += 1
    return words[:end], words[end:]


def _surname_end(words: list[str]) -> int:
    """Tell where a surname at the front ends: after its particles and one word."""
    end = next(at for at, word in enumerate([*words, ""]) if word not in PARTICLES)
    return end + 1


def _is_reversed(words: list[str]) -> bool:
    """Whether the surname seems to stand first: ``Knowles Keith``, ``Nguyen Van An``."""
    first, last = words[0], words[-1]
    if len(last) == 1 and len(first) > 1:
        return not _is_given(first)
    if first in FAMILY_FIRST:
        return last not in FAMILY_FIRST
    return len(first) > 1 and not _is_given(first) and _is_given(last)


def _capital_word(words: list[str], text: str) -> int | None:
    """Tell which word alone, first or last, is in capitals, as in ``DUPONT Marie``."""
    if text.isupper() or text.islower():
        return None
    shouted = [word.lower() for word in text.split() if len(word) > 2 and word.isupper()]  # noqa: PLR2004 -- two capitals may be initials
    if len(shouted) != 1:
        return None
    return {words[0]: 0, words[-1]: len(words) - 1}.get(shouted[0])


def _likeness(words: list[str], given: list[str], core: list[str], *, is_titled: bool) -> int:
    if is_titled:
        return 2
    if any(word[0].isdigit() for word in words):
        return -1
    if not given or not core or len(words) > 5:  # noqa: PLR2004 -- longer names are rarely people's
        return 0
    return 2 if any(_is_given(word) for word in given) else int(len(words) < 4)  # noqa: PLR2004


def _is_given(word: str) -> bool:
    return word in GIVEN_NAMES or ("-" in word and word.partition("-")[0] in GIVEN_NAMES)


def _take_brackets(text: str) -> tuple[str, list[str]]:
    """Part a name from what stands in brackets or quotes; given names among it are kept."""
    if "(" not in text and '"' not in text and "[" not in text:
        return text, []
    inside = [word.lower() for part in _BRACKETED.findall(text) for word in part.split()]
    outside = _BRACKETED.sub(" ", text)
    if not outside.strip(' ()[]"'):
        return text, []
    return outside, [word for word in inside if word in GIVEN_NAMES]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _strip(
    words: list[str], *, wants_suffix: bool = False, after_comma: bool = False
) -> tuple[list[str], str]:
    """Strip titles in front and degrees behind, and take the suffix; glue ``mc`` to its word."""
    end, start, suffix = len(words), 0, ""
    while end > start + 1 or (after_comma and end > start):
        word = words[end - 1]
        if word in SUFFIXES and (wants_suffix or end > 1):
            suffix = suffix or SUFFIXES[word]
        elif word not in DEGREES and not (after_comma and word in TITLES):
            break
        end -= 1
    while start < end - 1 and words[start] in TITLES:
        start += 1
    if start == end - 1 and words[start] in TITLES and end - start < len(words):
        start = end
    kept = words[start:end] if start < end else words
    if after_comma and start >= end:
        kept = []
    return [repair_digits(word) for word in _glue(kept)], suffix


def _only_suffix(tail: str) -> str:
    return next((SUFFIXES[word] for word in _words(tail) if word in SUFFIXES), "")


def _with_suffix(person: Person, suffix: str) -> Person:
    if not suffix or person.suffix:
        return person
    return Person(
        person.given, person.surname, person.prefix, suffix, person.is_certain, person.likeness
    )


def _glue(words: list[str]) -> list[str]:
    if GLUED.isdisjoint(words):
        return words
    glued: list[str] = []
    held = ""
    for word in words:
        if word in GLUED:
            held += word
        else:
            glued.append(held + word)
            held = ""
    return [*glued, held] if held else glued


def _split_prefix(words: list[str]) -> tuple[str, list[str]]:
    """Part a surname from its particles; one made of nothing else is no particle."""
    place = 0
    while place < len(words) - 1 and words[place] in PARTICLES:
        place += 1
    core = [word for at, word in enumerate(words) if at >= place and word not in PARTICLES]
    return "".join(words[:place]), core or words[place:]


def _halves(words: list[str]) -> tuple[str, ...]:
    return tuple(half for word in words for half in word.split("-"))
