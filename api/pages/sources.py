"""Sources: all of them, an editor for those that are declared, and a live test of one."""

from typing import Annotated, Any

from fastapi import Depends, Form, Path, Query, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api.access import Caller, CallerNow, requires
from api.pages.rendering import UI, go_back, is_fragment, render
from api.pages.routing import READS, Id, new_router
from api.pages.source_form import (
    NO_VALUES,
    Values,
    definition_from,
    fields_of,
    read_fields,
    read_params,
    values_of,
)
from api.pages.source_view import TrialView, view_sources, view_trial
from api.pages.stories import Notice
from api.units import Db
from pipeline.access import Role
from pipeline.catalog.definitions import read_definition
from pipeline.catalog.service import (
    change_source,
    declare_source,
    definition_of,
    remove_source,
    require_declared,
)
from pipeline.catalog.source_files import read_file
from pipeline.crawl import request_scrape, request_trial
from pipeline.errors import Conflict, InvalidInput, SourceNotFound
from pipeline.operations.ledger import MAX_ID
from pipeline.sources import Source, load_sources

router = new_router()

HERE = f"{UI}/sources"
DEFAULT_KIND = "listing"
MANAGES = [requires(Role.ADMIN)]
Slug = Annotated[str, Path(max_length=40)]
Fields = Annotated[Values, Depends(read_fields)]


@router.get("/sources", dependencies=READS)
def show_sources(request: Request, caller: CallerNow, db: Db) -> Response:
    """List all sources with what they should bring and their last runs."""
    return _show_list(request, caller, db)


@router.get("/sources/new", dependencies=MANAGES)
def show_new(
    request: Request,
    caller: CallerNow,
    db: Db,
    kind: str = DEFAULT_KIND,
    trial: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """Show an empty editor, or one filled with what a trial was told."""
    values: Values = NO_VALUES
    if trial is not None:
        run = view_trial(db, trial).run
        kind = run.source
        told = _differing(_require_kind(kind), run.params)
        values = values_of(
            read_definition({"slug": "new", "title": "New", "kind": kind, "params": told})
        )
        values = {name: text for name, text in values.items() if name not in {"slug", "title"}}
    return _show_editor(request, caller, _require_kind(kind), values)


@router.post("/sources", dependencies=MANAGES)
def add_one(request: Request, caller: CallerNow, db: Db, values: Fields) -> Response:
    """Keep a new source, or say what is wrong with it."""
    kind = _require_kind(values.get("kind", ""))
    try:
        declare_source(db, definition_from(kind, values))
    except (InvalidInput, Conflict) as error:
        return _show_editor(request, caller, kind, values, problem=str(error))
    return go_back(HERE)


@router.post("/sources/import", dependencies=MANAGES)
def import_one(
    request: Request, caller: CallerNow, db: Db, file: Annotated[UploadFile, Form()]
) -> Response:
    """Declare a source by a file that another engine has exported."""
    try:
        declare_source(db, read_file(file.file.read()))
    except (InvalidInput, Conflict) as error:
        return _show_list(request, caller, db, problem=str(error))
    return go_back(HERE)


@router.post("/sources/trial", dependencies=MANAGES)
def try_one(request: Request, caller: CallerNow, db: Db, values: Fields) -> Response:
    """Read five pages as the editor says, and show what is found beneath it."""
    kind = _require_kind(values.get("kind", ""))
    try:
        run = request_trial(db, kind.slug, read_params(kind, values))
    except InvalidInput as error:
        return _show_editor(request, caller, kind, values, problem=str(error))
    return _show_editor(request, caller, kind, values, trial=view_trial(db, run.id))


@router.get("/sources/trial/{run_id}", dependencies=READS)
def show_trial(request: Request, caller: CallerNow, db: Db, run_id: Id) -> Response:
    """Show what a trial has found so far."""
    name = "parts/source_trial.html" if is_fragment(request) else "source_trial.html"
    return render(request, name, caller=caller, trial=view_trial(db, run_id))


@router.get("/sources/{slug}", dependencies=MANAGES)
def show_one(request: Request, caller: CallerNow, db: Db, slug: Slug) -> Response:
    """Show the editor of a declared source."""
    declared = require_declared(db, slug)
    values = {**values_of(definition_of(declared)), "version": str(declared.version)}
    return _show_editor(request, caller, _require_kind(declared.kind), values)


@router.post("/sources/{slug}", dependencies=MANAGES)
def change_one(request: Request, caller: CallerNow, db: Db, slug: Slug, values: Fields) -> Response:
    """Declare a source anew, or say what is wrong with it or who was faster."""
    kind = _require_kind(values.get("kind", ""))
    try:
        definition = definition_from(kind, {**values, "slug": slug})
        change_source(db, slug, definition, version=_version(values))
    except (InvalidInput, Conflict) as error:
        return _show_editor(request, caller, kind, {**values, "slug": slug}, problem=str(error))
    return go_back(HERE)


@router.post("/sources/{slug}/run", dependencies=MANAGES)
def run_one(db: Db, slug: Slug) -> Response:
    """Let a declared source run now, as it is declared."""
    return go_back(f"{UI}/runs/{request_scrape(db, slug, {}).id}")


@router.post("/sources/{slug}/delete", dependencies=MANAGES)
def delete_one(db: Db, slug: Slug) -> Response:
    """Forget a declared source; its runs and leads stay."""
    remove_source(db, slug)
    return go_back(HERE)


def _show_list(request: Request, caller: Caller, db: Session, *, problem: str = "") -> Response:
    return render(
        request,
        "sources.html",
        caller=caller,
        status=422 if problem else 200,
        sources=view_sources(db),
        notice=Notice(problem, kind="bad") if problem else None,
    )


def _show_editor(
    request: Request,
    caller: Caller,
    kind: Source[Any],
    values: Values,
    *,
    problem: str = "",
    trial: TrialView | None = None,
) -> Response:
    return render(
        request,
        "source.html",
        caller=caller,
        status=422 if problem else 200,
        notice=Notice(problem, kind="bad") if problem else None,
        kind=kind,
        kinds=list(load_sources().sources.values()),
        values=values,
        fields=fields_of(kind, values),
        trial=trial,
    )


def _require_kind(slug: str) -> Source[Any]:
    sources = load_sources().sources
    if slug not in sources:
        raise SourceNotFound(f"There is no kind of source {slug!r}.")
    return sources[slug]


def _differing(kind: Source[Any], params: dict[str, Any]) -> dict[str, Any]:
    """Give what a trial was told beyond the defaults, without the few pages that it read."""
    fields = kind.params.model_fields.items()
    return {
        name: params[name]
        for name, info in fields
        if name in params
        and name != "max_pages"
        and (info.is_required() or params[name] != info.get_default(call_default_factory=True))
    }


def _version(values: Values) -> int:
    text = values.get("version", "")
    if not (text.isascii() and text.isdecimal()):
        raise InvalidInput("version: the form does not say which version was edited.")
    return int(text)
