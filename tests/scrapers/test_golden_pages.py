"""Every scraper against its golden page: ``<slug>/page.html`` in, ``expected.json`` out.

What is no web page is called by its own suffix, such as ``page.json``.
"""

import json
from pathlib import Path

import pytest

from pipeline.new_source.golden import find_golden_page, read_golden
from pipeline.sources import load_sources

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/expected.json"))


@pytest.mark.parametrize("case", CASES)
def test_a_golden_page_gives_what_is_expected(case: str) -> None:
    expected = json.loads((HERE / case / "expected.json").read_text("utf-8"))
    page = find_golden_page(HERE / case, expected["url"])

    assert read_golden(load_sources().require(case), page, expected["params"]) == expected


def test_every_source_has_a_golden_page() -> None:
    assert set(CASES) == set(load_sources().sources)
