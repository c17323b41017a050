"""Evidence: a column's header weighed against what the column holds."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.statuses import normalize_status
from pipeline.readers.content import (
    FITS,
    HARDLY_ANY,
    MOST,
    NEARLY_ALL,
    is_address,
    is_country,
    is_honorific,
    is_phone,
    is_profile,
    is_site,
    is_surely_phone,
    share,
)
from pipeline.readers.header_words import LABEL, UNKNOWN, Guess

BY_CONTENT = 500
CONTRADICTED = 900
"""Ranks of a guess from values alone, and of one that the values contradict."""

CONTENT_ONLY = 0.6
"""How sure a guess from values alone is."""

_DOUBTED = 0.5
_LOOSE = 0.8
_FEW, _SEVERAL = 3, 5
_WORDS = frozenset({"name", "given_name", "surname", "company", "title", "city", "region"})


def weigh(guess: Guess, values: Sequence[str], *, unnamed: bool) -> Guess:
    """Let a column's values speak where its header does not, or where it cannot be true.

    A header that names a field gives way only when hardly any value can be of that field, and
    nearly all are of another kind. One that surely is no field of ours is left alone.
    """
    if not values or guess.field == LABEL:
        return guess
    if guess is UNKNOWN:
        return _from_values(values, unnamed=unnamed)
    if guess.field:
        return _mixed(guess, values) or _against(guess, values)
    return guess


def _from_values(values: Sequence[str], *, unnamed: bool) -> Guess:
    varied = len(values) < _SEVERAL or len(set(values)) > len(values) * 0.3
    if varied and share(values, is_address) > MOST:
        return Guess("email", BY_CONTENT, CONTENT_ONLY)
    written = share(values, lambda value: is_phone(value) and value[0] in "+(") > MOST
    if varied and (written or unnamed) and share(values, is_phone) > MOST:
        return Guess("phone", BY_CONTENT, CONTENT_ONLY)
    if varied and share(values, is_site) > NEARLY_ALL and share(values, is_profile) < HARDLY_ANY:
        return Guess("website", BY_CONTENT, CONTENT_ONLY)
    if share(values, is_country) > NEARLY_ALL and (unnamed or len(values) >= _FEW):
        return Guess("country", BY_CONTENT, CONTENT_ONLY)
    return UNKNOWN


def _mixed(guess: Guess, values: Sequence[str]) -> Guess | None:
    """See a column that holds e-mails in some rows and phones in others."""
    if guess.field not in {"email", "phone", "name"} or len(values) < _SEVERAL:
        return None
    emails, phones = share(values, is_address), share(values, is_surely_phone)
    if min(emails, phones) > HARDLY_ANY and emails + phones > NEARLY_ALL:
        return Guess("contact", guess.rank, CONTENT_ONLY)
    return None


def _against(guess: Guess, values: Sequence[str]) -> Guess:
    field = guess.field
    if field == "website" and share(values, is_profile) > MOST:
        return UNKNOWN
    if field == "title" and share(values, is_honorific) > MOST:
        return UNKNOWN
    if field == "region" and share(values, normalize_status) > NEARLY_ALL:
        return Guess("status", BY_CONTENT, CONTENT_ONLY)
    fits = FITS.get("name" if field in _WORDS else field)
    fit = share(values, fits) if fits else 1.0
    if fit < HARDLY_ANY:
        return _contradicted(guess, values)
    return replace(guess, confidence=guess.confidence * _DOUBTED) if fit < _DOUBTED else guess


def _contradicted(guess: Guess, values: Sequence[str]) -> Guess:
    for field, test in (
        ("email", is_address),
        ("phone", is_surely_phone),
        ("website", is_site),
        ("country", is_country),
    ):
        if field != guess.field and share(values, test) > NEARLY_ALL:
            return Guess(field, BY_CONTENT, CONTENT_ONLY)
    if guess.confidence < _LOOSE and len(values) >= _FEW:
        return UNKNOWN
    # A status in words of its own is still a status.
    rank = guess.rank if guess.field == "status" else CONTRADICTED
    return Guess(guess.field, rank, guess.confidence * _DOUBTED)
