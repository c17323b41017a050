"""Guards: what no score may merge without a person."""

import pytest

from pipeline.dedupe.decide import Band, band_of
from tests.dedupe.pairs import Record, compared

HOME = {"address": "12 Quarry Lane, Oakland 94601", "phone": "+1 415 555 2671"}


@pytest.mark.parametrize(
    ("a", "b", "guard"),
    [
        (
            {"name": "Ann Lee", "company": "Lee Pumps", "phone": "+1 415 555 2671"},
            {"company": "Lee Pumps", "phone": "+1 415 555 2671"},
            "business_and_person",
        ),
        ({"name": "Ann Quigley"}, {"name": "Ann Quigley"}, "name_only"),
        ({"name": "Ann Quigley", **HOME}, {"name": "Edwin Quigley", **HOME}, "given_names_differ"),
        ({"name": "Ann Quigley", **HOME}, {"name": "Ann Osterman", **HOME}, "surnames_differ"),
        ({"name": "Ann Quigley", **HOME}, {"name": "Edwin Osterman", **HOME}, "names_differ"),
        (
            {"name": "Ann Quigley", "email": "ann.quigley@fenwick.com", **HOME},
            {"name": "Ann Quigley", "email": "mark.osterman@fenwick.com", **HOME},
            "mailbox_of_another",
        ),
        (
            {"name": "Edwin Quigley Jr", **HOME},
            {"name": "Edwin Quigley Sr", **HOME},
            "suffixes_differ",
        ),
    ],
)
def test_a_guarded_pair_never_merges_by_rule(a: Record, b: Record, guard: str) -> None:
    found = compared(a, b)
    assert guard in found.guards
    assert band_of(found) is not Band.MERGE


def test_an_identity_number_outweighs_another_surname() -> None:
    own = {"id_number": "AB-4711-99", "birth_date": "1984-03-09"}
    found = compared({"name": "Ann Quigley", **own}, {"name": "Ann Osterman", **own})
    assert found.guards == []
    assert band_of(found) is Band.MERGE


def test_a_family_mailbox_is_not_its_members() -> None:
    mail = {"email": "eric.bell@gmail.com", "address": "12 Quarry Lane, Oakland"}
    found = compared({"name": "Eric Bell", **mail}, {"name": "Natasha Bell", **mail})
    assert band_of(found) is not Band.MERGE


def test_extensions_of_one_switchboard_are_two_lines() -> None:
    found = compared(
        {"name": "Ann Lee", "phone": "+1 415 555 2671 x12"},
        {"name": "Mark Osterman", "phone": "+1 415 555 2671 x13"},
    )
    assert band_of(found) is Band.NEW
