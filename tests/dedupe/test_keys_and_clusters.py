"""Keys that bring together what may be one, and clusters that hang on no order."""

import random
from collections import defaultdict

import pytest

from pipeline.dedupe.clusters import Link, cluster
from pipeline.dedupe.features import Values, describe
from pipeline.dedupe.keys import KeyClass, blocking_keys
from pipeline.dedupe.matcher import describe_all, find_clusters, find_matches

ROWS: list[Values] = [
    {"name": "Ann Quigley", "email": "aq1971@example.org", "city": "Boston"},
    {"name": "Quigley, Ann", "email": "AQ1971@example.org", "phone": "+1 617 555 0188"},
    {"name": "A. Quigley", "phone": "+1 617 555 0188", "city": "Boston"},
    {"name": "Mark Osterman", "email": "mark@osterman.com"},
    {"name": "Mark Ostermann", "email": "mark@osterman.com", "city": "Bonn"},
    {"name": "Edwin Fielding", "phone": "+1 415 555 2671"},
]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"email": "j.o.lee@gmail.com"}, {"email": "JOLee+news@googlemail.com"}),
        ({"phone": "+1 (617) 555-0188"}, {"phone": "617.555.0188"}),
        ({"name": "Jon Smith"}, {"name": "SMYTH, Jon"}),
        ({"name": "J. Osterman"}, {"name": "Jean Osterman"}),
        ({"surname": "Lee", "postcode": "94601"}, {"surname": "Li", "postcode": "94601"}),
        ({"company": "Quarry Ltd", "city": "Bonn"}, {"company": "Quarry GmbH", "city": "Bonn"}),
    ],
)
def test_what_may_be_one_shares_a_key(a: Values, b: Values) -> None:
    assert {*blocking_keys(describe(a, region="US"))} & {*blocking_keys(describe(b, region="US"))}


def test_strong_keys_come_first_and_each_once() -> None:
    keys = blocking_keys(describe(ROWS[1], region="US"))
    assert [key.kind for key in keys] == sorted(key.kind for key in keys)
    assert keys[0].kind is KeyClass.STRONG
    assert len({key.hash for key in keys}) == len(keys)


def test_clusters_hang_on_no_order() -> None:
    seen = set()
    for seed in range(6):
        order = random.Random(seed).sample(range(len(ROWS)), len(ROWS))
        features = describe_all([ROWS[at] for at in order], region="US")
        of = find_clusters(features, find_matches(features))
        groups = defaultdict(set)
        for place, root in enumerate(of):
            groups[root].add(order[place])
        seen.add(frozenset(map(frozenset, groups.values())))
    assert seen == {frozenset({frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5})})}


def test_people_outrank_scores() -> None:
    features = describe_all(ROWS, region="US")
    of = find_clusters(features, find_matches(features), {(3, 4): False, (5, 0): True})
    assert of == [0, 0, 0, 3, 4, 0]


def test_a_weak_link_joins_no_two_families() -> None:
    links = [Link(1, 2, 20.0), Link(3, 4, 20.0), Link(2, 3, 1.0)]
    assert cluster(links, least=0.0) == {1: 1, 2: 1, 3: 1, 4: 1}
    bits = {(2, 3): 1.0}
    apart = cluster(links, least=0.0, alike=lambda a, b: bits.get((a, b), -9.0))
    assert apart == {1: 1, 2: 1, 3: 3, 4: 3}


def test_no_cluster_holds_two_that_a_person_called_distinct() -> None:
    links = [Link(1, 2, 20.0), Link(2, 3, 15.0), Link(1, 3, 0.0, judged=False)]
    assert cluster(links, least=0.0) == {1: 1, 2: 1, 3: 3}
