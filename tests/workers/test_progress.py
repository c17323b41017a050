"""Progress is true while workers die: it never goes back, adds up, and ends as the receipt says."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import httpx
import pytest

from pipeline.records import Outcome
from tests.parts.crowd import crowd_file
from tests.parts.faults import kill_a_child, kill_the_worker, upload
from tests.parts.stack import Stack

ROWS = 8_000


@pytest.fixture(scope="module")
def engine(stack: Stack) -> Iterator[httpx.Client]:
    """A client of the running engine."""
    with httpx.Client(base_url=stack.address, trust_env=False, timeout=60.0) as client:
        yield client


@pytest.fixture(scope="module")
def story(stack: Stack, engine: httpx.Client) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """All that was told of an import while its workers were killed, and its receipt."""
    random, faults = Random(5), iter((kill_a_child, kill_the_worker, kill_a_child))
    with ThreadPoolExecutor(1) as pool:
        number = upload(stack, crowd_file(ROWS), "told")
        told: list[dict[str, Any]] = []
        for shown in _listen(engine, f"/api/imports/{number}/events"):
            told.append(shown)
            if shown["read"] and (fault := next(faults, None)):
                pool.submit(fault, stack, random).result()
    return told, engine.get(f"/api/imports/{number}/receipt").json()


def test_no_count_ever_goes_back_or_beyond_the_total(
    story: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    told, _ = story
    assert len(told) > 4
    assert len({shown["read"] for shown in told}) > 2
    for name in ("read", *Outcome):
        counts = [shown[name] for shown in told]
        assert counts == sorted(counts), name
    assert {shown["rows_total"] for shown in told} <= {None, ROWS}
    for shown in told:
        assert shown["read"] == sum(shown[name] for name in Outcome) <= ROWS
        assert shown["eta_seconds"] is None or shown["eta_seconds"] >= 0


def test_the_last_event_is_the_receipt(
    story: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    told, receipt = story
    same = ("state", "read", *Outcome, "balanced", "bytes")
    assert {name: told[-1][name] for name in same} == {name: receipt[name] for name in same}
    assert (receipt["state"], receipt["read"], receipt["balanced"]) == ("finished", ROWS, True)


def test_who_listens_to_an_import_that_has_ended_is_told_so_at_once(
    story: tuple[list[dict[str, Any]], dict[str, Any]], engine: httpx.Client
) -> None:
    told, receipt = story
    assert list(_listen(engine, f"/api/imports/{receipt['run']}/events")) == told[-1:]
    assert engine.get("/api/imports/999/events").status_code == 404


def _listen(engine: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    with engine.stream("GET", path) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))
