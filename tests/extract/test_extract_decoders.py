"""Addresses that their owners hid: read only by the decoders a source names, and marked."""

import base64

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.errors import InvalidInput
from pipeline.extract.contacts import Reading, find_contacts, read_page
from pipeline.extract.decoders import DECODERS
from pipeline.fetch.response import Response
from pipeline.sources import Page, Params

ANN = "ann.lee@tern.example"


def _cloudflare(text: str, key: int = 0x4D) -> str:
    return bytes([key, *(byte ^ key for byte in text.encode())]).hex()


def _shift(text: str, step: int) -> str:
    ranges = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))
    moved = []
    for code in map(ord, text):
        low, high = next(one for one in ranges if one[0] <= code <= one[1])
        moved.append(chr(low + (code - low + step) % (high - low + 1)))
    return "".join(moved)


HIDDEN = {
    "cloudflare": f'<a class="__cf_email__" data-cfemail="{_cloudflare(ANN)}">[protected]</a>',
    "at": "ann.lee [at] tern [dot] example",
    "entities": "ann.lee&amp;#64;tern.example",
    "rot13": '<a href="znvygb:naa.yrr@grea.rknzcyr">write</a>',
    "typo3": f"""<a href="javascript:linkTo_UnCryptMailto('{_shift(f"mailto:{ANN}", 2)}');">
        write</a>""",
    "atob": f'<script>show(atob("{base64.b64encode(ANN.encode()).decode()}"))</script>',
    "reversed": f'<i style="unicode-bidi:bidi-override;direction:rtl">{ANN[::-1]}</i>',
}
MORE = {
    "cloudflare": f'<a href="/cdn-cgi/l/email-protection#{_cloudflare(ANN)}">write</a>',
    "at": "e-mail: ann.lee at tern dot example",
    "rot13": '<i data-enc-email="naa.yrr[at]grea.rknzcyr">write</i>',
    "typo3": f"""<a data-mailto-token="{_shift(f"mailto:{ANN}", 3)}" data-mailto-vector="3">
        write</a>""",
}


def _page(html: str) -> Page[Params]:
    url = "https://tern.example/"
    headers = {"content-type": "text/html; charset=utf-8"}
    return Page(Response(url, url, 200, headers, html.encode()), Params())


def _read(html: str, *decoders: str) -> Reading:
    return read_page(LexborHTMLParser(html), url="https://tern.example/", decoders=decoders)


def test_each_decoder_is_tried() -> None:
    assert set(HIDDEN) == set(DECODERS)


@pytest.mark.parametrize(("name", "html"), [*HIDDEN.items(), *MORE.items()])
def test_what_was_hidden_is_read_by_its_decoder_only(name: str, html: str) -> None:
    card = f"<div><b>Ann Lee</b><p>Head of Sales</p><p>{html}</p></div>"
    others = [one for one in DECODERS if one != name]

    assert ANN not in _read(card).emails
    assert ANN not in _read(card, *others).emails
    assert [(one.name, [*one.emails]) for one in _read(card, name).contacts] == [("Ann Lee", [ANN])]


def test_what_was_hidden_stays_marked() -> None:
    page = _page(f"<p><b>Ann Lee</b>, Buyer<br>{HIDDEN['at']}</p>")

    record = find_contacts(page, decoders=("at",))[0]

    assert record.emails == [ANN]
    assert record.custom == {"obfuscated": ANN}
    assert [(one.code, one.value) for one in record.issues] == [("obfuscated_email", ANN)]
    assert f"{ANN}: decoded + domain" in record.raw["evidence"]
    assert "obfuscated" in record.raw["evidence"]


def test_an_address_that_is_open_elsewhere_is_not_hidden() -> None:
    page = _page(f"<p>Ann Lee: {HIDDEN['at']}</p><p>{ANN}</p>")

    assert not find_contacts(page, decoders=("at",))[0].custom


@pytest.mark.parametrize("text", ["meet us at tern.example", "Ann (at) work", "sold at 9.99 dot"])
def test_words_are_no_addresses(text: str) -> None:
    assert _read(f"<p>{text}</p>", "at").emails == []


def test_an_unknown_decoder_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cloudflare"):
        find_contacts(_page(""), decoders=("magic",))
