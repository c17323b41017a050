"""The matching index: keys, features and counts of leads, derived from them at any time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
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
from pipeline.resolve.entities import Entity, find_entities
from pipeline.resolve.packing import PACKED, pack, unpack

ALL = 0
"""The term that counts all leads in the index."""


def reindex(db: Session, lead_ids: Iterable[int]) -> None:
    """Bring the index up to date for some leads, living or gone. Decides nothing."""
    wanted = sorted(set(lead_ids))
    replace(db, wanted, find_entities(db, wanted))


def replace(
    db: Session,
    lead_ids: Sequence[int],
    entities: Mapping[int, Entity],
    found: "Probe | None" = None,
) -> None:
    """Put these entities in the place of whatever the index holds of these leads.

    ``found`` is what a probe of all their keys has found in this transaction, if there was one.
    """
    old = find_stored(db, lead_ids)
    gone = [lead_id for lead_id in lead_ids if lead_id in old]
    terms: Counter[int] = Counter()
    for lead_id in gone:
        terms.subtract((ALL, *old[lead_id].terms))
    for lead_id in lead_ids:
        if lead_id in entities:
            terms.update((ALL, *entities[lead_id].terms))
    _delete_keys(db, [old[lead_id] for lead_id in gone])
    if gone:
        count_updated(db, delete(LeadFeatures).where(in_values(db, LeadFeatures.lead_id, gone)))
    bulk_count(db, table_of(TermCount), [pair for pair in terms.items() if pair[1]])
    _insert_features(db, [entities[lead_id] for lead_id in lead_ids if lead_id in entities])
    _insert_keys(db, [entities[lead_id] for lead_id in lead_ids if lead_id in entities], found)


def find_stored(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities as the index holds them, be they out of date; older forms left out."""
    query = select(LeadFeatures.lead_id, LeadFeatures.version, *PACKED).where(
        in_values(db, LeadFeatures.lead_id, lead_ids), LeadFeatures.form == FORM
    )
    return {
        lead_id: unpack(lead_id, version, *packed)
        for lead_id, version, *packed in db.execute(query)
    }


@dataclass(frozen=True, slots=True)
class Probe:
    """Who bears each of some keys; hot keys bear nobody."""

    bearers: dict[int, list[int]]
    hot: set[int]


def probe(db: Session, keys: Iterable[int]) -> Probe:
    """Look keys up, in two statements."""
    wanted = sorted(set(keys))
    hot = set(db.scalars(select(HotKey.key).where(in_values(db, HotKey.key, wanted))))
    query = select(MatchKey.key, MatchKey.lead_id).where(in_values(db, MatchKey.key, wanted))
    bearers: dict[int, list[int]] = {}
    for key, lead_id in db.execute(query):
        bearers.setdefault(key, []).append(lead_id)
    return Probe(bearers, hot)


def probe_all(db: Session, entities: Iterable[Entity]) -> Probe:
    """Look all keys of some entities up."""
    return probe(db, (key.hash for one in entities for key in one.keys))


def find_current(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities of the living ones of some leads, made anew where the index is behind."""
    wanted = sorted(set(lead_ids))
    query = (
        select(Lead.id, Lead.version, LeadFeatures.version, *PACKED)
        .join(LeadFeatures, LeadFeatures.lead_id == Lead.id)
        .where(in_values(db, Lead.id, wanted), LeadFeatures.form == FORM)
    )
    current, behind = {}, []
    for lead_id, version, indexed, *packed in db.execute(query):
        if version == indexed:
            current[lead_id] = unpack(lead_id, version, *packed)
        else:
            behind.append(lead_id)
    return {**current, **find_entities(db, behind)} if behind else current


def _delete_keys(db: Session, old: Sequence[Entity]) -> None:
    rows = [(key.hash, one.lead_id) for one in old for key in one.keys]
    if rows:
        bulk_delete(db, table_of(MatchKey), ("key", "lead_id"), rows)


def _insert_features(db: Session, entities: Sequence[Entity]) -> None:
    rows = [(one.lead_id, one.version, FORM, *pack(one)) for one in entities]
    columns = ("lead_id", "version", "form", "features", "keys", "terms")
    bulk_insert(db, table_of(LeadFeatures), columns, rows)


def _insert_keys(db: Session, entities: Sequence[Entity], found: Probe | None) -> None:
    """Write keys, but for those that are hot or grow hot by it, which leave the index."""
    keys = [key for one in entities for key in one.keys]
    found = found or probe(db, (key.hash for key in keys))
    sizes = Counter({key: len(leads) for key, leads in found.bearers.items()})
    sizes.update(key.hash for key in keys)
    caps = {key.hash: CAPS[key.kind] for key in keys}
    heated = [key for key, cap in caps.items() if sizes[key] > cap and key not in found.hot]
    if heated:
        bulk_add(db, table_of(HotKey), ("key",), [(key,) for key in heated])
        count_updated(db, delete(MatchKey).where(in_values(db, MatchKey.key, heated)))
    cold = found.hot.union(heated)
    rows = ((key.hash, one.lead_id) for one in entities for key in one.keys)
    written = [row for row in rows if row[0] not in cold]
    bulk_add(db, table_of(MatchKey), ("key", "lead_id"), written)
