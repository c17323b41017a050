"""The whole engine as processes, started as a user starts it."""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from pipeline.records import EMPTY
from pipeline.settings import PREFIX, Settings
from tests.parts import ENVIRON, dying_with_us
from tests.parts.waiting import wait_until

_MARKS = {
    "broker": "/valkey-server ",
    "worker": " worker ",
    "beat": " beat ",
    "api": " workers.web ",
}


@dataclass
class Stack:
    """A running engine."""

    settings: Settings
    supervisor: subprocess.Popen[str]
    environ: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the engine once more, after it has ended, and wait until it is up."""
        self._close_output()
        self.supervisor = start_supervisor(self.settings, self.environ)
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """Wait until the engine has told where it is."""
        wait_until(lambda: _is_up(self), seconds=60)

    @property
    def address(self) -> str:
        """Where its API answers."""
        return str(json.loads((self.settings.data_dir / "engine.json").read_text())["address"])

    def process(self, name: str) -> psutil.Process | None:
        """Give one of the supervisor's children, if it is alive at the moment."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.supervisor.pid).children():
                if _is(child, _MARKS[name]):
                    return child
        return None

    def worker_children(self) -> list[psutil.Process]:
        """Give the processes that do the worker's tasks."""
        worker = self.process("worker")
        with contextlib.suppress(psutil.NoSuchProcess):
            return worker.children() if worker else []
        return []

    def survivors(self) -> list[psutil.Process]:
        """Give every process that was started for this engine's data folder and lives."""
        return [process for process in psutil.process_iter() if _serves(process, self.settings)]

    def log(self, name: str) -> str:
        """Give what one of the children has logged."""
        return (self.settings.data_dir / "logs" / f"{name}.log").read_text()

    def stop(self) -> int:
        """Ask the engine to end, and give its exit status."""
        if self.supervisor.poll() is None:
            self.supervisor.terminate()
        status = self.supervisor.wait(timeout=30)
        self._close_output()
        return status

    def _close_output(self) -> None:
        if self.supervisor.stderr is not None:
            self.supervisor.stderr.close()


@contextmanager
def open_stack(
    settings: Settings, environ: Mapping[str, str] = EMPTY, **changes: object
) -> Iterator[Stack]:
    """Start an engine on a free port and wait until it is up; stop it at the end.

    ``environ`` is added to the environment of all its processes.
    """
    settings = settings.model_copy(update={"port": 0, **changes})
    stack = Stack(settings, start_supervisor(settings, environ), environ)
    try:
        stack.wait_until_up()
        yield stack
    finally:
        stack.stop()


def start_supervisor(
    settings: Settings, environ: Mapping[str, str] = EMPTY
) -> subprocess.Popen[str]:
    """Start the supervisor's process; what it says comes through ``stderr``."""
    ours = {name: value for name, value in ENVIRON.items() if not name.startswith(PREFIX)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "workers.supervisor"],
        env={**ours, **settings.to_env(), **environ},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=dying_with_us(),  # noqa: PLW1509 - it only calls the kernel
    )


def kill(process: psutil.Process | None) -> bool:
    """Kill a process as a crash does; False if there was none."""
    if process is None:
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGKILL)
        return True
    return False


def _is_up(stack: Stack) -> bool:
    if stack.supervisor.poll() is not None:
        assert stack.supervisor.stderr is not None
        raise AssertionError(f"The engine ended: {stack.supervisor.stderr.read()}")
    with contextlib.suppress(OSError, ValueError):
        note: Mapping[str, object] = json.loads(
            (stack.settings.data_dir / "engine.json").read_text()
        )
        return note["pid"] == stack.supervisor.pid
    return False


def _is(process: psutil.Process, mark: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return mark in " ".join(process.cmdline()) + " "
    return False


def _serves(process: psutil.Process, settings: Settings) -> bool:
    with contextlib.suppress(psutil.Error):
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # The broker writes its title over its environment.
        return str(settings.data_dir) in (
            process.environ().get(f"{PREFIX}DATA_DIR"),
            *(part.partition("unixsocket:")[2].rpartition("/")[0] for part in process.cmdline()),
        )
    return False
