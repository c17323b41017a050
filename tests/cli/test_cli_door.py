"""The command line as a process: fresh folders, pipes, signals, the engine."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.database.engine import Database
from pipeline.errors import RunNotFound
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from tests.cli.conftest import HEADER, PEOPLE, Leads, call, start
from tests.parts.stack import open_stack
from tests.parts.waiting import wait_until


def test_a_fresh_data_folder_simply_works(people: Path, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "fresh")

    answer = call("import", people, "--json", settings=settings)

    assert (answer.status, answer.err) == (0, "")
    document = answer.json
    assert document.pop("seconds") > 0
    assert document == {
        "run": 1,
        "operation": 1,
        "state": "finished",
        "read": 4,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 1,
        "suppressed": 0,
        "rejected": 1,
        "resolved": 2,
        "merged": 0,
        "to_review": 0,
    }


def test_a_file_can_come_through_standard_input(settings: Settings) -> None:
    answer = call("import", "-", settings=settings, stdin=PEOPLE)

    assert answer.status == 0
    assert "created     2" in answer.out


def test_help_names_every_command_and_loads_no_framework() -> None:
    script = "import sys; from pipeline.cli import run; run(['--help'], {}); print(*sys.modules)"

    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout

    *text, modules = out.decode().splitlines()
    assert not {"sqlalchemy", "pydantic", "rich", "alembic", "httpx"} & set(modules.split())
    assert [line.split()[0] for line in text if line.startswith("    ")] == list(COMMANDS)


def test_what_cannot_be_used_gives_one_line_and_status_2(settings: Settings) -> None:
    answer = call("import", "no-such-file.csv", settings=settings)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "leads: no-such-file.csv cannot be read: No such file or directory.\n"


def test_a_reader_that_goes_away_early_is_no_accident(
    settings: Settings, sqlite_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("\n".join([HEADER, *_rows(3_000)]))
    assert call("import", path, settings=settings).status == 0

    with start("export", settings=settings) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("id,name,email")
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""

    assert process.returncode == 1


def test_an_interrupted_import_goes_on_where_it_stopped(
    settings: Settings, sqlite_url: str, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"batch_rows": 20})
    path = tmp_path / "many.csv"
    path.write_text("\n".join([HEADER, *_rows(2_500)]))
    with start("import", path, settings=settings) as process:
        wait_until(lambda: _read_rows(settings) > 0)
        process.send_signal(signal.SIGINT)
        _, remark = process.communicate(timeout=60)

    again = call("import", path, "--json", settings=settings)

    assert process.returncode == 1
    assert "leads resume 1" in remark
    assert "Going on with run 1" in again.err
    counts = {name: again.json[name] for name in ("run", "state", "read", "created")}
    assert counts == {"run": 1, "state": "finished", "read": 2_500, "created": 2_500}
    assert call("doctor", settings=settings).status == 0


def test_where_an_engine_is_up_its_workers_do_the_work(
    settings: Settings, leads: Leads, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise AssertionError("The command line did the engine's work.")

    monkeypatch.setattr("pipeline.commands.follow.work_on_run", refuse)
    with open_stack(settings) as stack:
        answer = leads("import", people, "--json")
        assert f"engine: up at {stack.address}" in leads("doctor").out

    assert (answer.status, answer.json["created"]) == (0, 2)


def test_up_is_the_engine_and_ends_when_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", port=0)
    note = settings.data_dir / "engine.json"
    with start("up", settings=settings) as process:
        wait_until(note.exists, seconds=60)
        assert json.loads(note.read_text())["pid"] == process.pid
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)

    assert (process.returncode, note.exists()) == (0, False)
    assert "Traceback" not in log


def test_up_lets_no_stranger_in(tmp_path: Path) -> None:
    answer = call("up", "--host", "0.0.0.0", "--port", "0", settings=Settings(data_dir=tmp_path))

    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert "leads keys add" in answer.err


def _rows(count: int) -> list[str]:
    return [f"Person Number{n},person{n}@example.com,,Example Ltd" for n in range(count)]


def _read_rows(settings: Settings) -> int:
    database = Database(settings.database)
    try:
        with database.read() as db:
            return require_run(db, 1).read
    except RunNotFound:
        return 0
    finally:
        database.close()
