"""A live test of a source on the command line: some pages, and the values found on each."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from pipeline.catalog.definitions import Definition, make_source
from pipeline.catalog.service import require_source
from pipeline.catalog.showing import columns_of, filled, values_of, wanted_fields
from pipeline.commands.context import ACTOR, Context
from pipeline.commands.follow import follow_run
from pipeline.commands.params import read_params
from pipeline.commands.tables import format_table
from pipeline.crawl import request_trial
from pipeline.crawl.trial import TriedPage, read_trial
from pipeline.database.engine import Database
from pipeline.runs.models import Run

_MISSING = "–"
_MAX_CELL = 40
_MAX_SHOWN = 30


def try_source(
    arguments: Namespace, context: Context, database: Database, definition: Definition | None
) -> int:
    """Try a source, declared in a file or known by its slug; 1 if nothing was found.

    Raises:
        SourceNotFound: no source bears the slug.
        InvalidInput: the source cannot do with what it is told.
    """

    def request(db: Session) -> tuple[int, dict[str, Any]]:
        slug = definition.kind if definition else arguments.what
        source = make_source(definition) if definition else require_source(db, slug)
        given = read_params(source, arguments.url, arguments.param)
        params = {**(definition.params if definition else {}), **given}
        run = request_trial(db, slug, params, pages=max(arguments.pages, 1))
        return run.id, run.params

    run_id, params = database.transact(request, actor=ACTOR)
    ended = follow_run(database, context.settings, run_id)
    with database.read() as db:
        pages = read_trial(db, run_id)
    context.answer(_document(ended, pages), lambda: _describe(ended, pages, params))
    return 0 if any(page.records for page in pages) else 1


def _document(run: Run, pages: Sequence[TriedPage]) -> dict[str, Any]:
    return {
        "run": run.id,
        "state": run.state,
        "pages": [
            {
                "url": page.url,
                "state": page.state,
                "error": page.error,
                "records": [values_of(record) for record in page.records],
            }
            for page in pages
        ],
    }


def _describe(run: Run, pages: Sequence[TriedPage], params: dict[str, Any]) -> str:
    records = [record for page in pages for record in page.records]
    columns = columns_of(records, wanted_fields(params))
    counts = filled(records, columns)
    rows = [(page.url, page.error or page.state, str(len(page.records))) for page in pages]
    parts = [format_table(("page", "state", "records"), rows)] if rows else []
    if records:
        shown = [values_of(record) for record in records[:_MAX_SHOWN]]
        cells = [[_cell(row.get(name, "")) for name in columns] for row in shown]
        parts.append(format_table(columns, cells))
        fills = [(name, f"{count} of {len(records)}") for name, count in counts.items()]
        parts.append(format_table(("field", "found in"), fills))
    else:
        parts.append(run.error or "Nothing was found.")
    return "\n\n".join(parts)


def _cell(text: str) -> str:
    if not text:
        return _MISSING
    return text if len(text) <= _MAX_CELL else f"{text[: _MAX_CELL - 1]}…"
