"""How well matching does on labelled sets: pairs within our clusters against the true ones.

``python -m tests.benchmarks.quality [FOLDER] [SET ...]``; the folder may be given by
``LEADS_EVAL_DATA`` instead. Each set is ``FOLDER/SET/data.csv`` with its truth in ``cluster``.
"""

import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.estimate import estimate_weights
from pipeline.dedupe.features import Values
from pipeline.dedupe.matcher import (
    Pair,
    count_terms,
    describe_all,
    find_candidates,
    find_clusters,
    find_matches,
)
from tests.parts import ENVIRON

_FEBRL = (
    "given_name=given_name surname=surname address=street_number address=address_1"
    " address=address_2 city=suburb postcode=postcode region=state birth_date=date_of_birth"
    " id_number=soc_sec_id"
)
MAPPINGS: Mapping[str, str] = {
    "leads_synth_20k": "name=name email=email phone=phone company=company title=title"
    " address=address website=website country=country",
    "splink_fake_1000": "given_name=first_name surname=surname birth_date=dob city=city"
    " email=email",
    "restaurants_864": "name=name address=addr phone=phone city=city",
    "pseudopeople_anytown": "given_name=first surname=last birth_date=dob address=street"
    " city=city postcode=zip company=company",
    "dupehell_crm_medium": "given_name=first_name surname=last_name email=email phone=phone"
    " title=title company=company city=city region=state_code country=country_code",
    "febrl1": _FEBRL,
    "febrl2": _FEBRL,
    "febrl3": _FEBRL,
}
"""Which columns hold which field: fixed before the first measurement."""


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


class Quality(NamedTuple):
    """One set's figures; ``found`` is the share of true pairs that were scored at all."""

    name: str
    records: int
    clustered: Score
    merged: Score
    found: float
    seconds: float


def read_set(folder: Path, name: str) -> tuple[list[Values], list[str]]:
    """Read a set: its records under the names of the fields, and the true cluster of each."""
    columns = [pair.split("=") for pair in MAPPINGS[name].split()]
    with (folder / name / "data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_values(row, columns) for row in rows], [row["cluster"] for row in rows]


def measure(name: str, records: Sequence[Values], truth: Sequence[str]) -> Quality:
    """Match one set without any answers and compare with the truth."""
    began = time.process_time()
    features = describe_all(records)
    frequencies, candidates = count_terms(features), find_candidates(features)
    weights = estimate_weights(features, candidates, frequencies)
    pairs = find_matches(features, weights, frequencies, candidates)
    clusters = find_clusters(features, pairs, weights=weights, frequencies=frequencies)
    seconds = time.process_time() - began
    return Quality(
        name,
        len(records),
        score_clusters(clusters, truth),
        score_pairs(_merge_band(pairs), truth),
        score_pairs(((pair.left, pair.right) for pair in pairs), truth).recall,
        seconds,
    )


def score_clusters(clusters: Sequence[object], truth: Sequence[str]) -> Score:
    """Compare all pairs within clusters with all true pairs."""
    ours = _pairs_within(clusters)
    true = _pairs_within(truth)
    return _score(_pairs_within(list(zip(clusters, truth, strict=True))), ours, true)


def score_pairs(pairs: Iterable[tuple[int, int]], truth: Sequence[str]) -> Score:
    """Compare single pairs with all true pairs."""
    said = [truth[left] == truth[right] for left, right in pairs]
    return _score(sum(said), len(said), _pairs_within(truth))


def main(arguments: Sequence[str]) -> None:
    """Print one line a set."""
    folder = Path(arguments[0] if arguments else ENVIRON["LEADS_EVAL_DATA"])
    names = arguments[1:] or [name for name in MAPPINGS if (folder / name).is_dir()]
    print(f"{'set':22} {'records':>7} | clusters P R F1    | merge band P R | scored | CPU s")
    for name in names:
        print(_line(measure(name, *read_set(folder, name))), flush=True)


def _line(one: Quality) -> str:
    c, m = one.clustered, one.merged
    return (
        f"{one.name:22} {one.records:7} | {c.precision:.4f} {c.recall:.4f} {c.f1:.4f}"
        f" | {m.precision:.4f} {m.recall:.4f} | {one.found:.4f} | {one.seconds:.1f}"
    )


def _merge_band(pairs: Sequence[Pair]) -> Iterable[tuple[int, int]]:
    return ((pair.left, pair.right) for pair in pairs if band_of(pair.comparison) is Band.MERGE)


def _values(row: Mapping[str, str], columns: Iterable[Sequence[str]]) -> Values:
    parts: dict[str, list[str]] = defaultdict(list)
    for field, column in columns:
        parts[field].append(row[column] or "")
    return {field: " ".join(filter(None, cells)) for field, cells in parts.items()}


def _pairs_within(labels: Sequence[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def _score(both: int, ours: int, true: int) -> Score:
    precision, recall = both / ours if ours else 1.0, both / true if true else 1.0
    return Score(precision, recall, 2 * both / (ours + true) if ours + true else 1.0)


if __name__ == "__main__":
    main(sys.argv[1:])
