"""Blocking keys: what two records must share for them to be compared at all."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from pipeline.dedupe.features import Features
from pipeline.leads.keys import hash_text


class KeyClass(IntEnum):
    """How much a shared key tells; keys are probed in this order."""

    STRONG = 0
    CONJUNCTIVE = 1
    WEAK = 2


CAPS: Mapping[KeyClass, int] = {KeyClass.STRONG: 50, KeyClass.CONJUNCTIVE: 30, KeyClass.WEAK: 12}
"""A key that more records bear is hot: neither probed nor written any more."""


class BlockingKey(NamedTuple):
    """A signed 64-bit hash that is the same on every machine, and its class."""

    hash: int
    kind: KeyClass


def blocking_keys(features: Features) -> Sequence[BlockingKey]:
    """Give a record's keys, each once, strong ones first."""
    keys = {
        BlockingKey(hash_text(f"{name}:{value}"), KeyClass.STRONG)
        for name in ("email", "phone", "id_number")
        for value in features.parts.get(name, ())
    }
    keys |= {
        BlockingKey(hash_text(f"name:{value}"), KeyClass.WEAK)
        for value in features.parts.get("name", ())
    }
    return sorted(keys, key=lambda key: (key.kind, key.hash))
