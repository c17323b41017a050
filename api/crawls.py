"""Crawls: what they did out there, the proof that they were polite, and reading them once more."""

from typing import Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.errors import refused_as_conflict
from api.paging import RunId
from api.problems import problems
from api.run_out import RunOut
from api.units import Db
from pipeline.access import Role
from pipeline.compliance import Violation
from pipeline.crawl import request_replay
from pipeline.crawl.report import CrawlReport, report_crawl
from pipeline.runs.service import require_run

router = APIRouter(prefix="/api/runs", tags=["runs"])


class CrawlErrorOut(BaseModel):
    """How many pages of a host brought nothing, for one reason."""

    host: str = Field(examples=["directory.example"])
    error: str = Field(examples=["status_500"])
    pages: int = Field(examples=[3])


class ViolationOut(BaseModel):
    """A request that should not have been sent, or not yet."""

    model_config = ConfigDict(from_attributes=True)

    host: str = Field(examples=["directory.example"])
    asked_at: float = Field(examples=[1_769_852_400.5], description="Seconds since 1970, UTC.")
    kind: str = Field(examples=["too_soon"])
    seconds_short: float = Field(examples=[0.4])


class CrawlOut(BaseModel):
    """What a crawl did, out of the politeness ledger."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "requests": 412,
                    "hosts": 3,
                    "not_modified": 280,
                    "bytes": 3_400_000,
                    "records": 96,
                    "errors": [{"host": "directory.example", "error": "status_500", "pages": 3}],
                    "compliant": True,
                    "violations": [],
                }
            ]
        }
    )

    requests: int
    hosts: int
    not_modified: int = Field(description="Requests that were answered with: nothing has changed.")
    bytes: int = Field(description="As they came over the wire.")
    records: int = Field(description="People and firms that its pages showed.")
    errors: list[CrawlErrorOut]
    compliant: bool = Field(
        description="Whether each request was permitted by robots.txt and none came too soon, "
        "those of other runs to the same hosts included."
    )
    violations: list[ViolationOut]

    @classmethod
    def of(cls, report: CrawlReport) -> Self:
        """Show a report."""
        compliance = report.compliance
        return cls(
            requests=report.requests,
            hosts=compliance.hosts,
            not_modified=report.not_modified,
            bytes=report.bytes,
            records=report.records,
            errors=[
                CrawlErrorOut(host=host, error=error, pages=pages)
                for (host, error), pages in report.errors.items()
            ],
            compliant=compliance.is_compliant,
            violations=[_show(one) for one in compliance.violations],
        )


@router.get(
    "/{run_id}/crawl",
    summary="Get a crawl's report",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_report(run_id: RunId, db: Db) -> CrawlOut:
    """Give what a scrape asked for, what failed and why, and whether it kept to the rules."""
    return CrawlOut.of(report_crawl(db, require_run(db, run_id).id))


@router.post(
    "/{run_id}/replay",
    status_code=202,
    summary="Read a crawl's kept pages once more",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def replay(run_id: RunId, db: Db, response: Response) -> RunOut:
    """Let a source, mended meanwhile, read the pages that a scrape kept; nothing is fetched.

    409 says that none of them is kept any more.
    """
    with refused_as_conflict():
        run = request_replay(db, run_id)
    response.headers["Location"] = f"/api/runs/{run.id}"
    return RunOut.of(run)


def _show(violation: Violation) -> ViolationOut:
    return ViolationOut.model_validate(violation)
