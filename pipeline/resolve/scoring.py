"""Leads compared with all others that are worth it, in a constant number of statements."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.dedupe.candidates import DOUBTFUL, Candidate, choose_candidates, names_differ
from pipeline.dedupe.compare import Comparison, compare_entities
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.weights import Weights
from pipeline.resolve.entities import Entity
from pipeline.resolve.frequencies import RecordedFrequencies, StoredFrequencies
from pipeline.resolve.index import Bearers, bring_current, find_bearers

Pair = tuple[int, int]
"""Two leads, the smaller id first."""


@dataclass(frozen=True, slots=True)
class Scored:
    """All compared pairs, with what they were compared by.

    ``used`` are the counts that each pair's score was made from, so that it can be made again.
    """

    comparisons: Mapping[Pair, Comparison]
    entities: Mapping[int, Entity]
    used: Mapping[Pair, CountedTerms]
    weights: Weights


def score(
    db: Session,
    entities: Mapping[int, Entity],
    weights: Weights,
    *,
    found: Bearers | None = None,
    pending: Callable[[Collection[int]], Collection[int]] = lambda _: (),
) -> Scored:
    """Compare each of some entities with its candidates among all leads in the index.

    ``found`` are the bearers of all their keys, if they were looked for already. ``pending`` gives
    those of some leads that are to be compared later anyhow: pairs with them are left to them.
    """
    found = find_bearers(db, entities.values()) if found is None else found
    candidates = _find_candidates(entities, found)
    strangers = {one for some in candidates.values() for one, _ in some if one not in entities}
    strangers.difference_update(pending(strangers))
    known = {**entities, **bring_current(db, strangers)}
    pairs = _find_pairs(candidates, known)
    compared = {lead_id for pair in pairs for lead_id in pair}
    terms = (term for lead_id in compared for term in known[lead_id].terms)
    frequencies = StoredFrequencies(db, terms)
    used = {pair: RecordedFrequencies(frequencies) for pair in pairs}
    comparisons = {
        (left, right): compare_entities(
            known[left].members, known[right].members, used[left, right], weights
        )
        for left, right in pairs
    }
    return Scored(comparisons, known, used, weights)


def _find_candidates(
    entities: Mapping[int, Entity], found: Bearers
) -> Mapping[int, Sequence[Candidate]]:
    return {
        lead_id: choose_candidates(one.keys, found, lead_id) for lead_id, one in entities.items()
    }


def _find_pairs(
    candidates: Mapping[int, Sequence[Candidate]], known: Mapping[int, Entity]
) -> Sequence[Pair]:
    """Give the pairs to compare: of doubtful ones, those whose names may be one person's."""
    worth: dict[Pair, int] = {}
    for own, others in candidates.items():
        for other, told in others:
            if other in known:
                pair = (own, other) if own < other else (other, own)
                worth[pair] = max(told, worth.get(pair, 0))
    return [
        pair
        for pair, told in worth.items()
        if told >= DOUBTFUL or not names_differ(known[pair[0]].people, known[pair[1]].people)
    ]
