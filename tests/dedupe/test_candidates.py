"""Who is compared: strong keys first, never too many, and nobody whose name is another's."""

import pytest

from pipeline.dedupe.candidates import GATHERED, SCORED, choose_candidates, names_differ
from pipeline.dedupe.features import Features, describe
from pipeline.dedupe.keys import BlockingKey, KeyClass

STRONG, JOINT, WEAK = (BlockingKey(number, kind) for number, kind in enumerate(KeyClass))


def person(name: str) -> Features:
    return describe({"name": name, "email": "someone@brightwater-pumps.com"})


def test_who_shares_more_comes_first() -> None:
    bearers = {STRONG.hash: [7], JOINT.hash: [7, 8], WEAK.hash: [7, 8, 9]}

    chosen = choose_candidates([STRONG, JOINT, WEAK], bearers, own=1)

    assert [one.record for one in chosen] == [7, 8, 9]
    assert chosen[0].worth > chosen[1].worth > chosen[2].worth


def test_a_record_is_no_candidate_of_its_own() -> None:
    assert choose_candidates([STRONG], {STRONG.hash: [1]}, own=1) == []


def test_weak_keys_are_not_looked_at_once_enough_are_found() -> None:
    bearers = {STRONG.hash: range(100, 100 + GATHERED), WEAK.hash: [7]}

    chosen = choose_candidates([STRONG, WEAK], bearers, own=1)

    assert len(chosen) == SCORED
    assert 7 not in [one.record for one in chosen]


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        ("Katharine Oyelaran", "Kate Oyelaran", False),
        ("Katharine Oyelaran", "OYELARAN, K.", False),
        ("Katharine Oyelaran", "Tomasz Oyelaran", True),
        ("Katharine Oyelaran", "Katharine Blum", True),
        ("Katharine Oyelaran", "Brightwater Pumps Ltd", False),
        ("Katharine Oyelaran", "", False),
    ],
)
def test_only_names_of_two_people_differ(ours: str, theirs: str, *, differ: bool) -> None:
    one, other = [person(ours).people], [person(theirs).people]
    assert names_differ(one, other) is differ
    assert names_differ(other, one) is differ


def test_one_form_that_agrees_is_enough() -> None:
    married = [person("Katharine Blum").people, person("Katharine Oyelaran").people]

    assert not names_differ(married, [person("Kate Oyelaran").people])
