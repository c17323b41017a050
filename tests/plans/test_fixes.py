"""Fixes: read in the place of a value wherever it stands, and nowhere else."""

import pytest

from pipeline.errors import InvalidInput
from pipeline.fixes import FixTable, check_fixes

FIXES = FixTable(
    [
        ("email", "ann@gmial.com", "ann@gmail.com"),
        ("phone", "030 1234567", "+49301234567"),
        ("status", "Warm", "contacted"),
        ("email", "nobody", ""),
    ]
)


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ("email", "ann@gmial.com", "ann@gmail.com"),
        ("email", "  ann@gmial.com ", "ann@gmail.com"),
        ("email", "bob@x.com; ann@gmial.com", "bob@x.com ::: ann@gmail.com"),
        ("email", "Ann <ann@gmial.com>", "ann@gmail.com"),
        ("email", "joann@gmial.com", "joann@gmial.com"),
        ("email", "nobody", ""),
        ("phone", "030 1234567", "+49301234567"),
        ("phone", "+41 44 668 18 00 ::: 030 1234567", "+41 44 668 18 00 ::: +49301234567"),
        ("phone", "ann@gmial.com", "ann@gmial.com"),
        ("contact", "030 1234567", "+49301234567"),
        ("contact", "ann@gmial.com", "ann@gmail.com"),
        ("status", "Warm", "contacted"),
        ("status", "Warm lead", "Warm lead"),
        ("company", "Warm", "Warm"),
        ("status", "", ""),
    ],
)
def test_a_fix_holds_for_its_value_in_the_columns_of_its_field(
    field: str, cell: str, expected: str
) -> None:
    assert FIXES.replace(field, cell) == expected
    assert FIXES.replace_all(field, [cell, "other"]) == [expected, "other"]


def test_a_column_without_fixes_is_given_back_as_it_is() -> None:
    cells = ["a", "b"]

    assert FIXES.replace_all("company", cells) is cells
    assert FixTable().replace_all("email", cells) is cells
    assert (bool(FixTable()), bool(FIXES)) == (False, True)


@pytest.mark.parametrize(
    "fix",
    [("colour", "red", "blue"), ("email", " ", "x"), ("email", "x"), ("email", "x", "y" * 1_001)],
)
def test_a_fix_that_cannot_be_is_refused(fix: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput):
        check_fixes([fix])


def test_too_many_fixes_are_refused() -> None:
    with pytest.raises(InvalidInput, match="mend the file"):
        check_fixes([("email", str(number), "") for number in range(5_001)])
