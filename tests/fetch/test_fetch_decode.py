"""Text is read in the order browsers use, and never fails."""

import pytest

from pipeline.fetch.decode import decode_text

NAME = "Jürgen Müller"


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (b"\xef\xbb\xbf" + NAME.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (b"\xff\xfe" + NAME.encode("utf-16-le"), "text/html", "utf-16-le"),
        (NAME.encode("latin-1"), "text/html; charset=ISO-8859-1", "windows-1252"),
        (NAME.encode("latin-1"), 'text/html; charset="latin1"', "windows-1252"),
        (b"<meta charset=utf-8>" + NAME.encode(), "text/html", "utf-8"),
        (NAME.encode(), "text/html", "utf-8"),
        (NAME.encode("cp1252"), "text/html", "windows-1252"),
        (NAME.encode("cp1252"), "text/html; charset=utf-8", "utf-8"),
        (NAME.encode(), "text/html; charset=no-such-thing", "utf-8"),
        (NAME.encode(), "text/html; charset=rot13", "utf-8"),
        (NAME.encode(), "text/html; charset=unicode_escape", "utf-8"),
    ],
)
def test_the_charset_is_found(body: bytes, header: str, charset: str) -> None:
    assert decode_text(body, header)[1] == charset


def test_a_page_that_names_its_charset_is_read_in_it() -> None:
    page = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>Иван"

    assert "Иван" in decode_text(page.encode("cp1251"))[0]


def test_a_japanese_page_is_read() -> None:
    assert decode_text("田中太郎".encode("shift_jis"), "text/html; charset=Shift_JIS")[0] == (
        "田中太郎"
    )


def test_a_wrong_declaration_gives_way_to_what_fits() -> None:
    assert decode_text(NAME.encode(), "text/html; charset=iso-2022-jp")[0] == NAME


def test_a_meta_element_cannot_claim_utf_16() -> None:
    assert decode_text(b"<meta charset=utf-16>hello")[0].endswith("hello")


def test_half_a_character_does_not_spoil_the_rest() -> None:
    text = decode_text(NAME.encode() + b"\xc3", "text/html; charset=utf-8")[0]

    assert text.startswith(NAME)
