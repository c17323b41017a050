"""recordlinkage, without labels: ``… peers.recordlinkage_match FILE PAIRS``.

As its manual shows it: blocks and a sorted neighbourhood, similarities cut at a threshold, and its
own unsupervised classifier (expectation/conditional maximisation after Fellegi and Sunter).
"""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import recordlinkage
from recordlinkage.index import Block, SortedNeighbourhood

from tests.benchmarks.peers.cleaning import read_clean, telling_columns, write_pairs
from tests.benchmarks.peers.report import report

_SIMILAR: Mapping[str, float] = dict.fromkeys(
    ("name", "given_name", "surname", "company", "city", "birth_date", "id_number", "postcode"),
    0.85,
) | {"email": 0.9, "phone": 0.9, "address": 0.8}
_EXACT = ("website", "title", "region", "country")
_BLOCKS: Sequence[tuple[str, ...]] = (
    *(("email",), ("phone",), ("id_number",), ("birth_date",), ("given_name", "surname")),
    *(("surname", "company"), ("surname", "city"), ("surname", "postcode")),
    *(("given_name", "company"), ("given_name", "postcode"), ("address",), ("company", "city")),
)
_NEIGHBOURS = (("name", 9), ("surname", 5))
_LEAST = 0.001


def main() -> None:
    """Score the pairs of a file, and report."""
    file, target = Path(sys.argv[1]), Path(sys.argv[2])
    rows = read_clean(file)
    report(len(rows), lambda: write_pairs(target, _score(rows, telling_columns(rows))))


def _score(rows: Sequence[Mapping[str, Any]], columns: Collection[str]) -> Iterator[Any]:
    frame = pd.DataFrame(rows).set_index("id").astype(object)
    vectors = _compare(columns).compute(_candidates(frame, columns), frame)
    chances = _classify(vectors.fillna(0).round().astype(int))
    kept = chances[chances >= _LEAST]
    return ((left, right, chance) for (left, right), chance in kept.items())


def _candidates(frame: pd.DataFrame, columns: Collection[str]) -> pd.MultiIndex:
    indexer = recordlinkage.Index()
    for parts in _BLOCKS:
        if {*parts} <= {*columns}:
            indexer.add(Block(list(parts)))
    for name, window in _NEIGHBOURS:
        if name in columns:
            indexer.add(SortedNeighbourhood(name, window=window))
    return indexer.index(frame)


def _compare(columns: Collection[str]) -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    for name, threshold in _SIMILAR.items():
        if name in columns:
            compare.string(name, name, method="jarowinkler", threshold=threshold, label=name)
    for name in _EXACT:
        if name in columns:
            compare.exact(name, name, label=name)
    return compare


def _classify(vectors: pd.DataFrame) -> "pd.Series[float]":
    """Give each pair's chance; a column that is the same in all pairs says nothing."""
    telling = vectors.loc[:, vectors.min() < vectors.max()]
    classifier = recordlinkage.ECMClassifier(init="jaro", binarize=None)
    classifier.fit(telling)
    return classifier.prob(telling)


if __name__ == "__main__":
    main()
