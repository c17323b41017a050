"""Waiting for what happens in another process."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def wait_until(look: Callable[[], Result], *, seconds: float = 30.0) -> Result:
    """Look again and again until something true is seen, and give it."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"In {seconds:g} s nothing came of {look}.")
        time.sleep(0.02)
    return seen
