"""What a set tells of itself without answers: how often it repeats, how reliable its fields are.

All is measured on pairs of the set, in whatever order it comes, and held to the defaults as if
these had been seen on :data:`HELD` further pairs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp2, log2

from pipeline.dedupe.compare import Comparison, compare
from pipeline.dedupe.decide import probability
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import Frequencies
from pipeline.dedupe.guards import HARD
from pipeline.dedupe.weights import DEFAULTS, ODDS, SCALES, Group, Weights
from pipeline.leads.keys import hash_text

HELD = 40.0
"""The defaults weigh as much as so many sure pairs."""

LOOKED_AT = 8_000
"""About so many pairs are looked at."""

_SURE = 8.0
"""Pairs that what tells who somebody is makes so sure without a field are one whatever it says."""
_LEAST_FACTOR, _MOST_FACTOR = 0.25, 1.5
_MOST_BIAS = 2.0
_MOST_ODDS = 6.0
_HELD_SHARE = 0.1
_OWN = ("mailbox", "phone", "id_number", "birth_date", "local_part", "given_name")
_OTHER_NAME = frozenset({"given_name_differs", "given_name_alike", "given_name_other_initial"})


def estimate_weights(
    features: Sequence[Features],
    candidates: Sequence[tuple[int, int]],
    frequencies: Frequencies,
) -> Weights:
    """Estimate the rate of matches, the reliability of fields and the odds within a household."""
    sample = _sample(features, candidates)
    compared = [compare(features[left], features[right], frequencies) for left, right in sample]
    times = len(candidates) / max(len(sample), 1)
    return Weights(
        DEFAULTS.version,
        _rate(compared, times, frequencies.records),
        _factors(compared),
        {"home": _home_odds(compared)},
    )


def _sample(
    features: Sequence[Features], candidates: Sequence[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    """Take every so manieth pair by its content, so that the order of records does not matter."""
    step = -(-len(candidates) // LOOKED_AT)
    if step <= 1:
        return candidates
    digests = [hash_text(one.to_json().decode()) for one in features]
    return [pair for pair in candidates if (digests[pair[0]] + digests[pair[1]]) % step == 0]


def _rate(compared: Iterable[Comparison], times: float, records: int) -> float:
    """Give what the prior lacks, in bits: it takes every other record for a copy of one."""
    found = sum(probability(one.bits) for one in compared if HARD.isdisjoint(one.guards))
    held = _HELD_SHARE * records + HELD
    bias = log2((times * found + held / 2) / (records / 2 + held / 2))
    return max(-_MOST_BIAS, min(_MOST_BIAS, bias))


def _factors(compared: Iterable[Comparison]) -> Mapping[str, float]:
    """Give how much a field's difference counts: log2 of how often it differs within one person."""
    seen: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for one in compared:
        fields = [(_field(reason.code), reason) for reason in one.reasons]
        own = one.reasons[0].bits + sum(r.bits for field, r in fields if field in _OWN)
        for field, reason in fields:
            if field and own - (reason.bits if field in _OWN else 0.0) >= _SURE:
                seen[field] += 1
                differing[field] += reason.code == field + "_differs"
    factors = {}
    for field in sorted(seen):
        conflict = SCALES[field].conflict
        if conflict < 0 and differing[field]:
            share = (differing[field] + HELD * exp2(conflict)) / (seen[field] + HELD)
            factor = log2(share) / conflict
            factors[field + "_differs"] = max(_LEAST_FACTOR, min(_MOST_FACTOR, factor))
    return factors


def _home_odds(compared: Iterable[Comparison]) -> float:
    """Give how often two of one household bear one first name, as odds in bits.

    Households are found by their addresses too, so that other names are seen as often as equal
    ones; of organisations this cannot be said.
    """
    usual = exp2(ODDS[Group.HOME])
    same, other = HELD * usual / (1 + usual), HELD / (1 + usual)
    for one in compared:
        codes = {reason.code for reason in one.reasons}
        if "home_cap" in codes and any(code.startswith("given_name") for code in codes):
            differs = not codes.isdisjoint(_OTHER_NAME)
            same, other = same + (not differs), other + differs
    return max(-_MOST_ODDS, min(_MOST_ODDS, log2(same / other)))


def _field(code: str) -> str:
    """Give the field of the scales that a reason speaks of, or ""."""
    if code in SCALES:
        return code
    field = code.rpartition("_")[0]
    while field and field not in SCALES:
        field = field.rpartition("_")[0]
    return field
