"""Which of the stored records that share a key are worth a comparison."""

from collections.abc import Collection, Mapping, Sequence

from pipeline.dedupe.keys import BlockingKey, KeyClass

GATHERED = 40
SCORED = 12
_WORTH = {KeyClass.STRONG: 8, KeyClass.CONJUNCTIVE: 4, KeyClass.WEAK: 1}


def choose_candidates(
    keys: Sequence[BlockingKey], bearers: Mapping[int, Collection[int]], own: int
) -> list[int]:
    """Give the records to compare with, the most promising first.

    ``bearers`` tells the records that bear each key's hash. Strong keys are looked at first, and
    no more once :data:`GATHERED` records are found; at most :data:`SCORED` of them are given.
    """
    worth: dict[int, int] = {}
    for key in keys:
        if len(worth) >= GATHERED:
            break
        for record in bearers.get(key.hash, ()):
            if record != own:
                worth[record] = worth.get(record, 0) + _WORTH[key.kind]
    return sorted(worth, key=lambda record: (-worth[record], record))[:SCORED]
