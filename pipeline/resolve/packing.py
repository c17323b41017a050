"""How an entity lies in its row of the index: its features as JSON, its keys and terms as bytes."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

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
    members = tuple(Features.from_json(line) for line in features.split(b"\n"))
    return Entity(lead_id, version, members, PackedKeys(keys), array(_HASH, terms))


class PackedKeys(Sequence[BlockingKey]):
    """Keys as they lie in the index, made only if somebody asks for them: most are never."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._count = len(packed) // (_HASH_BYTES + 1)

    def __len__(self) -> int:
        """Give the number of keys."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> BlockingKey: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[BlockingKey]: ...
    def __getitem__(self, place: int | slice) -> BlockingKey | Sequence[BlockingKey]:
        """Give a key, or some."""
        return self._keys()[place]

    def __iter__(self) -> Iterator[BlockingKey]:
        """Give all keys, strong ones first."""
        return iter(self._keys())

    def _keys(self) -> list[BlockingKey]:
        end = self._count * _HASH_BYTES
        kinds = map(_CLASSES.__getitem__, self._packed[end:])
        return list(map(BlockingKey, array(_HASH, self._packed[:end]), kinds))
