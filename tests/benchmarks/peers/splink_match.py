"""Splink 5, without labels: ``python -m tests.benchmarks.peers.splink_match FILE PAIRS``.

As its manual shows it: comparisons by the kind of column, term frequencies, u by random pairs, m by
expectation maximisation in two passes, DuckDB below.
"""

import logging
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from tests.benchmarks.peers.cleaning import read_clean, telling_columns, write_pairs
from tests.benchmarks.peers.report import report

_LEAST = 0.001
_RECALL = 0.7
_PASSES = 2

_COMPARISONS: Mapping[str, Any] = {
    "name": lambda: library.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
    "given_name": lambda: library.NameComparison("given_name"),
    "surname": lambda: library.NameComparison("surname"),
    "email": lambda: library.EmailComparison("email"),
    "phone": lambda: library.LevenshteinAtThresholds("phone", [1, 2]),
    "company": lambda: library.JaroWinklerAtThresholds("company", [0.95, 0.88]),
    "website": lambda: library.ExactMatch("website"),
    "title": lambda: library.ExactMatch("title"),
    "address": lambda: library.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.8]),
    "city": lambda: library.JaroWinklerAtThresholds("city", [0.9]),
    "postcode": lambda: library.LevenshteinAtThresholds("postcode", [1, 2]),
    "region": lambda: library.ExactMatch("region"),
    "country": lambda: library.ExactMatch("country"),
    "birth_date": lambda: library.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
    "id_number": lambda: library.DamerauLevenshteinAtThresholds("id_number", [1, 2]),
}
_FREQUENCIES = ("given_name", "surname", "company", "website", "city")

# Pairs must agree on one of these to be compared; those whose columns a set lacks are left out.
_BLOCKING: Sequence[tuple[str, ...]] = (
    *(("email",), ("phone",), ("id_number",), ("birth_date",), ("given_name", "surname")),
    *(("surname", "company"), ("given_name", "company"), ("surname", "website")),
    *(("surname", "postcode"), ("given_name", "postcode"), ("surname", "city")),
    *(("given_name", "city"), ("address",), ("company", "city"), ("name",)),
    *(("substr(name, 1, 4)", "city"), ("substr(surname, 1, 4)", "substr(given_name, 1, 3)")),
)
# Passes of the training; what a pass blocks on, it does not train.
_TRAINING: Sequence[tuple[str, ...]] = (
    *(("surname", "given_name"), ("birth_date",), ("email",), ("name",), ("phone",)),
)
_SURE: Sequence[tuple[str, ...]] = (
    *(("email",), ("id_number",), ("given_name", "surname", "birth_date")),
    *(("given_name", "surname", "phone"), ("name", "phone"), ("given_name", "surname", "company")),
)


def main() -> None:
    """Score the pairs of a file, and report."""
    file, target = Path(sys.argv[1]), Path(sys.argv[2])
    rows = read_clean(file)
    report(len(rows), lambda: write_pairs(target, _score(rows, telling_columns(rows))))


def _score(rows: Sequence[Mapping[str, Any]], columns: Collection[str]) -> Iterator[Any]:
    frame = DuckDBAPI().register(pd.DataFrame(rows).astype(object))
    linker = Linker(frame, _settings(columns), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        _rules(_SURE, columns) or _rules(_BLOCKING, columns), recall=_RECALL
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    _train(linker, _rules(_TRAINING, columns))
    found = linker.inference.predict(threshold_match_probability=_LEAST).as_pandas_dataframe()
    return zip(found["id_l"], found["id_r"], found["match_probability"], strict=True)


def _train(linker: Linker, rules: Sequence[Any]) -> None:
    """Take two passes; one that finds too little to learn from gives up, and the next comes."""
    passes = 0
    for rule in rules:
        with suppress(ValueError, EMTrainingException):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
            passes += 1
        if passes == _PASSES:
            return


def _settings(columns: Collection[str]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[_comparison(name) for name in _COMPARISONS if name in columns],
        blocking_rules_to_generate_predictions=_rules(_BLOCKING, columns),
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def _comparison(name: str) -> Any:
    comparison = _COMPARISONS[name]()
    return comparison.configure(term_frequency_adjustments=name in _FREQUENCIES)


def _rules(wanted: Sequence[tuple[str, ...]], columns: Collection[str]) -> list[Any]:
    return [block_on(*parts) for parts in dict.fromkeys(wanted) if _columns_of(parts) <= {*columns}]


def _columns_of(parts: Sequence[str]) -> set[str]:
    return {part.removeprefix("substr(").split(",")[0] for part in parts}


if __name__ == "__main__":
    main()
