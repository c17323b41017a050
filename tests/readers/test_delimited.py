"""A delimited file is cut into batches, and each batch read on its own, with one verdict."""

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.readers.delimited import (
    Row,
    Split,
    _read_carefully,
    read_batch_rows,
    read_rows,
    split_records,
)
from pipeline.readers.dialect import Dialect
from pipeline.readers.halves import halve_range
from pipeline.readers.sniffing import detect_dialect

COMMA = Dialect(",")
SPACED = Dialect(",", skip_space=True)
WIDE = Dialect(",", width=4)


def _split(folder: Path, text: str, dialect: Dialect = COMMA, batch_rows: int = 2) -> Split:
    (folder / "given.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    return split_records(folder / "given.csv", dialect, batch_rows)


def _rows(folder: Path, split: Split, dialect: Dialect = COMMA) -> list[Row]:
    path = folder / "given.csv"
    return [row for part in split.batches for row in read_rows(path, *part[:3], dialect)]


def _cells(folder: Path, text: str, dialect: Dialect = COMMA) -> list[list[str]]:
    return [cells for _, cells, _ in _rows(folder, _split(folder, text, dialect), dialect)]


def test_batches_hold_every_byte_below_the_header_once(tmp_path: Path) -> None:
    text = "name,city\r\n" + "".join(f"Zoë {n},Köln\r\n" for n in range(7)) + "\r\n\r\n"
    split = _split(tmp_path, text)
    assert split.header == ["name", "city"]
    assert [(part.row_lo, part.rows) for part in split.batches] == [(1, 2), (3, 2), (5, 2), (7, 1)]
    assert split.batches[0].byte_lo == len("name,city\r\n")
    assert split.batches[-1].byte_hi == len(text.encode())
    for before, after in zip(split.batches, split.batches[1:], strict=False):
        assert before.byte_hi == after.byte_lo
    assert split.rows == 7
    assert _rows(tmp_path, split) == [(n + 1, [f"Zoë {n}", "Köln"], False) for n in range(7)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\n1,2", [["1", "2"]]),
        ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
        ("a,b\r\n1,2\n3,4\r5,6\r\n", [["1", "2"], ["3", "4"], ["5", "6"]]),
        ('a,b\n"one\r\ntwo, ""three""",2\n3,4', [['one\r\ntwo, "three"', "2"], ["3", "4"]]),
        ('a,b\n1,"x\ry"\n', [["1", "x\ry"]]),
        ("a,b\n\n \n1,2\n,\n3,4\n", [["1", "2"], ["3", "4"]]),
        ('a,b\n"",""\n1,2\n', [["1", "2"]]),
        ("a,b\nn\x00l,2\n", [["n\x00l", "2"]]),
        ("a,b\n1\n1,2,3\n", [["1"], ["1", "2", "3"]]),
        ('a,b\n1,5" pipe\n2,x"y"\n', [["1", '5" pipe'], ["2", 'x"y"']]),
        ('a,b\n1,"said "hi" there"\n', [["1", 'said "hi" there']]),
        ("a,b\n'+1,2\n", [["'+1", "2"]]),
        ("a,b\n1,\u2028x\x85\x0b\n", [["1", "\u2028x\x85\x0b"]]),
    ],
)
def test_rows_are_cut_as_written(tmp_path: Path, text: str, cells: list[list[str]]) -> None:
    assert _cells(tmp_path, text) == cells


def test_blanks_before_quotes_are_skipped_where_the_dialect_says_so(tmp_path: Path) -> None:
    assert _cells(tmp_path, 'a, b\n1, "x,\ny"\n', SPACED) == [["1", "x,\ny"]]


def test_preamble_and_sep_line_stand_above_the_header(tmp_path: Path) -> None:
    dialect = Dialect(";", header_row=1, separator_line=True)
    split = _split(tmp_path, "sep=;\n\nLeads of May\na;b\n1;2\n", dialect)
    assert (split.header, split.rows) == (["a", "b"], 1)
    assert _rows(tmp_path, split, dialect) == [(1, ["1", "2"], False)]


def test_without_a_header_the_first_row_is_data(tmp_path: Path) -> None:
    dialect = Dialect(",", header_row=None)
    split = _split(tmp_path, "Ann,ann@x.com\nBob,bob@x.com\n", dialect)
    assert split.header == ["column_1", "column_2"]
    assert [row for row, _, _ in _rows(tmp_path, split, dialect)] == [1, 2]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b", "a,b\n", "a,b\n\n,\n"])
def test_a_file_without_rows_has_no_batches(tmp_path: Path, text: str) -> None:
    assert _split(tmp_path, text).batches == []


def test_headers_are_named_and_unique(tmp_path: Path) -> None:
    split = _split(tmp_path, "Phone,,phone, Phone 2 ,Phone\n1,2,3,4,5\n")
    assert split.header == ["Phone", "column_2", "phone 3", "Phone 2", "Phone 4"]


@pytest.mark.parametrize(
    "tail",
    [
        "\n" + "9,9\n" * 3,
        "\n" + "9,9\n" * 3_000,
        "\n8,8\n" + '7,"ok"\n' * 3,
        '\n7,"ok, ok"\n9,9\n',
        "",
    ],
    ids=["end of file", "too many lines", "torn quotes", "torn comma", "last line"],
)
def test_an_open_quote_breaks_its_own_line_and_no_other(tmp_path: Path, tail: str) -> None:
    text = 'a,b\n1,2\n3,"open' + tail
    split = _split(tmp_path, text)
    rows = _rows(tmp_path, split)
    assert [row for row, _, broken in rows if broken] == [2]
    assert split.broken == 1
    assert rows[1][1] == ["3", '"open']
    assert split.rows == len(rows) == 2 + tail.strip("\n").count("\n") + bool(tail)


