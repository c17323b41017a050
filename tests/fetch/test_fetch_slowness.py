"""A host in trouble is asked more slowly, and trusted again little by little."""

import asyncio

import pytest

from pipeline.errors import FetchFailed
from pipeline.fetch.politeness import MAX_PAUSE, MAX_SLOWNESS, HostState, Politeness
from tests.fetch.clock import Clock


def polite() -> tuple[Politeness, Clock]:
    clock = Clock()
    return Politeness(clock=clock, sleep=clock.sleep), clock


async def begin(politeness: Politeness, clock: Clock, delay: float = 1.0, **more: float) -> float:
    """Take a turn; give when it began."""
    async with politeness.turn("a", delay, **more):
        return clock.now


def test_every_sign_of_trouble_doubles_the_distance() -> None:
    politeness, clock = polite()
    asyncio.run(begin(politeness, clock))
    seen = []
    for _ in range(4):
        politeness.slow_down("a", least=0)
        seen.append(politeness.state("a").slowness)

    assert seen == [2, 4, 8, 16]
    assert politeness.next_turn("a") == 16


def test_slowness_has_an_end() -> None:
    politeness, _ = polite()
    for _ in range(30):
        politeness.slow_down("a", least=5, pause=10.0**9)

    assert politeness.state("a") == HostState(MAX_PAUSE, MAX_SLOWNESS)


def test_a_pause_that_is_asked_for_is_kept_to_the_second() -> None:
    politeness, clock = polite()
    began = asyncio.run(begin(politeness, clock))
    politeness.slow_down("a", least=5, pause=77)

    assert asyncio.run(begin(politeness, clock)) == began + 77


def test_a_good_answer_gives_back_a_tenth() -> None:
    politeness, _ = polite()
    politeness.slow_down("a", least=10)
    seen = []
    for _ in range(3):
        politeness.recover("a")
        seen.append(round(politeness.state("a").slowness, 3))

    assert seen == [9, 8.1, 7.29]


def test_trust_comes_back_whole_in_the_end() -> None:
    politeness, _ = polite()
    politeness.slow_down("a", least=10)
    for _ in range(80):
        politeness.recover("a")

    assert politeness.state("a").slowness == 0


def test_a_slow_host_is_asked_at_the_pace_it_earned() -> None:
    politeness, clock = polite()
    began = asyncio.run(begin(politeness, clock))
    politeness.slow_down("a", least=5)

    assert [asyncio.run(begin(politeness, clock)) - began for _ in range(3)] == [5, 10, 15]


def test_another_process_goes_on_where_this_one_stopped() -> None:
    politeness, clock = polite()
    asyncio.run(begin(politeness, clock, 3.0))
    politeness.slow_down("a", least=8)
    clock.now += 2
    other, other_clock = polite()
    other.load("a", politeness.state("a"))

    assert other.state("a") == HostState(6, 8, 2)
    assert asyncio.run(begin(other, other_clock)) == 1_006


def test_what_is_known_of_a_host_is_not_forgotten_for_what_another_process_says() -> None:
    politeness, clock = polite()
    asyncio.run(begin(politeness, clock, 30.0))
    politeness.load("a", HostState())

    assert politeness.next_turn("a") == 30


def test_robots_txt_is_no_page_to_a_crawl_delay() -> None:
    politeness, clock = polite()

    async def work() -> list[float]:
        starts = []
        for crawl_delay in (None, 60.0, None, 60.0):
            async with politeness.turn("a", 1.0, crawl_delay=crawl_delay):
                starts.append(clock.now - 1_000)
        return starts

    assert asyncio.run(work()) == [0, 1, 61, 62]


@pytest.mark.parametrize("crawl_delay", [10, 86_400])
def test_a_turn_beyond_the_moment_to_wait_for_is_refused_and_known(crawl_delay: float) -> None:
    politeness, clock = polite()

    async def work() -> str:
        await begin(politeness, clock, crawl_delay=crawl_delay)
        with pytest.raises(FetchFailed) as caught:
            await begin(politeness, clock, crawl_delay=crawl_delay, until=clock.now + 9)
        return caught.value.code

    assert asyncio.run(work()) == "host_busy"
    assert politeness.next_turn("a") == crawl_delay
    assert clock.now == 1_000


def test_a_long_wait_is_no_failure_for_those_who_have_the_time() -> None:
    politeness, clock = polite()

    async def work() -> float:
        await begin(politeness, clock, 500.0)
        return await begin(politeness, clock, 500.0, until=clock.now + 501)

    assert asyncio.run(work()) == 1_500


def test_a_turn_tells_what_the_host_was_owed() -> None:
    politeness, clock = polite()

    async def work() -> list[float]:
        owed = []
        for delay in (1.0, 3.0, 1.0):
            async with politeness.turn("a", delay) as before:
                owed.append(before)
                if delay == 3:
                    politeness.slow_down("a", least=0, pause=20)
            clock.now += 50
        return owed

    assert asyncio.run(work()) == [1, 3, 20]


def test_as_many_turns_are_held_at_once_as_the_source_says() -> None:
    politeness = Politeness()
    running: list[int] = []
    most: list[int] = []

    async def ask() -> None:
        async with politeness.turn("a", 0, concurrency=3):
            running.append(1)
            most.append(len(running))
            await asyncio.sleep(0.005)
            running.pop()

    async def work() -> None:
        await asyncio.gather(*(ask() for _ in range(12)))

    asyncio.run(work())

    assert max(most) == 3


def test_turns_are_given_in_the_order_of_asking() -> None:
    politeness = Politeness()
    served: list[int] = []

    async def ask(number: int) -> None:
        async with politeness.turn("a", 0.001):
            served.append(number)

    async def work() -> None:
        await asyncio.gather(*(ask(number) for number in range(20)))

    asyncio.run(work())

    assert served == list(range(20))


def test_one_who_gives_up_waiting_does_not_hold_up_the_others() -> None:
    politeness = Politeness()

    async def ask() -> None:
        async with politeness.turn("a", 0.05):
            await asyncio.sleep(0)

    async def work() -> None:
        async with politeness.turn("a", 0):
            waiting = [asyncio.ensure_future(ask()) for _ in range(3)]
            await asyncio.sleep(0)
            waiting[0].cancel()
        await asyncio.gather(*waiting[1:])

    asyncio.run(asyncio.wait_for(work(), 2))


def test_hosts_are_forgotten_when_they_are_owed_nothing() -> None:
    politeness, clock = polite()

    async def work() -> None:
        politeness.slow_down("kept", least=1)
        for number in range(25_000):
            async with politeness.turn(str(number), 0.001):
                clock.now += 0.01

    asyncio.run(work())

    assert len(politeness._hosts) <= 10_000
    assert politeness.state("kept").slowness == 1
