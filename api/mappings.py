"""Saved mappings: which column of a file is which field, kept for the next file like it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.access import requires
from api.errors import refused_as_conflict
from api.json_bodies import StrictRoute
from api.paging import Before, Limit, next_link
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.leads.schemas import Plain
from pipeline.mappings.models import MAX_NAME, SavedMapping
from pipeline.mappings.service import (
    MAX_COLUMNS,
    add_mapping,
    change_mapping,
    find_mappings,
    remove_mapping,
    require_mapping,
)
from pipeline.operations.ledger import MAX_ID
from pipeline.readers.headers import MAX_LENGTH
from pipeline.readers.mapping import WORDS, kind_word

router = APIRouter(prefix="/api/mappings", tags=["mappings"], route_class=StrictRoute)

MappingId = Annotated[int, Path(ge=1, le=MAX_ID, description="The mapping's id.", examples=[1])]
Kind = Literal[WORDS]  # type: ignore[valid-type]
Name = Annotated[Plain, Field(min_length=1, max_length=MAX_NAME, examples=["Fair 2026"])]

_COLUMNS: list[JsonValue] = [
    {"name": "Full name", "kind": "name"},
    {"name": "Mail", "kind": "email"},
]


class ColumnKind(BaseModel):
    """One column and what it holds: a field, `contact`, `custom`, or `ignore`."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Plain, Field(max_length=MAX_LENGTH)]
    kind: Kind


class MappingRequest(BaseModel):
    """A mapping to save: all columns of a file, in its order."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Fair 2026", "columns": _COLUMNS}]},
    )

    name: Name
    columns: Annotated[list[ColumnKind], Field(min_length=1, max_length=MAX_COLUMNS)]


class MappingChange(BaseModel):
    """What to change: the name, or the kinds of some columns."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Fair 2027", "columns": {"Mail": "contact"}}]},
    )

    name: Name | None = None
    columns: Mapping[str, Kind] = {}


class MappingOut(BaseModel):
    """A saved mapping; one without a name was remembered from the file `file_name`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "name": "Fair 2026",
                    "file_name": None,
                    "columns": _COLUMNS,
                    "created_at": "2026-01-31T09:30:00Z",
                    "used_at": "2026-01-31T09:30:00Z",
                }
            ]
        },
    )

    id: int
    name: str | None
    file_name: str | None
    columns: list[ColumnKind]
    created_at: datetime
    used_at: datetime

    @classmethod
    def of(cls, saved: SavedMapping) -> Self:
        """Show a saved mapping."""
        columns = [
            ColumnKind(name=name, kind=kind_word(kind))
            for name, kind in zip(saved.header, saved.kinds, strict=True)
        ]
        return cls(
            id=saved.id,
            name=saved.name,
            file_name=saved.file_name,
            columns=columns,
            created_at=saved.created_at,
            used_at=saved.used_at,
        )


@router.get(
    "", summary="List saved mappings", dependencies=[requires(Role.VIEWER)], responses=problems(422)
)
def find_all(
    db: Db, response: Response, before: Before = None, limit: Limit = 50
) -> list[MappingOut]:
    """Give saved mappings, the newest first."""
    found = find_mappings(db, before_id=before, limit=limit + 1)
    next_link(response, "/api/mappings", found, limit)
    return [MappingOut.of(one) for one in found[:limit]]


@router.post(
    "",
    status_code=201,
    summary="Save a mapping",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(409, 413, 415, 422),
)
def add_one(wanted: MappingRequest, db: Db) -> MappingOut:
    """Save what each column of a file holds. Files with the same header are read by it from now on.

    An import may also name it: `POST /api/imports?mapping=Fair 2026`.
    """
    with refused_as_conflict():
        pairs = [(column.name, column.kind) for column in wanted.columns]
        return MappingOut.of(add_mapping(db, wanted.name, pairs))


@router.get(
    "/{mapping_id}",
    summary="Get a saved mapping",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_one(mapping_id: MappingId, db: Db) -> MappingOut:
    """Give one saved mapping."""
    return MappingOut.of(require_mapping(db, mapping_id))


@router.patch(
    "/{mapping_id}",
    summary="Change a saved mapping",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def change_one(mapping_id: MappingId, wanted: MappingChange, db: Db) -> MappingOut:
    """Rename a mapping, or let some of its columns be something else from now on."""
    saved = require_mapping(db, mapping_id)
    with refused_as_conflict():
        change_mapping(db, saved, name=wanted.name, columns=wanted.columns)
    return MappingOut.of(saved)


@router.delete(
    "/{mapping_id}",
    status_code=204,
    summary="Forget a saved mapping",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 422),
)
def delete_one(mapping_id: MappingId, db: Db) -> Response:
    """Forget a mapping. Columns of files like it are guessed again; leads are not touched."""
    remove_mapping(db, require_mapping(db, mapping_id))
    return Response(status_code=204)
