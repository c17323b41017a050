"""Phones and identity numbers agree by grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.agreement import Level
from pipeline.dedupe.numbers import Line, compare_ids, compare_lines, normalize_id, parse_line


@pytest.mark.parametrize(
    ("text", "region", "line"),
    [
        ("310/246-1501", "US", Line("13102461501", "", True)),
        ("310-246-1501", "", Line("3102461501")),
        ("0044 20 7946 0018", "", Line("442079460018", "", True)),
        ("(818) 537-1329 Ext:9984", "US", Line("18185371329", "9984", True)),
        ("+12182152529#7857", "", Line("12182152529", "7857", True)),
        ("+1 (46) 355-5012661 48", "", Line("14635550126", "6148", True)),
        ("+52 1 55 1234 5678", "", Line("525512345678", "", True)),
        ("+55 11 98333 2533", "", Line("551183332533", "", True)),
    ],
)
def test_a_line_is_digits_and_an_extension(text: str, region: str, line: Line) -> None:
    assert parse_line(text, region) == line


@pytest.mark.parametrize(
    "text", ["", "000-000-0000", "123456789", "+1 555 555 5555", "9876543210", "12345", "n/a"]
)
def test_a_made_up_number_is_no_line(text: str) -> None:
    assert parse_line(text, "US") is None


@pytest.mark.parametrize(
    ("one", "other", "level", "detail"),
    [
        ("+1 310 246 1501", "310/246-1501", Level.EXACT, "national"),
        ("+1 310 246 1501 x12", "+1 310 246 1501", Level.EXACT, "extension"),
        ("+1 310 246 1501 x12", "+1 310 246 1501 x13", Level.EXACT, "extensions"),
        ("+1 310 246 1501", "+1 310 246 1507", Level.CLOSE, "slip"),
        ("+1 310 246 1501", "+1 310 264 1501", Level.CLOSE, "slip"),
        ("+1 310 246 1501 x12", "+1 310 246 1507 x13", Level.PARTIAL, "slip"),
        ("+1 310 246 1501", "+1 415 246 9999", Level.CONFLICT, ""),
        ("+1 310 246 1501", "000000", Level.MISSING, ""),
    ],
)
def test_lines_agree_by_grades(one: str, other: str, level: Level, detail: str) -> None:
    agreed = compare_lines(parse_line(one), parse_line(other))
    assert (agreed.level, agreed.detail) == (level, detail)
    assert agreed == compare_lines(parse_line(other), parse_line(one))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("AB-123 456", "ab123456", Level.EXACT),
        ("5316824", "5316842", Level.CLOSE),
        ("5316824", "531684", Level.CLOSE),
        ("xxx-xx-6824", "123-45-6824", Level.PARTIAL),
        ("5316824", "7750031", Level.CONFLICT),
        ("5316824", "0000000", Level.MISSING),
        ("5316824", "123456789", Level.MISSING),
        ("5316824", "n/a", Level.MISSING),
    ],
)
def test_identity_numbers_agree_by_grades(one: str, other: str, level: Level) -> None:
    assert compare_ids(normalize_id(one), normalize_id(other)).level is level


@given(st.text("+0123456789 x-()", max_size=24), st.sampled_from(["", "US", "DE", "IT"]))
def test_any_text_is_a_line_or_none(text: str, region: str) -> None:
    line = parse_line(text, region)
    assert line is None or line.number.isdecimal()
    assert compare_lines(line, line).level is (Level.MISSING if line is None else Level.EXACT)
