"""The benchmarks of matching keep working, on a handful of records and without the peers."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks import matching_cost, matching_quality, our_matching
from tests.benchmarks.cost_picture import draw
from tests.benchmarks.labelled_sets import LabelledSet, find_sets
from tests.benchmarks.matching_quality import agree, measure_quality
from tests.benchmarks.peers.cleaning import read_clean, telling_columns
from tests.benchmarks.quality_table import format_quality
from tests.benchmarks.scoring import Cut, best_cut, cut_at_the_middle, read_pairs

COSTS = {
    "SQLite": [
        {"stored": 10_000, "matching_us": 200.0, "entered_p99_ms": 2.0},
        {"stored": 1_000_000, "matching_us": 260.0, "entered_p99_ms": 3.1},
    ],
    "PostgreSQL": [{"stored": 10_000, "matching_us": 320.0, "entered_p99_ms": 4.0}],
}


def test_a_cut_joins_all_pairs_from_a_threshold_on(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("0,1,0.9\n1,2,0.6\n3,4,0.4\n")
    pairs = read_pairs(tmp_path / "pairs.csv")
    truth = ["a", "a", "b", "c", "c"]

    assert cut_at_the_middle(pairs, truth) == Cut(0.5, 1 / 3, 1 / 2, 2 / 5)
    assert best_cut(pairs, truth) == Cut(0.9, 1.0, 1 / 2, 2 / 3)
    assert best_cut([], truth) == Cut(1.0, 1.0, 0.0, 0.0)


def test_clusterings_agree_by_the_pairs_that_they_share() -> None:
    assert agree("aabb", "xxyy") == 1
    assert agree("aabb", "xxyz") == 2 / 3
    assert agree("abcd", "wxyz") == 1


def test_the_peers_get_plain_columns(tmp_path: Path) -> None:
    people = LabelledSet(
        "people",
        [
            {"name": "Lee, Dr. Änn", "company": "Oak Ltd.", "phone": "+44 113 496 0000 x7"},
            {"name": "Bob Roe", "company": "Elm GmbH", "phone": "n/a"},
            {"name": "Cy Poe", "company": "Elm", "phone": "0113 496 0001", "country": "UK"},
        ],
        ["1", "2", "3"],
    )
    people.write(tmp_path / "people.csv", people.in_order(0))

    rows = read_clean(tmp_path / "people.csv")
    names = [(row["given_name"], row["surname"], row["company"], row["phone"]) for row in rows]
    assert names[0] == ("ann", "lee", "oak", "134960000")
    assert names[1] == ("bob", "roe", "elm", None)
    assert "country" not in telling_columns(rows)


def test_the_quality_of_matching_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching_quality, "PEERS", tmp_path / "none")
    monkeypatch.setattr(our_matching, "ROUNDS", 1)
    one = next(find_sets(None, 150))

    quality = measure_quality(one, tmp_path / "set", shuffles=1)

    assert quality.records == 150
    assert 0 < quality.plain.clusters.recall <= 1
    assert quality.stored is not None
    assert 0 < quality.stored.clusters.recall <= 1
    assert quality.agreement > 0.9
    assert quality.answered.clusters.f1 >= quality.plain.clusters.f1
    assert "made, seed 11" in next(format_quality([quality]))


def test_sets_are_read_from_a_folder_by_name(tmp_path: Path) -> None:
    (tmp_path / "restaurants_864").mkdir()
    rows = "id,cluster,name,addr,phone,city,type\n7,3,Chez Ann,1 Elm St,555-0100,Bath,thai\n"
    (tmp_path / "restaurants_864" / "data.csv").write_text(rows)

    (one,) = find_sets(tmp_path, 5)

    assert (one.name, one.truth) == ("restaurants_864", ["3"])
    assert one.fields == ["name", "phone", "address", "city"]


def test_the_cost_of_matching_is_measured_on_both_databases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching_cost, "FIGURES", tmp_path / "cost.json")
    monkeypatch.setattr(matching_cost, "PICTURE", tmp_path / "cost.svg")

    table = matching_cost.measure_cost(tmp_path, [60, 120], 20, picture=True)

    assert "SQLite" in table
    assert "PostgreSQL: processor time of matching, 120 stored to 60:" in table
    costs = json.loads((tmp_path / "cost.json").read_text())
    assert [figures["stored"] for figures in costs["PostgreSQL"]] == [60, 120]
    assert costs["SQLite"][1]["indexed"] > costs["SQLite"][0]["indexed"] > 30
    assert (tmp_path / "cost.svg").exists()


def test_the_picture_has_a_spot_for_each_figure_and_colours_for_dark_pages() -> None:
    picture = ET.fromstring(draw(COSTS))

    name = "{http://www.w3.org/2000/svg}"
    told = [spot.findtext(f"{name}title") for spot in picture.iter(f"{name}circle")]
    assert told[:2] == [
        "SQLite, 10,000 leads: 200 µs of processor time",
        "SQLite, 1,000,000 leads: 260 µs of processor time",
    ]
    assert len(told) == 6
    assert "prefers-color-scheme: dark" in (picture.findtext(f"{name}style") or "")
