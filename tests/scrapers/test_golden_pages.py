"""Every scraper against its golden page: ``<slug>/page.html`` in, ``expected.json`` out."""

import json
from pathlib import Path

import pytest

from pipeline.fetch.client import Response
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, load_sources

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/page.html"))


def _read(case: str) -> dict[str, object]:
    expected = json.loads((HERE / case / "expected.json").read_text("utf-8"))
    source = load_sources().require(case)
    body = (HERE / case / "page.html").read_bytes()
    headers = {"content-type": "text/html"}
    response = Response(expected["url"], expected["url"], 200, headers, body)
    items = list(source.parse(Page(response, source.read_params(expected["params"]))))
    return {
        "url": expected["url"],
        "params": expected["params"],
        "records": [
            {
                "fields": dict(item.fields),
                "emails": list(item.emails),
                "phones": list(item.phones),
                "raw": dict(item.raw),
            }
            for item in items
            if isinstance(item, RawRecord)
        ],
        "links": [[item.url, item.priority] for item in items if isinstance(item, Link)],
    }


@pytest.mark.parametrize("case", CASES)
def test_a_golden_page_gives_what_is_expected(case: str) -> None:
    expected = json.loads((HERE / case / "expected.json").read_text("utf-8"))

    assert _read(case) == expected


def test_every_source_has_a_golden_page() -> None:
    assert set(CASES) == set(load_sources().sources)
