"""What a set tells of itself, and how well made leads are matched without any answers."""

from collections import defaultdict
from itertools import combinations

import pytest

from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.estimate import estimate_weights
from pipeline.dedupe.features import Features, Naming, describe
from pipeline.dedupe.matcher import (
    count_terms,
    describe_all,
    find_candidates,
    find_clusters,
    find_matches,
)
from pipeline.dedupe.weights import Weights
from tests.benchmarks.quality import score_clusters, score_pairs
from tests.made_leads import make_leads

LEADS = list(make_leads(1_500, 7, duplicates=0.5))
TRUTH = [lead.cluster for lead in LEADS]


@pytest.fixture(scope="module")
def features() -> list[Features]:
    return describe_all([lead.values for lead in LEADS])


def _estimate(features: list[Features]) -> Weights:
    return estimate_weights(features, find_candidates(features), count_terms(features))


def test_made_leads_are_matched_without_answers(features: list[Features]) -> None:
    weights, frequencies = _estimate(features), count_terms(features)
    pairs = find_matches(features, weights, frequencies)
    of = find_clusters(features, pairs, weights=weights, frequencies=frequencies)
    assert score_clusters(of, TRUTH).f1 > 0.9
    merged = [(pair.left, pair.right) for pair in pairs if band_of(pair.comparison) is Band.MERGE]
    assert score_pairs(merged, TRUTH).precision > 0.97


def test_nearly_all_that_is_one_is_compared(features: list[Features]) -> None:
    clusters = defaultdict(list)
    for position, cluster in enumerate(TRUTH):
        clusters[cluster].append(position)
    true = {pair for members in clusters.values() for pair in combinations(members, 2)}
    assert len(true.intersection(find_candidates(features))) > 0.97 * len(true)


def test_estimates_hang_on_no_order(features: list[Features]) -> None:
    there, back = _estimate(features), _estimate(features[::-1])
    assert there.bias == pytest.approx(back.bias)
    assert there.factors == pytest.approx(back.factors)
    assert there.odds == pytest.approx(back.odds)


def test_a_set_that_repeats_more_expects_more() -> None:
    often = describe_all([lead.values for lead in make_leads(600, 3, duplicates=0.7)])
    seldom = describe_all([lead.values for lead in make_leads(600, 3, duplicates=0.1)])
    assert _estimate(often).bias > _estimate(seldom).bias + 0.5


def test_an_empty_set_tells_nothing() -> None:
    assert _estimate([]).factors == {}


def test_a_column_of_names_that_are_hardly_people_is_one_of_businesses() -> None:
    names = ["Cafe Quarry", "The Anchor Inn", "Blue Harbor", "Chez Fenwick", "Pizza Corner"]
    described = describe_all([{"name": name, "city": "Bonn"} for name in names])
    assert described == [
        describe({"name": name, "city": "Bonn"}, naming=Naming.BUSINESSES) for name in names
    ]
