"""What is found in a file: clusters, how surely, why, and in what figures it is told."""

import json
import random
from pathlib import Path

import pytest

from pipeline.cli import run
from tests.dedupe_file.conftest import PEOPLE, Dedupe, read_csv, write_csv
from tests.made_leads.stream import write_leads


def test_rows_of_one_person_share_a_cluster_and_say_why(dedupe: Dedupe) -> None:
    found = dedupe(PEOPLE)
    assert found.column("cluster") == ["1", "1", "2", "2", "3"]
    assert found.column("confidence")[4] == found.column("reasons")[4] == ""
    assert all(0.5 < float(text) <= 1 for text in found.column("confidence")[:4])
    assert found.column("reasons")[0].startswith("with 8: ")
    assert found.column("reasons")[3].startswith("with 9: ")
    assert "bits" in found.column("reasons")[0]


def test_the_figures_are_those_of_the_file(dedupe: Dedupe) -> None:
    found = dedupe(PEOPLE, "--json")
    told = found.json
    assert (told["records"], told["pairs"], told["clusters"]) == (5, 2, 3)
    assert told["duplicates"] == 2
    assert told["seconds"] >= 0
    assert set(told["bands"]) == {"merge", "review"}
    assert told["map"] == "name=full_name,email=mail,phone=tel,city=city"
    assert told["mapping"]["name"] == ["full_name"]
    assert told["id"] == "id"


def test_people_are_told_what_was_compared_and_what_to_do_next(dedupe: Dedupe) -> None:
    found = dedupe(PEOPLE)
    assert "5 rows are 3 clusters: 2 rows are duplicates" in found.out
    assert '--map "name=full_name,email=mail,phone=tel,city=city"' in found.out


def test_the_order_of_rows_changes_no_cluster(dedupe: Dedupe) -> None:
    header, *rows = PEOPLE.splitlines()
    first = _members(dedupe(PEOPLE).column("id"), dedupe(PEOPLE).column("cluster"))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        found = dedupe("\n".join([header, *rows]) + "\n")
        assert _members(found.column("id"), found.column("cluster")) == first


def test_only_sure_pairs_are_joined_where_asked(dedupe: Dedupe) -> None:
    assert len(dedupe(PEOPLE).groups()) == 2
    assert dedupe(PEOPLE, "--at-least", "0.999999999999999").groups() == []
    for number in ("0", "1", "-3"):
        assert dedupe(PEOPLE, "--at-least", number).status == 2


def test_who_waits_at_a_terminal_sees_what_is_done(
    dedupe: Dedupe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    said = dedupe(PEOPLE).err
    assert "reading 5" in said
    assert "comparing" in said


def test_a_file_comes_from_standard_input_and_goes_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "in.csv").write_text(PEOPLE)
    with (tmp_path / "in.csv").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        assert run(["dedupe", "-", "-o", "-"], {}) == 0
    said = capsysbinary.readouterr()
    assert (
        said.out.decode().splitlines()[0] == "id,full_name,mail,tel,city,cluster,confidence,reasons"
    )
    assert b"5 rows are 3 clusters" in said.err


def test_two_documents_on_standard_output_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dedupe", "-", "-o", "-", "--json"], {}) == 2
    assert "name a file with -o" in json.loads(capsys.readouterr().out)["error"]
    assert run(["dedupe", "-"], {}) == 2


def _members(ids: list[str], clusters: list[str]) -> set[frozenset[str]]:
    named: dict[str, set[str]] = {}
    for row, cluster in zip(ids, clusters, strict=True):
        named.setdefault(cluster, set()).add(row)
    return {frozenset(rows) for rows in named.values()}


@pytest.mark.parametrize("seed", [1, 2])
def test_no_order_of_many_leads_changes_a_cluster(
    dedupe: Dedupe, tmp_path: Path, seed: int
) -> None:
    write_leads(tmp_path / "leads.csv", 300, seed=seed, duplicates=0.5)
    header, *rows = read_csv(tmp_path / "leads.csv")
    first = dedupe(tmp_path / "leads.csv")
    random.Random(seed).shuffle(rows)
    other = dedupe(write_csv(tmp_path / "shuffled.csv", [header, *rows]))
    assert len(first.groups()) > 30
    clusters = [_members(one.column("id"), one.column("cluster")) for one in (first, other)]
    assert clusters[0] == clusters[1]
    sure = [
        dict(zip(one.column("id"), one.column("confidence"), strict=True)) for one in (first, other)
    ]
    assert sure[0] == sure[1]


def test_the_truth_in_a_column_of_its_own_is_no_evidence(dedupe: Dedupe, tmp_path: Path) -> None:
    write_leads(tmp_path / "leads.csv", 200, seed=3, duplicates=0.5)
    header, *rows = read_csv(tmp_path / "leads.csv")
    told = dedupe(tmp_path / "leads.csv", "--json").json
    assert told["id"] == "id"
    assert "cluster" not in told["map"]
    bare = [[cell for at, cell in enumerate(row) if at != 1] for row in (header, *rows)]
    without = dedupe(write_csv(tmp_path / "bare.csv", bare), "--json").json
    assert (without["pairs"], without["clusters"]) == (told["pairs"], told["clusters"])
