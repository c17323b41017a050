"""Names of people: shown as published, compared by their words."""

import re

from pipeline.normalize.text import fold_text, normalize_text, word_set

MAX_LENGTH = 1_000
_PARTICLES = word_set(
    "af al am auf av bin da das de dei del della den der des di do dos du e el ibn la las le los"
    " ten ter van vom von y zu zum zur"
)
_TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir madam dame herr frau hr fr mme mlle m monsieur madame"
    " mademoiselle sr sra srta senor senora don dona sig signor signora dott dottssa ing dipl rev"
    " hon capt dhr mevr"
)
_SUFFIXES = word_set("jr sr junior senior ii iii iv phd md mba cpa esq msc bsc")
_ROMAN = word_set("ii iii iv vi vii viii")
_WORD = re.compile(r"[^\W\d_]+")
_ELISION = 2
_MAC = re.compile(r"mc(?=[a-z]{2})")


def normalize_name(text: str) -> str:
    """Give a person's name cleaned; capitals are set only where it was all in one case."""
    clean = normalize_text(text)
    return set_capitals(clean) if clean.isupper() or clean.islower() else clean


def set_capitals(text: str) -> str:
    """Give a clean name that is all in one case its capitals; what is too long is no name."""
    if len(text) > MAX_LENGTH:
        return text
    words = text.lower().split(" ")
    last = len(words) - 1
    return " ".join(
        word if 0 < place < last and word in _PARTICLES else _capitalised_word(word)
        for place, word in enumerate(words)
    )


def join_name(given: str, surname: str) -> str:
    """Join a given name and a surname, either of which may be missing."""
    return f"{given.strip()} {surname.strip()}".strip()


def name_key(text: str) -> str:
    """Give a name's words folded and sorted, without honorifics and generational suffixes."""
    return " ".join(sorted(_words(text)))


def names_agree(a: str, b: str) -> bool:
    """Whether two spellings can be one person's: ``Ann Lee``, ``LEE, Ann``, ``A. Lee``.

    They agree when their keys are equal, or when they share the surname and the given names are
    equal or one is the other's initial. The order of words never matters; an empty name agrees
    with none.
    """
    words, others = _words(a), _words(b)
    if not words or not others:
        return False
    if sorted(words) == sorted(others):
        return True
    shared = [word for word in words if word in others]
    ours = [word for word in words if word not in shared]
    theirs = [word for word in others if word not in shared]
    if not any(len(word) > 1 for word in shared):
        return False
    if not ours or not theirs:
        return sum(len(word) > 1 for word in shared) > 1
    return len(ours) == len(theirs) and all(map(_initial_of, sorted(ours), sorted(theirs)))


def _words(text: str) -> list[str]:
    """Fold a name into its words; titles and suffixes go as long as something remains."""
    words = fold_text(text.replace("'", "").replace("\u2019", "").replace(".", " ")).split()
    kept = [word for word in words if word not in _TITLES and word not in _SUFFIXES]
    return kept or words


def _initial_of(a: str, b: str) -> bool:
    return a[0] == b[0] and 1 in (len(a), len(b))


def _capitalised_word(word: str) -> str:
    """Set the capitals of one word: ``o'neil-mcdonald`` becomes ``O'Neil-McDonald``."""
    if word in _ROMAN:
        return word.upper()
    if word.isalpha():
        return _capitalised_part(word)
    return _WORD.sub(lambda part: _capitalised_match(part, word), word)


def _capitalised_match(part: re.Match[str], word: str) -> str:
    text, start = part[0], part.start()
    after_apostrophe = start > 0 and word[start - 1] in "'\u2019"
    return text if after_apostrophe and len(text) <= _ELISION else _capitalised_part(text)


def _capitalised_part(text: str) -> str:
    if text.startswith("mc") and _MAC.match(text):
        return "Mc" + text[2].upper() + text[3:]
    capital = text[0].upper()
    return capital + text[1:] if len(capital) == 1 else text
