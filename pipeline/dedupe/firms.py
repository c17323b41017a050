"""Companies and jobs: their names in plain words, and how far two of them agree."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.dedupe.agreement import MISSING, Agreement, Level
from pipeline.dedupe.firm_words import BUSINESS_WORDS, LINKING, TITLE_PHRASES, TITLE_WORDS
from pipeline.normalize.companies import company_key, has_legal_form
from pipeline.normalize.text import fold_text

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_APOSTROPHES = str.maketrans("", "", "'’`´")
_TWO_NAMES = re.compile(r"\s*[\w'’-]+ and [\w'’-]+\s*", re.IGNORECASE)
_NO_COMPANY: Final = frozenset(
    {"", "na", "n a", "none", "null", "nil", "unknown", "self", "self employed", "freelance"}
    | {"freelancer", "private", "privat", "unemployed", "retired", "student", "test", "various"}
)
_NAMES_KEPT: Final = 4_096
_CLOSE: Final = 0.84
_CLOSE_WORD: Final = 0.75
_ALIKE: Final = 0.6
_LEAST_ACRONYM: Final = 2
_LEAST_SHORT: Final = 3
_SURNAMES_TOO: Final = frozenset({"ab", "as", "co", "ek", "ev", "sa", "se", "sl"})
_LEAST_SHORT_WORD: Final = 4


class Firm(NamedTuple):
    """A company: its words without legal form and linking words, in order, and their initials.

    ``place`` is what stood in brackets behind the name, as branches are told apart
    (``Bright Clinic (Paris)``).
    """

    name: str = ""
    acronym: str = ""
    place: str = ""


@lru_cache(_NAMES_KEPT)
def parse_firm(text: str) -> Firm:
    """Read the name of a company; the empty firm where it names none (``self-employed``)."""
    plain = text.translate(_APOSTROPHES)
    words = company_key(plain).split()
    if " ".join(words) in _NO_COMPANY:
        return Firm()
    kept = [word for word in words if word not in LINKING] or words
    acronym = "".join(word[0] for word in kept) if len(kept) >= _LEAST_ACRONYM else ""
    place = _IN_BRACKETS.search(plain) if "(" in plain else None
    return Firm(" ".join(kept), acronym, fold_text(place[1]) if place else "")


def compare_firms(a: Firm, b: Firm) -> Agreement:
    """Compare two companies.

    Exact: the same words, if need be ``joined`` or in another ``order``. Close: a
    ``slip``, or an ``acronym`` of three letters or more. Partial: all words of one are in the other
    (``contained``), or one is the beginning of the other (``shortened``), or they have a word in
    common (``shared``), or look ``alike``. A conflict says ``trade`` if they share words such as
    Consulting. ``term`` holds the shared words.
    """
    if not a.name or not b.name:
        return MISSING
    if a.name == b.name:
        return Agreement(Level.EXACT, 1.0, "", a.name)
    one, other = a.name.replace(" ", ""), b.name.replace(" ", "")
    ours, theirs = a.name.split(), b.name.split()
    if one == other or sorted(ours) == sorted(theirs):
        detail = "joined" if one == other else "order"
        return Agreement(Level.EXACT, 0.95, detail, min(a.name, b.name))
    alike = OSA.normalized_similarity(one, other)
    if alike >= _CLOSE and not _differ_in_a_word(ours, theirs):
        return Agreement(Level.CLOSE, alike, "slip", min(a.name, b.name))
    if _is_acronym(a, b) or _is_acronym(b, a):
        return Agreement(Level.CLOSE, 0.8, "acronym", min(one, other, key=len))
    return _shared_words(ours, theirs, alike)


def is_business_name(text: str) -> bool:
    """Whether a name is a business's rather than a person's, by its legal form or its words.

    ``Hill and Dale`` is one. Short legal forms that are surnames too (Maria Sa, Eddie Co) count
    only in capitals behind a name that is not all in capitals.
    """
    if "&" in text or _TWO_NAMES.fullmatch(text):
        return True
    if has_legal_form(text):
        first, _, last = text.strip().rpartition(" ")
        doubtful = fold_text(last) in _SURNAMES_TOO and " " not in first
        return not doubtful or (last.isupper() and not first.isupper())
    return not BUSINESS_WORDS.isdisjoint(fold_text(text.translate(_APOSTROPHES)).split())


def normalize_title(text: str) -> str:
    """Give a job title in short forms: ``Vice President, Sales`` and ``VP Sales`` alike."""
    folded = f" {fold_text(text)} "
    if len(folded) > len(" vp  ") and " " in folded.strip():
        for long, short in TITLE_PHRASES.items():
            if long in folded:
                folded = folded.replace(f" {long} ", f" {short} ")
    words = (TITLE_WORDS.get(word, word) for word in folded.split())
    return " ".join(word for word in words if word not in LINKING)


def compare_titles(a: str, b: str) -> Agreement:
    """Compare two titles as :func:`normalize_title` gives them; weak evidence either way."""
    if not a or not b:
        return MISSING
    if a == b:
        return Agreement(Level.EXACT, 1.0, "", a)
    ours, theirs = a.split(), b.split()
    if sorted(ours) == sorted(theirs):
        return Agreement(Level.EXACT, 0.95, "order", min(a, b))
    alike = OSA.normalized_similarity(a, b)
    if alike >= _CLOSE:
        return Agreement(Level.CLOSE, alike, "slip", min(a, b))
    shared = set(ours) & set(theirs)
    if not shared:
        return Agreement(Level.CONFLICT, alike)
    return Agreement(Level.PARTIAL, max(alike, 0.5), "shared", _joined(shared))


def _joined(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _differ_in_a_word(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether names that look alike differ in one whole word: North Media, South Media."""
    if len(ours) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return any(OSA.normalized_similarity(a, b) < 0.6 for a, b in pairs)  # noqa: PLR2004 - no slip


