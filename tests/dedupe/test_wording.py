"""Reasons and verdicts in words."""

from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.wording import guard_in_words, sentence_of, turning_points


def test_a_reason_says_its_kind_its_values_and_how_many_bear_it() -> None:
    same = Reason("phone", 9.0, 9.0, "2079460018", "2079460018", 3)
    assert sentence_of(same) == "Same phone 2079460018, borne by 3 leads"
    forms = Reason("given_name_nickname", 5.0, 5.0, "kate", "katharine", 1)
    assert sentence_of(forms) == "Forms of one first name: kate, katharine, borne by 1 lead"
    other = Reason("surname_differs", -5.0, -5.0, "lee", "osterman")
    assert sentence_of(other) == "Different surname: lee, osterman"
    assert "says little more" not in sentence_of(Reason("prior", -13.0, -13.0))


def test_the_reason_that_alone_decided_is_named() -> None:
    reasons = [Reason("prior", -13.0, -13.0), Reason("mailbox", 15.0, 15.0, "a@b.c", "a@b.c", 2)]
    merged = Comparison(9.0, [*reasons, Reason("phone", 7.0, 7.0, "1", "1", 2)])
    assert [point.split("(")[1][:5] for point in turning_points(merged)] == ["+15.0", "+7.0)"]
    held = Comparison(6.0, [*reasons, Reason("surname_differs", -5.0, -5.0, "lee", "li")])
    assert "it would have been merged" in turning_points(held)[-1]


def test_a_guard_that_stood_in_the_way_is_named() -> None:
    guarded = Comparison(12.0, [Reason("prior", -13.0, -13.0)], ["name_only"])
    (point,) = turning_points(guarded)
    assert "“Nothing but the name speaks for it” it would have been merged" in point
    assert guard_in_words("new_rule") == "New rule"


def test_a_pair_far_from_any_threshold_says_how_far() -> None:
    assert turning_points(Comparison(-20.0, [])) == ["It lacks 18.0 bits to be left to a person."]
