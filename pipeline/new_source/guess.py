"""A first reading of a list: its entries, where the fields stand in them, where it goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pipeline.extract import find_contacts
from pipeline.new_source.columns import SAMPLE, Column, find_columns
from pipeline.new_source.repeats import Repeat, find_repeat
from pipeline.normalize.text import fold_text
from pipeline.readers.content import is_company, is_name, share
from pipeline.readers.guessing import guess_mapping
from pipeline.readers.headers import name_columns
from pipeline.records import FIELDS
from pipeline.sources import Page

_HALF, _MOST = 0.5, 0.6
_NAMES = frozenset({"name", "company"})
_REACH = frozenset({"email", "phone"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")
_NEXT = (
    'a[rel~="next"]',
    "a.next",
    "a.next-page",
    ".next a",
    ".pagination-next a",
    'a[aria-label^="next" i]',
    'a[title^="next" i]',
)


@dataclass(frozen=True, slots=True)
class Guess:
    """How a list may be read: what its entries match, and for each field its column."""

    item: str
    entries: int
    fields: Mapping[str, Column]
    custom: Mapping[str, Column]
    next: str = ""
    detail: str = ""


def guess_list(page: Page[Any]) -> Guess | None:
    """Guess how a page's list is read; None if nothing repeats on it that tells of somebody.

    What the page's markup and its links are sure of says which column is which field; then the
    names of classes and the titles of columns; then what the columns hold.
    """
    known = _known_values(page)
    repeat = find_repeat(page, {text for text, name in known.items() if name in _NAMES})
    columns = find_columns(page, repeat) if repeat else []
    if repeat is None or not columns:
        return None
    kinds = _kinds(columns, known)
    fields: dict[str, Column] = {}
    for column, kind in zip(columns, kinds, strict=True):
        if kind and kind not in fields:
            fields[kind] = column
    _name_them(fields, columns)
    detail = "" if _REACH & fields.keys() else _detail(page, repeat)
    if not _tells_of_people(fields, known, is_linked=bool(detail)):
        return None
    taken = list(fields.values())
    custom = {one.part.hint: one for one in columns if one.part.is_label and one not in taken}
    ordered = {name: fields[name] for name in FIELDS if name in fields}
    return Guess(repeat.css, len(repeat.nodes), ordered, custom, _next(page), detail)


def _known_values(page: Page[Any]) -> dict[str, str]:
    """Give the values that the page's contacts are known by, each with its field."""
    known: dict[str, str] = {}
    for contact in find_contacts(page):
        for name, value in contact.fields.items():
            known.setdefault(value, name)
        known.update(dict.fromkeys(contact.emails, "email"))
        known.update(dict.fromkeys(contact.phones, "phone"))
    return known


def _kinds(columns: Sequence[Column], known: Mapping[str, str]) -> list[str]:
    """Say which field each column is, or nothing."""
    header = name_columns([column.part.hint for column in columns])
    rows = [list(row) for row in zip(*(column.firsts for column in columns), strict=True)]
    guessed = guess_mapping(header, rows).kinds
    kinds = []
    for column, kind in zip(columns, guessed, strict=True):
        values = [value for value in column.firsts if value]
        stated = [known[value] for value in values if value in known]
        sure = next((one for one in set(stated) if stated.count(one) >= _HALF * len(values)), "")
        if column.part.attribute:
            sure = column.part.hint
        kinds.append(sure or ("" if kind == "contact" else kind))
    return kinds


def _name_them(fields: dict[str, Column], columns: Sequence[Column]) -> None:
    """See to it that entries have a name, and that firms are not taken for people."""
    if not fields.keys() & {"name", "company", "surname"}:
        heading = next((one for tag in _HEADINGS for one in columns if _is_tag(one, tag)), None)
        heading = heading or next((one for one in columns if one not in fields.values()), None)
        if heading:
            fields["name"] = heading
    named = fields.get("name")
    if named and "company" not in fields:
        values = [value for value in named.firsts if value]
        if share(values, is_name) < _MOST:
            fields["company"] = fields.pop("name")


def _tells_of_people(
    fields: Mapping[str, Column], known: Mapping[str, str], *, is_linked: bool
) -> bool:
    """Whether the entries are people or companies, and not news or the parts of a menu.

    They have names, and beside them how to reach them; or the page's markup knows the names; or
    each has a page of its own, and the names look like names.
    """
    named = fields.get("name") or fields.get("company")
    if named is None or named.share < _HALF:
        return False
    values = [value for value in named.firsts if value]
    if any(fields[name].share >= _HALF for name in _REACH & fields.keys()):
        return True
    if share(values, lambda value: known.get(value) in _NAMES) >= _HALF:
        return True
    return is_linked and share(values, lambda value: is_name(value) or is_company(value)) >= _MOST


def _is_tag(column: Column, tag: str) -> bool:
    return column.part.css.partition(".")[0] == tag


def _next(page: Page[Any]) -> str:
    return next((css for css in _NEXT if page.html.css_first(css)), "")


def _detail(page: Page[Any], repeat: Repeat) -> str:
    """Give what the links to the entries' own pages match, if each has one of its own."""
    nodes = repeat.nodes[:SAMPLE]
    for css in ("h2 a", "h3 a", "h4 a", "a"):
        found = [page.values(node, css, "href")[:1] for node in nodes]
        own = {url for urls in found for url in urls if urlsplit(url).hostname == page.host}
        if len(own) >= _MOST * len(nodes):
            return css
    return ""


def title_of(page: Page[Any], slug: str) -> str:
    """Give a title for a source: that of the page, or its slug in words."""
    title = page.html.css_first("title")
    text = " ".join(title.text().split())[:80] if title else ""
    return text if fold_text(text) else slug.replace("_", " ").capitalize()
