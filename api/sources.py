"""The sources this engine knows, those that are broken among them."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.access import requires
from pipeline.access import Role
from pipeline.sources import load_sources

router = APIRouter(prefix="/api/sources", tags=["sources"])


class SourceOut(BaseModel):
    """A place on the web that leads come from."""

    slug: str = Field(examples=["website"])
    title: str = Field(examples=["Website"])
    homepage: str
    expects: tuple[int, int] | None = Field(
        description="The least and the most records that a run should bring."
    )
    params_schema: dict[str, Any] = Field(description="What a run can be told, as JSON Schema.")


class BrokenSourceOut(BaseModel):
    """A module of sources that cannot be loaded, and why."""

    module: str
    reason: str


class SourcesOut(BaseModel):
    """All sources."""

    sources: list[SourceOut]
    broken: list[BrokenSourceOut]


@router.get("", summary="List sources", dependencies=[requires(Role.VIEWER)])
def find_all() -> SourcesOut:
    """Give all sources with what they can be told, and the modules that cannot be loaded."""
    register = load_sources()
    sources = [
        SourceOut(
            slug=source.slug,
            title=source.title,
            homepage=source.homepage,
            expects=source.expects,
            params_schema=source.params.model_json_schema(),
        )
        for source in register.sources.values()
    ]
    broken = [BrokenSourceOut(module=one.module, reason=one.reason) for one in register.broken]
    return SourcesOut(sources=sources, broken=broken)
