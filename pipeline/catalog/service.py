"""All sources by their slugs: those written in Python, and those declared as data."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.catalog.definitions import Definition, make_source
from pipeline.catalog.models import DeclaredSource
from pipeline.database.base import utc_now
from pipeline.database.dialects import serialize_writers
from pipeline.errors import Conflict, InvalidInput, SourceBroken, SourceNotFound
from pipeline.runs.models import Run
from pipeline.sources import Source, load_sources

PYTHON, SCRAPE = "python", "scrape"
RESERVED = frozenset({"file", "new", "trial"})
"""Slugs that mean something else in addresses."""

_KEPT = {"title", "homepage", "kind", "params", "expects"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as a list of all shows it.

    ``kind`` is ``python``, or the general source that reads it. One that cannot run has a
    ``problem`` and no ``source``; a module that cannot be loaded bears its own name as its slug.
    """

    slug: str
    title: str
    kind: str = PYTHON
    source: Source[Any] | None = None
    declared: DeclaredSource | None = None
    problem: str = ""


def require_source(db: Session, slug: str) -> Source[Any]:
    """Give a source, written in Python or declared.

    Raises:
        SourceNotFound: none bears this slug.
        SourceBroken: it is declared in a way that no longer works.
    """
    written = load_sources().sources
    if slug in written:
        return written[slug]
    declared = db.get(DeclaredSource, slug)
    if declared is None:
        known = ", ".join(sorted({*written, *db.scalars(select(DeclaredSource.slug))})) or "none"
        raise SourceNotFound(f"There is no source {slug!r}. Known: {known}.")
    try:
        return make_source(definition_of(declared))
    except InvalidInput as error:
        raise SourceBroken(f"The source {slug!r} has to be mended: {error}") from None


def find_sources(db: Session) -> list[Listed]:
    """Give all sources in the order of their slugs, those that cannot run among them."""
    register = load_sources()
    found = [Listed(one.slug, one.title, source=one) for one in register.sources.values()]
    found += [Listed(one.module, one.module, problem=one.reason) for one in register.broken]
    found += [_listed(one, register.sources) for one in db.scalars(select(DeclaredSource))]
    return sorted(found, key=lambda one: one.slug)


def require_listed(db: Session, slug: str) -> Listed:
    """Give a source as a list shows it, even one that cannot run.

    Raises:
        SourceNotFound: none bears this slug.
    """
    for one in find_sources(db):
        if one.slug == slug:
            return one
    raise SourceNotFound(f"There is no source {slug!r}.")


def find_last_runs(db: Session) -> dict[str, Run]:
    """Give the last scrape of each source, by its slug."""
    scrapes = select(func.max(Run.id)).where(Run.kind == SCRAPE).group_by(Run.source)
    return {run.source: run for run in db.scalars(select(Run).where(Run.id.in_(scrapes)))}


def require_declared(db: Session, slug: str) -> DeclaredSource:
    """Give a declared source.

    Raises:
        SourceNotFound: none bears this slug.
        Conflict: the source of this slug is written in Python.
    """
    declared = db.get(DeclaredSource, slug)
    if declared is not None:
        return declared
    if slug in load_sources().sources:
        raise Conflict(f"The source {slug!r} is written in Python; edit its file instead.")
    raise SourceNotFound(f"There is no declared source {slug!r}.")


def declare_source(db: Session, definition: Definition) -> DeclaredSource:
    """Keep a new source.

    Raises:
        InvalidInput: it could not run.
        Conflict: another source bears its slug.
    """
    make_source(definition)
    serialize_writers(db)
    taken = db.get(DeclaredSource, definition.slug) is not None
    if taken or definition.slug in RESERVED or definition.slug in load_sources().sources:
        raise Conflict(f"Another source bears the slug {definition.slug!r}.")
    declared = DeclaredSource(
        created_by=db.info.get("actor", "system"), **_columns(definition), slug=definition.slug
    )
    db.add(declared)
    db.flush()
    return declared


def change_source(
    db: Session, slug: str, definition: Definition, *, version: int | None = None
) -> DeclaredSource:
    """Declare a source anew; its next run is the first to know. Its slug stays.

    ``version`` is the one that was edited; none overwrites whichever there is.

    Raises:
        SourceNotFound: there is no such declared source.
        InvalidInput: it could not run, or would get another slug.
        Conflict: somebody else has changed it since, or it is written in Python.
    """
    if definition.slug != slug:
        raise InvalidInput("slug: it stays as it is, for runs and schedules bear it.")
    make_source(definition)
    serialize_writers(db)
    declared = require_declared(db, slug)
    _check_version(db, declared, version)
    for name, value in _columns(definition).items():
        setattr(declared, name, value)
    declared.version += 1
    declared.updated_at = utc_now()
    db.flush()
    return declared


def remove_source(db: Session, slug: str, *, version: int | None = None) -> None:
    """Forget a declared source; its runs and leads stay.

    Raises:
        SourceNotFound: there is no such declared source.
        Conflict: somebody else has changed it since, or it is written in Python.
    """
    serialize_writers(db)
    declared = require_declared(db, slug)
    _check_version(db, declared, version)
    db.delete(declared)
    db.flush()


def definition_of(declared: DeclaredSource) -> Definition:
    """Give what declares a source, as it was kept."""
    return Definition.model_construct(
        slug=declared.slug,
        title=declared.title,
        homepage=declared.homepage,
        kind=declared.kind,
        params=declared.params,
        expects=_pair(declared.expects),
    )


def _listed(declared: DeclaredSource, written: Any) -> Listed:
    slug, title, kind = declared.slug, declared.title, declared.kind
    if slug in written:
        problem = f"{written[slug].module} has a source of the same slug, which runs instead."
        return Listed(slug, title, kind, declared=declared, problem=problem)
    try:
        made = make_source(definition_of(declared))
    except InvalidInput as error:
        return Listed(slug, title, kind, declared=declared, problem=str(error))
    return Listed(slug, title, kind, made, declared)


def _check_version(db: Session, declared: DeclaredSource, version: int | None) -> None:
    db.refresh(declared)
    if version is not None and version != declared.version:
        raise Conflict(
            f"The source {declared.slug!r} has been changed meanwhile: it is at version "
            f"{declared.version}, not {version}."
        )


def _columns(definition: Definition) -> dict[str, Any]:
    return definition.model_dump(mode="json", include=_KEPT)


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None
