"""What a plan would do with one row, as the API shows it."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from pipeline.plans.service import PlannedRow
from pipeline.records import Outcome, Severity


class FieldChangeOut(BaseModel):
    """One field of a lead, before and after. Custom fields are named `custom.NAME`."""

    model_config = ConfigDict(from_attributes=True)

    field: str
    before: Any
    after: Any


class PlannedIssueOut(BaseModel):
    """What is wrong with a planned row."""

    model_config = ConfigDict(from_attributes=True)

    severity: Severity
    code: str
    field: str
    value: str
    expected: str


class PlannedRowOut(BaseModel):
    """What a plan would do with one row."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "row": 2,
                    "outcome": "updated",
                    "lead_id": 7,
                    "joins_row": None,
                    "changes": [{"field": "title", "before": None, "after": "Buyer"}],
                    "issues": [],
                }
            ]
        }
    )

    row: int
    outcome: Outcome
    lead_id: int | None = Field(description="The known lead it belongs to.")
    joins_row: int | None = Field(description="The earlier row whose new lead it belongs to.")
    changes: list[FieldChangeOut]
    issues: list[PlannedIssueOut]

    @classmethod
    def of(cls, row: PlannedRow) -> Self:
        """Show one row."""
        known = row.lead_id if row.lead_id is not None and row.lead_id > 0 else None
        earlier = -row.lead_id if row.lead_id is not None and row.lead_id < 0 else None
        return cls(
            row=row.row,
            outcome=Outcome(row.outcome),
            lead_id=known,
            joins_row=earlier if earlier != row.row else None,
            changes=[FieldChangeOut.model_validate(change) for change in row.changes],
            issues=[PlannedIssueOut.model_validate(issue) for issue in row.issues],
        )
