"""Whether an engine is up on a data folder, by the note and the lock its supervisor keeps there."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

LOCK = "engine.lock"
NOTE = "engine.json"


@dataclass(frozen=True, slots=True)
class EngineNote:
    """A running engine."""

    pid: int
    address: str
    since: str


def get_engine(data_dir: Path) -> EngineNote | None:
    """Give the engine that is up on a data folder, or None.

    A note may be left from an engine that was killed, and its process number be another's by now;
    the lock is what dies with its holder.
    """
    try:
        note = json.loads((data_dir / NOTE).read_text())
        engine = EngineNote(int(note["pid"]), str(note["address"]), str(note["since"]))
    except (OSError, ValueError, KeyError):
        return None
    return engine if _is_alive(engine.pid) and _is_held(data_dir / LOCK) else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _is_held(lock: Path) -> bool:
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
