"""Evidence of who somebody is: name, date of birth, identity number, job."""

from collections.abc import Mapping

from pipeline.dedupe.agreement import Agreement, Level
from pipeline.dedupe.dates import compare_dates
from pipeline.dedupe.features import Features
from pipeline.dedupe.firms import compare_titles
from pipeline.dedupe.frequencies import date_core
from pipeline.dedupe.name_agreement import NameLevel, PeopleAgreement, compare_people
from pipeline.dedupe.numbers import compare_ids
from pipeline.dedupe.people import Person
from pipeline.dedupe.tally import LEAST, Tally, find_best
from pipeline.dedupe.weights import SCALES, Group

_GRADES: Mapping[NameLevel, Level] = {
    NameLevel.MISSING: Level.MISSING,
    NameLevel.CONFLICT: Level.CONFLICT,
    NameLevel.OTHER_INITIAL: Level.CONFLICT,
    NameLevel.ALIKE: Level.CONFLICT,
    NameLevel.INITIAL: Level.PARTIAL,
    NameLevel.PREFIX: Level.PARTIAL,
    NameLevel.CLOSE: Level.CLOSE,
    NameLevel.NICKNAME: Level.CLOSE,
    NameLevel.PART: Level.EXACT,
    NameLevel.SPELLING: Level.EXACT,
    NameLevel.EXACT: Level.EXACT,
}
_COSTS: Mapping[NameLevel, float] = {
    NameLevel.EXACT: 0.0,
    NameLevel.SPELLING: 1.0,
    NameLevel.PART: 1.5,
    NameLevel.NICKNAME: 1.5,
    NameLevel.CLOSE: 3.0,
}
"""How much less than the same name a level tells, in bits."""

_INITIAL = 3.5
_LESS_DIFFERENT: Mapping[NameLevel, float] = {NameLevel.OTHER_INITIAL: 0.6, NameLevel.ALIKE: 0.4}
"""The part of a conflict's bits that a milder level has."""
_SUFFIX_DIFFERS = -6.0
_SUFFIX = 2.0
_MIDDLE_DIFFERS = -2.0
_MIDDLE = 2.0
_SWAPPED = -1.0
_TWINS = 6.0
"""One in some sixty pairs of siblings are twins."""


def weigh_names(tally: Tally, a: Features, b: Features) -> None:
    """Weigh the two people's names that agree best."""
    if not a.people or not b.people:
        return
    pairs = [(x, y, compare_people(x, y)) for x in a.people for y in b.people]
    ours, theirs, found = pairs[0] if len(pairs) == 1 else max(pairs, key=_closeness)
    _weigh_name(tally, "given_name", found.given, _oriented(found.given_words, ours))
    _weigh_name(tally, "surname", found.surname, _oriented(found.surname_words, ours))
    _weigh_rest(tally, ours, theirs, found)


def weigh_papers(tally: Tally, a: Features, b: Features) -> None:
    """Weigh identity numbers, dates of birth and jobs."""
    if best := find_best(compare_ids, a.ids, b.ids):
        found, one, other = best
        tally.weigh("id_number", found, Group.WHO, "i:", one, other)
    if best := find_best(compare_dates, a.births, b.births):
        found, one, other = best
        _weigh_birth(tally, found, date_core(one), date_core(other))
    if best := find_best(compare_titles, a.titles, b.titles):
        found, one, other = best
        tally.weigh("title", found, Group.WHO, "t:", one, other)


def _closeness(
    pair: tuple[Person, Person, PeopleAgreement],
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return pair[2].given + pair[2].surname, pair[0].words, pair[1].words


def _oriented(words: tuple[str, ...], ours: Person) -> tuple[str, ...]:
    """Give the words compared with our own first."""
    turned = len(words) > 1 and words[0] not in ours.words and words[-1] in ours.words
    return words[::-1] if turned else words


def _weigh_name(tally: Tally, field: str, level: NameLevel, words: tuple[str, ...]) -> None:
    tally.levels[field] = _GRADES[level]
    if level is NameLevel.MISSING or not words:
        return
    group = Group.WHO if field == "given_name" else Group.HOME
    left, right, scale = words[0], words[-1], SCALES[field]
    if _GRADES[level] is Level.CONFLICT:
        code = "differs" if level is NameLevel.CONFLICT else level.name.lower()
        worth = scale.conflict * _LESS_DIFFERENT.get(level, 1.0)
        tally.add(f"{field}_{code}", worth, group, left, right)
    elif level is NameLevel.INITIAL:
        tally.add(field + "_initial", _INITIAL, group, left, right)
    else:
        bits, count = tally.rarity(f"{field[0]}:{left}", f"{field[0]}:{right}")
        bits = min(bits, scale.cap)
        worth = bits * scale.part if level is NameLevel.PREFIX else bits - _COSTS[level]
        code = field if level is NameLevel.EXACT else f"{field}_{level.name.lower()}"
        tally.add(code, max(worth, LEAST), group, left, right, count)


def _weigh_rest(tally: Tally, ours: Person, theirs: Person, found: PeopleAgreement) -> None:
    """Weigh suffixes, middle names and columns that were swapped."""
    if found.suffix:
        differs = found.suffix < 0
        code = "suffix_differs" if differs else "suffix"
        base = _SUFFIX_DIFFERS if differs else _SUFFIX
        tally.add(code, base, Group.WHO, ours.suffix, theirs.suffix)
    if found.middle is NameLevel.CONFLICT:
        tally.add("middle_name_differs", _MIDDLE_DIFFERS, Group.WHO, ours.given[1], theirs.given[1])
    elif found.middle > NameLevel.MISSING:
        tally.add("middle_name", _MIDDLE, Group.WHO, ours.given[1], theirs.given[1])
    if found.is_transposed:
        tally.add("names_swapped", _SWAPPED, Group.WHO)


def _weigh_birth(tally: Tally, found: Agreement, one: str, other: str) -> None:
    """Weigh dates of birth; of two first names in one family they tell twins as well."""
    if found.level >= Level.CLOSE and tally.conflicts("given_name") and tally.agrees("surname"):
        tally.levels["birth_date"] = found.level
        bits, count = tally.rarity("b:" + one, "b:" + other)
        worth = min(bits, _TWINS) if found.level is Level.EXACT else LEAST
        tally.add("family_birth_date", worth, Group.WHO, one, other, count)
    else:
        tally.weigh("birth_date", found, Group.WHO, "b:", one, other)
