"""The matching index: keys, features and counts of leads, derived from them at any time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline.database.dialects import (
    bulk_add,
    bulk_count,
    bulk_delete,
    bulk_insert,
    count_updated,
    find_rows,
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

Bearers = Mapping[int, Sequence[int]]
"""The leads that bear a key, by its hash."""

_KEYS, _FEATURES = table_of(MatchKey), table_of(LeadFeatures)


def reindex(db: Session, lead_ids: Iterable[int]) -> None:
    """Bring the index up to date for some leads, living or gone. Decides nothing."""
    wanted = sorted(set(lead_ids))
    replace(db, wanted, find_entities(db, wanted))


def replace(
    db: Session,
    lead_ids: Sequence[int],
    entities: Mapping[int, Described],
    found: Bearers | None = None,
) -> None:
    """Put these entities in the place of whatever the index holds of these leads.

    ``found`` are the bearers of all their keys, if this transaction has looked for them.
    """
    old = find_stored(db, lead_ids)
    new = {lead_id: entities[lead_id] for lead_id in lead_ids if lead_id in entities}
    _count_terms(db, old, new)
    if old:
        count_updated(db, delete(LeadFeatures).where(in_values(db, LeadFeatures.lead_id, old)))
    rows = [(one.lead_id, one.version, FORM, *pack(one)) for one in new.values()]
    bulk_insert(db, _FEATURES, ("lead_id", "version", "form", *PACKED), rows)
    before = {lead_id: {key.hash for key in one.keys} for lead_id, one in old.items()}
    after = {lead_id: {key.hash for key in one.keys} for lead_id, one in new.items()}
    _delete_keys(db, before, after)
    _insert_keys(db, new.values(), before, found)


def find_stored(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities as the index holds them, be they out of date; older forms left out."""
    columns = ("lead_id", "version", "form", *PACKED)
    return {
        lead_id: StoredEntity(lead_id, version, packed)
        for lead_id, version, form, *packed in find_rows(
            db, _FEATURES, columns, "lead_id", lead_ids
        )
        if form == FORM
    }


def find_bearers(db: Session, entities: Iterable[Entity]) -> Bearers:
    """Give the leads in the index that bear the keys of some entities; hot keys bear nobody."""
    return _find_bearers(db, {key.hash for one in entities for key in one.keys})


def bring_current(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Entity]:
    """Give the entities of the living ones of some leads; where the index is behind it is mended.

    Whoever changes or deletes a lead need not know of the index, so its row may tell of the past.
    """
    stored = find_stored(db, sorted(set(lead_ids)))
    versions = dict(find_rows(db, table_of(Lead), ("id", "version"), "id", stored))
    current = {
        lead_id: one for lead_id, one in stored.items() if versions.get(lead_id) == one.version
    }
    behind = sorted(stored.keys() - current.keys())
    if not behind:
        return current
    made_anew = find_entities(db, behind)
    replace(db, behind, made_anew)
    return {**current, **made_anew}


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
        bulk_delete(db, _KEYS, ("key", "lead_id"), rows)


def _insert_keys(
    db: Session, entities: Iterable[Entity], before: Hashes, found: Bearers | None
) -> None:
    """Write keys, but for those that are hot; those that grow hot by it leave the index."""
    added = [
        (key, one.lead_id)
        for one in entities
        for key in one.keys
        if key.hash not in before.get(one.lead_id, ())
    ]
    caps = {key.hash: CAPS[key.kind] for key, _ in added}
    hot = {key for (key,) in find_rows(db, table_of(HotKey), ("key",), "key", sorted(caps))}
    rows = [(key.hash, lead_id) for key, lead_id in added if key.hash not in hot]
    bulk_add(db, _KEYS, ("key", "lead_id"), rows)
    sizes = Counter(key for key, _ in rows)
    if found is None:
        sizes = _find_crowded(db, sizes)
    else:
        sizes.update({key: len(found.get(key, ())) for key in sizes})
    heated = [key for key, size in sizes.items() if size > caps[key]]
    if heated:
        bulk_add(db, table_of(HotKey), ("key",), [(key,) for key in heated])
        count_updated(db, delete(MatchKey).where(in_values(db, MatchKey.key, heated)))


def _find_crowded(db: Session, keys: Iterable[int]) -> Counter[int]:
    """Give how many leads bear each of some keys, where that may be too many."""
    query = (
        select(MatchKey.key, func.count())
        .where(in_values(db, MatchKey.key, sorted(keys)))
        .group_by(MatchKey.key)
        .having(func.count() > min(CAPS.values()))
    )
    return Counter({key: count for key, count in db.connection().execute(query)})  # noqa: C416 - typed pairs


def _find_bearers(db: Session, keys: Iterable[int]) -> Bearers:
    bearers: dict[int, list[int]] = {}
    for key, lead_id in find_rows(db, _KEYS, ("key", "lead_id"), "key", sorted(keys)):
        if key in bearers:
            bearers[key].append(lead_id)
        else:
            bearers[key] = [lead_id]
    return bearers
