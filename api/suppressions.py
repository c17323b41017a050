"""Who must not be created or contacted; kept as digests, never named in an address."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.json_bodies import StrictRoute
from api.paging import Before, Limit, next_link
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.database.dialects import serialize_writers
from pipeline.leads.schemas import RESERVED, Email, Plain
from pipeline.operations.ledger import MAX_ID
from pipeline.suppressions import add_suppression, find_suppressions, remove_suppression

router = APIRouter(prefix="/api/suppressions", tags=["suppressions"], route_class=StrictRoute)

SuppressionId = Annotated[
    int, Path(ge=1, le=MAX_ID, description="The suppression's id.", examples=[1])
]


class EmailSuppression(BaseModel):
    """Suppress whoever bears an e-mail address, however it is spelled."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "email", "value": "ann@example.com", "reason": "asked us to"}]
        }
    )

    kind: Literal["email"]
    value: Email
    reason: Plain = ""


class PhoneSuppression(BaseModel):
    """Suppress whoever bears a phone number."""

    kind: Literal["phone"]
    value: Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+41446681800"])]
    reason: Plain = ""


class DomainSuppression(BaseModel):
    """Suppress whoever bears an e-mail address of a domain."""

    kind: Literal["domain"]
    value: Annotated[
        str,
        Field(
            max_length=253,
            json_schema_extra={"format": "hostname", "not": {"pattern": RESERVED}},
            examples=["example.com"],
        ),
    ]
    reason: Plain = ""


SuppressionRequest = Annotated[
    EmailSuppression | PhoneSuppression | DomainSuppression, Field(discriminator="kind")
]


class SuppressionOut(BaseModel):
    """One suppression; the value itself is not kept."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "kind": "email",
                    "reason": "asked us to",
                    "created_at": "2026-01-31T09:30:00Z",
                }
            ]
        },
    )

    id: int
    kind: str
    reason: str
    created_at: datetime


@router.get(
    "", summary="List suppressions", dependencies=[requires(Role.VIEWER)], responses=problems(422)
)
def find_all(
    db: Db, response: Response, before: Before = None, limit: Limit = 50
) -> list[SuppressionOut]:
    """Give suppressions, the newest first."""
    found = find_suppressions(db, before_id=before, limit=limit + 1)
    next_link(response, "/api/suppressions", found, limit)
    return [SuppressionOut.model_validate(one) for one in found[:limit]]


@router.post(
    "",
    status_code=201,
    summary="Suppress somebody",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(413, 415, 422),
)
def add_one(wanted: SuppressionRequest, db: Db) -> SuppressionOut:
    """Let no import or scrape create or renew whoever bears this. Again is the same as once.

    Only a digest of the value is kept.
    """
    serialize_writers(db)
    added = add_suppression(db, wanted.kind, wanted.value, reason=wanted.reason)
    return SuppressionOut.model_validate(added)


@router.delete(
    "/{suppression_id}",
    status_code=204,
    summary="Lift a suppression",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 422),
)
def delete_one(suppression_id: SuppressionId, db: Db) -> Response:
    """Let whoever bears this be created again."""
    remove_suppression(db, suppression_id)
    return Response(status_code=204)
