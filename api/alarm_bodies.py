"""Alarms and the health of sources as the API shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from pipeline.watching.alarms import tell_alarm
from pipeline.watching.evidence import Evidence, PageView
from pipeline.watching.health import SourceHealth
from pipeline.watching.models import Alarm

_ALARM: dict[str, JsonValue] = {
    "id": 1,
    "run_id": 9,
    "source": "harbour_firms",
    "field": "phone",
    "value": 0.31,
    "low": 0.78,
    "high": 0.97,
    "message": "31 % of the records have phone; usual are 78 % to 97 %.",
    "state": "open",
    "decided_by": None,
    "decided_at": None,
    "created_at": "2026-02-02T05:31:12Z",
}
_BEFORE: dict[str, JsonValue] = {
    "page_id": 81,
    "run_id": 8,
    "url": "https://harbour.example/firms/1",
    "fetched_at": "2026-02-01T05:30:40Z",
    "found": 1,
    "values": ["+41 44 668 18 00"],
    "records": [{"name": "Kim Lee", "phone": "+41 44 668 18 00"}],
    "excerpt": "<span class=tel>+41 44 668 18 00</span>",
}


class AlarmOut(BaseModel):
    """What of a run lies outside its limits. ``field`` is empty for the number of records."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_ALARM]})

    id: int
    run_id: int
    source: str
    field: str
    value: float = Field(
        description="The field's fill rate, from 0 to 1, or the number of records."
    )
    low: float = Field(description="The least that would be usual.")
    high: float = Field(description="The most that would be usual.")
    message: str = Field(description="The same in words.")
    state: str = Field(description="`open`, `accepted` or `discarded`.")
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, alarm: Alarm) -> Self:
        """Show an alarm as it stands now."""
        values = {name: getattr(alarm, name) for name in cls.model_fields if name != "message"}
        return cls(**values, message=tell_alarm(alarm))


class PageOut(BaseModel):
    """A kept page, and what is read in it today."""

    model_config = ConfigDict(from_attributes=True)

    page_id: int
    run_id: int
    url: str
    fetched_at: datetime | None
    found: int = Field(description="How many records it shows.")
    values: list[str] = Field(description="The field's values.")
    records: list[dict[str, str]] = Field(description="Its first records.")
    excerpt: str = Field(description="A piece of its source: text of a stranger, never markup.")

    @classmethod
    def of(cls, page: PageView | None) -> Self | None:
        """Show a page, if there is one."""
        return cls.model_validate(page) if page else None


class AlarmDetail(AlarmOut):
    """An alarm with a page before and after."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_ALARM,
                    "before": _BEFORE,
                    "after": {**_BEFORE, "run_id": 9, "page_id": 95, "values": []},
                    "is_told": True,
                }
            ]
        }
    )

    before: PageOut | None = Field(description="A page of an earlier run; null if none is kept.")
    after: PageOut | None = Field(description="Its like in the run; null if none is kept.")
    is_told: bool = Field(description="Whether the two pages show the change.")

    @classmethod
    def with_evidence(cls, alarm: Alarm, evidence: Evidence) -> Self:
        """Show an alarm with what it means."""
        return cls(
            **AlarmOut.of(alarm).model_dump(),
            before=PageOut.of(evidence.before),
            after=PageOut.of(evidence.after),
            is_told=evidence.is_told,
        )


class HealthOut(BaseModel):
    """How a source is, and what its newest runs found, the oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "slug": "harbour_firms",
                    "title": "Firms of the harbour",
                    "state": "quarantined",
                    "reason": "Run 9 waits for a decision.",
                    "last_run_id": 9,
                    "last_run_at": "2026-02-02T05:30:00Z",
                    "records": [198, 201, 200],
                    "rates": {"phone": [0.9, 0.91, 0.9]},
                    "due_at": "2026-02-03T05:30:00Z",
                    "open_alarms": 1,
                    "requests_checked": 240,
                    "impolite_requests": 0,
                }
            ]
        }
    )

    slug: str
    title: str
    state: str = Field(description="`quarantined`, `failing`, `silent`, `healthy` or `untried`.")
    reason: str
    last_run_id: int | None
    last_run_at: datetime | None
    records: list[int] = Field(description="How many records each run found.")
    rates: dict[str, list[float | None]] = Field(
        description="Which share of them had a field; null where a run found none."
    )
    due_at: datetime | None = Field(description="When it runs next by itself.")
    open_alarms: int
    requests_checked: int = Field(description="Of its newest requests, how many were checked.")
    impolite_requests: int = Field(description="How many of them broke the rules of politeness.")

    @classmethod
    def of(cls, health: SourceHealth) -> Self:
        """Show a source's health."""
        run, compliance = health.last_run, health.compliance
        return cls(
            slug=health.slug,
            title=health.title,
            state=health.state,
            reason=health.reason,
            last_run_id=run.id if run else None,
            last_run_at=run.requested_at if run else None,
            records=list(health.records),
            rates={name: list(rates) for name, rates in health.rates.items()},
            due_at=health.due_at,
            open_alarms=health.open_alarms,
            requests_checked=compliance.requests if compliance else 0,
            impolite_requests=len(compliance.violations) if compliance else 0,
        )
