"""Which leads a list or an export is of: read from the address alike wherever leads are listed."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Query

from pipeline.leads.models import STATUSES
from pipeline.leads.schemas import NO_NUL
from pipeline.leads.search import SORTS, Search
from pipeline.operations.ledger import MAX_ID

Status = Annotated[
    str,
    Query(description="Only leads of this status.", json_schema_extra={"enum": ["", *STATUSES]}),
]
Words = Annotated[
    str,
    Query(
        max_length=1_000,
        pattern=NO_NUL,
        description="Only leads with all these words in their name, e-mail, phone and company.",
    ),
]
Source = Annotated[
    str, Query(max_length=10_000, pattern=NO_NUL, description="Only leads of this source.")
]
Run = Annotated[
    int | None, Query(ge=1, le=MAX_ID, description="Only leads that this run has seen.")
]
Sort = Annotated[
    str,
    Query(
        description="The order; `-` reverses it, and blank values come last either way.",
        json_schema_extra={"enum": [sign + name for name in SORTS for sign in ("", "-")]},
    ),
]


def search_reader(default_sort: str) -> Callable[..., Search]:
    """Give the dependency that reads a search from the address; empty values narrow nothing."""

    def read_search(
        *,
        q: Words = "",
        status: Status = "",
        source: Source = "",
        run: Run = None,
        sort: Sort = default_sort,
    ) -> Search:
        return Search(
            status=status or None, text=q.strip(), source=source or None, run_id=run, sort=sort
        )

    return read_search


def search_query(search: Search) -> dict[str, str]:
    """Give the parts of the address from which the same search is read again."""
    query = {
        "q": search.text,
        "status": search.status,
        "source": search.source,
        "run": search.run_id,
        "sort": search.sort,
    }
    return {name: str(value) for name, value in query.items() if value}
