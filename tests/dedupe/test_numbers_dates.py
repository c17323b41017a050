"""Dates of birth are read in any usual order and agree by grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.agreement import Level
from pipeline.dedupe.dates import compare_dates, normalize_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1994-05-13", "19940513"),
        ("1994-05-13T00:00:00", "19940513"),
        ("19940513", "19940513"),
        ("13051994", "19940513"),
        ("05131994", "19940513"),
        ("13.05.1994", "19940513"),
        ("5/13/94", "19940513"),
        ("13 May 1994", "19940513"),
        ("May 13th, 1994", "19940513"),
        ("05/06/1994", "19940506?"),
        ("l3/o5/1994", "19940513"),
        ("1/2/07", "20070102?"),
        ("1994", "1994"),
        ("00/00/0000", ""),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_in_any_usual_order(text: str, date: str) -> None:
    assert normalize_date(text) == date


@pytest.mark.parametrize(
    ("one", "other", "level", "detail"),
    [
        ("1994-05-13", "13.05.1994", Level.EXACT, ""),
        ("1994-06-05", "05/06/1994", Level.EXACT, "swapped"),
        ("1994-06-05", "1994-05-06", Level.CLOSE, "swapped"),
        ("1994-05-13", "1994-05-18", Level.CLOSE, "slip"),
        ("1994-05-13", "1949-05-13", Level.CLOSE, "slip"),
        ("1994-05-13", "1961-05-13", Level.CLOSE, "year"),
        ("1994-05-13", "1994-05-27", Level.PARTIAL, "month"),
        ("1994-05-13", "1984-06-15", Level.PARTIAL, "near"),
        ("1994-05-13", "1994-11-02", Level.CONFLICT, "year"),
        ("1994-05-13", "1961-11-02", Level.CONFLICT, ""),
        ("1994-05-13", "1994", Level.PARTIAL, "year"),
        ("1994-05-13", "05/13/199", Level.CLOSE, "slip"),
        ("1994-05-13", "", Level.MISSING, ""),
    ],
)
def test_dates_agree_by_grades(one: str, other: str, level: Level, detail: str) -> None:
    agreed = compare_dates(normalize_date(one), normalize_date(other))
    assert (agreed.level, agreed.detail) == (level, detail)


_DATES = st.text("0129/?- mayj", max_size=12).map(normalize_date)


@given(_DATES, _DATES)
def test_it_does_not_matter_which_date_comes_first(a: str, b: str) -> None:
    assert compare_dates(a, b) == compare_dates(b, a)
