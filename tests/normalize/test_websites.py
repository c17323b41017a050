"""Websites have one spelling, and other things are no websites."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.websites import normalize_website, website_domain


@pytest.mark.parametrize(
    ("text", "website"),
    [
        ("acme.com", "https://acme.com"),
        ("WWW.Acme.COM/", "https://www.acme.com"),
        ("HTTP://Acme.com:80/About?x=1#team", "http://acme.com/About?x=1"),
        ("https://acme.com:8443", "https://acme.com:8443"),
        ("//acme.com", "https://acme.com"),
        ("https://user:secret@acme.com/x", "https://acme.com/x"),
        ("https://München.DE", "https://münchen.de"),
        ("acme.co.uk.", "https://acme.co.uk"),
        ("<https://acme.com>", "https://acme.com"),
    ],
)
def test_a_website_has_one_spelling(text: str, website: str) -> None:
    assert normalize_website(text) == website


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "acme",
        "javascript:alert(1)",
        "JavaScript://acme.com/%0aalert(1)",
        "data:text/html,x",
        "mailto:a@acme.com",
        "a@acme.com",
        "ftp://acme.com",
        "http://localhost",
        "http://127.0.0.1",
        "http://[::1]/",
        "http://-acme.com",
        "acme.com is ours",
        "http://acme..com",
        "https://acme.com:99999999",
    ],
)
def test_other_things_are_no_website(text: str) -> None:
    assert normalize_website(text) is None
    assert website_domain(text) is None


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.acme.com/x", "acme.com"),
        ("shop.acme.com:8080", "shop.acme.com"),
        ("www.com", "www.com"),
    ],
)
def test_the_domain_of_a_website_is_its_host_without_www(url: str, domain: str) -> None:
    assert website_domain(url) == domain


@example("acme.com/'#")
@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.from_regex(r"(https?://)?[\w.-]{1,20}\.[a-z]{2,4}(/\S*)?", fullmatch=True)
)
def test_normalizing_a_website_twice_changes_nothing(text: str) -> None:
    website = normalize_website(text)
    if website is not None:
        assert normalize_website(website) == website
        assert website.startswith(("http://", "https://"))
        assert website_domain(website)
