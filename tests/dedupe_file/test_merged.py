"""``--merged``: a list in which everybody stands once, and nothing that was known of them lacks."""

from pathlib import Path

from tests.dedupe_file.conftest import Dedupe, read_csv

ROWS = """id,name,email,street,city,note,rows
1,Ann Fielding,ann.fielding@example.com,,Oakland,,x
2,Ann Fielding,ann.fielding@example.com,12 Oak Street,Berkeley,likes tea,
3,Bo Quigley,bo@quigley.example,,,,
4,Ann Fielding,ann.fielding@example.com,,,said no,
"""


def test_everybody_stands_once_and_blanks_are_filled(dedupe: Dedupe, tmp_path: Path) -> None:
    found = dedupe(ROWS, "--merged", tmp_path / "merged.csv", "--json")
    assert found.json["merged_file"] == str(tmp_path / "merged.csv")
    assert found.groups() == [[0, 1, 3]]
    header, *rows = read_csv(tmp_path / "merged.csv")
    assert header[-3:] == ["rows (original)", "cluster", "rows"]
    assert [",".join(row) for row in rows] == [
        "2,Ann Fielding,ann.fielding@example.com,12 Oak Street,Berkeley,likes tea,x,1,3",
        "3,Bo Quigley,bo@quigley.example,,,,,2,1",
    ]


def test_an_address_comes_from_one_row_as_a_whole(dedupe: Dedupe, tmp_path: Path) -> None:
    rows = (
        "id,name,email,street,city,phone,note\n"
        "1,Ann Fielding,ann.fielding@example.com,,Oakland,+1 415 555 2671,a\n"
        "2,Ann Fielding,ann.fielding@example.com,12 Oak Street,Berkeley,,\n"
        "3,Cy Orr,cy.orr@example.com,,,+1 415 555 2672,b\n"
        "4,Cy Orr,cy.orr@example.com,9 Elm Road,Reno,,\n"
    )
    found = dedupe(rows, "--merged", tmp_path / "merged.csv")
    assert found.groups() == [[0, 1], [2, 3]]
    _, ann, cy = read_csv(tmp_path / "merged.csv")
    assert ann[3:5] == ["", "Oakland"]
    assert cy[3:6] == ["9 Elm Road", "Reno", "+1 415 555 2672"]


def test_it_is_never_one_of_the_other_files(dedupe: Dedupe, tmp_path: Path) -> None:
    assert dedupe(ROWS, "--merged", tmp_path / "out.csv").status == 2
    assert dedupe(ROWS, "--merged", tmp_path / "in.csv").status == 2
