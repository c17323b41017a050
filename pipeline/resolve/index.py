"""The matching index: keys, features and counts of leads, derived from them at any time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, literal, select, union_all
from sqlalchemy.orm import Session

from pipeline.database.dialects import (
    bulk_add,
    bulk_count,
    bulk_delete,
    bulk_insert,
    count_updated,
    in_values,
    table_of,
)
from pipeline.dedupe.features import FORM
from pipeline.dedupe.keys import CAPS
from pipeline.dedupe.models import HotKey, LeadFeatures, MatchKey, TermCount
from pipeline.leads.models import Lead
from pipeline.resolve.entities import Described, Entity, find_entities
from pipeline.resolve.packing import PACKED, StoredEntity, pack

ALL = 0
"""The term that counts all leads in the index."""

_HOT = 0
"""Stands for a lead where a key is hot; no lead has this id."""
_PACKED = [getattr(LeadFeatures, name) for name in PACKED]


def reindex(db: Session, lead_ids: Iterable[int]) -> None:
    """Bring the index up to date for some leads, living or gone. Decides nothing."""
    wanted = sorted(set(lead_ids))
    replace(db, wanted, find_entities(db, wanted))


def replace(
    db: Session,
    lead_ids: Sequence[int],
    entities: Mapping[int, Described],
    found: "Probe | None" = None,
) -> None:
    """Put these entities in the place of whatever the index holds of these leads.

    ``found`` is what a probe of all their keys has found in this transaction, if there was one.
    """
    old = find_stored(db, lead_ids)
    new = {lead_id: entities[lead_id] for lead_id in lead_ids if lead_id in entities}
    _count_terms(db, old, new)
    if old:
        count_updated(db, delete(LeadFeatures).where(in_values(db, LeadFeatures.lead_id, old)))
    rows = [(one.lead_id, one.version, FORM, *pack(one)) for one in new.values()]
    bulk_insert(db, table_of(LeadFeatures), ("lead_id", "version", "form", *PACKED), rows)
    before = {lead_id: {key.hash for key in one.keys} for lead_id, one in old.items()}
    after = {lead_id: {key.hash for key in one.keys} for lead_id, one in new.items()}
    _delete_keys(db, before, after)
    _insert_keys(db, new.values(), before, found)


def find_stored(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities as the index holds them, be they out of date; older forms left out."""
    query = select(LeadFeatures.lead_id, LeadFeatures.version, *_PACKED).where(
        in_values(db, LeadFeatures.lead_id, lead_ids), LeadFeatures.form == FORM
    )
    return {
        lead_id: StoredEntity(lead_id, version, packed)
        for lead_id, version, *packed in db.connection().execute(query)
    }


@dataclass(frozen=True, slots=True)
class Probe:
    """Who bears each of some keys; hot keys bear nobody."""

    bearers: dict[int, list[int]]
    hot: set[int]


def probe(db: Session, keys: Iterable[int]) -> Probe:
    """Look keys up, in one statement."""
    wanted = sorted(set(keys))
    bearing = select(MatchKey.key, MatchKey.lead_id).where(in_values(db, MatchKey.key, wanted))
    hot = select(HotKey.key, literal(_HOT)).where(in_values(db, HotKey.key, wanted))
    bearers: dict[int, list[int]] = {}
    for key, lead_id in db.connection().execute(union_all(bearing, hot)):
        if key in bearers:
            bearers[key].append(lead_id)
        else:
            bearers[key] = [lead_id]
    is_hot = {key for key, leads in bearers.items() if leads[-1] == _HOT}
    for key in is_hot:
        del bearers[key]
    return Probe(bearers, is_hot)


def probe_all(db: Session, entities: Iterable[Entity]) -> Probe:
    """Look all keys of some entities up."""
    return probe(db, (key.hash for one in entities for key in one.keys))


def find_current(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities of the living ones of some leads, made anew where the index is behind."""
    wanted = sorted(set(lead_ids))
    query = (
        select(Lead.id, Lead.version, LeadFeatures.version, *_PACKED)
        .join(LeadFeatures, LeadFeatures.lead_id == Lead.id)
        .where(in_values(db, Lead.id, wanted), LeadFeatures.form == FORM)
    )
    current: dict[int, Entity] = {}
    behind = []
    for lead_id, version, indexed, *packed in db.connection().execute(query):
        if version == indexed:
            current[lead_id] = StoredEntity(lead_id, version, packed)
        else:
            behind.append(lead_id)
    return {**current, **find_entities(db, behind)} if behind else current


Hashes = Mapping[int, set[int]]
"""The hashes of the keys that some leads bear, by lead."""


def _count_terms(db: Session, old: Mapping[int, Entity], new: Mapping[int, Entity]) -> None:
    terms: Counter[int] = Counter()
    for one in new.values():
        terms.update(one.terms)
    for one in old.values():
        terms.subtract(one.terms)
    terms[ALL] += len(new) - len(old)
    bulk_count(db, table_of(TermCount), [pair for pair in terms.items() if pair[1]])


def _delete_keys(db: Session, before: Hashes, after: Hashes) -> None:
    rows = [
        (key, lead_id)
        for lead_id, keys in before.items()
        for key in keys.difference(after.get(lead_id, ()))
    ]
    if rows:
        bulk_delete(db, table_of(MatchKey), ("key", "lead_id"), rows)


def _insert_keys(
    db: Session, entities: Iterable[Entity], before: Hashes, found: Probe | None
) -> None:
    """Write keys, but for those that are hot or grow hot by it, which leave the index."""
    added = [
        (key, one.lead_id)
        for one in entities
        for key in one.keys
        if key.hash not in before.get(one.lead_id, ())
    ]
    found = found or probe(db, (key.hash for key, _ in added))
    sizes = Counter(key.hash for key, _ in added)
    caps = {key.hash: CAPS[key.kind] for key, _ in added}
    heated = [
        key
        for key, cap in caps.items()
        if sizes[key] + len(found.bearers.get(key, ())) > cap and key not in found.hot
    ]
    if heated:
        bulk_add(db, table_of(HotKey), ("key",), [(key,) for key in heated])
        count_updated(db, delete(MatchKey).where(in_values(db, MatchKey.key, heated)))
    cold = found.hot.union(heated)
    rows = [(key.hash, lead_id) for key, lead_id in added if key.hash not in cold]
    bulk_add(db, table_of(MatchKey), ("key", "lead_id"), rows)
