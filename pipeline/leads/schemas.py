"""What travels in and out of the leads endpoints."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.errors import BadEmail
from pipeline.normalize.emails import normalize_email
from pipeline.normalize.text import normalize_text

Status = Literal["new", "contacted", "qualified", "disqualified"]

MAX_TEXT = 500
NO_NUL = r"^[^\u0000]*$"
VISIBLE = (
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb]"
)


def _require_plain(text: str) -> str:
    # Neither database stores all of these, so both refuse all of them.
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must not contain NUL or unpaired surrogates")
    return normalize_text(text)


def _require_email(text: str) -> str:
    try:
        return normalize_email(text)
    except BadEmail as error:
        raise ValueError(str(error)) from None


def _require_filled(text: str) -> str:
    if not text:
        raise ValueError("must not be blank")
    return text


RESERVED = r"\.([Aa][Rr][Pp][Aa]|test|invalid|local|localhost|onion)$"
"""What the schema says of domains that email-validator refuses, since no mail reaches them."""

Plain = Annotated[
    str,
    Field(max_length=MAX_TEXT, json_schema_extra={"pattern": NO_NUL}),
    AfterValidator(_require_plain),
]
Filled = Annotated[
    Plain,
    Field(json_schema_extra={"pattern": rf"^[^\u0000]*{VISIBLE}[^\u0000]*$"}),
    AfterValidator(_require_filled),
]
Email = Annotated[
    str,
    Field(max_length=320, json_schema_extra={"format": "email", "not": {"pattern": RESERVED}}),
    AfterValidator(_require_plain),
    AfterValidator(_require_email),
]


class LeadCreate(BaseModel):
    """A lead as entered by hand or by a script."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "name": "John Doe",
                    "email": "john@example.com",
                    "phone": "+1-555-0100",
                    "source": "LinkedIn",
                    "status": "new",
                }
            ]
        },
    )

    name: Filled
    email: Email
    phone: Plain | None = None
    source: Filled
    status: Status = "new"


class LeadOut(BaseModel):
    """A lead as the spec's endpoints show it: eight fields, no more."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "name": "John Doe",
                    "email": "john@example.com",
                    "phone": "+1-555-0100",
                    "status": "new",
                    "source": "LinkedIn",
                    "created_at": "2026-01-31T09:30:00Z",
                    "updated_at": "2026-01-31T09:30:00Z",
                }
            ]
        },
    )

    id: int
    name: str
    email: str | None
    phone: str | None
    status: Status
    source: str
    created_at: datetime
    updated_at: datetime


class LeadStatusUpdate(BaseModel):
    """The status a lead shall have."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "qualified"}]})

    status: Status
