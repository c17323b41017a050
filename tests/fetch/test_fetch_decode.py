"""Text is read in the order browsers use, and never fails."""

import time

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
        (NAME.encode("cp1252"), "text/html; charset=utf-8", "windows-1252"),
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


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Генеральный директор Иван Петров, Москва", "windows-1251"),
        ("Генеральный директор Иван Петров, Москва", "koi8-r"),
        ("Geschäftsführer Jürgen Müller, Straße 5, München", "windows-1252"),
        ("Dyrektor Łukasz Świątek, Gdańsk, Żółta 3", "windows-1250"),
        ("Dyrektor Łukasz Świątek, Gdańsk, Żółta 3", "iso8859-2"),
        ("Διευθύνων σύμβουλος Γιώργος Παπαδόπουλος", "windows-1253"),
        ("Genel müdür Işık Şahin, İstanbul", "windows-1254"),
        ("代表取締役社長 田中太郎 東京都港区", "cp932"),
        ("代表取締役社長 田中太郎 東京都港区", "euc-jp"),
        ("公司地址 北京市 联系我们 总经理 王小明", "gb18030"),
        ("公司地址 台北市 聯絡我們 總經理 王小明", "big5hkscs"),
        ("대표이사 김철수 서울특별시 강남구", "cp949"),
    ],
)
def test_a_page_that_says_nothing_is_known_by_its_letters(text: str, charset: str) -> None:
    body = f"<h1>Contact</h1><p class=name>{text}</p>".encode(charset)

    assert decode_text(body, "text/html") == (body.decode(charset), charset)


@pytest.mark.parametrize(
    ("label", "text", "charset"),
    [
        ("GB2312", "联系我们", "gb18030"),
        ("x-sjis", "田中", "cp932"),
        ("ks_c_5601-1987", "김철수", "cp949"),
        ("windows-31j", "①髙", "cp932"),
        ("x-x-big5", "聯絡", "big5hkscs"),
        ("ISO-8859-9", "Işık", "windows-1254"),
        ("us-ascii", "Müller", "windows-1252"),
        ("tis-620", "ติดต่อ", "cp874"),
        ("macintosh", "Müller", "mac-roman"),
        ("koi8-u", "Київ", "koi8-u"),
        ("unicode", "Müller", "utf-16-le"),
    ],
)
def test_a_label_means_what_browsers_read_by_it(label: str, text: str, charset: str) -> None:
    body = f"<p>{text}".encode(charset)

    assert decode_text(body, f"text/html; charset={label}") == (f"<p>{text}", charset)


def test_a_feed_says_its_charset_in_the_way_of_xml() -> None:
    body = "<?xml version='1.0' encoding='windows-1251'?><title>Мир</title>".encode("cp1251")

    assert decode_text(body, "application/rss+xml") == (body.decode("cp1251"), "windows-1251")


def test_the_header_outranks_the_meta_element() -> None:
    body = b"<meta charset=koi8-r><p>\xcc\xe8\xf0"

    assert decode_text(body, "text/html; charset=windows-1251")[0].endswith("Мир")


def test_utf_8_that_is_called_something_else_is_utf_8() -> None:
    body = "<p>Jürgen Müller, Käthe Größe, Straße".encode()

    assert decode_text(body, "text/html; charset=iso-8859-1")[1] == "utf-8"


@pytest.mark.parametrize(
    "body",
    [
        b"a" * 5_000_000 + b"\xe9" + b"a" * 5_000_000,
        b"\xe9aaaaaaaaaaaaaaaaaaaa" * 500_000,
        b"\xe9" * 10_000_000,
        b"<meta " * 1_000_000 + b"\xe9",
        bytes(range(256)) * 40_000,
    ],
)
def test_any_ten_megabytes_are_read_in_a_moment(body: bytes) -> None:
    began = time.process_time()
    decode_text(body, "text/html")

    assert time.process_time() - began < 2
