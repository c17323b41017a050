"""``leads preview`` shows how any file would be read, and needs no database for it."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Leads

MESSY = (
    "Leads of May\n\nNäme;E-Mail;Stadt;Umsatz\n"
    "Jürgen Groß;j@example.com;Köln;1,50\n"
    '"Müller; Ann";a@example.com;München;2,50\n'
    "Zoë Bräuer;z@example.com;Nürnberg;3,50\n"
    "\nSource: the fair\n"
)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A file in Windows-1252, with a preamble, semicolons, decimal commas and a note."""
    path = tmp_path / "messy.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return path


def test_a_preview_tells_all_that_was_guessed(leads: Leads, messy: Path) -> None:
    found = leads("preview", messy, "--json").json
    assert (found["encoding"], found["encoding_guessed"]) == ("cp1252", True)
    assert found["encodings"][0]["name"] == "cp1252"
    assert found["dialect"] == {
        "delimiter": ";",
        "quotechar": '"',
        "escape": "double",
        "line_ends": ["\n"],
        "skip_space": False,
        "aligned": False,
    }
    assert (found["header_row"], found["header_rows"], found["rows"]) == (1, 1, 4)
    assert (found["preamble"], found["footer"]) == ([["Leads of May"]], [["Source: the fair"]])
    assert [column["name"] for column in found["columns"]] == ["Näme", "E-Mail", "Stadt", "Umsatz"]
    assert found["columns"][1]["kind"] == "email"
    assert 0 <= found["columns"][1]["confidence"] <= 1
    assert found["first_rows"][1] == ["Müller; Ann", "a@example.com", "München", "2,50"]


def test_the_rows_come_as_plain_csv(leads: Leads, messy: Path) -> None:
    answer = leads("preview", messy, "--rows", "--format", "csv")
    rows = list(csv.reader(StringIO(answer.out)))
    assert rows[0] == ["Näme", "E-Mail", "Stadt", "Umsatz"]
    assert rows[2] == ["Müller; Ann", "a@example.com", "München", "2,50"]
    assert len(rows) == 4


def test_people_are_shown_a_table(leads: Leads, messy: Path) -> None:
    answer = leads("preview", messy)
    assert answer.status == 0
    assert "cp1252 (a guess), else" in answer.out
    assert "j@example.com | a@example.com" in answer.out


def test_what_a_person_says_goes(leads: Leads, tmp_path: Path) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes("x|'a;b'\n1|'c;d'\n2|'e;f'\n".encode("utf-16-le"))
    told = leads("preview", path, "--rows", "--encoding", "utf-16-le", "--delimiter", ";")
    assert told.out.splitlines()[1] == "1|'c,d'"
    told = leads("preview", path, "--json", "--quote", "none", "--header-row", "-1").json
    assert (told["header_row"], told["rows"]) == (None, 3)
    assert told["first_rows"][0] == ["x", "'a;b'"]
    told = leads("preview", path, "--json", "--header-row", "1").json
    assert (told["titles"], told["preamble"]) == (["1", "c;d"], [["x", "a;b"]])
    assert leads("preview", path, "--rows", "--delimiter", "tab").out.splitlines()[0] == "x|'a;b'"


def test_a_header_alone_and_nothing_at_all_are_tables_too(leads: Leads, tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("a,b\n")
    assert leads("preview", tmp_path / "header.csv", "--rows").out == "a,b\n"
    (tmp_path / "empty.csv").write_text("")
    answer = leads("preview", tmp_path / "empty.csv", "--rows")
    assert (answer.status, answer.out) == (0, "")


def test_what_is_no_table_is_refused(leads: Leads, tmp_path: Path) -> None:
    assert leads("preview", tmp_path / "missing.csv").status == 2
    (tmp_path / "given.pdf").write_bytes(b"%PDF-1.7\n")
    answer = leads("preview", tmp_path / "given.pdf", "--rows")
    assert (answer.status, answer.out) == (2, "")
    assert "PDF" in answer.err
    (tmp_path / "given.csv").write_text("a,b\n1,2\n")
    assert leads("preview", tmp_path / "given.csv", "--encoding", "klingon").status == 2
