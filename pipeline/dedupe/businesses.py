"""How much a name speaks of a business rather than of a person."""

import re
from typing import Final

from pipeline.dedupe.name_lists import read_lines
from pipeline.dedupe.name_words import GIVEN_NAMES
from pipeline.normalize.companies import has_legal_form
from pipeline.normalize.text import word_set

_MARKED: Final = [word for line in read_lines("business_words.txt") for word in line]
_SURNAMES_TOO: Final = frozenset(word[1:] for word in _MARKED if word[0] == ":")
_WORDS: Final = frozenset(_MARKED) - _SURNAMES_TOO

_ODD_WORDS: Final = word_set("the of and und et by for at on chez your our")
_ODD_SIGNS = re.compile(r"[&+@#*/]|\d|(?<=\w)['\u2019]s\b|!")
_LEGAL_WORDS: Final = word_set(
    "aktiengesellschaft aps bhd bv bvba corp corporation doo eg eirl eurl fzco gbr"
    " gmbh gmbhco inc incorporated kft kgaa limitada limited llc llp lp ltd ltda mbh ohg oyj plc"
    " pllc pte pty pvt sarl sas sasu snc spa spolka srl sro unltd zoo"
)
_SHORT_FORMS = re.compile(
    r"\b(?:(?:[a-zA-Z]\.\s?){2,}|\w+,? (?:AB|AG|AS|ASA|CO|CV|EK|EV|KG|KK|NV|OG|OO|OY|PC|PT|SA"
    r"|SE|SL|SLU|UG|VOF|Co|Pty))\.?(?=$|[\s,)(])|[\u0400-\u04ff\u2e80-\ud7ff]"
)
_SURNAME_FORMS: Final = word_set("sa as se co")


def business_signs(name: str, folded: str) -> int:
    """Tell how much a name, as given and folded, speaks of a business: 2 surely, 1 likely, 0 not.

    Words that are surnames too (House, Wood) are likely signs, and none behind a given name or
    an initial.
    """
    words = folded.lower().replace(",", " ").replace(".", " ").split()
    known = set(words)
    if not known.isdisjoint(_WORDS):
        return 2
    if not known.isdisjoint(_LEGAL_WORDS) or (_SHORT_FORMS.search(name) and _is_legal(name, words)):
        return 2
    if not known.isdisjoint(_ODD_WORDS) or _ODD_SIGNS.search(name):
        return 1
    if known.isdisjoint(_SURNAMES_TOO) or len(words) == 1:
        return 0
    return int(len(words[0]) > 1 and known.isdisjoint(GIVEN_NAMES))


def _is_legal(name: str, words: list[str]) -> bool:
    """Whether what looks like a legal form is one, and not a surname: ``ZOE SA``."""
    may_be_surname = name.isupper() and "." not in name and words[-1] in _SURNAME_FORMS
    return has_legal_form(name) and not (may_be_surname and words[0] in GIVEN_NAMES)
