"""Evidence in bits: it adds up, reads the same from both sides, and replays to the bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.compare import compare, compare_entities
from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.features import MATCH_FIELDS, Features, Kind, describe
from pipeline.dedupe.weights import Weights
from tests.dedupe.pairs import Record, codes, compared, counted

JOAN = {
    "name": "Joan Stanley",
    "email": "joan.stanley84@gmail.com",
    "phone": "+1 415 555 2671",
    "company": "Fenwick Pumps Inc",
    "address": "12 Quarry Lane, Oakland 94601",
    "birth_date": "1984-03-09",
}
_VALUES = {
    "name": ["Joan Stanley", "Stanley, J.", "Fenwick Pumps Inc", "Bo Li", "x"],
    "given_name": ["Joan", "Jo", ""],
    "surname": ["Stanley", "Stanly", ""],
    "email": ["joan.stanley84@gmail.com", "info@fenwick.com", "j***@gmail.com", "n/a"],
    "phone": ["+1 415 555 2671", "415-555-2671 x12", "0000000"],
    "company": ["Fenwick Pumps Inc", "Fenwick Pumps", "Quarry Ltd"],
    "title": ["CEO", "Sales Manager"],
    "website": ["https://www.fenwick.com/x", "fenwick.com"],
    "address": ["12 Quarry Lane, Oakland 94601", "14 Quarry Ln"],
    "city": ["Oakland", "Oaklnd"],
    "postcode": ["94601", "94610"],
    "region": ["CA", "California"],
    "country": ["US", "DE"],
    "birth_date": ["1984-03-09", "09/03/1984", "1985"],
    "id_number": ["AB-123456", "AB123457"],
}
assert tuple(_VALUES) == MATCH_FIELDS

records = st.fixed_dictionaries(
    {}, optional={field: st.sampled_from(values) for field, values in _VALUES.items()}
)


@given(records, records)
def test_a_comparison_reads_the_same_from_both_sides(a: Record, b: Record) -> None:
    one, other = describe(a), describe(b)
    counts = counted(one, other)
    there, back = compare(one, other, counts), compare(other, one, counts)
    assert there.bits == pytest.approx(back.bits, abs=1e-9)
    assert there.guards == back.guards
    assert codes(there) == codes(back)


@given(records, records, st.dictionaries(st.sampled_from(["surname", "phone"]), st.floats(0, 3)))
def test_reasons_add_up_and_are_their_base_by_their_factor(
    a: Record, b: Record, factors: dict[str, float]
) -> None:
    found = compared(a, b, Weights(1, 0.5, factors))
    assert found.bits == pytest.approx(sum(one.bits for one in found.reasons) + 0.5)
    for one in found.reasons:
        assert one.bits == one.base * factors.get(one.code, 1.0)


@given(records, records)
def test_stored_features_replay_to_the_bit(a: Record, b: Record) -> None:
    one, other = describe(a), describe(b)
    counts = counted(one, other)
    again = [Features.from_json(each.to_json()) for each in (one, other)]
    assert again == [one, other]
    assert compare(*again, counts) == compare(one, other, counts)


def test_one_person_in_two_lists_is_sure() -> None:
    other = {"name": "STANLEY, Joan", "email": "JoanStanley84@googlemail.com"}
    assert band_of(compared(JOAN, other)) is Band.MERGE


def test_a_rare_value_tells_more_than_a_common_one() -> None:
    one, other = describe({"name": "Ann Quigley"}), describe({"name": "Ann Quigley"})
    rare, common = counted(one, other), counted(*[one] * 500)
    assert compare(one, other, rare).bits > compare(one, other, common).bits + 5


def test_values_that_are_nobodys_carry_no_weight() -> None:
    junk = {"email": "noemail@noemail.com", "phone": "000-000-0000", "company": "n/a"}
    found = compared({"name": "Ann Lee", **junk}, {"name": "Ann Lee", **junk})
    assert codes(found) == {"prior", "given_name", "surname"}


def test_what_a_household_shares_says_little_more_together_than_each_alone() -> None:
    home = {"surname": "Quigley", "address": "12 Quarry Lane, Oakland 94601"}
    found = compared(home, home)
    assert "home_cap" in codes(found)
    assert band_of(found) is not Band.MERGE


def test_a_mailbox_that_the_name_explains_is_no_news_at_another_provider() -> None:
    found = compared(
        {"name": "Joan Stanley", "email": "joan.stanley@aol.com"},
        {"name": "Joan Stanley", "email": "joan.stanley@soto.io"},
    )
    assert "local_part" not in codes(found)
    found = compared(
        {"name": "Joan Stanley", "email": "cunninghaml322@aol.com"},
        {"name": "Joan Stanley", "email": "cunninghaml322@soto.io"},
    )
    assert "local_part" in codes(found)


def test_a_mailbox_speaks_for_a_name_that_a_record_lacks() -> None:
    found = compared({"email": "joan.stanley@corp.org"}, {"name": "Joan Stanley"})
    assert {"mail_given_name", "mail_surname"} <= codes(found)


def test_a_company_is_held_against_the_other_records_domain() -> None:
    found = compared(
        {"name": "Joan Stanley", "company": "Fenwick Pumps"},
        {"name": "Joan Stanley", "website": "fenwickpumps.com"},
    )
    assert "company_domain" in codes(found)


def test_twins_in_one_family_share_their_date_of_birth() -> None:
    twin = {"surname": "Quigley", "birth_date": "2001-05-06", "address": "12 Quarry Lane"}
    found = compared({**twin, "given_name": "Mary"}, {**twin, "given_name": "Edwin"})
    assert "family_birth_date" in codes(found)
    assert found.bits < 2


def test_a_brand_has_many_branches() -> None:
    brand = {"company": "Quarry Coffee", "website": "quarrycoffee.com"}
    one = {**brand, "address": "12 Quarry Lane, Oakland 94601", "phone": "+1 415 555 2671"}
    other = {**brand, "address": "99 Harbor Rd, Boston 02110", "phone": "+1 617 555 0188"}
    assert describe(one).kind is Kind.BUSINESS
    assert compared(one, one).bits > 8
    assert compared(one, other).bits < 0


def test_members_that_contradict_lower_an_entity() -> None:
    joan = describe(JOAN)
    alike, unlike = describe({**JOAN, "title": "CEO"}), describe({"name": "Mark Osterman"})
    counts = counted(joan, alike, unlike)
    alone = compare_entities([joan], [alike], counts)
    among = compare_entities([joan], [alike, *[unlike] * 3], counts)
    assert among.bits < alone.bits
    assert "members_differ" in codes(among)


def test_stored_features_are_small() -> None:
    assert len(describe(JOAN).to_json()) < 300
