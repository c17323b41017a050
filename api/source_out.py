"""A source as the API shows it, and what a trial of one found."""

from collections.abc import Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from pipeline.catalog.definitions import Definition
from pipeline.catalog.service import Listed, definition_of
from pipeline.catalog.showing import columns_of, filled, values_of, wanted_fields
from pipeline.crawl.trial import TriedPage
from pipeline.runs.models import Run

_TRIAL: JsonValue = {
    "run_id": 12,
    "state": "finished",
    "error": None,
    "pages": [
        {
            "url": "https://harbour.example/firms?page=1",
            "state": "done",
            "error": None,
            "records": [{"company": "Tern & Sons", "email": "info@tern.example"}],
        }
    ],
    "records": 1,
    "filled": {"company": 1, "email": 1, "phone": 0},
}


class SourceOut(BaseModel):
    """A place on the web that leads come from."""

    slug: str = Field(examples=["website"])
    title: str = Field(examples=["Website"])
    homepage: str
    kind: str = Field(
        description="`python`, or the general source that reads what is declared.",
        examples=["listing"],
    )
    expects: tuple[int, int] | None = Field(
        description="The least and the most records that a run should bring."
    )
    params_schema: dict[str, Any] = Field(description="What a run can be told, as JSON Schema.")
    version: int | None = Field(description="Counts the edits of a declared source; send it back.")
    definition: Definition | None = Field(description="How it is declared; none for Python.")

    @classmethod
    def of(cls, listed: Listed) -> Self:
        """Show a source that can run."""
        source, declared = listed.source, listed.declared
        return cls(
            slug=listed.slug,
            title=listed.title,
            homepage=source.homepage if source else "",
            kind=listed.kind,
            expects=source.expects if source else None,
            params_schema=source.params.model_json_schema() if source else {},
            version=declared.version if declared else None,
            definition=definition_of(declared) if declared else None,
        )


class BrokenSourceOut(BaseModel):
    """A module of sources that cannot be loaded, or a declared source that cannot run, and why."""

    module: str
    reason: str


class SourcesOut(BaseModel):
    """All sources."""

    sources: list[SourceOut]
    broken: list[BrokenSourceOut]


class TriedPageOut(BaseModel):
    """A page of a trial: the values found, by field, of each record."""

    url: str
    state: str
    error: str | None
    records: list[dict[str, str]]


class TrialOut(BaseModel):
    """What a trial has found so far. ``filled`` counts the records that have a field."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TRIAL]})

    run_id: int
    state: str
    error: str | None
    pages: list[TriedPageOut]
    records: int
    filled: dict[str, int]

    @classmethod
    def of(cls, run: Run, pages: Sequence[TriedPage]) -> Self:
        """Show a trial."""
        records = [record for page in pages for record in page.records]
        return cls(
            run_id=run.id,
            state=run.state,
            error=run.error,
            pages=[
                TriedPageOut(
                    url=page.url,
                    state=page.state,
                    error=page.error,
                    records=[values_of(record) for record in page.records],
                )
                for page in pages
            ],
            records=len(records),
            filled=filled(records, columns_of(records, wanted_fields(run.params))),
        )
