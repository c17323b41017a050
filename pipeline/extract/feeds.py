"""Feeds: RSS of all versions and Atom, their authors, and what their entries say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.extract.contacts import find_contacts
from pipeline.extract.lenient_xml import Element, read_xml
from pipeline.fetch.decode import decode_text
from pipeline.fetch.response import Response
from pipeline.records import RawRecord
from pipeline.sources import Page

MAX_ENTRIES = 5_000
_FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
_SIGNS = ("<rss", "<rdf:rdf", "<feed", ":feed")
_ENTRIES = frozenset({"item", "entry"})
_AUTHORS = ("author", "creator", "contributor", "owner", "managingeditor")
_TEXTS = ("encoded", "content", "description", "summary")
_HEAD = 1_000
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_MAILBOX = re.compile(r"[^\s()<>,;:\"\[\]@]{1,64}@[^\s()<>,;:\"\[\]@]{1,253}")
_AROUND = re.compile(r"[()<>\[\]\"]|mailto:")


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever wrote an entry, or publishes the feed. ``name`` or ``email`` may be missing."""

    name: str
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: where it stands in full, who wrote it, and what the feed shows of it."""

    link: str
    authors: tuple[Author, ...]
    markup: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, who publishes it, its entries, and where it goes on (RFC 5005)."""

    title: str
    authors: tuple[Author, ...]
    entries: tuple[Entry, ...]
    next: str = ""

    def all_authors(self) -> list[Author]:
        """Give everybody who can be written to, each once."""
        found = [*self.authors, *(author for one in self.entries for author in one.authors)]
        named: dict[str, Author] = {}
        for author in found:
            known = named.get(author.email.lower())
            if author.email and (known is None or not known.name):
                named[author.email.lower()] = author
        return list(named.values())


def is_feed(body: bytes) -> bool:
    """Whether a fetched body is a feed."""
    head = decode_text(body[:_HEAD])[0].lower()
    return any(sign in head for sign in _SIGNS) and "<html" not in head


def read_feed(page: Page[Any]) -> Feed:
    """Read a feed, whole or broken."""
    roots = [one for one in read_xml(_text(page)).children if one.name in _FEEDS]
    parts = [part for root in roots for part in (root, *root.all("channel"))]
    entries = [child for part in parts for child in part.children if child.name in _ENTRIES]
    title = next((text for part in parts if (text := _plain(part.first_text("title")))), "")
    return Feed(
        title=title,
        authors=tuple(author for part in parts for author in _authors(part)),
        entries=tuple(_entry(element) for element in entries[:MAX_ENTRIES]),
        next=next((link for part in parts if (link := _link(part, "next"))), ""),
    )


def find_in_entry(page: Page[Any], entry: Entry) -> list[RawRecord]:
    """Give the contacts that a feed shows in the text of an entry."""
    if "@" not in entry.markup and "tel:" not in entry.markup:
        return []
    url = next((link.url for link in page.follow_all(filter(None, [entry.link]))), page.final_url)
    headers = {"content-type": "text/html; charset=utf-8"}
    shown = Response(url, url, 200, headers, entry.markup.encode("utf-8", "replace"))
    return find_contacts(Page(shown, page.params, default_region=page.region))


def _text(page: Page[Any]) -> str:
    stated = page.response.headers.get("content-type", "")
    declared = _ENCODING.search(page.response.body[:_HEAD])
    if declared and "charset" not in stated.lower():
        stated = f"charset={declared[1].decode('ascii', 'replace')}"
    return decode_text(page.response.body, stated)[0]


def _entry(element: Element) -> Entry:
    markup = next(
        (
            one.inner if one.attributes.get("type") == "xhtml" or one.inner else one.text
            for name in _TEXTS
            for one in element.all(name)
            if one.inner or one.text
        ),
        "",
    )
    return Entry(_link(element, "alternate"), tuple(_authors(element)), markup)


def _link(element: Element, relation: str) -> str:
    """Give where an element leads: Atom says it in an attribute, RSS as text."""
    for link in element.all("link"):
        if link.attributes.get("href") and link.attributes.get("rel", "alternate") == relation:
            return link.attributes["href"]
    if relation != "alternate":
        return ""
    about = element.attributes.get("about", "")
    permanent = [one.text for one in element.all("guid") if "://" in one.text]
    return next(filter(None, [element.first_text("link"), *permanent, about]), "")


def _authors(element: Element) -> Iterator[Author]:
    for one in element.all(*_AUTHORS):
        if one.children:
            yield Author(
                _plain(one.first_text("name")),
                one.first_text("email").removeprefix("mailto:"),
                one.first_text("uri", "url"),
            )
        elif one.text:
            yield _read_author(_plain(one.text))


def _read_author(text: str) -> Author:
    """Read ``ann@acme.example (Ann Lee)`` and ``Ann Lee <ann@acme.example>``."""
    found = _MAILBOX.search(text)
    email = found[0].removeprefix("mailto:").strip(".") if found else ""
    rest = text.replace(found[0], " ") if found else text
    return Author(" ".join(_AROUND.sub(" ", rest).split()), email)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^<>@]{0,500}>", " ", text[:_HEAD]).split())
