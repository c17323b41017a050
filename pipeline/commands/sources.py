"""List the sources that can be scraped, and those that cannot be loaded."""

from argparse import ArgumentParser, Namespace
from typing import Any

from pipeline.commands.context import Context, add_json_argument
from pipeline.commands.tables import format_table
from pipeline.sources import Register, Source, load_sources


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the form of the answer."""
    add_json_argument(parser)


def run(_: Namespace, context: Context) -> int:
    """Answer with all sources; 1 if any is broken."""
    register = load_sources()
    document = {
        "sources": [_document(source) for source in register.sources.values()],
        "broken": [{"module": one.module, "reason": one.reason} for one in register.broken],
    }
    context.answer(document, lambda: _describe(register))
    return 1 if register.broken else 0


def _document(source: Source[Any]) -> dict[str, Any]:
    schema = source.params.model_json_schema()
    return {
        "slug": source.slug,
        "title": source.title,
        "params": schema["properties"],
        "required": schema.get("required", []),
    }


def _describe(register: Register) -> str:
    rows = [(source.slug, source.title, _params(source)) for source in register.sources.values()]
    parts = [format_table(("source", "title", "parameters"), rows)] if rows else ["No sources."]
    parts += [f"BROKEN {one.module}: {one.reason}" for one in register.broken]
    return "\n".join(parts)


def _params(source: Source[Any]) -> str:
    return " ".join(
        name if info.is_required() else f"[{name}]"
        for name, info in source.params.model_fields.items()
    )
