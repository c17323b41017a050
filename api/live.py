"""One poll of the ledger for all who listen; it stops when nobody does."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.run_out import RunOut
from pipeline.database.engine import Database
from pipeline.leads.search import find_by_ids
from pipeline.operations.feed import Fact, Follower, find_facts
from pipeline.operations.ledger import last_change_id
from pipeline.runs.models import Run
from pipeline.runs.watch import RunWatch

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
MAX_WAITING = 1_000
_UNTOLD = {"params", "file_name", "sha256", "requested_by"}


@dataclass(frozen=True, slots=True)
class Event:
    """What a listener is told; ``cursor`` is where to go on after it."""

    kind: str
    data: dict[str, Any]
    cursor: int


Listener = asyncio.Queue[Event | None]
"""The events for one listener; None says that it fell behind and must begin anew."""


class Hub:
    """Polls while somebody listens. A commit of this very process is seen at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[Listener] = set()
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._follower = Follower(0)
        self._runs: RunWatch | None = None

    async def start(self) -> int:
        """Begin to poll, if nobody has, and give the change from which on all is told."""
        async with self._starting:
            if self._task is None or self._task.done():
                await run_in_threadpool(self._prime)
                self._loop = asyncio.get_running_loop()
                self._task = asyncio.create_task(self._poll_while_heard())
            return self._follower.cursor

    @contextmanager
    def listen(self) -> Iterator[Listener]:
        """Open a place for the events of one listener."""
        listener: Listener = asyncio.Queue(MAX_WAITING)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def nudge(self) -> None:
        """Say, from any thread, that something was committed just now."""
        if self._loop is not None and self._listeners:
            self._loop.call_soon_threadsafe(self._wake.set)

    async def close(self) -> None:
        """Stop polling, and let all listeners go."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for listener in self._listeners:
            _let_go(listener)

    def read_missed(self, after: int, upto: int) -> list[Event]:
        """Give what happened between two changes, for a listener that comes back."""
        with self._database.read() as db:
            return _tell(db, find_facts(db, (after, upto)), upto)

    def _prime(self) -> None:
        with self._database.read() as db:
            self._follower = Follower(last_change_id(db))
            self._runs = RunWatch(db)

    async def _poll_while_heard(self) -> None:
        while self._listeners:
            self._wake.clear()
            try:
                events = await run_in_threadpool(self._poll)
            except DBAPIError as error:
                log.warning("The ledger could not be read: %s", type(error.orig).__name__)
                events = []
            for event in events:
                for listener in self._listeners:
                    _put(listener, event)
            try:
                await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
            except TimeoutError:
                continue

    def _poll(self) -> list[Event]:
        with self._database.read() as db:
            facts = self._follower.poll(db)
            events = _tell(db, facts, self._follower.cursor)
            runs = self._runs.poll(db) if self._runs else []
        cursor = self._follower.cursor
        return [*events, *(Event("run", show_run(run), cursor) for run in runs)]


def show_run(run: Run) -> dict[str, Any]:
    """Give what listeners are told of a run: how it stands, nothing of its file."""
    return RunOut.of(run).model_dump(mode="json", exclude=_UNTOLD)


def _tell(db: Session, facts: list[Fact], cursor: int) -> list[Event]:
    ids = {fact.lead_id for fact in facts if fact.lead_id is not None}
    leads = {lead.id: lead for lead in find_by_ids(db, sorted(ids))} if ids else {}
    events = []
    for fact in facts:
        told = {"operation": fact.operation_id, "kind": fact.kind}
        if fact.lead_id is None:
            events.append(Event("leads", {**told, "count": fact.count}, cursor))
            continue
        lead = leads.get(fact.lead_id)
        now = {"version": lead.version, "status": lead.status} if lead else {}
        data = {"id": fact.lead_id, "version": None, "status": None, **now, **told}
        events.append(Event("lead", {**data, "action": fact.action}, cursor))
    return events


def _put(listener: Listener, event: Event) -> None:
    if listener.full():
        _let_go(listener)
    else:
        listener.put_nowait(event)


def _let_go(listener: Listener) -> None:
    while not listener.empty():
        listener.get_nowait()
    listener.put_nowait(None)
