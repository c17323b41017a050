"""What happens is told as it happens, over a real socket."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from pipeline.database.engine import Database
from pipeline.operations.feed import FOLD_ABOVE
from pipeline.settings import Settings
from tests.api.working import finish_run
from tests.parts.servers import open_api

Told = Iterator[tuple[str, dict[str, Any], str]]


@pytest.fixture
def engine(settings: Settings, database_url: str) -> Iterator[httpx.Client]:
    """A client of a running API on each kind of database."""
    with (
        open_api(settings) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=10.0) as client,
    ):
        yield client


def test_a_change_is_told_as_a_fact_without_values(
    engine: httpx.Client, lead: dict[str, str]
) -> None:
    with listen(engine) as told:
        engine.post("/api/leads", json=lead)
        created = next(told)
        engine.put("/api/leads/1/status", json={"status": "qualified"})
        changed = next(told)
        engine.delete("/api/leads/1")
        deleted = next(told)

    kinds = [(kind, data["action"], data["kind"]) for kind, data, _ in (created, changed, deleted)]
    assert kinds == [
        ("lead", "create", "create"),
        ("lead", "update", "status"),
        ("lead", "delete", "delete"),
    ]
    assert created[1] == {
        "id": 1,
        "version": 1,
        "status": "new",
        "operation": 1,
        "kind": "create",
        "action": "create",
    }
    assert (changed[1]["version"], changed[1]["status"]) == (2, "qualified")
    assert (deleted[1]["version"], deleted[1]["status"]) == (None, None)


def test_who_comes_back_is_told_what_they_missed(
    engine: httpx.Client, lead: dict[str, str]
) -> None:
    with listen(engine) as told:
        engine.post("/api/leads", json=lead)
        last = next(told)[2]
    engine.put("/api/leads/1/status", json={"status": "contacted"})
    engine.put("/api/leads/1/status", json={"status": "qualified"})

    with listen(engine, headers={"Last-Event-ID": last}) as told:
        missed = [next(told)[1]["operation"] for _ in range(2)]
    with listen(engine, params={"after": last}) as told:
        also = [next(told)[1]["operation"] for _ in range(2)]

    assert missed == also == [2, 3]


def test_a_large_import_is_one_event_and_its_run_is_told_to_its_end(
    engine: httpx.Client, settings: Settings, database: Database
) -> None:
    count = FOLD_ABOVE + 1
    rows = "".join(f"Ann {number},ann{number}@example.com\n" for number in range(count))

    with listen(engine) as told:
        body = f"name,email\n{rows}".encode()
        answer = engine.post("/api/imports", content=body, headers={"Content-Type": "text/csv"})
        finish_run(database, settings, answer.json()["id"])
        events = []
        while not events or events[-1][1].get("state") != "finished":
            events.append(next(told)[:2])

    leads = [data for kind, data in events if kind == "leads"]
    assert leads == [{"operation": 1, "kind": "import", "count": count}]
    assert not [kind for kind, _ in events if kind == "lead"]
    run = events[-1][1]
    assert (run["id"], run["created"], run["read"]) == (1, count, count)
    assert not {"file_name", "params", "requested_by"} & set(run)


def test_an_unusable_place_to_begin_is_refused(engine: httpx.Client) -> None:
    assert engine.get("/api/events", headers={"Last-Event-ID": "x"}).status_code == 422


@contextmanager
def listen(
    engine: httpx.Client,
    *,
    headers: dict[str, str] | None = None,
    params: dict[str, str] | None = None,
) -> Iterator[Told]:
    """Open a stream of events, and wait until it has begun."""
    with engine.stream("GET", "/api/events", headers=headers, params=params) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        told = _read(answer.iter_lines())
        assert next(told)[0] == ""
        yield told


def _read(lines: Iterator[str]) -> Told:
    event: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif "id" in event:
            yield event.get("event", ""), json.loads(event.get("data", "null")), event["id"]
            event = {}
