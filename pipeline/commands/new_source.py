"""Begin a source from a page: fetch it politely, guess how it is read, write what that takes."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pipeline.catalog.service import declare_source
from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.errors import InvalidInput
from pipeline.fetch.loop import fetch_loop
from pipeline.fetch.response import Response
from pipeline.fetch.urls import parse_url
from pipeline.new_source.guess import Guess
from pipeline.new_source.service import Draft, begin_source, declare, write_source

_OK = range(200, 300)
_SHOWN = 3


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the page, and what is made of it."""
    add_common_arguments(parser)
    parser.add_argument("name", metavar="NAME", help="the source's slug, in snake_case")
    parser.add_argument("url", metavar="URL", help="the page that lists people or companies")
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE",
        help="read the page from a file that was saved from the URL; nothing is fetched",
    )
    parser.add_argument(
        "--declare", action="store_true", help="keep it in the database instead of writing code"
    )
    parser.add_argument(
        "--into", type=Path, default=Path(), metavar="DIR", help="the project (default: here)"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Get the page, guess, and write the files or declare the source."""
    response = _get_page(arguments, context)
    draft = begin_source(arguments.name, response)
    if arguments.declare:
        return _declare(draft, context)
    written = write_source(draft, arguments.into)
    document = {
        **_document(draft),
        "files": [str(path) for path in written.files],
        "records": written.records,
    }
    context.answer(document, lambda: _describe(draft, written.files, written.records))
    context.tell(
        "The golden page holds what the page shows, personal data included: before you commit it, "
        "put invented people into page.html and expected.json."
    )
    return 0


def _get_page(arguments: Namespace, context: Context) -> Response:
    url = parse_url(arguments.url).url
    if arguments.file is None:
        response = fetch_loop(context.settings).run(lambda visitor: visitor.visit(url))
        if response.status not in _OK:
            raise InvalidInput(f"The page answers with status {response.status}.")
        return response
    try:
        body = arguments.file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{arguments.file} cannot be read: {error.strerror}.") from None
    return Response(url, url, 200, {"content-type": "text/html"}, body)


def _declare(draft: Draft, context: Context) -> int:
    definition = declare(draft)
    with open_store(context.settings) as database:
        database.transact(lambda db: declare_source(db, definition), actor=ACTOR)
    document = {**_document(draft), "definition": definition.model_dump(mode="json")}
    context.answer(
        document,
        lambda: (
            f"{_columns(draft.guess)}\n\nDeclared: {draft.slug}, a {definition.kind} source.  "
            f"To try it:  leads sources test {draft.slug}"
        ),
    )
    return 0


def _document(draft: Draft) -> dict[str, Any]:
    guess = draft.guess
    return {
        "slug": draft.slug,
        "entry": guess.item if guess else None,
        "entries": guess.entries if guess else 0,
        "fields": {name: one.part.css for name, one in guess.fields.items()} if guess else {},
        "next": guess.next if guess else "",
        "detail": guess.detail if guess else "",
    }


def _describe(draft: Draft, files: tuple[Path, ...], records: int) -> str:
    written = "\n".join(f"  {path}" for path in files)
    return (
        f"{_columns(draft.guess)}\n\nWritten, with {records:,} records expected of the page:\n"
        f"{written}\nTo test it:  python -m pytest tests/scrapers -k {draft.slug}"
    )


def _columns(guess: Guess | None) -> str:
    if guess is None:
        return "Nothing repeats on the page: whoever it names is read as from any contact page."
    rows = [
        (name, one.part.css, "; ".join(filter(None, one.firsts[:_SHOWN])))
        for name, one in (*guess.fields.items(), *guess.custom.items())
    ]
    more = [f"Further pages: {guess.next}"] if guess.next else []
    more += [f"The entries' own pages: {guess.detail}"] if guess.detail else []
    found = f"{guess.entries} entries match {guess.item}."
    return "\n".join([found, format_table(("field", "selector", "found"), rows), *more])
