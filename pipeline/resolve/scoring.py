"""Leads compared with all others that are worth it, in a constant number of statements."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.dedupe.candidates import DOUBTFUL, Candidate, choose_candidates, names_differ
from pipeline.dedupe.compare import Comparison, compare_entities
from pipeline.dedupe.weights import Weights
from pipeline.resolve.entities import Entity
from pipeline.resolve.frequencies import RecordedFrequencies, StoredFrequencies
from pipeline.resolve.index import Probe, find_current, probe_all

Pair = tuple[int, int]
"""Two leads, the smaller id first."""


@dataclass(frozen=True, slots=True)
class Scored:
    """All compared pairs, with what they were compared by."""

    comparisons: Mapping[Pair, Comparison]
    entities: Mapping[int, Entity]
    frequencies: StoredFrequencies
    weights: Weights

    def terms_used(self, pair: Pair) -> RecordedFrequencies:
        """Give the counts that a pair's score was made from, so that it can be made again."""
        recorded = RecordedFrequencies(self.frequencies)
        left, right = (self.entities[lead_id] for lead_id in pair)
        compare_entities(left.members, right.members, recorded, self.weights)
        return recorded


def score(
    db: Session,
    entities: Mapping[int, Entity],
    weights: Weights,
    *,
    found: Probe | None = None,
    pending: Callable[[Collection[int]], Collection[int]] = lambda _: (),
) -> Scored:
    """Compare each of some entities with its candidates among all leads in the index.

    ``found`` is what a probe of all their keys has found, if there was one. ``pending`` gives those
    of some leads that are to be compared later anyhow: pairs with them are left to them.
    """
    candidates = _find_candidates(entities, found or probe_all(db, entities.values()))
    strangers = {one for some in candidates.values() for one, _ in some if one not in entities}
    strangers.difference_update(pending(strangers))
    known = {**entities, **find_current(db, strangers)}
    pairs = {
        (min(own, other), max(own, other)): None
        for own, others in candidates.items()
        for other, worth in others
        if other in known and (worth >= DOUBTFUL or not _are_others(known[own], known[other]))
    }
    compared = {lead_id for pair in pairs for lead_id in pair}
    terms = (term for lead_id in compared for term in known[lead_id].terms)
    frequencies = StoredFrequencies(db, terms)
    comparisons = {
        (left, right): compare_entities(
            known[left].members, known[right].members, frequencies, weights
        )
        for left, right in pairs
    }
    return Scored(comparisons, known, frequencies, weights)


def _are_others(one: Entity, other: Entity) -> bool:
    return names_differ(one.people, other.people)


def _find_candidates(
    entities: Mapping[int, Entity], found: Probe
) -> Mapping[int, Sequence[Candidate]]:
    return {
        lead_id: choose_candidates(one.keys, found.bearers, lead_id)
        for lead_id, one in entities.items()
    }
