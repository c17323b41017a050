"""What happens, as it happens: server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.access import requires
from api.live import Event, Hub, Listener
from api.problems import problems
from pipeline.access import Role
from pipeline.operations.ledger import MAX_ID

router = APIRouter(prefix="/api/events", tags=["events"])

LIFE_SECONDS = 600.0
"""After this a stream ends and the browser opens a new one, so that a revoked key goes deaf."""

RETRY_MS = 1_000

After = Annotated[
    int | None, Query(ge=0, le=MAX_ID, description="The change after which to begin.")
]
LastEventId = Annotated[
    str | None,
    Header(pattern="^[0-9]{1,18}$", description="Where an earlier stream broke off."),
]

_EXAMPLE = (
    "event: lead\n"
    'data: {"id": 7, "version": 2, "status": "qualified", "operation": 12, "action": "update"}\n'
    "id: 34\n\n"
)


@router.get(
    "",
    summary="Follow what happens",
    dependencies=[requires(Role.VIEWER)],
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"example": _EXAMPLE}}}, **problems(422)},
)
async def follow(
    request: Request, after: After = None, last_event_id: LastEventId = None
) -> AsyncIterator[ServerSentEvent]:
    """Tell of changes as facts, never as values of people.

    `lead` {id, version, status, operation, kind, action}; `leads` {operation, kind, count} where
    many changed at once; `run` {id, kind, state, counts …}. Each bears an id; with `Last-Event-ID`
    a stream goes on where another broke off. An event may come twice.
    """
    hub: Hub = request.app.state.hub
    begin = int(last_event_id) if last_event_id else after
    with hub.listen() as listener:
        cursor = await hub.start()
        yield ServerSentEvent(id=str(cursor), retry=RETRY_MS)
        if begin is not None and begin < cursor:
            for event in await run_in_threadpool(hub.read_missed, begin, cursor):
                yield _sent(event)
        async for event in _heard(listener):
            yield _sent(event)


async def _heard(listener: Listener) -> AsyncIterator[Event]:
    loop = asyncio.get_running_loop()
    end = loop.time() + LIFE_SECONDS
    while (left := end - loop.time()) > 0:
        try:
            event = await asyncio.wait_for(listener.get(), left)
        except TimeoutError:
            return
        if event is None:
            return
        yield event


def _sent(event: Event) -> ServerSentEvent:
    return ServerSentEvent(event=event.kind, data=event.data, id=str(event.cursor))
