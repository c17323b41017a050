"""Patterns that every supported Python matches alike."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Before 3.11.5 a possessive group backtracks where it must not; atomic groups never did.
POSSESSIVE_GROUP = re.compile(r"""["'].*\)(?:[*+?]|\{\d*,?\d*\})\+.*["']""")
PLACES = [path for room in ("pipeline", "scrapers") for path in (ROOT / room).rglob("*.py")]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pattern_repeats_a_group_possessively(path: Path) -> None:
    lines = path.read_text().splitlines()  # `_PATH_SAFE` lists characters; it is no pattern

    assert [line for line in lines if POSSESSIVE_GROUP.search(line) and "_SAFE" not in line] == []
