"""How an entity lies in its row of the index: its features as JSON, its keys and terms as bytes."""

from array import array

from pipeline.dedupe.features import Features
from pipeline.dedupe.keys import BlockingKey, KeyClass
from pipeline.dedupe.models import LeadFeatures
from pipeline.resolve.entities import Entity

PACKED = (LeadFeatures.features, LeadFeatures.keys, LeadFeatures.terms)
"""The columns that :func:`pack` fills."""

_HASH, _HASH_BYTES = "q", 8
_CLASSES = tuple(KeyClass)


def pack(entity: Entity) -> tuple[bytes, bytes, bytes]:
    """Give an entity as the columns of :data:`PACKED`."""
    features = b"\n".join(one.to_json() for one in entity.members)
    hashes = array(_HASH, (key.hash for key in entity.keys)).tobytes()
    kinds = bytes(key.kind for key in entity.keys)
    return features, hashes + kinds, array(_HASH, entity.terms).tobytes()


def unpack(lead_id: int, version: int, features: bytes, keys: bytes, terms: bytes) -> Entity:
    """Read what :func:`pack` gave."""
    count = len(keys) // (_HASH_BYTES + 1)
    hashes = array(_HASH, keys[: count * _HASH_BYTES])
    kinds = map(_CLASSES.__getitem__, keys[count * _HASH_BYTES :])
    members = tuple(Features.from_json(line) for line in features.split(b"\n"))
    return Entity(
        lead_id,
        version,
        members,
        list(map(BlockingKey, hashes, kinds)),
        array(_HASH, terms).tolist(),
    )
