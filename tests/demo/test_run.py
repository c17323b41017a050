"""The demonstration through its real door: `leads demo`, as a process, with the real engine."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from pipeline.demo.product import is_balanced
from pipeline.demo.stack import open_stack
from pipeline.errors import StartRefused
from pipeline.settings import PREFIX, Settings
from tests.parts import ENVIRON, dying_with_us
from tests.parts.waiting import wait_until

WORK_SECONDS = 120
RUN = {
    "state": "finished",
    "read": 6,
    "created": 1,
    "updated": 1,
    "unchanged": 1,
    "duplicate": 1,
    "suppressed": 1,
    "rejected": 1,
}


@contextmanager
def open_demo(folder: Path, *argv: str) -> Iterator[subprocess.Popen[str]]:
    """Start `leads demo` with a temporary folder of its own, where it leaves no trace."""
    environ = {name: text for name, text in ENVIRON.items() if not name.startswith(PREFIX)}
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "demo", *argv],
        env=environ | {"TMPDIR": str(folder), "LEADS_DATABASE_URL": f"sqlite:///{folder}/real.db"},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=dying_with_us(),  # noqa: PLW1509 - it only calls the kernel
    ) as process:
        yield process


def read_until(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return "".join(lines)
    raise AssertionError(f"The demonstration ended without {text!r}: {''.join(lines)}")


def find_engines(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline", "environ", "status"]):
        data_dir = (process.info["environ"] or {}).get("LEADS_DATA_DIR", "")
        if data_dir.startswith(str(folder)) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def test_the_demonstration_balances_stops_by_itself_and_leaves_nothing(tmp_path: Path) -> None:
    with open_demo(tmp_path, "--exit") as process:
        printed, _ = process.communicate(timeout=WORK_SECONDS)
    assert process.returncode == 0, printed
    assert re.search(r"^file 2,000 .* yes", printed, re.MULTILINE)
    assert re.search(r"^site +\d+ .* yes", printed, re.MULTILINE)
    assert len(re.findall(r"^Row \d+: \w+: gave", printed, re.MULTILINE)) == 3
    assert list(tmp_path.iterdir()) == []
    assert find_engines(tmp_path) == []


def test_it_stays_to_be_tried_and_undone_until_interrupted(tmp_path: Path) -> None:
    with open_demo(tmp_path) as process:
        printed = read_until(process, "Press Ctrl-C")
        dashboard = require_match(r"Dashboard: (\S+)", printed)
        operation, folder = re.findall(r"leads undo (\d+) --data (\S+)", printed)[0]
        assert httpx.get(dashboard).status_code == 200
        assert httpx.get(require_match(r"The site: +(\S+)", printed)).status_code == 200
        undo = [sys.executable, "-m", "pipeline.cli", "undo", operation, "--data", folder]
        environ = {name: text for name, text in ENVIRON.items() if not name.startswith(PREFIX)}
        undone = subprocess.run(undo, env=environ, capture_output=True, text=True, check=False)
        assert undone.returncode == 0, undone.stderr
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert find_engines(tmp_path) == []


def test_sigterm_in_the_middle_stops_the_engine_too(tmp_path: Path) -> None:
    with open_demo(tmp_path, "--exit") as process:
        wait_until(lambda: find_engines(tmp_path))
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode != 0
    assert list(tmp_path.iterdir()) == []
    assert find_engines(tmp_path) == []


def test_an_engine_that_does_not_start_says_why() -> None:
    unusable = Settings().model_copy(update={"workers": 0})
    with pytest.raises(StartRefused, match="LEADS_WORKERS"), open_stack(unusable):
        pass


def test_a_run_balances_only_if_finished_and_each_record_has_one_outcome() -> None:
    assert is_balanced(RUN)
    assert not is_balanced({**RUN, "state": "running"})
    assert not is_balanced({**RUN, "state": "failed"})
    assert not is_balanced({**RUN, "read": 7})


def require_match(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in {text}"
    return found[1]
