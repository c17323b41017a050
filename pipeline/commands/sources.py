"""The sources that can be scraped: listed, tried out, and declared ones moved as files."""

import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from pipeline.catalog.definitions import Definition
from pipeline.catalog.models import DeclaredSource
from pipeline.catalog.service import (
    Listed,
    change_source,
    declare_source,
    definition_of,
    find_sources,
    remove_source,
    require_declared,
    require_source,
)
from pipeline.catalog.source_files import MAX_BYTES, Format, read_file, write_file
from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.params import add_param_argument
from pipeline.commands.source_trial import try_source
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_facts, format_table
from pipeline.crawl.requesting import TRIAL_PAGES
from pipeline.database.engine import Database
from pipeline.errors import Conflict, InvalidInput
from pipeline.sources import Source

_DATA = "the data folder (default: ./data)"
_JSON = "answer with one JSON document"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the acts; without any, the sources are listed."""
    add_common_arguments(parser)
    parser.set_defaults(act=_list)
    acts = parser.add_subparsers(metavar="ACT")
    named = {
        "list": (_list, "list all sources, those that cannot run among them"),
        "show": (_show, "show what a source can be told, or how it is declared"),
        "export": (_export, "write a declared source as a file"),
        "import": (_import, "declare a source by a file, JSON or TOML"),
        "remove": (_remove, "forget a declared source; its runs and leads stay"),
        "test": (_test, "read some pages and show what is found; nothing is kept"),
    }
    for name, (act, told) in named.items():
        one = acts.add_parser(name, help=told)
        _add_act_arguments(one, name)
        one.set_defaults(act=act)
        # Unspoken after the act, what was said before it holds.
        one.add_argument("--data", dest="data_dir", metavar="DIR", default=SUPPRESS, help=_DATA)
        one.add_argument("--json", action="store_true", default=SUPPRESS, help=_JSON)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        return int(arguments.act(arguments, context, database))


def _add_act_arguments(parser: ArgumentParser, act: str) -> None:
    if act in {"show", "export", "remove"}:
        parser.add_argument("slug", metavar="SLUG", help="the source's slug")
    if act == "export":
        parser.add_argument("--format", choices=("json", "toml"), help="default: by the file")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: shown")
    if act == "import":
        parser.add_argument("file", type=Path, metavar="FILE", help="what export has written")
        parser.add_argument("--replace", action="store_true", help="declare a known one anew")
    if act == "test":
        parser.add_argument("what", metavar="SLUG|FILE", help="a source, or a file declaring one")
        parser.add_argument("url", metavar="URL", nargs="?", help="where to begin")
        parser.add_argument("--pages", type=int, default=TRIAL_PAGES, help="how many (default: 5)")
        add_param_argument(parser)


def _list(_: Namespace, context: Context, database: Database) -> int:
    with database.read() as db:
        found = find_sources(db)
    runnable = [one.source for one in found if one.source]
    broken = [one for one in found if one.problem]
    document = {
        "sources": [_document(one) for one in found if one.source],
        "broken": [{"module": one.slug, "reason": one.problem} for one in broken],
    }
    context.answer(document, lambda: _describe(found, runnable))
    return 1 if broken else 0


def _show(arguments: Namespace, context: Context, database: Database) -> int:
    with database.read() as db:
        source = require_source(db, arguments.slug)
        listed = next(one for one in find_sources(db) if one.slug == source.slug)
    fields = source.params.model_fields.items()
    rows = [(name, _default(info), info.description or "") for name, info in fields]
    facts = [("source", source.slug), ("title", source.title), ("kind", listed.kind)]
    facts += [("homepage", source.homepage), ("expects", _range(source.expects))]
    table = format_table(("parameter", "default", "what it is"), rows)
    context.answer(_document(listed), lambda: f"{format_facts(facts)}\n\n{table}")
    return 0


def _export(arguments: Namespace, context: Context, database: Database) -> int:
    with database.read() as db:
        definition = definition_of(require_declared(db, arguments.slug))
    output: Path | None = arguments.output
    guessed: Format = "toml" if output and output.suffix == ".toml" else "json"
    form: Format = arguments.format or guessed
    body = write_file(definition, form)
    if output is None:
        sys.stdout.write(body.decode())
        return 0
    output.write_bytes(body)
    context.answer({"written": str(output)}, f"Written: {output}")
    return 0


def _import(arguments: Namespace, context: Context, database: Database) -> int:
    definition = _read(arguments.file)

    def keep(db: Session) -> DeclaredSource:
        try:
            return declare_source(db, definition)
        except Conflict:
            if not arguments.replace:
                raise
            return change_source(db, definition.slug, definition)

    declared = database.transact(keep, actor=ACTOR)
    context.answer(
        {"slug": declared.slug, "version": declared.version},
        f"Declared: {declared.slug}, version {declared.version}.  "
        f"To run it:  leads scrape --source {declared.slug}",
    )
    return 0


def _remove(arguments: Namespace, context: Context, database: Database) -> int:
    database.transact(lambda db: remove_source(db, arguments.slug), actor=ACTOR)
    context.answer({"removed": arguments.slug}, f"The source {arguments.slug} is forgotten.")
    return 0


def _test(arguments: Namespace, context: Context, database: Database) -> int:
    path = Path(arguments.what)
    definition = _read(path) if path.suffix or path.is_file() else None
    return try_source(arguments, context, database, definition)


def _read(path: Path) -> Definition:
    try:
        with path.open("rb") as file:
            return read_file(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise InvalidInput(f"The file {path} cannot be read: {error.strerror}.") from None


def _document(listed: Listed) -> dict[str, Any]:
    source = listed.source
    schema = source.params.model_json_schema() if source else {}
    declared = listed.declared
    return {
        "slug": listed.slug,
        "title": listed.title,
        "kind": listed.kind,
        "version": declared.version if declared else None,
        "expects": source.expects if source else None,
        "params": schema.get("properties", {}),
        "required": schema.get("required", []),
    }


def _describe(found: list[Listed], runnable: list[Source[Any]]) -> str:
    kinds = {one.slug: one.kind for one in found}
    rows = [
        (one.slug, one.title, kinds[one.slug], _range(one.expects), _required(one))
        for one in runnable
    ]
    headings = ("source", "title", "kind", "expects", "parameters")
    parts = [format_table(headings, rows)] if rows else ["No sources."]
    parts += [f"BROKEN {one.slug}: {one.problem}" for one in found if one.problem]
    return "\n".join(parts)


def _required(source: Source[Any]) -> str:
    fields = source.params.model_fields.items()
    return " ".join(name if info.is_required() else f"[{name}]" for name, info in fields)


def _range(expects: tuple[int, int] | None) -> str:
    return f"{expects[0]:,} to {expects[1]:,}" if expects else ""


def _default(info: Any) -> str:
    return "(required)" if info.is_required() else repr(info.get_default(call_default_factory=True))
