"""The queue of leads that may be one: asked, explained, answered."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.match_out import AnswerOut, ExplainedMatchOut, MatchOut
from api.paging import Limit, add_next
from api.problems import Responses, problems
from api.units import Db
from pipeline.access import Role
from pipeline.matches.models import MatchState
from pipeline.operations.ledger import MAX_ID
from pipeline.review.acts import merge_pair, skip, tell_apart
from pipeline.review.explanation import explain_match
from pipeline.review.questions import (
    COUNT_LIMIT,
    CURSOR,
    Wanted,
    count_questions,
    find_questions,
    require_match,
)

router = APIRouter(prefix="/api/duplicates", tags=["duplicates"])

MatchId = Annotated[int, Path(ge=1, le=MAX_ID, description="The match's id.", examples=[1])]
About = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only pairs with this lead.")]
FoundBy = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only pairs this run found.")]
OfBand = Annotated[
    Literal["review", "merge"] | None,
    Query(description="Only doubtful pairs (`review`), or those that matching alone would merge."),
]
Cursor = Annotated[
    str | None,
    Query(
        max_length=40,
        pattern=f"^{CURSOR}$",
        description="Where the page begins, as the last page's `Link` says.",
    ),
]
_PAGE: Responses = {
    200: {"headers": {"Link": {"description": "The next page.", "schema": {"type": "string"}}}}
}


class CountsOut(BaseModel):
    """How many pairs wait for a person, by band."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"review": 41, "merge": 2, "exact": True}]}
    )

    review: int
    merge: int
    exact: bool = Field(description=f"False where counting stopped at {COUNT_LIMIT:,}.")


@router.get(
    "",
    summary="List likely duplicates",
    dependencies=[requires(Role.VIEWER)],
    responses={**_PAGE, **problems(422)},
)
def find_all(
    *,
    db: Db,
    response: Response,
    lead_id: About = None,
    run_id: FoundBy = None,
    band: OfBand = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> list[MatchOut]:
    """Give the pairs that wait for a person: those first whose answer would teach the most."""
    wanted = Wanted(lead_id, run_id, band)
    page = find_questions(db, wanted, cursor=after, limit=limit)
    if page.next_cursor:
        given = {"lead_id": lead_id, "run_id": run_id, "band": band, "after": page.next_cursor}
        query = {name: str(value) for name, value in given.items() if value is not None}
        add_next(response, "/api/duplicates", limit, **query)
    return [MatchOut.of(one.match, one.left, one.right) for one in page.questions]


@router.get(
    "/counts",
    summary="Count likely duplicates",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(422),
)
def count_all(
    db: Db, lead_id: About = None, run_id: FoundBy = None, band: OfBand = None
) -> CountsOut:
    """Count the pairs that wait for a person."""
    counts = count_questions(db, Wanted(lead_id, run_id, band))
    exact = sum(counts.values()) < COUNT_LIMIT
    return CountsOut(review=counts["review"], merge=counts["merge"], exact=exact)


@router.get(
    "/{match_id}",
    summary="Explain a match",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_one(match_id: MatchId, db: Db) -> ExplainedMatchOut:
    """Say in words and bits why two leads may be one, and what would have changed the verdict.

    Matches that were answered, or merged by a rule, are explained just the same.
    """
    return ExplainedMatchOut.explain(explain_match(db, match_id))


@router.post(
    "/{match_id}/merge",
    summary="Merge two leads",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def merge(
    match_id: MatchId,
    db: Db,
    winner: Annotated[
        int | None,
        Query(ge=1, le=MAX_ID, description="The lead that lives on; the older one if not given."),
    ] = None,
) -> AnswerOut:
    """Say that the two leads are one: they are merged, and nothing of either is lost.

    The losing id answers with the winner from now on. 409 says that the pair is answered already,
    or that one of its leads is no more.
    """
    operation = merge_pair(db, match_id, winner_id=winner)
    match = require_match(db, match_id)
    living = match.left_id if winner is None else winner
    return AnswerOut(
        match_id=match_id,
        state=MatchState.MERGED,
        operation_id=operation.id,
        lead_id=living,
    )


@router.post(
    "/{match_id}/distinct",
    summary="Tell two leads apart",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def distinct(match_id: MatchId, db: Db) -> AnswerOut:
    """Say that the two leads are not one: no rule proposes or merges them again, for ever."""
    operation = tell_apart(db, match_id)
    return AnswerOut(match_id=match_id, state=MatchState.DISTINCT, operation_id=operation.id)


@router.post(
    "/{match_id}/skip",
    summary="Leave a pair for later",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def leave(match_id: MatchId, db: Db) -> AnswerOut:
    """Move the pair to the end of the queue."""
    match = skip(db, match_id)
    return AnswerOut(match_id=match_id, state=match.state, operation_id=None)
