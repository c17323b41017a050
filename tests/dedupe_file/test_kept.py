"""Nothing of a file is lost: rows, columns, order and cell texts come out as they went in."""

import csv
from io import StringIO
from pathlib import Path

import orjson
import pytest

from pipeline.exports.workbook import write_cells
from tests.dedupe_file.conftest import ADDED, PEOPLE, Dedupe, read_csv, write_csv

ODD_CELLS = [
    ["id", "name", "email", "note"],
    ["1", "  Ann Fielding ", "ann@example.com", "=1+1"],
    ["2", "Ann\u00a0Fielding", "ANN@example.com", 'two\r\nlines, and a "quote"'],
    ["3", "山田 太郎", "taro@example.jp", "\u202eturned"],
    ["4", "O'Hara;|\tTab", "", "+49 30 1234"],
    ["5", "", "", "0012"],
]


def test_rows_and_cells_are_as_they_were(dedupe: Dedupe, tmp_path: Path) -> None:
    found = dedupe(write_csv(tmp_path / "in.csv", ODD_CELLS))
    assert found.status == 0
    assert found.header == [*ODD_CELLS[0], *ADDED]
    assert found.own() == ODD_CELLS[1:]


def test_a_column_called_like_ours_gives_way_and_keeps_its_values(dedupe: Dedupe) -> None:
    found = dedupe(
        "id,cluster,name,email,Reasons\n1,x,Ann Lee,ann@example.com,p\n2,y,Ann Lee,,q\n", "--json"
    )
    own = ["id", "cluster (original)", "name", "email", "Reasons (original)"]
    assert found.header == [*own, *ADDED]
    assert found.column("cluster (original)") == ["x", "y"]
    assert found.json["renamed"] == {
        "cluster (original)": "cluster",
        "Reasons (original)": "Reasons",
    }


def test_an_output_can_be_deduped_again(dedupe: Dedupe, tmp_path: Path) -> None:
    dedupe(PEOPLE)
    dedupe(tmp_path / "out.csv", out="again.csv")
    third = dedupe(tmp_path / "again.csv", out="third.csv")
    assert third.status == 0
    assert third.header[5:] == [
        *("cluster (original)", "confidence (original)", "reasons (original)"),
        *("cluster (original 2)", "confidence (original 2)", "reasons (original 2)"),
        *ADDED,
    ]
    assert third.column("cluster") == third.column("cluster (original)")


def test_titles_that_repeat_or_lack_stay_as_they_are(dedupe: Dedupe) -> None:
    found = dedupe(
        "name,Phone,phone,,email\nAnn Lee,1,2,3,a@example.com\nBo Li,4,5,6,b@example.com\n"
    )
    assert found.header == ["name", "Phone", "phone", "", "email", *ADDED]
    assert found.own()[1] == ["Bo Li", "4", "5", "6", "b@example.com"]


def test_rows_of_uneven_width_keep_all_their_cells(dedupe: Dedupe) -> None:
    found = dedupe(
        "name,email,city\nAnn Lee,a@example.com,Rome,x,y\nBo Li\nCy Orr,c@example.com,Bonn,,\n"
    )
    assert found.header == ["name", "email", "city", "column_4", "column_5", *ADDED]
    assert found.own() == [
        ["Ann Lee", "a@example.com", "Rome", "x", "y"],
        ["Bo Li", "", "", "", ""],
        ["Cy Orr", "c@example.com", "Bonn", "", ""],
    ]


def test_blank_rows_and_notes_below_the_table_stay_in_their_places(dedupe: Dedupe) -> None:
    text = (
        "name,email,amount\nAnn Lee,a@example.com,1\n,,\nBo Li,b@example.com,2\n\n"
        "Ann Lee,a@example.com,3\n,,\n"
    )
    found = dedupe(text, "--json")
    assert found.own() == [row for row in csv.reader(StringIO(text)) if row][1:]
    assert found.json["records"] == 5
    assert found.groups() == [[0, 3]]
    assert all(found.column("cluster"))


def test_a_file_without_a_header_gets_one(dedupe: Dedupe) -> None:
    found = dedupe("Ann Lee,ann@example.com\nAnn Lee,ann@example.com\nBo Li,bo@example.com\n")
    assert found.header == ["column_1", "column_2", *ADDED]
    assert found.groups() == [[0, 1]]


def test_lines_above_the_header_are_told(dedupe: Dedupe) -> None:
    text = "Leads of May\n\nid;name;email\n1;Ann Lee;a@example.com\n2;Bo Li;b@example.com\n"
    found = dedupe(text, "--json")
    assert found.header == ["id", "name", "email", *ADDED]
    assert found.json["left_out"] == [["Leads of May"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("semicolons.csv", PEOPLE.replace(",", ";").replace('"Osterman; Carl"', "Osterman")),
        ("tabs.tsv", PEOPLE.replace(", ", " ").replace(",", "\t")),
        ("marked.csv", "\ufeff" + PEOPLE),
        ("wide.csv", PEOPLE.encode("utf-16")),
    ],
)
def test_any_dialect_and_encoding_comes_out_as_plain_csv(
    dedupe: Dedupe, name: str, content: str | bytes
) -> None:
    found = dedupe(content, name=name)
    assert found.status == 0
    assert found.header == ["id", "full_name", "mail", "tel", "city", *ADDED]
    assert len(found.rows) == 5
    assert found.groups()[0] == [0, 1]