def _is_acronym(a: Firm, b: Firm) -> bool:
    return a.name.replace(" ", "") == b.acronym and len(b.acronym) >= _LEAST_SHORT


def _shared_words(ours: list[str], theirs: list[str], alike: float) -> Agreement:
    if (len(ours), ours) > (len(theirs), theirs):
        ours, theirs = theirs, ours
    left = list(theirs)
    shared: list[str] = []
    for word in sorted(ours, key=lambda one: (-len(one), one)):
        if best := _best(word, left):
            left.remove(best)
            shared.append(min(word, best))
    if not shared:
        one, other = "".join(ours), "".join(theirs)
        short, long = sorted((one, other), key=len)
        if len(short) > _LEAST_SHORT and long.startswith(short):
            return Agreement(Level.PARTIAL, max(alike, 0.6), "shortened", short)
        return Agreement(
            Level.PARTIAL if alike >= _ALIKE else Level.CONFLICT, alike, "alike" * (alike >= _ALIKE)
        )
    if BUSINESS_WORDS.issuperset(shared) and len(shared) < len(ours):
        return Agreement(Level.CONFLICT, alike, "trade", _joined(shared))
    part = sum(map(len, shared)) / max(1, sum(map(len, ours)))
    if len(shared) == len(ours) and len(shared) == len(theirs):
        return Agreement(Level.CLOSE, max(alike, 0.8), "slip", _joined(shared))
    if len(shared) == len(ours):
        return Agreement(Level.PARTIAL, max(alike, 0.75), "contained", _joined(shared))
    return Agreement(Level.PARTIAL, max(alike, part / 2), "shared", _joined(shared))


def _best(word: str, others: Sequence[str]) -> str:
    if word in others:
        return word
    scored = [(OSA.normalized_similarity(word, other), other) for other in others]
    alike, best = max(scored, default=(0.0, ""))
    if alike >= _CLOSE_WORD:
        return best
    return next((other for other in others if _is_short_for(word, other)), "")


def _is_short_for(a: str, b: str) -> bool:
    """Whether one word is the other cut short: ``deli`` for ``delicatessen``."""
    return min(len(a), len(b)) >= _LEAST_SHORT_WORD and (a.startswith(b) or b.startswith(a))
