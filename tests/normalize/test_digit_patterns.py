"""Automata decide by first digits exactly what the expressions decide by all of them."""

import re
from itertools import product

import pytest

from pipeline.normalize.digit_patterns import DigitPattern, UndecidedError

DIGITS = "0123456789"


@pytest.mark.parametrize("open_end", [False, True])
@pytest.mark.parametrize(
    "expression",
    [
        "0",
        r"[2-9]\d{2}",
        r"1(?:2[3-5]|4)?\d",
        r"(1\d)$|0",
        r"0?(?:(11|2(?:2|3?))15)?",
        r"\d{2,3}|9{4}",
        r"(?:0|90)(?:(1[245]|2)(\d{1,2}))?",
        "",
    ],
)
def test_a_start_decides_if_all_numbers_of_it_agree(expression: str, *, open_end: bool) -> None:
    automaton = DigitPattern(expression, open_end=open_end)
    matches = re.compile(expression).match if open_end else re.compile(expression).fullmatch
    for size in range(5):
        numbers = ["".join(digits) for digits in product(DIGITS, repeat=size)]
        matching = {number for number in numbers if matches(number)}
        for known in range(size + 1):
            for start in {number[:known] for number in numbers[:: 7 if size > 3 else 1]}:
                verdicts = {start + "".join(rest) in matching for rest in _rests(size - known)}
                expected = verdicts.pop() if len(verdicts) == 1 else None
                assert automaton.decides(start, size - known) is expected


@pytest.mark.parametrize(
    "expression",
    ["12|1", "1|12", r"(1\d)$|0", r"0?(?:(11|2(?:2|3?))15)?", r"(?:0|90)(?:(1[245]|2)(\d{1,2}))?"],
)
def test_a_start_decides_where_a_match_ends_if_all_numbers_of_it_agree(expression: str) -> None:
    plain = DigitPattern(expression, open_end=True)
    trapping = DigitPattern(expression, open_end=True, traps="(" in expression.replace("(?:", ""))
    decided = 0
    for size, known in [(1, 1), (3, 2), (4, 3), (4, 4), (5, 3)]:
        for start in map("".join, product("0129", repeat=known)):
            found = [re.match(expression, start + "".join(r)) for r in _rests(size - known)]
            ends = {match.end() if match else None for match in found}
            last_group = {match.groups()[-1:] for match in found if match} - {(), (None,)}
            for pattern in (plain, trapping):
                try:
                    end = pattern.match_end(start, size - known)
                except UndecidedError:
                    continue
                decided += 1
                assert ends == {end}
                assert pattern is plain or not last_group
    assert decided > 200


def _rests(size: int) -> list[tuple[str, ...]]:
    return list(product(DIGITS, repeat=size))


@pytest.mark.parametrize("expression", ["1+", "(?!1)", "(?=1)1", r"\w", "1*", "^1", "(1", "1)"])
def test_other_expressions_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        DigitPattern(expression)
