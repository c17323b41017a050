"""A run as the API shows it: its state, what became of its records, how fast and how long still."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from pipeline.runs.models import Run
from pipeline.runs.pace import eta_seconds, rows_per_second
from pipeline.runs.service import is_balanced

_EXAMPLE: dict[str, JsonValue] = {
    "id": 3,
    "kind": "import",
    "source": "file",
    "state": "running",
    "file_name": "trade-fair.csv",
    "bytes": 41_200_000,
    "sha256": "5559b3e7f45d531253e3e9ae235b8cb7fa4acbd74f18a2cb36327262b76627ac",
    "rows_total": 500_000,
    "read": 120_000,
    "created": 110_000,
    "updated": 4_000,
    "unchanged": 1_000,
    "duplicate": 4_500,
    "suppressed": 20,
    "rejected": 480,
    "removed": 0,
    "restored": 0,
    "recreated": 0,
    "kept": 0,
    "resolved": 80_000,
    "merged": 1_200,
    "to_review": 45,
    "balanced": True,
    "pages": 0,
    "pages_failed": 0,
    "rows_per_second": 24_000.0,
    "eta_seconds": 15.8,
    "operation_id": 9,
    "plan": False,
    "plan_id": 2,
    "replays": None,
    "params": {"source": "Trade fair", "region": "CH"},
    "requested_by": "key:3",
    "error": None,
    "requested_at": "2026-01-31T09:30:00Z",
    "started_at": "2026-01-31T09:30:01Z",
    "finished_at": None,
}


class RunOut(BaseModel):
    """One execution of one source. ``read`` is the sum of the six outcomes.

    An undo is a run as well: its records are leads, and ``read`` is the sum of the four counts
    from ``removed`` to ``kept``.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: int
    kind: str = Field(description="`import`, `scrape`, `trial`, `undo` or `resolve`.")
    source: str
    state: str = Field(
        description="`requested`, `running`, `paused`, `quarantined`, `finished`, `failed`, "
        "`cancelled`, or, never to be seen, `inconsistent`."
    )
    file_name: str | None
    bytes: int | None
    sha256: str | None
    rows_total: int | None = Field(description="Rows in the file; null until they are counted.")
    read: int
    created: int
    updated: int
    unchanged: int
    duplicate: int
    suppressed: int
    rejected: int
    removed: int = Field(description="Of an undo: leads that it had created.")
    restored: int = Field(description="Of an undo: leads that have their values back.")
    recreated: int = Field(description="Of an undo: leads that had been deleted.")
    kept: int = Field(description="Of an undo: leads that somebody has changed since.")
    resolved: int = Field(description="Leads that were matched against all others.")
    merged: int = Field(description="Of these, leads that were merged into another one.")
    to_review: int = Field(description="Pairs that may be one lead and wait for a person.")
    balanced: bool = Field(description="Whether `read` equals the sum of the counts.")
    pages: int
    pages_failed: int
    rows_per_second: float | None = Field(description="The mean since it began, pauses left out.")
    eta_seconds: float | None = Field(description="How long it will take at this pace.")
    operation_id: int = Field(description="The operation that undoes all of it.")
    plan: bool = Field(description="Whether it only tells what an import would do.")
    plan_id: int | None = Field(description="The plan that this import does as planned.")
    replays: int | None = Field(description="The scrape whose kept pages this one reads.")
    params: dict[str, Any]
    requested_by: str
    error: str | None
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, run: Run) -> Self:
        """Show a run as it stands now."""
        derived = {"balanced", "rows_per_second", "eta_seconds", "plan", "plan_id"}
        values = {name: getattr(run, name) for name in cls.model_fields if name not in derived}
        return cls(
            **values,
            plan=bool(run.params.get("plan")),
            plan_id=run.params.get("planned_by"),
            balanced=is_balanced(run),
            rows_per_second=rows_per_second(run),
            eta_seconds=eta_seconds(run),
        )
