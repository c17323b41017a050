"""Cells a spreadsheet would execute are made harmless, and come back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.formulas import guard_formula, unguard_formula


@pytest.mark.parametrize("value", ["=1+1", "+1;cmd|x", "-2", "@SUM(A1)", "\tx", "\rx", "'=1"])
def test_a_formula_gets_an_apostrophe(value: str) -> None:
    assert guard_formula(value) == "'" + value


@pytest.mark.parametrize("value", ["+14155552671", "+49 30 901820", "Jane", "1-2", "", "a=b"])
def test_phones_and_other_values_stay_as_they_are(value: str) -> None:
    assert guard_formula(value) == value


@given(st.text("'=+-@\t\r\n x1") | st.text())
def test_every_value_comes_back_exactly(value: str) -> None:
    assert unguard_formula(guard_formula(value)) == value
