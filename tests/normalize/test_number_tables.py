"""What the tables say of first digits is what the plans say of whole numbers."""

import random

import phonenumbers
import pytest

from pipeline.normalize.number_tables import START, Verdict, table_of
from pipeline.normalize.numbering import UNDECIDED, judge_international, judge_national

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def _spelt(verdict: Verdict, digits: str) -> str | None:
    return verdict[0] + digits[verdict[1] :] if verdict else None


def _numbers(seed: int, count: int) -> list[tuple[str | None, str]]:
    """Make dialled numbers near the border between good and bad, each with its home."""
    rng = random.Random(seed)
    made: list[tuple[str | None, str]] = []
    while len(made) < count:
        region = rng.choice(REGIONS)
        example = phonenumbers.example_number_for_type(region, rng.randrange(11))
        if example is None:
            continue
        digits = list(phonenumbers.national_significant_number(example))
        for _ in range(rng.randrange(4)):
            digits[rng.randrange(len(digits))] = rng.choice("0123456789")
        prefix = rng.choice(["", "", "0", "1", "8", str(example.country_code)])
        if rng.random() < 0.5:
            made.append((None, str(example.country_code) + "".join(digits)))
        else:
            made.append((region, prefix + "".join(digits)))
    return made


@pytest.mark.parametrize("seed", range(3))
def test_a_decided_number_is_judged_as_by_its_plan(seed: int) -> None:
    decided = 0
    for region, digits in _numbers(seed, 5_000):
        verdict = table_of(region, len(digits))[digits[:START]]
        judged = judge_national(digits, region) if region else judge_international(digits)
        if verdict is not None:
            decided += 1
            assert _spelt(verdict, digits) == judged, (region, digits)
            assert judged != UNDECIDED
    assert decided > 4_000


@pytest.mark.parametrize(
    ("region", "digits", "spelt"),
    [
        (None, "14155552671", "+14155552671"),
        ("US", "4155552671", "+14155552671"),
        ("US", "14155552671", "+14155552671"),
        ("GB", "02079460958", "+442079460958"),
        ("DE", "030901820", "+4930901820"),
        ("IT", "0212345678", "+390212345678"),
        (None, "15550100", None),
    ],
)
def test_usual_numbers_are_decided(region: str | None, digits: str, spelt: str | None) -> None:
    verdict = table_of(region, len(digits))[digits[:START]]
    assert verdict is not None
    assert _spelt(verdict, digits) == spelt


@pytest.mark.parametrize(
    ("region", "digits"),
    [("XX", "4155552671"), ("US", "01144207946"), (None, "99912345678"), (None, "0000000000")],
)
def test_what_the_library_has_to_judge_is_left_open(region: str | None, digits: str) -> None:
    assert table_of(region, len(digits))[digits[:START]] is None


def test_the_tables_do_not_grow_without_end() -> None:
    tables = [table_of(region, 10) for region in (None, "GB", "US", "DE", "FR", "ES", "IT", "PT")]
    for number in range(440_000, 460_000):
        for table in tables:
            assert table[str(number)] == table[str(number)]
    assert sum(map(len, tables)) <= 60_000
