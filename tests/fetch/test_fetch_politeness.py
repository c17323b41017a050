"""One request at a time to each host, never sooner than it asks for."""

import asyncio
from datetime import UTC, datetime

import pytest

from pipeline.errors import FetchFailed
from pipeline.fetch.politeness import Politeness
from pipeline.fetch.retry_after import retry_after
from tests.fetch.clock import Clock


async def _starts(politeness: Politeness, clock: Clock, hosts: list[str]) -> list[float]:
    starts = []
    for host in hosts:
        async with politeness.turn(host, 2.0):
            starts.append(clock.now - 1_000)
    return starts


def test_requests_to_one_host_keep_their_distance() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    assert asyncio.run(_starts(politeness, clock, ["a", "a", "a"])) == [0, 2, 4]


def test_hosts_do_not_wait_for_each_other() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    assert asyncio.run(_starts(politeness, clock, ["a", "b", "c"])) == [0, 0, 0]


def test_a_host_serves_one_request_at_a_time() -> None:
    politeness = Politeness()
    running = []

    async def ask() -> None:
        async with politeness.turn("a", 0):
            running.append(1)
            assert len(running) == 1
            await asyncio.sleep(0.01)
            running.pop()

    async def work() -> None:
        await asyncio.gather(*(ask() for _ in range(5)))

    asyncio.run(work())


def test_a_host_that_asks_for_a_pause_gets_it() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)
    politeness.slow_down("a", least=0, pause=30)
    politeness.slow_down("a", least=0, pause=5)

    assert asyncio.run(_starts(politeness, clock, ["a", "b"])) == [30, 30]


def test_a_pause_of_days_is_not_waited_for() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)
    politeness.slow_down("a", least=0, pause=86_400)

    with pytest.raises(FetchFailed) as caught:
        asyncio.run(_starts(politeness, clock, ["a"]))

    assert caught.value.code == "host_busy"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("9" * 30, 1_000_000_000),
        ("Sun, 01 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, now=datetime(2026, 11, 1, 12, tzinfo=UTC)) == seconds
