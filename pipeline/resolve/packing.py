"""How an entity lies in its row of the index: its features as JSON, its keys and terms as bytes."""

from array import array
from collections.abc import Sequence

from pipeline.dedupe.features import Features, people_of
from pipeline.dedupe.keys import BlockingKey, KeyClass
from pipeline.dedupe.people import Person
from pipeline.resolve.entities import Entity

PACKED = ("features", "keys", "terms")
"""The columns that :func:`pack` fills."""

_HASH, _HASH_BYTES = "q", 8
_CLASSES = tuple(KeyClass)


def pack(entity: Entity) -> tuple[bytes, bytes, bytes]:
    """Give an entity as the columns of :data:`PACKED`."""
    features = b"\n".join([one.to_json() for one in entity.members])
    hashes = array(_HASH, [key.hash for key in entity.keys]).tobytes()
    kinds = bytes([key.kind for key in entity.keys])
    return features, hashes + kinds, array(_HASH, entity.terms).tobytes()


class StoredEntity:
    """An entity as the index holds it, each part read once somebody asks: most never are."""

    __slots__ = ("_keys", "_members", "_packed", "_people", "lead_id", "version")

    def __init__(self, lead_id: int, version: int, packed: Sequence[bytes]) -> None:
        self.lead_id, self.version = lead_id, version
        self._packed = packed
        self._people: Sequence[Sequence[Person]] | None = None
        self._members: Sequence[Features] | None = None
        self._keys: Sequence[BlockingKey] | None = None

    @property
    def people(self) -> Sequence[Sequence[Person]]:
        """The people that each form names."""
        if self._people is None:
            self._people = [people_of(line) for line in self._packed[0].split(b"\n")]
        return self._people

    @property
    def members(self) -> Sequence[Features]:
        """The features of all forms."""
        if self._members is None:
            self._members = [Features.from_json(line) for line in self._packed[0].split(b"\n")]
        return self._members

    @property
    def keys(self) -> Sequence[BlockingKey]:
        """The blocking keys, strong ones first."""
        if self._keys is None:
            packed = self._packed[1]
            end = len(packed) // (_HASH_BYTES + 1) * _HASH_BYTES
            kinds = map(_CLASSES.__getitem__, packed[end:])
            self._keys = list(map(BlockingKey, array(_HASH, packed[:end]), kinds))
        return self._keys

    @property
    def terms(self) -> Sequence[int]:
        """The terms that it is counted by."""
        return array(_HASH, self._packed[2])