@pytest.mark.parametrize("rows", [3, 300])
def test_an_open_quote_that_meets_another_one_swallows_no_rows(tmp_path: Path, rows: int) -> None:
    between = "5,6,7,8\n" * rows
    text = f'a,b,c,d\n1,2,"3,4\n{between}9,9,9,"9\n1,2,3,4\n'
    split = _split(tmp_path, text, WIDE)
    found = _rows(tmp_path, split, WIDE)
    assert [row for row, _, broken in found if broken] == [1, rows + 2]
    assert all(len(cells) == 4 for _, cells, _ in found)
    assert len(found) == rows + 3


def test_a_note_of_several_lines_with_commas_is_one_cell(tmp_path: Path) -> None:
    text = 'a,b,c,d\n1,2,3,"dear all,\nyours,\nAnn, Bob and Eve"\n1,2,3,4\n'
    assert len(_cells(tmp_path, text, WIDE)) == 2


def test_a_dialect_comes_back_from_json() -> None:
    dialect = Dialect(";", kinds=("number", ""), repeats=("a", "b"), width=2, last_row=7)
    assert Dialect.from_json(json.loads(json.dumps(dialect.to_json()))) == dialect
    assert Dialect.from_json({"delimiter": ";", "unheard_of": 1}) == Dialect(";")


def test_what_stands_below_the_table_is_told_apart(tmp_path: Path) -> None:
    dialect = detect_dialect(text := "Name,Born,Email,City\n" + "Ann,2000-01-01,a@x.com,Bonn\n" * 8)
    text += "Name,Born,Email,City\nBob,2000-02-02,b@x.com,Rome\n"
    text += "\nItem,Price\nHat,5\nBoot,7\n"
    split = _split(tmp_path, text, dialect, 5)
    odd = {
        number: reason
        for part in split.batches
        for number, reason in read_batch_rows(
            tmp_path / "given.csv", *part, split.dialect
        ).odd.items()
    }
    assert odd == {9: "repeated_header", 11: "other_table", 12: "other_table", 13: "other_table"}
    assert split.footer == [["Item", "Price"], ["Hat", "5"], ["Boot", "7"]]


def test_a_quoted_cell_of_many_lines_is_one_row(tmp_path: Path) -> None:
    text = "a,b\n" + '1,"' + "line\n" * 900 + '"\n2,x\n'
    assert [cells[0] for cells in _cells(tmp_path, text)] == ["1", "2"]


def test_a_cell_over_the_csv_limit_is_kept_whole(tmp_path: Path) -> None:
    big = "x" * (csv.field_size_limit() + 10)
    text = f'a,b\n{big},"q""{big}"\n1,2\n'
    assert _cells(tmp_path, text) == [[big, f'q"{big}'], ["1", "2"]]


def test_an_endless_line_is_one_broken_row(tmp_path: Path) -> None:
    split = _split(tmp_path, "a,b\n" + "x" * 3_000_000 + "\n1,2\n")
    rows = _rows(tmp_path, split)
    assert [(row, broken) for row, _, broken in rows] == [(1, True), (2, False)]
    assert rows[1][1] == ["1", "2"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), max_size=9), st.data())
def test_whatever_csv_writes_is_read_back(
    tmp_path: Path, rows: list[list[str]], data: st.DataObject
) -> None:
    clean = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    kept = [row for row in clean if "".join(row).strip(COMMA.blank)]
    out = StringIO()
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["h", "i"], *kept])
    assert _cells(tmp_path, out.getvalue()) == kept


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text('a1,;"\n\r é', max_size=60), st.integers(1, 4), st.sampled_from([COMMA, SPACED, WIDE])
)
def test_splitting_and_reading_have_one_verdict_on_any_bytes(
    tmp_path: Path, text: str, batch_rows: int, dialect: Dialect
) -> None:
    split = _split(tmp_path, "h,i\n" + text, dialect, batch_rows)
    rows = _rows(tmp_path, split, dialect)
    for part in split.batches:
        at_once = read_batch_rows(tmp_path / "given.csv", *part, dialect)
        one_by_one = list(_read_carefully(tmp_path / "given.csv", *part[:3], dialect))
        assert at_once.first == part.row_lo
        assert at_once.cells == [cells for _, cells, _ in one_by_one]
        assert at_once.broken == {row for row, _, broken in one_by_one if broken}
    assert [row for row, _, _ in rows] == list(range(1, split.rows + 1))
    assert sum(broken for _, _, broken in rows) == split.broken
    at_once = _split(tmp_path, "h,i\n" + text, dialect, 1_000)
    assert _rows(tmp_path, at_once, dialect) == rows
    for part in at_once.batches:
        if part.rows > 1:
            halved = replace(at_once, batches=halve_range(tmp_path / "given.csv", part, dialect))
            assert [half.rows for half in halved.batches] == [part.rows // 2, -(-part.rows // 2)]
            assert _rows(tmp_path, halved, dialect) == rows


def test_splitting_is_one_quick_pass(tmp_path: Path) -> None:
    line = (
        'Ann,Lee,ann@x.com,+1 415 555 2671,"Acme, Inc.",CEO,acme.com,Bonn,DE,LinkedIn,new,hello\n'
    )
    (tmp_path / "given.csv").write_text("a,b,c,d,e,f,g,h,i,j,k,l\n" + line * 50_000)
    start = process_time()
    assert split_records(tmp_path / "given.csv", COMMA, 2_000).rows == 50_000
    assert process_time() - start < 1.0
