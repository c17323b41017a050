"""Addresses are reduced to mailboxes by each provider's rules, and told apart by whose they are."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.mailboxes import Mailbox, MailKind, parse_mailbox


def _parse(email: str) -> Mailbox:
    mailbox = parse_mailbox(email)
    assert mailbox is not None
    return mailbox


@pytest.mark.parametrize(
    ("email", "address"),
    [
        ("Joan.Fenwick@Corp.Example", "joan.fenwick@corp.example"),
        (" mailto:joan@fenwick.org?subject=Hi ", "joan@fenwick.org"),
        ("Joan Fenwick <joan@fenwick.org>", "joan@fenwick.org"),
        ("j.o.a.n+crm@gmail.com", "joan@gmail.com"),
        ("joan@googlemail.com", "joan@gmail.com"),
        ("joan@me.com", "joan@icloud.com"),
        ("joan+shop@mac.com", "joan@icloud.com"),
        ("joan.f+x@outlook.de", "joan.f@outlook.de"),
        ("joan-shop@yahoo.com", "joan-shop@yahoo.com"),
        ("j.o.a.n@fenwick.org", "j.o.a.n@fenwick.org"),
        ("shop@joan.fastmail.com", "joan@fastmail.com"),
    ],
)
def test_spellings_of_one_mailbox_are_one(email: str, address: str) -> None:
    assert _parse(email).address == address


def test_a_tag_is_kept_where_it_may_be_another_mailbox() -> None:
    assert _parse("joan+x@fenwick.org").tag == "x"
    assert _parse("joan+x@fenwick.org").local == "joan"
    assert _parse("joan+x@gmail.com").tag == ""
    assert _parse("joan+x@aol.com").tag == "x"


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("joan.fenwick@corp.org", MailKind.PERSONAL),
        ("joan.fenwick@example.com", MailKind.PERSONAL),
        ("hugo84@example.org", MailKind.PERSONAL),
        ("a.r@corp.org", MailKind.PERSONAL),
        ("ar20@corp.org", MailKind.PERSONAL),
        ("me@joanfenwick.org", MailKind.PERSONAL),
        ("info@corp.org", MailKind.ROLE),
        ("Kontakt@corp.de", MailKind.ROLE),
        ("sales.uk@corp.org", MailKind.ROLE),
        ("contact2@corp.org", MailKind.ROLE),
        ("ventas@corp.es", MailKind.ROLE),
        ("vendas@corp.br", MailKind.ROLE),
        ("biuro@corp.pl", MailKind.ROLE),
        ("bilgi@corp.tr", MailKind.ROLE),
        ("no-reply@corp.org", MailKind.PLACEHOLDER),
        ("test@test.com", MailKind.PLACEHOLDER),
        ("noemail@corp.org", MailKind.PLACEHOLDER),
        ("none@none.com", MailKind.PLACEHOLDER),
        ("asdf@asdf.de", MailKind.PLACEHOLDER),
        ("name@example.com", MailKind.PLACEHOLDER),
        ("hugo@mailinator.com", MailKind.DISPOSABLE),
        ("hugo@gmial.com", MailKind.PERSONAL),
        ("hug***@corp.org", MailKind.MASKED),
        ("hugo.fenwickcorp.org", MailKind.BROKEN),
        ("hugo.fenwick@", MailKind.BROKEN),
    ],
)
def test_whose_a_mailbox_is_shows_in_its_kind(email: str, kind: MailKind) -> None:
    assert _parse(email).kind == kind
    assert _parse(email).tells_person == (kind == MailKind.PERSONAL)


@pytest.mark.parametrize("text", ["", " ", "n/a", "none", "@", "-", "+1 555 010 99", "x@"])
def test_what_has_nothing_of_an_address_gives_no_mailbox(text: str) -> None:
    assert parse_mailbox(text) is None


@pytest.mark.parametrize(
    ("email", "is_free"),
    [
        ("a.b@gmail.com", True),
        ("a.b@gmial.com", True),
        ("a.b@web.de", True),
        ("a.b@example.com", True),
        ("a.b@corp-fenwick.org", False),
    ],
)
def test_domains_where_anyone_may_have_a_mailbox_are_known(email: str, is_free: bool) -> None:  # noqa: FBT001 - a table of facts
    assert _parse(email).is_free == is_free


def test_the_parts_of_a_local_part_are_given() -> None:
    mailbox = _parse("joan.fenwick84@corp.org")
    assert (mailbox.letters, mailbox.digits) == ("joanfenwick", "84")
    assert mailbox.words == ("joan", "fenwick")


@given(st.text(max_size=60) | st.emails())
def test_any_text_is_read_and_comes_back_from_json_as_it_was(text: str) -> None:
    mailbox = parse_mailbox(text)
    if mailbox is not None:
        assert Mailbox.from_row(orjson.loads(orjson.dumps(mailbox.to_row()))) == mailbox
        assert mailbox.address == mailbox.address.lower()
