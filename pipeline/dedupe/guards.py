"""Rules that keep a pair out of the merge band whatever its score."""

from collections.abc import Sequence

from pipeline.dedupe.agreement import Level
from pipeline.dedupe.features import Features, Kind
from pipeline.dedupe.tally import Tally

BUSINESS_AND_PERSON = "business_and_person"
NAMES_DIFFER = "names_differ"
GIVEN_NAMES_DIFFER = "given_names_differ"
SURNAMES_DIFFER = "surnames_differ"
NAME_ONLY = "name_only"
SUFFIXES_DIFFER = "suffixes_differ"
MAILBOX_OF_ANOTHER = "mailbox_of_another"

HARD = frozenset({BUSINESS_AND_PERSON, SUFFIXES_DIFFER})
"""Guards of what can never be one; the others wait for a person or for more evidence."""

_CORROBORATION = 3.0
_NAMES = ("given_name", "surname", "middle_name", "suffix")
_SOFT = ("title", "city", "region", "country", "prior", "bias")
_NO_MORE = (*_NAMES, *_SOFT)


def find_guards(tally: Tally, a: Features, b: Features) -> Sequence[str]:
    """Give the codes of the rules that speak against merging two records without a person."""
    kinds = {a.kind, b.kind}
    if kinds == {Kind.PERSON, Kind.BUSINESS}:
        return [BUSINESS_AND_PERSON]
    found: list[str] = []
    if Kind.BUSINESS not in kinds:
        found += _name_guards(tally)
    codes = {reason.code for reason in tally.reasons}
    if "suffix_differs" in codes:
        found.append(SUFFIXES_DIFFER)
    if MAILBOX_OF_ANOTHER in codes:
        found.append(MAILBOX_OF_ANOTHER)
    if _is_name_only(tally):
        found.append(NAME_ONLY)
    return found


def _name_guards(tally: Tally) -> Sequence[str]:
    """Two names never merge by rule, but for an own mailbox or an identity number in common."""
    given, surname = tally.conflicts("given_name"), tally.conflicts("surname")
    is_sure = tally.agrees("mailbox") or tally.agrees("id_number")
    if not (given or surname) or is_sure:
        return ()
    if given and surname:
        return (NAMES_DIFFER,)
    if given:
        return (GIVEN_NAMES_DIFFER,)
    is_born_alike = tally.agrees("birth_date", Level.EXACT) and tally.agrees("given_name")
    return () if is_born_alike else (SURNAMES_DIFFER,)


def _is_name_only(tally: Tally) -> bool:
    """Whether nothing but the name, and what thousands have in common, speaks for the pair."""
    return (
        sum(
            reason.bits
            for reason in tally.reasons
            if reason.bits > 0 and not reason.code.startswith(_NO_MORE)
        )
        < _CORROBORATION
    )
