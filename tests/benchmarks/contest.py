"""Contestants: each in a process of its own, on one core where that is asked for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.parts import ENVIRON, dying_with_us

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Report:
    """What one step of a contestant took; ``megabytes`` is the peak of its largest process."""

    rows: int
    seconds: float
    megabytes: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def enter(module: str, *arguments: object, cores: int = 1, python: Path | None = None) -> Report:
    """Let a module of the benchmarks run, and give its only report."""
    (report,) = enter_steps(module, *arguments, cores=cores, python=python)
    return report


def enter_steps(
    module: str, *arguments: object, cores: int = 1, python: Path | None = None
) -> list[Report]:
    """Let a module of the benchmarks run on so many cores, and give a report for each step."""
    told = run_module(module, *arguments, cores=cores, python=python)
    return [Report(**one) for one in told if "rows" in one]


def run_module(
    module: str, *arguments: object, cores: int = 1, python: Path | None = None
) -> list[dict[str, Any]]:
    """Let a module of the benchmarks run on so many cores, and give each object that it prints."""
    command = [str(python or sys.executable), "-m", f"tests.benchmarks.{module}"]
    done = subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env=ENVIRON | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=on_cores(slice(cores)),
    )
    assert done.returncode == 0, f"{module}: {done.stderr[-2_000:]}"
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def on_cores(which: slice) -> Callable[[], None]:
    """Give a ``preexec_fn``: the child runs on these of our cores, and ends when we do."""
    end_with_us = dying_with_us()
    chosen = sorted(os.sched_getaffinity(0))[which] if hasattr(os, "sched_getaffinity") else []

    def prepare() -> None:
        end_with_us()
        if chosen:
            os.sched_setaffinity(0, chosen)

    return prepare
