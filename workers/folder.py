"""The data folder belongs to one engine at a time, and tells where that engine is."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from pipeline.errors import DataFolderHeld

LOCK = "engine.lock"
NOTE = "engine.json"
_TRIES = 10
_PAUSE_SECONDS = 0.02


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold the data folder; the system frees it when this process ends, however it ends.

    Raises:
        DataFolderHeld: another engine holds it; the text says which, where and since when.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        if not _lock(lock):
            raise DataFolderHeld(_describe_holder(folder))
        try:
            yield
        finally:
            (folder / NOTE).unlink(missing_ok=True)


def write_note(folder: Path, *, address: str, broker: str) -> None:
    """Tell who holds the folder and where it can be reached, for the command line."""
    note = {
        "pid": os.getpid(),
        "address": address,
        "redis_url": broker,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    fresh = folder / f"{NOTE}.part"
    fresh.write_text(json.dumps(note) + "\n")
    fresh.replace(folder / NOTE)


def _lock(lock: TextIO) -> bool:
    # Somebody who only asks whether an engine is up holds it for a moment, too.
    for _ in range(_TRIES):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return True
    return False


def _describe_holder(folder: Path) -> str:
    try:
        note = json.loads((folder / NOTE).read_text())
        holder = f"process {note['pid']} at {note['address']}, since {note['since']}"
    except (OSError, ValueError, KeyError):
        holder = "a process that is just starting"
    return f"An engine runs on {folder} already: {holder}. Stop it, or name another data folder."
