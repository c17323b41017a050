"""The script that scores reading markup against suites of expected JSON."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.markup_suites import main


def test_suites_are_scored_page_by_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = tmp_path / "microformats" / "microformats-v2" / "h-card"
    others = tmp_path / "embedded_metadata" / "made"
    cards.mkdir(parents=True)
    others.mkdir(parents=True)
    card = {"type": ["h-card"], "properties": {"name": ["Ann"]}}
    expected = {"items": [card], "rels": {}, "rel-urls": {}}
    for name in ("right", "wrong"):
        (cards / f"{name}.html").write_text(f"<p class=h-card>{'Ann' if name == 'right' else 'Bo'}")
        (cards / f"{name}.json").write_text(json.dumps(expected))
    (others / "a.html").write_text('<script type="application/ld+json">{"a": 1,}</script>')
    (others / "a.jsonld").write_text('[{"a": 1}]')
    (others / "b.html").write_text('<p itemscope itemtype="x:y"><a itemprop=url href=/b>b</a>')
    item = {"type": ["x:y"], "properties": {"url": ["http://www.example.com/b"]}}
    (others / "b.json").write_text(json.dumps([item]))

    main(tmp_path)

    table = " ".join(capsys.readouterr().out.split())
    assert "microformats-v2 1/2" in table
    assert "embedded_metadata: json-ld 1/1 embedded_metadata: microdata 1/1 all 3/4" in table
    assert "h-card/wrong.html: /items/0/properties/name/0: 'Ann' is given as 'Bo'" in table
