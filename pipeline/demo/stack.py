"""The engine as a process of its own, on a data folder that is thrown away afterwards."""

import ctypes
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import EngineUnreachable, StartRefused
from pipeline.settings import PREFIX, Settings

START_SECONDS = 30.0
STOP_SECONDS = 20.0
LOG_NAME = "engine.log"
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Stack:
    """A running engine: its address, its folder, its process."""

    address: str
    data_dir: Path
    process: subprocess.Popen[bytes]

    def require_running(self) -> None:
        """Make sure that the engine still lives.

        Raises:
            EngineUnreachable: it has ended; the text holds its last words.
        """
        if self.process.poll() is not None:
            raise EngineUnreachable(f"The engine has stopped.\n{_last_words(self.data_dir)}")


@contextmanager
def open_stack(settings: Settings) -> Iterator[Stack]:
    """Start the engine on a fresh folder; stop it and remove the folder in the end.

    Database and broker are the embedded ones whatever ``settings`` say: a demonstration must
    not write into real data.

    Raises:
        StartRefused: the engine did not start; the text holds its last words.
    """
    with TemporaryDirectory(prefix="leads-demo-", ignore_cleanup_errors=True) as folder:
        own = settings.model_copy(
            update={
                "data_dir": Path(folder),
                "database_url": "",
                "redis_url": "",
                "host": "127.0.0.1",
                "port": settings.port if _is_free(settings.port) else 0,
            }
        )
        process = _start(own)
        try:
            yield Stack(_wait_for_address(process, own.data_dir), own.data_dir, process)
        finally:
            _stop(process)


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the supervisor, which inherits all of our environment but the settings."""
    named = {name: "" if value is None else value for name, value in settings.model_dump().items()}
    variables = [f"{PREFIX}{name.upper()}={value}" for name, value in named.items()]
    with (settings.data_dir / LOG_NAME).open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own module, under our own interpreter
            ["/usr/bin/env", *variables, sys.executable, "-P", "-m", "workers.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for the demonstration, which then stops the engine in good order.
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - it only calls the kernel
        )


def _end_with_parent() -> None:
    """Let Linux ask the engine to end when the demonstration is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for_address(process: subprocess.Popen[bytes], folder: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(FileNotFoundError, json.JSONDecodeError, KeyError):
            return str(json.loads((folder / "engine.json").read_text())["address"])
        time.sleep(0.05)
    raise StartRefused(f"The engine did not start.\n{_last_words(folder)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(folder: Path) -> str:
    with suppress(FileNotFoundError):
        return "\n".join((folder / LOG_NAME).read_text(errors="replace").splitlines()[-15:])
    return ""


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
