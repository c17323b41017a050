"""vCards hold all that is known, and no value can begin a line."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.vcards import MAX_OCTETS
from tests.exports.rows import lead_row, write


def _lines(content: bytes) -> list[str]:
    return re.sub("\r\n ", "", content.decode()).split("\r\n")


def test_a_card_holds_all_that_is_known_of_a_lead() -> None:
    custom = {"notes": "Likes tea;\nand cake", "Shoe, size": "38"}
    assert _lines(write("vcard", lead_row(company="Acme, Inc", custom=custom))) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Lead engine//EN",
        "N:Lee;Ann;;;",
        "X-LEAD-ID:7",
        "FN:Ann Lee",
        "EMAIL;TYPE=INTERNET,PREF:ann@example.com",
        "TEL;TYPE=VOICE,PREF:+14155552671",
        "X-LEAD-STATUS:new",
        "X-LEAD-SOURCE:LinkedIn",
        "X-LEAD-CREATED-AT:2026-05-01T12:00:00.000001Z",
        "X-LEAD-UPDATED-AT:2026-05-02T12:00:00.000000Z",
        r"ORG:Acme\, Inc",
        "TITLE:=cmd|' /C calc'!A0",
        "URL:https://example.com",
        "EMAIL;TYPE=INTERNET:a@example.com",
        "EMAIL;TYPE=INTERNET:b@example.com",
        "CATEGORIES:new",
        r"NOTE:Likes tea\;\nand cake",
        r"X-LEAD-FIELD:Shoe\, size;38",
        r"X-LEAD-FIELD:notes;Likes tea\;\nand cake",
        "END:VCARD",
        "",
    ]


def test_a_companys_card_names_no_person() -> None:
    card = _lines(write("vcard", lead_row(name="Acme Inc", company="Acme Inc")))
    assert {"N:;;;;", "FN:Acme Inc", "ORG:Acme Inc"} <= set(card)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=120))
def test_no_value_can_begin_a_line_and_no_line_is_too_long(text: str) -> None:
    content = write("vcard", lead_row(name=text, title=text, custom={text: text}))
    physical = content.split(b"\r\n")
    assert max(map(len, physical)) <= MAX_OCTETS
    assert all(line.decode() is not None for line in physical)
    assert len(_lines(content)) == 20 + (text == "notes")
