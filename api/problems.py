"""Errors as RFC 9457 problems: what every answer that is no success looks like."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

Responses = dict[int | str, dict[str, Any]]


class FieldProblem(BaseModel):
    """One thing that is wrong with a request: where, what, and what would do."""

    location: str = Field(examples=["body.email"])
    message: str = Field(examples=["The email address is not valid. It must have an @-sign."])
    hint: str = Field(examples=["Give an address such as name@example.com."])


class Problem(BaseModel):
    """Why a request was not carried out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no lead 7.",
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    duplicates: list[int] | None = Field(
        default=None, description="Ids of the leads that stand in the way."
    )


class ProblemResponse(Response):
    """A problem on the wire. Text that no encoding can carry is replaced, never a failure."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        duplicates: list[int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        problem = Problem(
            title=HTTPStatus(status).phrase,
            status=status,
            detail=detail,
            errors=errors,
            duplicates=duplicates,
        )
        content = json.dumps(problem.model_dump(exclude_none=True), ensure_ascii=False)
        super().__init__(content.encode("utf-8", "replace"), status, headers)


DESCRIPTIONS = {
    400: "The request cannot be understood.",
    401: "A key is needed, and this request bears none that is in force.",
    403: "The key's role does not allow this, or the request came from another site.",
    404: "There is no such thing.",
    409: "The state of things does not allow this.",
    413: "The body is larger than the engine accepts.",
    415: "The body has another content type than the ones listed.",
    422: "A value cannot be used; `errors` tells where, why, and what would do.",
    429: "Too many attempts; `Retry-After` tells when to try again.",
    500: "The engine failed. The log tells why, under the answer's `X-Request-ID`.",
    503: "The database is busy; `Retry-After` tells when to try again.",
    507: "The disk is full.",
}


def problems(*statuses: int) -> Responses:
    """Describe the problems that a route may answer with, for its documentation."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": DESCRIPTIONS[status], "content": content} for status in statuses
    }
