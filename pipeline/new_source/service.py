"""Beginning a source: a recorded page in, a scraper with its golden page or a declaration out."""

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.catalog.definitions import Definition, read_definition
from pipeline.errors import Conflict, InvalidInput
from pipeline.extract import find_contacts
from pipeline.fetch.decode import decode_text
from pipeline.fetch.response import Response
from pipeline.new_source.columns import Column
from pipeline.new_source.golden import EXPECTED, PAGE, GoldenPage, read_golden
from pipeline.new_source.guess import Guess, guess_list, title_of
from pipeline.new_source.python_file import write_contact_page, write_list
from pipeline.sources import Page, Params, Source, load_sources

_BOM = b"\xef\xbb\xbf"
_CONTACT_PAGES = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """A source begun: the page it was begun from, and how that one is read.

    Without a ``guess`` nothing repeats on the page; it is read as ``contacts`` by the engine.
    """

    slug: str
    title: str
    page: GoldenPage
    guess: Guess | None
    contacts: int


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a new source, and how many records its page gives."""

    files: tuple[Path, ...]
    records: int


def begin_source(slug: str, response: Response) -> Draft:
    """Guess how a page is read.

    Raises:
        InvalidInput: the slug is unusable, or nothing on the page tells of anybody.
        Conflict: another source bears the slug.
    """
    title = slug.replace("_", " ").capitalize()
    read_definition({"slug": slug, "title": title, "kind": "website", "params": {}})
    if slug in load_sources().sources:
        raise Conflict(f"Another source bears the slug {slug!r}.")
    page: Page[Any] = Page(response, Params())
    if not page.is_html:
        raise InvalidInput(
            f"This is no web page but {response.content_type}; "
            "declare a json_api, feed, remote_file or vcard source instead."
        )
    guess = guess_list(page)
    contacts = 0 if guess else len(find_contacts(page))
    if guess is None and not contacts:
        raise InvalidInput(
            "Nothing repeats on this page, and it names nobody who can be reached. If its content "
            "is made by a script, look there for an address that answers in JSON (json_api)."
        )
    return Draft(slug, title_of(page, slug), _record(response), guess, contacts)


def write_source(draft: Draft, folder: Path) -> Written:
    """Write a scraper and its golden page into a project's folder.

    Raises:
        InvalidInput: the folder is no project.
        Conflict: one of the files exists.
    """
    module = folder / "scrapers" / f"{draft.slug}.py"
    case = folder / "tests" / "scrapers" / draft.slug
    if not (module.parent / "__init__.py").is_file():
        raise InvalidInput(f"There is no package scrapers in {folder}; see CONTRIBUTING.md.")
    for path in (module, case):
        if path.exists():
            raise Conflict(f"{path} exists already.")
    url = draft.page.url
    text = (
        write_list(draft.slug, draft.title, url, draft.guess)
        if draft.guess
        else write_contact_page(draft.slug, draft.title, url, draft.contacts)
    )
    module.write_text(text, "utf-8")
    expected = read_golden(_load(module, draft.slug), draft.page, {})
    case.mkdir(parents=True)
    page = case / f"{PAGE}.html"
    page.write_bytes(draft.page.body)
    told = json.dumps(expected, indent=2, ensure_ascii=False)
    (case / EXPECTED).write_text(f"{told}\n", "utf-8")
    return Written((module, page, case / EXPECTED), len(expected["records"]))


def declare(draft: Draft) -> Definition:
    """Give the draft as a source declared as data: a list, or the pages around a contact page."""
    url = draft.page.url
    if draft.guess is None:
        params: dict[str, Any] = {"url": url, "max_pages": _CONTACT_PAGES}
        kind = "website"
    else:
        guess, kind = draft.guess, "listing"
        params = {
            "start": [url],
            "item": guess.item,
            "fields": {name: _rule(column) for name, column in guess.fields.items()},
            "custom": {name: _rule(column) for name, column in guess.custom.items()},
            "required": [name for name in ("name", "company") if name in guess.fields][:1],
            "next": guess.next,
            "detail": guess.detail,
        }
        params = {name: value for name, value in params.items() if value}
    given = {"slug": draft.slug, "title": draft.title, "kind": kind, "params": params}
    return read_definition(given)


def _record(response: Response) -> GoldenPage:
    """Keep a page so that it is read the same without the header that told its encoding."""
    body = response.body
    if decode_text(body, "text/html")[0] != response.text:
        body = _BOM + response.text.encode("utf-8", "replace")
    return GoldenPage(response.final_url, body)


def _rule(column: Column) -> str:
    part = column.part
    attribute = f"@{part.attribute}" if part.attribute else ""
    return f"{part.css}{attribute}" + (f" =~ {part.pattern}" if part.pattern else "")


def _load(path: Path, slug: str) -> Source[Any]:
    """Load a module that has just been written, outside the register."""
    spec = importlib.util.spec_from_file_location(f"new_source_{slug}", path)
    if spec is None or spec.loader is None:
        raise InvalidInput(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    found: Source[Any] = getattr(module, slug)
    return found
