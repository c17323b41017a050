"""Leads that may be one: the list of pairs, and one of them side by side with its reasons."""

from typing import Annotated, Literal

from fastapi import Form, Query, Request, Response

from api.access import CallerNow
from api.pages.duplicate_view import AGREEMENTS, draw_waterfall, label_of
from api.pages.rendering import UI, go_back, render
from api.pages.routing import READS, WRITES, Id, new_router
from api.pages.stories import find_notice, names_of_keys, who
from api.units import Db
from pipeline.dedupe.decide import probability
from pipeline.edits import split_by_hand
from pipeline.matches.models import Match, MatchState
from pipeline.operations.ledger import MAX_ID, get_operation
from pipeline.review.acts import merge_pair, skip, tell_apart
from pipeline.review.explanation import explain_match, steps_of
from pipeline.review.questions import (
    COUNT_LIMIT,
    Wanted,
    count_questions,
    find_questions,
)

router = new_router()

HERE = f"{UI}/duplicates"
STRONGEST = 3
"""So many reasons stand in the list, those that weigh most."""

Done = Annotated[int | None, Query(ge=1, le=MAX_ID)]


@router.get("/duplicates", dependencies=READS)
def show_queue(
    request: Request,
    caller: CallerNow,
    db: Db,
    *,
    run: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    lead: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    after: str | None = None,
    done: Done = None,
) -> Response:
    """List the pairs that wait for a person, the most useful first."""
    wanted = Wanted(lead_id=lead, run_id=run)
    page = find_questions(db, wanted, cursor=after)
    counted = sum(count_questions(db, wanted).values())
    return render(
        request,
        "duplicates.html",
        caller=caller,
        questions=[
            (one, round(100 * probability(one.match.bits)), _strongest(one.match))
            for one in page.questions
        ],
        count=counted,
        more=counted >= COUNT_LIMIT,
        wanted=wanted,
        next_cursor=page.next_cursor,
        notice=find_notice(db, done),
    )


@router.get("/duplicates/{match_id}", dependencies=READS)
def show_pair(
    request: Request, caller: CallerNow, db: Db, match_id: Id, done: Done = None
) -> Response:
    """Show two leads side by side, with all that speaks for and against their being one."""
    explained = explain_match(db, match_id)
    match = explained.match
    operation = get_operation(db, match.operation_id or 0)
    return render(
        request,
        "duplicate.html",
        caller=caller,
        explained=explained,
        match=match,
        is_open=match.state == MatchState.OPEN and bool(explained.left and explained.right),
        operation=operation,
        answered_by=who(operation.actor, names_of_keys(db)) if operation else "",
        percent=round(100 * explained.chance),
        waterfall=draw_waterfall(explained),
        labels={one.name: label_of(one.name) for one in explained.fields},
        agreements=AGREEMENTS,
        notice=find_notice(db, done),
    )


@router.post("/duplicates/{match_id}", dependencies=WRITES)
def answer(
    db: Db,
    match_id: Id,
    act: Annotated[Literal["merge", "distinct", "skip"], Form()],
    winner: Annotated[int | None, Form(ge=1, le=MAX_ID)] = None,
) -> Response:
    """Answer a pair and lead on to the next one, with the way back."""
    done = None
    if act == "merge":
        done = merge_pair(db, match_id, winner_id=winner).id
    elif act == "distinct":
        done = tell_apart(db, match_id).id
    else:
        skip(db, match_id)
    following = find_questions(db, Wanted(), limit=1).questions
    ends = not following or following[0].match.id == match_id
    return go_back(HERE if ends else f"{HERE}/{following[0].match.id}", done=done)


@router.post("/leads/{lead_id}/split", dependencies=WRITES)
def split(db: Db, lead_id: Id, back: Annotated[str, Form()] = HERE) -> Response:
    """Split a merged lead off: it is another one, and no rule merges it again."""
    return go_back(back, done=split_by_hand(db, lead_id).id, fallback=HERE)


def _strongest(match: Match) -> list[str]:
    steps = [step for step in steps_of(match) if step.reason.code != "prior"]
    steps.sort(key=lambda step: -abs(step.reason.bits))
    return [step.text for step in steps[:STRONGEST]]
