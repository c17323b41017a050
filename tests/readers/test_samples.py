"""The sample of a file shows what its columns hold, wherever in the file they do."""

from pathlib import Path

from pipeline.readers.delimited import split_records
from pipeline.readers.dialect import Dialect
from pipeline.readers.files import prepare_file


def test_a_column_that_begins_blank_is_looked_for_in_the_whole_file(tmp_path: Path) -> None:
    rows = [f"Person {n}," + (f"p{n}@example.com" if n >= 900 else "") for n in range(1_000)]
    (tmp_path / "given").write_text("\n".join(["Person,Reach", *rows, ""]))

    plan, split = prepare_file(tmp_path / "given", tmp_path / "copy", 100)

    assert plan.mapping.kinds == ["name", "email"]
    assert split.sample[0] == ["Person 0", ""]
    assert ["Person 900", "p900@example.com"] in split.sample
    assert len(split.sample) < 100


def test_the_sample_of_a_full_file_is_how_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "copy"
    path.write_text("a,b\n" + "1,2\n" * 1_000)

    assert split_records(path, Dialect(","), 100).sample == [["1", "2"]] * 50


def test_a_column_without_any_value_ends_the_search(tmp_path: Path) -> None:
    path = tmp_path / "copy"
    path.write_text("a,b\n" + "1,\n" * 1_000)

    assert len(split_records(path, Dialect(","), 100).sample) == 50
