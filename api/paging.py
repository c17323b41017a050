"""What lists share: ids in addresses, pages by the last id seen, and the link to the next one."""

from collections.abc import Sequence
from typing import Annotated, Protocol
from urllib.parse import urlencode

from fastapi import Path, Query, Response

from pipeline.operations.ledger import MAX_ID

LeadId = Annotated[int, Path(ge=1, le=MAX_ID, description="The lead's id.", examples=[1])]
RunId = Annotated[int, Path(ge=1, le=MAX_ID, description="The run's id.", examples=[1])]
ImportId = Annotated[int, Path(ge=1, le=MAX_ID, description="The import's id.", examples=[1])]
Before = Annotated[
    int | None, Query(ge=1, le=MAX_ID, description="Only those with a smaller id than this.")
]
Limit = Annotated[int, Query(ge=1, le=1_000, description="How many to give at most.")]


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


def next_link(
    response: Response, path: str, found: Sequence[_Numbered], limit: int, **query: str | None
) -> None:
    """Link to the page after this one, if one more was found than is given."""
    if len(found) > limit:
        add_next(response, path, limit, **query, before=str(found[limit - 1].id))


def add_next(response: Response, path: str, limit: int, **query: str | None) -> None:
    """Link to the next page of a list."""
    given = {name: value for name, value in query.items() if value is not None}
    response.headers["Link"] = f'<{path}?{urlencode({**given, "limit": limit})}>; rel="next"'
