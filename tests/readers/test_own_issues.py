"""A file of rejected rows becomes the rows' own file again, whatever stands in them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.formulas import guard_formula
from pipeline.readers.delimited import read_rows, split_records
from pipeline.readers.dialect import Dialect
from pipeline.readers.own_issues import COLUMNS, drop_issue_columns, is_issue_header

CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=9
)
ROWS = st.lists(st.tuples(CELL, CELL, CELL.map(lambda text: "x" + text)), min_size=1, max_size=5)
TOLD = ("7", "Mail", "a@", "an address", "Correct it.")


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"))
def test_its_rows_come_back_cell_by_cell(
    rows: list[tuple[str, ...]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("own") / "issues.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["Name", "Mail", "=Note", *COLUMNS])
        writer.writerows([*(guard_formula(cell) for cell in row), *TOLD] for row in rows)

    dialect = drop_issue_columns(path, Dialect(delimiter))

    split = split_records(path, dialect, 1_000)
    (batch,) = split.batches
    assert split.header == ["Name", "Mail", "=Note"]
    found = [tuple(cells) for _, cells, _ in read_rows(path, *batch[:3], dialect)]
    assert found == rows


def test_a_row_that_a_person_added_by_hand_needs_no_such_columns(tmp_path: Path) -> None:
    told = ",".join(TOLD)
    text = _drop(tmp_path, f"Name,Mail,{','.join(COLUMNS)}\nAnn,a@,{told}\nBob,b@example.com\n\n")
    assert text.splitlines() == ["Name,Mail", "Ann,a@", "Bob,b@example.com"]


def test_a_row_that_cannot_be_read_stays_one(tmp_path: Path) -> None:
    broken = f'"Ann,a@,{",".join(TOLD)}\n'
    text = _drop(tmp_path, f"Name,Mail,{','.join(COLUMNS)}\n{broken}Bob,b@,{','.join(TOLD)}\n")
    assert text.endswith(f"{broken}Bob,b@\r\n")


@pytest.mark.parametrize(
    "header", ["name,email", ",".join(COLUMNS), "row,column,value,expected,how to fix,name", ""]
)
def test_any_other_file_stays_as_it_is(tmp_path: Path, header: str) -> None:
    content = f"{header}\r\n'=1,b,c,d,e,f\r\n"
    assert _drop(tmp_path, content) == content


def test_the_columns_are_known_in_any_case_and_only_behind_others() -> None:
    assert is_issue_header(["Name", "ROW", " Column", "value ", "Expected", "How To Fix"])
    assert not is_issue_header(list(COLUMNS))


def _drop(folder: Path, content: str) -> str:
    path = folder / "file"
    path.write_bytes(content.encode())
    drop_issue_columns(path, Dialect())
    return path.read_bytes().decode()
