"""Real parts for tests: PostgreSQL, Valkey, Chromium, a web site. None is faked, none skipped."""

import ctypes
import os
import signal
from collections.abc import Callable

ENVIRON = dict(os.environ)  # noqa: TID251 - the tests' one door to the environment

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000


def dying_with_us(*, as_nobody: bool = False) -> Callable[[], None]:
    """Give a ``preexec_fn``: the child ends when this thread does, however that comes.

    ``as_nobody`` puts root into a user namespace where it is nobody: PostgreSQL refuses root.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def prepare() -> None:
        if as_nobody and libc.unshare(_CLONE_NEWUSER) != 0:
            raise PermissionError(ctypes.get_errno(), "unshare")
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # A suite that runs in the background ignores Ctrl-C, and its children would inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return prepare
