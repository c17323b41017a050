"""Reasons in words and bits, and how surely a row belongs to its cluster."""

import pytest

from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.decide import probability
from pipeline.dedupe.matcher import Pair
from pipeline.dedupe_file.ids import RowIds
from pipeline.dedupe_file.membership import MACHINE_SURE, explain_members
from pipeline.dedupe_file.reasons import describe, describe_member


def _pair(left: int, right: int, bits: float) -> Pair:
    reasons = [Reason("prior", -4.0, -4.0), Reason("email", bits + 4.0, bits + 4.0, "a@x.example")]
    return Pair(left, right, Comparison(bits, reasons))


def test_the_strongest_evidence_comes_first_and_all_adds_up() -> None:
    reasons = [
        Reason("prior", -10.0, -10.0),
        Reason("city", 2.0, 2.0, "rome", "rome"),
        Reason("given_name_close", 5.0, 5.0, "ann", "anne"),
        Reason("phone_differs", -1.5, -1.5, "1", "2"),
        *(Reason("title", 1.0, 1.0, f"t{number}") for number in range(4)),
    ]
    comparison = Comparison(sum(one.bits for one in reasons), reasons)
    assert describe(comparison) == (
        "nearly the same first name: ann, anne (+5.0); same city rome (+2.0); "
        "same job title t0 (+1.0); same job title t1 (+1.0); different phone: 1, 2 (-1.5); "
        "all else (-8.0) = -0.5 bits"
    )


def test_a_long_value_is_cut_and_stands_in_one_line() -> None:
    comparison = Comparison(1.0, [Reason("street", 1.0, 1.0, "a\n" + "b" * 200)])
    told = describe(comparison)
    assert told.startswith("same street a bbb")
    assert told.endswith("b… (+1.0); all else (+0.0) = 1.0 bits")
    assert len(told) < 150


def test_the_weakest_tie_on_the_way_is_how_sure_a_row_is() -> None:
    pairs = [_pair(0, 1, 9.0), _pair(1, 2, 3.0), _pair(2, 3, 6.0), _pair(0, 3, 1.0)]
    members = explain_members([0, 0, 0, 0, 4], pairs, {})
    assert {row: member.confidence for row, member in members.items()} == {
        0: pytest.approx(probability(9.0)),
        1: pytest.approx(probability(9.0)),
        2: pytest.approx(probability(3.0)),
        3: pytest.approx(probability(3.0)),
    }
    assert (members[1].other, members[2].other, members[3].other) == (0, 1, 2)


def test_only_a_person_is_quite_certain() -> None:
    members = explain_members([0, 0, 0], [_pair(0, 1, 50.0)], {(1, 2): True})
    assert members[0].confidence == MACHINE_SURE
    assert members[2].confidence == 1.0
    told = describe_member(members[2], RowIds(None, ["1", "2", "3"]))
    assert told == "with row 2: you said so"


def test_rows_apart_are_tied_by_nothing() -> None:
    assert explain_members([0, 1, 2], [_pair(0, 1, 9.0)], {(0, 2): False}) == {}
