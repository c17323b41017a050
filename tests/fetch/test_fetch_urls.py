"""One reading of a URL; everything ambiguous is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import FetchRefused
from pipeline.fetch.urls import join_url, parse_url

REFUSED = {
    "ftp://example.com/": "scheme",
    "file:///etc/passwd": "scheme",
    "javascript:alert(1)": "scheme",
    "data:text/html,hi": "scheme",
    "//example.com/": "scheme",
    "example.com": "scheme",
    "": "scheme",
    "http://": "bad_url",
    "http:///path": "bad_url",
    "http://user@example.com/": "userinfo",
    "http://user:secret@example.com/": "userinfo",
    "http://example.com@127.0.0.1/": "userinfo",
    "http://@example.com/": "userinfo",
    "http://example.com\\@127.0.0.1/": "bad_url",
    "http:\\\\example.com": "bad_url",
    "http://exa\tmple.com/": "bad_url",
    "http://exa\nmple.com/": "bad_url",
    "http://example.com/a\r\nX: y": "bad_url",
    "http://ex\x00ample.com/": "bad_url",
    "http://%31%32%37.0.0.1/": "bad_url",
    "http://127.1/": "bad_url",
    "http://127.0.1/": "bad_url",
    "http://2130706433/": "bad_url",
    "http://0/": "bad_url",
    "http://017700000001/": "bad_url",
    "http://0x7f.1/": "bad_url",
    "http://0x7f000001/": "bad_url",
    "http://0177.0.0.1/": "bad_url",
    "http://127.0.0.01/": "bad_url",
    "http://127.0.0.1./": "bad_url",
    "http://1.2.3.4.5/": "bad_url",
    "http://１２７.０.０.１/": "bad_url",
    "http://①②⑦.⓪.⓪.①/": "bad_url",
    "http://127。0。0。1/": "bad_url",
    "http://[::1/": "bad_url",
    "http://[fe80::1%25eth0]/": "bad_url",
    "http://[not-an-address]/": "bad_url",
    "http://example.com:0/": "bad_url",
    "http://example.com:99999/": "bad_url",
    "http://example.com:80a/": "bad_url",
    "http://exa mple.com/": "bad_url",
    "http://example..com/": "bad_url",
    "http://-example.com/": "bad_url",
    "http://exa<mple.com/": "bad_url",
    f"http://{'a' * 64}.com/": "bad_url",
    f"http://{'a.' * 150}com/": "bad_url",
    "http://example.com/" + "a" * 5_000: "bad_url",
    "http://example.com/\ud800": "bad_url",
}
CANONICAL = {
    "HTTP://EXAMPLE.COM": "http://example.com/",
    " https://example.com/ ": "https://example.com/",
    "https://example.com:443/a": "https://example.com/a",
    "http://example.com:8080/a": "http://example.com:8080/a",
    "http://example.com./a": "http://example.com/a",
    "http://example.com/a/../b/./c": "http://example.com/b/c",
    "http://example.com/../../a": "http://example.com/a",
    "http://example.com/a/%2E%2e/b": "http://example.com/b",
    "http://example.com/a/b/..": "http://example.com/a/",
    "http://example.com/..": "http://example.com/",
    "http://example.com/.": "http://example.com/",
    "http://example.com/a//b": "http://example.com/a//b",
    "http://example.com//a": "http://example.com//a",
    "http://example.com/%7euser/%c3%bc": "http://example.com/~user/%C3%BC",
    "http://example.com/ü?q=ä ö": "http://example.com/%C3%BC?q=%C3%A4%20%C3%B6",
    "http://example.com/100%": "http://example.com/100%25",
    "http://example.com/a?b=1&a=2#frag": "http://example.com/a?b=1&a=2",
    "http://example.com/?": "http://example.com/",
    "http://müller.example/": "http://xn--mller-kva.example/",
    "http://my_host.example/": "http://my_host.example/",
    "http://127.0.0.1/": "http://127.0.0.1/",
    "http://[0:0:0:0:0:0:0:1]:80/": "http://[::1]/",
    "http://[::FFFF:127.0.0.1]/": "http://[::ffff:7f00:1]/",
}


@pytest.mark.parametrize("url", REFUSED)
def test_this_url_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        parse_url(url)

    assert caught.value.code == REFUSED[url]


@pytest.mark.parametrize("url", CANONICAL)
def test_this_url_has_one_spelling(url: str) -> None:
    assert parse_url(url).url == CANONICAL[url]
    assert parse_url(CANONICAL[url]).url == CANONICAL[url]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/contact", "https://example.com/contact"),
        ("team#people", "https://example.com/about/team"),
        ("?page=2", "https://example.com/about/?page=2"),
        ("//other.example/x", "https://other.example/x"),
        (" http://other.example ", "http://other.example/"),
        ("", "https://example.com/about/"),
        ("#top", "https://example.com/about/"),
        ("?", "https://example.com/about/"),
        ("./team", "https://example.com/about/team"),
        ("../team/./a/../b", "https://example.com/team/b"),
        ("/../../a", "https://example.com/a"),
        ("/a?b=/../c", "https://example.com/a?b=/../c"),
        ("\n /con\ntact\t ", "https://example.com/contact"),
        ("h\nttp://other.example/x", "http://other.example/x"),
        ("\\\\team\\people.html".replace("\\\\", "\\"), "https://example.com/team/people.html"),
        ("team\\people?a\\b", "https://example.com/about/team/people?a\\b"),
        ("HTTPS://Example.COM:443/A", "https://example.com/A"),
        ("/übung/50%", "https://example.com/%C3%BCbung/50%25"),
        ("/a b'c?d e'f", "https://example.com/a%20b'c?d%20e%27f"),
        ("/%7Euser/%2e%2E/x", "https://example.com/x"),
        ("/a//b/", "https://example.com/a//b/"),
        ("/a:b@c;d=e,f", "https://example.com/a:b@c;d=e,f"),
        ("./a:b", "https://example.com/about/a:b"),
        ("12:30.html", "https://example.com/about/12:30.html"),
        ("/x{y}|z^`", "https://example.com/x%7By%7D|z%5E%60"),
    ],
)
def test_a_link_becomes_absolute(href: str, url: str) -> None:
    assert join_url("https://example.com/about/", href) == url


@pytest.mark.parametrize(
    "href",
    [
        "mailto:a@b.example",
        "tel:123",
        "javascript:x",
        "java\nscript:x",
        "data:text/html,x",
        "http://[",
        "http:contact",
        "///other.example/x",
        "/\\other.example/x",
        "\\\\other.example\\x",
        "//a:b@other.example/",
        "http://other.example\\@example.com/",
        "/a\x00b",
        "/" + "a" * 5_000,
        "#",
    ],
)
def test_a_link_that_leads_to_no_page_is_refused_or_the_page_itself(href: str) -> None:
    if href == "#":
        assert join_url("https://example.com/a", href) == "https://example.com/a"
        return
    with pytest.raises(FetchRefused):
        join_url("https://example.com/a", href)


PATHS = st.text("/.aB0~!$&'()*+,;=:@-_%2eE?#\\\t é[]|{}", max_size=20)


@given(PATHS)
@example("//..//a/./b?c=/../d#/e")
@example("/.?#")
def test_the_short_way_and_the_long_way_lead_to_the_same_page(path: str) -> None:
    try:
        short = parse_url(f"http://example.com/{path}").url
    except FetchRefused:
        with pytest.raises(FetchRefused):
            parse_url(f"HTTP://EXAMPLE.com/{path}")
        return

    assert parse_url(f"HTTP://EXAMPLE.com/{path}").url == short
    assert parse_url(short).url == short
    assert join_url("https://other.example/x", short) == short


@given(PATHS)
@example("a/../b")
@example("?a#b")
def test_a_link_leads_to_where_a_browser_would_go(href: str) -> None:
    try:
        joined = join_url("http://example.com/folder/page?q", href)
    except FetchRefused:
        return

    assert parse_url(joined).url == joined
    assert joined.startswith("http://example.com/") or href.strip().startswith("//")
    assert join_url("HTTP://EXAMPLE.COM/folder/./page?q#f", f" {href}\n") == joined
