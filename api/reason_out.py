"""Why rows are rejected or doubted, as the API shows it: causes, values, and the fixes offered."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from pipeline.plans.reasons import IssueGroup, IssueValue
from pipeline.records import Severity

EXAMPLE: dict[str, JsonValue] = {
    "code": "unverified_phone",
    "field": "phone",
    "severity": "warning",
    "rows": 41,
    "rejected": 0,
    "distinct": 40,
    "expected": "a number that begins with + and a country code",
    "values": [
        {
            "value": "030 1234567",
            "rows": 2,
            "expected": "a number that begins with + and a country code",
            "fix": {"kind": "country", "replacement": "+49301234567", "choices": []},
        }
    ],
    "regions": [{"region": "DE", "values": 38}],
}


class OfferOut(BaseModel):
    """A fix that is offered. Where `replacement` is blank, one of `choices` is to be chosen."""

    kind: str = Field(description="`trim`, `split`, `country`, `word` or `typo`.")
    replacement: str
    choices: list[str] = []


class ValueOut(BaseModel):
    """A value that could not be used, in how many rows, and the fix offered for all of them."""

    value: str
    rows: int
    expected: str
    fix: OfferOut | None

    @classmethod
    def of(cls, one: IssueValue) -> Self:
        """Show one value."""
        offer = one.offer
        shown = None
        if offer:
            choices = list(offer.choices)
            shown = OfferOut(kind=offer.kind, replacement=offer.replacement, choices=choices)
        return cls(value=one.value, rows=one.rows, expected=one.expected, fix=shown)


class RegionOut(BaseModel):
    """A country in which phones of the file are valid, and how many of the values looked at."""

    region: str
    values: int


class ReasonOut(BaseModel):
    """Why rows are rejected, or doubted: one cause with its most frequent values."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: str
    field: str
    severity: Severity
    rows: int
    rejected: int = Field(description="How many of these rows become no lead.")
    distinct: int = Field(description="How many values there are, those not listed included.")
    expected: str
    values: list[ValueOut]
    regions: list[RegionOut]

    @classmethod
    def of(cls, group: IssueGroup) -> Self:
        """Show one group."""
        return cls(
            **{
                name: getattr(group, name)
                for name in ("code", "field", "rows", "rejected", "distinct", "expected")
            },
            severity=Severity(group.severity),
            values=[ValueOut.of(one) for one in group.values],
            regions=[RegionOut(region=region, values=count) for region, count in group.regions],
        )