def test_accents_of_an_old_encoding_are_kept(dedupe: Dedupe) -> None:
    person = "Jürgen Groß;j@example.com\n"
    text = f"Name;E-Mail\n{person}Zoë Bräuer;z@example.com\n{person}"
    found = dedupe(text.encode("cp1252"))
    assert found.column("Name") == ["Jürgen Groß", "Zoë Bräuer", "Jürgen Groß"]
    assert found.groups() == [[0, 2]]


def test_workbooks_and_json_lines_go_in_and_out(dedupe: Dedupe, tmp_path: Path) -> None:
    rows = list(csv.reader(StringIO(PEOPLE)))
    book = tmp_path / "people.xlsx"
    book.write_bytes(b"".join(write_cells(rows[0], [rows[1:]])))
    plain = dedupe(book)
    assert plain.own() == rows[1:]

    dedupe(book, out="out.jsonl")
    lines = [orjson.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [list(line.values()) for line in lines] == plain.rows
    assert [dedupe(tmp_path / "out.jsonl", out="again.csv").own()[0][:5]] == rows[1:2]

    dedupe(book, out="out.xlsx")
    again = dedupe(tmp_path / "out.xlsx", out="again.csv")
    assert [row[:8] for row in again.rows] == plain.rows


def test_what_is_no_record_of_a_list_stays_in_its_place(dedupe: Dedupe) -> None:
    found = dedupe(
        '{"name": "Ann Lee", "email": "a@example.com"}\nnonsense\n{"name": "Bo Li"}\n',
        name="in.jsonl",
    )
    assert found.own() == [
        ["Ann Lee", "a@example.com", ""],
        ["", "", "nonsense"],
        ["Bo Li", "", ""],
    ]


def test_objects_keep_columns_of_one_name_apart(dedupe: Dedupe, tmp_path: Path) -> None:
    dedupe("name,mail,mail\nAnn Lee,a@example.com,b@example.com\n", out="out.jsonl")
    line = orjson.loads((tmp_path / "out.jsonl").read_bytes())
    assert list(line) == ["name", "mail", "mail 2", *ADDED]
    assert list(line.values()) == ["Ann Lee", "a@example.com", "b@example.com", "1", "", ""]


def test_a_header_alone_gives_a_header(dedupe: Dedupe) -> None:
    found = dedupe("id,name,email\n", "--json")
    assert (found.status, found.header, found.rows) == (0, ["id", "name", "email", *ADDED], [])
    assert {name: found.json[name] for name in ("records", "pairs", "clusters")} == {
        "records": 0,
        "pairs": 0,
        "clusters": 0,
    }


def test_an_empty_file_is_refused_with_a_reason(dedupe: Dedupe, tmp_path: Path) -> None:
    found = dedupe("")
    assert found.status == 2
    assert "empty" in found.err
    assert not (tmp_path / "out.csv").exists()


def test_one_column_is_enough(dedupe: Dedupe) -> None:
    found = dedupe("email\nann@example.com\nbo@example.com\nAnn@Example.com\n")
    assert found.status == 0
    assert found.own() == [["ann@example.com"], ["bo@example.com"], ["Ann@Example.com"]]
    assert len(found.header) == 4


def test_cells_of_ours_never_run_as_formulas(dedupe: Dedupe) -> None:
    found = dedupe("id,name,email\n=1,Ann Lee,ann@example.com\n=2,Ann Lee,ann@example.com\n")
    assert found.column("id") == ["=1", "=2"]
    ours = [cell for row in found.rows for cell in row[-len(ADDED) :] if cell]
    assert len(ours) == 6
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in ours)


def test_the_output_goes_beside_the_file_unless_told_otherwise(
    tmp_path: Path, dedupe: Dedupe
) -> None:
    from pipeline.cli import run  # noqa: PLC0415 - only here, the fixture names an output

    (tmp_path / "people.xls.csv").write_text(PEOPLE)
    assert run(["dedupe", str(tmp_path / "people.xls.csv")], {}) == 0
    assert len(read_csv(tmp_path / "people.xls-deduped.csv")) == 6


def test_a_name_without_a_suffix_is_csv(dedupe: Dedupe, tmp_path: Path) -> None:
    assert dedupe(PEOPLE, out="out").status == 0
    assert read_csv(tmp_path / "out")[0][-3:] == ADDED


@pytest.mark.parametrize("option", ["-o", "--pairs"])
def test_a_file_that_is_read_is_never_overwritten(
    dedupe: Dedupe, tmp_path: Path, option: str
) -> None:
    found = dedupe(PEOPLE, option, tmp_path / "in.csv")
    assert found.status == 2
    assert "would be overwritten" in found.err
    assert (tmp_path / "in.csv").read_text() == PEOPLE


def test_what_cannot_be_read_or_written_is_said(dedupe: Dedupe, tmp_path: Path) -> None:
    missing = dedupe(tmp_path / "nowhere.csv")
    assert (missing.status, "cannot be read" in missing.err) == (2, True)
    folder = dedupe(PEOPLE, out="nowhere/out.csv")
    assert (folder.status, "cannot be written" in folder.err) == (2, True)
    other = dedupe(PEOPLE, out="out.doc")
    assert (other.status, ".csv, .xlsx, .jsonl" in other.err) == (2, True)
