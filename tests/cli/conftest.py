"""The command line, called in this process or as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.settings import PREFIX, Settings
from tests.parts import ENVIRON

HEADER = "name,email,phone,company"
PEOPLE = f"""{HEADER}
Ann Example,ann@example.com,+1 415 555 2671,Example Ltd
Bob Sample,bob@example.com,,Sample Inc
Ann Example,ann@example.com,,Example Ltd
Nobody,,,
"""
"""Three records of two people, and one that cannot be reached."""


@dataclass(frozen=True)
class Answer:
    """What one call of the command line gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Leads = Callable[..., Answer]


@pytest.fixture
def leads(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Leads:
    """Call ``leads`` in this process, on the test's settings."""

    def call(*argv: str | Path | int) -> Answer:
        status = run([str(word) for word in argv], settings.to_env())
        return Answer(status, *capsys.readouterr())

    return call


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file of four rows."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def start(*argv: str | Path, settings: Settings, **options: Any) -> subprocess.Popen[str]:
    """Start ``leads`` as a process of its own."""
    environ = {name: text for name, text in ENVIRON.items() if not name.startswith(PREFIX)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *map(str, argv)],
        env=environ | settings.to_env(),
        text=True,
        **pipes | options,
    )


def call(*argv: str | Path, settings: Settings, stdin: str = "") -> Answer:
    """Call ``leads`` as a process of its own and wait for its end."""
    with start(*argv, settings=settings) as process:
        out, err = process.communicate(stdin, timeout=120)
    return Answer(process.returncode, out, err)
