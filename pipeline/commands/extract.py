"""Read the people and organizations off web pages, in files or at URLs; nothing is stored.

A file is read without network and store. A URL is asked for as a guest should, robots.txt first.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from pipeline.commands.context import Context, add_json_argument
from pipeline.errors import InvalidInput
from pipeline.extract.contact import Contact
from pipeline.extract.contacts import Reading, parse_page, read_page
from pipeline.extract.decoders import DECODERS, check_decoders
from pipeline.extract.markup import describe_markup
from pipeline.fetch.decode import decode_text

STANDARD = "-"
MAX_BYTES = 50 << 20
_PLACE = ("address", "postcode", "city", "region", "country")


@dataclass(frozen=True, slots=True)
class _Source:
    """A page to read: its text, its address as far as it is known, and when it was read."""

    markup: str
    url: str
    time: str


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the pages, and how they are read."""
    add_json_argument(parser)
    parser.add_argument("pages", nargs="+", metavar="FILE|URL", help="a page; - reads stdin")
    parser.add_argument(
        "--url", metavar="BASE", default="", help="the address that the files were saved from"
    )
    parser.add_argument(
        "--region", default="", help="the country of phones without one, as DE (default: a guess)"
    )
    parser.add_argument(
        "--decode",
        metavar="NAME,…",
        default="",
        help=f"read addresses that are hidden, and mark them: {', '.join(DECODERS)}",
    )
    parser.add_argument(
        "--markup", action="store_true", help="show the markup for machines instead, as JSON"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Answer with what each page says; of several, one JSON document a line."""
    decoders = [name.strip() for name in arguments.decode.split(",") if name.strip()]
    check_decoders(decoders)
    several = len(arguments.pages) > 1
    for source in _open_sources(arguments.pages, arguments.url, context):
        html = parse_page(source.markup)
        url = source.url or _own_url(html)
        if arguments.markup:
            _answer(describe_markup(html, url), several=several)
            continue
        reading = read_page(
            html,
            url=url,
            region=arguments.region.upper(),
            default_region=context.settings.default_region,
            decoders=decoders,
        )
        document = _document(reading, url, source.time)
        if several and context.as_json:
            _answer(document, several=True)
        else:
            context.answer(document, _listing(document))
    return 0


def _open_sources(pages: Sequence[str], url: str, context: Context) -> Iterator[_Source]:
    for page in pages:
        if page.startswith(("http://", "https://")):
            yield _fetch(page, context)
            continue
        body = _read_file(page)
        yield _Source(decode_text(body)[0], url, _now())


def _fetch(url: str, context: Context) -> _Source:
    from pipeline.fetch.loop import fetch_loop  # noqa: PLC0415 - a file needs no network

    response = fetch_loop(context.settings).run(lambda visitor: visitor.visit(url))
    return _Source(response.text, response.final_url, response.fetched_at.isoformat())


def _read_file(name: str) -> bytes:
    """Give a file's bytes.

    Raises:
        InvalidInput: there is no such file, or it is larger than any page.
    """
    try:
        if name == STANDARD:
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"{name} cannot be read: {error.strerror}.") from None
    if len(body) > MAX_BYTES:
        raise InvalidInput(f"{name} is larger than {MAX_BYTES >> 20} MB.")
    return body


def _own_url(html: LexborHTMLParser) -> str:
    """Give the address that a saved page names as its own, if it does."""
    for css, name in (
        ('link[rel="canonical" i]', "href"),
        ('meta[property="og:url"]', "content"),
        ("base[href]", "href"),
    ):
        node = html.css_first(css)
        url = (node.attributes.get(name) or "").strip() if node else ""
        if url.startswith(("http://", "https://")):
            return url
    return ""


def _document(reading: Reading, url: str, time: str) -> dict[str, Any]:
    return {
        "records": [_record(contact, reading, url, time) for contact in reading.contacts],
        "emails": [*reading.emails],
        "phones": [*reading.phones],
    }


def _record(contact: Contact, reading: Reading, url: str, time: str) -> dict[str, Any]:
    return {
        "kind": contact.kind,
        "name": contact.name,
        "title": contact.get("title"),
        "company": contact.get("company"),
        "emails": [*contact.emails],
        "phones": [*contact.phones],
        "address": ", ".join(filter(None, map(contact.get, _PLACE))),
        "website": contact.get("website"),
        "evidence": [one.document(url, time) for one in reading.evidence(contact)],
    }


def _answer(document: Any, *, several: bool) -> None:
    option = orjson.OPT_APPEND_NEWLINE | (0 if several else orjson.OPT_INDENT_2)
    sys.stdout.write(orjson.dumps(document, option=option).decode())


def _listing(document: dict[str, Any]) -> str:
    lines = []
    for record in document["records"]:
        told = (record["name"] or "(no name)", record["title"], record["company"])
        lines.append(f"{record['kind']}: {', '.join(dict.fromkeys(filter(None, told)))}")
        reach = (*record["emails"], *record["phones"], record["address"], record["website"])
        lines += [f"  {value}" for value in reach if value]
        lines += [f"    {_evidence_line(one)}" for one in record["evidence"]]
    for name in ("emails", "phones"):
        lines.append(f"all {name}: {', '.join(document[name]) or 'none'}")
    return "\n".join(lines)


def _evidence_line(evidence: dict[str, Any]) -> str:
    hidden = ", obfuscated" if evidence["obfuscated"] else ""
    where = f" at {evidence['selector']}" if evidence["selector"] else ""
    sure = f"{evidence['confidence']:.0%}"
    return f"{evidence['field']}: {evidence['method']}{where}, {sure}{hidden}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
