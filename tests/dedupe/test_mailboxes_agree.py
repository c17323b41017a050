"""Two mailboxes agree, or nearly; and a mailbox is named after a person, or is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.mail_agreement import MailLevel, compare_mailboxes
from pipeline.dedupe.mail_names import Fit, explained_by, surplus_bits
from pipeline.dedupe.mailboxes import Mailbox, parse_mailbox
from pipeline.dedupe.people import NOBODY, parse_person


def _parse(email: str) -> Mailbox:
    mailbox = parse_mailbox(email)
    assert mailbox is not None
    return mailbox


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("joan@corp.org", "JOAN@corp.org", MailLevel.SAME),
        ("jo.an+x@gmail.com", "joan@googlemail.com", MailLevel.SAME),
        ("joan+x@corp.org", "joan@corp.org", MailLevel.TAGGED),
        ("joan@gmial.com", "joan@gmail.com", MailLevel.CLOSE),
        ("joan.fenwick@corp.org", "joanfenwick@corp.org", MailLevel.CLOSE),
        ("joan.fenwick@corp.org", "joan.fenwikc@corp.org", MailLevel.CLOSE),
        ("eoan.fenwick84@corp.org", "joan.fenwick84@corp.org", MailLevel.CLOSE),
        ("joan481516@corp.org", "joan481576@corp.org", MailLevel.CLOSE),
        ("joan.fenwickcorp.org", "joan.fenwick@corp.org", MailLevel.CLOSE),
        ("jfenwick@corp.org", "kfenwick@corp.org", MailLevel.SAME_DOMAIN),
        ("joan@corp.org", "info@corp.org", MailLevel.SAME_DOMAIN),
        ("joan@gmail.com", "keith@gmail.com", MailLevel.CONFLICT),
        ("joan@example.com", "keith@example.com", MailLevel.CONFLICT),
        ("joan84@corp.org", "joan85@corp.org", MailLevel.OTHER_NUMBER),
        ("joan.fenwick@corp.org", "joan.fenwick@gmail.com", MailLevel.SAME_LOCAL),
        ("joan.fenwick@hotmail.com", "joanfenwick@gmail.com", MailLevel.SAME_LOCAL),
        ("joa***@corp.org", "joan.fenwick@corp.org", MailLevel.MASKED),
        ("joa***@corp.org", "keith.fenwick@corp.org", MailLevel.CONFLICT),
        ("joan@corp.org", "test@test.com", MailLevel.MISSING),
    ],
)
def test_mailboxes_agree_by_level(a: str, b: str, level: MailLevel) -> None:
    assert compare_mailboxes(_parse(a), _parse(b)).level == level
    assert compare_mailboxes(_parse(b), _parse(a)).level == level


def test_nothing_is_told_where_one_has_no_mailbox() -> None:
    assert compare_mailboxes(None, _parse("joan@corp.org")).level == MailLevel.MISSING
    assert compare_mailboxes(None, None).level == MailLevel.MISSING


@pytest.mark.parametrize(
    "local",
    [
        *("joanstanley", "joan.stanley", "stanley.joan", "jstanley", "jstanley84", "stanleyj"),
        *("stanley_joan", "joans", "s.joan", "joanie.stanley", "jo.stanley", "joan.stanely"),
    ],
)
def test_a_mailbox_made_of_the_name_is_explained(local: str) -> None:
    assert explained_by(_parse(f"{local}@corp.org"), parse_person("Joan Stanley")) == Fit.FULL


@pytest.mark.parametrize(
    ("local", "name", "fit"),
    [
        ("joan", "Joan Fenwick", Fit.GIVEN),
        ("peggy", "Margaret Fenwick", Fit.GIVEN),
        ("fenwick", "Joan Fenwick", Fit.SURNAME),
        ("jf", "Joan Fenwick", Fit.INITIALS),
        ("jaf", "Joan Anne Fenwick", Fit.INITIALS),
        ("kfenwick", "Joan Fenwick", Fit.NONE),
        ("keith.fenwick", "Joan Fenwick", Fit.NONE),
        ("sunnyday", "Joan Fenwick", Fit.NONE),
        ("joanfenwick", "J. Fenwick", Fit.FULL),
        ("jfenwick", "J. Fenwick", Fit.FULL),
        ("joanfenwick", "Joan", Fit.GIVEN),
        ("joanfenwick", "Fenwick, K", Fit.NONE),
        ("mjgarcia", "María José García López", Fit.FULL),
        ("vandermeer.s", "Saskia van der Meer", Fit.FULL),
        ("smeer", "Saskia van der Meer", Fit.FULL),
        ("muellerj", "Jürgen Müller", Fit.FULL),
    ],
)
def test_how_much_a_name_explains(local: str, name: str, fit: Fit) -> None:
    assert explained_by(_parse(f"{local}@corp.org"), parse_person(name)) == fit


def test_a_desk_and_a_missing_mailbox_are_named_after_nobody() -> None:
    assert explained_by(_parse("sales@corp.org"), parse_person("Lena Sales")) == Fit.NONE
    assert explained_by(None, parse_person("Joan Fenwick")) == Fit.NONE
    assert explained_by(_parse("joan@corp.org"), NOBODY) == Fit.NONE


def test_what_a_name_leaves_unexplained_counts_in_bits() -> None:
    joan = parse_person("Joan Fenwick")
    assert surplus_bits(_parse("joan.fenwick@corp.org"), joan) == 0
    assert surplus_bits(_parse("jfenwick84@corp.org"), joan) == 5
    assert surplus_bits(_parse("sunny@corp.org"), joan) == 10
    assert surplus_bits(_parse("sunshineoverall99@corp.org"), joan) == 16


_LOCALS = st.from_regex(r"[a-c]{1,4}[.+_*]?[a-c]{0,3}[0-9]{0,3}", fullmatch=True)
_DOMAINS = st.sampled_from(["gmail.com", "gmial.com", "corp.org", "corp.com", "x.de", "com"])


@given(_LOCALS, _DOMAINS, _LOCALS, _DOMAINS)
def test_comparing_is_symmetric(local: str, domain: str, other: str, second: str) -> None:
    a, b = parse_mailbox(f"{local}@{domain}"), parse_mailbox(f"{other}@{second}")
    assert compare_mailboxes(a, b) == compare_mailboxes(b, a)
