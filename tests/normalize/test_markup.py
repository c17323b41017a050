"""Markup is bounded before it is parsed: neither too deep nor too long."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.normalize.markup import MAX_DEPTH, bound_markup


def test_a_page_stays_as_it_is() -> None:
    page = "<ul>" + "<li><p>one<br><b>two</b>" * 3_000 + "</ul>"

    assert bound_markup(page) == page


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<table><tr><td>", "<b><i>", "<a><p>"])
def test_what_is_too_deep_is_cut(tags: str) -> None:
    bounded = bound_markup("before " + tags * 5_000)

    assert bounded.startswith("before <")
    assert bounded.count("<") <= 3 * MAX_DEPTH
    assert LexborHTMLParser(bounded).body is not None


def test_depth_is_what_is_open_at_once() -> None:
    page = "<div><b>x</b></div>" * 5_000

    assert bound_markup(page) == page


def test_of_what_is_too_long_the_middle_goes() -> None:
    assert bound_markup("a" * 10 + "b" * 10 + "c" * 10, head=10, tail=10) == "a" * 10 + "c" * 10
