"""The patterns of rules: what they match is what Python matches, in a time that grows linearly."""

import random
import re
import time

import pytest

from pipeline.extract.patterns import MAX_TEXT, compile_pattern

PATTERNS = (
    *(r"Tel: (\S+)", r"a*b", r"(a|ab)(c|bcd)(d*)", r"^\s*(\w+)", r"\b\d{3,5}\b", r"(.*?),"),
    *(r"[^@]+@([\w.-]+)", r"(?i)phone:?\s*([+\d ()-]{6,})", r"a{2,3}?", r"(?:x|y)+z$", r"x?y?z?$"),
    *(r"()|a", r"(?P<n>[]a-c]+)\.", r"\Bb", r"a{0,2}(b)"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_what_python_finds(pattern: str) -> None:
    chance = random.Random(pattern)
    found = compile_pattern(pattern)
    for _ in range(400):
        text = "".join(chance.choice("ab xyzcd,@1234 T:el+.]PHONEphone") for _ in range(24))
        match = re.search(pattern, text)
        expected = (match[1] or "" if match.re.groups else match[0]) if match else ""
        assert found.find(text) == expected, text


@pytest.mark.parametrize(
    "pattern",
    ["(", "a**", "a++", "[a", "(?=x)", r"\1", "a{3000}", "*a", ")", "(?P<n", "((a{99}){99}){99}"],
)
def test_what_is_no_pattern_or_too_much_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no pattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a|aa)+$", "(.*)(.*)(.*)b", "(a+a+)+b", "a*a*a*a*b"]
)
def test_twice_the_text_takes_about_twice_the_time(pattern: str) -> None:
    short, long = (_seconds(pattern, "a" * length) for length in (MAX_TEXT // 4, MAX_TEXT))
    assert long < 12 * max(short, 0.001)


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert compile_pattern("b").find("a" * MAX_TEXT + "b") == ""


def _seconds(pattern: str, text: str) -> float:
    found = compile_pattern(pattern)
    times = []
    for _ in range(3):
        began = time.process_time()
        found.find(text)
        times.append(time.process_time() - began)
    return min(times)
