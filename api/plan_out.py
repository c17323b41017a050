"""A plan as the API shows it: how the file was read, what would happen, why not, and what to do."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from api import reason_out
from pipeline.plans.reasons import IssueGroup
from pipeline.readers.mapping import Column
from pipeline.records import Outcome
from pipeline.rules import OVERWRITE, RULE_FIELDS
from pipeline.runs.models import Run

HASH = "2ff2a0a2ee6d3b1dcd2c37ba41a4e8ea9d6b1bd0cf0e3a2b6d1f7ffc3d9e4b18"
_READING = (
    *("encoding", "encoding_guessed", "encodings", "undecodable", "format", "container"),
    *("member", "members", "sheet", "sheets"),
)
_DIALECT = ("delimiter", "quotechar", "header_row")


class ColumnOut(BaseModel):
    """A column of the file: what it is taken for, how surely (0 to 1), and some of its values."""

    name: str
    kind: str
    confidence: float
    samples: list[str]


class FixOut(BaseModel):
    """What is read in the place of a value, wherever it stands in the columns of its field."""

    field: str
    value: str
    replacement: str


_COLUMN: dict[str, Any] = {
    "name": "Telefon",
    "kind": "phone",
    "confidence": 1.0,
    "samples": ["030 1234567"],
}
_EXAMPLE: dict[str, Any] = {
    "id": 3,
    "state": "finished",
    "hash": HASH,
    "applied_by": [],
    "counts": dict.fromkeys(map(str, Outcome), 0) | {"created": 950, "updated": 50},
    "rows_total": 1_000,
    "source": "Trade fair",
    "region": "US",
    "rules": dict.fromkeys(RULE_FIELDS, OVERWRITE) | {"phone": "never"},
    "fixes": [{"field": "email", "value": "ann@gmial.com", "replacement": "ann@gmail.com"}],
    "reading": {
        "encoding": "cp1252",
        "encoding_guessed": True,
        "delimiter": ";",
        "quotechar": '"',
        "header_row": 0,
    },
    "columns": [_COLUMN],
    "reasons": [reason_out.EXAMPLE],
}


class PlanOut(BaseModel):
    """What an import would do. `POST /api/imports/{id}/apply` with its `hash` does exactly that."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: int
    state: str
    hash: str | None = Field(description="Stands for what becomes of each row; null until then.")
    applied_by: list[int] = Field(description="The imports that did as planned here.")
    counts: dict[Outcome, int]
    rows_total: int | None
    source: str
    region: str
    rules: dict[str, str] = Field(description="Per field: `overwrite`, `fill` or `never`.")
    fixes: list[FixOut]
    reading: dict[str, Any] = Field(description="How the file was read, what was guessed of it.")
    columns: list[ColumnOut]
    reasons: list[reason_out.ReasonOut] = Field(
        description="Once finished: why rows are rejected or doubted."
    )

    @classmethod
    def of(
        cls,
        run: Run,
        *,
        plan_hash: str | None,
        applied_by: list[int],
        columns: list[Column],
        reasons: list[IssueGroup],
    ) -> Self:
        """Show a plan."""
        params = run.params
        return cls(
            id=run.id,
            state=run.state,
            hash=plan_hash,
            applied_by=applied_by,
            counts={outcome: getattr(run, outcome.value) for outcome in Outcome},
            rows_total=run.rows_total,
            source=params["source"],
            region=params["region"],
            rules=dict.fromkeys(RULE_FIELDS, OVERWRITE) | params.get("rules", {}),
            fixes=[
                FixOut(field=field, value=value, replacement=replacement)
                for field, value, replacement in params.get("fixes", ())
            ],
            reading=read_reading(run),
            columns=[
                ColumnOut(
                    name=one.name,
                    kind=one.kind,
                    confidence=one.confidence,
                    samples=list(one.samples),
                )
                for one in columns
            ],
            reasons=[reason_out.ReasonOut.of(group) for group in reasons],
        )


def read_reading(run: Run) -> dict[str, Any]:
    """Give how a run's file was read, as plain values; nothing until it was looked at."""
    params = run.params
    if "dialect" not in params:
        return {}
    dialect = {name: params["dialect"].get(name) for name in _DIALECT}
    return {name: params.get(name) for name in _READING} | dialect
