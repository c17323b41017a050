"""The values that travel along the straight way: raw and clean records, issues, outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

EMPTY: Mapping[str, str] = MappingProxyType({})

FIELDS = (
    "name",
    "given_name",
    "surname",
    "email",
    "phone",
    "company",
    "title",
    "website",
    "address",
    "city",
    "postcode",
    "region",
    "country",
    "birth_date",
    "id_number",
    "source",
    "status",
    "notes",
)
"""The names a reader or scraper may give to a published value. All else is a custom field."""

TEXT_FIELDS = ("company", "title", "website")
"""The fields of a lead that hold one plain text, or none, and take part in no matching."""

KEPT_AS_CUSTOM = (
    *("address", "city", "postcode", "region", "country"),
    *("birth_date", "id_number", "notes"),
)
"""The fields that a lead has no column of its own for; they are the first of its custom ones."""

MAX_VALUE = 10_000
"""The most characters that a lead's own fields may have."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record exactly as published; nothing here is cleaned.

    ``fields`` holds the single values by names of :data:`FIELDS`, ``emails`` and ``phones`` all
    values of these two in the order published, ``custom`` what no field claims, ``raw`` the
    source's own columns, kept for ever as provenance. ``row`` is the record's number in its file
    (the first record after the header is 1) or in its page; ``url`` the page it stood on.
    """

    fields: Mapping[str, str]
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    custom: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    raw: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    row: int = 0
    url: str | None = None
    issues: tuple["Issue", ...] = ()


class Severity(StrEnum):
    """Whether an issue kept its record from becoming a lead."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a record: a stable code, where, the value, and what was expected."""

    code: str
    field: str
    value: str
    expected: str
    severity: Severity = Severity.ERROR


class Outcome(StrEnum):
    """What became of one record. ``read`` is the sum of all six."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SUPPRESSED = "suppressed"
    REJECTED = "rejected"


@dataclass(slots=True)
class CleanRecord:
    """A normalized record that may become, or join, a lead.

    ``is_company`` tells that no person is named, so that the record bears its company's name.
    """

    row: int
    name: str = ""
    is_company: bool = False
    email: str | None = None
    phone: str | None = None
    phone_verified: bool = False
    company: str | None = None
    title: str | None = None
    website: str | None = None
    source: str = ""
    status: str | None = None
    other_emails: list[str] = field(default_factory=list)
    other_phones: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    raw: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    url: str | None = None

    @property
    def rejected(self) -> bool:
        """Whether an issue keeps this record from becoming a lead."""
        # Most records have none, and this is asked of each of them several times.
        return bool(self.issues) and any(issue.severity is Severity.ERROR for issue in self.issues)
