"""How processes end: with their parent, and between two batches."""

import ctypes
import mmap
import signal
import sys

from celery.signals import worker_process_init, worker_shutting_down

_PR_SET_PDEATHSIG = 1
# One byte that a worker shares with the children it forks.
_shutting_down = mmap.mmap(-1, 1)


def follow_parent() -> None:
    """Let the system kill this process when the thread that started it ends, however it ends.

    On systems other than Linux this does nothing.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def is_shutting_down() -> bool:
    """Whether the worker of this process has been asked to end; a task then stops soon."""
    return _shutting_down[0] != 0


@worker_shutting_down.connect
def _tell_children(**_: object) -> None:
    _shutting_down[0] = 1


@worker_process_init.connect
def _follow_worker(**_: object) -> None:
    follow_parent()
