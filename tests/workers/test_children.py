"""A child process is kept running, kept quiet, and ended whole."""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from workers import children
from workers.children import Child, keep_small


def test_a_child_that_ends_is_started_again_a_little_later_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "FIRST_DELAY_SECONDS", 0.01)
    failures: list[int] = []
    child = python("print('hello')", tmp_path, before_start=failures.append)
    live(child, lambda: len(failures) >= 4)
    assert failures[:4] == [0, 1, 2, 3]
    assert child.log_file.read_text().count("hello") >= 3


def test_what_a_child_is_told_comes_through_its_standard_input(tmp_path: Path) -> None:
    child = python(
        "import sys, time; print(sys.stdin.read(), flush=True); time.sleep(60)", tmp_path
    )
    child.stdin = b"port 0"
    live(child, lambda: "port 0" in child.log_file.read_text())


def test_a_child_that_does_not_want_to_end_is_killed_with_its_own_children(tmp_path: Path) -> None:
    stubborn = (
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
        "print(os.getpid(), flush=True); time.sleep(60)"
    )
    child = python(stubborn, tmp_path)
    live(child, lambda: len(child.log_file.read_text().split()) == 2)
    for pid in map(int, child.log_file.read_text().split()):
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).wait(timeout=5)
        assert not psutil.pid_exists(pid)


def test_a_log_that_has_grown_large_begins_anew_and_its_writer_goes_on(tmp_path: Path) -> None:
    log_file = tmp_path / "api.log"
    with log_file.open("ab", buffering=0) as writer:
        writer.write(b"x" * (children.LOG_BYTES + 1))
        keep_small(log_file)
        writer.write(b"new")
    assert log_file.read_bytes() == b"new"
    assert (tmp_path / "api.log.1").stat().st_size == children.LOG_BYTES + 1


def python(
    program: str, folder: Path, before_start: Callable[[int], None] = lambda _: None
) -> Child:
    log_file = folder / "child.log"
    log_file.touch()
    command = (sys.executable, "-c", program)
    return Child("child", command, log_file, grace=0.2, before_start=before_start)


def live(child: Child, enough: Callable[[], bool]) -> None:
    """Keep a child running until enough has been seen, then stop it."""

    async def run() -> None:
        keeper = asyncio.create_task(child.keep_running())
        async with asyncio.timeout(30):
            while not enough():  # noqa: ASYNC110 - what is seen has no event
                await asyncio.sleep(0.01)
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await child.stop()

    asyncio.run(run())
