"""A child process that is kept running, logs into a small file, and is stopped whole."""

import asyncio
import contextlib
import logging
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from workers.shutdown import follow_parent

log = logging.getLogger(__name__)

FIRST_DELAY_SECONDS = 0.2
MAX_DELAY_SECONDS = 15.0
STEADY_SECONDS = 10.0
LOG_BYTES = 4 << 20


@dataclass
class Child:
    """A program to be kept running. ``grace`` is the time between asking it to end and killing it.

    ``before_start`` is told how often in a row the program has ended at once.
    """

    name: str
    command: Sequence[str]
    log_file: Path
    grace: float
    stdin: bytes = b""
    pass_fds: tuple[int, ...] = ()
    before_start: Callable[[int], None] = lambda _: None
    process: asyncio.subprocess.Process | None = None

    async def keep_running(self) -> None:
        """Start it, and again whenever it ends: ever later while it ends soon after its start."""
        failures = 0
        while True:
            self.before_start(failures)
            started = monotonic()
            status = await self._run()
            failures = failures + 1 if monotonic() - started < STEADY_SECONDS else 0
            delay = min(FIRST_DELAY_SECONDS * 2**failures, MAX_DELAY_SECONDS)
            log.warning("%s ended with %d; again in %.1f s", self.name, status, delay)
            await asyncio.sleep(delay)

    async def stop(self) -> None:
        """Ask it to end, wait, then kill what is left of its process group."""
        process, self.process = self.process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self.grace)
        _kill_group(process.pid)
        await process.wait()

    async def _run(self) -> int:
        keep_small(self.log_file)
        with self.log_file.open("ab") as output:
            self.process = process = await asyncio.create_subprocess_exec(
                *self.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                pass_fds=self.pass_fds,
                start_new_session=True,
                preexec_fn=follow_parent,
            )
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        with contextlib.suppress(ConnectionError):
            process.stdin.write(self.stdin)
            await process.stdin.drain()
        process.stdin.close()
        status = await process.wait()
        _kill_group(process.pid)
        return status


def keep_small(log_file: Path) -> None:
    """Begin a log anew when it has grown large, and keep the last one; its writer goes on."""
    if log_file.exists() and log_file.stat().st_size > LOG_BYTES:
        shutil.copyfile(log_file, log_file.with_suffix(".log.1"))
        os.truncate(log_file, 0)


def _kill_group(pid: int) -> None:
    # Its id is its group's, as it leads a session of its own.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
