"""A column is normalized exactly as its cells are one by one."""

import sys
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadEmail
from pipeline.normalize.columns import (
    email_keys,
    normalize_companies,
    normalize_emails_plain,
    normalize_names,
    normalize_phones_plain,
    normalize_texts,
    normalize_websites,
    phone_keys,
)
from pipeline.normalize.companies import normalize_company
from pipeline.normalize.emails import email_key, find_emails, normalize_email
from pipeline.normalize.names import normalize_name
from pipeline.normalize.phones import find_phones, normalize_phone, phone_key
from pipeline.normalize.text import normalize_text
from pipeline.normalize.websites import normalize_website

ANY = st.text(st.characters(exclude_categories=()), max_size=20)
TEXT = st.text("aB é`'-.\u00a0\u0301\u200b\ud800\x00\n", max_size=8) | ANY
NAME = st.sampled_from(["ANN LEE", "ann o'neil", "Ann", "JOSÉ II", " x ", ""]) | TEXT
EMAIL = (
    st.from_regex(r"[a-zA-Z.+_é-]{1,5}@([a-zA-Z-]{1,4}\.){0,2}[a-z0-9]{1,3}", fullmatch=True)
    | st.sampled_from(["INFO@Acme.com", "a@b.test", "a@" + 63 * "b" + ".com", "a@\u212a.com", ""])
    | ANY
)
MAIL_DOMAIN = st.sampled_from(
    ["gmail.com", "GoogleMail.com", "me.com", "acme.com", "hotgmail.com", "outlook.de", "MÜLL.de"]
)
PHONE = (
    st.from_regex(r"(\+|00)?[0-9]([ ()./-]?[0-9]){3,13}", fullmatch=True)
    | st.from_regex(r"\+1 ?(512|604|800)[- ]?[0-9]{3}[- ]?[0-9]{4}", fullmatch=True)
    | st.from_regex(r"(0|\+49 ?|\+44 )[0-9]{3,4} ?[0-9]{6,7}", fullmatch=True)
    | ANY
)
WEBSITE = (
    st.from_regex(r"(https?://)?([a-zA-Z0-9é-]{1,4}\.){0,3}[a-zA-Z]{1,3}[:/?]?\w?", fullmatch=True)
    | ANY
)
SETTINGS: tuple[tuple[Any, ...], ...] = (
    (normalize_texts, normalize_text, TEXT),
    (normalize_companies, normalize_company, TEXT),
    (normalize_names, normalize_name, NAME),
    (normalize_websites, normalize_website, WEBSITE),
    (phone_keys, phone_key, PHONE | st.from_regex(r"\+[0-9]{6,16}( x[0-9]+)?", fullmatch=True)),
)


@pytest.mark.parametrize(("whole", "single", "cells"), SETTINGS)
def test_a_column_is_what_its_cells_are(
    whole: Callable[[Sequence[str]], list[object]],
    single: Callable[[str], object],
    cells: st.SearchStrategy[str],
) -> None:
    @given(st.lists(cells, max_size=100))
    def holds(column: list[str]) -> None:
        assert whole(column) == list(map(single, column))

    holds()


def test_every_character_alone_is_treated_alike() -> None:
    characters = [f"{chr(code)}a" for code in range(sys.maxunicode + 1)]
    assert normalize_texts(characters) == list(map(normalize_text, characters))


def _plain_email(cell: str) -> str | None:
    if find_emails(cell) != [cell]:
        return None
    try:
        return normalize_email(cell)
    except BadEmail:
        return None


@given(st.lists(EMAIL, max_size=100))
def test_a_plain_address_is_what_the_careful_way_gives(column: list[str]) -> None:
    for cell, value in zip(column, normalize_emails_plain(column), strict=True):
        assert value is None or value == _plain_email(cell)


@given(st.lists(st.builds("{}@{}".format, st.text("aB.+é@Σ"), MAIL_DOMAIN), max_size=20))
def test_keys_of_addresses_are_what_each_is(emails: list[str]) -> None:
    assert email_keys(emails) == list(map(email_key, emails))


@pytest.mark.parametrize(
    "whole", [normalize_emails_plain, normalize_websites, lambda c: normalize_phones_plain(c, "US")]
)
def test_a_huge_cell_costs_no_other(whole: Callable[[Sequence[str]], list[str | None]]) -> None:
    usual = ["jane@acme.com", "acme.com", "+1 415 555 2671"]
    start = process_time()
    values = whole(["a." * 500_000, *usual, "a@" + "b-" * 500_000, "1 " * 500_000])
    assert process_time() - start < 1
    assert values == [None, *whole(usual), None, None]


def test_usual_addresses_are_plain() -> None:
    usual = ["jane@acme.com", "J.Smith+x@Mail.Acme.co.uk", "INFO@acme.com", "o'neil_1@a-b.de"]
    assert normalize_emails_plain([*usual, "a@x.com; b@y.com", "jane@acme.test", ""]) == [
        "jane@acme.com", "J.Smith+x@mail.acme.co.uk", "info@acme.com", "o'neil_1@a-b.de",
        None, None, None,
    ]  # fmt: skip
    assert email_keys(["j.d+x@gmail.com", "J@Acme.com", "a+b@acme.com", "x@googlemail.com"]) == [
        "jd@gmail.com", "j@acme.com", "a+b@acme.com", "x@gmail.com",
    ]  # fmt: skip


@given(st.lists(st.tuples(PHONE, st.sampled_from(["US", "DE", "GB", "BR", "AR", ""]))))
def test_a_plain_phone_is_what_the_careful_way_gives(cells: list[tuple[str, str]]) -> None:
    phones, regions = [cell for cell, _ in cells], [region for _, region in cells]
    values = normalize_phones_plain(phones, regions)
    for (phone, region), value in zip(cells, values, strict=True):
        if value is not None:
            assert find_phones(phone) == [phone]
            assert normalize_phone(phone, region).value == value
            assert normalize_phone(phone, region).verified
    for region in set(regions):
        assert normalize_phones_plain(phones, region) == normalize_phones_plain(
            phones, [region] * len(phones)
        )


def test_usual_numbers_are_plain() -> None:
    usual = ["(415) 555-2671", "+44 20 7946 0958", "+1 604.555.2671", "1-415-555-2671"]
    assert normalize_phones_plain([*usual, "+1 555 0100", "call me", ""], "US") == [
        "+14155552671", "+442079460958", "+16045552671", "+14155552671", None, None, None,
    ]  # fmt: skip
    assert normalize_phones_plain(["020 7946 0958", "030 901820"], ["GB", "DE"]) == [
        "+442079460958", "+4930901820",
    ]  # fmt: skip
