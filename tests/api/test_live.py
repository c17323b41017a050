"""One poll for all who listen, none when nobody does, and nothing left out."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert

from api import live
from api.live import Hub
from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead
from pipeline.operations.feed import MAX_FACTS, Follower, find_facts
from pipeline.operations.models import Change, Operation

ANN = LeadCreate(name="Ann Lee", email="ann@example.com", source="Fair")


def test_the_poll_ends_with_the_last_listener(database: Database) -> None:
    async def live_and_leave() -> bool:
        hub = Hub(database)
        with hub.listen(), hub.listen():
            await hub.start()
            task = hub._task
        hub._wake.set()
        assert task is not None
        await asyncio.wait_for(task, 5)
        return hub._task is task and task.done()

    assert _run(live_and_leave)


def test_a_commit_of_this_process_is_told_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POLL_SECONDS", 3_600.0)

    async def hear() -> str:
        hub = Hub(database)
        with hub.listen() as listener:
            await hub.start()
            await asyncio.sleep(0.1)
            await asyncio.to_thread(_create, database)
            hub.nudge()
            event = await asyncio.wait_for(listener.get(), 5)
        await hub.close()
        assert event is not None
        return event.kind

    assert _run(hear) == "lead"


def test_a_listener_that_falls_behind_is_let_go(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MAX_WAITING", 2)

    async def fall_behind() -> object:
        hub = Hub(database)
        with hub.listen() as listener:
            await hub.start()
            await asyncio.to_thread(_create, database, 5)
            hub.nudge()
            await asyncio.sleep(live.POLL_SECONDS)
            event = await asyncio.wait_for(listener.get(), 5)
        await hub.close()
        return event

    assert _run(fall_behind) is None


def test_a_change_that_commits_late_is_told_late_but_told(database: Database) -> None:
    with database.write() as db:
        operation = Operation(kind="edit", actor="test")
        db.add(operation)
        db.flush()
        number = operation.id
    follower = Follower(0)
    _insert_changes(database, number, (1, 2, 5))

    with database.read() as db:
        first = follower.poll(db)
    _insert_changes(database, number, (3,))
    with database.read() as db:
        second = follower.poll(db)
        third = follower.poll(db)

    assert sorted(fact.lead_id or 0 for fact in first) == [1, 2, 5]
    assert [fact.lead_id for fact in second] == [3]
    assert third == []
    assert follower.cursor == 5


def test_a_gap_is_forgotten_in_time(database: Database) -> None:
    now = 0.0
    with database.write() as db:
        db.add(Operation(kind="edit", actor="test"))
    follower = Follower(0, lambda: now)
    _insert_changes(database, 1, (1, 9))
    with database.read() as db:
        follower.poll(db)

    now = 3_600.0
    _insert_changes(database, 1, (4,))

    with database.read() as db:
        assert follower.poll(db) == []


def test_many_small_operations_are_counted_rather_than_told_one_by_one(database: Database) -> None:
    with database.write() as db:
        for number in range(MAX_FACTS + 1):
            create_lead(db, ANN.model_copy(update={"email": f"a{number}@example.com"}))

    with database.read() as db:
        facts = find_facts(db, (0, MAX_FACTS + 1))

    assert {fact.lead_id for fact in facts} == {None}
    assert sum(fact.count for fact in facts) == MAX_FACTS + 1


def _run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run in a thread of its own: in this one, a browser's test may have left a loop running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result(30)


def _create(database: Database, count: int = 1) -> None:
    with database.write() as db:
        for _ in range(count):
            create_lead(db, ANN)


def _insert_changes(database: Database, operation_id: int, numbers: tuple[int, ...]) -> None:
    """Write changes under ids of our choice, as transactions that commit out of turn do."""
    with database.write() as db:
        for number in numbers:
            db.execute(
                insert(Change).values(
                    id=number,
                    operation_id=operation_id,
                    lead_id=number,
                    action="update",
                    at=utc_now(),
                )
            )
