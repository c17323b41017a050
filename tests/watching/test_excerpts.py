"""The same place in two versions of a page's source, cut out to be compared."""

import time

import pytest

from pipeline.watching.excerpts import REACH, cut_alike, cut_around, without_controls

BEFORE = f"{'x' * 900}<li>Ann Lee <b class=tel>+44 20 7946 0001</b> sales</li>{'y' * 900}"
AFTER = f"{'z' * 700}<li>Ann Lee <i>+44 20 7946 0001</i> sales</li>{'y' * 900}"


def test_a_value_is_shown_with_what_stands_around_it() -> None:
    piece = cut_around(BEFORE, "+44 20 7946 0001")

    assert "<b class=tel>+44 20 7946 0001</b>" in piece
    assert piece.startswith("… x")
    assert piece.endswith("y …")
    assert len(piece) <= 2 * REACH + 20


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<p>Smith &amp; Sons</p>", "Smith & Sons"),
        ("<p>ANN@FIRM.EXAMPLE</p>", "ann@firm.example"),
        ("<p>one@x.example, two@x.example</p>", "one@x.example; two@x.example"),
    ],
)
def test_a_value_is_found_however_it_is_written(text: str, value: str) -> None:
    assert cut_around("-" * 1_000 + text, value).endswith(text)


def test_the_other_version_is_cut_at_the_same_place() -> None:
    piece = cut_alike(AFTER, BEFORE, "+44 20 7946 0001")

    assert "<i>+44 20 7946 0001</i>" in piece
    assert "sales" in piece


def test_a_page_built_anew_is_cut_somewhere() -> None:
    assert cut_alike("q" * 2_000, BEFORE, "+44 20 7946 0001").startswith("… q")
    assert cut_alike("", BEFORE, "+44 20 7946 0001") == ""
    assert cut_around("", "value") == ""
    assert cut_around("<p>short</p>", "not there") == "<p>short</p>"


def test_what_steers_a_terminal_or_turns_text_around_is_taken_out() -> None:
    assert without_controls("a\x1b[2Jb\x00c\u202ed\te\n") == "a[2Jbcd\te\n"


def test_cutting_takes_no_time_on_a_page_made_to_hurt() -> None:
    began = time.process_time()

    cut_alike("<a>" * 1_000_000, "<a>" * 1_000_000 + "value" + "<a>" * 1_000, "value")
    cut_alike("a" * 3_000_000, "a" * 1_000_000 + "b" + "a" * 1_000_000, "b")

    assert time.process_time() - began < 2
