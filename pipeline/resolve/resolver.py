"""Resolution: sure matches merge, doubtful ones wait for a person, and people outrank both."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.dedupe.clusters import Alike, Link, cluster
from pipeline.dedupe.decide import MERGE_BITS, Band, band_of
from pipeline.matches.judgements import find_judgements
from pipeline.matches.recording import repoint_matches
from pipeline.matches.service import current_weights
from pipeline.merges.service import merge_all
from pipeline.operations.models import Operation
from pipeline.resolve.index import bring_current, reindex
from pipeline.resolve.recording import record_scores
from pipeline.resolve.scoring import Pair, Scored, score


@dataclass(frozen=True, slots=True)
class Policy:
    """How a resolution goes about it.

    ``operation`` gives the operation that merges belong to. ``pending`` gives those of some leads
    that this run will resolve later: pairs with them are left to them.
    """

    operation: Callable[[], Operation]
    run_id: int | None = None
    may_merge: bool = True
    pending: Callable[[Collection[int]], Collection[int]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a resolution has done: leads merged into others, pairs that wait for a person."""

    merged: int = 0
    to_review: int = 0


def resolve_leads(db: Session, lead_ids: Iterable[int], policy: Policy) -> Resolved:
    """Match some indexed leads against all others, merge what is sure, queue what is doubtful.

    The caller holds the writers' lock.
    """
    entities = bring_current(db, lead_ids)
    scored = score(db, entities, current_weights(db), pending=policy.pending)
    judged = find_judgements(db, sorted(scored.entities))
    groups = _group(scored, judged) if policy.may_merge else _groups_of(_links_of(judged))
    merged = {loser: group[0] for group in groups for loser in group[1:]}
    operation = _merge(db, merged, policy) if merged else None
    to_review = record_scores(
        db, scored, judged, merged=merged, operation=operation, run_id=policy.run_id
    )
    return Resolved(len(merged), to_review)


def _group(scored: Scored, judged: Mapping[Pair, bool]) -> list[list[int]]:
    """Give the groups of leads that are one: by what people said, and what is beyond doubt."""
    bits = {pair: comparison.bits for pair, comparison in scored.comparisons.items()}
    links = [
        Link(*pair, comparison.bits)
        for pair, comparison in scored.comparisons.items()
        if pair not in judged and band_of(comparison) is Band.MERGE
    ]
    return _groups_of(
        [*links, *_links_of(judged)],
        # Who was not compared speaks neither for nor against.
        lambda one, other: bits.get((min(one, other), max(one, other)), 0.0),
    )


def _groups_of(links: Sequence[Link], alike: Alike | None = None) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for lead_id, root in cluster(links, least=MERGE_BITS, alike=alike).items():
        groups[root].append(lead_id)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)


def _links_of(judged: Mapping[Pair, bool]) -> list[Link]:
    return [Link(*pair, 0.0, same) for pair, same in judged.items()]


def _merge(db: Session, merged: Mapping[int, int], policy: Policy) -> Operation:
    """Merge each loser into its winner, the oldest of its group."""
    operation = policy.operation()
    merge_all(db, [(winner, loser) for loser, winner in merged.items()], operation=operation)
    repoint_matches(db, merged)
    reindex(db, {*merged, *merged.values()})
    return operation
