"""Which texts are a person's name; strict, since headings and places look like names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.dedupe.mail_names import Fit, explained_by
from pipeline.dedupe.mailboxes import Mailbox, parse_mailbox
from pipeline.dedupe.nicknames import are_one_name
from pipeline.dedupe.people import Person, parse_person
from pipeline.extract.name_words import (
    NEVER,
    PARTICLES,
    PLACES,
    STATE_CODES,
    STATES,
    SUFFIXES,
    TITLES,
    TRADES,
)
from pipeline.extract.titles import is_job_title
from pipeline.normalize.text import fold_text

NOT_A_NAME, LIKELY, SURE = 0, 1, 2

_MAX_NAME = 60
_SURELY = 2
_INITIALS = 2
_REMEMBERED = 256
_WORDS = range(2, 6)
# Endings of common nouns and adjectives, as they fill headings.
_NOUN = re.compile(
    r"(?:tions?|ments?|ness|it(?:y|ies)|ology|ical|ional|ware|ances?|ships?|ives?|ages|ants|ables?|"
    r"isms?|izing|ising|ally|ous|ful|less|ures|ents)$"
)
_NICKNAME = re.compile(r"\s*[(\"“‘'][A-Z][a-z.]{1,14}[)\"”’']\s*")
_LABEL = re.compile(
    r"(?:name|contact(?: person)?|by|attn|attention|ansprechpartner(?:in)?|inhaber(?:in)?|owner"
    r"|gesch[äa]ftsführer(?:in)?|kontakt|manager|director|president|ceo|vertreten durch)\s?[:.]\s*",
    re.IGNORECASE,
)
_QUOTES = frozenset("(\"“‘'")
_BAD = frozenset('0123456789@/&|!?:()"“”+=*#<>[]{}_%$€£©®™•…;\\~')


def rate_name(text: str) -> int:
    """Say whether a text is one person's name and nothing else: not, likely or surely."""
    if len(text) > _MAX_NAME or " " not in text.strip():
        return NOT_A_NAME
    return _rate(text)


@lru_cache(maxsize=_REMEMBERED)
def _rate(text: str) -> int:
    if not _QUOTES.isdisjoint(text):
        text = _NICKNAME.sub(" ", text)
    text = text.strip(" ,;:–-—.")
    words = text.replace(",", " ").split() if _BAD.isdisjoint(text) else []
    titled = len(words) > 1 and _bare(words[0]) in TITLES and words[0][0].isupper()
    named = _named_words(words, titled=titled)
    if not named:
        return NOT_A_NAME
    likeness = _person(_without_suffixes(text)).likeness
    if likeness < 0 or (is_job_title(text) and (likeness < _SURELY or named[-1] not in TRADES)):
        return NOT_A_NAME
    if titled or likeness == _SURELY:
        return SURE
    return NOT_A_NAME if _reads_like_heading(words, named) else LIKELY


def _named_words(words: Sequence[str], *, titled: bool) -> list[str]:
    """Give the words that name somebody, bare; none if any of them cannot be a name's."""
    kept = [word for word in words if _bare(word) not in SUFFIXES]
    while titled and kept and _bare(kept[0]) in TITLES:
        del kept[0]
    named = [word for at, word in enumerate(kept) if not at or word.lower() not in PARTICLES]
    if len(kept) not in _WORDS and not (titled and len(kept) == 1):
        return []
    bare = [_bare(word) for word in named]
    enough = titled or len(named) > 1
    if not enough or not all(map(_is_name_word, named)) or max(map(len, bare)) == 1:
        return []
    is_place = bare[-1] in STATES or (bare[0] in PLACES and not titled) or _ends_in_state(kept)
    return bare if NEVER.isdisjoint(bare) and not is_place else []


def _ends_in_state(words: Sequence[str]) -> bool:
    """Whether words end as an address does: ``Jackson WI``, but not ``LEE JA``."""
    return words[-1] in STATE_CODES and not all(map(str.isupper, words))


def _reads_like_heading(words: Sequence[str], named: Sequence[str]) -> bool:
    """Whether words nobody is known to be called are more likely a heading or a place."""
    mixed = not all(map(str.isupper, words))
    shouted = mixed and any(len(word) > _INITIALS and word.isupper() for word in words)
    return shouted or any(map(_NOUN.search, named))


def clean_name(text: str) -> str:
    """Drop what surrounds a name: labels, punctuation, runs of blanks."""
    if ":" in text or "." in text:
        text = _LABEL.sub("", text, count=1)
    return " ".join(text.strip(" ,;:–-—|•·").split())


def name_fits_email(name: str, email: str, *, fully: bool = False) -> bool:
    """Whether an address is likely this person's: ``ann.lee@``, ``alee@``, ``lee@``, ``bob@``.

    ``fully`` asks that the name explains the whole of it, as befits a name that may be none.
    """
    letters = "".join(c for c in fold_text(email.partition("@")[0]) if c.isalpha())
    bare = _without_suffixes(_NICKNAME.sub(" ", name) if fully else name)
    words = [word for word in fold_text(bare).split() if word not in TITLES]
    if not letters or not words:
        return False
    if len(words) > 1 and letters in {*words, *_mailbox_forms(words)}:
        return True
    if not fully and any(len(word) > _INITIALS and word in letters for word in words):
        return True
    fit = explained_by(_mailbox(email), _person(bare))
    return fit >= (Fit.FULL if fully else Fit.SURNAME) or are_one_name(words[0], letters)


@lru_cache(maxsize=_REMEMBERED)
def _person(text: str) -> Person:
    return parse_person(text)


@lru_cache(maxsize=_REMEMBERED)
def _mailbox(email: str) -> Mailbox | None:
    return parse_mailbox(email)


def _without_suffixes(text: str) -> str:
    """Drop degrees and the like from the end: ``Ann Lee, MD, PhD``."""
    words = text.split()
    while len(words) > 1 and _bare(words[-1]) in SUFFIXES:
        words.pop()
    return " ".join(words).rstrip(", ")


def _mailbox_forms(words: Sequence[str]) -> set[str]:
    """Give how mailboxes are made of a name, without dots."""
    first, last = words[0], words[-1]
    whole = {"".join(words), first + last, last + first}
    short = {first[0] + last, first + last[0], last + first[0], first[0] + last[0]}
    return {*whole, *short, "".join(word[0] for word in words)}


def _bare(word: str) -> str:
    return word.strip(".,").replace(".", "").lower()


def _is_name_word(word: str) -> bool:
    letters = word.strip(".,'’-")
    return (
        bool(letters)
        and letters[0].isupper()
        and (letters.isalpha() or all(c.isalpha() or c in ".'’-`´" for c in letters))
    )
