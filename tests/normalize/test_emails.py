"""E-mail addresses are judged as email-validator judges them, only faster."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadEmail
from pipeline.normalize.emails import email_key, find_emails, normalize_email


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("john@example.com", "john@example.com"),
        (" Jane.Smith@Startup.IO ", "Jane.Smith@startup.io"),
        ("INFO@Acme.com", "info@acme.com"),
        ("jürgen@MÜNCHEN.de", "jürgen@münchen.de"),
        ("post@xn--mnchen-3ya.de", "post@münchen.de"),
        ("a+b@mail.example.org", "a+b@mail.example.org"),
    ],
)
def test_a_valid_address_keeps_its_local_part_and_lowers_its_domain(text: str, normal: str) -> None:
    assert normalize_email(text) == normal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "@-sign"),
        ("jane", "@-sign"),
        ("jane@", "something after the @-sign"),
        ("@acme.com", "something before the @-sign"),
        ("jane@localhost", "period"),
        ("jane@acme.test", "special-use"),
        ("ja ne@acme.com", "invalid characters"),
        ("jane..smith@acme.com", "two periods"),
        ("a@x.com; b@y.com", "invalid characters"),
        ("j@" + "a" * 64 + ".com", "too many"),
        ("x" * 5_000 + "@acme.com", "too long"),
        ("jane\ud800@acme.com", "unsafe"),
    ],
)
def test_a_bad_address_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BadEmail, match=reason):
        normalize_email(text)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@x.com", ["a@x.com"]),
        ("a@x.com; b@y.com", ["a@x.com", "b@y.com"]),
        ("a@x.com ::: b@y.com", ["a@x.com", "b@y.com"]),
        ("a@x.com,b@y.com|a@x.com", ["a@x.com", "b@y.com"]),
        ("Ann Lee <a@x.com>, <b@y.com>", ["a@x.com", "b@y.com"]),
        ("mailto:a@x.com?subject=hi", ["a@x.com"]),
        ("MAILTO:<a@x.com>", ["a@x.com"]),
        ("'a@x.com'.", ["a@x.com"]),
        ("a@x.com\u200b", ["a@x.com"]),
        ("not an address", ["not an address"]),
        ("ann @ x.com", ["ann @ x.com"]),
        ("ann@", ["ann@"]),
        ("Lee, Ann (ann@x.com)", ["ann@x.com"]),
        ("", []),
        (" n/a ", []),
        ("-", []),
    ],
)
def test_addresses_are_found_in_a_cell(cell: str, found: list[str]) -> None:
    assert find_emails(cell) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane@Acme.com", "jane@acme.com"),
        ("j.a.n.e+news@gmail.com", "jane@googlemail.com"),
        ("jane+x@me.com", "jane@icloud.com"),
        ("jane@mac.com", "jane@icloud.com"),
        ("jane+x@hotmail.co.uk", "jane@hotmail.co.uk"),
        ("jane+x@proton.me", "jane@proton.me"),
        ("jane+x@fastmail.com", "jane@fastmail.com"),
    ],
)
def test_two_spellings_of_one_mailbox_have_one_key(one: str, other: str) -> None:
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jane+x@acme.com", "jane@acme.com"),
        ("jane-x@yahoo.com", "jane@yahoo.com"),
        ("jane+x@yahoo.com", "jane@yahoo.com"),
        ("j.ane@outlook.com", "jane@outlook.com"),
        ("j.ane@acme.com", "jane@acme.com"),
        ("me@icloud.com", "me@gmail.com"),
    ],
)
def test_two_mailboxes_have_two_keys(one: str, other: str) -> None:
    assert email_key(one) != email_key(other)


def test_a_tag_alone_is_kept_as_it_is() -> None:
    assert email_key("+tag@gmail.com") == "+tag@gmail.com"


def _verdict(text: str) -> str:
    try:
        return normalize_email(text)
    except BadEmail as error:
        return f"! {error}"


@given(st.text(max_size=80) | st.emails())
def test_what_is_accepted_is_accepted_again_unchanged(text: str) -> None:
    verdict = _verdict(text)
    if not verdict.startswith("! "):
        assert normalize_email(verdict) == verdict
        assert email_key(email_key(verdict)) == email_key(verdict)
        assert len(verdict) <= 254


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_finding_never_fails_and_finds_nothing_empty(text: str) -> None:
    assert all(find_emails(text))


def test_ten_thousand_plain_addresses_take_no_time() -> None:
    start = process_time()
    for number in range(10_000):
        normalize_email(f"Jane.Smith{number}@Startup{number}.io")
    assert process_time() - start < 0.15
