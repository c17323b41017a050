"""No person's values in any log: not of an import, not of a scrape, not of a failure."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.readers.delimited import BatchRows
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.cli.conftest import call
from tests.imports import import_text
from tests.parts.sites import Site, open_site
from tests.parts.stack import open_stack

CANARIES = (
    "Quilliam Featherstonehaugh",
    "quilliam.feather@canary-example.com",
    "+41446681800",
    "446681800",
    "Canarywharf Holdings",
    "Zugspitzenweg",
)
ROWS = (
    "name,email,phone,company,address\n"
    f"{CANARIES[0]},{CANARIES[1]},044 668 18 00,{CANARIES[4]},{CANARIES[5]} 7\n"
    f"{CANARIES[0]},not an address {CANARIES[1]},,{CANARIES[4]},\n"
    f'"{CANARIES[0]},{CANARIES[1]},no closing quote,,\n'
)
PAGE = f"""<html><body><h1>{CANARIES[4]}</h1><p>{CANARIES[0]}</p>
<a href="mailto:{CANARIES[1]}">write</a> <a href="tel:{CANARIES[2]}">call</a></body></html>"""


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Hear all that is logged down to DEBUG; an engine made later logs its statements, too."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "httpx", "pipeline"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def test_an_import_logs_nobody(
    heard: pytest.LogCaptureFixture, database: Database, settings: Settings
) -> None:
    run = import_text(database, settings, ROWS)

    assert run.read == 3
    assert run.rejected >= 1
    assert "INSERT INTO" in heard.text
    assert _told(heard.text) == []


def test_a_scrape_logs_nobody(
    heard: pytest.LogCaptureFixture, database: Database, settings: Settings, site: Site
) -> None:
    place = site.url.removeprefix("http://")
    settings = settings.model_copy(update={"fetch_allow": place, "fetch_delay_seconds": 0.0})
    with database.write("test") as db:
        run_id = request_scrape(db, "website", {"url": f"{site.url}/"}).id

    while work_on_run(database, settings, run_id):
        pass

    with database.read() as db:
        assert require_run(db, run_id).created >= 1
    assert _told(heard.text) == []


def test_a_failure_logs_nobody(
    heard: pytest.LogCaptureFixture,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(rows: BatchRows, _: object) -> object:
        raise RuntimeError(f"cannot digest {rows.cells}")

    monkeypatch.setattr("pipeline.imports.prepare_rows", stumble)
    settings = settings.model_copy(update={"max_attempts": 1})
    run = import_text(database, settings, ROWS)

    assert run.state == "running"
    assert "RuntimeError" in heard.text
    assert _told(heard.text) == []


def test_the_whole_engine_logs_nobody(settings: Settings, sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "canaries.csv"
    path.write_text(ROWS)
    with open_stack(settings, log_level="DEBUG") as stack:
        answer = call("import", path, "--json", settings=stack.settings)
        assert answer.json["read"] == 3

    logs = {log.name: log.read_text() for log in (settings.data_dir / "logs").iterdir()}
    assert {"worker.log", "api.log", "beat.log", "broker.log"} <= set(logs)
    assert {name: _told(text) for name, text in logs.items() if _told(text)} == {}
    assert _told(answer.out + answer.err) == []


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that shows one person."""
    with open_site({"/": PAGE}) as opened:
        yield opened


def _told(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]
